//! `CallBudget`: how many calls to a model one request may still make, over all its agents, tries and fallbacks.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::Error;

/// A count of calls that only goes down. Clones share it: one budget for one request.
#[derive(Debug, Clone)]
pub struct CallBudget {
    left: Arc<AtomicU32>,
    limit: u32,
}

impl CallBudget {
    /// The default number of upstream calls per request.
    pub const DEFAULT: u32 = 8;

    /// A budget of `limit` calls.
    pub fn new(limit: u32) -> Self {
        Self { left: Arc::new(AtomicU32::new(limit)), limit }
    }

    /// Calls that are left.
    pub fn left(&self) -> u32 {
        self.left.load(Ordering::Relaxed)
    }

    /// Calls that were made.
    pub fn used(&self) -> u32 {
        self.limit - self.left()
    }

    /// Takes one call, or `OverBudget` when none is left. Every request that is put on the wire takes one first.
    pub fn take(&self) -> Result<(), Error> {
        self.left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1))
            .map(|_| ())
            .map_err(|_| Error::OverBudget)
    }
}

impl Default for CallBudget {
    fn default() -> Self {
        Self::new(Self::DEFAULT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_share_one_count_and_it_never_goes_below_nothing() {
        let budget = CallBudget::new(2);
        let shared = budget.clone();
        assert!(budget.take().is_ok() && shared.take().is_ok());
        assert!(matches!(budget.take(), Err(Error::OverBudget)));
        assert_eq!((shared.left(), shared.used()), (0, 2));
    }
}
