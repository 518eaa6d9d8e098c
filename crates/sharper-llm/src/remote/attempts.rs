//! The one retry loop: tries of one model, with pauses, `Retry-After`, the circuit breaker and the share of repeats.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::Remote;
use super::dialect::Dialect;
use super::gate::Place;
use super::http::Failed;
use crate::breaker::Breaker;
use crate::settings::Settings;
use crate::{CallBudget, Error};

/// What is known of one model of the server.
#[derive(Debug)]
pub(crate) struct Lane {
    pub(crate) model: String,
    pub(crate) breaker: Breaker,
    /// The dialect with which a request passed.
    dialect: Mutex<Option<Dialect>>,
    /// Requests in a row that passed with a guessed dialect only.
    guesses: AtomicU32,
    /// Until when the server asked to be left alone.
    hold: Mutex<Option<Instant>>,
}

impl Lane {
    pub(crate) fn new(model: String, settings: &Settings) -> Self {
        let breaker = Breaker::new(&settings.retry);
        Self { model, breaker, dialect: Mutex::default(), guesses: AtomicU32::new(0), hold: Mutex::default() }
    }

    pub(crate) fn dialect(&self) -> Option<Dialect> {
        *self.dialect.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A request passed with this dialect. It is kept, unless it was a guess: a server that refused one request for
    /// some other reason would be asked in the poorest way ever after. The second guess in a row is kept.
    pub(crate) fn passed(&self, dialect: Dialect, guessed: bool) {
        let mut known = self.dialect.lock().unwrap_or_else(PoisonError::into_inner);
        let guesses = if guessed { self.guesses.fetch_add(1, Ordering::Relaxed) + 1 } else { 0 };
        if !guessed {
            self.guesses.store(0, Ordering::Relaxed);
        }
        if guesses != 1 && known.replace(dialect) != Some(dialect) {
            tracing::info!(model = %self.model, ?dialect, "the server's dialect is found");
        }
    }

    fn hold(&self, until: Instant) {
        let mut hold = self.hold.lock().unwrap_or_else(PoisonError::into_inner);
        *hold = Some(hold.map_or(until, |known| known.max(until)));
    }

    /// How long the server is still to be left alone.
    fn held_for(&self, now: Instant) -> Option<Duration> {
        let hold = *self.hold.lock().unwrap_or_else(PoisonError::into_inner);
        hold.map(|until| until.saturating_duration_since(now)).filter(|wait| !wait.is_zero())
    }
}

impl Remote {
    /// Tries `once` until it succeeds, up to the tries of the settings, the calls of the budget and the deadline.
    pub(crate) async fn attempts<T, F>(
        &self,
        lane: &Lane,
        budget: &CallBudget,
        deadline: Instant,
        mut once: impl FnMut(Place) -> F,
    ) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Failed>>,
    {
        self.share.call(Instant::now());
        let mut failures = 0;
        loop {
            self.wait_out(lane, deadline).await?;
            let place = self.gate.enter(deadline).await?;
            if !lane.breaker.admits(Instant::now()) {
                return Err(Error::unavailable("the circuit to the model is open"));
            }
            let begun = Instant::now();
            let failed = match once(place).await {
                Ok(answer) => {
                    lane.breaker.succeeded();
                    return Ok(answer);
                }
                Err(failed) => failed,
            };
            failures += 1;
            self.note(lane, &failed, failures, begun);
            let error = failed.error;
            let again = error.may_pass() && failures < self.settings.retry.tries && budget.left() > 0;
            let pause = match error {
                // The wait that the server asked for comes first; see `wait_out`.
                Error::Busy { retry_after: Some(_), .. } => Duration::ZERO,
                _ => self.jitter.pause(failures, &self.settings.retry),
            };
            let now = Instant::now();
            if !again || now + pause >= deadline || !self.share.repeat(now) {
                return Err(error);
            }
            sleep(pause).await;
        }
    }

    /// Draws the conclusions of a failed try for those that follow, and logs it.
    fn note(&self, lane: &Lane, failed: &Failed, failures: u32, begun: Instant) {
        let now = Instant::now();
        if failed.reached && failed.error.is_failure_of_server() {
            lane.breaker.failed(now);
        }
        if let Error::Busy { retry_after: Some(wait), .. } = failed.error {
            lane.hold(now + wait);
        }
        tracing::debug!(
            model = %lane.model,
            class = failed.error.class().as_str(),
            cause = failed.error.cause().map(tracing::field::display),
            failures,
            ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
            "a call to the model failed"
        );
    }

    /// Waits while the server asked to be left alone, if that is short; else says `Busy`, so that the next model is
    /// asked. It never asks sooner. Who waited comes back spread over a moment, not all at once.
    async fn wait_out(&self, lane: &Lane, deadline: Instant) -> Result<(), Error> {
        let now = Instant::now();
        let Some(wait) = lane.held_for(now) else { return Ok(()) };
        let spread = wait + self.jitter.up_to(self.settings.retry.backoff);
        if wait > self.settings.retry.retry_after_cap || now + spread >= deadline {
            return Err(Error::busy(Some(wait), "the server asked to be left alone"));
        }
        sleep(spread).await;
        Ok(())
    }
}
