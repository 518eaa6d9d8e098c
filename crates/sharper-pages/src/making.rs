//! `GET /making/{session_id}`: Making. What an event log tells so far, and the page that goes on listening.

use std::borrow::Cow;
use std::collections::BTreeMap;

use askama::Template;
use serde::Deserialize;
use sharper_domain::{Fault, Item, MaterialId, ProblemCode, SessionId, SetId, Stage, TaskKind};

use crate::fault::{self, FAULTS};
use crate::item::ItemView;
use crate::{Frame, Locale, ProblemPage, kind};

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
    /// What was asked for.
    pub kind: TaskKind,
    /// How many items were asked for; 0 where that is for the notes to say.
    pub requested: u32,
    /// What has happened so far.
    pub making: Making,
}

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
#[derive(Debug, Clone, PartialEq, Eq)]
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
        item: Item,
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

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Saved {
    Flashcards { set: SavedSet },
    Quiz { quiz_id: MaterialId },
    Exam { exam_id: MaterialId },
    Summary { summary_id: MaterialId },
    Chat { message_id: MaterialId },
    Analysis { analysis_id: MaterialId },
    Plan { plan_id: MaterialId },
}

#[derive(Deserialize)]
struct SavedSet {
    id: SetId,
}

impl Saved {
    fn what(&self) -> (TaskKind, MaterialId) {
        match self {
            Saved::Flashcards { set } => (TaskKind::FlashcardGeneration, MaterialId(set.id.0)),
            Saved::Quiz { quiz_id } => (TaskKind::QuizGeneration, *quiz_id),
            Saved::Exam { exam_id } => (TaskKind::ExamGeneration, *exam_id),
            Saved::Summary { summary_id } => (TaskKind::SummaryGeneration, *summary_id),
            Saved::Chat { message_id } => (TaskKind::Chat, *message_id),
            Saved::Analysis { analysis_id } => (TaskKind::NoteAnalysis, *analysis_id),
            Saved::Plan { plan_id } => (TaskKind::StudyPlan, *plan_id),
        }
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
            Told::Item { number, item } => self.items.push((number, item)),
            Told::Withdrawn { data } => {
                self.items.retain(|(number, _)| *number != data.number);
                *self.left_out.entry(data.fault).or_default() += 1;
            }
            Told::Rejected { data } => *self.left_out.entry(data.fault).or_default() += 1,
            Told::Complete { saved, message, metadata } => {
                self.step = Stage::TOTAL;
                let (kind, id) = saved.what();
                self.end = Some(End::Done { kind, id, message, degraded: metadata.degraded });
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

    /// The kind that was made, or that was asked for.
    fn made_kind(&self) -> TaskKind {
        match self.making.end {
            Some(End::Done { kind, .. }) => kind,
            _ => self.kind,
        }
    }

    /// Where the result is to be seen; nothing while there is none.
    fn result(&self) -> Option<String> {
        match self.making.end {
            Some(End::Done { kind, id, .. }) => Some(kind::address(kind, id, &self.session_id)),
            _ => None,
        }
    }

    /// The set of cards, of a job that made one.
    fn set_id(&self) -> Option<MaterialId> {
        match self.making.end {
            Some(End::Done { kind: TaskKind::FlashcardGeneration, id, .. }) => Some(id),
            _ => None,
        }
    }

    /// Why the offline author stepped in.
    fn degraded(&self) -> Option<&str> {
        match &self.making.end {
            Some(End::Done { degraded, .. }) => degraded.as_deref(),
            _ => None,
        }
    }

    fn items(&self) -> Vec<ItemView> {
        let view = |(number, item): &(u32, Item)| ItemView::of(*number, item, self.frame.locale);
        self.making.items.iter().map(view).collect()
    }

    fn blank(&self) -> ItemView {
        ItemView { quotes: vec![String::new()], ..ItemView::default() }
    }

    fn blank_question(&self) -> ItemView {
        ItemView { folded: true, ..self.blank() }
    }

    /// How far it is: items of those asked for, or steps where their number is for the notes to say.
    fn far(&self) -> (usize, u32) {
        match self.requested {
            0 => (self.making.step as usize, Stage::TOTAL),
            requested => (self.making.items.len(), requested),
        }
    }

    fn open_line(&self) -> Cow<'static, str> {
        self.frame.locale.of_kind("making-open", self.made_kind())
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
        self.frame.locale == Locale::En
    }

    fn heading(&self) -> Cow<'static, str> {
        let kind = kind::word(self.made_kind()).into();
        match self.title.trim() {
            "" => self.frame.locale.of_kind("kind-name", self.made_kind()),
            title => self.frame.locale.with("making-heading", &[("kind", kind), ("title", title.into())]),
        }
    }

    fn count_line(&self) -> Cow<'static, str> {
        let done = self.making.items.len();
        match self.requested {
            0 => self.frame.locale.n("making-so-far", done),
            requested => {
                let values = [("done", done.into()), ("requested", requested.into())];
                self.frame.locale.with("making-count", &values)
            }
        }
    }

    fn left_out_line(&self) -> Cow<'static, str> {
        self.frame.locale.n("making-left-out", self.making.left_out_total())
    }

    fn reasons(&self) -> Vec<(String, Cow<'static, str>, u32)> {
        let line =
            |(fault, count): (&Fault, &u32)| (fault::word(*fault), self.frame.t(fault::key(*fault)), *count);
        self.making.left_out.iter().map(line).collect()
    }

    /// What the script says by itself, with its placeables left open.
    fn words(&self) -> BTreeMap<String, String> {
        let locale = self.frame.locale;
        let open = |name: &'static str| (name, format!("{{{name}}}").into());
        let count = match self.requested {
            0 => locale.with("making-so-far", &[("count", "{done}".into())]),
            _ => locale.with("making-count", &[open("done"), open("requested")]),
        };
        let mut words = item_words(locale);
        words.insert("count".into(), count.into_owned());
        words.insert("left_out".into(), locale.with("making-left-out", &[open("count")]).into_owned());
        for (word, key) in
            [("done", "making-done"), ("failed", "making-failed"), ("cancelled", "making-cancelled")]
        {
            words.insert(word.into(), locale.t(key).into_owned());
        }
        for offered in kind::OFFERED {
            let open = locale.of_kind("making-open", offered).into_owned();
            words.insert(format!("open_{}", kind::word(offered)), open);
        }
        words.extend(FAULTS.map(|(fault, key)| (fault::word(fault), locale.t(key).into_owned())));
        words
    }
}

/// The words with which a script labels items, by the words of the wire.
pub(crate) fn item_words(locale: Locale) -> BTreeMap<String, String> {
    let keys = [
        ("easy", "difficulty-easy"),
        ("medium", "difficulty-medium"),
        ("hard", "difficulty-hard"),
        ("multiple_choice", "question-multiple-choice"),
        ("true_false", "question-true-false"),
        ("short_answer", "question-short-answer"),
        ("essay", "question-essay"),
        ("true", "answer-true"),
        ("false", "answer-false"),
        ("term", "item-term"),
        ("strength", "finding-strength"),
        ("gap", "finding-gap"),
        ("contradiction", "finding-contradiction"),
        ("unclear", "finding-unclear"),
        ("next_step", "finding-next-step"),
        ("importance_high", "importance-high"),
        ("importance_medium", "importance-medium"),
        ("importance_low", "importance-low"),
    ];
    let mut words: BTreeMap<String, String> =
        keys.map(|(word, key)| (word.to_owned(), locale.t(key).into_owned())).into();
    for (word, key) in [("points", "item-points"), ("share", "topic-share")] {
        words.insert(word.into(), locale.with(key, &[("count", "{count}".into())]).into_owned());
    }
    words
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
