//! Tables of what is filled in, and of what is asked.

use sharper_domain::{NoteId, Preferences, QuestionKind, Timestamp};

use super::*;
use crate::context::profile::Learned;

const SUBJECTS: [(&str, &str); 3] = [
    (
        "Osmosis",
        "Osmosis is the diffusion of water across a membrane. Water moves through the membrane by osmosis. ",
    ),
    (
        "Inflation",
        "Inflation raises the price of goods. Money buys fewer goods when inflation raises the price. ",
    ),
    (
        "Baroque",
        "The baroque fugue has voices. A fugue by Bach lets the voices enter in turn in baroque style. ",
    ),
];

/// So many notes, on the three subjects in turn.
fn notes(count: usize) -> Vec<NoteText> {
    let note = |n: usize| {
        let (title, text) = SUBJECTS[n % SUBJECTS.len()];
        let content = text.repeat(9);
        NoteText {
            id: NoteId::new(Timestamp::UNIX_EPOCH),
            title: format!("{title} {n}"),
            version: 1,
            content,
        }
    };
    (0..count).map(note).collect()
}

struct Case {
    request: Request,
    texts: Vec<NoteText>,
    profile: Profile,
    progress: Progress,
    sources_given: bool,
}

/// A message in a chat that was understood as a wish for this kind, with two notes there.
fn case(kind: &str, message: &str) -> Case {
    let body = json!({"type": kind, "message": message});
    Case {
        request: Request::parse(&body).unwrap(),
        texts: notes(2),
        profile: Profile::default(),
        progress: Progress::default(),
        sources_given: false,
    }
}

impl Case {
    fn infer(&self, kind: TaskKind) -> Decision {
        infer(&Situation {
            request: &self.request,
            kind,
            sources_given: self.sources_given,
            texts: &self.texts,
            profile: &self.profile,
            progress: &self.progress,
        })
    }

    #[track_caller]
    fn check(&self, kind: TaskKind, expected: &[(&str, Value, &str)]) {
        let decision = self.infer(kind);
        let told: Vec<_> = decision
            .inferred
            .iter()
            .filter(|one| one.field != "language")
            .map(|one| (one.field.as_str(), one.value.clone(), one.from.as_str()))
            .collect();
        assert_eq!(told, expected, "{}", self.request.message);
        assert!(decision.inferred.iter().all(|one| one.confidence >= SURE && one.confidence <= 1.0));
    }
}

const CARDS: TaskKind = TaskKind::FlashcardGeneration;

#[test]
fn what_the_message_says_is_taken() {
    let check = |message: &str, count: u32| {
        case("flashcard_generation", message).check(CARDS, &[("count", json!(count), "message")]);
    };
    check("Make me twenty flashcards", 20);
    check("a few cards please", 5);
    check("15 quick cards", 15);
    check("Mach mir zwölf Karteikarten", 12);
    check("hazme 7 tarjetas", 7);
    check("fais-moi une douzaine de fiches", 12);
    check("帮我做十张卡片", 10);
    check("做 25 张卡片", 25);
    let none = |message: &str| case("flashcard_generation", message).check(CARDS, &[]);
    none("Make flashcards of chapter 3 cards");
    none("Flashcards in 5 minutes");
    none("Cards from 1066");
    none("");
    let hard = case("quiz_generation", "a hard quiz with 8 questions");
    hard.check(
        TaskKind::QuizGeneration,
        &[("count", json!(8), "message"), ("difficulty", json!("hard"), "message")],
    );
    case("exam_generation", "un examen fácil")
        .check(TaskKind::ExamGeneration, &[("difficulty", json!("easy"), "message")]);
    case("exam_generation", "neither easy nor hard").check(TaskKind::ExamGeneration, &[]);
}

#[test]
fn what_the_request_names_stays_as_it_is() {
    let mut case = case("flashcard_generation", "twenty hard cards");
    case.request.given.count = true;
    case.request.given.difficulty = true;
    case.profile.effective = Preferences { count: Some(3), ..Preferences::default() };
    case.check(CARDS, &[]);
    assert_eq!(case.infer(CARDS).request, case.request);
}

#[test]
fn a_client_that_names_a_kind_and_no_number_gets_the_contracts_ten() {
    let mut case = case("flashcard_generation", "cards on osmosis");
    case.texts = notes(40);
    let decision = case.infer(CARDS);
    assert_eq!((decision.unclear, decision.only, decision.request.flashcards.count), (None, None, 10));
    assert_eq!(decision.request.flashcards.topic, None);
}

#[test]
fn settings_and_feedback_and_progress_come_after_the_message() {
    let mut chosen = case("flashcard_generation", "cards");
    chosen.profile.chosen = Preferences {
        count: Some(30),
        difficulty: Some(DifficultyChoice::Easy),
        daily_cards: Some(12),
        ..Preferences::default()
    };
    chosen.profile.effective = chosen.profile.chosen.clone();
    chosen.check(CARDS, &[("count", json!(12), "settings"), ("difficulty", json!("easy"), "settings")]);
    chosen.request.message = "40 cards".into();
    chosen.check(CARDS, &[("count", json!(40), "message"), ("difficulty", json!("easy"), "settings")]);

    let mut learned = case("quiz_generation", "quiz");
    learned.profile.learned.difficulty =
        Some(Learned { value: DifficultyChoice::Hard, confidence: 0.7, observations: 4 });
    learned.profile.effective = Preferences {
        difficulty: Some(DifficultyChoice::Hard),
        question_types: Some(vec![QuestionKind::TrueFalse]),
        ..Preferences::default()
    };
    learned.check(
        TaskKind::QuizGeneration,
        &[("difficulty", json!("hard"), "feedback"), ("question_types", json!(["true_false"]), "feedback")],
    );

    let progress = |share: f64, reviews: u64, expected: &[(&str, Value, &str)]| {
        let mut case = case("flashcard_generation", "cards");
        case.progress = Progress { accuracy: Some(share), reviews_total: reviews, ..Progress::default() };
        case.check(CARDS, expected);
    };
    progress(0.95, 40, &[("difficulty", json!("hard"), "progress")]);
    progress(0.5, 40, &[("difficulty", json!("easy"), "progress")]);
    progress(0.8, 40, &[]);
    progress(1.0, 5, &[]);
}

#[test]
fn a_summary_is_as_long_as_the_student_likes_it() {
    let summary = |preferences: Preferences, expected: &[(&str, Value, &str)]| {
        let mut case = case("summary_generation", "summary");
        case.profile.chosen = preferences.clone();
        case.profile.effective = preferences;
        case.check(TaskKind::SummaryGeneration, expected);
    };
    let none = Preferences::default();
    let detail = |detail| Preferences { detail: Some(detail), ..none.clone() };
    summary(none.clone(), &[]);
    summary(detail(Detail::Thorough), &[("length", json!("long"), "settings")]);
    summary(detail(Detail::Normal), &[]);
    let chosen = Preferences { summary_length: Some(SummaryLength::Medium), ..detail(Detail::Brief) };
    summary(chosen, &[("length", json!("medium"), "settings")]);
}

#[test]
fn a_topic_counts_where_the_notes_hold_it() {
    let check = |message: &str, topic: Option<&str>| {
        let mut case = case("chat", message);
        case.texts = notes(6);
        let decision = case.infer(CARDS);
        assert_eq!(decision.request.flashcards.topic.as_deref(), topic, "{message}");
        assert_eq!(decision.only.map(|only| only.len()), topic.map(|_| 2), "{message}");
    };
    check("Make flashcards about osmosis please", Some("osmosis"));
    check("quiz me on Inflation, I have a test on Friday", Some("Inflation"));
    check("Karteikarten über Osmosis für die Prüfung", Some("Osmosis"));
    check("fais des fiches sur osmosis pour demain", Some("osmosis"));
    check("Make flashcards about dragons", None);
    check("Make flashcards about my notes", None);
    check("Make flashcards from the lecture on Monday", None);
}

#[test]
fn many_unlike_notes_and_no_topic_are_a_reason_to_ask() {
    let mut case = case("chat", "Make me something from my notes");
    case.texts = notes(40);
    let decision = case.infer(CARDS);
    assert_eq!(decision.inferred, []);
    let unclear = decision.unclear.expect("it must ask");
    let labels: Vec<_> = unclear.options.iter().map(|one| (one.label.as_str(), one.notes)).collect();
    assert_eq!(labels, [("Osmosis 0", 14), ("Inflation 1", 13), ("Baroque 2", 13), ("", 40)]);
    for option in unclear.options {
        // What is chosen is a whole request, of which nothing is left to ask.
        let request = Request::parse(&option.request).unwrap();
        assert_eq!((request.kind, request.explicit_note_ids.len()), (CARDS, option.notes as usize));
        assert_eq!(request.message, "Make me something from my notes");
    }
}

#[test]
fn nobody_is_asked_who_said_enough() {
    let quiet = |case: &Case| assert_eq!(case.infer(CARDS).unclear, None);
    let many = |kind: &str, message: &str| Case { texts: notes(40), ..case(kind, message) };
    quiet(&many("flashcard_generation", "Make me something from my notes"));
    quiet(&many("chat", "Make me something about osmosis"));
    quiet(&Case { sources_given: true, ..many("chat", "Make me something from my notes") });
    quiet(&Case { texts: notes(8), ..case("chat", "Make me something from my notes") });
    let mut alike = many("chat", "Make me something from my notes");
    alike.texts.retain(|note| !note.title.starts_with("Inflation"));
    alike.texts.truncate(21);
    quiet(&alike);
    let mut topic = many("chat", "Make me something from my notes");
    topic.request.given.topic = true;
    quiet(&topic);
    assert_eq!(many("chat", "Make me something").infer(TaskKind::Chat).unclear, None);
}

#[test]
fn the_length_of_the_notes_decides_only_for_a_vague_wish() {
    let wish = case("chat", "make flashcards from my notes");
    let decision = wish.infer(CARDS);
    let count = decision.inferred.iter().find(|one| one.field == "count").expect("it is filled in");
    assert_eq!(
        (count.from.as_str(), count.value.clone()),
        ("notes", json!(decision.request.flashcards.count))
    );
    assert!((LEAST..=MOST).contains(&decision.request.flashcards.count));
}

#[test]
fn the_language_is_that_of_the_notes() {
    let told = |case: &Case| {
        let inferred = case.infer(CARDS).inferred;
        inferred.into_iter().find(|one| one.field == "language").map(|one| (one.value, one.from))
    };
    let mut wish = case("flashcard_generation", "cards");
    assert_eq!(told(&wish), Some((json!("en"), "notes".into())));
    wish.texts[0].content =
        "Die Osmose ist die Bewegung von Wasser durch eine Membran und das ist wichtig. ".repeat(5);
    assert_eq!(told(&wish), None);
    wish.profile.chosen.language = Some("de-AT".parse().unwrap());
    assert_eq!(told(&wish), Some((json!("de"), "settings".into())));
    wish.profile.chosen.language = Some("fr".parse().unwrap());
    assert_eq!(told(&wish), None);
}
