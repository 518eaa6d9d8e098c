//! Quizzes and exams as they are taken: `/attempts/{id}` while it is open (`sheet`) and when it is over (`result`), the
//! question that both show, and the paper to print (`print`).

mod print;
mod result;
mod sheet;

pub use print::PrintPage;
pub use result::ResultPage;
pub use sheet::{Notice, SheetPage};

use std::borrow::Cow;

use sharper_domain::{
    Answered, AppealOutcome, Attempt, AttemptId, GradedPoint, Paper, Question, QuestionKind, TaskKind,
    Timestamp,
};

use crate::{Frame, QuestionView};

/// A question of an attempt, with what was answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Its id, for forms.
    id: String,
    /// As pages show questions, with its key: shown only where that may be told.
    view: QuestionView,
    /// The options as they are sent, in the order of those shown.
    values: Vec<String>,
    /// The section that begins with it.
    section: Option<String>,
    /// What was answered.
    answer: Option<Answered>,
    /// Whether what is right may be told.
    told: bool,
}

/// An option of a question.
struct Choice {
    /// As it is sent.
    value: String,
    /// As it is shown.
    shown: String,
    /// Whether it was chosen.
    chosen: bool,
    /// Whether it is right, where that may be told.
    right: bool,
}

impl Choice {
    /// How it is shown: right, chosen though it is wrong, or neither.
    fn class(&self, told: &bool) -> &'static str {
        match (self.right, self.chosen && *told) {
            (true, _) => "option right",
            (false, true) => "option chosen-wrong",
            (false, false) => "option",
        }
    }
}

impl Asked {
    /// All questions of an attempt. A section is named where it begins.
    fn all(attempt: &Attempt, answers: &[Answered], frame: &Frame) -> Vec<Self> {
        let over = attempt.finished_at.is_some();
        let mut section = None;
        let mut all = Vec::new();
        for (number, question) in (1..).zip(&attempt.asked) {
            let begins = question.section.clone().filter(|name| section.as_ref() != Some(name));
            section = begins.clone().or(section);
            let answer = answers.iter().find(|answer| answer.question_id == question.id).cloned();
            all.push(Self {
                id: question.id.to_string(),
                view: QuestionView::of(number, question, frame.locale),
                values: values(question),
                section: begins,
                told: over || answer.as_ref().is_some_and(|answer| answer.graded_at.is_some()),
                answer,
            });
        }
        all
    }

    fn choices(&self) -> Vec<Choice> {
        let choice = |(value, (shown, right)): (&String, &(String, bool))| Choice {
            chosen: value == self.said(),
            right: *right && self.told,
            value: value.clone(),
            shown: shown.clone(),
        };
        self.values.iter().zip(&self.view.options).map(choice).collect()
    }

    fn said(&self) -> &str {
        self.answer.as_ref().map_or("", |answer| &answer.answer)
    }

    fn revision(&self) -> u32 {
        self.answer.as_ref().map_or(0, |answer| answer.revision)
    }

    fn flagged(&self) -> bool {
        self.answer.as_ref().is_some_and(|answer| answer.flagged)
    }

    fn answered(&self) -> bool {
        !self.said().trim().is_empty()
    }

    /// Whether it is worth all; `None` where it is not graded.
    fn full(&self) -> Option<bool> {
        let answer = self.answer.as_ref()?;
        answer.points.map(|points| points == answer.of_points)
    }

    /// What it earned, in one line.
    fn mark(&self, frame: &Frame) -> Cow<'static, str> {
        match self.answer.as_ref().and_then(|answer| Some((answer.points?, answer.of_points))) {
            Some((got, of)) => points_of(frame, got, of),
            None => frame.t("attempt-not-graded"),
        }
    }

    /// What was written, with the words that earned something marked.
    fn pieces(&self) -> Vec<(&str, bool)> {
        let text = self.said();
        let mut spans: Vec<(usize, usize)> = self
            .parts()
            .iter()
            .filter(|part| part.earned > 0)
            .flat_map(|part| part.words.iter().map(|span| (span.start, span.end)))
            .filter(|(start, end)| text.get(*start..*end).is_some_and(|words| !words.is_empty()))
            .collect();
        spans.sort_unstable();
        let (mut pieces, mut place) = (Vec::new(), 0);
        for (start, end) in spans {
            let start = start.max(place);
            if end <= start {
                continue;
            }
            pieces.push((&text[place..start], false));
            pieces.push((&text[start..end], true));
            place = end;
        }
        pieces.push((&text[place..], false));
        pieces.retain(|(piece, _)| !piece.is_empty());
        pieces
    }

    fn parts(&self) -> &[GradedPoint] {
        let grading = self.answer.as_ref().and_then(|answer| answer.grading.as_ref());
        grading.map_or(&[], |grading| &grading.parts)
    }

    /// The points of a typed answer; of a choice there is nothing to tell point by point.
    fn told_parts(&self) -> &[GradedPoint] {
        if self.view.is_choice() { &[] } else { self.parts() }
    }

    fn part_mark(&self, part: &GradedPoint, frame: &Frame) -> String {
        let mark = points_of(frame, part.earned, part.of);
        match part.why.as_deref().and_then(why_key) {
            Some(key) => format!("{mark} · {}", frame.t(key)),
            None => mark.into_owned(),
        }
    }

    /// Whether it can still be said "I was right".
    fn may_appeal(&self) -> bool {
        let open =
            |answer: &Answered| answer.graded_at.is_some() && !answer.full() && answer.appeal.is_none();
        self.answered() && self.answer.as_ref().is_some_and(open)
    }

    /// What became of an appeal.
    fn appealed(&self, frame: &Frame) -> Option<Cow<'static, str>> {
        let appeal = self.answer.as_ref()?.appeal.as_ref()?;
        Some(frame.t(match appeal.outcome {
            None => "attempt-appeal-waits",
            Some(AppealOutcome::Granted) => "attempt-appeal-granted",
            Some(AppealOutcome::Refused) => "attempt-appeal-refused",
        }))
    }
}

/// The options as they are sent: those shown may be in another language.
fn values(question: &Question) -> Vec<String> {
    match question.kind {
        QuestionKind::TrueFalse => ["True", "False"].map(str::to_owned).into(),
        _ => question.options.clone(),
    }
}

/// The message key of a grader's reason.
fn why_key(word: &str) -> Option<&'static str> {
    Some(match word {
        "missing" => "why-missing",
        "number" => "why-number",
        "unit" => "why-unit",
        "negation" => "why-negation",
        "other_term" => "why-other-term",
        "guesses" => "why-guesses",
        "contradiction" => "why-contradiction",
        _ => return None,
    })
}

/// Hundredths of a point, as people say them.
fn hundredths(frame: &Frame, points: u32) -> String {
    let digits = if points.is_multiple_of(100) { 0 } else { 2 };
    crate::figure::decimal(frame.locale, f64::from(points) / 100.0, digits)
}

fn points_of(frame: &Frame, got: u32, of: u32) -> Cow<'static, str> {
    let (got, of) = (hundredths(frame, got), hundredths(frame, of));
    frame.locale.with("attempt-points", &[("got", got.into()), ("of", of.into())]).into_owned().into()
}

/// An attempt as the page of its paper lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its id.
    pub id: AttemptId,
    /// When it began.
    pub started_at: Timestamp,
    /// What it earned, in hundredths; `None` while it is open.
    pub points: Option<u32>,
    /// What could be earned.
    pub of_points: u32,
    /// Questions that are not graded.
    pub not_graded: u32,
}

impl Taken {
    pub(crate) fn line(&self, frame: &Frame) -> String {
        let ago = frame.ago(self.started_at);
        let mark = match self.points {
            None => frame.t("attempt-open"),
            Some(points) => points_of(frame, points, self.of_points),
        };
        match self.not_graded {
            0 => format!("{mark} · {ago}"),
            count => format!("{mark} · {} · {ago}", frame.locale.n("attempt-not-graded-count", count)),
        }
    }

    /// Whether one of these is open.
    pub(crate) fn is_open(all: &[Taken]) -> bool {
        all.iter().any(|one| one.points.is_none())
    }
}

/// The name of an attempt's paper.
fn name(frame: &Frame, attempt: &Attempt) -> String {
    let kind: TaskKind = attempt.paper.task();
    match attempt.title.trim() {
        "" => frame.kind_name(kind).into_owned(),
        title => title.to_owned(),
    }
}

/// The address of the paper.
fn paper_href(attempt: &Attempt) -> String {
    let place = match attempt.paper {
        Paper::Quiz => "quizzes",
        Paper::Exam => "exams",
    };
    format!("/{place}/{}", attempt.material_id)
}
