//! Finding cards by what they say and how they stand.

use sharper_domain::{CardId, MemoryState, SetId, StudyCard, Timestamp, UserId};

use super::cards;
use crate::conn::{Conn, Row, Value, params};
use crate::{Store, StoreError};

/// Where a card stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardState {
    /// Never graded.
    New,
    /// Graded, and here.
    Known(MemoryState),
}

impl std::str::FromStr for CardState {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        let known = MemoryState::ALL.into_iter().find(|state| state.as_str() == word);
        match word {
            "new" => Ok(CardState::New),
            _ => known.map(CardState::Known).ok_or(()),
        }
    }
}

/// Which cards are looked for; what is not said does not matter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CardFilter {
    /// Words that all stand in question, answer, explanation, topic or tags, whatever their case.
    pub query: String,
    /// In this set.
    pub set: Option<SetId>,
    /// With this tag.
    pub tag: Option<String>,
    /// With this flag.
    pub flag: Option<u8>,
    /// Where it stands.
    pub state: Option<CardState>,
    /// Due before this moment.
    pub due_before: Option<Timestamp>,
    /// Suspended or not.
    pub suspended: Option<bool>,
    /// Forgotten again and again, or not.
    pub leech: Option<bool>,
}

/// A page of what was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FoundCards {
    /// How many cards there are in all.
    pub total: u32,
    /// Those of this page.
    pub cards: Vec<StudyCard>,
}

impl CardFilter {
    /// The statement that finds them, with its values from `$2` on. Words are looked for afterwards: the databases differ
    /// in what they hold for the same letter.
    fn statement(&self) -> (String, Vec<Value>) {
        let mut text = String::from(
            "SELECT c.id, c.question, c.answer, c.explanation, c.topic, c.tags FROM flashcards c \
             LEFT JOIN card_memory m ON m.card_id = c.id WHERE c.user_id = $1 AND c.hidden_at IS NULL",
        );
        let mut values = Vec::new();
        let mut and = |condition: &str, value: Value| {
            values.push(value);
            text.push_str(&format!(" AND {condition} ${}", values.len() + 1));
        };
        if let Some(set) = self.set {
            and("c.set_id =", set.into());
        }
        if let Some(flag) = self.flag {
            and("c.flag =", flag.into());
        }
        if let Some(CardState::Known(state)) = self.state {
            and("m.state =", state.into());
        }
        if let Some(before) = self.due_before {
            and("m.due_at <", before.into());
        }
        let mut only = |wanted: Option<bool>, column: &str| {
            if let Some(there) = wanted {
                text.push_str(&format!(" AND {column} IS {}NULL", if there { "NOT " } else { "" }));
            }
        };
        only(self.suspended, "c.suspended_at");
        only(self.leech, "c.leech_at");
        only((self.state == Some(CardState::New)).then_some(false), "m.state");
        let order = if self.set.is_some() { "c.position, c.id" } else { "c.created_at DESC, c.id DESC" };
        text.push_str(&format!(" ORDER BY {order}"));
        (text, values)
    }

    /// Whether a card that the statement found says all the words and has the tag.
    fn says(&self, row: &Row, words: &[String]) -> Result<bool, StoreError> {
        if words.is_empty() && self.tag.is_none() {
            return Ok(true);
        }
        let tags: Vec<String> = row.json("tags")?;
        if self.tag.as_ref().is_some_and(|tag| !tags.iter().any(|own| own.eq_ignore_ascii_case(tag))) {
            return Ok(false);
        }
        let mut said = format!("{}\n{}\n", row.get::<String>("question")?, row.get::<String>("answer")?);
        said.push_str(&row.get::<Option<String>>("explanation")?.unwrap_or_default());
        said.push_str(&format!("\n{}\n{}", row.get::<String>("topic")?, tags.join(" ")));
        let said = said.to_lowercase();
        Ok(words.iter().all(|word| said.contains(word.as_str())))
    }
}

fn search(
    conn: &mut Conn<'_>,
    user: &UserId,
    filter: &CardFilter,
    (offset, limit): (u32, u32),
) -> Result<FoundCards, StoreError> {
    if let Some(set) = filter.set {
        super::set(conn, user, set)?;
    }
    let words: Vec<String> = filter.query.split_whitespace().map(str::to_lowercase).collect();
    let (text, own) = filter.statement();
    let rows = conn.query_made(&text, &[params![user], own.as_slice()].concat())?;
    let mut found: Vec<CardId> = Vec::new();
    for row in &rows {
        if filter.says(row, &words)? {
            found.push(row.get("id")?);
        }
    }
    let page: Vec<CardId> = found.iter().skip(offset as usize).take(limit as usize).copied().collect();
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    Ok(FoundCards { total, cards: cards::study_cards(conn, user, &page)? })
}

impl Store {
    /// The user's cards that fit a filter, in the order of their set, or the newest first: so many, after the first
    /// `offset`.
    ///
    /// # Errors
    /// `NotFound` when the set is not the user's.
    pub async fn find_cards(
        &self,
        user: UserId,
        filter: CardFilter,
        offset: u32,
        limit: u32,
    ) -> Result<FoundCards, StoreError> {
        self.of(&user).read(move |conn| search(conn, &user, &filter, (offset, limit))).await
    }

    /// The tags of a set's cards, in the order of the alphabet.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn tags_of_set(&self, user: UserId, set: SetId) -> Result<Vec<String>, StoreError> {
        const TAGS: &str = "SELECT DISTINCT CAST(tags AS TEXT) AS tags FROM flashcards \
            WHERE user_id = $1 AND set_id = $2 AND hidden_at IS NULL";
        self.of(&user)
            .read(move |conn| {
                let mut all = std::collections::BTreeSet::new();
                for row in conn.query(TAGS, params![&user, set])? {
                    all.extend(row.json::<Vec<String>>("tags")?);
                }
                Ok(all.into_iter().collect())
            })
            .await
    }
}
