//! Second right answers: whether an option is a right answer too, as far as the notes and the words can tell.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use super::bank::{Bank, canonical};
use super::term::Term;
use crate::grammar::Tag;
use crate::lexicon::is_asking;
use crate::text::{Language, content};

/// Share of the question's content stems that, in one sentence with an option, make the option a likely right answer.
const COVERED: f32 = 0.6;

/// What a question asks and what its right answer is, ready to be compared with options.
#[derive(Debug)]
pub(crate) struct Asked {
    /// The canonical form of the right answer.
    pub(crate) key: String,
    /// The canonical form of the question.
    pub(crate) question: String,
    /// The content stems of the question, those of the key left out.
    stems: FxHashSet<String>,
}

impl Asked {
    /// Reads a question and its right answer.
    pub(crate) fn new(question: &str, answer: &str) -> Self {
        let key = canonical(answer);
        let stems = content(question, Language::English)
            .into_iter()
            .filter(|stem| !is_asking(stem) && !key.split(' ').any(|word| word == stem))
            .collect();
        Asked { key, question: canonical(question), stems }
    }

    /// Whether an option says the same as the key, holds it or is held by it, or stands in the question.
    pub(crate) fn clashes(&self, option: &str) -> bool {
        let other = canonical(option);
        other.is_empty()
            || holds(&self.key, &other)
            || holds(&other, &self.key)
            || holds(&self.question, &other)
            || same_words(&self.key, &other)
    }

    /// Whether the notes say of `term` what the question asks for, or make it a kind or another name of the key.
    pub(crate) fn is_also_right(&self, bank: &Bank<'_>, term: &Term) -> bool {
        self.is_same(bank, &term.key)
            || term.places.iter().any(|&at| self.is_said_in(bank, at) || self.is_kind_in(bank, at, &term.key))
    }

    /// Whether another canonical form names the same thing, by the notes or by the language.
    pub(crate) fn is_same(&self, bank: &Bank<'_>, other: &str) -> bool {
        bank.is_same(&self.key, other)
            || synonyms()
                .iter()
                .any(|(one, two)| *one == self.key && two == other || *two == self.key && one == other)
    }

    fn is_said_in(&self, bank: &Bank<'_>, at: usize) -> bool {
        if self.stems.is_empty() {
            return false;
        }
        let line = &bank.lines[at];
        let here: FxHashSet<&str> =
            (0..line.len()).map(|i| bank.document.words.stem(line.form(i).stem)).collect();
        let said = self.stems.iter().filter(|stem| here.contains(stem.as_str())).count();
        said as f32 >= COVERED * self.stems.len() as f32
    }

    /// "Granite is an igneous rock", "rocks such as granite": each a kind of the other.
    fn is_kind_in(&self, bank: &Bank<'_>, at: usize, other: &str) -> bool {
        let line = &bank.lines[at];
        let stems: Vec<&str> = (0..line.len()).map(|i| bank.document.words.stem(line.form(i).stem)).collect();
        let (Some(one), Some(two)) = (find(&stems, &self.key), find(&stems, other)) else { return false };
        let (first, second) = if one.0 < two.0 { (one, two) } else { (two, one) };
        let between = first.1..second.0;
        between.len() <= 6
            && (between.clone().any(|i| line.tag(i) == Tag::Be)
                || between.clone().any(|i| line.is(i, &["such", "including", "like", "called", "e.g"]))
                || line.is(between.start, &["or"]) && between.len() <= 2
                || line.is(between.start, &["and"]) && line.is(between.start + 1, &["other"]))
    }
}

/// Two names of one thing that notes may use without saying so.
const SAME: &[(&str, &str)] = &[
    ("cell membrane", "plasma membrane"),
    ("windpipe", "trachea"),
    ("DNA", "deoxyribonucleic acid"),
    ("RNA", "ribonucleic acid"),
    ("ATP", "adenosine triphosphate"),
    ("voice box", "larynx"),
    ("erythrocytes", "red blood cells"),
    ("leukocytes", "white blood cells"),
    ("thrombocytes", "platelets"),
    ("Krebs cycle", "citric acid cycle"),
    ("Calvin cycle", "light-independent reactions"),
    ("adrenaline", "epinephrine"),
    ("noradrenaline", "norepinephrine"),
    ("myocardium", "cardiac muscle"),
    ("vapor", "gas"),
    ("alkali", "base"),
    ("vaporization", "evaporation"),
    ("womb", "uterus"),
    ("mean", "average"),
    ("scatter plot", "scatterplot"),
    ("best-fit line", "regression line"),
    ("line of best fit", "regression line"),
    ("Great Britain", "England"),
    ("Britain", "Great Britain"),
    ("United States", "America"),
    ("Soviet Union", "USSR"),
    ("First World War", "World War I"),
    ("Second World War", "World War II"),
    ("joblessness", "unemployment"),
    ("behaviourism", "behaviorism"),
    ("social strata", "social classes"),
    ("heat energy", "thermal energy"),
];

/// The canonical forms of `SAME`.
fn synonyms() -> &'static [(String, String)] {
    static PAIRS: OnceLock<Vec<(String, String)>> = OnceLock::new();
    PAIRS.get_or_init(|| SAME.iter().map(|(one, two)| (canonical(one), canonical(two))).collect())
}

/// Where the words of a canonical form stand in a row.
fn find(stems: &[&str], key: &str) -> Option<(usize, usize)> {
    let words: Vec<&str> = key.split(' ').collect();
    let at = stems.windows(words.len().max(1)).position(|window| window == words)?;
    Some((at, at + words.len()))
}

/// Whether the words of `part` stand in a row in `whole`.
pub(crate) fn holds(whole: &str, part: &str) -> bool {
    format!(" {whole} ").contains(&format!(" {part} "))
}

/// Whether two canonical forms have the same words in another order.
fn same_words(one: &str, other: &str) -> bool {
    let sorted = |text: &str| {
        let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        words.sort();
        words
    };
    one.len() == other.len() && sorted(one) == sorted(other)
}
