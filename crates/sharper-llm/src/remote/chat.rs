//! One chat completion of one model: asked in the best dialect that the server takes, opened up to its first text.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::attempts::Lane;
use super::dialect::Dialect;
use super::gate::Place;
use super::http::{Failed, Response};
use super::refusal::Refusal;
use super::wire::{self, Bounds};
use super::{Remote, RemoteStream};
use crate::{CallBudget, Error, Prompt};

/// As much of a refusal as is read to understand it,
const REFUSAL_BYTES: usize = 16 << 10;
/// and for how long.
const REFUSAL_TIME: Duration = Duration::from_secs(2);

/// A question with what the settings add to it.
#[derive(Debug)]
pub(crate) struct Question {
    pub(crate) prompt: Prompt,
    pub(crate) bounds: Bounds,
    pub(crate) prompt_tokens: u32,
    pub(crate) deadline: Instant,
}

impl Remote {
    /// Asks once; each dialect that the server refuses costs a call of the budget.
    pub(crate) async fn chat(
        &self,
        lane: &Arc<Lane>,
        question: &Question,
        budget: &CallBudget,
        place: Place,
    ) -> Result<RemoteStream, Failed> {
        let mut dialect = lane.dialect().unwrap_or_else(|| Dialect::first(self.provider));
        let mut guessed = false;
        loop {
            budget.take().map_err(Failed::reached)?;
            let json = wire::request(&lane.model, &question.prompt, question.bounds, dialect);
            let response = self.http.post("/chat/completions", json, question.deadline).await?;
            if response.status.is_success() {
                lane.passed(dialect, guessed);
                let settings = Arc::clone(&self.settings);
                return RemoteStream::open(
                    response.body,
                    question.prompt_tokens,
                    Arc::clone(lane),
                    settings,
                    place,
                )
                .await
                .map_err(Failed::reached);
            }
            let refusal = self.refusal(response).await;
            let error = refusal.error();
            let shaped = question.prompt.schema.is_some();
            let told = dialect.after(refusal.status, &refusal.complaint, shaped);
            let next = told.or_else(|| dialect.guess_after(refusal.status, &refusal.complaint));
            dialect = match next {
                Some(next) if matches!(error, Error::Refused(_)) => next,
                _ => return Err(Failed::reached(error)),
            };
            guessed |= told.is_none();
        }
    }

    /// Reads what a server says in place of an answer.
    pub(crate) async fn refusal(&self, response: Response) -> Refusal {
        let body = response.body.beginning(REFUSAL_BYTES, REFUSAL_TIME).await;
        Refusal::of_response(response.status.as_u16(), &response.headers, &body, self.clock.now())
    }
}
