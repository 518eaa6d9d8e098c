//! When a card comes back, in Anki's words and in ours.

use serde::{Deserialize, Serialize};
use sharper_domain::{DeckCard, DeckReview, Grade, Memory, MemoryState, Timestamp};

/// When the collections that we write begin: 1 January 2020, four in the morning, in seconds. Days are counted from it.
pub(super) const BEGINNING: i64 = 1_577_851_200;
/// Seconds of a day.
const DAY: i64 = 86_400;
/// Learning and relearning steps of Anki's default options.
const STEPS: (u32, u32) = (2, 1);
/// The weights of FSRS-6 that say how ease and difficulty belong together: w8, w9, w10 of its default parameters.
const WEIGHTS: (f64, f64, f64) = (1.8722, 0.1666, 0.796);

/// The columns of a card that say when it comes back.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Schedule {
    /// 0 new, 1 learning, 2 review, 3 relearning.
    pub(super) kind: i64,
    /// The same, but −1 suspended, −2 and −3 buried, 3 learning over days.
    pub(super) queue: i64,
    /// New: its place. Learning: seconds. Review: days since the collection began.
    pub(super) due: i64,
    /// Days between two reviews.
    pub(super) interval: i64,
    /// Ease in thousandths.
    pub(super) factor: i64,
    pub(super) reps: i64,
    pub(super) lapses: i64,
    /// Steps that are left, and a thousand times those that are left today.
    pub(super) left: i64,
    /// `data`: JSON.
    pub(super) data: String,
}

/// `data` of a card. What is not of interest is not kept.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Data {
    /// FSRS: stability.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    stability: Option<f64>,
    /// FSRS: difficulty.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    difficulty: Option<f64>,
    /// Seconds of the last review.
    #[serde(rename = "lrt", default, skip_serializing_if = "Option::is_none")]
    last_review: Option<i64>,
    /// What other programs keep on a card: JSON in a string, at most 100 bytes.
    #[serde(rename = "cd", default, skip_serializing_if = "String::is_empty")]
    custom: String,
}

/// What we keep on a card, since Anki rounds: due and last review in microseconds, step, stability, difficulty.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Exact {
    ss: (i64, i64, u32, f64, f64),
}

/// One row of the review log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Logged {
    /// Milliseconds.
    pub(super) id: i64,
    pub(super) ease: i64,
    /// Days, or seconds below zero.
    pub(super) interval: i64,
    pub(super) last_interval: i64,
    pub(super) factor: i64,
    /// Milliseconds that it took.
    pub(super) time: i64,
    /// 0 learning, 1 review, 2 relearning, 3 filtered deck, 4 by hand, 5 rescheduled.
    pub(super) kind: i64,
}

/// Days since our collections began.
fn days(at: Timestamp) -> i64 {
    (at.as_second() - BEGINNING).div_euclid(DAY)
}

/// When a card comes back, for Anki. `place` is its place among the new.
pub(super) fn out(card: &DeckCard, place: i64) -> Schedule {
    let mut schedule = match &card.memory {
        Some(memory) => known(memory),
        None => Schedule { due: place, data: "{}".to_owned(), ..Schedule::default() },
    };
    if card.suspended {
        schedule.queue = -1;
    }
    schedule
}

fn known(memory: &Memory) -> Schedule {
    let (kind, steps) = match memory.state {
        MemoryState::Learning => (1, STEPS.0),
        MemoryState::Review => (2, 0),
        MemoryState::Relearning => (3, STEPS.1),
    };
    let left = if kind == 2 { 0 } else { i64::from(steps.saturating_sub(memory.step).max(1)) };
    let interval = match kind {
        1 => 0,
        2 => (memory.due_at.as_second() - memory.last_review_at.as_second() + DAY / 2).div_euclid(DAY).max(1),
        _ => (memory.stability.round() as i64).clamp(1, 36_500),
    };
    let due = if kind == 2 { days(memory.due_at) } else { memory.due_at.as_second() };
    let exact = Exact {
        ss: (
            memory.due_at.as_microsecond(),
            memory.last_review_at.as_microsecond(),
            memory.step,
            memory.stability,
            memory.difficulty,
        ),
    };
    let custom = serde_json::to_string(&exact).unwrap_or_default();
    let data = Data {
        stability: Some(memory.stability),
        difficulty: Some(memory.difficulty),
        last_review: Some(memory.last_review_at.as_second()),
        custom: if custom.len() <= 100 { custom } else { String::new() },
    };
    Schedule {
        kind,
        queue: kind.min(if kind == 3 { 1 } else { 2 }),
        due,
        interval,
        factor: if kind == 1 { 0 } else { ease(memory) },
        reps: memory.reviews.into(),
        lapses: memory.lapses.into(),
        left: left + 1_000 * left,
        data: serde_json::to_string(&data).unwrap_or_default(),
    }
}

/// How much the difficulty counts for at this stability.
fn weight(stability: f64) -> f64 {
    let (w8, w9, w10) = WEIGHTS;
    w8.exp() * stability.max(0.001).powf(-w9) * (0.1 * w10).exp_m1()
}

/// The ease of SM-2 that a memory comes nearest to, in thousandths.
fn ease(memory: &Memory) -> i64 {
    let ease = 1.0 + (11.0 - memory.difficulty) * weight(memory.stability);
    (ease.clamp(1.3, 5.0) * 1_000.0).round() as i64
}

/// The reviews of a card as rows of the log. `taken` are ids that are in use.
pub(super) fn log(reviews: &[DeckReview], taken: &mut std::collections::BTreeSet<i64>) -> Vec<Logged> {
    let mut out: Vec<Logged> = Vec::with_capacity(reviews.len());
    let mut last_interval = 0;
    let mut known = false;
    for (at, review) in reviews.iter().enumerate() {
        let until = reviews.get(at + 1).map_or(0, |next| next.at.as_second() - review.at.as_second());
        let interval = if until >= DAY / 2 { (until + DAY / 2) / DAY } else { -until.max(0) };
        let kind = match (known, last_interval > 0) {
            (false, false) => 0,
            (true, false) => 2,
            (_, true) => 1,
        };
        known |= interval > 0;
        let mut id = review.at.as_millisecond();
        while !taken.insert(id) {
            id += 1;
        }
        out.push(Logged {
            id,
            ease: i64::from(review.grade as u8),
            interval,
            last_interval,
            factor: if kind == 0 { 0 } else { 2_500 },
            time: review.took_ms.into(),
            kind,
        });
        last_interval = interval;
    }
    out
}

/// The reviews that rows of the log tell of; what was done by hand, or in a filtered deck without effect, is none.
pub(super) fn reviews(mut log: Vec<Logged>) -> Vec<DeckReview> {
    log.sort_by_key(|row| row.id);
    let of = |row: Logged| {
        let counts = row.kind <= 2 || (row.kind == 3 && row.factor != 0);
        let grade = Grade::ALL.into_iter().find(|grade| i64::from(*grade as u8) == row.ease)?;
        let at = Timestamp::from_millisecond(row.id).ok().filter(|_| counts)?;
        Some(DeckReview { at, grade, took_ms: u32::try_from(row.time.max(0)).unwrap_or(u32::MAX) })
    };
    log.into_iter().filter_map(of).collect()
}

/// What is remembered of a card. `beginning`: when its collection began, in seconds.
pub(super) fn memory(schedule: &Schedule, beginning: i64, reviews: &[DeckReview]) -> Option<Memory> {
    let state = match schedule.kind {
        1 => MemoryState::Learning,
        2 => MemoryState::Review,
        3 => MemoryState::Relearning,
        _ => return None,
    };
    let data: Data = serde_json::from_str(&schedule.data).unwrap_or_default();
    // Learning cards that wait for minutes have seconds here, those that wait for days have days.
    let due = match schedule.due {
        due if due > 1_000_000_000 => due,
        due => beginning.checked_add(due.checked_mul(DAY)?)?,
    };
    let due_at = Timestamp::from_second(due).ok()?;
    let interval = schedule.interval.clamp(0, 36_500);
    let last = data.last_review.and_then(|last| Timestamp::from_second(last).ok());
    let last = reviews.last().map(|review| review.at).or(last);
    let last_review_at = last.or_else(|| Timestamp::from_second(due - interval * DAY).ok())?;
    let known = |value: Option<f64>| value.filter(|value| value.is_finite() && *value > 0.0);
    let stability =
        known(data.stability).unwrap_or_else(|| (interval as f64).max(0.5)).clamp(0.001, 36_500.0);
    let factor = if schedule.factor > 0 { schedule.factor as f64 / 1_000.0 } else { 2.5 };
    let difficulty = known(data.difficulty).unwrap_or_else(|| 11.0 - (factor - 1.0) / weight(stability));
    let count = |count: i64| u32::try_from(count.max(0)).unwrap_or(u32::MAX);
    let memory = Memory {
        state,
        step: 0,
        stability,
        difficulty: difficulty.clamp(1.0, 10.0),
        due_at,
        last_review_at,
        reviews: count(schedule.reps).max(1),
        lapses: count(schedule.lapses),
    };
    Some(exact(&data, &memory).unwrap_or(memory))
}

/// The memory that we wrote ourselves, where nothing was done to the card since.
fn exact(data: &Data, rounded: &Memory) -> Option<Memory> {
    let Exact { ss: (due, last, step, stability, difficulty) } = serde_json::from_str(&data.custom).ok()?;
    let due_at = Timestamp::from_microsecond(due).ok()?;
    let last_review_at = Timestamp::from_microsecond(last).ok()?;
    let apart = (due_at.as_second() - rounded.due_at.as_second()).abs();
    let same = apart <= DAY
        && (last_review_at.as_second() - rounded.last_review_at.as_second()).abs() <= 1
        && (stability - rounded.stability).abs() < 0.001
        && (difficulty - rounded.difficulty).abs() < 0.01;
    same.then_some(Memory { step, stability, difficulty, due_at, last_review_at, ..*rounded })
}
