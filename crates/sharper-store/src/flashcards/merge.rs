//! Making one card of duplicates: the first is kept, with the reviews of all.

use sharper_domain::{Memory, StudyCard, UserId};

use super::marks;
use crate::StoreError;
use crate::conn::{Conn, params};
use crate::study::write_memory;

const REVIEWS: &str = "UPDATE flashcard_reviews SET card_id = $3 WHERE user_id = $1 AND card_id = $2";

/// Makes these cards one, the first.
pub(super) fn merge(conn: &mut Conn<'_>, user: &UserId, all: &[StudyCard]) -> Result<(), StoreError> {
    let Some((kept, others)) = all.split_first().filter(|(_, others)| !others.is_empty()) else {
        return Err(StoreError::Conflict("merging needs two cards or more"));
    };
    for other in others {
        conn.execute(REVIEWS, params![user, other.card.id, kept.card.id])?;
    }
    if let Some(memory) = remembered(all) {
        write_memory(conn, user, (kept.card.id, kept.card.set_id), Some(&memory))?;
    }
    let tags: Vec<String> = others.iter().flat_map(|card| card.tags.iter().cloned()).collect();
    marks::retag(conn, user, std::slice::from_ref(kept), |all| all.extend(tags.iter().cloned()))?;
    let gone: Vec<_> = others.iter().map(|card| card.card.id).collect();
    marks::delete(conn, user, &gone)
}

/// What is remembered after the last review of any of them; the counts are those of all.
fn remembered(all: &[StudyCard]) -> Option<Memory> {
    let known: Vec<Memory> = all.iter().filter_map(|card| card.memory).collect();
    let last = known.iter().max_by_key(|memory| memory.last_review_at)?;
    let reviews = known.iter().map(|memory| memory.reviews).sum();
    let lapses = known.iter().map(|memory| memory.lapses).sum();
    Some(Memory { reviews, lapses, ..*last })
}
