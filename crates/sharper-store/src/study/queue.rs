//! The queue: which cards wait to be studied, the next first.

use std::collections::{HashMap, HashSet};

use sharper_domain::{CardId, MemoryState, SetId, StudyCard, StudyRules, Timestamp, UserId, Waiting};
use uuid::Uuid;

use crate::conn::{Conn, params};
use crate::flashcards::{self, Light};
use crate::{Store, StoreError};

/// What is asked of the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Of this set; `None`: of all.
    pub set: Option<SetId>,
    /// The moment it is.
    pub now: Timestamp,
    /// When the student's day began.
    pub day_from: Timestamp,
    /// When it ends.
    pub day_to: Timestamp,
    /// Until when a card on its steps counts as due, if nothing else does.
    pub ahead: Timestamp,
    /// How the student wants to study.
    pub rules: StudyRules,
    /// Cards of the answer at most.
    pub limit: u32,
}

/// What waits to be studied.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Queue {
    /// The next cards, in their order.
    pub cards: Vec<StudyCard>,
    /// How many wait in all.
    pub waiting: Waiting,
    /// When the next card comes back that does not wait yet; `None`: none does.
    pub next_at: Option<Timestamp>,
}

/// New cards that are looked at; no day's limit is higher.
const NEW_MOST: u32 = 10_000;

macro_rules! in_play {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.set_id, c.group_id, m.state, m.due_at, m.last_review_at FROM flashcards c \
             LEFT JOIN card_memory m ON m.card_id = c.id WHERE c.user_id = $1 AND c.hidden_at IS NULL \
             AND c.suspended_at IS NULL AND (c.buried_until IS NULL OR c.buried_until <= $2) ",
            $rest
        )
    };
}
const DUE: &str = in_play!("AND m.due_at < $3");
const DUE_OF_SET: &str = in_play!("AND m.due_at < $3 AND c.set_id = $4");
const NEW: &str = in_play!("AND m.state IS NULL ORDER BY c.created_at, c.set_id, c.position, c.id LIMIT $3");
const NEW_OF_SET: &str = in_play!("AND m.state IS NULL AND c.set_id = $4 ORDER BY c.position, c.id LIMIT $3");
const DONE: &str = "SELECT c.set_id, count(DISTINCT CASE WHEN r.state = 'new' THEN r.card_id END) AS new_cards, \
    count(DISTINCT CASE WHEN r.state = 'review' THEN r.card_id END) AS reviewed \
    FROM flashcard_reviews r JOIN flashcards c ON c.id = r.card_id \
    WHERE r.user_id = $1 AND r.reviewed_at >= $2 AND r.kind = 'card' GROUP BY c.set_id";
const LIMITS: &str = "SELECT id, new_per_day, reviews_per_day FROM flashcard_sets WHERE user_id = $1 \
    AND (new_per_day IS NOT NULL OR reviews_per_day IS NOT NULL)";
const NEXT: &str = "SELECT min(m.due_at) AS due_at FROM card_memory m JOIN flashcards c ON c.id = m.card_id \
    WHERE m.user_id = $1 AND m.due_at > $2 AND c.hidden_at IS NULL AND c.suspended_at IS NULL";
const NEXT_OF_SET: &str = "SELECT min(m.due_at) AS due_at FROM card_memory m JOIN flashcards c ON c.id = m.card_id \
    WHERE m.user_id = $1 AND m.due_at > $2 AND c.hidden_at IS NULL AND c.suspended_at IS NULL AND c.set_id = $3";

/// How many more a day lets in: of each set, and of the student in all.
struct Room {
    whole: u32,
    usual: u32,
    own: HashMap<SetId, u32>,
    done: HashMap<SetId, u32>,
    /// With one set in play, only its own limit counts.
    alone: bool,
}

impl Room {
    /// Takes a place for a card of this set, if there is one.
    fn take(&mut self, set: SetId) -> bool {
        let most = self.own.get(&set).copied().unwrap_or(self.usual);
        let done = self.done.entry(set).or_default();
        if *done >= most || (!self.alone && self.whole == 0) {
            return false;
        }
        *done += 1;
        self.whole = self.whole.saturating_sub(1);
        true
    }
}

/// The day's room for new cards, and for reviews.
fn rooms(conn: &mut Conn<'_>, user: &UserId, asked: &Asked) -> Result<(Room, Room), StoreError> {
    let room = |usual: u32| Room {
        whole: usual,
        usual,
        own: HashMap::new(),
        done: HashMap::new(),
        alone: asked.set.is_some(),
    };
    let (mut new, mut review) = (room(asked.rules.new_per_day), room(asked.rules.reviews_per_day));
    for row in conn.query(DONE, params![user, asked.day_from])? {
        let (set, added, reviewed): (SetId, u32, u32) =
            (row.get("set_id")?, row.get("new_cards")?, row.get("reviewed")?);
        new.done.insert(set, added);
        new.whole = new.whole.saturating_sub(added);
        review.done.insert(set, reviewed);
        review.whole = review.whole.saturating_sub(reviewed);
    }
    for row in conn.query(LIMITS, params![user])? {
        let set: SetId = row.get("id")?;
        if let Some(most) = row.get("new_per_day")? {
            new.own.insert(set, most);
        }
        if let Some(most) = row.get("reviews_per_day")? {
            review.own.insert(set, most);
        }
    }
    Ok((new, review))
}

/// How long a card has been due, as a share of the time it was to be remembered for: the one that is most likely
/// forgotten by now comes first.
fn overdueness(card: &Light, now: Timestamp) -> f64 {
    let Some((_, due, last)) = card.memory else { return 0.0 };
    let interval = due.duration_since(last).as_secs_f64().max(1.0);
    now.duration_since(due).as_secs_f64() / interval
}

/// Puts new cards among reviews, evenly.
fn mixed(reviews: Vec<Light>, new: Vec<Light>) -> Vec<Light> {
    let (every, mut fresh) = (reviews.len() / (new.len() + 1), new.into_iter());
    let mut all = Vec::new();
    for (place, review) in reviews.into_iter().enumerate() {
        all.push(review);
        if every > 0 && (place + 1) % every == 0 {
            all.extend(fresh.next());
        }
    }
    all.extend(fresh);
    all
}

fn queue(conn: &mut Conn<'_>, user: &UserId, asked: &Asked) -> Result<Queue, StoreError> {
    if let Some(set) = asked.set {
        flashcards::set(conn, user, set)?;
    }
    let until = asked.day_to.max(asked.ahead);
    let rows = match asked.set {
        Some(set) => conn.query(DUE_OF_SET, params![user, asked.now, until, set])?,
        None => conn.query(DUE, params![user, asked.now, until])?,
    };
    let due = rows.iter().map(flashcards::light).collect::<Result<Vec<Light>, _>>()?;
    let rows = match asked.set {
        Some(set) => conn.query(NEW_OF_SET, params![user, asked.now, NEW_MOST, set])?,
        None => conn.query(NEW, params![user, asked.now, NEW_MOST])?,
    };
    let new = rows.iter().map(flashcards::light).collect::<Result<Vec<Light>, _>>()?;
    let rooms = rooms(conn, user, asked)?;
    let (order, waiting) = arrange(asked, due, new, rooms);
    let ids: Vec<CardId> = order.into_iter().take(asked.limit as usize).collect();
    let next = match asked.set {
        Some(set) => conn.query_one(NEXT_OF_SET, params![user, asked.now, set])?,
        None => conn.query_one(NEXT, params![user, asked.now])?,
    };
    let cards = flashcards::study_cards(conn, user, &ids)?;
    Ok(Queue { cards, waiting, next_at: next.get("due_at")? })
}

/// Orders what is in play: cards on their steps that are due, reviews with new cards among them, then cards on their
/// steps that are due in a moment.
fn arrange(
    asked: &Asked,
    due: Vec<Light>,
    new: Vec<Light>,
    (mut for_new, mut for_reviews): (Room, Room),
) -> (Vec<CardId>, Waiting) {
    let on_steps = |card: &Light| !matches!(card.memory, Some((MemoryState::Review, ..)) | None);
    let (mut steps, mut reviews): (Vec<Light>, Vec<Light>) = due.into_iter().partition(on_steps);
    let due_at = |card: &Light| card.memory.map(|(_, due, _)| due);
    steps.sort_by_key(due_at);
    steps.retain(|card| due_at(card) <= Some(asked.ahead));
    reviews.retain(|card| due_at(card) < Some(asked.day_to));
    reviews.sort_by(|a, b| overdueness(b, asked.now).total_cmp(&overdueness(a, asked.now)));
    let mut notes: HashSet<Uuid> = HashSet::new();
    let mut first_of_note = |card: &Light| !asked.rules.bury_siblings || notes.insert(card.group);
    reviews.retain(|card| first_of_note(card) && for_reviews.take(card.set));
    let new: Vec<Light> =
        new.into_iter().filter(|card| first_of_note(card) && for_new.take(card.set)).collect();
    let count = |cards: &[Light]| u32::try_from(cards.len()).unwrap_or(u32::MAX);
    let waiting = Waiting { learning: count(&steps), review: count(&reviews), new: count(&new) };
    let (now, later): (Vec<Light>, Vec<Light>) =
        steps.into_iter().partition(|card| due_at(card) <= Some(asked.now));
    let all = now.into_iter().chain(mixed(reviews, new)).chain(later);
    (all.map(|card| card.id).collect(), waiting)
}

impl Store {
    /// What waits to be studied.
    ///
    /// # Errors
    /// `NotFound` when the set is not the user's.
    pub async fn queue(&self, user: UserId, asked: Asked) -> Result<Queue, StoreError> {
        self.of(&user).read(move |conn| queue(conn, &user, &asked)).await
    }
}
