//! A learner studies towards an exam: so many reviews each day and not one more, whichever policy says what is due.

use std::collections::HashMap;

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use sharper_domain::{CardId, Grade, Memory, MemoryState, StudyRules};
use sharper_memory::{Days, Readiness, Scheduler, Sitting, Weights, readiness};

use super::chance::Chance;
use super::memory::{Mind, Trace};

/// Which memory is true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum World {
    Fsrs,
    HalfLife,
}

/// Who says when a card comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// Ours, which is told the date of the exam.
    Exam,
    /// FSRS at a desired retention of .9.
    Plain,
    /// 1, 2, 4, 7, 15, 30 days; from the start again when forgotten.
    Table,
}

/// What a learner does with a budget that is left when nothing is due any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spare {
    /// Reviews ahead, what is due next first: so that each policy spends the same number of reviews.
    Ahead,
    /// Stops for the day.
    Unused,
}

/// How a learner fared.
#[derive(Debug, Clone, Copy)]
pub struct Course {
    /// The share of all cards that is recalled at the exam, expected.
    pub recall: f64,
    /// What was foretold on the eve of one exam that was really sat, and what was scored.
    pub eve: (Readiness, f64),
    /// The same half-way, had study ended there.
    pub half_way: (Readiness, f64),
    /// Reviews in all, the steps of new cards among them.
    pub reviews: u32,
}

const TABLE: [i32; 6] = [1, 2, 4, 7, 15, 30];

struct Learner {
    mind: Mind,
    chance: Chance,
    traces: Vec<Trace>,
    memories: Vec<Option<Memory>>,
    /// Where a card stands in the table.
    rungs: Vec<usize>,
    load: HashMap<Date, u32>,
    days: Days,
    scheduler: Scheduler,
    policy: Policy,
    exam: Timestamp,
    first: Date,
    reviews: u32,
}

/// A learner, known by a seed, studies some cards for so many days and sits the exam on the morning after.
pub fn study(world: World, policy: Policy, seed: u64, until_exam: u32, spare: Spare) -> Course {
    let mut chance = Chance::new(seed);
    let mind = match world {
        World::Fsrs => Mind::fsrs(&mut chance),
        World::HalfLife => Mind::half_life(&mut chance),
    };
    let cards = chance.between(40.0, 120.0) as usize;
    // Three to five reviews a card in all, the steps of a new card among them.
    let a_day = (chance.between(3.0, 5.0) * cards as f64 / f64::from(until_exam)).ceil() as u32;
    let new_a_day = (cards as f64 / (0.6 * f64::from(until_exam))).ceil() as usize;
    let mut learner = Learner::new(mind, chance, policy, cards, a_day, until_exam);
    let mut half_way = None;
    for day in 0..until_exam {
        if day == until_exam / 2 {
            half_way = Some(learner.sit());
        }
        learner.study_a_day(day, a_day, new_a_day, spare);
    }
    let at = learner.time(learner.exam);
    let recall =
        learner.traces.iter().map(|trace| learner.mind.recall(trace, at)).sum::<f64>() / cards as f64;
    Course { recall, eve: learner.sit(), half_way: half_way.unwrap(), reviews: learner.reviews }
}

impl Learner {
    fn new(
        mind: Mind,
        mut chance: Chance,
        policy: Policy,
        cards: usize,
        a_day: u32,
        until_exam: u32,
    ) -> Self {
        let days = Days { zone: TimeZone::UTC, starts: 4 };
        let first = date(2026, 3, 2);
        let exam_day = first.checked_add(i64::from(until_exam).days()).unwrap();
        let rules = StudyRules { reviews_per_day: a_day, ..StudyRules::default() };
        Self {
            traces: (0..cards).map(|_| mind.trace(&mut chance)).collect(),
            mind,
            chance,
            memories: vec![None; cards],
            rungs: vec![0; cards],
            load: HashMap::new(),
            scheduler: Scheduler::new(&Weights::default(), rules),
            policy,
            exam: days.start_of(exam_day) + SignedDuration::from_hours(5),
            days,
            first,
            reviews: 0,
        }
    }

    /// Days since the first, in the learner's own days.
    fn time(&self, at: Timestamp) -> f64 {
        at.duration_since(self.days.start_of(self.first)).as_secs_f64() / 86_400.0
    }

    /// What would be foretold and scored if nothing more were studied.
    fn sit(&self) -> (Readiness, f64) {
        let at = self.time(self.exam);
        let mut chance = self.chance.clone();
        let sat = self.traces.iter().filter(|trace| chance.share() < self.mind.recall(trace, at)).count();
        let foretold = readiness(&Weights::default(), &self.memories, self.exam);
        (foretold, sat as f64 / self.traces.len() as f64)
    }

    fn study_a_day(&mut self, day: u32, mut budget: u32, new: usize, spare: Spare) {
        let today = self.first.checked_add(i64::from(day).days()).unwrap();
        let mut at = self.days.start_of(today) + SignedDuration::from_hours(14);
        let ends = self.days.start_of(today.tomorrow().unwrap());
        let mut due: Vec<usize> = (0..self.traces.len())
            .filter(|card| self.memories[*card].is_some_and(|memory| memory.due_at < ends))
            .collect();
        due.sort_by_key(|card| self.memories[*card].map(|memory| memory.due_at));
        let unseen: Vec<usize> =
            (0..self.traces.len()).filter(|card| self.memories[*card].is_none()).collect();
        for card in due.into_iter().chain(unseen.into_iter().take(new)) {
            self.until_known(card, &mut at, &mut budget);
        }
        let mut rest: Vec<usize> = (0..self.traces.len())
            .filter(|card| {
                self.memories[*card].is_some_and(|memory| self.days.date(memory.last_review_at) < today)
            })
            .collect();
        rest.sort_by_key(|card| self.memories[*card].map(|memory| memory.due_at));
        for card in rest {
            if spare == Spare::Ahead {
                self.until_known(card, &mut at, &mut budget);
            }
        }
    }

    /// Grades a card until it comes back on another day, as far as the budget goes.
    fn until_known(&mut self, card: usize, at: &mut Timestamp, budget: &mut u32) {
        let today = self.days.date(*at);
        while *budget > 0 {
            *budget -= 1;
            self.reviews += 1;
            let when = self.time(*at);
            let grade = self.mind.review(&mut self.traces[card], when, &mut self.chance);
            let memory = self.grade(card, grade, *at);
            if let Some(before) = self.memories[card].replace(memory) {
                let due = self.load.entry(self.days.date(before.due_at)).or_default();
                *due = due.saturating_sub(1);
            }
            *self.load.entry(self.days.date(memory.due_at)).or_default() += 1;
            *at += SignedDuration::from_secs(10);
            if self.days.date(memory.due_at) > today {
                return;
            }
            *at = (*at).max(memory.due_at);
        }
    }

    fn grade(&mut self, card: usize, grade: Grade, at: Timestamp) -> Memory {
        let exam = (self.policy == Policy::Exam).then_some(self.exam);
        let load = |day| self.load.get(&day).copied().unwrap_or(0);
        let sitting = Sitting { at, days: &self.days, load: &load, exam };
        let id = CardId(uuid::Uuid::from_u128(card as u128));
        let mut memory = self.scheduler.next(id, self.memories[card].as_ref(), grade, &sitting);
        if self.policy == Policy::Table {
            let rung = self.rungs[card];
            if memory.state == MemoryState::Review {
                memory.due_at =
                    self.days.start_of(self.days.date(at).checked_add(TABLE[rung].days()).unwrap());
                self.rungs[card] = (rung + 1).min(TABLE.len() - 1);
            } else {
                self.rungs[card] = 0;
            }
        }
        memory
    }
}
