//! What a person may do with their own: take all of it along, and have all of it erased.
//!
//! One list says of every table with a user's rows which they are and what becomes of them; a test holds it against
//! both databases' schemas, so that a new table cannot be left out of either.

mod erase;
mod export;

use std::collections::BTreeMap;

use sharper_domain::UserId;

pub use self::erase::Erased;
pub use self::export::Export;
use crate::conn::params;
use crate::schema::Table;
use crate::{Store, StoreError, schema};

/// A table with a user's rows.
struct Holding {
    table: &'static str,
    whose: Whose,
    at_erasure: AtErasure,
    /// Columns that are not handed out: hashes of what somebody could sign in with.
    secret: &'static [&'static str],
}

/// How a user's rows are found; `$1` is the user.
enum Whose {
    /// The table names the user.
    Named,
    /// The rows belong to rows of another table, by this column.
    Under { column: &'static str, parent: &'static str },
}

/// What becomes of a user's rows when the user is erased.
enum AtErasure {
    /// They go.
    Goes,
    /// What the house reckons with stays, without anybody's name or words: this is what is set.
    StaysUnnamed(&'static str),
    /// It says what is still to be erased, and goes when that is done.
    GoesLast,
}

const fn goes(table: &'static str) -> Holding {
    Holding { table, whose: Whose::Named, at_erasure: AtErasure::Goes, secret: &[] }
}

const fn goes_with(table: &'static str, column: &'static str, parent: &'static str) -> Holding {
    Holding { whose: Whose::Under { column, parent }, ..goes(table) }
}

const fn goes_and_hides(table: &'static str, secret: &'static [&'static str]) -> Holding {
    Holding { secret, ..goes(table) }
}

const fn stays(table: &'static str, set: &'static str) -> Holding {
    Holding { at_erasure: AtErasure::StaysUnnamed(set), ..goes(table) }
}

/// Every table with a user's rows.
const HOLDINGS: [Holding; 41] = [
    goes_and_hides("accounts", &["password_hash"]),
    goes_and_hides("sign_ins", &["token_hash"]),
    goes_and_hides("api_tokens", &["token_hash"]),
    goes_and_hides("password_resets", &["token_hash"]),
    goes_and_hides("consents", &["token_hash"]),
    goes("user_agent_preferences"),
    goes("folders"),
    goes("notes"),
    goes_with("note_versions", "note_id", "notes"),
    goes("uploads"),
    goes("user_revisions"),
    goes("chunk_vectors"),
    goes("passages"),
    goes("flashcard_sets"),
    goes("flashcards"),
    goes("card_memory"),
    goes("media"),
    goes("study_settings"),
    goes("flashcard_sessions"),
    goes("flashcard_reviews"),
    goes("quizzes"),
    goes("quiz_questions"),
    goes("exams"),
    goes("attempts"),
    goes("attempt_answers"),
    goes("summaries"),
    goes("note_analyses"),
    goes("study_plans"),
    goes_and_hides("calendar_feeds", &["token_hash"]),
    goes("conversation_sessions"),
    goes("conversation_messages"),
    goes("content_feedback"),
    goes("jobs"),
    goes_with("job_events", "job_id", "jobs"),
    goes("experiment_runs"),
    goes("usage_days"),
    goes("spending"),
    goes("response_cache"),
    // The bill of the model's provider must add up, and so must the figures of how the agents run.
    stays("model_calls", "user_id = '', job_id = NULL"),
    stays(
        "agent_executions",
        "user_id = NULL, session_id = NULL, request_id = NULL, input_data = NULL, output_data = NULL, error_message = NULL",
    ),
    Holding { at_erasure: AtErasure::GoesLast, ..goes("erasures") },
];

impl Holding {
    /// The condition under which a row is the user's.
    fn condition(&self) -> String {
        match self.whose {
            Whose::Named => "user_id = $1".to_owned(),
            Whose::Under { column, parent } => {
                format!("{column} IN (SELECT id FROM {parent} WHERE user_id = $1)")
            }
        }
    }
}

/// Every table with a user's rows, each after those that it refers to, with what is said of it.
fn holdings() -> Vec<(Table, &'static Holding)> {
    let tables = schema::tables().into_iter();
    let with = |table: Table| {
        let holding = HOLDINGS.iter().find(|holding| holding.table == table.name)?;
        Some((table, holding))
    };
    tables.filter_map(with).collect()
}

/// Whether this table holds rows of users.
pub(crate) fn is_of_users(table: &str) -> bool {
    HOLDINGS.iter().any(|holding| holding.table == table)
}

impl Store {
    /// How many rows each table holds of a user, by its name.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn rows_of_user(&self, user: UserId) -> Result<BTreeMap<&'static str, u64>, StoreError> {
        self.of(&user)
            .read(move |conn| {
                let count = |holding: &'static Holding| {
                    let text = format!(
                        "SELECT count(*) AS rows FROM {} WHERE {}",
                        holding.table,
                        holding.condition()
                    );
                    let rows = conn.query_made(&text, params![&user])?;
                    let rows = rows.first().ok_or(StoreError::NotFound)?.get("rows")?;
                    Ok((holding.table, rows))
                };
                HOLDINGS.iter().map(count).collect()
            })
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_with_a_users_rows_is_named() {
        let tables = schema::tables();
        let of_users = |table: &&Table| {
            let under =
                |parent: &String| tables.iter().any(|other| other.name == *parent && other.has("user_id"));
            table.has("user_id") || table.parents.iter().any(|(_, parent)| under(parent))
        };
        let mut expected: Vec<_> = tables.iter().filter(of_users).map(|table| table.name.as_str()).collect();
        let mut named: Vec<_> = HOLDINGS.iter().map(|holding| holding.table).collect();
        expected.sort_unstable();
        named.sort_unstable();
        assert_eq!(named, expected);
    }

    #[test]
    fn what_could_be_signed_in_with_is_hidden() {
        for (table, holding) in holdings() {
            for column in table.columns.iter().map(|column| column.name.as_str()) {
                assert!(
                    !column.ends_with("_hash")
                        || column == "content_hash"
                        || holding.secret.contains(&column)
                );
            }
        }
    }
}
