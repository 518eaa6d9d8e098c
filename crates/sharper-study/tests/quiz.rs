//! The offline quiz author: what every question must be, case by case and for any notes.

use proptest::prelude::*;
use sharper_domain::{CorrectAnswer, Difficulty, QuestionDraft, QuestionKind, QuizOptions};
use sharper_study::compose::{distractors, quiz};
use sharper_study::judge::options;
use sharper_study::read::Document;
use sharper_study::text::{Language, key};

const NOTES: &str = "# Cells and transport

Diffusion is the movement of particles from an area of high concentration to an area of low concentration. \
Osmosis is the movement of water molecules through a membrane that lets only some of them pass. \
Active transport is the movement of substances against a gradient with energy that the cell spends. \
Endocytosis is the process by which a cell takes in large particles in a pocket of its membrane. \
Exocytosis is the process by which a cell releases the contents of a vesicle to the outside.

# Organelles

A mitochondrion is an organelle that turns the energy of food into a form that the cell can use. \
A ribosome is an organelle that joins amino acids into proteins. \
The nucleus stores the genetic information of the cell. \
A chloroplast is an organelle that captures the energy of light in plants. \
Robert Hooke described cells in 1665. The human heart has four chambers. \
The rate of diffusion increases when the temperature rises.
";

fn questions(notes: &str, kinds: &[QuestionKind], n: usize) -> Vec<QuestionDraft> {
    let docs = [Document::parse(notes)];
    let wanted = QuizOptions { question_types: kinds.to_vec(), ..QuizOptions::default() };
    quiz(&docs, &wanted).take(n).collect()
}

fn key_of(question: &QuestionDraft) -> &str {
    match &question.correct_answer {
        CorrectAnswer::Text(text) => text,
        CorrectAnswer::Truth(_) => "",
    }
}

fn check(question: &QuestionDraft, notes: &str) {
    assert!(question.span.of(notes).is_some_and(|quote| !quote.trim().is_empty()), "{question:?}");
    assert!(!question.explanation.trim().is_empty() && !question.topic.is_empty());
    assert!((1..=3).contains(&question.points));
    match question.kind {
        QuestionKind::MultipleChoice => {
            let texts: Vec<&str> = question.options.iter().map(String::as_str).collect();
            let keys: Vec<bool> = texts.iter().map(|text| *text == key_of(question)).collect();
            assert!((3..=4).contains(&texts.len()), "{texts:?}");
            assert!(options(&texts, &keys, Language::English).is_empty(), "{question:?}");
        }
        QuestionKind::TrueFalse => {
            assert_eq!(question.options, ["True", "False"]);
            let CorrectAnswer::Truth(truth) = question.correct_answer else { panic!("{question:?}") };
            assert_eq!(question.question == question.explanation, truth, "{question:?}");
            assert_eq!(question.difficulty, Difficulty::Easy);
        }
        QuestionKind::ShortAnswer => {
            assert!(question.options.is_empty());
            assert!(!question.acceptable_answers.iter().any(|other| other == key_of(question)));
        }
        QuestionKind::Essay => panic!("a quiz asks for no essay: {question:?}"),
    }
}

#[test]
fn every_question_of_real_notes_has_its_passage_and_the_right_shape() {
    let all = questions(NOTES, &QuestionKind::QUIZ, 30);
    assert!(all.len() >= 8, "{}", all.len());
    all.iter().for_each(|question| check(question, NOTES));
    for kind in QuestionKind::QUIZ {
        assert!(all.iter().any(|question| question.kind == kind), "{kind}");
    }
}

#[test]
fn only_the_kinds_asked_for_are_given() {
    for kind in QuestionKind::QUIZ {
        let some = questions(NOTES, &[kind], 10);
        assert!(!some.is_empty() && some.iter().all(|question| question.kind == kind), "{kind}");
    }
}

#[test]
fn a_definition_is_asked_among_its_sibling_terms() {
    let options = distractors(
        "Which term fits the description “the movement of water molecules through a membrane”?",
        "Osmosis",
        &Document::parse(NOTES),
        3,
    );
    assert_eq!(options.len(), 3);
    assert!(options.contains(&"Diffusion".to_owned()) && options.contains(&"Active transport".to_owned()));
}

#[test]
fn a_thing_of_which_the_notes_say_what_is_asked_is_no_wrong_option() {
    let notes = "Plants contain chloroplasts and vacuoles. Animals have vacuoles and lysosomes. \
                 Ribosomes are small. Mitochondria release energy.";
    let options = distractors("What do plants contain?", "chloroplasts", &Document::parse(notes), 5);
    assert!(!options.iter().any(|option| key(option, Language::English) == "vacuol"), "{options:?}");
    assert!(!options.is_empty());
}

#[test]
fn another_name_of_the_answer_is_no_wrong_option() {
    let notes = "The trachea, or windpipe, leads to the lungs. The larynx and the pharynx lie above it. \
                 The bronchi branch. Deoxyribonucleic acid (DNA) is long. Ribonucleic acid is short.";
    let doc = Document::parse(notes);
    assert!(!distractors("What leads to it?", "the trachea", &doc, 9).iter().any(|o| o.contains("windpipe")));
    assert!(!distractors("What is long?", "deoxyribonucleic acid", &doc, 9).contains(&"DNA".to_owned()));
}

#[test]
fn options_have_the_article_and_the_number_of_the_answer() {
    let doc = Document::parse(NOTES);
    for option in distractors("What joins amino acids?", "a ribosome", &doc, 3) {
        assert!(option.starts_with("a ") || option.starts_with("an "), "{option}");
    }
    for option in
        distractors("What do cells have?", "ribosomes", &Document::parse("Cells have ribosomes."), 3)
    {
        assert!(option.ends_with('s') || option.ends_with('i') || option.ends_with('a'), "{option}");
    }
}

#[test]
fn wrong_years_and_amounts_are_years_and_amounts() {
    let doc = Document::parse(NOTES);
    let years = distractors("When did Hooke describe cells?", "in 1665", &doc, 3);
    assert_eq!(years.len(), 3);
    assert!(years.iter().all(|year| year.starts_with("in 16") && year != "in 1665"), "{years:?}");
    let amounts = distractors("How many chambers does the heart have?", "four chambers", &doc, 3);
    assert!(amounts.len() == 3 && amounts.iter().all(|amount| amount.ends_with(" chambers")), "{amounts:?}");
}

#[test]
fn an_answer_without_rivals_gets_none() {
    let doc = Document::parse("Zymurgy matters.");
    assert!(distractors("What matters?", "zymurgy", &doc, 3).is_empty());
    assert!(distractors("Why?", "because the water that it holds is polar", &doc, 3).is_empty());
    assert!(questions("Zymurgy matters a lot.", &[QuestionKind::MultipleChoice], 5).is_empty());
}

#[test]
fn a_false_statement_differs_from_its_passage_in_one_thing() {
    let statements = questions(NOTES, &[QuestionKind::TrueFalse], 12);
    let falsehoods: Vec<&QuestionDraft> =
        statements.iter().filter(|s| s.correct_answer == CorrectAnswer::Truth(false)).collect();
    assert!(!falsehoods.is_empty());
    for statement in falsehoods {
        let (said, true_words): (Vec<&str>, Vec<&str>) =
            (statement.question.split(' ').collect(), statement.explanation.split(' ').collect());
        let tail = said.iter().rev().zip(true_words.iter().rev()).take_while(|(a, b)| a == b).count();
        let head = said.iter().zip(&true_words).take_while(|(a, b)| a == b).count();
        assert!(head + tail + 3 >= said.len(), "{statement:?}");
    }
}

#[test]
fn statements_are_as_often_true_as_false_give_or_take_one() {
    let mut balance = 0_i32;
    for statement in questions(NOTES, &[QuestionKind::TrueFalse], 20) {
        balance += if statement.correct_answer == CorrectAnswer::Truth(true) { 1 } else { -1 };
        assert!(balance.abs() <= 1);
    }
}

#[test]
fn the_same_notes_give_the_same_quiz() {
    assert_eq!(questions(NOTES, &QuestionKind::QUIZ, 20), questions(NOTES, &QuestionKind::QUIZ, 20));
}

#[test]
fn a_quiz_is_lazy_and_ends() {
    assert_eq!(questions(NOTES, &QuestionKind::QUIZ, 1).len(), 1);
    assert!(questions(NOTES, &QuestionKind::QUIZ, 1000).len() < 100);
    assert!(questions("", &QuestionKind::QUIZ, 5).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_notes_break_the_author(notes in "(#{0,2} ?[A-Za-zäé0-9 ,.:–“”()*_\n-]{0,60}(is|are|called|in 1945|, or )? ?){0,8}") {
        for question in questions(&notes, &QuestionKind::QUIZ, 10) {
            prop_assert!(question.span.of(&notes).is_some());
        }
    }

    #[test]
    fn sentences_in_any_order_give_well_shaped_questions(seed in prop::collection::vec(0usize..12, 1..14)) {
        let sentences: Vec<&str> = NOTES.split(". ").filter(|s| !s.contains('#')).collect();
        let notes = seed.iter().map(|&i| sentences[i % sentences.len()].trim().trim_end_matches('.')).collect::<Vec<_>>().join(". ") + ".";
        for question in questions(&notes, &QuestionKind::QUIZ, 20) {
            check(&question, &notes);
        }
    }

    #[test]
    fn distractors_are_distinct_and_none_is_the_answer(question in "[a-z ]{0,40}", answer in "(the |a )?[a-zA-Z0-9]{1,12}( [a-z]{1,9})?") {
        let found = distractors(&question, &answer, &Document::parse(NOTES), 6);
        let mut keys: Vec<String> = found.iter().map(|option| key(option, Language::English)).collect();
        prop_assert!(!keys.contains(&key(&answer, Language::English)));
        keys.sort();
        keys.dedup();
        prop_assert_eq!(keys.len(), found.len());
    }
}

#[test]
fn a_short_form_is_not_accepted_for_its_long_form_when_the_question_names_it() {
    let notes = "The Millennium Development Goals (MDGs) were set in 2000. The Millennium Development Goals (MDGs) \
                 asked rich countries to help poor ones.";
    for question in questions(notes, &[QuestionKind::ShortAnswer], 5) {
        let asked = question.question.to_lowercase();
        assert!(
            !question.acceptable_answers.iter().any(|way| asked.contains(&way.to_lowercase())),
            "{question:?}"
        );
    }
}

#[test]
fn nobody_is_asked_the_same_sentence_as_a_statement_twice() {
    let all = questions(NOTES, &[QuestionKind::TrueFalse], 30);
    for (i, one) in all.iter().enumerate() {
        assert!(all[..i].iter().all(|other| other.span != one.span), "{one:?}");
    }
}
