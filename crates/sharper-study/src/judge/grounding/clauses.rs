//! Clauses: where one begins, and whether it denies.

use sharper_domain::Fault;

use super::agreement::{CLAUSE_COVER, Issue, Passage};
use super::polarity::opposites;
use crate::judge::source::{Mark, Sentence, Turn};
use crate::judge::words::{Role, Word};

/// Words by which a passage denies without saying "not", sorted.
const QUIET: &[&str] = &[
    "absence",
    "absent",
    "against",
    "avoid",
    "avoids",
    "ban",
    "banned",
    "contrast",
    "denied",
    "deny",
    "differ",
    "different",
    "except",
    "exclude",
    "excludes",
    "false",
    "few",
    "free",
    "impossible",
    "instead",
    "little",
    "lose",
    "loses",
    "lost",
    "missing",
    "only",
    "opposed",
    "prevent",
    "prevented",
    "prevents",
    "prohibit",
    "prohibited",
    "rarely",
    "rather",
    "refuse",
    "refused",
    "reject",
    "rejected",
    "seldom",
    "stop",
    "stopped",
    "stops",
    "unlike",
    "whereas",
    "wrong",
];
/// Words after "not" that make it affirm.
const AFFIRMING: &[&str] = &["just", "merely", "only", "simply", "until"];
/// Words at which a new clause begins.
const STARTS: &[&str] = &[
    "although", "and", "because", "but", "however", "if", "or", "since", "so", "though", "unless", "when",
    "whereas", "which", "while",
];
/// Beginnings that turn a word into its denial: "inactive".
const PREFIXES: &[&str] = &["un", "in", "im", "ir", "il", "non", "dis", "a", "anti"];
/// Words that an item must share with a denied clause, at least.
const CLAUSE_HITS: usize = 3;

/// What a word does to what is said around it.
pub(in crate::judge) fn turn(word: &Word) -> Turn {
    let lower = word.lower.as_str();
    if word.role == Role::Negation {
        Turn::Denies
    } else if AFFIRMING.contains(&lower) {
        Turn::Affirms
    } else if QUIET.binary_search(&lower).is_ok() {
        Turn::DeniesQuietly
    } else {
        Turn::None
    }
}

/// Whether a clause begins between two words that follow each other in `sentence`.
pub(in crate::judge) fn begins_clause(sentence: &str, before: &Word, word: &Word) -> bool {
    let gap = sentence.get(before.span.end..word.span.start).unwrap_or("");
    gap.contains([',', ';', ':', '(', ')', '—', '–', '\n']) || STARTS.contains(&word.lower.as_str())
}

/// Whether the item affirms what the passage denies, or denies what it affirms, and by which word.
pub(in crate::judge) fn denial(words: &[&Word], passage: &Passage<'_>) -> Option<Issue> {
    let issue = |text: &str| Issue { fault: Fault::NegationDiffers, text: text.to_owned() };
    let content: Vec<&Word> = words.iter().copied().filter(|word| word.role == Role::Content).collect();
    if let Some(opposite) = swapped_opposite(&content, words, passage) {
        return Some(issue(&opposite.lower));
    }
    let denial = words.iter().find(|word| word.role == Role::Negation);
    let quiet = words.iter().any(|word| matches!(turn(word), Turn::DeniesQuietly) || word.lower == "only");
    match denial {
        Some(word) if !denies(&content, passage) && !has_negative_form(&content, passage) => {
            Some(issue(&word.lower))
        }
        None if !quiet && is_denied(&content, passage) => Some(issue("not")),
        _ => None,
    }
}

/// Whether a sentence that holds most of the item denies, in so many words or quietly.
fn denies(content: &[&Word], passage: &Passage<'_>) -> bool {
    let stems: Vec<u32> = content.iter().filter_map(|word| passage.stem(&word.stem)).collect();
    let hits = |sentence: &Sentence| stems.iter().filter(|&&stem| sentence.holds(stem)).count();
    let most = passage.sentences().iter().map(hits).max().unwrap_or(0);
    let turned = |sentence: &Sentence| sentence.marks.iter().any(|mark| mark.turn != Turn::None);
    passage.sentences().iter().any(|sentence| hits(sentence) == most && turned(sentence))
}

/// Whether the passage says "inactive" where the item says "not active".
fn has_negative_form(content: &[&Word], passage: &Passage<'_>) -> bool {
    content.iter().any(|word| {
        opposites(&word.stem).iter().any(|opposite| passage.says(opposite))
            || PREFIXES.iter().any(|prefix| passage.says(&format!("{prefix}{}", word.stem)))
    })
}

/// A word that the passage does not say, though it says its opposite and nearly everything else.
fn swapped_opposite<'w>(content: &[&'w Word], words: &[&Word], passage: &Passage<'_>) -> Option<&'w Word> {
    let held = content.iter().filter(|word| passage.holds(word)).count();
    let enough = held >= 2 && held as f64 >= CLAUSE_COVER * content.len().saturating_sub(1) as f64;
    if !enough || words.iter().any(|word| word.role == Role::Negation) {
        return None;
    }
    content.iter().copied().find(|word| {
        let opposed =
            |opposite: &String| passage.says(opposite) && !words.iter().any(|other| other.stem == *opposite);
        !passage.holds(word) && opposites(&word.stem).iter().any(opposed)
    })
}

/// Whether the clause that holds most of the item denies, when it holds enough of it.
fn is_denied(content: &[&Word], passage: &Passage<'_>) -> bool {
    let stems: Vec<u32> = content.iter().filter_map(|word| passage.stem(&word.stem)).collect();
    let (mut most, mut denied) = (0, false);
    for sentence in passage.sentences() {
        for clause in sentence.marks.chunk_by(|_, next| !next.begins) {
            let hits = stems.iter().filter(|&&stem| clause.iter().any(|mark| mark.stem == stem)).count();
            if hits > most {
                (most, denied) = (hits, clause_denies(clause));
            }
        }
    }
    denied && most >= CLAUSE_HITS && most as f64 >= CLAUSE_COVER * content.len() as f64
}

/// Whether a clause denies; "not only", "not until" and the like affirm.
fn clause_denies(clause: &[Mark]) -> bool {
    let at = clause.iter().position(|mark| mark.turn == Turn::Denies);
    at.is_some_and(|at| clause.get(at + 1).is_none_or(|next| next.turn != Turn::Affirms))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::source::Source;
    use crate::judge::words::{Stems, words};
    use crate::text::Language;

    fn check(passage: &str, item: &str, differs: bool) {
        let source = Source::new(&[passage]);
        let passage = Passage::of(&source, 0..source.sentences().len());
        let words = words(item, Language::English, &mut Stems::default());
        let words: Vec<&Word> = words.iter().collect();
        assert_eq!(denial(&words, &passage).is_some(), differs, "{item}");
    }

    #[test]
    fn the_list_of_quiet_denials_is_sorted() {
        assert!(QUIET.is_sorted());
    }

    #[test]
    fn an_item_that_denies_what_the_passage_affirms_differs() {
        check("Plants make their own food.", "What do plants not make? Their own food", true);
        check("Plants make their own food.", "What do plants make? Their own food", false);
        check("Some enzymes are inactive in acid.", "Which enzymes are not active in acid? Some", false);
    }

    #[test]
    fn an_item_that_affirms_what_the_passage_denies_differs() {
        let passage = "Red blood cells have no nucleus, while white blood cells have one.";
        check(passage, "What do red blood cells have? A nucleus", true);
        check(passage, "What do red blood cells lack? A nucleus", false);
        check("It is not only plants that respire in the dark.", "Do plants respire in the dark?", false);
    }

    #[test]
    fn an_opposite_in_place_of_a_word_differs() {
        check(
            "Insulin lowers the level of sugar in blood.",
            "Insulin raises the level of sugar in blood.",
            true,
        );
        check(
            "Insulin lowers the level of sugar in blood.",
            "What lowers the level of sugar in blood? Insulin",
            false,
        );
    }
}
