//! Sentence in, card out: one tiny case for each pattern and each thing that must not happen.

use sharper_domain::{CardForm, DifficultyChoice, FlashcardOptions};
use sharper_study::compose::flashcards;
use sharper_study::read::Document;

/// The cards of a note, as "question => answer".
fn cards(note: &str) -> Vec<String> {
    flashcards(&[Document::parse(note)], &FlashcardOptions::default())
        .map(|card| format!("{} => {}", card.question, card.answer))
        .collect()
}

#[track_caller]
fn check(note: &str, wanted: &str) {
    let found = cards(note);
    assert!(found.iter().any(|card| card == wanted), "wanted {wanted:?}\nfound {found:#?}");
}

#[track_caller]
fn check_none(note: &str) {
    let found = cards(note);
    assert!(found.is_empty(), "found {found:#?}");
}

#[test]
fn x_is_a_y_asks_for_the_meaning() {
    check(
        "Osmosis is the movement of water across a semipermeable membrane.",
        "What is osmosis? => The movement of water across a semipermeable membrane",
    );
    check(
        "Ribosomes are small organelles that build proteins from amino acids.",
        "What are ribosomes? => Small organelles that build proteins from amino acids",
    );
}

#[test]
fn what_is_thought_of_a_thing_is_not_what_it_is() {
    let found = cards("Slab pull is thought to be the strongest of the three forces on plates.");
    assert!(!found.iter().any(|card| card.contains("Thought to be")), "{found:#?}");
    check(
        "A thought is a state of mind that has a content.",
        "What is a thought? => A state of mind that has a content",
    );
}

#[test]
fn refers_to_and_means_define() {
    check(
        "Sexism refers to prejudiced beliefs that value one sex over another.",
        "What is sexism? => Prejudiced beliefs that value one sex over another",
    );
}

#[test]
fn is_called_asks_for_the_term() {
    check(
        "A larger sequence of overlapping shorter sequences is called a contig.",
        "What is a larger sequence of overlapping shorter sequences called? => A contig",
    );
}

#[test]
fn a_term_named_after_a_pointing_word_is_asked_by_the_sentence_before() {
    check(
        "Voters in some states refuse to name a party at all. This behavior is called independence.",
        "Which term fits the description “Voters in some states refuse to name a party at all”? => Independence",
    );
}

#[test]
fn an_inserted_name_is_defined_by_what_stands_round_it() {
    check(
        "Some insects have a specialized sac, called a spermatheca, which stores sperm for later use.",
        "What is a spermatheca? => A specialized sac which stores sperm for later use",
    );
}

#[test]
fn an_apposition_defines() {
    check(
        "Most societies maintain social order, an arrangement of practices and behaviors of daily life.",
        "What is social order? => An arrangement of practices and behaviors of daily life",
    );
}

#[test]
fn brackets_define_and_abbreviate() {
    check(
        "Planters soon grew cotton as a cash crop (a crop grown to sell rather than to eat).",
        "What is a cash crop? => A crop grown to sell rather than to eat",
    );
    check(
        "Economists compare countries by gross national income (GNI) every year.",
        "What does GNI stand for? => Gross national income",
    );
}

#[test]
fn term_and_meaning_lines_and_table_rows_define() {
    check(
        "Mitosis: division of one cell into two identical cells",
        "What is mitosis? => Division of one cell into two identical cells",
    );
    check(
        "| Term | Meaning |\n|---|---|\n| enzyme | a protein that speeds up reactions |\n",
        "What is an enzyme? => A protein that speeds up reactions",
    );
}

#[test]
fn a_year_asks_when() {
    check(
        "In 1917, the United States entered the war.",
        "When did the United States enter the war? => In 1917",
    );
    check(
        "Archduke Franz Ferdinand was assassinated in 1914.",
        "When was Archduke Franz Ferdinand assassinated? => In 1914",
    );
}

#[test]
fn because_asks_why() {
    check(
        "The amplitude falls over time because friction turns the energy into heat.",
        "Why does the amplitude fall over time? => Because friction turns the energy into heat",
    );
}

#[test]
fn a_list_under_its_lead_in_is_one_card() {
    check(
        "The main causes of the war were:\n\n- militarism\n- alliances\n- nationalism\n",
        "What were the main causes of the war? => Militarism; alliances; nationalism",
    );
}

#[test]
fn people_are_asked_with_who() {
    check(
        "Abraham Lincoln issued the Emancipation Proclamation to the rebel states.",
        "Who issued the Emancipation Proclamation to the rebel states? => Abraham Lincoln",
    );
}

#[test]
fn other_languages_are_asked_in_their_own_words() {
    check(
        "Die Osmose ist die Diffusion von Wasser durch eine Membran.",
        "Was ist die Osmose? => Die Diffusion von Wasser durch eine Membran",
    );
    check(
        "El cloroplasto es un orgánulo de las células vegetales.",
        "¿Qué es el cloroplasto? => Un orgánulo de las células vegetales",
    );
    check(
        "L'osmose est le passage de l'eau à travers une membrane.",
        "Qu'est-ce que l'osmose ? => Le passage de l'eau à travers une membrane",
    );
    check(
        "**細胞**は生命の基本単位であり、すべての生物を構成する。",
        "_____は生命の基本単位であり、すべての生物を構成する。 => 細胞",
    );
}

#[test]
fn headings_questions_and_lead_ins_are_no_facts() {
    check_none("# The Cell\n\nHow does the cell divide?\n\nConsider the following:\n");
    check_none("The Endoplasmic Reticulum\n\nThe Golgi Apparatus\n");
}

#[test]
fn what_points_outside_the_card_is_not_asked() {
    check_none("This is a process that it uses in the figure above.");
    check_none("These cells are shown in Figure 3.");
}

#[test]
fn no_side_holds_the_other() {
    let note = "A free market is a market in which a free market price is set by a free market.";
    for card in flashcards(&[Document::parse(note)], &FlashcardOptions::default()) {
        assert!(!card.question.to_lowercase().contains(&card.answer.to_lowercase()), "{card:?}");
    }
}

#[test]
fn a_topic_leaves_out_what_is_not_about_it() {
    let note = "Osmosis is the movement of water across a membrane.\n\nA lawyer is a person who practices law in court.";
    let options = FlashcardOptions { topic: Some("osmosis".into()), ..FlashcardOptions::default() };
    let found: Vec<_> = flashcards(&[Document::parse(note)], &options).collect();
    assert!(
        !found.is_empty()
            && found.iter().all(|card| card.question.contains("smosis") || card.answer.contains("smosis")),
        "{found:#?}"
    );
}

#[test]
fn the_level_asked_for_comes_first() {
    let note = "Osmosis is the movement of water across a membrane. A larger sequence of shorter sequences is called a contig. \
                In 1917, the United States entered the war.";
    for level in [DifficultyChoice::Easy, DifficultyChoice::Medium, DifficultyChoice::Hard] {
        let options = FlashcardOptions { difficulty: level, ..FlashcardOptions::default() };
        let first = flashcards(&[Document::parse(note)], &options).next().expect("there is a card");
        assert_eq!(Some(first.difficulty), level.level());
    }
}

#[test]
fn a_gap_is_made_only_where_no_question_is() {
    let note = "Osmosis is the movement of water across a membrane.";
    let forms: Vec<_> =
        flashcards(&[Document::parse(note)], &FlashcardOptions::default()).map(|card| card.form).collect();
    assert!(!forms.contains(&CardForm::Cloze), "{forms:?}");
}

#[test]
fn a_card_says_which_text_it_is_from_and_under_which_heading() {
    let notes = [
        "# Water\n\nOsmosis is the movement of water across a membrane.",
        "# Law\n\nA lawyer is a person who practices law.",
    ];
    let docs: Vec<_> = notes.iter().map(|note| Document::parse(note)).collect();
    for card in flashcards(&docs, &FlashcardOptions::default()) {
        assert!(card.span.of(notes[card.text]).is_some());
        assert_eq!(card.topic, ["Water", "Law"][card.text]);
    }
}
