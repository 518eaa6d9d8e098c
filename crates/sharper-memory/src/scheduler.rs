//! What a grade makes of a card: its new memory, and when it comes back.

use fsrs::MemoryState as State;
use jiff::SignedDuration;
use jiff::civil::Date;
use sharper_domain::{CardId, Grade, Memory, MemoryState, StudyRules, Timestamp};

use crate::days::days_after;
use crate::exam::{self, Course};
use crate::fuzz::{self, Chance};
use crate::model::{Model, place, state_of};
use crate::{Days, Weights, steps};

/// When and under which circumstances a student studies.
#[derive(Clone, Copy)]
pub struct Sitting<'a> {
    /// The moment it is.
    pub at: Timestamp,
    /// How moments fall into the student's days.
    pub days: &'a Days,
    /// How many reviews are due on a day already. Asked for some dozen days of the next three months at most.
    pub load: &'a dyn Fn(Date) -> u32,
    /// When the cards must be known, if there is such a day.
    pub exam: Option<Timestamp>,
}

/// Says when cards come back, for one student and their rules.
#[derive(Debug, Clone)]
pub struct Scheduler {
    model: Model,
    rules: StudyRules,
}

/// What one of the four grades leads to.
struct Outcome {
    state: MemoryState,
    step: u32,
    due: Timestamp,
}

impl Scheduler {
    /// A scheduler for a student with these weights and rules. Rules out of their range are held to it.
    pub fn new(weights: &Weights, rules: StudyRules) -> Self {
        let mut rules = rules;
        let retention = rules.desired_retention;
        rules.desired_retention = if retention.is_nan() { 0.9 } else { retention.clamp(0.7, 0.97) };
        rules.maximum_interval_days = rules.maximum_interval_days.clamp(1, 36_500);
        Self { model: Model::new(weights), rules }
    }

    /// The memory of a card after it was graded. `before` is none for a new card.
    pub fn next(&self, card: CardId, before: Option<&Memory>, grade: Grade, sitting: &Sitting<'_>) -> Memory {
        self.choices(card, before, sitting)[place(grade)]
    }

    /// What each of the four grades would make of a card, in the order of [`Grade::ALL`]. A better grade never brings
    /// a card back earlier, and none brings it back before the moment it is.
    pub fn choices(&self, card: CardId, before: Option<&Memory>, sitting: &Sitting<'_>) -> [Memory; 4] {
        let elapsed = before.map_or(0, |memory| sitting.days.between(memory.last_review_at, sitting.at));
        let states = self.model.after(before.map(state_of), elapsed);
        let reviews = before.map_or(0, |memory| memory.reviews);
        let round = Round { scheduler: self, sitting, states, chance: Chance::of(card, reviews) };
        let outcomes = match before {
            Some(memory) if memory.state == MemoryState::Review => round.reviewed(memory),
            Some(memory) => round.stepped(memory.state, memory.step),
            None => round.stepped(MemoryState::Learning, 0),
        };
        let mut due = sitting.at;
        let mut memory = |grade: Grade, outcome: Outcome| {
            due = due.max(outcome.due);
            let forgotten =
                grade == Grade::Again && before.is_some_and(|memory| memory.state == MemoryState::Review);
            Memory {
                state: outcome.state,
                step: outcome.step,
                stability: f64::from(states[place(grade)].stability),
                difficulty: f64::from(states[place(grade)].difficulty),
                due_at: due,
                last_review_at: sitting.at,
                reviews: reviews.saturating_add(1),
                lapses: before.map_or(0, |memory| memory.lapses).saturating_add(u32::from(forgotten)),
            }
        };
        let [again, hard, good, easy] = outcomes;
        [
            memory(Grade::Again, again),
            memory(Grade::Hard, hard),
            memory(Grade::Good, good),
            memory(Grade::Easy, easy),
        ]
    }
}

/// One card under the student's eyes.
struct Round<'a> {
    scheduler: &'a Scheduler,
    sitting: &'a Sitting<'a>,
    /// After each grade.
    states: [State; 4],
    chance: Chance,
}

impl Round<'_> {
    /// A card in review: forgotten, or back after more days the better it was known.
    fn reviewed(&self, before: &Memory) -> [Outcome; 4] {
        let relearning = &self.scheduler.rules.relearning_steps;
        let (again, least) = match steps::again(relearning) {
            Some(seconds) => (self.after_step(MemoryState::Relearning, 0, seconds), 1),
            None => {
                let days = self.days(Grade::Again, 1, 1);
                (self.after_days(days), days)
            }
        };
        // As ever: an interval that grows at all grows by a day at least, and a better grade gives a day more.
        let last = self.sitting.days.between(before.last_review_at, before.due_at);
        let grown =
            |grade| if self.ideal(grade).round() > f64::from(last) { last.saturating_add(1) } else { 0 };
        let hard = self.days(Grade::Hard, least.max(grown(Grade::Hard)), least);
        let good = self.days(Grade::Good, (hard + 1).max(grown(Grade::Good)), hard);
        let easy = self.days(Grade::Easy, (good + 1).max(grown(Grade::Easy)), good);
        [again, self.after_days(hard), self.after_days(good), self.after_days(easy)]
    }

    /// A card on its steps, or a new one.
    fn stepped(&self, state: MemoryState, step: u32) -> [Outcome; 4] {
        let rules = &self.scheduler.rules;
        let steps = match state {
            MemoryState::Relearning => &rules.relearning_steps,
            MemoryState::Learning | MemoryState::Review => &rules.learning_steps,
        };
        // The days of a grade that leaves the steps behind. Easy does, and is worth a day more than Good would be.
        let again_days = self.days(Grade::Again, 1, 1);
        let hard_days = self.days(Grade::Hard, again_days, again_days);
        let good_days = self.days(Grade::Good, hard_days, hard_days);
        let easy_days = self.days(Grade::Easy, good_days + 1, good_days);
        let outcome = |seconds: Option<u32>, step, days| match seconds {
            Some(seconds) => self.after_step(state, step, seconds),
            None => self.after_days(days),
        };
        [
            outcome(steps::again(steps), 0, again_days),
            outcome(steps::hard(steps, step), step, hard_days),
            outcome(steps::good(steps, step), step + 1, good_days),
            self.after_days(easy_days),
        ]
    }

    /// Days until the card comes back after a grade that ends its steps: at least `least`, or `least_before_exam` where
    /// an exam says when to come back.
    fn days(&self, grade: Grade, least: u32, least_before_exam: u32) -> u32 {
        let Scheduler { model, rules } = self.scheduler;
        let most = rules.maximum_interval_days;
        let today = self.today();
        let course = self.days_left().map_or(Course::AsUsual, |left| {
            exam::course(model, self.states[place(grade)], left, least_before_exam.min(most))
        });
        match course {
            Course::AsUsual => {
                let (lower, upper) = fuzz::bounds(self.ideal(grade), least, most);
                fuzz::pick(lower, upper, self.chance, today, self.sitting.load)
            }
            Course::Among(days) => {
                exam::pick(&days, rules.reviews_per_day, self.chance, today, self.sitting.load).min(most)
            }
        }
    }

    /// The days after which the card is recalled with the probability that the student wants.
    fn ideal(&self, grade: Grade) -> f64 {
        let stability = self.states[place(grade)].stability;
        self.scheduler.model.interval(stability, self.scheduler.rules.desired_retention)
    }

    /// Days until the day of an exam that is still to come.
    fn days_left(&self) -> Option<u32> {
        let exam = self.sitting.exam.filter(|exam| *exam > self.sitting.at)?;
        Some(self.sitting.days.between(self.sitting.at, exam))
    }

    fn today(&self) -> Date {
        self.sitting.days.date(self.sitting.at)
    }

    fn after_days(&self, days: u32) -> Outcome {
        let due = self.sitting.days.start_of(days_after(self.today(), days));
        Outcome { state: MemoryState::Review, step: 0, due }
    }

    /// A step that reaches into another day waits for that day, not for an hour of it.
    fn after_step(&self, state: MemoryState, step: u32, seconds: u32) -> Outcome {
        let Sitting { at, days, .. } = *self.sitting;
        let due = at.saturating_add(SignedDuration::from_secs(i64::from(seconds))).unwrap_or(Timestamp::MAX);
        let day = days.date(due);
        let due = if day > self.today() { days.start_of(day) } else { due };
        Outcome { state, step, due }
    }
}

/// Whether a card has become a leech with its last lapse: at the threshold of the rules, and at every half of it after,
/// as in Anki. A threshold of 0 knows no leeches.
pub fn leech(memory: &Memory, rules: &StudyRules) -> bool {
    let threshold = rules.leech_lapses;
    let half = threshold.div_ceil(2).max(1);
    threshold > 0 && memory.lapses >= threshold && (memory.lapses - threshold).is_multiple_of(half)
}

/// The memory that a history of grades gives, in the order of time; none for an empty one. Days are not balanced and no
/// exam is heard of, so the same history always gives the same memory.
pub fn replay(
    weights: &Weights,
    rules: &StudyRules,
    days: &Days,
    card: CardId,
    history: &[(Grade, Timestamp)],
) -> Option<Memory> {
    let scheduler = Scheduler::new(weights, rules.clone());
    let mut history = history.to_vec();
    history.sort_by_key(|(_, at)| *at);
    history.into_iter().fold(None, |memory, (grade, at)| {
        let sitting = Sitting { at, days, load: &|_| 0, exam: None };
        Some(scheduler.next(card, memory.as_ref(), grade, &sitting))
    })
}
