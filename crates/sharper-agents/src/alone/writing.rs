//! The flashcard agent alone: cards from a text that is not kept, written and checked as in a job.

use std::sync::Arc;

use serde_json::{Value, json};
use sharper_domain::{Flashcard, FlashcardOptions, Problem, ProblemCode, SetId};
use tokio::sync::mpsc;

use super::{AUTHOR, Found};
use crate::context::{Gathered, NoteText};
use crate::intake::note_of_text;
use crate::tasks::flashcards::{Brief, draft_offline};
use crate::{Agents, validation};

/// Room for all that the author can tell of one text, so that it never waits for a listener.
const EVENTS: usize = 512;

impl Agents {
    /// Cards from `content`. They have no ids, for they are not kept.
    pub(super) async fn write_cards(
        &self,
        content: String,
        options: FlashcardOptions,
    ) -> Result<Found, Problem> {
        let note = note_of_text(content, None, self.clock.now())?;
        let text = NoteText { id: note.id, title: note.title, version: 1, content: note.content };
        let gathered = Gathered { texts: vec![text], ..Gathered::default() };
        // Dropped when the caller goes away: the author sees it and stops.
        let (events, _listener) = mpsc::channel(EVENTS);
        let brief = Brief {
            set_id: SetId::new(self.clock.now()),
            options: options.clone(),
            accepted: Vec::new(),
            gathered: Arc::new(gathered),
            events,
            clock: self.clock.clone(),
        };
        let mut drafted = self.desk(move || draft_offline(brief)).await?;
        drafted.accepted.retain(validation::may_leave);
        let (cards, tally) = (drafted.accepted, drafted.tally);
        let message = validation::sentence(cards.len(), options.count, &tally);
        if cards.is_empty() {
            return Err(Problem::new(ProblemCode::NothingToMake, message));
        }
        let checked = validation::validation(&cards, options.count, 1, &tally);
        let mut topics: Vec<&str> = Vec::new();
        for card in &cards {
            if !topics.contains(&card.topic.as_str()) {
                topics.push(&card.topic);
            }
        }
        Ok(Found {
            confidence: (checked.safety_score + checked.quality_score + checked.accuracy_score) / 3.0,
            counts: json!({"accepted": cards.len(), "rejected": tally.reasons()}),
            data: json!({
                "flashcards": cards.iter().map(shown).collect::<Vec<_>>(),
                "total_count": cards.len(),
                "topics_covered": topics,
                "tokens_used": 0,
                "model_used": AUTHOR,
                "generation_params": {"count": options.count, "difficulty": options.difficulty.as_str(),
                    "topic": options.topic},
                "validation": checked,
                "message": message,
            }),
        })
    }
}

/// A card without what only a kept card has.
fn shown(card: &Flashcard) -> Value {
    let mut value = json!({
        "question": card.question,
        "answer": card.answer,
        "topic": card.topic,
        "difficulty": card.difficulty,
        "form": card.form,
        "author": card.author,
        "verdict": card.verdict,
    });
    if let Some(source) = &card.source {
        value["source"] = json!({"start": source.start, "end": source.end, "quote": source.quote});
    }
    if let Some(explanation) = &card.explanation {
        value["explanation"] = json!(explanation);
    }
    value
}
