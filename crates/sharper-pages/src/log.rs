//! What the event log of a job tells so far: the step, the items shown, what was left out, the end.

use std::collections::BTreeMap;

use serde::Deserialize;
use sharper_domain::{Clarification, Fault, Item, MaterialId, ProblemCode, SetId, Stage, TaskKind};

/// What the events of one job amount to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Making {
    /// The number of the last event seen; 0 before the first. The script ignores what it is sent again.
    pub last_event: u64,
    /// The step under way, 1 to 6; 0 while the job waits for its turn.
    pub step: u32,
    /// What the agent at work says it does (English).
    pub message: String,
    /// The items shown so far under their numbers, in order of acceptance, without those that were taken back.
    pub items: Vec<(u32, Item)>,
    /// How many items were left out or taken back, by the fault.
    pub left_out: BTreeMap<Fault, u32>,
    /// How it ended; `None` while it runs.
    pub end: Option<End>,
}

/// How a job ended.
#[derive(Debug, Clone, PartialEq)]
pub enum End {
    /// It is done and kept.
    Done {
        /// What was made; a message may ask for something else than its request says.
        kind: TaskKind,
        /// Where it is kept.
        id: MaterialId,
        /// The sentence of the result (English).
        message: String,
        /// Why the offline author stepped in for a model, if it did (English).
        degraded: Option<String>,
    },
    /// Nothing was made: the student is asked first.
    Asked(Clarification),
    /// It could not be done.
    Failed {
        /// Which problem.
        code: ProblemCode,
        /// What happened and what to do (English).
        message: String,
    },
}

/// The parts of an event that the page reads.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Told {
    Progress {
        data: Step,
    },
    Item {
        number: u32,
        #[serde(flatten)]
        item: Box<Item>,
    },
    Withdrawn {
        data: TakenBack,
    },
    Rejected {
        data: Turned,
    },
    Complete {
        saved: Saved,
        message: String,
        #[serde(default)]
        metadata: Facts,
        #[serde(default)]
        data: Asking,
    },
    Error {
        error: String,
        code: ProblemCode,
    },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Step {
    step: u32,
    message: String,
}

#[derive(Deserialize)]
struct TakenBack {
    number: u32,
    fault: Fault,
}

#[derive(Deserialize)]
struct Turned {
    fault: Fault,
}

#[derive(Default, Deserialize)]
struct Facts {
    degraded: Option<String>,
}

/// Of what was made, only the question that stands in its place.
#[derive(Default, Deserialize)]
struct Asking {
    clarification: Option<Clarification>,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Saved {
    Nothing {},
    Flashcards { set: SavedSet },
    Quiz { quiz_id: MaterialId },
    Exam { exam_id: MaterialId },
    Summary { summary_id: MaterialId },
    Chat { message_id: MaterialId },
    Analysis { analysis_id: MaterialId },
    Plan { plan_id: MaterialId },
    Remade { kind: TaskKind, material_id: MaterialId },
}

#[derive(Deserialize)]
struct SavedSet {
    id: SetId,
}

impl Saved {
    fn what(&self) -> Option<(TaskKind, MaterialId)> {
        Some(match self {
            Saved::Nothing {} => return None,
            Saved::Flashcards { set } => (TaskKind::FlashcardGeneration, MaterialId(set.id.0)),
            Saved::Quiz { quiz_id } => (TaskKind::QuizGeneration, *quiz_id),
            Saved::Exam { exam_id } => (TaskKind::ExamGeneration, *exam_id),
            Saved::Summary { summary_id } => (TaskKind::SummaryGeneration, *summary_id),
            Saved::Chat { message_id } => (TaskKind::Chat, *message_id),
            Saved::Analysis { analysis_id } => (TaskKind::NoteAnalysis, *analysis_id),
            Saved::Plan { plan_id } => (TaskKind::StudyPlan, *plan_id),
            Saved::Remade { kind, material_id } => (*kind, *material_id),
        })
    }
}

impl Making {
    /// Reads an event log: each event with its number, oldest first, as the JSON that was stored.
    /// An event of a kind that the page does not know, or that it cannot read, changes nothing.
    pub fn replay<'e>(events: impl IntoIterator<Item = (u64, &'e str)>) -> Self {
        let mut making = Self::default();
        for (number, json) in events {
            making.last_event = number;
            if let Ok(told) = serde_json::from_str(json) {
                making.hear(told);
            }
        }
        making
    }

    fn hear(&mut self, told: Told) {
        match told {
            Told::Progress { data } => {
                self.step = data.step.min(Stage::TOTAL);
                self.message = data.message;
            }
            Told::Item { number, item } => self.items.push((number, *item)),
            Told::Withdrawn { data } => {
                self.items.retain(|(number, _)| *number != data.number);
                *self.left_out.entry(data.fault).or_default() += 1;
            }
            Told::Rejected { data } => *self.left_out.entry(data.fault).or_default() += 1,
            Told::Complete { saved, message, metadata, data } => {
                self.step = Stage::TOTAL;
                self.end = match (saved.what(), data.clarification) {
                    (Some((kind, id)), _) => {
                        Some(End::Done { kind, id, message, degraded: metadata.degraded })
                    }
                    (None, Some(asked)) => Some(End::Asked(asked)),
                    (None, None) => Some(End::Failed { code: ProblemCode::Internal, message }),
                };
            }
            Told::Error { error, code } => self.end = Some(End::Failed { code, message: error }),
            Told::Other => {}
        }
    }

    /// How many items were left out or taken back.
    pub fn left_out_total(&self) -> u32 {
        self.left_out.values().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POINT: &str = r#"{"type":"item","kind":"point","number":1,"requested":0,"data":{"point":"P","details":"D",
        "importance":"high","heading":"H","sources":[],"verdict":null}}"#;
    const WITHDRAWN: &str = r#"{"type":"withdrawn","data":{"number":1,"fault":"unsupported","reason":"they were not supported"}}"#;
    const REJECTED: &str =
        r#"{"type":"rejected","data":{"fault":"duplicate","reason":"they repeated another item","count":1}}"#;
    const PROGRESS: &str = r#"{"type":"progress","data":{"step":3,"total_steps":6,"current_agent":"a",
        "message":"Writing","timestamp":1.0,"percentage":50}}"#;

    fn replay(events: &[&'static str]) -> Making {
        Making::replay((1..).zip(events.iter().copied()))
    }

    #[test]
    fn a_log_tells_step_items_and_what_was_left_out() {
        let making = replay(&[r#"{"type":"start"}"#, PROGRESS, POINT, REJECTED, REJECTED]);
        assert_eq!((making.step, making.last_event, making.message.as_str()), (3, 5, "Writing"));
        assert_eq!((making.items[0].0, making.items[0].1.sides()), (1, ("P", "D")));
        assert_eq!((making.left_out_total(), making.end), (2, None));
    }

    #[test]
    fn an_item_that_was_taken_back_is_gone_and_counted() {
        let making = replay(&[POINT, WITHDRAWN]);
        assert_eq!((making.items.len(), making.left_out[&Fault::Unsupported]), (0, 1));
    }

    #[test]
    fn a_question_in_the_place_of_material_is_an_end_too() {
        let making = replay(&[
            r#"{"type":"complete","message":"Which?","saved":{"type":"nothing","saved":false},"data":{"response":"Which?",
            "clarification":{"asks":"notes","question":"Which?","options":[{"label":"A","notes":2,"request":{}}]}}}"#,
        ]);
        let Some(End::Asked(asked)) = making.end else { panic!("{making:?}") };
        assert_eq!((asked.asks.as_str(), asked.options[0].notes), ("notes", 2));
    }

    #[test]
    fn what_cannot_be_read_changes_nothing_but_the_number() {
        let making = replay(&["nonsense", r#"{"type":"tomorrow"}"#, r#"{"type":"item","data":{}}"#]);
        assert_eq!(making, Making { last_event: 3, ..Making::default() });
    }

    #[test]
    fn the_terminal_event_ends_it_and_says_what_was_made_and_who_stepped_in() {
        let id = "01890a5d-ac96-774b-bcce-b302099a8057";
        let check = |saved: &str, wanted: TaskKind| {
            let complete = format!(
                r#"{{"type":"complete","message":"M","metadata":{{"degraded":"Away."}},"saved":{saved}}}"#
            );
            let making = Making::replay([(7, complete.as_str())]);
            let (id, degraded) = (id.parse().unwrap(), Some("Away.".to_owned()));
            assert_eq!(making.step, 6, "{saved}");
            assert_eq!(making.end, Some(End::Done { kind: wanted, id, message: "M".into(), degraded }));
        };
        let saved = |kind: &str, field: &str| format!(r#"{{"type":"{kind}","saved":true,"{field}":"{id}"}}"#);
        check(&format!(r#"{{"type":"flashcards","set":{{"id":"{id}"}}}}"#), TaskKind::FlashcardGeneration);
        check(&saved("quiz", "quiz_id"), TaskKind::QuizGeneration);
        check(&saved("exam", "exam_id"), TaskKind::ExamGeneration);
        check(&saved("summary", "summary_id"), TaskKind::SummaryGeneration);
        check(&saved("chat", "message_id"), TaskKind::Chat);
        check(&saved("analysis", "analysis_id"), TaskKind::NoteAnalysis);
        check(&saved("plan", "plan_id"), TaskKind::StudyPlan);
        let making = replay(&[r#"{"type":"error","error":"Away.","code":"unavailable"}"#]);
        let message = "Away.".to_owned();
        assert_eq!(making.end, Some(End::Failed { code: ProblemCode::Unavailable, message }));
    }
}
