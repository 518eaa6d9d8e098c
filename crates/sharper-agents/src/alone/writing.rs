//! One task agent alone: what a job would make, written and checked as in a job, and not kept.

use serde_json::{Value, json};
use sharper_domain::{JobId, Problem, Request, SessionId, UserId};
use tokio::sync::mpsc;

use super::{Caller, Found};
use crate::context::NoteText;
use crate::intake::note_of_text;
use crate::orchestrator::drive::Drive;
use crate::{Agents, Assignment, Before, problem_of};

/// Fields that only what is kept has.
const KEPT: [&str; 6] = ["id", "set_id", "position", "created_at", "note_id", "note_version"];

impl Agents {
    /// What `request` makes of the text `content`, or of the student's notes where there is none.
    pub(super) async fn write(
        &self,
        caller: &Caller,
        request: Request,
        content: Option<String>,
    ) -> Result<Found, Problem> {
        let now = self.clock.now();
        let of_text = content.is_some();
        let note = content.map(|text| note_of_text(text, None, now)).transpose()?;
        let text =
            note.map(|note| NoteText { id: note.id, title: note.title, version: 1, content: note.content });
        let task = Assignment {
            job_id: JobId::new(now),
            user_id: caller.user_id.clone(),
            session_id: SessionId::new(now),
            notes: request.explicit_note_ids.clone(),
            request: Request { fresh: true, ..request },
            before: Before::default(),
            // What is not kept is in no experiment.
            trial: None,
        };
        // Nobody follows it, yet whoever tells must not wait: what is told is let go.
        let (events, mut told) = mpsc::channel(64);
        let drive = Drive::new(self, &task, events).alone(text);
        let letting_go = async move { while told.recv().await.is_some() {} };
        let (made, ()) = tokio::join!(drive.run(), letting_go);
        let outcome = made?.outcome;
        let mut data = serde_json::to_value(&outcome.data).expect("it has only string keys");
        if of_text {
            forget(&mut data);
        }
        data["validation"] = json!(outcome.validation);
        data["message"] = json!(outcome.message);
        let offline = outcome.metadata.model_calls == 0;
        Ok(Found {
            data,
            confidence: outcome.metadata.confidence_score,
            counts: json!({"accepted": outcome.validation.delivered, "rejected": outcome.validation.rejected}),
            tokens: outcome.metadata.tokens_used,
            model: (!offline).then_some(outcome.metadata.model_used),
        })
    }

    /// What was said in a conversation, the oldest first.
    pub(super) async fn said(&self, user: &UserId, session: SessionId, limit: u32) -> Result<Found, Problem> {
        let said = self.store.conversation(user.clone(), session.clone(), limit).await.map_err(problem_of)?;
        let count = said.len();
        let data = json!({
            "session_id": session,
            "messages": said,
            "message_count": count,
            "has_history": count > 0,
        });
        Ok(Found::plain(data, 1.0, json!({"messages": count})))
    }
}

/// Takes out what only something kept has.
fn forget(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !KEPT.contains(&name.as_str()));
            fields.values_mut().for_each(forget);
        }
        Value::Array(list) => list.iter_mut().for_each(forget),
        _ => {}
    }
}
