//! Summaries: what they say is in the notes, each point stands alone, and short notes give short summaries.

use proptest::prelude::*;
use sharper_domain::{Importance, Passage, SummaryContent, SummaryLength, SummaryOptions, SummaryStyle};
use sharper_study::compose::summary::summary;
use sharper_study::read::Document;

const CELLS: &str = "# Cell Transport

## Passive transport

Osmosis is the movement of water across a semipermeable membrane from a dilute to a concentrated solution. \
However, diffusion moves every kind of small molecule down its concentration gradient (see Figure 5.2) without any energy \
of the cell. This makes it cheap. Have you ever seen a teabag? Facilitated diffusion uses membrane proteins to carry \
molecules that cannot pass through lipids.

## Active transport

Active transport moves molecules against their concentration gradient and needs energy from ATP. The sodium-potassium pump \
moves three sodium ions out of the cell for every two potassium ions that it moves in. They are antiporters. \
Endocytosis brings large particles into the cell inside a vesicle made of membrane. Figure 5.3 shows a vesicle at work.
";

fn of(notes: &[&str], options: &SummaryOptions) -> SummaryContent<Passage> {
    let docs: Vec<Document<'_>> = notes.iter().map(|text| Document::parse(text)).collect();
    summary(&docs, options)
}

fn long(style: SummaryStyle) -> SummaryOptions {
    SummaryOptions { length: SummaryLength::Long, style, focus_areas: Vec::new() }
}

fn said(content: &SummaryContent<Passage>) -> String {
    let points = content.summary.main_points.iter();
    points.map(|point| format!("{} {}", point.point, point.details)).collect::<Vec<_>>().join(" ")
}

/// Every point is its passages, word by word; only the first letter of a sentence may have become a capital.
fn is_quoted(notes: &[&str], content: &SummaryContent<Passage>) -> bool {
    let squeeze = |text: &str| {
        text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect::<String>()
    };
    content.summary.main_points.iter().all(|point| {
        let quotes: Option<String> =
            point.sources.iter().map(|source| source.span.of(notes.get(source.text)?)).collect();
        quotes.is_some_and(|quotes| squeeze(&quotes) == squeeze(&format!("{}{}", point.point, point.details)))
    })
}

#[test]
fn every_point_is_quoted_from_the_notes() {
    for style in [SummaryStyle::BulletPoints, SummaryStyle::Paragraph, SummaryStyle::Outline] {
        let content = of(&[CELLS], &long(style));
        assert!(!content.summary.main_points.is_empty());
        assert!(is_quoted(&[CELLS], &content), "{}", said(&content));
    }
}

#[test]
fn sentences_that_point_elsewhere_questions_and_figures_are_left_out() {
    let text = said(&of(&[CELLS], &long(SummaryStyle::Paragraph)));
    for absent in ["This makes", "They are", "Figure", "Have you"] {
        assert!(!text.contains(absent), "{text}");
    }
}

#[test]
fn a_tie_and_an_aside_are_cut_and_each_part_left_has_its_passage() {
    let notes = "However, diffusion moves small molecules down a gradient (see the box) without energy.";
    let content = of(&[notes], &long(SummaryStyle::Paragraph));
    let point = &content.summary.main_points[0];
    assert_eq!(point.point, "Diffusion moves small molecules down a gradient without energy.");
    let quotes: Vec<_> = point.sources.iter().map(|source| source.span.of(notes).unwrap()).collect();
    assert_eq!(quotes, ["diffusion moves small molecules down a gradient", " without energy."]);
}

#[test]
fn a_tie_between_commas_or_at_the_end_is_cut() {
    for (notes, wanted) in [
        (
            "The Inca of South America had no system of writing, however.",
            "The Inca of South America had no system of writing.",
        ),
        (
            "The Inca of South America, however, had many long roads.",
            "The Inca of South America had many long roads.",
        ),
    ] {
        let content = of(&[notes], &long(SummaryStyle::Paragraph));
        assert_eq!(said(&content).trim(), wanted);
        assert!(is_quoted(&[notes], &content));
    }
}

#[test]
fn orders_references_and_formulas_are_no_points() {
    for notes in [
        "Use the correlation coefficient as an indicator of strength.",
        "New York: Cambridge University Press.",
        "MS_within = SS_within / df_within for the groups is used.",
        "By this process plants store the energy of light.",
    ] {
        assert_eq!(said(&of(&[notes], &long(SummaryStyle::Paragraph))), "", "{notes}");
    }
}

#[test]
fn a_short_form_in_brackets_stays() {
    let notes = "Deoxyribonucleic acid (DNA) stores the genes of every cell.";
    assert_eq!(said(&of(&[notes], &SummaryOptions::default())).trim(), notes);
}

#[test]
fn short_notes_give_a_short_summary_and_empty_notes_none() {
    let notes = "Mitosis divides one cell into two equal cells. Meiosis divides one cell into four different cells. \
        Binary fission divides one bacterium into two bacteria. Budding grows a new yeast cell on an old one.";
    let content = of(&[notes], &long(SummaryStyle::BulletPoints));
    assert!((1..=3).contains(&content.summary.main_points.len()));
    let nothing = of(&["", "?"], &SummaryOptions::default());
    assert!(nothing.summary.main_points.is_empty() && nothing.summary.key_terms.is_empty());
    assert_eq!((nothing.word_count, nothing.estimated_reading_time_minutes), (0, 0));
}

#[test]
fn a_longer_summary_has_more_words() {
    let notes: String = (0..60)
        .map(|i| format!("The organ{i} of the body makes hormone{i} for tissue{i} and keeps level{i} of sugar{i} stable. "))
        .collect();
    let words = |length| of(&[&notes], &SummaryOptions { length, ..SummaryOptions::default() }).word_count;
    let all = [words(SummaryLength::Short), words(SummaryLength::Medium), words(SummaryLength::Long)];
    assert!(all.is_sorted() && all[0] < all[2], "{all:?}");
}

#[test]
fn an_outline_follows_the_headings_of_the_notes() {
    let content = of(&[CELLS], &long(SummaryStyle::Outline));
    let headings: Vec<&str> =
        content.summary.main_points.iter().map(|point| point.heading.as_str()).collect();
    assert!(
        headings.contains(&"Passive transport") && headings.contains(&"Active transport"),
        "{headings:?}"
    );
    let starts: Vec<usize> = content.summary.main_points.iter().map(|p| p.sources[0].span.start).collect();
    assert!(starts.is_sorted());
}

#[test]
fn the_most_important_points_come_first() {
    let content = of(&[CELLS], &long(SummaryStyle::BulletPoints));
    let importance: Vec<Importance> =
        content.summary.main_points.iter().map(|point| point.importance).collect();
    assert!(importance.is_sorted() && importance[0] == Importance::High, "{importance:?}");
}

#[test]
fn focus_areas_leave_the_rest_out_and_one_that_is_not_in_the_notes_leaves_nothing() {
    let about = |area: &str| {
        of(&[CELLS], &SummaryOptions { focus_areas: vec![area.into()], ..long(SummaryStyle::Paragraph) })
    };
    let active = about("active transport");
    assert!(!active.summary.main_points.is_empty());
    assert!(active.summary.main_points.iter().all(|point| point.heading == "Active transport"));
    let none = about("the French Revolution");
    assert!(none.summary.main_points.is_empty() && none.summary.key_terms.is_empty());
}

#[test]
fn key_terms_have_the_definition_of_the_notes_and_its_passage() {
    let content = of(&[CELLS], &SummaryOptions::default());
    let term = content.summary.key_terms.iter().find(|term| term.term == "osmosis").unwrap();
    assert!(term.definition.starts_with("The movement of water across a semipermeable membrane"));
    let quote = term.source.span.of(CELLS).unwrap();
    assert!(quote.to_lowercase().contains(&term.definition.to_lowercase()), "{quote}");
    assert_eq!(content.summary.title, "Cell Transport");
}

#[test]
fn notes_in_points_without_stops_are_summarised_too() {
    let notes = "# Cells\n\n- Mitosis: division of one cell into two equal cells\n- Meiosis: division of one cell into four \
        gametes\n- Budding: a new yeast cell grows out of an old one\n";
    let content = of(&[notes], &long(SummaryStyle::BulletPoints));
    assert!(!content.summary.main_points.is_empty());
    assert!(content.summary.key_terms.iter().any(|term| term.term == "Mitosis"));
    assert!(is_quoted(&[notes], &content));
}

#[test]
fn what_is_said_twice_in_two_notes_is_said_once() {
    let one = "Osmosis is the movement of water across a membrane. Enzymes speed up reactions in living cells. \
        Ribosomes make proteins from amino acids.";
    let content = of(&[one, one], &long(SummaryStyle::Paragraph));
    let text = said(&content);
    for sentence in one.split_inclusive('.') {
        assert!(text.matches(sentence.trim()).count() <= 1, "{text}");
    }
}

#[test]
fn a_note_in_another_language_is_summarised_in_its_own_words() {
    let notes = "Die Osmose ist die Bewegung von Wasser durch eine Membran. Die Zelle ist die kleinste Einheit des Lebens. \
        Das Mitochondrium stellt die Energie der Zelle bereit. Der Zellkern enthält die Erbinformation der Zelle.";
    let content = of(&[notes], &long(SummaryStyle::BulletPoints));
    assert!(!content.summary.main_points.is_empty());
    assert!(is_quoted(&[notes], &content));
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("The cell (a unit of life) makes proteins, however, in its ribosomes.".to_owned()),
        Just("However, water moves through the membrane of the cell.".to_owned()),
        Just("## Energy".to_owned()),
        Just("- ATP: the energy that the cell spends".to_owned()),
        Just("**Glucose** is a sugar that plants make in their [leaves](x).".to_owned()),
        Just("水在细胞膜之间移动，这个过程叫做渗透作用。".to_owned()),
        Just("\n\n".to_owned()),
        "\\PC{0,40}[.?!:\n]",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_the_notes_the_passages_fit_them_and_the_words_are_counted(
        pieces in proptest::collection::vec(piece(), 0..12),
        joint in prop_oneof![Just(" "), Just("\n"), Just("\n\n")],
    ) {
        let notes = pieces.join(joint);
        for style in [SummaryStyle::BulletPoints, SummaryStyle::Paragraph, SummaryStyle::Outline] {
            let content = of(&[&notes], &long(style));
            let text = said(&content);
            prop_assert_eq!(content.word_count as usize, text.split_whitespace().count());
            for point in &content.summary.main_points {
                prop_assert!(!point.point.trim().is_empty() && !point.sources.is_empty());
                prop_assert!(point.sources.iter().all(|source| source.span.of(&notes).is_some()));
            }
            for term in &content.summary.key_terms {
                prop_assert!(term.source.span.of(&notes).is_some());
            }
            prop_assert_eq!(&content, &of(&[&notes], &long(style)));
        }
    }
}
