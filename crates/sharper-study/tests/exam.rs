//! The exam: to its blueprint, with a rubric that adds up, and no question that gives away another.

use sharper_domain::{
    CorrectAnswer, ExamOptions, QuestionDraft, QuestionKind, SectionSpec, exam::minutes_of,
};
use sharper_study::compose::exam;
use sharper_study::read::Document;
use sharper_study::text::{Language, content, key};

const SAMPLES: [&str; 3] = [
    include_str!("../../../samples/common-sense.md"),
    include_str!("../../../samples/immune-disruptions.md"),
    include_str!("../../../samples/measuring-money.md"),
];

fn canonical(text: &str) -> String {
    format!(" {} ", key(&text.replace(['(', ')'], " "), Language::English))
}

/// The questions of an exam from which every `turned_away`th draft is turned away, after checking what holds of every
/// exam.
fn check(notes: &str, options: &ExamOptions, turned_away: usize) -> Vec<QuestionDraft> {
    let docs = [Document::parse(notes)];
    let mut exam = exam(&docs, options);
    let mut questions: Vec<QuestionDraft> = Vec::new();
    let mut proposed = 0;
    while let Some(draft) = exam.propose() {
        proposed += 1;
        if turned_away > 0 && proposed % turned_away == 0 {
            exam.rejected();
        } else {
            exam.accepted();
            questions.push(draft);
        }
    }
    for question in &questions {
        assert!(question.span.of(notes).is_some_and(|quote| !quote.is_empty()), "{question:?}");
        assert!(question.points > 0 && question.section.is_some(), "{question:?}");
        if question.kind == QuestionKind::Essay {
            assert!((3..=5).contains(&question.rubric.len()), "{question:?}");
            assert_eq!(question.points, question.rubric.iter().map(|one| one.points).sum::<u32>());
            let quote = question.span.of(notes).unwrap_or_default();
            assert!(question.rubric.iter().all(|one| !one.quote.is_empty() && quote.contains(&one.quote)));
        } else {
            assert!(question.rubric.is_empty());
        }
    }
    for (i, one) in questions.iter().enumerate() {
        for (j, other) in questions.iter().enumerate().filter(|(j, _)| *j != i) {
            let CorrectAnswer::Text(key) = &other.correct_answer else { continue };
            let choice = one.kind == QuestionKind::MultipleChoice;
            let said = std::iter::once(&one.question).chain(one.options.iter().filter(|_| choice));
            for said in said.filter(|_| other.kind != QuestionKind::Essay) {
                let asked: Vec<String> = content(&other.question, Language::English);
                let tells: Vec<String> = content(said, Language::English);
                let told = asked.iter().filter(|stem| tells.contains(stem)).count();
                let gives = canonical(said).contains(&canonical(key)) && told * 4 >= asked.len() * 3;
                assert!(!gives, "{i} gives away {j}: {said} / {key}");
            }
        }
    }
    questions
}

#[test]
fn an_exam_on_a_textbook_section_has_its_sections_and_gives_nothing_away() {
    let mut with_choices = 0;
    for notes in SAMPLES {
        for minutes in [5, 30, 60, 120] {
            let options = ExamOptions { duration_minutes: minutes, ..ExamOptions::default() };
            let questions = check(notes, &options, 0);
            let taken: f64 = questions.iter().map(|question| minutes_of(question.kind)).sum();
            assert!(!questions.is_empty() && taken <= f64::from(minutes) + 3.0, "{minutes}: {taken}");
            let order: Vec<_> = questions.iter().map(|question| question.kind).collect();
            assert!(order.is_sorted(), "{order:?}");
        }
        let kinds: Vec<_> = check(notes, &ExamOptions::default(), 0).iter().map(|one| one.kind).collect();
        assert!(kinds.contains(&QuestionKind::Essay) && kinds.contains(&QuestionKind::ShortAnswer));
        with_choices += usize::from(kinds.contains(&QuestionKind::MultipleChoice));
    }
    // Not all notes have three terms of one kind to choose among.
    assert!(with_choices >= 2, "{with_choices}");
}

#[test]
fn a_draft_that_is_turned_away_is_followed_by_one_of_the_same_section_and_kind() {
    let docs = [Document::parse(SAMPLES[1])];
    let mut exam = exam(&docs, &ExamOptions::default());
    let first = exam.propose().expect("a question");
    exam.rejected();
    let second = exam.propose().expect("another");
    assert_eq!((&first.section, first.kind), (&second.section, second.kind));
    assert_ne!(first.question, second.question);
    exam.accepted();
    assert_eq!(exam.sections()[0].accepted, 1);
    check(SAMPLES[1], &ExamOptions::default(), 2);
}

#[test]
fn an_essay_names_what_it_asks_for_and_quotes_what_it_is_marked_by() {
    let questions = check(SAMPLES[1], &ExamOptions::default(), 0);
    let essay = questions.iter().find(|one| one.kind == QuestionKind::Essay).expect("an essay");
    assert!(essay.question.starts_with("Explain “"), "{}", essay.question);
    assert!(essay.correct_answer.as_str().split(". ").count() >= 3);
}

#[test]
fn sections_that_are_asked_for_keep_their_name_kind_count_and_topic() {
    let section = |name: &str, kinds: &[QuestionKind], count| SectionSpec {
        name: name.to_owned(),
        question_types: kinds.to_vec(),
        question_count: Some(count),
    };
    let options = ExamOptions {
        sections: vec![
            section("Allergies", &[QuestionKind::MultipleChoice, QuestionKind::ShortAnswer], 3),
            section("Part B", &[QuestionKind::Essay], 1),
        ],
        ..ExamOptions::default()
    };
    let questions = check(SAMPLES[1], &options, 0);
    let names: Vec<_> = questions.iter().filter_map(|one| one.section.as_deref()).collect();
    assert!(names.starts_with(&["Allergies"]) && names.ends_with(&["Part B"]), "{names:?}");
    assert!(questions.len() <= 4);
    for question in questions.iter().filter(|one| one.section.as_deref() == Some("Allergies")) {
        let text =
            format!("{} {} {:?}", question.topic, question.question, question.correct_answer).to_lowercase();
        assert!(text.contains("allerg"), "{question:?}");
    }
}

#[test]
fn the_same_notes_give_the_same_exam() {
    let options = ExamOptions::default();
    assert_eq!(check(SAMPLES[0], &options, 0), check(SAMPLES[0], &options, 0));
}

#[test]
fn any_text_gives_an_exam_or_none() {
    for notes in ["", "word", "\u{0}\u{7}", "细胞是生命的基本单位。", "الخلية هي وحدة الحياة.", "# A\n# B\n"]
    {
        check(notes, &ExamOptions::default(), 0);
    }
}
