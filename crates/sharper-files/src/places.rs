//! Places: how many files may be under way, in all and of one user, how many of them are read at once, and of how many the
//! pages are recognised.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sharper_domain::UserId;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::FileSettings;

/// Why a file finds no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Full {
    /// So many files of this user are under way already.
    OfUser,
    /// So many files of everybody.
    OfAll,
}

/// The places of one process.
#[derive(Debug)]
pub(crate) struct Places {
    most: usize,
    most_of_user: usize,
    slots_of_user: usize,
    slots: Arc<Semaphore>,
    scans: Arc<Semaphore>,
    under_way: Mutex<UnderWay>,
}

#[derive(Debug, Default)]
struct UnderWay {
    all: usize,
    /// Users with files under way, and nobody else.
    users: HashMap<UserId, OfUser>,
}

#[derive(Debug)]
struct OfUser {
    files: usize,
    slots: Arc<Semaphore>,
    scans: Arc<Semaphore>,
}

/// A place among the files that are under way: it holds from before the first byte until the file is a note. Files of one
/// request that come one after the other share it.
#[derive(Debug)]
pub struct Admission {
    places: Arc<Places>,
    user: UserId,
    slots: Arc<Semaphore>,
    scans: Arc<Semaphore>,
}

/// The right to read, or to have pages recognised, now.
pub(crate) struct Slot {
    _of_user: OwnedSemaphorePermit,
    _of_all: OwnedSemaphorePermit,
}

impl Places {
    pub(crate) fn new(settings: &FileSettings) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let slots = if settings.slots == 0 { processors } else { settings.slots };
        Self {
            most: settings.under_way,
            most_of_user: settings.under_way_per_user,
            slots_of_user: settings.slots_per_user,
            slots: Arc::new(Semaphore::new(slots)),
            scans: Arc::new(Semaphore::new(settings.ocr.slots)),
            under_way: Mutex::default(),
        }
    }

    pub(crate) fn admit(self: &Arc<Self>, user: &UserId) -> Result<Admission, Full> {
        let mut under_way = self.lock();
        if under_way.users.get(user).is_some_and(|of_user| of_user.files >= self.most_of_user) {
            return Err(Full::OfUser);
        }
        if under_way.all >= self.most {
            return Err(Full::OfAll);
        }
        under_way.all += 1;
        let of_user = under_way.users.entry(user.clone()).or_insert_with(|| OfUser {
            files: 0,
            slots: Arc::new(Semaphore::new(self.slots_of_user)),
            scans: Arc::new(Semaphore::new(1)),
        });
        of_user.files += 1;
        let (slots, scans) = (of_user.slots.clone(), of_user.scans.clone());
        Ok(Admission { places: self.clone(), user: user.clone(), slots, scans })
    }

    fn leave(&self, user: &UserId) {
        let mut under_way = self.lock();
        under_way.all = under_way.all.saturating_sub(1);
        if let Some(of_user) = under_way.users.get_mut(user) {
            of_user.files -= 1;
            if of_user.files == 0 {
                under_way.users.remove(user);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, UnderWay> {
        // Numbers are counted in one go: a panic elsewhere leaves none half done.
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Admission {
    /// Waits for its turn to be read: the user's first, so that nobody's third file holds up another's first.
    pub(crate) async fn slot(&self) -> Slot {
        Slot::of(&self.slots, &self.places.slots).await
    }

    /// Waits for its turn to have its pages recognised, in a queue of its own.
    pub(crate) async fn slot_of_scans(&self) -> Slot {
        Slot::of(&self.scans, &self.places.scans).await
    }
}

impl Slot {
    async fn of(user: &Arc<Semaphore>, all: &Arc<Semaphore>) -> Self {
        const OPEN: &str = "these semaphores are never closed";
        let of_user = user.clone().acquire_owned().await.expect(OPEN);
        let of_all = all.clone().acquire_owned().await.expect(OPEN);
        Self { _of_user: of_user, _of_all: of_all }
    }
}

impl Drop for Admission {
    fn drop(&mut self) {
        self.places.leave(&self.user);
    }
}
