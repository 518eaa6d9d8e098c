//! The context agents: each gathers one thing, all at the same time, each with a time limit.
//!
//! One that fails is noted and the work goes on without it, except for the texts: without them there is
//! nothing to work from.

use std::future::Future;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sharper_domain::{Clock, Flashcard, FlashcardSet, NoteId, Problem, ProblemCode, UserId};
use sharper_store::executions::ExecutionStatus;
use sharper_store::flashcards::KnownCard;
use sharper_store::{Store, StoreError};

use crate::recorder::{Part, Recorder, Run};

/// Most text that one job works from, in bytes; further notes are left for another time.
const TEXT_BYTES: usize = 2 * 1024 * 1024;
/// Notes looked at when a request names none.
const RECENT_NOTES: u32 = 20;

/// A note, as the authors read it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NoteText {
    pub(crate) id: NoteId,
    pub(crate) title: String,
    pub(crate) version: i32,
    pub(crate) content: String,
}

/// All that was gathered.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gathered {
    /// The texts to work from.
    pub(crate) texts: Vec<NoteText>,
    /// The cards that the student already has on them.
    pub(crate) known: Vec<KnownCard>,
    /// The set that answered the same request, on the same text, before.
    pub(crate) answered: Option<(FlashcardSet, Vec<Flashcard>)>,
}

impl Gathered {
    pub(crate) fn bytes(&self) -> usize {
        self.texts.iter().map(|note| note.content.len()).sum()
    }
}

/// Runs agents with a time limit and puts each run on record.
pub(crate) struct Gatherer<'a> {
    pub(crate) store: &'a Store,
    pub(crate) clock: &'a dyn Clock,
    pub(crate) recorder: &'a Recorder,
    pub(crate) part: &'a Part,
    pub(crate) limit: Duration,
}

impl Gatherer<'_> {
    /// The texts (`notes`, or the newest of the library where that is empty) and what is known of them.
    pub(crate) async fn gather(
        &self,
        user: &UserId,
        notes: &[NoteId],
        known: u32,
    ) -> Result<Gathered, Problem> {
        let texts = self.run("rag_agent", self.texts(user, notes), |found| json!({"notes": found.len()}));
        let cards = self.run(
            "progress_agent",
            self.store.known_cards(user.clone(), notes.to_vec(), known),
            |found| json!({"known_cards": found.len()}),
        );
        let (texts, known) = tokio::join!(texts, cards);
        let texts = texts.map_err(|error| error.unwrap_or_else(too_slow))?;
        Ok(Gathered { texts, known: known.unwrap_or_default(), answered: None })
    }

    /// The set that answered the request with this fingerprint before.
    pub(crate) async fn answered(
        &self,
        user: &UserId,
        print: &str,
    ) -> Option<(FlashcardSet, Vec<Flashcard>)> {
        let looking = self.store.set_answering(user.clone(), print.to_owned());
        self.run("history_agent", looking, |found| json!({"asked_before": found.is_some()}))
            .await
            .ok()
            .flatten()
    }

    async fn texts(&self, user: &UserId, notes: &[NoteId]) -> Result<Vec<NoteText>, StoreError> {
        let found = match notes {
            [] => self.store.recent_notes(user.clone(), RECENT_NOTES).await?,
            some => self.store.notes_by_ids(user.clone(), some.to_vec()).await?.notes,
        };
        let mut bytes = 0;
        let fits = |note: &sharper_domain::Note| {
            bytes += note.content.len();
            bytes <= TEXT_BYTES
        };
        let text = |note: sharper_domain::Note| NoteText {
            id: note.id,
            title: note.title,
            version: note.version,
            content: note.content,
        };
        Ok(found.into_iter().take_while(fits).map(text).collect())
    }

    /// Runs one agent. The error is `None` where its time ran out.
    async fn run<T>(
        &self,
        agent: &'static str,
        work: impl Future<Output = Result<T, StoreError>>,
        tell: impl Fn(&T) -> Value,
    ) -> Result<T, Option<Problem>> {
        let (began, clock) = (self.clock.now(), Instant::now());
        let result = tokio::time::timeout(self.limit, work).await;
        let (status, error, output) = match &result {
            Ok(Ok(found)) => (ExecutionStatus::Success, None, tell(found)),
            Ok(Err(error)) => (ExecutionStatus::Failure, Some(error.to_string()), Value::Null),
            Err(_) => (ExecutionStatus::Timeout, Some("its time ran out".to_owned()), Value::Null),
        };
        let took = clock.elapsed();
        self.recorder
            .record(self.part, Run { agent, began, took, status, error, input: Value::Null, output });
        match result {
            Ok(Ok(found)) => Ok(found),
            Ok(Err(error)) => Err(Some(crate::problem_of(error))),
            Err(_) => Err(None),
        }
    }
}

fn too_slow() -> Problem {
    Problem::new(ProblemCode::Unavailable, "Your notes could not be read in time. Try again in a moment.")
}
