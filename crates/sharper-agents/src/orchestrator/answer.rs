//! The answer: from accepted items to what is kept, and to the result of the wire.

use std::time::Duration;

use serde_json::json;
use sharper_domain::outcome::PHASE;
use sharper_domain::{
    Clarification, Content, ContextUsed, Inferred, Item, Making, Material, MaterialId, Metadata, Outcome,
    Request, Saved, TaskKind, Timestamp,
};
use sharper_store::material::NewMaterial;

use super::assembly;
use crate::context::{Gathered, NoteText};
use crate::recorder::OFFLINE;
use crate::tasks::desk::Work;
use crate::validation;
use crate::{Assignment, Made};

/// What makes two requests the same: who writes, what was chosen, and the text that it was chosen for.
pub(crate) fn fingerprint(
    kind: TaskKind,
    request: &Request,
    author: &str,
    texts: &[NoteText],
    now: Timestamp,
) -> String {
    let notes: Vec<(String, i32)> = texts.iter().map(|note| (note.id.to_string(), note.version)).collect();
    let chosen = match kind {
        TaskKind::FlashcardGeneration if author == OFFLINE => {
            let options = &request.flashcards;
            // As it was in the first version: what was made then is found again.
            let (count, difficulty, topic) = (options.count, options.difficulty, &options.topic);
            let parts = json!(["flashcards", author, count, difficulty, topic, notes]);
            return sharper_store::fingerprint(&parts.to_string());
        }
        TaskKind::QuizGeneration => json!(request.quiz),
        TaskKind::ExamGeneration => json!(request.exam),
        TaskKind::SummaryGeneration => json!(request.summary),
        TaskKind::FlashcardGeneration => json!(request.flashcards),
        // A plan begins on the day it is made.
        TaskKind::StudyPlan => json!([request.plan, assembly::today(now)]),
        TaskKind::Chat | TaskKind::NoteAnalysis => json!(null),
    };
    // A model is given the student's own words too.
    let words = if author == OFFLINE { "" } else { request.message.trim() };
    sharper_store::fingerprint(&json!([kind, author, chosen, words, notes]).to_string())
}

/// What an answer is made of, beside the items.
pub(crate) struct Answer<'a> {
    pub(crate) kind: TaskKind,
    pub(crate) id: MaterialId,
    pub(crate) attempts: u32,
    pub(crate) task: &'a Assignment,
    /// The request with what it left open filled in, and what that was.
    pub(crate) request: &'a Request,
    pub(crate) defaults: &'a [Inferred],
    pub(crate) gathered: &'a Gathered,
    /// `None` where the answer is not to be given again: it is not what was hoped for.
    pub(crate) fingerprint: Option<String>,
    pub(crate) making: Making,
    pub(crate) took: Duration,
    pub(crate) now: Timestamp,
}

impl Answer<'_> {
    /// Of items that were made now.
    pub(crate) fn of_new(self, work: Work) -> Made {
        let by_model = work.shown.iter().any(|shown| shown.by_model);
        let items: Vec<Item> = work.shown.into_iter().map(|shown| shown.item).collect();
        let requested = self.request.wanted(self.kind);
        let message = validation::sentence(self.kind, items.len(), requested, &work.tally, by_model);
        let validation = validation::validation(&items, requested, self.attempts, &work.tally);
        let title = self.title();
        let body = assembly::body(self.kind, items, self.request, self.gathered, &title, by_model, self.now);
        let material = Material {
            id: self.id,
            user_id: self.task.user_id.clone(),
            note_id: self.gathered.texts.first().map(|note| note.id),
            title,
            created_at: self.now,
            model_used: self.making.model_used.clone(),
            body,
        };
        let made = self.made(&material, validation, message);
        let session_id = self.task.session_id.clone();
        Made { new: Some(NewMaterial { material, fingerprint: self.fingerprint, session_id }), ..made }
    }

    /// Of what the same request made before.
    pub(crate) fn of_kept(mut self, material: &Material) -> Made {
        self.making.model_used.clone_from(&material.model_used);
        let items = material.items();
        let message = format!(
            "You asked for this before: this is what you have ({}). Ask for something new to get another.",
            validation::counted(self.kind, items.len())
        );
        let requested = self.request.wanted(self.kind);
        let validation = validation::validation(&items, requested, 1, &validation::Tally::default());
        self.made(material, validation, message)
    }

    /// Of nothing but the question what is meant: no author was asked, and nothing is kept.
    pub(crate) fn of_question(&self, unclear: Clarification) -> Made {
        let question = unclear.question.clone();
        let data = Content::Chat {
            response: question.clone(),
            answerable: false,
            citations: Vec::new(),
            statements: Vec::new(),
            clarification: Some(unclear),
            context_used: ContextUsed { notes_count: self.gathered.looked_at, ..ContextUsed::default() },
            tokens_used: 0,
            model_used: self.making.model_used.clone(),
        };
        let validation = validation::validation(&[], None, 0, &validation::Tally::default());
        let outcome = self.outcome(TaskKind::Chat, data, validation, question);
        Made { outcome, saved: Saved::Nothing { saved: false }, new: None, remade: Vec::new() }
    }

    fn made(&self, material: &Material, validation: sharper_domain::Validation, message: String) -> Made {
        let data = material.content(&self.making, self.request);
        let outcome = self.outcome(self.kind, data, validation, message);
        Made { outcome, saved: material.saved(), new: None, remade: Vec::new() }
    }

    fn outcome(
        &self,
        intent: TaskKind,
        data: Content,
        validation: sharper_domain::Validation,
        message: String,
    ) -> Outcome {
        let scores = [validation.safety_score, validation.quality_score, validation.accuracy_score];
        let making = &self.making;
        Outcome {
            success: true,
            intent,
            data,
            metadata: Metadata {
                execution_time_ms: u64::try_from(self.took.as_millis()).unwrap_or(u64::MAX),
                tokens_used: making.tokens_used,
                model_used: making.model_used.clone(),
                confidence_score: (scores.iter().sum::<f64>() / 3.0 * 1000.0).round() / 1000.0,
                model_calls: making.model_calls,
                cost_usd: making.cost_usd,
                cost_per_item_usd: making
                    .cost_usd
                    .filter(|_| validation.delivered > 0)
                    .map(|cost| cost / f64::from(validation.delivered)),
                degraded: making.degraded.clone(),
                defaults: self.defaults.to_vec(),
            },
            validation,
            user_id: self.task.user_id.clone(),
            session_id: self.task.session_id.clone(),
            phase: PHASE,
            message,
        }
    }

    /// The topic asked for, and the notes; of a conversation, the student's words.
    fn title(&self) -> String {
        let request = self.request;
        let topic = match self.kind {
            TaskKind::FlashcardGeneration => request.flashcards.topic.clone(),
            TaskKind::QuizGeneration => request.quiz.topic.clone(),
            TaskKind::ExamGeneration => request.exam.topic.clone(),
            TaskKind::StudyPlan => request.plan.topic.clone(),
            TaskKind::SummaryGeneration => {
                Some(request.summary.focus_areas.join(", ")).filter(|areas| !areas.is_empty())
            }
            TaskKind::Chat => return request.message.chars().take(80).collect(),
            TaskKind::NoteAnalysis => None,
        };
        let notes = match self.gathered.texts.as_slice() {
            [] => None,
            [one] => Some(one.title.clone()),
            [first, rest @ ..] => Some(format!("{} and {} more", first.title, rest.len())),
        };
        match (topic, notes) {
            (Some(topic), Some(notes)) => format!("{topic} — {notes}"),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => "Notes".to_owned(),
        }
    }
}
