//! The note analysis: what it finds, and above all what it does not claim.

use sharper_domain::FindingKind;
use sharper_study::compose::analysis;
use sharper_study::read::Document;

/// The points of one kind, after checking what holds of every finding.
fn check(notes: &str, kind: FindingKind) -> Vec<String> {
    let found = analysis(&[Document::parse(notes)]);
    for one in &found {
        assert!(!one.sources.is_empty() && one.verdict.is_none(), "{one:?}");
        assert!(
            one.sources.iter().all(|source| source.span.of(notes).is_some_and(|quote| !quote.is_empty()))
        );
        assert!(one.point.ends_with(['.', '”']) && !one.topic.is_empty(), "{one:?}");
        assert!(one.kind != FindingKind::Contradiction || one.sources.len() == 2, "{one:?}");
    }
    for kind in FindingKind::ALL {
        assert!(found.iter().filter(|one| one.kind == kind).count() <= 4, "{kind:?}");
    }
    let order: Vec<FindingKind> = found.iter().map(|one| one.kind).collect();
    assert!(order.is_sorted(), "{order:?}");
    found.into_iter().filter(|one| one.kind == kind).map(|one| one.point).collect()
}

#[test]
fn two_sentences_that_cannot_both_be_right_are_a_contradiction() {
    for (one, other) in [
        ("The heart has four chambers.", "The heart has three chambers."),
        ("The treaty was signed in 1919.", "The treaty was signed in 1920."),
        ("The reaction releases heat.", "The reaction does not release heat."),
        (
            "The temperature increases in the summer months.",
            "The temperature decreases in the summer months.",
        ),
    ] {
        let notes = format!("{one} There is more to say about this subject in other places. {other}");
        assert_eq!(check(&notes, FindingKind::Contradiction).len(), 1, "{notes}");
    }
}

#[test]
fn what_can_both_be_right_is_no_contradiction() {
    for notes in [
        "The heart has four chambers. The heart has two ventricles.",
        "The heart has four chambers. The heart has four chambers.",
        "A fish has two chambers in its heart. A frog has three chambers in its heart.",
        "In 1914 the city had 5 gates. In 1920 the city had 6 gates.",
        "Some cells have a nucleus. Some cells have no nucleus.",
        "The reaction releases heat when it is fast. The reaction does not release heat when it is slow.",
        "The king won the first battle. The king lost the second battle.",
        "The results are:\n\n- The results of the test are significant.\n- The results of the test are not significant.\n",
    ] {
        assert_eq!(check(notes, FindingKind::Contradiction), [""; 0], "{notes}");
    }
}

#[test]
fn a_list_that_is_shorter_than_announced_is_a_gap() {
    let notes = "There are three types of muscle:\n\n- skeletal muscle\n- smooth muscle\n";
    assert_eq!(check(notes, FindingKind::Gap), ["Your notes announce three types and fewer are told: 2."]);
    let notes = "There are three types of rock: igneous and sedimentary.";
    assert_eq!(check(notes, FindingKind::Gap).len(), 1);
    let whole = "There are two types of muscle:\n\n- skeletal muscle\n- smooth muscle\n";
    assert_eq!(check(whole, FindingKind::Gap), [""; 0]);
}

#[test]
fn a_term_that_is_used_again_and_again_and_never_explained_is_a_gap() {
    let uses = "Water crosses the aquaporins of the kidney. Many drugs act on the aquaporins of the eye. \
                Plants rely on the aquaporins of the root.";
    assert_eq!(check(uses, FindingKind::Gap), ["“aquaporins” are used in 3 sentences and never explained."]);
    let explained = format!("{uses} Aquaporins are proteins that let water through a membrane.");
    assert_eq!(check(&explained, FindingKind::Gap), [""; 0]);
}

#[test]
fn a_heading_with_little_under_it_is_a_gap() {
    let filler =
        "The river carries sand and stones to the sea and lays them down where it slows. ".repeat(10);
    let notes = format!("# Rivers\n\n{filler}\n\n# Deltas\n\nsee book\n\n# Lakes\n\n{filler}\n");
    assert_eq!(check(&notes, FindingKind::Gap), ["Under “Deltas” there is only 2 words."]);
}

#[test]
fn a_term_that_is_defined_and_illustrated_is_a_strength() {
    let notes = "Osmosis is the movement of water across a semipermeable membrane. \
                 For example, raisins swell in water.";
    assert_eq!(
        check(notes, FindingKind::Strength),
        ["Your notes say what “Osmosis” means and give an example."]
    );
    assert_eq!(check("Osmosis is the movement of water across a membrane.", FindingKind::Strength), [""; 0]);
}

#[test]
fn passages_that_cannot_be_understood_as_they_stand_are_unclear() {
    for (notes, wanted) in [
        ("# Cells\n\nIt divides in two.", "It is not said what “It” stands for."),
        ("The QRTX rises. The QRTX falls.", "“QRTX” is used in 2 sentences and never spelled out."),
        ("The causes of the war were economic and...", "This sentence breaks off."),
        ("Why did they leave?? Ask about it.", "Here you left a question open."),
    ] {
        assert_eq!(check(notes, FindingKind::Unclear), [wanted], "{notes}");
    }
    for notes in [
        "# Cells\n\nIt is known that cells divide.",
        "The quick red tall xylem (QRTX) rises. The QRTX falls.",
        "Cells divide. It takes an hour.",
    ] {
        assert_eq!(check(notes, FindingKind::Unclear), [""; 0], "{notes}");
    }
}

#[test]
fn what_to_do_next_is_tied_to_what_was_found() {
    let notes = "# Heart\n\nThe heart has four chambers. Blood leaves it. The heart has three chambers.";
    let steps = check(notes, FindingKind::NextStep);
    assert_eq!(steps, ["Settle what is right about “Heart” first.", "Learn “Heart” next."]);
}

#[test]
fn a_textbook_section_is_not_said_to_contradict_itself() {
    for notes in [
        include_str!("../../../samples/common-sense.md"),
        include_str!("../../../samples/immune-disruptions.md"),
        include_str!("../../../samples/measuring-money.md"),
    ] {
        assert_eq!(check(notes, FindingKind::Contradiction), [""; 0]);
        assert!(!check(notes, FindingKind::NextStep).is_empty());
    }
}

#[test]
fn any_text_is_read_without_a_word_too_many() {
    for notes in [
        "",
        "word",
        "\u{0}\u{1b}",
        "细胞是生命的基本单位。细胞有三种。",
        "الخلية هي وحدة الحياة.",
        "# A\n# B\n# C",
    ] {
        assert_eq!(check(notes, FindingKind::Contradiction), [""; 0]);
        assert_eq!(check(notes, FindingKind::Strength), [""; 0]);
    }
}
