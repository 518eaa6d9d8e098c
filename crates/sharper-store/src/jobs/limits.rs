//! What is accepted of a user and of all, and how often unfinished jobs must be counted for that.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::limits::Quotas;

/// So many instances may share a database without the limit of all jobs being passed between two counts.
const INSTANCES: u32 = 16;

/// The limits. Counting all unfinished jobs takes longer the more there are, so it is not done for each: when
/// there is room for n, the next n/16 jobs are accepted without counting again, and close to the limit each is
/// counted.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    pub(crate) jobs_per_user: u32,
    pub(crate) jobs_in_all: u32,
    pub(crate) quotas: Quotas,
    /// Jobs that may still be accepted without a count.
    counted: Arc<AtomicU32>,
}

impl Limits {
    pub(crate) fn new(jobs_per_user: u32, jobs_in_all: u32, quotas: Quotas) -> Self {
        Self { jobs_per_user, jobs_in_all, quotas, counted: Arc::default() }
    }

    /// Takes one of the places that the last count found.
    pub(super) fn take_counted(&self) -> bool {
        let one_less = |places: u32| places.checked_sub(1);
        self.counted.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_less).is_ok()
    }

    /// There was room for so many when they were counted.
    pub(super) fn count(&self, room: u32) {
        self.counted.store(room / INSTANCES, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn far_from_the_limit_few_are_counted_and_close_to_it_each_is() {
        let limits = Limits::new(20, 10_000, Quotas::default());
        assert!(!limits.take_counted());
        limits.count(32);
        assert_eq!([(); 3].map(|()| limits.take_counted()), [true, true, false]);
        limits.count(15);
        assert!(!limits.take_counted());
    }
}
