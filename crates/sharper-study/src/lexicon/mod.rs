//! English words: what class each can be, how it is inflected, whom it names, which others stand for it.

mod commonness;
mod inflect;
mod people;
mod relations;
mod words;

pub(crate) use inflect::{base_of, is_plural_noun, third_person};
/// How common a word (in lower case) is over textbooks of all subjects: 0 for the words of one subject, 9 for
/// those of every section.
pub(crate) fn commonness(word: &str) -> f32 {
    let bare = word.strip_suffix("'s").unwrap_or(word);
    commonness::COMMON
        .binary_search_by_key(&bare, |&(common, _)| common)
        .map_or(0.0, |at| f32::from(commonness::COMMON[at].1))
}

pub(crate) use people::{is_given_name, is_human_deed};
pub(crate) use relations::related;
pub(crate) use words::{Class, classify, is_evaluative, is_person_noun};

/// The months.
const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Whether a word (in lower case) is a month.
pub(crate) fn is_month(word: &str) -> bool {
    MONTHS.contains(&word)
}

/// Stems of the words in a question that only ask.
const ASKING: &[&str] = &[
    "term",
    "type",
    "kind",
    "call",
    "name",
    "follow",
    "describ",
    "refer",
    "known",
    "best",
    "exampl",
    "statement",
    "fit",
    "descript",
    "mean",
    "word",
];

/// Whether a stem of a question only asks, as in "Which term describes …".
pub(crate) fn is_asking(stem: &str) -> bool {
    ASKING.contains(&stem)
}
