//! The answer: from accepted cards to the result of the wire, and to what is kept.

use std::time::Duration;

use serde_json::json;
use sharper_domain::outcome::{GenerationParams, PHASE, SavedFlashcards};
use sharper_domain::{
    Content, Flashcard, FlashcardOptions, FlashcardSet, FlashcardsContent, Metadata, Outcome, SetId,
    TaskKind, Timestamp,
};
use sharper_store::flashcards::NewSet;

use crate::context::NoteText;
use crate::validation::{self, Tally};
use crate::{Assignment, Made};

/// The author of everything so far.
const AUTHOR: &str = "offline";

/// What makes two requests the same: what was chosen, and the text that it was chosen for.
pub(crate) fn fingerprint(options: &FlashcardOptions, texts: &[NoteText]) -> String {
    let notes: Vec<(String, i32)> = texts.iter().map(|note| (note.id.to_string(), note.version)).collect();
    let (count, difficulty, topic) = (options.count, options.difficulty, &options.topic);
    sharper_store::fingerprint(&json!(["flashcards", AUTHOR, count, difficulty, topic, notes]).to_string())
}

/// What an answer is made of, beside the cards.
pub(crate) struct Answer<'a> {
    pub(crate) intent: TaskKind,
    pub(crate) attempts: u32,
    pub(crate) request: &'a Assignment,
    pub(crate) texts: &'a [NoteText],
    pub(crate) set_id: SetId,
    pub(crate) fingerprint: &'a str,
    pub(crate) tally: &'a Tally,
    pub(crate) took: Duration,
    pub(crate) now: Timestamp,
}

impl Answer<'_> {
    /// Of cards that were made now.
    pub(crate) fn of_new(self, cards: Vec<Flashcard>) -> Made {
        let set = FlashcardSet {
            id: self.set_id,
            user_id: self.request.user_id.clone(),
            title: self.title(),
            note_id: self.texts.first().map(|note| note.id),
            card_count: i32::try_from(cards.len()).unwrap_or(i32::MAX),
            created_at: self.now,
        };
        let message = validation::sentence(cards.len(), self.options().count, self.tally);
        let fingerprint = Some(self.fingerprint.to_owned());
        let made = self.made(set.clone(), &cards, message);
        Made { new: Some(NewSet { set, cards, fingerprint }), ..made }
    }

    /// Of cards that the same request made before.
    pub(crate) fn of_kept(self, set: FlashcardSet, cards: Vec<Flashcard>) -> Made {
        let message = format!(
            "You asked for this before: these are the {} cards you have. Ask for new ones to get others.",
            cards.len()
        );
        self.made(set, &cards, message)
    }

    fn options(&self) -> &FlashcardOptions {
        &self.request.request.flashcards
    }

    fn made(&self, set: FlashcardSet, cards: &[Flashcard], message: String) -> Made {
        let validation = validation::validation(cards, self.options().count, self.attempts, self.tally);
        let scores = [validation.safety_score, validation.quality_score, validation.accuracy_score];
        let saved = SavedFlashcards {
            saved: true,
            count: validation.delivered,
            ids: cards.iter().map(|card| card.id).collect(),
            set,
            kind: "flashcards".to_owned(),
        };
        let outcome = Outcome {
            success: true,
            intent: self.intent,
            data: Content::Flashcards(self.content(cards)),
            validation,
            metadata: Metadata {
                execution_time_ms: u64::try_from(self.took.as_millis()).unwrap_or(u64::MAX),
                tokens_used: 0,
                model_used: AUTHOR.to_owned(),
                confidence_score: (scores.iter().sum::<f64>() / 3.0 * 1000.0).round() / 1000.0,
            },
            user_id: self.request.user_id.clone(),
            session_id: self.request.session_id.clone(),
            phase: PHASE,
            message,
        };
        Made { outcome, saved, new: None }
    }

    fn content(&self, cards: &[Flashcard]) -> FlashcardsContent {
        let mut topics: Vec<String> = Vec::new();
        for card in cards {
            if !topics.contains(&card.topic) {
                topics.push(card.topic.clone());
            }
        }
        let FlashcardOptions { count, difficulty, topic, .. } = self.options().clone();
        FlashcardsContent {
            flashcards: cards.to_vec(),
            total_count: u32::try_from(cards.len()).unwrap_or(u32::MAX),
            topics_covered: topics,
            tokens_used: 0,
            model_used: AUTHOR.to_owned(),
            generation_params: GenerationParams { count, difficulty, topic },
        }
    }

    /// The title of the set: the topic asked for, and the notes.
    fn title(&self) -> String {
        let notes = match self.texts {
            [] => None,
            [one] => Some(one.title.clone()),
            [first, rest @ ..] => Some(format!("{} and {} more", first.title, rest.len())),
        };
        match (self.options().topic.clone(), notes) {
            (Some(topic), Some(notes)) => format!("{topic} — {notes}"),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => "Flashcards".to_owned(),
        }
    }
}
