//! `GET /making/{session_id}`: Making. What an event log tells so far, and the page that goes on listening.

use std::borrow::Cow;
use std::collections::BTreeMap;

use askama::Template;
use serde::Deserialize;
use sharper_domain::{Difficulty, Fault, ProblemCode, SessionId, SetId, Stage};

use crate::card::difficulty_key;
use crate::{CardView, Frame, ProblemPage};

/// The page Making. Read once it shows what has happened; with its script it follows the stream from there.
#[derive(Debug, Clone, Template)]
#[template(path = "making.html")]
pub struct MakingPage {
    /// What is around it.
    pub frame: Frame,
    /// The stream that it follows.
    pub session_id: SessionId,
    /// The title of the notes.
    pub title: String,
    /// How many cards were asked for.
    pub requested: u32,
    /// What has happened so far.
    pub making: Making,
}

/// What the events of one job amount to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Making {
    /// The number of the last event seen; 0 before the first. The script ignores what it is sent again.
    pub last_event: u64,
    /// The step under way, 1 to 6; 0 while the job waits for its turn.
    pub step: u32,
    /// What the agent at work says it does (English).
    pub message: String,
    /// The cards accepted so far, in order of acceptance.
    pub cards: Vec<CardView>,
    /// How many items were left out, by the reason that the events give.
    pub left_out: BTreeMap<String, u32>,
    /// How it ended; `None` while it runs.
    pub end: Option<End>,
}

/// How a job ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// It is done and kept.
    Done {
        /// The set that holds the cards.
        set_id: SetId,
        /// The sentence of the result (English).
        message: String,
    },
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
        data: Item,
    },
    Rejected {
        data: Turned,
    },
    Complete {
        saved: Saved,
        message: String,
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
struct Item {
    id: String,
    question: String,
    answer: String,
    explanation: Option<String>,
    topic: String,
    difficulty: Difficulty,
    source: Option<Quoted>,
}

#[derive(Deserialize)]
struct Quoted {
    quote: String,
}

#[derive(Deserialize)]
struct Turned {
    reason: String,
}

#[derive(Deserialize)]
struct Saved {
    set: SavedSet,
}

#[derive(Deserialize)]
struct SavedSet {
    id: SetId,
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
            Told::Item { data } => self.cards.push(data.into()),
            Told::Rejected { data } => *self.left_out.entry(data.reason).or_default() += 1,
            Told::Complete { saved, message } => {
                self.step = Stage::TOTAL;
                self.end = Some(End::Done { set_id: saved.set.id, message });
            }
            Told::Error { error, code } => self.end = Some(End::Failed { code, message: error }),
            Told::Other => {}
        }
    }

    /// How many items were left out.
    pub fn left_out_total(&self) -> u32 {
        self.left_out.values().sum()
    }
}

impl From<Item> for CardView {
    fn from(item: Item) -> Self {
        Self {
            id: item.id,
            question: item.question,
            answer: item.answer,
            explanation: item.explanation,
            topic: item.topic,
            difficulty: item.difficulty,
            quote: item.source.map(|source| source.quote),
        }
    }
}

/// Where a step stands, for the list of the six.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Done,
    Now,
    Ahead,
}

impl Standing {
    fn class(self) -> &'static str {
        match self {
            Standing::Done => "done",
            Standing::Now => "now",
            Standing::Ahead => "ahead",
        }
    }
}

impl MakingPage {
    const STEPS: [&'static str; 6] =
        ["step-analyse", "step-gather", "step-write", "step-safety", "step-format", "step-complete"];

    fn steps(&self) -> Vec<(u32, &'static str, Standing)> {
        let finished = matches!(self.making.end, Some(End::Done { .. }));
        let standing = |step: u32| match step.cmp(&self.making.step) {
            std::cmp::Ordering::Less => Standing::Done,
            std::cmp::Ordering::Equal if finished => Standing::Done,
            std::cmp::Ordering::Equal => Standing::Now,
            std::cmp::Ordering::Greater => Standing::Ahead,
        };
        (1..).zip(Self::STEPS).map(|(step, key)| (step, key, standing(step))).collect()
    }

    fn running(&self) -> bool {
        self.making.end.is_none()
    }

    fn set_id(&self) -> Option<SetId> {
        match self.making.end {
            Some(End::Done { set_id, .. }) => Some(set_id),
            _ => None,
        }
    }

    /// The code and the sentence of a failure.
    fn failure(&self) -> Option<(ProblemCode, &str)> {
        match &self.making.end {
            Some(End::Failed { code, message }) => Some((*code, message)),
            _ => None,
        }
    }

    fn cancelled(&self) -> bool {
        matches!(self.failure(), Some((ProblemCode::Cancelled, _)))
    }

    /// What happened and what to do: as the event says it in English, else by its code.
    fn failure_text(&self) -> Cow<'_, str> {
        match self.failure() {
            None => Cow::Borrowed(""),
            Some((_, message)) if self.speaks_english() => message.into(),
            Some((code, _)) => {
                let (title, advice) = ProblemPage::keys(code);
                format!("{}. {}", self.frame.t(title), self.frame.t(advice)).into()
            }
        }
    }

    /// The state, for style and script.
    fn state(&self) -> &'static str {
        match &self.making.end {
            None => "running",
            Some(End::Done { .. }) => "done",
            Some(End::Failed { .. }) => "failed",
        }
    }

    /// What is going on, in one line: the agents' own words in English, else the name of the step.
    fn status(&self) -> Cow<'_, str> {
        match &self.making.end {
            Some(End::Done { message, .. }) if self.speaks_english() => message.into(),
            Some(End::Done { .. }) => self.frame.t("making-done"),
            Some(End::Failed { .. }) if self.cancelled() => self.frame.t("making-cancelled"),
            Some(End::Failed { .. }) => self.frame.t("making-failed"),
            None if self.making.step == 0 => self.frame.t("making-waiting"),
            None if self.speaks_english() && !self.making.message.is_empty() => (&self.making.message).into(),
            None => self.frame.t(Self::STEPS[(self.making.step as usize - 1).min(5)]),
        }
    }

    fn speaks_english(&self) -> bool {
        self.frame.locale == crate::Locale::En
    }

    fn heading(&self) -> Cow<'static, str> {
        self.frame.locale.with("making-heading", &[("title", self.title.as_str().into())])
    }

    fn count_line(&self) -> Cow<'static, str> {
        let values = [("done", self.making.cards.len().into()), ("requested", self.requested.into())];
        self.frame.locale.with("making-count", &values)
    }

    fn left_out_line(&self) -> Cow<'static, str> {
        self.frame.locale.n("making-left-out", self.making.left_out_total())
    }

    fn reason(&self, reason: &str) -> String {
        reason_key(reason).map_or_else(|| reason.to_owned(), |key| self.frame.t(key).into_owned())
    }

    fn difficulty(&self, card: &CardView) -> Cow<'static, str> {
        self.frame.t(difficulty_key(card.difficulty))
    }

    fn blank(&self) -> CardView {
        CardView::blank()
    }

    /// What the script says by itself, with its placeables left open.
    fn words(&self) -> BTreeMap<&'static str, String> {
        let t = |key| self.frame.t(key).into_owned();
        let open = |name: &'static str| (name, format!("{{{name}}}").into());
        let mut words = BTreeMap::from([
            (
                "count",
                self.frame.locale.with("making-count", &[open("done"), open("requested")]).into_owned(),
            ),
            ("left_out", self.frame.locale.with("making-left-out", &[open("count")]).into_owned()),
            ("done", t("making-done")),
            ("failed", t("making-failed")),
            ("cancelled", t("making-cancelled")),
            ("easy", t("difficulty-easy")),
            ("medium", t("difficulty-medium")),
            ("hard", t("difficulty-hard")),
        ]);
        if !self.speaks_english() {
            words.extend(FAULTS.map(|(fault, key)| (fault.reason(), t(key))));
        }
        words
    }
}

/// The reasons that events give in English, and the messages that say the same.
const FAULTS: [(Fault, &str); 18] = [
    (Fault::MissingField, "fault-missing-field"),
    (Fault::TooLong, "fault-too-long"),
    (Fault::AnswerInQuestion, "fault-answer-in-question"),
    (Fault::RepeatedOption, "fault-repeated-option"),
    (Fault::NotOneKey, "fault-not-one-key"),
    (Fault::WrongLanguage, "fault-wrong-language"),
    (Fault::NotProse, "fault-not-prose"),
    (Fault::DanglingReference, "fault-dangling-reference"),
    (Fault::QuoteNotFound, "fault-quote-not-found"),
    (Fault::NumberDiffers, "fault-number-differs"),
    (Fault::NameDiffers, "fault-name-differs"),
    (Fault::NegationDiffers, "fault-negation-differs"),
    (Fault::Unsupported, "fault-unsupported"),
    (Fault::Duplicate, "fault-duplicate"),
    (Fault::AlreadyKnown, "fault-already-known"),
    (Fault::Unsafe, "fault-unsafe"),
    (Fault::LowQuality, "fault-low-quality"),
    (Fault::LowAccuracy, "fault-low-accuracy"),
];

fn reason_key(reason: &str) -> Option<&'static str> {
    FAULTS.iter().find(|(fault, _)| fault.reason() == reason).map(|(_, key)| *key)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITEM: &str = r#"{"type":"item","number":1,"requested":2,"data":{"id":"c1","question":"Q","answer":"A",
        "topic":"T","difficulty":"hard","form":"fact","source":{"note_id":"n","note_version":1,"start":0,"end":1,"quote":"W"}}}"#;
    const REJECTED: &str = r#"{"type":"rejected","data":{"reason":"they repeated another item","count":1}}"#;
    const PROGRESS: &str = r#"{"type":"progress","data":{"step":3,"total_steps":6,"current_agent":"a",
        "message":"Writing","timestamp":1.0,"percentage":50}}"#;

    fn replay(events: &[&'static str]) -> Making {
        Making::replay((1..).zip(events.iter().copied()))
    }

    #[test]
    fn a_log_tells_step_cards_and_what_was_left_out() {
        let making = replay(&[r#"{"type":"start"}"#, PROGRESS, ITEM, REJECTED, REJECTED]);
        assert_eq!((making.step, making.last_event, making.message.as_str()), (3, 5, "Writing"));
        assert_eq!((making.cards[0].quote(), making.cards[0].difficulty), ("W", Difficulty::Hard));
        assert_eq!(making.left_out_total(), 2);
        assert_eq!(making.end, None);
    }

    #[test]
    fn what_cannot_be_read_changes_nothing_but_the_number() {
        let making = replay(&["nonsense", r#"{"type":"tomorrow"}"#, r#"{"type":"item","data":{}}"#]);
        assert_eq!(making, Making { last_event: 3, ..Making::default() });
    }

    #[test]
    fn the_terminal_event_ends_it() {
        let set = "01890a5d-ac96-774b-bcce-b302099a8057";
        let complete =
            format!(r#"{{"type":"complete","message":"1 of 2","saved":{{"set":{{"id":"{set}"}}}}}}"#);
        let making = Making::replay([(7, complete.as_str())]);
        assert_eq!(making.step, 6);
        let message = "1 of 2".to_owned();
        assert_eq!(making.end, Some(End::Done { set_id: set.parse().unwrap(), message }));
        let making = replay(&[r#"{"type":"error","error":"Away.","code":"unavailable"}"#]);
        let message = "Away.".to_owned();
        assert_eq!(making.end, Some(End::Failed { code: ProblemCode::Unavailable, message }));
    }

    #[test]
    fn a_reason_is_said_in_the_language_of_the_page_and_an_unknown_one_as_it_came() {
        assert_eq!(reason_key(Fault::Duplicate.reason()), Some("fault-duplicate"));
        assert_eq!(reason_key("something new"), None);
    }

    #[test]
    fn the_english_messages_of_the_faults_are_the_words_of_the_domain() {
        for (fault, key) in FAULTS {
            assert_eq!(crate::Locale::En.t(key), fault.reason());
        }
    }
}
