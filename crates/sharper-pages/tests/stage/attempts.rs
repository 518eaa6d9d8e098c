//! Attempts in every state: open, one at a time and all, checked, over, printed.

use sharper_domain::{
    Answered, Appeal, AppealOutcome, Attempt, EndedBy, GradedBy, GradedPoint, Grading, Paper, QuestionKind,
    Span, TaskKind,
};
use sharper_pages::admin::AppealView;
use sharper_pages::attempt::{Notice, PrintPage, ResultPage, SheetPage, Taken};
use sharper_pages::{Locale, SectionView, Template};

use super::{EVIL, ID, frame, heading, moment, question, views};

const WHEN: &str = "2026-11-23T11:00:00Z";

fn attempt(paper: Paper, over: bool) -> Attempt {
    let asked = QuestionKind::ALL.map(|kind| {
        let number = kind as u32;
        let id = format!("01890a5d-ac96-774b-bcce-b30209{number:06}").parse().expect("an id");
        sharper_domain::Question { id, section: Some(EVIL.into()), ..question(kind) }
    });
    Attempt {
        id: ID.parse().expect("an id"),
        user_id: "ana".parse().expect("a name"),
        paper,
        material_id: ID.parse().expect("an id"),
        title: EVIL.into(),
        asked: asked.into(),
        retake_of: None,
        started_at: moment(WHEN),
        deadline_at: (paper == Paper::Exam).then(|| moment("2026-11-23T12:30:00Z")),
        finished_at: over.then(|| moment(WHEN)),
        ended_by: over.then_some(EndedBy::Clock),
        points: None,
        of_points: 800,
    }
}

/// One is worth all, one a part, one nothing and one is not graded.
fn answers(of: &Attempt, graded: bool) -> Vec<Answered> {
    let earned = [Some(200), Some(0), Some(150), None];
    let one = |(place, question): (usize, &sharper_domain::Question)| {
        let why = (place == 2).then(|| ["number", "other_term"][place % 2].to_owned());
        let part = |points| GradedPoint {
            point: EVIL.into(),
            quote: EVIL.into(),
            of: 200,
            earned: points,
            words: vec![Span { start: 0, end: 9 }, Span { start: 4, end: 12 }, Span { start: 900, end: 901 }],
            why: why.clone(),
        };
        let grade = |points| Grading { points, of: 200, parts: vec![part(points)], by: GradedBy::Rules };
        let points = earned[place].filter(|_| graded);
        let outcome = [None, None, Some(AppealOutcome::Granted), Some(AppealOutcome::Refused)][place];
        let appeal = Appeal { text: EVIL.into(), at: moment(WHEN), outcome, answered_at: None };
        Answered {
            question_id: question.id,
            answer: EVIL.into(),
            flagged: place == 2,
            revision: 1,
            saved_at: moment(WHEN),
            points,
            of_points: 200,
            grading: points.map(grade),
            graded_at: graded.then(|| moment(WHEN)),
            appeal: (graded && place > 1).then_some(appeal),
        }
    };
    of.asked.iter().enumerate().map(one).collect()
}

fn sheet(locale: Locale, paper: Paper, at: Option<usize>, graded: bool, said: Option<Notice>) -> String {
    let attempt = attempt(paper, false);
    let answers = answers(&attempt, graded);
    let left = attempt.deadline_at.map(|_| 1_800.5);
    SheetPage::new(frame(locale), attempt, &answers, at, left, said).render().expect("renders")
}

pub(crate) fn result(locale: Locale) -> String {
    let attempt = attempt(Paper::Exam, true);
    let answers = answers(&attempt, true);
    ResultPage::new(frame(locale), attempt, &answers).render().expect("renders")
}

fn print(locale: Locale) -> String {
    let section =
        SectionView { name: EVIL.into(), minutes: 20, questions: views(locale, &QuestionKind::ALL) };
    PrintPage {
        frame: frame(locale),
        heading: heading(),
        kind: TaskKind::ExamGeneration,
        minutes: 30,
        sections: vec![section],
        paper: format!("/exams/{ID}"),
    }
    .render()
    .expect("renders")
}

pub(crate) fn pages(locale: Locale) -> Vec<String> {
    vec![
        sheet(locale, Paper::Quiz, Some(1), false, None),
        sheet(locale, Paper::Quiz, Some(3), true, Some(Notice::Saved)),
        sheet(locale, Paper::Exam, None, false, Some(Notice::Newer)),
        sheet(locale, Paper::Exam, Some(99), false, None),
        result(locale),
        print(locale),
    ]
}

pub(crate) fn taken() -> Vec<Taken> {
    let id = ID.parse().expect("an id");
    let one = |points, not_graded| Taken { id, started_at: moment(WHEN), points, of_points: 800, not_graded };
    vec![one(None, 0), one(Some(350), 1)]
}

pub(crate) fn appeal() -> AppealView {
    let evil = || EVIL.to_owned();
    AppealView {
        user: "ana".into(),
        attempt: ID.into(),
        question_id: ID.into(),
        question: evil(),
        key: evil(),
        quote: evil(),
        answer: evil(),
        text: evil(),
    }
}
