//! Histories with what the reference implementation of FSRS makes of them (`tools/memory/reference.py`), held against ours.
#![allow(unreachable_pub, reason = "a test and a benchmark share these")]

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use sharper_domain::{CardId, Grade, StudyRules};
use sharper_memory::{Days, Weights, replay};

/// A history as grades and days since the one before (0: ten minutes later), then stability and difficulty.
type Row = (Vec<(u8, i64)>, f64, f64);

/// How many histories a file holds, and the largest relative difference of a stability or a difficulty.
pub fn largest_difference(json: &str) -> (usize, f64) {
    let rows: Vec<Row> = serde_json::from_str(json).unwrap();
    let days = Days { zone: TimeZone::UTC, starts: 0 };
    let card = CardId(uuid::Uuid::nil());
    let differences = rows.iter().map(|(reviews, stability, difficulty)| {
        let mut at: Timestamp = "2026-01-01T08:00:00Z".parse().unwrap();
        let history: Vec<_> = reviews
            .iter()
            .map(|(grade, days)| {
                at += if *days > 0 {
                    SignedDuration::from_hours(24 * days)
                } else {
                    SignedDuration::from_mins(10)
                };
                (Grade::from_number(*grade).unwrap(), at)
            })
            .collect();
        let memory = replay(&Weights::default(), &StudyRules::default(), &days, card, &history).unwrap();
        // Neither goes on growing past a hundred years here; the reference has no such bound.
        let bounded = stability.min(36_500.0);
        let off = |ours: f64, theirs: f64| (ours - theirs).abs() / theirs;
        off(memory.stability, bounded).max(off(memory.difficulty, *difficulty))
    });
    (rows.len(), differences.fold(0.0, f64::max))
}
