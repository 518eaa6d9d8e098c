//! The invigilator: ends attempts whose time is over, also those of students who never came back.

use std::time::Duration;

use sharper_agents::Agents;
use tokio_util::sync::CancellationToken;

/// How often. Whoever looks at an attempt ends it by themselves; this is for those at which nobody looks.
const EVERY: Duration = Duration::from_secs(10);

/// Whoever looks after the clocks of exams.
pub struct Invigilator {
    agents: Agents,
}

impl Invigilator {
    /// Nobody is at work until `keep` is.
    pub fn new(agents: Agents) -> Self {
        Self { agents }
    }

    /// Ends what is overdue, at once and every few seconds, until `stop`. Several instances may: an attempt ends once.
    pub async fn keep(self, stop: CancellationToken) {
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                ended = self.agents.end_overdue_attempts() => match ended {
                    Ok(0) => {}
                    Ok(ended) => tracing::info!(ended, "attempts whose time was over are ended"),
                    Err(problem) => {
                        tracing::warn!(%problem, "attempts could not be ended; it is tried again");
                    }
                },
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(EVERY) => {}
            }
        }
    }
}
