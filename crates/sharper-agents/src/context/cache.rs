//! Caches: what an agent found is good for a minute, and only while nothing of its user's was changed.
//!
//! Each is held against the user's revisions, which every change raises in its own transaction: what another instance
//! was told a moment ago counts here too.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sharper_domain::UserId;
use sharper_store::revisions::Revisions;

/// What was found of one user.
struct Kept<T> {
    at: Instant,
    revisions: Revisions,
    found: Arc<T>,
}

/// What one agent found, by user.
pub(crate) struct Cache<T> {
    kept: Mutex<HashMap<UserId, Kept<T>>>,
    good_for: Duration,
    most: usize,
}

impl<T> Cache<T> {
    /// Keeps what was found of at most `most` users for the time `good_for`.
    pub(crate) fn new(good_for: Duration, most: usize) -> Self {
        Self { kept: Mutex::default(), good_for, most }
    }

    /// What was found of this user, if nothing was changed since.
    pub(crate) fn get(&self, user: &UserId, revisions: Revisions) -> Option<Arc<T>> {
        let kept = self.lock();
        let one = kept.get(user)?;
        let good = one.revisions == revisions && one.at.elapsed() < self.good_for;
        good.then(|| one.found.clone())
    }

    /// Keeps what was found under the revisions that were read before looking.
    pub(crate) fn put(&self, user: &UserId, revisions: Revisions, found: T) -> Arc<T> {
        let found = Arc::new(found);
        if self.good_for.is_zero() || self.most == 0 {
            return found;
        }
        let mut kept = self.lock();
        if kept.len() >= self.most && !kept.contains_key(user) {
            kept.retain(|_, one| one.at.elapsed() < self.good_for);
        }
        if kept.len() >= self.most && !kept.contains_key(user) {
            let oldest = kept.iter().min_by_key(|(_, one)| one.at).map(|(user, _)| user.clone());
            oldest.and_then(|oldest| kept.remove(&oldest));
        }
        kept.insert(user.clone(), Kept { at: Instant::now(), revisions, found: found.clone() });
        found
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<UserId, Kept<T>>> {
        // A panic while it is held leaves a map that is short of an entry, and no worse.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(library: i64, learning: i64) -> Revisions {
        Revisions { library, learning }
    }

    #[test]
    fn what_was_found_is_given_again_until_something_changes() {
        let cache = Cache::new(Duration::from_secs(60), 9);
        let (ada, eve): (UserId, UserId) = ("ada".parse().unwrap(), "eve".parse().unwrap());
        cache.put(&ada, at(1, 1), "found");
        assert_eq!(cache.get(&ada, at(1, 1)).as_deref(), Some(&"found"));
        assert_eq!((cache.get(&ada, at(2, 1)), cache.get(&ada, at(1, 2))), (None, None));
        assert_eq!(cache.get(&eve, at(1, 1)), None);
    }

    #[test]
    fn it_is_good_for_its_time_and_holds_so_many_and_no_more() {
        let none = Cache::new(Duration::ZERO, 9);
        let user = |n: usize| -> UserId { format!("user{n}").parse().unwrap() };
        none.put(&user(0), at(0, 0), 0);
        assert_eq!(none.get(&user(0), at(0, 0)), None);
        let few = Cache::new(Duration::from_secs(60), 3);
        (0..9).for_each(|n| drop(few.put(&user(n), at(0, 0), n)));
        let kept: Vec<usize> = (0..9).filter(|n| few.get(&user(*n), at(0, 0)).is_some()).collect();
        assert_eq!(kept, [6, 7, 8]);
    }
}
