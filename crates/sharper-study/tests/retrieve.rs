//! Retrieval as its users see it: what a question finds, in several scripts, while notes come and go.

use proptest::prelude::*;
use sharper_study::retrieve::{Found, Index, Query};

const NOTES: &[(&str, &str)] = &[
    (
        "Cells",
        "# Transport\n\nOsmosis is the movement of water across a membrane. Diffusion needs no energy.\n\n\
         # Organelles\n\nThe mitochondrion makes ATP. Ribosomes build proteins.",
    ),
    (
        "The French Revolution",
        "The Bastille was stormed on 14 July 1789. Louis XVI was executed in 1793 on the Place de la Révolution.",
    ),
    ("Physics", "Force equals mass times acceleration. The unit of force is the newton."),
];

fn library(notes: &[(&str, &str)]) -> Index {
    let mut index = Index::default();
    for (title, text) in notes {
        index.add(title, text);
    }
    index
}

fn search(index: &Index, text: &str) -> Found {
    index.search(&Query::new(text))
}

/// The best sentence for `question` in `notes`, or an empty one where nothing is found.
fn best<'n>(notes: &[(&str, &'n str)], question: &str) -> &'n str {
    let found = search(&library(notes), question);
    found.passages.first().map_or("", |best| best.sentence.of(notes[best.note].1).expect("a span that fits"))
}

fn check(question: &str, sentence: &str) {
    assert_eq!(best(NOTES, question), sentence, "{question}");
}

#[test]
fn the_sentence_that_answers_is_found() {
    check("What is osmosis?", "Osmosis is the movement of water across a membrane.");
    check("When was the Bastille stormed?", "The Bastille was stormed on 14 July 1789.");
    check("what are mitochondria for", "The mitochondrion makes ATP.");
}

#[test]
fn a_slip_of_the_pen_finds_it_all_the_same() {
    check("osmsis", "Osmosis is the movement of water across a membrane.");
    check("accelaration", "Force equals mass times acceleration.");
}

#[test]
fn a_passage_knows_its_note_its_headings_and_its_bytes() {
    let found = search(&library(NOTES), "ribosomes");
    let best = &found.passages[0];
    assert_eq!((best.note, best.path.as_slice()), (0, &["Organelles".to_owned()][..]));
    assert_eq!(best.span.of(NOTES[0].1), Some("The mitochondrion makes ATP. Ribosomes build proteins."));
}

#[test]
fn titles_and_headings_are_found() {
    assert_eq!(search(&library(NOTES), "French").passages[0].note, 1);
    assert_eq!(search(&library(NOTES), "organelles").passages[0].path, ["Organelles"]);
    assert_eq!(search(&library(&[("Trigonometry", "")]), "trigonometry").passages.len(), 1);
}

#[test]
fn nothing_is_found_rather_than_something_that_has_nothing_of_the_question() {
    for question in ["", "   ", "?!", "the of and", "quidditch", "🦀"] {
        let found = search(&library(NOTES), question);
        assert_eq!((found.passages.len(), found.answerable), (0, 0.0), "{question}");
    }
    assert!(search(&Index::default(), "osmosis").passages.is_empty());
}

#[test]
fn scripts_without_spaces_are_searched_by_pairs() {
    check_in("細胞膜是細胞的邊界。葉綠體進行光合作用。", "光合作用在哪裡進行？", "葉綠體進行光合作用。");
    check_in("細胞は生命の単位である。核は遺伝子を含む。", "遺伝子はどこ", "核は遺伝子を含む。");
    check_in("細胞は生命の単位である。核は遺伝子を含む。", "核", "核は遺伝子を含む。");
    check_in(
        "세포는 생명의 단위이다. 미토콘드리아는 에너지를 만든다.",
        "미토콘드리아",
        "미토콘드리아는 에너지를 만든다.",
    );
    check_in("เซลล์เป็นหน่วยของชีวิต", "หน่วยชีวิต", "เซลล์เป็นหน่วยของชีวิต");
}

#[test]
fn letters_with_and_without_accents_and_endings_meet() {
    let spanish = "La célula es la unidad de la vida. El núcleo contiene el ADN de la célula.";
    check_in(spanish, "nucleos", "El núcleo contiene el ADN de la célula.");
    let german = "Die Zelle ist die kleinste Einheit des Lebens. Die Größe wird mit dem Mikroskop bestimmt.";
    check_in(german, "Mikroskope", "Die Größe wird mit dem Mikroskop bestimmt.");
    let russian = "Клетка является единицей жизни. Ядро хранит наследственность.";
    check_in(russian, "ЯДРО", "Ядро хранит наследственность.");
    let arabic = "الخلية هي وحدة الحياة.";
    check_in(arabic, "الخلية", arabic);
}

fn check_in(text: &str, question: &str, sentence: &str) {
    assert_eq!(best(&[("", text)], question), sentence, "{question}");
}

#[test]
fn the_last_word_of_an_unfinished_question_may_go_on() {
    let index = library(&[
        ("", "The mitochondrion releases energy."),
        ("", "Ökologie beschreibt Lebensräume."),
        ("", "A theory is tested."),
        ("", "細胞膜是細胞的邊界。"),
    ]);
    let found = |text: &str, unfinished: bool| -> Vec<usize> {
        let passages = index.search(&Query { unfinished, ..Query::new(text) }).passages;
        passages.iter().map(|passage| passage.note).collect()
    };
    let wanted: [(&str, &[usize]); 11] = [
        ("mito", &[0]),
        ("Mitoch", &[0]),
        ("mitochondrion", &[0]),
        ("mito ", &[]),
        ("mito energy", &[0]),
        ("energy mito", &[0]),
        ("oko", &[1]),
        ("the", &[2]),
        ("in the", &[]),
        ("細", &[3]),
        ("xylo", &[]),
    ];
    for (text, notes) in wanted {
        assert_eq!(found(text, true), notes, "{text}");
    }
    assert!(found("mito", false).is_empty(), "only where it is said to be unfinished");
}

#[test]
fn only_the_notes_that_were_named_are_searched() {
    let index = library(NOTES);
    let within =
        |notes: &[usize]| index.search(&Query { notes: Some(notes), ..Query::new("force osmosis") }).passages;
    assert!(within(&[2]).iter().all(|passage| passage.note == 2) && !within(&[2]).is_empty());
    assert!(within(&[]).is_empty() && within(&[1]).is_empty() && within(&[99]).is_empty());
}

#[test]
fn scores_fall_and_stay_between_nothing_and_one() {
    let found = search(&library(NOTES), "the force of water in 1789");
    assert!(found.passages.len() > 1);
    assert!(found.passages.iter().all(|passage| passage.score > 0.0 && passage.score <= 1.0));
    assert!(found.passages.is_sorted_by(|one, next| one.score >= next.score));
}

#[test]
fn what_the_notes_hold_is_likelier_answered_than_what_they_do_not() {
    let index = library(NOTES);
    let known = search(&index, "What is the unit of force?").answerable;
    let unknown = search(&index, "Which enzyme unwinds water-soluble vitamins in Peru?").answerable;
    assert!(known > 0.5 && unknown < 0.5, "{known} {unknown}");
}

#[test]
fn a_note_that_was_replaced_or_removed_is_no_longer_found_by_its_old_words() {
    let mut index = library(NOTES);
    assert!(index.replace(2, "Physics", "Energy is conserved."));
    assert!(search(&index, "newton").passages.is_empty());
    assert_eq!(search(&index, "conserved").passages[0].note, 2);
    assert!(index.remove(2));
    assert!(search(&index, "conserved").passages.is_empty());
    assert!(!index.remove(2) && !index.remove(9) && !index.replace(9, "", ""));
    assert_eq!((index.notes(), index.add("", "New.")), (2, 3));
}

#[test]
fn an_index_that_was_changed_answers_like_one_that_was_made_anew() {
    let mut changed = library(NOTES);
    for round in 0..1_500 {
        changed.replace(0, "Draft", &format!("Draft number {round} on osmosis."));
    }
    changed.replace(0, NOTES[0].0, NOTES[0].1);
    for question in ["What is osmosis?", "newton", "Bastille 1789", "ribosomes and force"] {
        let places = |index: &Index| -> Vec<_> {
            search(index, question).passages.iter().map(|p| (p.note, p.span, p.score)).collect()
        };
        let (one, other) = (places(&changed), places(&library(NOTES)));
        assert_eq!(one.len(), other.len());
        assert!(other.iter().all(|place| one.contains(place)), "{question}");
    }
    assert_eq!(changed.passages(), library(NOTES).passages());
}

#[test]
fn with_diversity_a_copy_stands_back_for_something_else() {
    let copy = "Osmosis moves water across a membrane.";
    let index = library(&[("", copy), ("", copy), ("", "Salt draws water by osmosis out of a slug.")]);
    let order = |diversity: f32| -> Vec<usize> {
        let query = Query { diversity, ..Query::new("osmosis moves water across a membrane") };
        index.search(&query).passages.iter().map(|passage| passage.note).collect()
    };
    assert_eq!(order(0.0), [0, 1, 2]);
    assert_eq!(order(0.5), [0, 2, 1]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_nothing_panics_and_every_span_fits(
        title in "\\PC{0,20}",
        text in "(\\PC|[#\\-=|`.\n\r ]|細|é|ก|cell ){0,120}",
        other in "(water |cell |\n\n# |\\. ){0,60}",
        question in "(\\PC|cell |water |細){0,20}",
    ) {
        let mut index = Index::default();
        let first = index.add(&title, &text);
        let second = index.add("", &other);
        index.replace(first, &title, &text);
        for diversity in [0.0, 0.7] {
            for passage in index.search(&Query { diversity, ..Query::new(&question) }).passages {
                let source = if passage.note == second { &other } else { &text };
                prop_assert!(passage.span.of(source).is_some());
                prop_assert!(passage.sentence.of(source).is_some());
                prop_assert!(passage.score > 0.0 && passage.score <= 1.0);
                prop_assert!((0.0..=1.0).contains(&passage.answerable));
            }
        }
    }
}
