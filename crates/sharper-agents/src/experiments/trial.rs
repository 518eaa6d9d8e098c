//! A job's part in an experiment: the variant that its author writes by, and what came of it.

use std::sync::{Arc, Mutex, PoisonError};

use sharper_domain::Fault;
use sharper_store::experiments::NewRun;

use super::{Experiment, Variant};
use crate::tasks::desk::Work;

/// One job under a variant. Clones are the same job: whoever ends it reads what its author has counted, also where the
/// author was stopped in the middle.
#[derive(Debug, Clone)]
pub struct Trial {
    experiment: Arc<Experiment>,
    variant: usize,
    /// `None` until a model is set to work: a job that is answered from before, or fails for want of notes, says nothing.
    seen: Arc<Mutex<Option<Seen>>>,
}

/// What came of it so far.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    accepted: u32,
    rejected: u32,
    degraded: bool,
}

impl Trial {
    pub(super) fn new(experiment: Arc<Experiment>, variant: usize) -> Self {
        Self { experiment, variant, seen: Arc::default() }
    }

    /// The variant.
    pub fn variant(&self) -> &Variant {
        &self.experiment.variants[self.variant]
    }

    /// A model is set to work: from now on the job counts.
    pub(crate) fn begins(&self) {
        self.note(|_| {});
    }

    /// A round of the model is over, and judged.
    pub(crate) fn counts(&self, work: &Work) {
        let accepted = work.shown.iter().filter(|shown| shown.by_model && shown.judged).count();
        // What could not be judged speaks neither for the author nor against it.
        let rejected = work
            .tally
            .reasons()
            .iter()
            .filter(|one| one.fault != Fault::NotJudged)
            .map(|one| one.count)
            .sum();
        self.note(|seen| {
            seen.accepted = u32::try_from(accepted).unwrap_or(u32::MAX);
            seen.rejected = rejected;
        });
    }

    /// The offline author steps in.
    pub(crate) fn degrades(&self) {
        self.note(|seen| seen.degraded = true);
    }

    fn note(&self, change: impl FnOnce(&mut Seen)) {
        // Numbers are set in one go: a panic elsewhere leaves none half done.
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        change(seen.get_or_insert_default());
    }

    /// What came of it, to be kept with the end of the job; `None` where no model was set to work.
    pub fn run(&self) -> Option<NewRun> {
        let seen = (*self.seen.lock().unwrap_or_else(PoisonError::into_inner))?;
        Some(NewRun {
            experiment: self.experiment.name.clone(),
            variant: self.variant().name.clone(),
            control: self.variant == 0,
            task: self.experiment.task.as_str().to_owned(),
            accepted: seen.accepted,
            rejected: seen.rejected,
            degraded: seen.degraded,
        })
    }
}
