//! Embedding: in the background every note gets the vectors of its passages, where an embedding model is configured.

use std::sync::Arc;
use std::time::Duration;

use sharper_agents::{Agents, NotEmbedded};
use sharper_domain::Clock;
use sharper_store::vectors::Waiting;
use sharper_store::{Store, StoreError};
use tokio_util::sync::CancellationToken;

/// How often it is looked for notes that wait. The look is a few pages of an index.
const EVERY: Duration = Duration::from_secs(3);
/// The first pause after the model did not answer; doubled up to the longest.
const PAUSE: Duration = Duration::from_secs(5);
const PAUSE_MAX: Duration = Duration::from_secs(300);
/// How long a claim holds: longer than a long note takes.
const CLAIM: Duration = Duration::from_secs(300);
/// How long a note waits whose owner has spent the day's budget.
const BROKE: Duration = Duration::from_secs(3_600);
/// Notes that are claimed at a time.
const NOTES: u32 = 8;

/// Whoever has notes embedded.
pub struct Embedder {
    store: Store,
    agents: Agents,
    clock: Arc<dyn Clock>,
}

impl Embedder {
    /// Nobody is at work until `keep` is.
    pub fn new(store: Store, agents: Agents, clock: Arc<dyn Clock>) -> Self {
        Self { store, agents, clock }
    }

    /// Embeds notes as they come and change, until `stop`. Several instances may: each claims notes of its own. Ends at
    /// once where no embedding model is configured.
    pub async fn keep(self, stop: CancellationToken) {
        let Some(model) = self.agents.embedding_model() else { return };
        match self.store.embed_with(model.clone()).await {
            Ok(0) => {}
            Ok(notes) => tracing::info!(notes, model, "another embedding model: notes are embedded anew"),
            Err(error) => tracing::warn!(%error, "vectors of another model could not be set aside"),
        }
        let mut pause = PAUSE;
        while !stop.is_cancelled() {
            let wait = tokio::select! {
                () = stop.cancelled() => return,
                done = self.once() => match done {
                    Ok(true) => { pause = PAUSE; Duration::ZERO }
                    Ok(false) => { pause = PAUSE; EVERY }
                    Err(why) => {
                        tracing::warn!(%why, wait_seconds = pause.as_secs(), "notes could not be embedded; it is tried again");
                        pause = (pause * 2).min(PAUSE_MAX);
                        pause
                    }
                },
            };
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// Embeds the notes that wait longest. True where there were any.
    ///
    /// # Errors
    /// Why it is not worth going on now: the model is away, or the store.
    pub async fn once(&self) -> Result<bool, String> {
        let now = self.clock.now();
        let claimed = self.store.claim_unembedded(now, now + CLAIM, NOTES).await;
        let claimed = claimed.map_err(|error| error.to_string())?;
        let any = !claimed.is_empty();
        let mut failed = None;
        for note in claimed {
            let (user, id) = (note.user.clone(), note.id);
            let put_off = match &failed {
                // The rest go back at once, for another instance or a later time.
                Some(_) => Some(Duration::ZERO),
                None => match self.embed(&note).await {
                    Ok(()) => None,
                    Err(NotEmbedded::Budget) => Some(BROKE),
                    Err(NotEmbedded::Away(why)) => {
                        failed = Some(why);
                        Some(Duration::ZERO)
                    }
                    Err(NotEmbedded::Broken(problem)) => {
                        failed = Some(problem.detail);
                        Some(PAUSE)
                    }
                },
            };
            if let Some(time) = put_off {
                let until = self.clock.now() + time;
                self.store.put_off_embedding(user, id, until).await.map_err(|error| error.to_string())?;
            }
        }
        failed.map_or(Ok(any), Err)
    }

    async fn embed(&self, note: &Waiting) -> Result<(), NotEmbedded> {
        let broken = |error: StoreError| NotEmbedded::Broken(error.problem());
        let model = self.agents.embedding_model().unwrap_or_default();
        let before = self.store.vectors(note.user.clone(), model, vec![note.id]).await.map_err(broken)?;
        let vectors = self.agents.embed_note(note, before.into_values().next()).await?;
        self.store.keep_vectors(note.user.clone(), note.id, vectors).await.map_err(broken)?;
        Ok(())
    }
}
