//! Titles of notes: ordered and found without regard to case and accents, the same on both databases.

use std::collections::HashSet;

use sharper_domain::{BriefNote, NoteId, UserId};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::list::{self, Within};
use crate::conn::{Conn, params};
use crate::{Store, StoreError};

const TITLES: &str = "SELECT title FROM notes WHERE user_id = $1 AND deleted_at IS NULL";

/// The titles of all the user's notes.
pub(super) fn all_titles(conn: &mut Conn<'_>, user: &UserId) -> Result<HashSet<String>, StoreError> {
    conn.query(TITLES, params![user])?.iter().map(|row| row.get("title")).collect()
}

/// A text without case and accents, for comparing: `Éclair` and `eclair` are the same.
pub fn fold(text: &str) -> String {
    let plain = text.nfkd().filter(|sign| !is_combining_mark(*sign));
    plain.flat_map(char::to_lowercase).collect()
}

/// How well a folded title fits a folded query: less is better, `None` is not at all. The last word of a query may be
/// only begun.
fn rank(title: &str, query: &str) -> Option<u8> {
    let words = || title.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    let asked: Vec<&str> =
        query.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let (last, whole) = asked.split_last()?;
    if title.starts_with(query) {
        return Some(0);
    }
    let all_there = whole.iter().all(|asked| words().any(|word| word == *asked))
        && words().any(|word| word.starts_with(last));
    match all_there {
        true => Some(1),
        false if title.contains(query) => Some(2),
        false => None,
    }
}

impl Store {
    /// The notes whose titles fit `query`, best first, at most so many: those that begin with it, those that have all its
    /// words (the last may be only begun), those that hold it anywhere. Case and accents count for nothing.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn notes_titled(
        &self,
        user: UserId,
        query: String,
        limit: u32,
    ) -> Result<Vec<BriefNote>, StoreError> {
        let query = fold(query.trim());
        self.of(&user)
            .read(move |conn| {
                let titles = list::titles(conn, &user, Within::Everything)?.into_iter();
                let fit = |(id, title): (NoteId, String)| Some((rank(&fold(&title), &query)?, id));
                let mut found: Vec<(u8, NoteId)> = titles.filter_map(fit).collect();
                // Stable: of those that fit alike the one changed last comes first.
                found.sort_by_key(|(rank, _)| *rank);
                let ids: Vec<NoteId> = found.into_iter().map(|(_, id)| id).take(limit as usize).collect();
                list::named(conn, &user, &ids)
            })
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_fits_by_its_beginning_its_words_or_a_part() {
        for (title, query, wanted) in [
            ("Photosynthesis", "photo", Some(0)),
            ("Das Blatt: Photosynthese", "photo", Some(1)),
            ("Photosynthese im Blatt", "blatt photosynthese", Some(1)),
            ("Photosynthese im Blatt", "blat photosynthese", None),
            ("Éclairs à l'école", "ECLAIRS A L", Some(0)),
            ("Photosynthese", "synth", Some(2)),
            ("Photosynthese", "money", None),
            ("Photosynthese", "", None),
            ("Photosynthese", " - ", None),
            ("光合作用", "合作", Some(2)),
        ] {
            assert_eq!(rank(&fold(title), &fold(query.trim())), wanted, "{title}, {query}");
        }
    }
}
