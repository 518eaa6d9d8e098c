//! The context agents: each gathers one thing, all at the same time, each with a time limit.
//!
//! One that fails is noted and the work goes on without it, except for the texts: without them there is
//! nothing to work from.

mod passages;

use std::future::Future;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sharper_domain::{
    Clock, Material, Message, Note, NoteId, Problem, ProblemCode, SessionId, TaskKind, UserId,
};
use sharper_store::executions::ExecutionStatus;
use sharper_store::{Store, StoreError};
use tracing::Instrument;

pub(crate) use self::passages::{Passage, Retrieved};
use crate::recorder::{Part, Recorder, Run};
use crate::spans;

/// Most text that one job works from, in bytes; further notes are left for another time.
const TEXT_BYTES: usize = 2 * 1024 * 1024;
/// Notes looked at when a request names none.
const RECENT_NOTES: u32 = 20;
/// Messages of a conversation that the tutor remembers.
const REMEMBERED: u32 = 12;

/// A note, as the authors read it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NoteText {
    pub(crate) id: NoteId,
    pub(crate) title: String,
    pub(crate) version: i32,
    pub(crate) content: String,
}

impl From<Note> for NoteText {
    fn from(note: Note) -> Self {
        Self { id: note.id, title: note.title, version: note.version, content: note.content }
    }
}

/// Something that the student has: its front and its back.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Known {
    pub(crate) front: String,
    pub(crate) back: String,
}

/// All that was gathered.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gathered {
    /// The texts to work from.
    pub(crate) texts: Vec<NoteText>,
    /// What the student already has on them: cards, and for a quiz or an exam questions too.
    pub(crate) known: Vec<Known>,
    /// What answered the same request, on the same text, before.
    pub(crate) answered: Option<Material>,
    /// What was said in this conversation before, for the tutor.
    pub(crate) conversation: Vec<Message>,
    /// The tutor's question as it is looked up.
    pub(crate) question: String,
    /// The passages that it is about, the best first.
    pub(crate) passages: Vec<Passage>,
    /// How many notes were looked through for them.
    pub(crate) looked_at: u32,
    /// How well topics are known, from 0 to 1, for a plan.
    pub(crate) mastery: Vec<(String, f64)>,
}

impl Gathered {
    pub(crate) fn bytes(&self) -> usize {
        self.texts.iter().map(|note| note.content.len()).sum()
    }
}

/// What is gathered for.
pub(crate) struct Needs<'a> {
    pub(crate) kind: TaskKind,
    pub(crate) user: &'a UserId,
    pub(crate) session: &'a SessionId,
    /// The notes to work from; empty means the newest of the library.
    pub(crate) notes: &'a [NoteId],
    /// Most cards of the student's own.
    pub(crate) known: u32,
    /// Whether something new is wanted.
    pub(crate) fresh: bool,
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
    /// What a task needs: its texts, and what is known of the student. Only the texts must be there.
    pub(crate) async fn gather(&self, needs: &Needs<'_>) -> Result<Gathered, Problem> {
        let texts = self.run("rag_agent", self.texts(needs), |found| json!({"notes": found.len()}));
        let known = self.run("progress_agent", self.known(needs), |found| json!({"known": found.len()}));
        let said = self.run("conversation_agent", self.said(needs), |found| json!({"messages": found.len()}));
        let mastery = self.run("profile_agent", self.mastery(needs), |found| json!({"topics": found.len()}));
        let (texts, known, said, mastery) = tokio::join!(texts, known, said, mastery);
        let texts = texts.map_err(|error| error.unwrap_or_else(too_slow))?;
        Ok(Gathered {
            looked_at: u32::try_from(texts.len()).unwrap_or(u32::MAX),
            texts,
            known: known.unwrap_or_default(),
            conversation: said.unwrap_or_default(),
            mastery: mastery.unwrap_or_default(),
            ..Gathered::default()
        })
    }

    /// What the request with this fingerprint made before.
    pub(crate) async fn answered(&self, user: &UserId, kind: TaskKind, print: &str) -> Option<Material> {
        let looking = self.store.material_answering(user.clone(), kind, print.to_owned());
        self.run("history_agent", looking, |found| json!({"asked_before": found.is_some()}))
            .await
            .ok()
            .flatten()
    }

    async fn texts(&self, needs: &Needs<'_>) -> Result<Vec<NoteText>, StoreError> {
        let user = needs.user.clone();
        let found = match (needs.notes, needs.kind) {
            // The tutor looks the question up, once it is known what was said before.
            (_, TaskKind::Chat) => Vec::new(),
            ([], _) => self.store.recent_notes(user, RECENT_NOTES).await?,
            (some, _) => self.store.notes_by_ids(user, some.to_vec()).await?.notes,
        };
        let mut bytes = 0;
        let fits = |note: &Note| {
            bytes += note.content.len();
            bytes <= TEXT_BYTES
        };
        Ok(found.into_iter().take_while(fits).map(NoteText::from).collect())
    }

    async fn known(&self, needs: &Needs<'_>) -> Result<Vec<Known>, StoreError> {
        let (user, notes) = (needs.user.clone(), needs.notes.to_vec());
        Ok(match needs.kind {
            TaskKind::FlashcardGeneration => {
                let cards = self.store.known_cards(user, notes, needs.known).await?;
                cards.into_iter().map(|card| Known { front: card.question, back: card.answer }).collect()
            }
            // Being asked the same again is what a quiz is for; only who wants new questions is spared the old ones.
            TaskKind::QuizGeneration | TaskKind::ExamGeneration if needs.fresh => {
                let all = self.store.known_questions(user, notes, needs.known).await?;
                all.into_iter().map(|one| Known { front: one.question, back: one.answer }).collect()
            }
            _ => Vec::new(),
        })
    }

    async fn said(&self, needs: &Needs<'_>) -> Result<Vec<Message>, StoreError> {
        match needs.kind {
            TaskKind::Chat => {
                self.store.conversation(needs.user.clone(), needs.session.clone(), REMEMBERED).await
            }
            _ => Ok(Vec::new()),
        }
    }

    async fn mastery(&self, needs: &Needs<'_>) -> Result<Vec<(String, f64)>, StoreError> {
        match needs.kind {
            TaskKind::StudyPlan | TaskKind::Chat => self.store.topic_mastery(needs.user.clone()).await,
            _ => Ok(Vec::new()),
        }
    }

    /// Runs one agent. The error is `None` where its time ran out.
    async fn run<T>(
        &self,
        agent: &'static str,
        work: impl Future<Output = Result<T, StoreError>>,
        tell: impl Fn(&T) -> Value,
    ) -> Result<T, Option<Problem>> {
        let (began, clock) = (self.clock.now(), Instant::now());
        let span = spans::agent(agent);
        let result = tokio::time::timeout(self.limit, work).instrument(span.clone()).await;
        if !matches!(result, Ok(Ok(_))) {
            spans::failed(&span, if result.is_err() { "timeout" } else { "store" });
        }
        let (status, error, output) = match &result {
            Ok(Ok(found)) => (ExecutionStatus::Success, None, tell(found)),
            Ok(Err(error)) => (ExecutionStatus::Failure, Some(error.to_string()), Value::Null),
            Err(_) => (ExecutionStatus::Timeout, Some("its time ran out".to_owned()), Value::Null),
        };
        let took = clock.elapsed();
        self.recorder.record(self.part, Run { status, error, output, ..Run::well(agent, began, took) });
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
