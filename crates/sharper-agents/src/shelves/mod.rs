//! Shelves: the notes of whoever asked last, indexed in memory, and held against the library in the store.
//!
//! A search reads one small row: the state of the library. When the shelf is of that state it is searched at once; else
//! it is brought up to date first, by reading only the notes that changed. One process does not know of another's
//! edits in any other way.

mod find;
mod holdings;
mod nearest;
mod related;
mod update;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use serde::Deserialize;
use sharper_domain::UserId;

use crate::Agents;

pub use find::{Findings, FoundPassage, Mode, Search};
use holdings::Holdings;

/// How notes are searched. `config/default.toml` says what each setting means.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetrievalSettings {
    /// Bytes that all indexes of this process may take together.
    pub index_bytes: usize,
    /// Bytes of text that are indexed of one user's notes, those changed last before others.
    pub user_bytes: usize,
}

/// What a shelf takes though nothing stands on it, in bytes.
const EMPTY_SHELF: usize = 1_024;

/// The shelves of the users who searched last.
pub(crate) struct Shelves {
    settings: RetrievalSettings,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    shelves: HashMap<UserId, Place>,
    /// Counts uses: who was used last has the highest.
    uses: u64,
}

struct Place {
    shelf: Arc<Shelf>,
    used: u64,
    bytes: usize,
}

/// One user's notes.
#[derive(Default)]
struct Shelf {
    /// Held by who brings it up to date; the others wait, and use what came of it.
    updating: tokio::sync::Mutex<()>,
    holdings: RwLock<Holdings>,
}

impl Shelves {
    fn forget(&self, user: &UserId) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).shelves.remove(user);
    }

    pub(crate) fn new(settings: RetrievalSettings) -> Self {
        Self { settings, kept: Mutex::default() }
    }

    /// The shelf of a user, empty where there was none.
    fn of(&self, user: &UserId) -> Arc<Shelf> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.uses += 1;
        let used = kept.uses;
        let new = || Place { shelf: Arc::default(), used, bytes: EMPTY_SHELF };
        let place = kept.shelves.entry(user.clone()).or_insert_with(new);
        place.used = used;
        Arc::clone(&place.shelf)
    }

    /// Notes what a user's shelf takes, and lets go of those that were not used for longest until all fit. The one that
    /// was used last stays, however large: it would be built again for every search.
    fn weigh(&self, user: &UserId, bytes: usize) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = kept.shelves.get_mut(user) {
            place.bytes = EMPTY_SHELF + bytes;
        }
        let mut all: usize = kept.shelves.values().map(|place| place.bytes).sum();
        while all > self.settings.index_bytes && kept.shelves.len() > 1 {
            let oldest = kept.shelves.iter().min_by_key(|(_, place)| place.used);
            let Some(oldest) = oldest.map(|(user, _)| user.clone()) else { break };
            all -= kept.shelves.remove(&oldest).map_or(0, |place| place.bytes);
        }
        metrics::gauge!("study_sharper_index_bytes").set(all as f64);
    }
}

impl Agents {
    /// Lets go of the index of a user who was erased. (Another instance's goes when it was not used for longest.)
    pub fn forget(&self, user: &UserId) {
        self.shelves.forget(user);
    }
}

impl Shelf {
    fn read<T>(&self, look: impl FnOnce(&Holdings) -> T) -> T {
        look(&self.holdings.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// After a panic in the middle of a change nothing of it is trusted.
    fn write<T>(&self, change: impl FnOnce(&mut Holdings) -> T) -> T {
        if self.holdings.is_poisoned() {
            *self.holdings.write().unwrap_or_else(PoisonError::into_inner) = Holdings::default();
            self.holdings.clear_poison();
        }
        change(&mut self.holdings.write().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(name: &str) -> UserId {
        name.parse().unwrap()
    }

    fn check(shelves: &Shelves, wanted: &[&str]) {
        let kept = shelves.kept.lock().unwrap();
        let mut there: Vec<_> = kept.shelves.keys().map(|user| user.as_str().to_owned()).collect();
        there.sort();
        assert_eq!(there, wanted);
    }

    #[test]
    fn what_was_not_used_for_longest_makes_room_and_what_was_used_last_stays() {
        let shelves = Shelves::new(RetrievalSettings { index_bytes: 10_000, user_bytes: 1 });
        for name in ["ada", "bob", "eve"] {
            shelves.of(&user(name));
            shelves.weigh(&user(name), 2_000);
        }
        check(&shelves, &["ada", "bob", "eve"]);
        shelves.of(&user("ada"));
        shelves.of(&user("dan"));
        shelves.weigh(&user("dan"), 2_500);
        check(&shelves, &["ada", "dan", "eve"]);
        shelves.of(&user("ada"));
        shelves.weigh(&user("ada"), 50_000);
        check(&shelves, &["ada"]);
    }

    #[test]
    fn the_index_of_who_was_erased_is_gone_at_once() {
        let shelves = Shelves::new(RetrievalSettings { index_bytes: 10_000, user_bytes: 1 });
        let held = Arc::downgrade(&shelves.of(&user("ada")));
        shelves.of(&user("bob"));
        shelves.forget(&user("ada"));
        check(&shelves, &["bob"]);
        assert!(held.upgrade().is_none(), "nothing of it is left in memory");
    }
}
