//! Editing a card: it keeps its id, its reviews and its memory. The other cards of its note change with it.

use sharper_domain::{CardId, CardStyle, StudyCard, Timestamp, UserId, cloze};

use super::add::{CardStyling, NewCard, next_position, written};
use super::{cards, rows};
use crate::conn::{Conn, Value, params};
use crate::limits::one_by_one;
use crate::revisions::raise_learning;
use crate::{Durability, Store, StoreError};

/// A change of a card: what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CardEdit {
    /// The front; not of a cloze.
    pub question: Option<String>,
    /// The back; not of a cloze.
    pub answer: Option<String>,
    /// A sentence more; an empty one takes it away.
    pub explanation: Option<String>,
    /// What it is about.
    pub topic: Option<String>,
    /// Its tags.
    pub tags: Option<Vec<String>>,
    /// The sentence with its gaps; only of a cloze.
    pub cloze: Option<String>,
}

const WRITE: &str = "UPDATE flashcards SET question = $3, answer = $4, explanation = $5, topic = $6, tags = $7, \
    cloze = $8, edited_at = $9 WHERE user_id = $1 AND id = $2";

fn write(conn: &mut Conn<'_>, user: &UserId, card: &StudyCard) -> Result<(), StoreError> {
    let it = &card.card;
    let values = params![
        user,
        it.id,
        it.question.as_str(),
        it.answer.as_str(),
        it.explanation.as_deref(),
        it.topic.as_str(),
        Value::json(&card.tags)?,
        card.cloze.as_deref(),
        card.edited_at,
    ];
    conn.execute(WRITE, values).map(drop)
}

fn edit(
    conn: &mut Conn<'_>,
    user: &UserId,
    id: CardId,
    change: &CardEdit,
    now: Timestamp,
) -> Result<StudyCard, StoreError> {
    one_by_one(conn, user)?;
    let old = cards::one(conn, user, id)?;
    let siblings = cards::of_group(conn, user, old.group_id)?;
    let mut new = old.clone();
    new.edited_at = Some(now);
    if let Some(explanation) = &change.explanation {
        new.card.explanation = Some(explanation.clone()).filter(|text| !text.is_empty());
    }
    if let Some(topic) = &change.topic {
        new.card.topic.clone_from(topic);
    }
    if let Some(tags) = &change.tags {
        new.tags.clone_from(tags);
    }
    match old.style {
        CardStyle::Cloze => {
            if let Some(text) = &change.cloze {
                fill(conn, user, &old, &siblings, text, now)?;
                (new.card.question, new.card.answer) = StudyCard::sides_of(text, old.ordinal + 1);
                new.cloze = Some(text.clone());
            }
        }
        CardStyle::Basic | CardStyle::Reversed => {
            new.card.question = change.question.clone().unwrap_or(new.card.question);
            new.card.answer = change.answer.clone().unwrap_or(new.card.answer);
            for mut mirror in siblings.into_iter().filter(|other| is_mirror(&old, other)) {
                mirror.card.question.clone_from(&new.card.answer);
                mirror.card.answer.clone_from(&new.card.question);
                mirror.edited_at = Some(now);
                write(conn, user, &mirror)?;
            }
        }
    }
    write(conn, user, &new)?;
    raise_learning(conn, user)?;
    cards::one(conn, user, id)
}

/// Whether a card of the same note asks the same the other way round.
fn is_mirror(one: &StudyCard, other: &StudyCard) -> bool {
    one.card.id != other.card.id
        && one.card.question == other.card.answer
        && one.card.answer == other.card.question
}

/// Gives a sentence's cards their new text. A gap that is new becomes a card, one that is gone takes its card with it;
/// the card that is edited must keep its gap.
fn fill(
    conn: &mut Conn<'_>,
    user: &UserId,
    edited: &StudyCard,
    siblings: &[StudyCard],
    text: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let numbers = cloze::numbers(text);
    if !numbers.contains(&(edited.ordinal + 1)) {
        return Err(StoreError::Conflict(
            "the sentence must keep the gap of this card; delete the card to be rid of it",
        ));
    }
    for sibling in siblings.iter().filter(|other| other.card.id != edited.card.id) {
        let number = sibling.ordinal + 1;
        if !numbers.contains(&number) {
            super::marks::delete(conn, user, &[sibling.card.id])?;
            continue;
        }
        let mut sibling = sibling.clone();
        (sibling.card.question, sibling.card.answer) = StudyCard::sides_of(text, number);
        (sibling.cloze, sibling.edited_at) = (Some(text.to_owned()), Some(now));
        write(conn, user, &sibling)?;
    }
    let known: Vec<u32> = siblings.iter().map(|card| card.ordinal + 1).collect();
    let new = NewCard {
        question: String::new(),
        answer: String::new(),
        explanation: edited.card.explanation.clone(),
        topic: edited.card.topic.clone(),
        difficulty: edited.card.difficulty,
        tags: edited.tags.clone(),
        flag: 0,
        styling: CardStyling::Cloze(text.to_owned()),
    };
    for number in numbers.into_iter().filter(|number| !known.contains(number)) {
        let (set, group) = (edited.card.set_id, edited.group_id);
        let mut card = written((set, group), &new, (CardStyle::Cloze, number - 1), now);
        card.card.position = next_position(conn, user, set)?;
        rows::keep(conn, user, &[(card, None)])?;
    }
    Ok(())
}

impl Store {
    /// Changes what a card says. It keeps its id, its reviews and what is remembered of it; a mirrored card changes with
    /// it, and so do the cards of the other gaps of a sentence.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` when a sentence loses the gap of the card.
    pub async fn edit_card(
        &self,
        user: UserId,
        id: CardId,
        change: CardEdit,
        now: Timestamp,
    ) -> Result<StudyCard, StoreError> {
        self.of(&user).write(Durability::Synced, move |conn| edit(conn, &user, id, &change, now)).await
    }
}
