//! Examples that several operations show, of one student and one note.

use serde_json::{Value, json};

pub(super) const USER: &str = "01990b7e-5d0c-7c3a-9e55-0d3c5b8f2a10";
pub(super) const SESSION: &str = "01990b7e-5d0c-7c3a-9e55-0d3c5b8f2a11";
pub(super) const NOTE: &str = "01990b7e-5d0c-7c3a-9e55-0d3c5b8f2a12";
pub(super) const SET: &str = "01990b7e-5d0c-7c3a-9e55-0d3c5b8f2a13";
pub(super) const CARD: &str = "01990b7e-5d0c-7c3a-9e55-0d3c5b8f2a14";
pub(super) const TOKEN: &str = "01990b7e-5d0c-7c3a-9e55-0d3c5b8f2a15";
pub(super) const FOLDER: &str = "01990b7e-5d0c-7c3a-9e55-0d3c5b8f2a16";
pub(super) const TIME: &str = "2026-03-02T09:15:00Z";
/// A note.
pub(super) const TEXT: &str = "Enzymes are proteins that speed up chemical reactions in living cells.";
/// A stream, cut short in its middle.
pub(super) const EVENTS: &str = "retry: 2000\n\nid: 1\ndata: {\"type\":\"start\",\"timestamp\":\"2026-03-02T09:15:00Z\",\
    \"session_id\":\"01990b7e-5d0c-7c3a-9e55-0d3c5b8f2a11\"}\n\n";

pub(super) fn request() -> Value {
    json!({"type": "flashcard_generation", "message": "Make flashcards",
        "options": {"count": 5, "difficulty": "adaptive", "content": TEXT}})
}

pub(super) fn note() -> Value {
    json!({"id": NOTE, "user_id": "ana", "folder_id": null, "title": "Enzymes", "content": TEXT, "version": 1,
        "origin": null, "anchors": [], "created_at": TIME, "updated_at": TIME})
}

pub(super) fn folder() -> Value {
    json!({"id": FOLDER, "user_id": "ana", "parent_id": null, "name": "Biology", "notes": 1,
        "created_at": TIME, "updated_at": TIME})
}

pub(super) fn brief_note() -> Value {
    json!({"id": NOTE, "folder_id": FOLDER, "title": "Enzymes", "version": 2, "origin": null, "copy_of": null,
        "created_at": TIME, "updated_at": TIME})
}

pub(super) fn set() -> Value {
    json!({"id": SET, "user_id": "ana", "title": "Enzymes", "note_id": NOTE, "card_count": 1, "created_at": TIME})
}

fn verdict() -> Value {
    json!({"scores": {"safety": 1.0, "quality": 0.95, "accuracy": 1.0}, "faults": []})
}

/// A card without what only a kept one has.
fn written_card() -> Value {
    json!({"question": "What are enzymes?", "answer": "proteins that speed up chemical reactions in living cells",
        "topic": "Enzymes", "difficulty": "easy", "form": "definition",
        "source": {"start": 0, "end": TEXT.len(), "quote": TEXT}, "verdict": verdict(), "author": "offline"})
}

pub(super) fn card() -> Value {
    let mut card = written_card();
    card["id"] = json!(CARD);
    card["set_id"] = json!(SET);
    card["position"] = json!(0);
    card["created_at"] = json!(TIME);
    card["source"]["note_id"] = json!(NOTE);
    card["source"]["note_version"] = json!(1);
    card
}

fn validation() -> Value {
    json!({"safety_score": 1.0, "quality_score": 0.95, "accuracy_score": 1.0, "validation_attempts": 1,
        "validation_passed": true, "requested": 5, "delivered": 1, "rejected": []})
}

fn flashcards(card: &Value) -> Value {
    json!({"flashcards": [card], "total_count": 1, "topics_covered": ["Enzymes"], "tokens_used": 0,
        "model_used": "offline", "generation_params": {"count": 5, "difficulty": "adaptive", "topic": null}})
}

pub(super) fn done() -> Value {
    let steps: Vec<Value> = (1..=6)
        .map(|step| {
            json!({"step": step, "total_steps": 6, "current_agent": "main_orchestrator", "message": "…",
                "timestamp": 1_772_442_900.5, "percentage": 100 * step / 6})
        })
        .collect();
    let metadata = json!({"execution_time_ms": 42, "tokens_used": 0, "model_used": "offline", "confidence_score": 0.95,
        "model_calls": 0, "cost_usd": 0.0, "cost_per_item_usd": 0.0});
    json!({
        "status": "success",
        "execution_time_ms": 44,
        "model_used": "offline",
        "message": "1 of 5 cards: the notes hold no more.",
        "result": {
            "success": true, "intent": "flashcard_generation", "data": flashcards(&card()), "validation": validation(),
            "metadata": metadata, "user_id": "ana", "session_id": SESSION,
            "saved": {"type": "flashcards", "saved": true, "count": 1, "ids": [CARD], "set": set()},
            "phase": 4, "message": "1 of 5 cards: the notes hold no more.",
        },
        "progress_updates": steps,
    })
}

pub(super) fn not_done() -> Value {
    let said = "There are no notes yet. Send a text, or add a note first.";
    json!({"status": "error", "result": {"success": false, "error": said, "code": "empty_notes"},
        "execution_time_ms": 1, "model_used": null, "progress_updates": [], "message": said,
        "error": "There are no notes to work with", "code": "empty_notes", "errors": [], "request_id": SESSION})
}

/// Adds what an agent alone says of its work.
fn alone(mut data: Value) -> Value {
    data["validation"] = validation();
    data["message"] = json!("1 of 5 cards: the notes hold no more.");
    data
}

pub(super) fn written_flashcards() -> Value {
    alone(flashcards(&written_card()))
}

pub(super) fn written_quiz() -> Value {
    let question = json!({"type": "true_false", "question": "Enzymes are proteins.", "options": ["True", "False"],
        "correct_answer": true, "explanation": TEXT, "points": 1, "topic": "Enzymes", "difficulty": "easy",
        "source": {"start": 0, "end": TEXT.len(), "quote": TEXT}, "verdict": verdict(), "author": "offline"});
    alone(
        json!({"quiz": {"title": "Enzymes", "questions": [question]}, "total_points": 1, "estimated_time_minutes": 1,
        "tokens_used": 0, "model_used": "offline"}),
    )
}

pub(super) fn written_summary() -> Value {
    let source = json!({"start": 0, "end": TEXT.len(), "quote": TEXT});
    let point = json!({"point": TEXT, "details": "", "importance": "high", "heading": "", "sources": [source],
        "verdict": verdict()});
    alone(json!({"summary": {"title": "Enzymes", "main_points": [point], "key_terms": []}, "word_count": 10,
        "estimated_reading_time_minutes": 1, "tokens_used": 0, "model_used": "offline"}))
}

pub(super) fn written_chat() -> Value {
    let source = json!({"note_id": NOTE, "note_version": 1, "start": 0, "end": TEXT.len(), "quote": TEXT});
    let mut citation = source.clone();
    citation["number"] = json!(1);
    citation["title"] = json!("Enzymes");
    alone(json!({"response": format!("{TEXT} [1]"), "answerable": true, "citations": [citation],
        "statements": [{"text": TEXT, "sources": [source], "verdict": verdict()}],
        "context_used": {"notes_count": 1, "has_conversation_history": false, "has_progress_data": false},
        "tokens_used": 0, "model_used": "offline"}))
}
