//! The tree of a user's folders, and what must hold of it: no folder lies in itself, none too deep, no two of one name side
//! by side, not too many.

use std::collections::HashMap;

use sharper_domain::{Folder, FolderId};

use crate::StoreError;

/// Folders in folders at most, the outermost counted.
pub(super) const DEPTH: usize = 12;
/// Folders of one user.
pub(super) const FOLDERS: usize = 1_000;

/// Folders by their ids.
pub(super) struct Tree<'f> {
    folders: HashMap<FolderId, &'f Folder>,
}

impl<'f> Tree<'f> {
    pub(super) fn of(folders: &'f [Folder]) -> Self {
        Self { folders: folders.iter().map(|folder| (folder.id, folder)).collect() }
    }

    /// A folder and those that it lies in, from the inside.
    fn upward(&self, from: Option<FolderId>) -> impl Iterator<Item = FolderId> {
        let above = |id: &FolderId| self.folders.get(id).and_then(|folder| folder.parent_id);
        std::iter::successors(from, above).take(self.folders.len())
    }

    /// A folder and all that lie in it.
    pub(super) fn within(&self, id: FolderId) -> Vec<FolderId> {
        let inside = |one: &FolderId| self.upward(Some(*one)).any(|above| above == id);
        self.folders.keys().copied().filter(inside).collect()
    }

    /// How many folders lie in each other from this one inward, itself counted.
    pub(super) fn height(&self, id: FolderId) -> usize {
        let deep = |one: &FolderId| self.upward(Some(*one)).position(|above| above == id).map(|at| at + 1);
        self.folders.keys().filter_map(deep).max().unwrap_or(1)
    }

    /// Whether a folder of this name lies there, other than `but`.
    pub(super) fn has(&self, parent: Option<FolderId>, name: &str, but: Option<FolderId>) -> bool {
        let name = name.to_lowercase();
        self.folders.values().any(|folder| {
            folder.parent_id == parent && Some(folder.id) != but && folder.name.to_lowercase() == name
        })
    }

    /// Whether a folder that reaches so deep fits there.
    pub(super) fn is_room(&self, parent: Option<FolderId>, height: usize) -> bool {
        self.upward(parent).count() + height <= DEPTH
    }

    /// Sees to it that a folder may be there under this name: a new one, or the one that is renamed or moved.
    ///
    /// # Errors
    /// `Conflict` says what stands against it.
    pub(super) fn check(
        &self,
        moved: Option<FolderId>,
        parent: Option<FolderId>,
        name: &str,
    ) -> Result<(), StoreError> {
        let against = if moved.is_some_and(|id| self.upward(parent).any(|above| above == id)) {
            "a folder cannot be moved into itself or into a folder that lies in it"
        } else if self.has(parent, name, moved) {
            "there is a folder of this name already"
        } else if moved.is_none() && self.folders.len() >= FOLDERS {
            "there are 1,000 folders already, which is the most there can be"
        } else if !self.is_room(parent, moved.map_or(1, |id| self.height(id))) {
            "folders would lie in each other more than 12 deep"
        } else {
            return Ok(());
        };
        Err(StoreError::Conflict(against))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sharper_domain::Timestamp;
    use uuid::Uuid;

    fn id(number: u128) -> FolderId {
        FolderId(Uuid::from_u128(number))
    }

    /// A folder under each of these parents; 0 is none.
    fn folders(parents: &[u128]) -> Vec<Folder> {
        let one = |(number, parent): (u128, &u128)| Folder {
            id: id(number),
            user_id: "ada".parse().unwrap(),
            parent_id: (*parent > 0).then(|| id(*parent)),
            name: format!("F{number}"),
            notes: 0,
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
        };
        (1..).zip(parents).map(one).collect()
    }

    fn check(parents: &[u128], moved: u128, to: u128, name: &str, wanted: Option<&str>) {
        let folders = folders(parents);
        let some = |number: u128| (number > 0).then(|| id(number));
        let said = Tree::of(&folders).check(some(moved), some(to), name);
        match (said, wanted) {
            (Ok(()), None) => {}
            (Err(StoreError::Conflict(why)), Some(wanted)) => assert!(why.contains(wanted), "{why}"),
            (said, wanted) => panic!("{parents:?}, {moved} to {to}: {said:?}, not {wanted:?}"),
        }
    }

    #[test]
    fn a_folder_goes_where_it_makes_no_circle_no_namesake_and_no_shaft() {
        check(&[0, 1, 2], 1, 3, "F1", Some("into itself"));
        check(&[0, 1, 2], 1, 1, "F1", Some("into itself"));
        check(&[0, 1, 2], 3, 1, "F3", None);
        check(&[0, 1, 2], 3, 0, "F3", None);
        check(&[0, 0], 2, 0, "f1", Some("this name"));
        check(&[0, 0], 2, 1, "F1", None);
        check(&[0, 0], 2, 0, "F2", None);
        check(&[0], 0, 0, "F1", Some("this name"));
        let shaft: Vec<u128> = (0..11).collect();
        check(&shaft, 0, 11, "New", None);
        check(&[&shaft[..], &[11]].concat(), 0, 12, "New", Some("12 deep"));
        check(&[&shaft[..], &[0, 12]].concat(), 12, 11, "F12", Some("12 deep"));
        check(&[&shaft[..], &[0, 12]].concat(), 12, 10, "F12", None);
        check(&[0; 1_000], 0, 0, "New", Some("1,000"));
        check(&[0; 1_000], 3, 1, "F3", None);
    }

    #[test]
    fn a_folder_holds_all_that_lie_in_it() {
        let folders = folders(&[0, 1, 2, 1, 0]);
        let mut within = Tree::of(&folders).within(id(1));
        within.sort();
        assert_eq!(within, [id(1), id(2), id(3), id(4)]);
    }
}
