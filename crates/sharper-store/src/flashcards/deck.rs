//! Decks in and out. Ids of what comes in are made from the deck's own identities, so that the same deck again updates
//! what is there and never doubles it.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sharper_domain::{
    Author, CardForm, CardId, CardStyle, Deck, DeckCard, DeckReview, Difficulty, Flashcard, Grade, SetId,
    StudyCard, Timestamp, UserId,
};
use uuid::Uuid;

use super::add::next_position;
use super::rows::{self, CameAlong};
use super::{cards, sets};
use crate::conn::{Conn, Value, params};
use crate::limits::one_by_one;
use crate::revisions::raise_learning;
use crate::{Durability, Store, StoreError, media};

/// What a card that came in is kept with: the identity of its note, and what that was where it came from.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Foreign {
    guid: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<serde_json::Value>,
}

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported {
    /// The set that the deck is.
    pub set: SetId,
    /// Cards that are new.
    pub added: u32,
    /// Cards that were there.
    pub updated: u32,
    /// Images and sounds that are new.
    pub media: u32,
}

const FIND_SET: &str = "SELECT id FROM flashcard_sets WHERE user_id = $1 AND guid = $2";
const OWN_SET: &str = "SELECT id FROM flashcard_sets WHERE user_id = $1 AND id = $2";
const ADD_SET: &str =
    "INSERT INTO flashcard_sets (id, user_id, title, guid, created_at) VALUES ($1, $2, $3, $4, $5)";
const SET_FOREIGN: &str = "UPDATE flashcard_sets SET anki = $3 WHERE user_id = $1 AND id = $2";
const SET_GUID: &str = "SELECT guid, anki FROM flashcard_sets WHERE user_id = $1 AND id = $2";
const KNOWN: &str = "SELECT id, group_id, ordinal, set_id FROM flashcards WHERE user_id = $1";
const FOREIGN: &str =
    "SELECT id, anki FROM flashcards WHERE user_id = $1 AND set_id = $2 AND anki IS NOT NULL";
const REVIEWS: &str = "SELECT r.card_id, r.grade, r.took_ms, r.reviewed_at FROM flashcard_reviews r \
    JOIN flashcards c ON c.id = r.card_id WHERE r.user_id = $1 AND c.set_id = $2 ORDER BY r.reviewed_at, r.id";

/// An id that is always the same for the same user and words: the first half of a SHA-256, as a UUID of version 8
/// (RFC 9562).
fn stable_id(user: &UserId, kind: &str, words: &str) -> Uuid {
    let digest = Sha256::new()
        .chain_update(kind)
        .chain_update([0])
        .chain_update(user.as_str())
        .chain_update([0])
        .chain_update(words)
        .finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// The cards that are there already: each by its note and its number in it, with its set.
type Known = HashMap<(Uuid, u32), (CardId, SetId)>;

/// The id of a card's note. The notes of cards that were made here went out under our own ids.
fn note_of(user: &UserId, card: &DeckCard, known: &Known) -> Uuid {
    let own = Uuid::parse_str(&card.guid).ok().filter(|id| known.contains_key(&(*id, card.ordinal)));
    own.unwrap_or_else(|| stable_id(user, "note", &card.guid))
}

fn set_of(conn: &mut Conn<'_>, user: &UserId, deck: &Deck, now: Timestamp) -> Result<SetId, StoreError> {
    if let Some(row) = conn.query_opt(FIND_SET, params![user, deck.guid.as_str()])? {
        return row.get("id");
    }
    let own = Uuid::parse_str(&deck.guid).ok().map(|id| conn.query_opt(OWN_SET, params![user, id]));
    if let Some(row) = own.transpose()?.flatten() {
        return row.get("id");
    }
    let id = SetId(stable_id(user, "deck", &deck.guid));
    conn.execute(ADD_SET, params![id, user, deck.title.as_str(), deck.guid.as_str(), now])?;
    Ok(id)
}

fn import(conn: &mut Conn<'_>, user: &UserId, deck: Deck, now: Timestamp) -> Result<Imported, StoreError> {
    one_by_one(conn, user)?;
    let set = set_of(conn, user, &deck, now)?;
    let first = next_position(conn, user, set)?;
    if let Some(foreign) = &deck.foreign {
        conn.execute(SET_FOREIGN, params![user, set, Value::json(foreign)?])?;
    }
    let mut known = Known::new();
    for row in conn.query(KNOWN, params![user])? {
        let id: CardId = row.get("id")?;
        let group = row.get::<Option<Uuid>>("group_id")?.unwrap_or(id.0);
        known.insert((group, row.get("ordinal")?), (id, row.get("set_id")?));
    }
    let mut done = Imported { set, added: 0, updated: 0, media: 0 };
    let (mut kept, mut reviews, mut position) = (Vec::new(), Vec::new(), first);
    for card in deck.cards {
        let note = note_of(user, &card, &known);
        let place = (note, card.ordinal);
        let new = CardId(stable_id(user, "card", &format!("{note} {}", card.ordinal)));
        let (id, set) = match known.get(&place) {
            Some(there) => {
                done.updated += 1;
                *there
            }
            None => {
                done.added += 1;
                (new, set)
            }
        };
        known.insert(place, (id, set));
        reviews.extend(card.reviews.iter().map(|review| came_along(user, id, review)));
        let foreign = Foreign { guid: card.guid.clone(), note: card.foreign.clone() };
        let foreign = serde_json::to_value(foreign).map_err(StoreError::internal)?;
        kept.push((taken(card, (id, set, note), position, now), Some(foreign)));
        position = position.saturating_add(1);
    }
    rows::keep(conn, user, &kept)?;
    rows::keep_reviews(conn, user, &reviews)?;
    for file in deck.media {
        done.media += u32::from(media::keep(conn, user, file, now)?);
    }
    raise_learning(conn, user)?;
    Ok(done)
}

fn came_along(user: &UserId, card: CardId, review: &DeckReview) -> CameAlong {
    let at = review.at.as_microsecond();
    let id = stable_id(user, "review", &format!("{card} {at}"));
    CameAlong { id, card: card.0, grade: review.grade.number(), took_ms: review.took_ms, at }
}

/// A card of a deck as a card of ours.
fn taken(
    card: DeckCard,
    (id, set_id, group_id): (CardId, SetId, Uuid),
    position: i32,
    now: Timestamp,
) -> StudyCard {
    let suspended_at = card.suspended.then_some(now);
    StudyCard {
        card: Flashcard {
            id,
            set_id,
            position,
            question: card.question,
            answer: card.answer,
            explanation: card.explanation,
            topic: card.tags.first().cloned().unwrap_or_default(),
            difficulty: Difficulty::Medium,
            form: if card.style == CardStyle::Cloze { CardForm::Cloze } else { CardForm::Fact },
            source: None,
            verdict: None,
            author: Author::Person,
            created_at: now,
        },
        style: card.style,
        group_id,
        ordinal: card.ordinal,
        cloze: card.cloze,
        tags: card.tags,
        flag: card.flag.min(7),
        suspended_at,
        buried_until: None,
        leech_at: None,
        edited_at: card.edited_at,
        memory: card.memory,
    }
}

fn export(conn: &mut Conn<'_>, user: &UserId, id: SetId) -> Result<Deck, StoreError> {
    let set = sets::study_set(conn, user, id)?;
    let row = conn.query_one(SET_GUID, params![user, id])?;
    let (guid, shared): (Option<String>, _) = (row.get("guid")?, row.json_opt("anki")?);
    let mut foreign: HashMap<CardId, Foreign> = HashMap::new();
    for row in conn.query(FOREIGN, params![user, id])? {
        foreign.insert(row.get("id")?, row.json("anki")?);
    }
    let mut reviews: HashMap<CardId, Vec<DeckReview>> = HashMap::new();
    for row in conn.query(REVIEWS, params![user, id])? {
        let grade: Grade = row.get("grade")?;
        let review = DeckReview { at: row.get("reviewed_at")?, grade, took_ms: row.get("took_ms")? };
        reviews.entry(row.get("card_id")?).or_default().push(review);
    }
    let mut out = Vec::new();
    for card in cards::of_set(conn, user, id)? {
        let known = foreign.remove(&card.card.id);
        let reviews = reviews.remove(&card.card.id).unwrap_or_default();
        out.push(given(card, known, reviews));
    }
    let texts = out.iter().flat_map(|card: &DeckCard| {
        let more = [card.explanation.as_deref(), card.cloze.as_deref()];
        [Some(card.question.as_str()), Some(card.answer.as_str())].into_iter().chain(more).flatten()
    });
    let mut hashes: Vec<String> = texts.flat_map(media::hashes).collect();
    hashes.sort_unstable();
    hashes.dedup();
    let mut files = Vec::new();
    for hash in hashes {
        files.extend(media::get(conn, user, &hash)?);
    }
    let guid = guid.unwrap_or_else(|| id.to_string());
    Ok(Deck { guid, title: set.set.title, cards: out, media: files, foreign: shared, warnings: Vec::new() })
}

/// A card of ours as a card of a deck.
fn given(card: StudyCard, known: Option<Foreign>, reviews: Vec<DeckReview>) -> DeckCard {
    let StudyCard { card: it, .. } = card;
    let (guid, foreign) = match known {
        Some(known) => (known.guid, known.note),
        None => (card.group_id.to_string(), None),
    };
    DeckCard {
        guid,
        ordinal: card.ordinal,
        style: card.style,
        question: it.question,
        answer: it.answer,
        explanation: it.explanation,
        cloze: card.cloze,
        tags: card.tags,
        flag: card.flag,
        suspended: card.suspended_at.is_some(),
        memory: card.memory,
        reviews,
        edited_at: card.edited_at,
        foreign,
    }
}

impl Store {
    /// Takes a deck in: a set and cards that are new are added, those that are there say what the deck says. What was
    /// reviewed here stays, and so does what the student did with a card.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn import_deck(
        &self,
        user: UserId,
        deck: Deck,
        now: Timestamp,
    ) -> Result<Imported, StoreError> {
        self.of(&user).write(Durability::Synced, move |conn| import(conn, &user, deck, now)).await
    }

    /// A set as a deck, with what its cards show and play. What was turned down stays here.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn export_deck(&self, user: UserId, set: SetId) -> Result<Deck, StoreError> {
        self.of(&user).read(move |conn| export(conn, &user, set)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_of_the_same_user_have_the_same_id_and_no_others() {
        let id = |user: &str, kind: &str, words: &str| stable_id(&user.parse().unwrap(), kind, words);
        assert_eq!(id("ann", "card", "x:0"), id("ann", "card", "x:0"));
        let others = [id("ben", "card", "x:0"), id("ann", "note", "x:0"), id("ann", "card", "x:1")];
        assert!(!others.contains(&id("ann", "card", "x:0")));
        assert_eq!(id("ann", "card", "x").get_version_num(), 8);
    }
}
