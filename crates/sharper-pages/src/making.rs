//! `GET /making/{session_id}`: Making. What has happened in a job so far, and the page that goes on listening.

use std::borrow::Cow;
use std::collections::BTreeMap;

use askama::Template;
use sharper_domain::{Fault, Item, MaterialId, ProblemCode, SessionId, Stage, TaskKind};

use crate::fault::{self, FAULTS};
use crate::item::{ItemView, Quote};
use crate::{End, Frame, Locale, Making, ProblemPage, kind};

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
        ItemView { quotes: vec![Quote::default()], ..ItemView::default() }
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
            Some(End::Done { .. } | End::Asked(_)) => "done",
            Some(End::Failed { .. }) => "failed",
        }
    }

    /// What is going on, in one line: the agents' own words in English, else the name of the step.
    fn status(&self) -> Cow<'_, str> {
        match &self.making.end {
            Some(End::Done { message, .. }) if self.speaks_english() => message.into(),
            Some(End::Done { .. } | End::Asked(_)) => self.frame.t("making-done"),
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
        let taken_back = locale.with("making-taken-back", &[open("reason")]);
        words.insert("taken_back".into(), taken_back.into_owned());
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
