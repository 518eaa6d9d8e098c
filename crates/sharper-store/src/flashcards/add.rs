//! Cards that a student writes: one, a pair that is asked both ways, or a sentence with gaps.

use sharper_domain::{
    Author, CardForm, CardId, CardStyle, Difficulty, Flashcard, SetId, StudyCard, Timestamp, UserId, cloze,
};
use uuid::Uuid;

use super::{cards, rows, set};
use crate::conn::{Conn, params};
use crate::limits::one_by_one;
use crate::revisions::raise_learning;
use crate::store::fresh_id;
use crate::{Durability, Store, StoreError};

/// How what a student wrote becomes cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardStyling {
    /// One card, front to back.
    Basic,
    /// Two cards: front to back, and back to front.
    BothWays,
    /// A card for each number of a gap of this text.
    Cloze(String),
}

/// What a student wrote. Of a cloze, question and answer come from its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCard {
    /// The front.
    pub question: String,
    /// The back.
    pub answer: String,
    /// A sentence more.
    pub explanation: Option<String>,
    /// What it is about.
    pub topic: String,
    /// How hard it is.
    pub difficulty: Difficulty,
    /// Its tags.
    pub tags: Vec<String>,
    /// Flag, 0 to 7.
    pub flag: u8,
    /// How it becomes cards.
    pub styling: CardStyling,
}

const LAST: &str =
    "SELECT coalesce(max(position), -1) AS position FROM flashcards WHERE user_id = $1 AND set_id = $2";

/// The place after the last card of a set.
pub(super) fn next_position(conn: &mut Conn<'_>, user: &UserId, set: SetId) -> Result<i32, StoreError> {
    Ok(conn.query_one(LAST, params![user, set])?.get::<i32>("position")?.saturating_add(1))
}

/// A card that a person wrote, of a note of theirs.
pub(super) fn written(
    (set_id, group_id): (SetId, Uuid),
    new: &NewCard,
    (style, ordinal): (CardStyle, u32),
    now: Timestamp,
) -> StudyCard {
    let text = match &new.styling {
        CardStyling::Cloze(text) => Some(text.clone()),
        CardStyling::Basic | CardStyling::BothWays => None,
    };
    let (question, answer) = match (&text, style) {
        (Some(text), _) => StudyCard::sides_of(text, ordinal + 1),
        (None, CardStyle::Reversed) => (new.answer.clone(), new.question.clone()),
        (None, _) => (new.question.clone(), new.answer.clone()),
    };
    let card = Flashcard {
        id: CardId(fresh_id(now)),
        set_id,
        position: 0,
        question,
        answer,
        explanation: new.explanation.clone(),
        topic: new.topic.clone(),
        difficulty: new.difficulty,
        form: if text.is_some() { CardForm::Cloze } else { CardForm::Fact },
        source: None,
        verdict: None,
        author: Author::Person,
        created_at: now,
    };
    StudyCard {
        card,
        style,
        group_id,
        ordinal,
        cloze: text,
        tags: new.tags.clone(),
        flag: new.flag,
        suspended_at: None,
        buried_until: None,
        leech_at: None,
        edited_at: None,
        memory: None,
    }
}

/// The cards that this becomes, by style and number.
fn styles(styling: &CardStyling) -> Result<Vec<(CardStyle, u32)>, StoreError> {
    Ok(match styling {
        CardStyling::Basic => vec![(CardStyle::Basic, 0)],
        CardStyling::BothWays => vec![(CardStyle::Basic, 0), (CardStyle::Reversed, 1)],
        CardStyling::Cloze(text) => match cloze::numbers(text) {
            none if none.is_empty() => {
                return Err(StoreError::Conflict("a cloze needs a gap: {{c1::words}}"));
            }
            numbers => numbers.into_iter().map(|number| (CardStyle::Cloze, number - 1)).collect(),
        },
    })
}

fn add(
    conn: &mut Conn<'_>,
    user: &UserId,
    set_id: SetId,
    new: &NewCard,
    now: Timestamp,
) -> Result<Vec<StudyCard>, StoreError> {
    one_by_one(conn, user)?;
    set(conn, user, set_id)?;
    let first = next_position(conn, user, set_id)?;
    let mut made: Vec<_> = styles(&new.styling)?
        .into_iter()
        .map(|style| written((set_id, Uuid::nil()), new, style, now))
        .collect();
    // A card by itself is a group under its own id.
    let group = made.first().map_or_else(Uuid::nil, |card| card.card.id.0);
    for (card, position) in made.iter_mut().zip(first..) {
        (card.group_id, card.card.position) = (group, position);
    }
    let kept: Vec<_> = made.iter().map(|card| (card.clone(), None)).collect();
    rows::keep(conn, user, &kept)?;
    raise_learning(conn, user)?;
    let ids: Vec<CardId> = made.iter().map(|card| card.card.id).collect();
    cards::study_cards(conn, user, &ids)
}

impl Store {
    /// Adds what a student wrote to a set, after its last card; answers with the cards that it became.
    ///
    /// # Errors
    /// `NotFound` when the set is not the user's; `Conflict` when a cloze has no gap.
    pub async fn add_card(
        &self,
        user: UserId,
        set: SetId,
        new: NewCard,
        now: Timestamp,
    ) -> Result<Vec<StudyCard>, StoreError> {
        self.of(&user).write(Durability::Synced, move |conn| add(conn, &user, set, &new, now)).await
    }
}
