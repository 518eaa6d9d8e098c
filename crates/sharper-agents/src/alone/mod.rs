//! One agent, run alone: what a client asks of a single agent, without a job and without keeping anything.
//!
//! Each errand is answered with the envelope of the wire and put on record like any other run. What computes does so
//! at the desks that the jobs share, so that errands wait like everybody else.

mod library;
mod pieces;
mod verdicts;
mod writing;

use std::time::{Duration, Instant};

use serde::Serialize;
use serde_json::{Value, json};
use sharper_domain::{
    FlashcardOptions, NoteId, Problem, ProblemCode, QuizOptions, Request, SessionId, SummaryOptions,
    TaskKind, UserId,
};
use sharper_store::executions::ExecutionStatus;
use tracing::Instrument;

use crate::recorder::{OFFLINE, Part, Run};
use crate::{Agents, spans};

pub use verdicts::Readers;

/// Longest that an errand may take, its wait for a free processor included,
const PATIENCE: Duration = Duration::from_secs(30);
/// and one for which a model is asked, several times perhaps.
const PATIENCE_WITH_MODEL: Duration = Duration::from_secs(240);

/// Who asks, and in which request.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Whose notes and cards are looked at.
    pub user_id: UserId,
    /// The request's id, as the client is told it.
    pub request_id: String,
}

/// What one agent is asked for. The texts of a `content` are all the strings in it, whatever its shape.
#[derive(Debug, Clone)]
pub enum Errand {
    /// The notes that say most about a question.
    Search {
        /// The question.
        query: String,
        /// How many notes at most.
        top_k: usize,
    },
    /// What the student has here.
    Profile,
    /// What the student learned in the last days.
    Progress {
        /// How many days.
        days_back: u32,
    },
    /// Cards from a text, checked, but not kept.
    Flashcards {
        /// The text.
        content: String,
        /// What was chosen.
        options: FlashcardOptions,
    },
    /// A quiz from a text, checked, but not kept.
    Quiz {
        /// The text.
        content: String,
        /// What was chosen.
        options: QuizOptions,
    },
    /// A summary of a text, checked, but not kept.
    Summary {
        /// The text.
        content: String,
        /// What was chosen.
        options: SummaryOptions,
    },
    /// The tutor's reply to a message, from the student's notes, but not kept.
    Chat {
        /// The message.
        message: String,
        /// The notes to look in; empty means all.
        notes: Vec<NoteId>,
    },
    /// What was said in a conversation.
    Conversation {
        /// Which.
        session_id: SessionId,
        /// How many messages at most, the newest.
        limit: u32,
    },
    /// Whether a content may reach a student.
    Safety {
        /// The content.
        content: Value,
        /// Who reads it.
        readers: Readers,
    },
    /// Whether a source bears out a content.
    Accuracy {
        /// What was written.
        content: Value,
        /// What it was written from.
        source: String,
    },
    /// Whether a content is good to study with.
    Quality {
        /// The content.
        content: Value,
        /// What it is, which says how good it must be.
        kind: TaskKind,
    },
}

impl Errand {
    /// The name that its runs are on record by.
    pub fn agent(&self) -> &'static str {
        match self {
            Errand::Search { .. } => "rag_agent",
            Errand::Profile => "profile_agent",
            Errand::Progress { .. } => "progress_agent",
            Errand::Flashcards { .. } => "flashcard_agent",
            Errand::Quiz { .. } => "quiz_agent",
            Errand::Summary { .. } => "summary_agent",
            Errand::Chat { .. } => "chat_agent",
            Errand::Conversation { .. } => "conversation_agent",
            Errand::Safety { .. } => "safety_agent",
            Errand::Accuracy { .. } => "accuracy_agent",
            Errand::Quality { .. } => "quality_agent",
        }
    }

    /// Whether an author writes for it.
    fn writes(&self) -> bool {
        matches!(
            self,
            Errand::Flashcards { .. } | Errand::Quiz { .. } | Errand::Summary { .. } | Errand::Chat { .. }
        )
    }

    /// Sizes, for the record: the texts themselves are not kept.
    fn sizes(&self) -> Value {
        match self {
            Errand::Search { query, top_k } => json!({"query_bytes": query.len(), "top_k": top_k}),
            Errand::Profile => Value::Null,
            Errand::Progress { days_back } => json!({"days_back": days_back}),
            Errand::Flashcards { content, options } => {
                json!({"bytes": content.len(), "count": options.count})
            }
            Errand::Quiz { content, options } => {
                json!({"bytes": content.len(), "count": options.question_count})
            }
            Errand::Summary { content, options } => {
                json!({"bytes": content.len(), "length": options.length})
            }
            Errand::Chat { message, notes } => json!({"bytes": message.len(), "notes": notes.len()}),
            Errand::Conversation { limit, .. } => json!({"limit": limit}),
            Errand::Accuracy { source, .. } => json!({"source_bytes": source.len()}),
            Errand::Safety { .. } | Errand::Quality { .. } => Value::Null,
        }
    }
}

/// The answer to an errand: the envelope of the wire.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// True: the agent did what it should.
    pub success: bool,
    /// What it found, by errand.
    pub data: Value,
    /// Nothing, since it succeeded.
    pub error: Option<String>,
    /// How long it took, in milliseconds.
    pub execution_time_ms: u64,
    /// Model tokens; 0 where no model was asked.
    pub tokens_used: u64,
    /// The model, or `offline`.
    pub model_used: String,
    /// From 0 to 1: how sure it is of its answer.
    pub confidence_score: f64,
}

/// What an agent found.
struct Found {
    data: Value,
    confidence: f64,
    /// Counts, for the record.
    counts: Value,
    /// Model tokens.
    tokens: u64,
    /// The model; `None` where none was asked.
    model: Option<String>,
}

impl Found {
    /// Found without a model.
    fn plain(data: Value, confidence: f64, counts: Value) -> Self {
        Self { data, confidence, counts, tokens: 0, model: None }
    }
}

impl Agents {
    /// Runs one agent.
    ///
    /// # Errors
    /// What is wrong with what was given, or `Unavailable` where no processor was free in time.
    pub async fn alone(&self, caller: &Caller, errand: Errand) -> Result<Report, Problem> {
        let (began, clock) = (self.clock.now(), Instant::now());
        let (agent, input) = (errand.agent(), errand.sizes());
        let patience = if self.model.is_some() && errand.writes() { PATIENCE_WITH_MODEL } else { PATIENCE };
        let span = spans::agent(agent);
        let answer = tokio::time::timeout(patience, self.answer(caller, errand)).instrument(span).await;
        let took = clock.elapsed();
        let part = Part {
            user_id: caller.user_id.clone(),
            session_id: SessionId::new(began),
            request_id: caller.request_id.clone(),
        };
        let (status, result) = match answer {
            Ok(Ok(found)) => (ExecutionStatus::Success, Ok(found)),
            Ok(Err(problem)) => (ExecutionStatus::Failure, Err(problem)),
            Err(_) => (ExecutionStatus::Timeout, Err(too_slow())),
        };
        let error = result.as_ref().err().map(|problem| problem.detail.clone());
        let output = result.as_ref().map_or(Value::Null, |found| found.counts.clone());
        let (tokens, model) = result.as_ref().map_or((0, None), |found| (found.tokens, found.model.clone()));
        let run = Run { status, error, input, output, tokens, model, ..Run::well(agent, began, took) };
        self.recorder.record(&part, run);
        let found = result?;
        Ok(Report {
            success: true,
            data: found.data,
            error: None,
            execution_time_ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            tokens_used: found.tokens,
            model_used: found.model.unwrap_or_else(|| OFFLINE.to_owned()),
            confidence_score: rounded(found.confidence),
        })
    }

    async fn answer(&self, caller: &Caller, errand: Errand) -> Result<Found, Problem> {
        let user = &caller.user_id;
        match errand {
            Errand::Search { query, top_k } => self.search(user, query, top_k).await,
            Errand::Profile => self.profile(user).await,
            Errand::Progress { days_back } => self.progress(user, days_back).await,
            Errand::Flashcards { content, options } => {
                let request = Request { flashcards: options, ..Request::new(TaskKind::FlashcardGeneration) };
                self.write(caller, request, Some(content)).await
            }
            Errand::Quiz { content, options } => {
                let request = Request { quiz: options, ..Request::new(TaskKind::QuizGeneration) };
                self.write(caller, request, Some(content)).await
            }
            Errand::Summary { content, options } => {
                let request = Request { summary: options, ..Request::new(TaskKind::SummaryGeneration) };
                self.write(caller, request, Some(content)).await
            }
            Errand::Chat { message, notes } => {
                let request = Request { message, explicit_note_ids: notes, ..Request::new(TaskKind::Chat) };
                self.write(caller, request, None).await
            }
            Errand::Conversation { session_id, limit } => self.said(user, session_id, limit).await,
            Errand::Safety { content, readers } => {
                self.desk(move || verdicts::safety(&content, readers)).await?
            }
            Errand::Accuracy { content, source } => {
                let until = Instant::now() + PATIENCE;
                self.desk(move || verdicts::accuracy(&content, &source, until)).await?
            }
            Errand::Quality { content, kind } => self.desk(move || verdicts::quality(&content, kind)).await?,
        }
    }
}

fn too_slow() -> Problem {
    let detail = "This took too long: the server has much to do. Try again in a moment, or with less text.";
    Problem::new(ProblemCode::Unavailable, detail).retry_after(Duration::from_secs(5))
}

/// Scores are told with four digits.
fn rounded(score: f64) -> f64 {
    (score * 10_000.0).round() / 10_000.0
}
