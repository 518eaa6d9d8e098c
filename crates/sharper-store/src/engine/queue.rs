//! A bounded queue between callers, who never wait to put something in, and the engine's threads, who do.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Why something was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotTaken {
    /// As many are waiting as may.
    Full,
    /// The engine is stopping.
    Closed,
}

/// Many putters, many takers, first in first out.
pub(crate) struct Queue<T> {
    state: Mutex<State<T>>,
    arrived: Condvar,
    capacity: usize,
}

struct State<T> {
    waiting: VecDeque<T>,
    closed: bool,
}

impl<T> Queue<T> {
    pub(crate) fn new(capacity: usize) -> Self {
        let state = State { waiting: VecDeque::new(), closed: false };
        Self { state: Mutex::new(state), arrived: Condvar::new(), capacity }
    }

    /// Puts it last, or gives the reason why not.
    pub(crate) fn put(&self, item: T) -> Result<(), NotTaken> {
        let mut state = self.lock();
        if state.closed {
            return Err(NotTaken::Closed);
        }
        if state.waiting.len() >= self.capacity {
            return Err(NotTaken::Full);
        }
        state.waiting.push_back(item);
        drop(state);
        self.arrived.notify_one();
        Ok(())
    }

    /// Takes the first, waiting for one. `None` when the queue is closed and empty.
    pub(crate) fn take(&self) -> Option<T> {
        let mut state = self.lock();
        loop {
            if let Some(item) = state.waiting.pop_front() {
                return Some(item);
            }
            if state.closed {
                return None;
            }
            state = self.arrived.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Takes as many as are waiting, at most `most`, into `items`.
    pub(crate) fn take_waiting(&self, items: &mut VecDeque<T>, most: usize) {
        let mut state = self.lock();
        let count = most.min(state.waiting.len());
        items.extend(state.waiting.drain(..count));
    }

    /// How many wait.
    pub(crate) fn waiting(&self) -> usize {
        self.lock().waiting.len()
    }

    /// Takes nothing more in; what waits is still given out.
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.arrived.notify_all();
    }

    /// No code that can panic runs under this lock, so a poisoned one is as good as any.
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_queue_refuses_and_a_closed_one_gives_out_what_it_has() {
        let queue = Queue::new(2);
        assert_eq!((queue.put(1), queue.put(2), queue.put(3)), (Ok(()), Ok(()), Err(NotTaken::Full)));
        queue.close();
        assert_eq!(queue.put(4), Err(NotTaken::Closed));
        assert_eq!((queue.take(), queue.take(), queue.take()), (Some(1), Some(2), None));
    }

    #[test]
    fn what_waits_is_taken_together_up_to_the_bound() {
        let queue = Queue::new(9);
        (0..5).for_each(|n| queue.put(n).unwrap());
        let mut taken = VecDeque::new();
        queue.take_waiting(&mut taken, 3);
        assert_eq!(taken, [0, 1, 2]);
        assert_eq!(queue.take(), Some(3));
    }
}
