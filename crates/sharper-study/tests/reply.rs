//! The tutor's reply: the sentence that answers, or nothing.

use sharper_study::compose::{Evidence, Reply, reply, reply_by};
use sharper_study::read::Document;
use sharper_study::retrieve::Index;

const CELLS: &str = "# Transport\n\nOsmosis is the movement of water across a semipermeable membrane. It needs no \
    energy. Diffusion is the movement of particles from a high to a low concentration.\n\n# History\n\nThe cell was \
    discovered by Robert Hooke in 1665. He saw cork through a microscope. Cells are found in all living things. \
    There are two kinds of transport:\n\n- passive transport\n- active transport\n";

fn ask(notes: &str, question: &str) -> Reply {
    let mut index = Index::default();
    index.add("", notes);
    let said = reply(question, &[Document::parse(notes)], &index);
    assert_eq!(said.answerable, !said.statements.is_empty(), "{question}");
    assert!((0.0..=1.0).contains(&said.likelihood), "{question}");
    for statement in &said.statements {
        assert!(!statement.sources.is_empty() && !statement.text.is_empty(), "{question}: {statement:?}");
        assert!(statement.sources.iter().all(|source| source.span.of(notes).is_some()), "{statement:?}");
    }
    said
}

fn check(question: &str, first: &str) {
    let said = ask(CELLS, question);
    assert_eq!(said.statements.first().map(|one| one.text.as_str()), Some(first), "{question}");
}

#[test]
fn the_answer_comes_first_in_the_words_of_the_notes() {
    check("What is osmosis?", "Osmosis is the movement of water across a semipermeable membrane.");
    check("Who discovered the cell?", "The cell was discovered by Robert Hooke in 1665.");
    check("When was the cell discovered?", "The cell was discovered by Robert Hooke in 1665.");
}

#[test]
fn a_sentence_that_points_back_takes_along_what_it_points_to() {
    let said = ask(CELLS, "Who saw cork through a microscope?");
    assert_eq!(
        said.statements[0].text,
        "The cell was discovered by Robert Hooke in 1665. He saw cork through a microscope."
    );
    assert_eq!(said.statements[0].sources.len(), 2);
}

#[test]
fn a_lead_in_is_told_with_its_list() {
    check(
        "What are the two kinds of transport?",
        "There are two kinds of transport: passive transport; active transport",
    );
}

#[test]
fn each_part_of_a_question_is_answered() {
    let said = ask(CELLS, "What is osmosis and who discovered the cell?");
    let all: Vec<&str> = said.statements.iter().map(|one| one.text.as_str()).collect();
    assert!(all[0].starts_with("Osmosis is"), "{all:?}");
    assert!(all.iter().any(|text| text.starts_with("The cell was discovered")), "{all:?}");
}

#[test]
fn what_the_notes_do_not_hold_is_not_answered() {
    for question in ["Who was Napoleon?", "How far is the moon?", "Who did not discover the cell in 1923?"] {
        assert_eq!(ask(CELLS, question).statements, [], "{question}");
    }
}

#[test]
fn talk_and_questions_about_everything_get_the_main_points() {
    let notes = include_str!("../../../samples/immune-disruptions.md");
    for question in ["What are my notes about?", "help me study", "Hello!"] {
        let said = ask(notes, question);
        assert!(said.answerable && said.statements.len() <= 4, "{question}: {said:?}");
    }
}

#[test]
fn a_reply_is_short() {
    let notes = include_str!("../../../samples/measuring-money.md");
    for question in ["What is M1?", "What is a debit card?", "How does the Federal Reserve measure money?"] {
        let words: usize =
            ask(notes, question).statements.iter().map(|one| one.text.split_whitespace().count()).sum();
        assert!(words <= 75, "{question}: {words}");
    }
}

#[test]
fn passages_of_any_search_will_do_and_those_of_other_texts_are_left_out() {
    let docs = [Document::parse(CELLS)];
    let sentence = docs[0].sentences[0].span;
    let evidence = |text| Evidence { text, span: sentence, sentence, score: 0.9, answerable: 0.95 };
    let said = reply_by("What is osmosis?", &docs, |_| vec![evidence(0)]);
    assert_eq!(said.statements.len(), 1);
    assert!(!reply_by("What is osmosis?", &docs, |_| vec![evidence(7)]).answerable);
}

#[test]
fn any_text_and_any_question_are_met() {
    for notes in [
        "",
        "word",
        "\u{0}\u{7}",
        "细胞是生命的基本单位。",
        "الخلية هي وحدة الحياة.",
        "| a | b |\n|---|---|\n| c | d |\n",
    ] {
        for question in ["", "?", "What is c?", "细胞是什么？", "help", "\u{0}"] {
            ask(notes, question);
        }
    }
}
