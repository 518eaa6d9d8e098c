//! Typed answers against what a teacher gave: `grading.tsv`, a line each.

use sharper_domain::{CorrectAnswer, GradedBy, Question, QuestionKind};
use sharper_study::grade;

mod asked;

#[test]
fn typed_answers_earn_what_a_teacher_gave() {
    let lines = include_str!("grading.tsv").lines().filter(|line| !line.starts_with('#'));
    let (mut all, mut wrong) = (0, Vec::new());
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let [stem, key, forms, quote, answer, share, why] = cells[..] else { panic!("seven cells: {line}") };
        let question = asked::short(stem, key, forms, quote);
        let grading = grade::answer(&question, answer).expect("a short answer is graded");
        assert_eq!(grading.by, GradedBy::Rules);
        for span in grading.parts.iter().flat_map(|part| &part.words) {
            assert!(span.of(answer).is_some_and(|words| !words.is_empty()), "{answer}: {span:?}");
        }
        assert!(grading.points == 0 || grading.parts.iter().any(|part| !part.words.is_empty()), "{answer}");
        let found = grading.parts.iter().find_map(|part| part.why.clone()).unwrap_or_default();
        all += 1;
        if grading.points != share.parse::<u32>().expect("a share") || !why.is_empty() && found != why {
            wrong.push(format!("{stem} «{key}» ← «{answer}»: {} {found}, not {share} {why}", grading.points));
        }
    }
    assert!(all >= 90, "{all}");
    assert!(wrong.is_empty(), "{} of {all}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn an_essay_is_not_graded_without_a_reader_and_an_empty_one_earns_nothing() {
    let mut essay = asked::short("Explain osmosis.", "Water moves.", "", "Osmosis moves water.");
    essay.kind = QuestionKind::Essay;
    assert_eq!(grade::answer(&essay, "Water moves across the membrane."), None);
    let empty = grade::answer(&essay, " \n… ").expect("nothing was written");
    assert_eq!((empty.points, empty.of), (0, 100));
}

#[test]
fn a_choice_is_held_against_the_key() {
    let mut choice = asked::short("Which?", "Water", "", "Osmosis moves water.");
    choice.kind = QuestionKind::MultipleChoice;
    choice.options = vec!["Water".into(), "Salt".into()];
    assert_eq!(grade::answer(&choice, "Water ").map(|one| (one.points, one.by)), Some((100, GradedBy::Key)));
    assert_eq!(grade::answer(&choice, "Salt").map(|one| one.points), Some(0));
    let mut truth: Question = choice;
    (truth.kind, truth.correct_answer) = (QuestionKind::TrueFalse, CorrectAnswer::Truth(false));
    assert_eq!(grade::answer(&truth, "false").map(|one| one.points), Some(100));
    assert_eq!(grade::answer(&truth, "true").map(|one| one.points), Some(0));
}
