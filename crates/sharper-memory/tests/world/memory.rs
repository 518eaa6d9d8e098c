//! True memories: what a learner will really recall.

use fsrs::{DEFAULT_PARAMETERS, FSRS, MemoryState};
use sharper_domain::Grade;

use super::chance::Chance;

/// How a learner's memory works.
pub enum Mind {
    /// As FSRS says, with weights of the learner's own.
    Fsrs { fsrs: FSRS, decay: f32 },
    /// It halves after a time of its own for each card; a recall lengthens that time by what had been lost.
    HalfLife { growth: f64, first: f64 },
}

/// What a learner holds of one card.
#[derive(Clone, Copy)]
pub struct Trace {
    /// How well the card suits the learner; 1 is the middle.
    ease: f64,
    seen: Option<Seen>,
}

#[derive(Clone, Copy)]
struct Seen {
    /// In days.
    at: f64,
    /// Stability or half-life, in days.
    strength: f64,
    /// Of FSRS.
    difficulty: f64,
}

impl Mind {
    pub fn fsrs(chance: &mut Chance) -> Self {
        let mut weights = DEFAULT_PARAMETERS;
        for (place, weight) in weights.iter_mut().enumerate() {
            // First stabilities differ far more from person to person than how memory grows does.
            let spread = if place < 4 { 0.5 } else { 0.12 };
            *weight *= (chance.normal() * spread).exp() as f32;
        }
        weights[..4].sort_by(f32::total_cmp);
        weights[20] = weights[20].clamp(0.1, 0.8);
        let fsrs = FSRS::new(&weights).unwrap();
        Self::Fsrs { fsrs, decay: weights[20] }
    }

    pub fn half_life(chance: &mut Chance) -> Self {
        Self::HalfLife { growth: chance.between(8.0, 24.0), first: 25.0 * (chance.normal() * 0.4).exp() }
    }

    /// A card that was never seen.
    pub fn trace(&self, chance: &mut Chance) -> Trace {
        let spread = match self {
            Self::Fsrs { .. } => 0.3,
            Self::HalfLife { .. } => 1.3,
        };
        Trace { ease: (chance.normal() * spread).exp(), seen: None }
    }

    /// The probability of recall at a time in days; 0 for a card that was never seen.
    pub fn recall(&self, trace: &Trace, at: f64) -> f64 {
        let Some(seen) = trace.seen else { return 0.0 };
        let elapsed = (at - seen.at).max(0.0);
        match self {
            Self::Fsrs { decay, .. } => {
                let state =
                    MemoryState { stability: seen.strength as f32, difficulty: seen.difficulty as f32 };
                f64::from(fsrs::current_retrievability(state, elapsed as f32, *decay))
            }
            Self::HalfLife { .. } => (-elapsed / seen.strength).exp2(),
        }
    }

    /// Grades a card and remembers it better or worse for it.
    pub fn review(&self, trace: &mut Trace, at: f64, chance: &mut Chance) -> Grade {
        let grade = match trace.seen {
            None => Grade::ALL[chance.one_of(&[0.25, 0.1, 0.5, 0.15])],
            // One in fifty is a slip.
            Some(_) if chance.share() < 0.98 * self.recall(trace, at) => {
                Grade::ALL[1 + chance.one_of(&[0.12, 0.76, 0.12])]
            }
            Some(_) => Grade::Again,
        };
        let seen = match self {
            Self::Fsrs { fsrs, .. } => fsrs_after(fsrs, trace, at, grade),
            Self::HalfLife { growth, first } => half_life_after(*growth, *first, trace, at, grade),
        };
        trace.seen = Some(seen);
        grade
    }
}

fn fsrs_after(fsrs: &FSRS, trace: &Trace, at: f64, grade: Grade) -> Seen {
    let before = trace
        .seen
        .map(|seen| MemoryState { stability: seen.strength as f32, difficulty: seen.difficulty as f32 });
    let days = trace.seen.map_or(0, |seen| (at.floor() - seen.at.floor()) as u32);
    let next = fsrs.next_states(before, 0.9, days).unwrap();
    let state = match grade {
        Grade::Again => next.again.memory,
        Grade::Hard => next.hard.memory,
        Grade::Good => next.good.memory,
        Grade::Easy => next.easy.memory,
    };
    // A card that suits the learner starts stronger.
    let ease = if trace.seen.is_none() { trace.ease } else { 1.0 };
    Seen { at, strength: f64::from(state.stability) * ease, difficulty: f64::from(state.difficulty) }
}

fn half_life_after(growth: f64, first: f64, trace: &Trace, at: f64, grade: Grade) -> Seen {
    let eager = [0.3, 0.7, 1.0, 1.4][usize::from(grade.number()) - 1];
    let strength = match trace.seen {
        None => first * trace.ease * eager,
        Some(seen) => {
            let lost = 1.0 - (-(at - seen.at) / seen.strength).exp2();
            match grade {
                Grade::Again => (seen.strength * 0.5).max(first * trace.ease * 0.5),
                _ => seen.strength * (1.0 + growth * trace.ease.sqrt() * eager * lost),
            }
        }
    };
    Seen { at, strength, difficulty: 5.0 }
}
