//! Made-up quizzes, exams, summaries, analyses, plans and conversations for the preview.

use serde_json::{Value, json};
use sharper_domain::{Finding, KeyTerm, MainPoint, PlanDay, Question, QuestionKind, Statement, StudyTopic};
use sharper_pages::{
    AnalysisPage, Conversation, ExamPage, Frame, Heading, PlanPage, QuestionView, QuizPage, Reply,
    SectionView, SummaryPage, Turn, TutorPage, summary,
};

use crate::{SET, TITLE};

const QUOTE: &str = "The light-dependent reactions take place in the thylakoid membranes of the chloroplast, where light \
                     splits water and releases oxygen.";

fn heading() -> Heading {
    let created_at = "2026-11-23T16:30:00Z".parse().expect("a moment");
    Heading { title: TITLE.into(), created_at, model_used: "offline".into() }
}

fn source() -> Value {
    json!({"note_id": SET, "note_version": 1, "start": 0, "end": QUOTE.len(), "quote": QUOTE})
}

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("the data of the preview is sound")
}

fn question(kind: QuestionKind) -> Question {
    let (stem, options, answer) = match kind {
        QuestionKind::MultipleChoice => (
            "Where in the chloroplast do the light-dependent reactions take place?",
            json!([
                "In the stroma",
                "In the thylakoid membranes",
                "In the outer membrane",
                "In the mitochondria"
            ]),
            json!("In the thylakoid membranes"),
        ),
        QuestionKind::TrueFalse => {
            ("Light splits water and releases carbon dioxide.", json!(["True", "False"]), json!(false))
        }
        QuestionKind::ShortAnswer => {
            ("Which gas is released when water is split?", json!([]), json!("oxygen"))
        }
        QuestionKind::Essay => (
            "Explain how the light reactions and the Calvin cycle depend on one another.",
            json!([]),
            json!(
                "The light reactions make ATP and NADPH; the Calvin cycle spends them and hands back ADP and NADP+."
            ),
        ),
    };
    let rubric = match kind {
        QuestionKind::Essay => json!([
            {"criterion": "Names ATP and NADPH as products of the light reactions", "points": 4, "quote": QUOTE},
            {"criterion": "Says that the Calvin cycle hands back ADP and NADP+", "points": 4, "quote": QUOTE}]),
        _ => json!([]),
    };
    read(json!({"id": SET, "type": kind, "question": stem, "options": options, "correct_answer": answer,
        "acceptable_answers": if kind == QuestionKind::ShortAnswer { json!(["O2", "dioxygen"]) } else { json!([]) },
        "explanation": "The membranes hold the chlorophyll that catches the light.", "points": 2, "rubric": rubric,
        "topic": "Light reactions", "difficulty": "medium", "source": source(), "author": "offline",
        "verdict": {"scores": {"safety": 1.0, "quality": 0.9, "accuracy": 0.9}, "faults": []}}))
}

fn questions(frame: &Frame, first: u32, kinds: &[QuestionKind]) -> Vec<QuestionView> {
    (first..)
        .zip(kinds)
        .map(|(number, kind)| QuestionView::of(number, &question(*kind), frame.locale))
        .collect()
}

pub(crate) fn quiz(frame: Frame) -> QuizPage {
    let questions = questions(&frame, 1, &QuestionKind::QUIZ);
    let id = read(json!(SET));
    QuizPage { frame, heading: heading(), id, taken: vec![], questions, minutes: 6 }
}

pub(crate) fn exam(frame: Frame) -> ExamPage {
    let [choice, truth, short, essay] = QuestionKind::ALL;
    let section = |name: &str, minutes, first, kinds: &[QuestionKind]| SectionView {
        name: name.into(),
        minutes,
        questions: questions(&frame, first, kinds),
    };
    let sections =
        vec![section("Choice", 20, 1, &[choice, truth, choice]), section("Words", 40, 4, &[short, essay])];
    ExamPage {
        frame,
        heading: heading(),
        id: read(json!(SET)),
        taken: vec![],
        duration_minutes: 60,
        sections,
    }
}

pub(crate) fn summary(frame: Frame, style: &str) -> SummaryPage {
    let point = |importance: &str, heading: &str, details: &str| -> MainPoint {
        read(json!({"point": "Photosynthesis turns light energy into chemical energy stored in glucose.",
            "details": details, "importance": importance, "heading": heading, "sources": [source()]}))
    };
    let points = vec![
        point("high", "Overview", ""),
        point("medium", "Light reactions", "They take place in the thylakoid membranes and release oxygen."),
        point("low", "Light reactions", ""),
    ];
    let term = |term: &str| -> KeyTerm {
        read(
            json!({"term": term, "definition": "the pigment that absorbs red and blue light", "source": source()}),
        )
    };
    let style = style.parse().unwrap_or_else(|()| summary::style_of(&points));
    let terms = vec![term("chlorophyll"), term("ribulose-1,5-bisphosphate carboxylase")];
    SummaryPage {
        frame,
        id: read(json!(SET)),
        heading: heading(),
        style,
        points,
        terms,
        words: 84,
        minutes: 1,
    }
}

pub(crate) fn analysis(frame: Frame) -> AnalysisPage {
    let finding = |kind: &str, point: &str, sources: Value| -> Finding {
        read(json!({"kind": kind, "point": point, "details": "Write a sentence that says what it is.",
            "topic": "Light reactions", "sources": sources}))
    };
    let findings = vec![
        finding("strength", "The stages and their places are told in order.", json!([source()])),
        finding("gap", "NADPH is used four times and never explained.", json!([source()])),
        finding(
            "contradiction",
            "One passage says six turns, another says three.",
            json!([source(), source()]),
        ),
        finding("unclear", "“It” has nothing to refer to.", json!([source()])),
        finding("next_step", "Practise the Calvin cycle: most terms, fewest words.", json!([])),
    ];
    AnalysisPage { frame, heading: heading(), findings }
}

pub(crate) fn plan(frame: Frame) -> PlanPage {
    let day = |day: u32| -> PlanDay {
        read(json!({"day": day, "date": format!("2026-11-{}", 23 + day), "minutes": 45, "sessions": [
            {"topic": "Light reactions", "activity": "learn", "minutes": 30, "task": "Read it and make ten cards."},
            {"topic": "Pigments", "activity": "review", "minutes": 15, "task": "Go through the cards of day 1."}]}))
    };
    let topic: StudyTopic =
        read(json!({"topic": "Light reactions", "why": "A third of your notes is about it.",
        "weight": 0.34, "words": 620, "mastery": 0.4, "source": source()}));
    let id = "01890a5d-ac96-774b-bcce-b302099a8057".parse().expect("an id");
    PlanPage {
        frame,
        id,
        heading: heading(),
        topics: vec![topic],
        days: (1..=3).map(day).collect(),
        done: vec![1],
    }
}

pub(crate) fn tutor(frame: Frame) -> TutorPage {
    let statement = |text: &str, start: u32| -> Statement {
        let mut source = source();
        source["start"] = json!(start);
        read(json!({"text": text, "sources": [source]}))
    };
    let reply = Reply::of(
        "Where do the light reactions take place?",
        &[
            statement("The light-dependent reactions take place in the thylakoid membranes.", 0),
            statement("There light splits water, and oxygen is released.", 9),
        ],
        |_| TITLE.into(),
    );
    let conversation = |title: &str| Conversation {
        session: "talk".parse().expect("an id"),
        title: title.into(),
        when: "2026-11-22T16:30:00Z".parse().expect("a moment"),
    };
    TutorPage {
        frame,
        session: Some("talk".parse().expect("an id")),
        turns: vec![
            Turn::Student("Where do the light reactions take place?".into()),
            Turn::Tutor(reply),
            Turn::Student("Who won the World Cup in 1998?".into()),
            Turn::Tutor(Reply::default()),
        ],
        pending: None,
        others: vec![conversation("What is a price floor?"), conversation("How do vaccines work?")],
        search: String::new(),
        about: Some(("Where do the light reactions take place?".into(), false)),
        refused: None,
    }
}
