//! Events: what a stream tells while a job runs, as the wire contract spells it.
//!
//! An event is stored, numbered and sent as the JSON that `Event::to_json` makes; the same bytes are replayed.

use serde::Serialize;
use serde_json::{Value, json};

use crate::outcome::Saved;
use crate::{Author, Fault, Item, MaterialId, Outcome, ProblemCode, SessionId, Timestamp};

/// The six steps of the wire contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// 1: analyse the request.
    Analyse = 1,
    /// 2: gather context.
    Gather = 2,
    /// 3: execute with validation.
    Perform = 3,
    /// 4: final safety check.
    Safety = 4,
    /// 5: format.
    Format = 5,
    /// 6: complete.
    Complete = 6,
}

impl Stage {
    /// How many there are.
    pub const TOTAL: u32 = 6;
}

/// One thing that happened in a job.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The stream begins.
    Start {
        /// Whose stream.
        session_id: SessionId,
    },
    /// A step is under way.
    Progress {
        /// Which of the six.
        stage: Stage,
        /// The agent at work, by its name in `agent_executions`.
        agent: &'static str,
        /// What is happening, for the student.
        message: String,
    },
    /// An item passed its checks. The student may study it now.
    Item {
        /// Its number in this job, from 1; none is used twice.
        number: u32,
        /// How many were asked for; 0 where that is for the notes to say.
        requested: u32,
        /// What it is a part of: the job keeps it under this id.
        material: MaterialId,
        /// Who wrote it.
        author: Author,
        /// The item.
        item: Box<Item>,
    },
    /// An item that was told is taken back: the judge did not pass it.
    Withdrawn {
        /// Its number.
        number: u32,
        /// Why.
        fault: Fault,
    },
    /// An item was turned away.
    Rejected {
        /// Why.
        fault: Fault,
        /// How many so far.
        count: u32,
    },
    /// The end: it is done and kept.
    Complete {
        /// The result.
        outcome: Box<Outcome>,
        /// Where it is kept.
        saved: Box<Saved>,
    },
    /// The end: it could not be done.
    Error {
        /// Which problem.
        code: ProblemCode,
        /// What happened and what to do.
        message: String,
    },
}

impl Event {
    /// Whether the stream ends with it.
    pub fn is_terminal(&self) -> bool {
        matches!(self, Event::Complete { .. } | Event::Error { .. })
    }

    /// The `type` of the wire.
    pub fn kind(&self) -> &'static str {
        match self {
            Event::Start { .. } => "start",
            Event::Progress { .. } => "progress",
            Event::Item { .. } => "item",
            Event::Withdrawn { .. } => "withdrawn",
            Event::Rejected { .. } => "rejected",
            Event::Complete { .. } => "complete",
            Event::Error { .. } => "error",
        }
    }

    /// The JSON of the wire, on one line.
    pub fn to_json(&self, at: Timestamp) -> String {
        let value = match self {
            Event::Start { session_id } => {
                json!({"type": "start", "timestamp": at, "session_id": session_id})
            }
            Event::Progress { stage, agent, message } => progress(*stage, agent, message, at),
            Event::Item { number, requested, material, author, item } => {
                return told(*number, *requested, *material, *author, item);
            }
            Event::Withdrawn { number, fault } => {
                json!({"type": "withdrawn", "data": {"number": number, "fault": fault, "reason": fault.reason()}})
            }
            Event::Rejected { fault, count } => {
                json!({"type": "rejected", "data": {"fault": fault, "reason": fault.reason(), "count": count}})
            }
            Event::Complete { outcome, saved } => return complete(outcome, saved),
            Event::Error { code, message } => {
                json!({"type": "error", "error": message, "code": code, "timestamp": at})
            }
        };
        value.to_string()
    }
}

fn progress(stage: Stage, agent: &str, message: &str, at: Timestamp) -> Value {
    let step = stage as u32;
    json!({"type": "progress", "data": {
        "step": step,
        "total_steps": Stage::TOTAL,
        "current_agent": agent,
        "message": message,
        "timestamp": at.as_millisecond() as f64 / 1000.0,
        "percentage": 100 * step / Stage::TOTAL,
    }})
}

fn told(number: u32, requested: u32, material_id: MaterialId, author: Author, item: &Item) -> String {
    #[derive(Serialize)]
    struct Told<'a> {
        r#type: &'static str,
        #[serde(flatten)]
        item: &'a Item,
        number: u32,
        requested: u32,
        material_id: MaterialId,
        author: Author,
    }
    let wire = Told { r#type: "item", item, number, requested, material_id, author };
    serde_json::to_string(&wire).expect("an item has only string keys and finite numbers")
}

fn complete(outcome: &Outcome, saved: &Saved) -> String {
    #[derive(Serialize)]
    struct Complete<'a> {
        r#type: &'static str,
        data: &'a crate::Content,
        success: bool,
        execution_time_ms: u64,
        validation: &'a crate::Validation,
        metadata: &'a crate::Metadata,
        saved: &'a Saved,
        intent: crate::TaskKind,
        message: &'a str,
    }
    let wire = Complete {
        r#type: "complete",
        data: &outcome.data,
        success: outcome.success,
        execution_time_ms: outcome.metadata.execution_time_ms,
        validation: &outcome.validation,
        metadata: &outcome.metadata,
        saved,
        intent: outcome.intent,
        message: &outcome.message,
    };
    serde_json::to_string(&wire).expect("an outcome has only string keys and finite numbers")
}
