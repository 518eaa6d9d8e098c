//! The context agents: each gathers one thing, all at the same time, each with a time limit.
//!
//! One that fails is noted and the work goes on without it, except for the texts: without them there is
//! nothing to work from.

pub(crate) mod cache;
pub(crate) mod conversation;
pub(crate) mod defaults;
mod passages;
pub(crate) mod profile;
pub(crate) mod progress;
mod subjects;

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sharper_domain::{
    Clock, Material, Message, Note, NoteId, Problem, ProblemCode, SessionId, TaskKind, UserId,
};
use sharper_store::executions::ExecutionStatus;
use sharper_store::feedback::Rejected;
use sharper_store::flashcards::KnownCard;
use sharper_store::material::KnownQuestion;
use sharper_store::study::Standing;
use sharper_store::{Store, StoreError};
use tracing::Instrument;

use self::cache::Cache;
use self::conversation::{Fold, Window};
pub(crate) use self::passages::{Passage, Retrieved};
use self::profile::Profile;
use self::progress::Progress;
use crate::ContextSettings;
use crate::recorder::{Part, Recorder, Run};
use crate::spans;

/// Most text that one job works from, in bytes; further notes are left for another time.
const TEXT_BYTES: usize = 2 * 1024 * 1024;
/// Notes looked at when a request names none.
const RECENT_NOTES: u32 = 20;
/// The same where the kind was understood from a message: one of them may be the one that is meant.
const RECENT_FOR_VAGUE: u32 = 60;
/// Longest that the tutor's question is looked up.
const LOOK_UP: Duration = Duration::from_secs(30);

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

impl From<Rejected> for Known {
    fn from(one: Rejected) -> Self {
        Self { front: one.question, back: one.answer }
    }
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
    /// What was said in this conversation last, for the tutor.
    pub(crate) conversation: Vec<Message>,
    /// What was said in it before that, in short.
    pub(crate) earlier: Option<String>,
    /// What of it a model is to put in short words.
    pub(crate) fold: Option<Fold>,
    /// How the student wants things made.
    pub(crate) profile: Arc<Profile>,
    /// How their learning goes.
    pub(crate) progress: Progress,
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
    /// Whether the kind was understood from a message of a chat.
    pub(crate) vague: bool,
    /// Whether a model can put a conversation in short words.
    pub(crate) model: bool,
}

/// What was found of users a moment ago.
pub(crate) struct Caches {
    profile: Cache<Profile>,
    standing: Cache<Standing>,
}

impl Caches {
    pub(crate) fn new(settings: &ContextSettings) -> Self {
        let good_for = Duration::from_secs(settings.cache_seconds);
        Self {
            profile: Cache::new(good_for, settings.cached_users),
            standing: Cache::new(good_for, settings.cached_users),
        }
    }

    /// How the user wants things made.
    pub(crate) async fn profile(&self, store: &Store, user: &UserId) -> Result<Arc<Profile>, StoreError> {
        // Read before looking: a change in between makes what is found good for nothing, and not stale.
        let revisions = store.revisions(user.clone()).await?;
        if let Some(kept) = self.profile.get(user, revisions) {
            return Ok(kept);
        }
        let chosen = store.preferences(user.clone());
        let said = store.opinions(user.clone(), profile::OPINIONS);
        let (chosen, said) = tokio::try_join!(chosen, said)?;
        Ok(self.profile.put(user, revisions, Profile::of(chosen, &said)))
    }

    /// Where the user's learning stands.
    pub(crate) async fn standing(
        &self,
        store: &Store,
        user: &UserId,
        now: sharper_domain::Timestamp,
    ) -> Result<Arc<Standing>, StoreError> {
        let revisions = store.revisions(user.clone()).await?;
        if let Some(kept) = self.standing.get(user, revisions) {
            return Ok(kept);
        }
        let since = now - Duration::from_secs(progress::STREAK_DAYS.unsigned_abs() * 86_400);
        let standing = store.standing(user.clone(), since).await?;
        Ok(self.standing.put(user, revisions, standing))
    }
}

/// Runs agents with a time limit and puts each run on record.
pub(crate) struct Gatherer<'a> {
    pub(crate) store: &'a Store,
    pub(crate) clock: &'a dyn Clock,
    pub(crate) recorder: &'a Recorder,
    pub(crate) part: &'a Part,
    pub(crate) limit: Duration,
    pub(crate) caches: &'a Caches,
    pub(crate) settings: &'a ContextSettings,
}

impl Gatherer<'_> {
    /// What a task needs: its texts, and what is known of the student. Only the texts must be there.
    pub(crate) async fn gather(&self, needs: &Needs<'_>) -> Result<Gathered, Problem> {
        let texts = async {
            // The tutor looks the question up, once it is known what was said before.
            match needs.kind {
                TaskKind::Chat => Ok(Vec::new()),
                _ => self.run("rag_agent", self.texts(needs), |found| json!({"notes": found.len()})).await,
            }
        };
        let known = self.run("history_agent", self.known(needs), |found| json!({"known": found.len()}));
        let said = self.run(
            "conversation_agent",
            self.said(needs),
            |found: &Window| json!({"messages": found.messages.len(), "summary": found.summary.is_some()}),
        );
        let learning = self.run(
            "progress_agent",
            self.learning(needs),
            |(mastery, standing)| json!({"topics": mastery.len(), "reviews": standing.reviews}),
        );
        let profile = self.run(
            "profile_agent",
            self.caches.profile(self.store, needs.user),
            |found| json!({"learned": found.effective != found.chosen}),
        );
        let (texts, known, said, learning, profile) = tokio::join!(texts, known, said, learning, profile);
        let texts = texts.map_err(|error| error.unwrap_or_else(too_slow))?;
        let (said, profile) = (said.unwrap_or_default(), profile.unwrap_or_default());
        let (mastery, standing) = learning.unwrap_or_default();
        Ok(Gathered {
            looked_at: u32::try_from(texts.len()).unwrap_or(u32::MAX),
            texts,
            known: known.unwrap_or_default(),
            conversation: said.messages,
            earlier: said.summary,
            fold: said.fold,
            progress: Progress::of(&standing, self.clock.now(), &profile.chosen.zone()),
            profile,
            mastery,
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
        let found = match needs.notes {
            [] if needs.vague => self.store.recent_notes(user, RECENT_FOR_VAGUE).await?,
            [] => self.store.recent_notes(user, RECENT_NOTES).await?,
            some => self.store.notes_by_ids(user, some.to_vec()).await?.notes,
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
        let (owned, rejected): (Vec<Known>, _) = match needs.kind {
            TaskKind::FlashcardGeneration => {
                let cards = self.store.known_cards(user.clone(), notes, needs.known);
                let (cards, rejected) =
                    tokio::try_join!(cards, self.store.rejected_cards(user, needs.known))?;
                let known = |card: KnownCard| Known { front: card.question, back: card.answer };
                (cards.into_iter().map(known).collect(), rejected)
            }
            TaskKind::QuizGeneration | TaskKind::ExamGeneration => {
                // Being asked the same again is what a quiz is for; only who wants new questions is spared the old ones.
                let known = if needs.fresh { needs.known } else { 0 };
                let asked = self.store.known_questions(user.clone(), notes, known);
                let (asked, rejected) =
                    tokio::try_join!(asked, self.store.rejected_questions(user, needs.known))?;
                let known = |one: KnownQuestion| Known { front: one.question, back: one.answer };
                (asked.into_iter().map(known).collect(), rejected)
            }
            _ => (Vec::new(), Vec::new()),
        };
        // What was turned down is never made again, from whichever note.
        Ok(owned.into_iter().chain(rejected.into_iter().map(Known::from)).collect())
    }

    /// What the tutor remembers. What has left the window is kept in short, by a model later where there is one.
    async fn said(&self, needs: &Needs<'_>) -> Result<Window, StoreError> {
        if needs.kind != TaskKind::Chat {
            return Ok(Window::default());
        }
        let (user, session) = (needs.user.clone(), needs.session.clone());
        let memory =
            self.store.conversation_memory(user.clone(), session.clone(), conversation::READ).await?;
        let mut window = conversation::window(&memory, self.settings);
        if let Some(fold) = window.fold.take_if(|_| !needs.model) {
            self.store.keep_conversation_summary(user, session, fold.extract, fold.to, false).await?;
        }
        Ok(window)
    }

    async fn learning(&self, needs: &Needs<'_>) -> Result<(Vec<(String, f64)>, Arc<Standing>), StoreError> {
        let mastery = async {
            match needs.kind {
                TaskKind::StudyPlan | TaskKind::Chat => self.store.topic_mastery(needs.user.clone()).await,
                _ => Ok(Vec::new()),
            }
        };
        let standing = self.caches.standing(self.store, needs.user, self.clock.now());
        tokio::try_join!(mastery, standing)
    }

    /// Has the tutor's question looked up. The first look of a user builds an index, which has its time.
    pub(crate) async fn look_up(
        &self,
        look: impl Future<Output = Result<Retrieved, Problem>>,
    ) -> Result<Retrieved, Problem> {
        let look = async { look.await.map_err(|problem| (problem.detail.clone(), problem)) };
        let tell = |found: &Retrieved| json!({"notes": found.texts.len(), "passages": found.passages.len(), "searched": found.looked_at});
        self.timed("rag_agent", LOOK_UP.max(self.limit), look, tell)
            .await
            .map_err(|error| error.unwrap_or_else(too_slow))
    }

    /// Runs one agent. The error is `None` where its time ran out.
    async fn run<T>(
        &self,
        agent: &'static str,
        work: impl Future<Output = Result<T, StoreError>>,
        tell: impl Fn(&T) -> Value,
    ) -> Result<T, Option<Problem>> {
        let work = async { work.await.map_err(|error| (error.to_string(), crate::problem_of(error))) };
        self.timed(agent, self.limit, work, tell).await
    }

    /// Runs one agent and puts that on record. Its error is what the record says, and what the student is told.
    async fn timed<T>(
        &self,
        agent: &'static str,
        limit: Duration,
        work: impl Future<Output = Result<T, (String, Problem)>>,
        tell: impl Fn(&T) -> Value,
    ) -> Result<T, Option<Problem>> {
        let (began, clock) = (self.clock.now(), Instant::now());
        let span = spans::agent(agent);
        let result = tokio::time::timeout(limit, work).instrument(span.clone()).await;
        if !matches!(result, Ok(Ok(_))) {
            spans::failed(&span, if result.is_err() { "timeout" } else { "store" });
        }
        let (status, error, output) = match &result {
            Ok(Ok(found)) => (ExecutionStatus::Success, None, tell(found)),
            Ok(Err((error, _))) => (ExecutionStatus::Failure, Some(error.clone()), Value::Null),
            Err(_) => (ExecutionStatus::Timeout, Some("its time ran out".to_owned()), Value::Null),
        };
        let took = clock.elapsed();
        self.recorder.record(self.part, Run { status, error, output, ..Run::well(agent, began, took) });
        match result {
            Ok(Ok(found)) => Ok(found),
            Ok(Err((_, problem))) => Err(Some(problem)),
            Err(_) => Err(None),
        }
    }
}

fn too_slow() -> Problem {
    Problem::new(ProblemCode::Unavailable, "Your notes could not be read in time. Try again in a moment.")
}
