//! Replacing items in their places, stale ones and those that were turned down: the id, the place and the reviews stay,
//! what is asked and its source are new.

use sharper_domain::{Item, Source, UserId};

use super::{byte, id_of};
use crate::conn::{Conn, params};
use crate::revisions::raise_learning;
use crate::{StoreError, feedback, flashcards, material};

/// An item that was written anew; it has the id of the one in whose place it is to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Remade {
    /// A card or a question of a quiz.
    pub item: Item,
}

const STANDS: &str = "UPDATE passages SET note_id = $3, note_version = $4, span_start = $5, span_end = $6, stale_since = NULL \
    WHERE user_id = $1 AND item_id = $2 AND place = 1";

/// Puts items in the places of those with their ids. One that is not there any more is left out.
///
/// # Errors
/// `Internal` when an item is neither a card nor a question.
pub(crate) fn replace(conn: &mut Conn<'_>, user: &UserId, remade: &[Remade]) -> Result<(), StoreError> {
    for one in remade {
        if let Some(id) = id_of(&one.item) {
            feedback::make_room(conn, user, id)?;
        }
        let (id, source): (_, Option<&Source>) = match &one.item {
            Item::Card(card) => {
                (card.id.0, flashcards::replace(conn, user, card)?.then_some(card.source.as_ref()).flatten())
            }
            Item::Question(question) => {
                (question.id.0, material::replace_question(conn, user, question)?.then_some(&question.source))
            }
            _ => return Err(StoreError::internal("only cards and questions are replaced one by one")),
        };
        let Some(source) = source else { continue };
        let span = (byte(source.start)?, byte(source.end)?);
        conn.execute(STANDS, params![user, id, source.note_id, source.note_version, span.0, span.1])?;
    }
    if remade.is_empty() { Ok(()) } else { raise_learning(conn, user) }
}
