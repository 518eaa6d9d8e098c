//! Copies of notes.

use sharper_domain::{Note, NoteId, Timestamp, UserId};

use super::{all_titles, bytes, get};
use crate::conn::{Conn, Value, params};
use crate::limits::{Quotas, one_by_one};
use crate::migrate::checksum;
use crate::{Durability, Store, StoreError, revisions};

/// Longest title, in characters.
const TITLE_CHARS: usize = 200;

const INSERT: &str = "INSERT INTO notes \
    (id, user_id, folder_id, title, content, content_hash, version, created_at, updated_at, bytes, origin, anchors, copy_of) \
    VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $7, $8, $9, $10, $11)";

/// `Cells` → `Cells (copy)`, `Cells (copy 2)`, …: the first that is not `taken`. A copy of a copy counts on.
fn title_of_copy(title: &str, taken: impl Fn(&str) -> bool) -> String {
    let base = title
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once(" (copy"))
        .filter(|(_, number)| number.trim_start().chars().all(|sign| sign.is_ascii_digit()))
        .map_or(title, |(base, _)| base);
    let named = |number: usize| {
        let end = if number == 1 { " (copy)".to_owned() } else { format!(" (copy {number})") };
        base.chars().take(TITLE_CHARS - end.len()).collect::<String>() + &end
    };
    (1..).map(named).find(|title| !taken(title)).unwrap_or_default()
}

fn duplicate(
    conn: &mut Conn<'_>,
    user: &UserId,
    id: NoteId,
    quotas: &Quotas,
    now: Timestamp,
) -> Result<Note, StoreError> {
    one_by_one(conn, user)?;
    let note = get(conn, user, id)?;
    let titles = all_titles(conn, user)?;
    let title = title_of_copy(&note.title, |title| titles.contains(title));
    let copy = Note { id: NoteId::new(now), title, version: 1, created_at: now, updated_at: now, ..note };
    let values = params![
        copy.id,
        user,
        copy.folder_id,
        copy.title.as_str(),
        copy.content.as_str(),
        checksum(&copy.content),
        now,
        bytes(&copy.content),
        copy.origin.as_ref().map(Value::json).transpose()?,
        Value::json(&copy.anchors)?,
        id
    ];
    conn.execute(INSERT, values)?;
    quotas.check_storage(conn, user)?;
    revisions::raise_library(conn, user)?;
    Ok(copy)
}

impl Store {
    /// A new note with the text, the anchors and the folder of another.
    ///
    /// # Errors
    /// `NotFound`; `NotesFull`.
    pub async fn duplicate_note(&self, user: UserId, id: NoteId, now: Timestamp) -> Result<Note, StoreError> {
        let quotas = self.limits().quotas;
        self.of(&user).write(Durability::Synced, move |conn| duplicate(conn, &user, id, &quotas, now)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_named_after_what_it_is_of_and_counted_up() {
        let long = "ü".repeat(200);
        let cut = format!("{} (copy)", "ü".repeat(193));
        for (title, taken, wanted) in [
            ("Cells", &["Cells"][..], "Cells (copy)"),
            ("Cells", &["Cells (copy)"], "Cells (copy 2)"),
            ("Cells (copy)", &["Cells (copy)", "Cells (copy 2)"], "Cells (copy 3)"),
            ("Cells (copy 2)", &["Cells (copy 2)"], "Cells (copy)"),
            ("Cells (copyright)", &[], "Cells (copyright) (copy)"),
            (&long, &[], &cut),
        ] {
            assert_eq!(title_of_copy(title, |title| taken.contains(&title)), wanted, "{title}");
        }
    }
}
