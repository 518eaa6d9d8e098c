//! The tree of folders and notes.

use std::collections::BTreeMap;

use askama::Template;
use sharper_domain::{FolderId, NoteId};

use crate::Frame;

/// A folder with what is in it.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "library/branch.html")]
pub struct Branch {
    /// What is around it.
    pub frame: Frame,
    /// Its id.
    pub id: FolderId,
    /// Its name.
    pub name: String,
    /// The folders in it.
    pub branches: Vec<Branch>,
    /// The notes in it.
    pub notes: Vec<Leaf>,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "library/leaf.html")]
pub struct Leaf {
    /// What is around it.
    pub frame: Frame,
    /// Its id.
    pub id: NoteId,
    /// Its title.
    pub title: String,
    /// What it is and when it was changed.
    pub fact: String,
}

/// A folder to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its id.
    pub id: FolderId,
    /// Its name, after the names of those above.
    pub path: String,
}

impl Branch {
    /// Notes in it and in the folders in it.
    fn count(&self) -> usize {
        self.notes.len() + self.branches.iter().map(Branch::count).sum::<usize>()
    }
}

/// A folder: its id, the one above, its name.
type Folder = (FolderId, Option<FolderId>, String);
/// The folders in each folder, by its id.
type Below<'f> = BTreeMap<Option<String>, Vec<&'f Folder>>;

/// Folders as a tree: of `(id, the one above, name)` in the order they are to stand in, and notes of `(folder, note)`.
/// What lies in a folder that is not there stands at the top.
pub fn tree(
    frame: &Frame,
    folders: &[Folder],
    notes: Vec<(Option<FolderId>, Leaf)>,
) -> (Vec<Branch>, Vec<Leaf>, Vec<Choice>) {
    let known = |id: &FolderId| folders.iter().any(|(folder, _, _)| folder == id);
    let mut inside: BTreeMap<Option<String>, Vec<Leaf>> = BTreeMap::new();
    for (folder, leaf) in notes {
        let folder = folder.filter(known).map(|folder| folder.to_string());
        inside.entry(folder).or_default().push(leaf);
    }
    let mut below: Below<'_> = BTreeMap::new();
    for folder in folders {
        let above = folder.1.filter(known).map(|above| above.to_string());
        below.entry(above).or_default().push(folder);
    }
    let loose = inside.remove(&None).unwrap_or_default();
    let mut choices = Vec::new();
    let branches = grow(frame, None, "", &mut below, &mut inside, &mut choices);
    (branches, loose, choices)
}

/// The folders in one folder. Each is taken out of the lists, so that a circle, if one came to be, has an end.
fn grow(
    frame: &Frame,
    above: Option<String>,
    path: &str,
    below: &mut Below<'_>,
    inside: &mut BTreeMap<Option<String>, Vec<Leaf>>,
    choices: &mut Vec<Choice>,
) -> Vec<Branch> {
    let mut branches = Vec::new();
    for (id, _, name) in below.remove(&above).unwrap_or_default() {
        let path = if path.is_empty() { name.clone() } else { format!("{path} / {name}") };
        choices.push(Choice { id: *id, path: path.clone() });
        let here = Some(id.to_string());
        let notes = inside.remove(&here).unwrap_or_default();
        let deeper = grow(frame, here, &path, below, inside, choices);
        branches.push(Branch { frame: frame.clone(), id: *id, name: name.clone(), branches: deeper, notes });
    }
    branches
}
