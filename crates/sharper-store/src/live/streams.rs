//! Live logs: the events of the jobs of this process, shared by all who watch, and the waiting for them.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sharper_domain::{JobId, SessionId, UserId};
use tokio::sync::{Notify, watch};

use crate::events::StoredEvent;

/// Ended logs that are kept for clients who come a moment late.
const KEPT: usize = 64;

/// Events that a watcher is given at a time: one that reads slowly holds no more than these.
const AT_ONCE: usize = 16;

/// The live logs of this process, by stream.
#[derive(Clone, Default)]
pub struct Streams {
    rooms: Arc<Mutex<Rooms>>,
}

#[derive(Default)]
struct Rooms {
    logs: HashMap<SessionId, Arc<LiveLog>>,
    waiting: HashMap<SessionId, Waiting>,
    ended: VecDeque<(SessionId, JobId)>,
}

/// Those who wait for one stream.
#[derive(Default)]
struct Waiting {
    notify: Arc<Notify>,
    count: usize,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic while it was held cannot have left it half-changed: every change below is one step.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Streams {
    /// Opens the log of a job that starts here, with what its stream holds already, and wakes who waits for it.
    pub fn open(
        &self,
        job: JobId,
        session: &SessionId,
        user: &UserId,
        stored: Vec<StoredEvent>,
    ) -> Arc<LiveLog> {
        let log = Arc::new(LiveLog {
            job,
            session: session.clone(),
            user: user.clone(),
            events: Mutex::new(stored),
            state: watch::Sender::new(State { last: 0, ended: false }),
            cancel: Notify::new(),
        });
        let last = lock(&log.events).last().map_or(0, |event| event.seq);
        log.state.send_modify(|state| state.last = last);
        let mut rooms = lock(&self.rooms);
        rooms.logs.insert(session.clone(), log.clone());
        if let Some(waiting) = rooms.waiting.remove(session) {
            waiting.notify.notify_waiters();
        }
        log
    }

    /// Ends a log: watchers read what is left and go. It stays for late comers until many others have ended.
    pub fn close(&self, log: &LiveLog) {
        log.state.send_modify(|state| state.ended = true);
        let mut rooms = lock(&self.rooms);
        rooms.ended.push_back((log.session.clone(), log.job));
        if rooms.ended.len() > KEPT
            && let Some((session, job)) = rooms.ended.pop_front()
            && rooms.logs.get(&session).is_some_and(|log| log.job == job && log.state.borrow().ended)
        {
            rooms.logs.remove(&session);
        }
    }

    /// The log of this stream, if its newest job runs here or ended here a moment ago.
    pub fn get(&self, session: &SessionId) -> Option<Arc<LiveLog>> {
        lock(&self.rooms).logs.get(session).cloned()
    }

    /// Waits until a job of this stream starts here.
    pub async fn opened(&self, session: &SessionId) -> Arc<LiveLog> {
        loop {
            let notify = {
                let mut rooms = lock(&self.rooms);
                if let Some(log) = rooms.logs.get(session) {
                    return log.clone();
                }
                let waiting = rooms.waiting.entry(session.clone()).or_default();
                waiting.count += 1;
                waiting.notify.clone()
            };
            let _leave = Leave { streams: self, session, notify: &notify };
            let notified = notify.notified();
            let mut notified = std::pin::pin!(notified);
            notified.as_mut().enable();
            // It may have been opened between the look and the wait.
            if let Some(log) = self.get(session) {
                return log;
            }
            notified.await;
        }
    }

    /// Asks a job that runs here to stop.
    pub fn cancel(&self, job: JobId) {
        let rooms = lock(&self.rooms);
        if let Some(log) = rooms.logs.values().find(|log| log.job == job) {
            log.cancel();
        }
    }
}

/// Takes the waiting place away when the last one who waits goes.
struct Leave<'a> {
    streams: &'a Streams,
    session: &'a SessionId,
    notify: &'a Arc<Notify>,
}

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        let mut rooms = lock(&self.streams.rooms);
        let Some(waiting) = rooms.waiting.get_mut(self.session) else { return };
        if Arc::ptr_eq(&waiting.notify, self.notify) {
            waiting.count -= 1;
            if waiting.count == 0 {
                rooms.waiting.remove(self.session);
            }
        }
    }
}

#[derive(Clone, Copy)]
struct State {
    last: i64,
    ended: bool,
}

/// The events of one job, as far as they are stored.
pub struct LiveLog {
    /// The job.
    pub job: JobId,
    /// Its stream.
    pub session: SessionId,
    /// Whose it is.
    pub user: UserId,
    events: Mutex<Vec<StoredEvent>>,
    state: watch::Sender<State>,
    cancel: Notify,
}

impl LiveLog {
    /// Shows events to all who watch. They must be stored.
    pub fn publish(&self, events: &[StoredEvent]) {
        let Some(last) = events.last().map(|event| event.seq) else { return };
        lock(&self.events).extend_from_slice(events);
        self.state.send_modify(|state| state.last = last);
    }

    /// The next events after number `seq`, a few at a time, and whether the log has ended.
    pub fn after(&self, seq: i64) -> (Vec<StoredEvent>, bool) {
        let ended = self.state.borrow().ended;
        let events = lock(&self.events);
        let from = events.partition_point(|event| event.seq <= seq);
        (events[from..].iter().take(AT_ONCE).cloned().collect(), ended)
    }

    /// Waits until there is an event after number `seq`, or the log has ended.
    pub async fn changed(&self, seq: i64) {
        // The sender lives as long as `self`, so this cannot fail.
        let _ = self.state.subscribe().wait_for(|state| state.last > seq || state.ended).await;
    }

    /// Asks the job to stop.
    pub fn cancel(&self) {
        self.cancel.notify_one();
    }

    /// Waits until somebody asks the job to stop.
    pub async fn cancelled(&self) {
        self.cancel.notified().await;
    }
}
