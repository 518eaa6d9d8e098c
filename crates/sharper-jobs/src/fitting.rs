//! The fitter: fits the weights of memory to the reviews of students who have enough new ones.

use std::sync::Arc;
use std::time::Duration;

use sharper_agents::Agents;
use sharper_domain::Clock;
use tokio_util::sync::CancellationToken;

/// How often it looks. Whoever does not want to wait fits by themselves.
const EVERY: Duration = Duration::from_secs(60 * 60);
/// Students at a time: fitting takes seconds of a processor.
const AT_ONCE: u32 = 20;

/// Whoever fits weights to reviews.
pub struct Fitter {
    agents: Agents,
    clock: Arc<dyn Clock>,
}

impl Fitter {
    /// Nobody is at work until `keep` is.
    pub fn new(agents: Agents, clock: Arc<dyn Clock>) -> Self {
        Self { agents, clock }
    }

    /// Fits, every hour until `stop`. Several instances may: fitted twice is fitted the same.
    pub async fn keep(self, stop: CancellationToken) {
        loop {
            // Not at once: a server that starts has better things to do.
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(EVERY) => {}
            }
            tokio::select! {
                () = stop.cancelled() => return,
                fitted = self.agents.fit_some(AT_ONCE, self.clock.now()) => match fitted {
                    Ok(0) => {}
                    Ok(fitted) => tracing::info!(fitted, "weights of memory were fitted to students' reviews"),
                    Err(error) => tracing::warn!(%error, "weights could not be fitted; it is tried again"),
                },
            }
        }
    }
}
