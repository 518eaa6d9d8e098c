//! FSRS as this room uses it: the state of a memory, and what a grade after so many days makes of it.

use fsrs::{FSRS, MemoryState as State};
use sharper_domain::{Grade, Memory};

use crate::Weights;

/// FSRS with the weights of one student.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    fsrs: FSRS,
    decay: f32,
}

impl Model {
    pub(crate) fn new(weights: &Weights) -> Self {
        let fsrs =
            FSRS::new(weights.as_slice()).expect("weights are 21 finite numbers, or they do not exist");
        // The bounds that FSRS itself holds its last weight to.
        Self { fsrs, decay: weights.as_slice()[20].clamp(0.1, 0.8) }
    }

    /// What each grade makes of a memory, so many whole days after the last review (0: the same day), in the order of
    /// [`Grade::ALL`].
    pub(crate) fn after(&self, before: Option<State>, days: u32) -> [State; 4] {
        let next = self
            .fsrs
            .next_states(before, 0.9, days.min(LONGEST))
            .expect("bounded weights and a bounded state give a finite state");
        [next.again.memory, next.hard.memory, next.good.memory, next.easy.memory]
    }

    /// The days after which a memory is recalled with a probability.
    pub(crate) fn interval(&self, stability: f32, retention: f64) -> f64 {
        f64::from(self.fsrs.next_interval(Some(stability), retention as f32, 3))
    }

    /// The probability of recall so many days after the last review.
    pub(crate) fn retrievability(&self, state: State, days: f64) -> f64 {
        f64::from(fsrs::current_retrievability(state, days.clamp(0.0, f64::from(LONGEST)) as f32, self.decay))
    }
}

/// More days than anybody lives: what lies further back counts as so long ago.
const LONGEST: u32 = 365_000;

/// The state that a memory holds; a stored one that is no number counts as barely known.
pub(crate) fn state_of(memory: &Memory) -> State {
    let within =
        |number: f64, low: f64, high: f64| if number.is_nan() { low } else { number.clamp(low, high) };
    State {
        stability: within(memory.stability, 0.001, 36_500.0) as f32,
        difficulty: within(memory.difficulty, 1.0, 10.0) as f32,
    }
}

/// The place of a grade in [`Grade::ALL`].
pub(crate) fn place(grade: Grade) -> usize {
    usize::from(grade.number()) - 1
}
