//! A term of a document: what could be offered as an option.

use std::ops::Range;

use crate::grammar::{Line, Tag};
use crate::lexicon::{Class, classify, commonness, is_evaluative, is_plural_noun};

/// Longest term, in words.
const LONGEST: usize = 5;
/// A word this common (0 to 9) is no term by itself.
const EVERYDAY: f32 = 6.0;

/// A term of a document: what could be offered as an option.
#[derive(Debug, Clone)]
pub(crate) struct Term {
    /// As it stands inside a sentence, without its article.
    pub(crate) text: String,
    /// Its canonical form.
    pub(crate) key: String,
    /// Its last word, in lower case.
    pub(crate) last: String,
    /// How many words.
    pub(crate) words: usize,
    /// Whether it is a plural.
    pub(crate) plural: bool,
    /// Whether it is a name.
    pub(crate) name: bool,
    /// Whether the notes tell of it what only people do: "Calhoun argued".
    pub(crate) acts: bool,
    /// Whether it is one adjective.
    pub(crate) adjective: bool,
    /// Whether it is set in bold or italics, stands as a heading, or is defined.
    pub(crate) key_term: bool,
    /// Whether it is met with "the" before it.
    pub(crate) with_the: bool,
    /// Whether it is met with "a" or "an" before it.
    pub(crate) with_a: bool,
    /// Times it stands as a whole phrase.
    pub(crate) whole: u32,
    /// How common its rarest word is over textbooks, 0 to 9.
    pub(crate) commonness: f32,
    /// The sentences it stands in, in order.
    pub(crate) places: Vec<usize>,
}

/// Words before a person's name.
pub(super) const TITLES: &[&str] = &[
    "president",
    "general",
    "senator",
    "governor",
    "king",
    "queen",
    "emperor",
    "pope",
    "justice",
    "judge",
    "secretary",
    "mr",
    "mrs",
    "ms",
    "dr",
    "professor",
    "sociologist",
    "philosopher",
    "economist",
    "psychologist",
    "historian",
    "biologist",
    "physicist",
    "chemist",
    "captain",
    "colonel",
    "congressman",
];

/// Whether a text goes on with a lifetime: " (1857–1929)".
pub(super) fn is_lifetime(after: &str) -> bool {
    let Some(inside) = after.trim_start().strip_prefix('(') else { return false };
    let mut years = inside.splitn(2, ['–', '-', '—']).map(str::trim);
    let born = years.next().is_some_and(|year| year.len() == 4 && year.parse::<u32>().is_ok());
    born && years.next().is_some_and(|rest| rest.get(..4).is_some_and(|year| year.parse::<u32>().is_ok()))
}

/// A term as it stands at one place; what is counted over all its places is still to come.
pub(super) fn described(line: &Line<'_>, core: &Range<usize>, text: String, key: String) -> Term {
    let last = line.lower(core.end - 1).to_owned();
    let head = core.clone().find(|&i| line.is(i, &["of"])).unwrap_or(core.end) - 1;
    Term {
        text,
        key,
        words: core.len(),
        plural: is_plural_noun(line.lower(head.max(core.start))),
        name: core.clone().all(|i| line.words[i].capital || line.is(i, &["of"]))
            && core.clone().any(|i| line.tag(i) == Tag::Name),
        adjective: core.len() == 1 && line.tag(core.start) == Tag::Adjective,
        key_term: false,
        acts: false,
        with_the: false,
        with_a: false,
        whole: 0,
        commonness: core
            .clone()
            .filter(|&i| !line.form(i).stop)
            .map(|i| commonness(line.lower(i)))
            .fold(9.0, f32::min),
        places: Vec::new(),
        last,
    }
}

/// Whether a stretch can be offered as a term: short, no pointing or judging words, not all everyday words.
pub(super) fn is_term(line: &Line<'_>, core: &Range<usize>) -> bool {
    let odd = |i: usize| {
        let lower = line.lower(i);
        line.form(i).stop && lower != "of"
            || matches!(line.tag(i), Tag::Pronoun | Tag::Wh | Tag::Mark | Tag::Determiner)
            || is_evaluative(lower)
            || WEAK.contains(&lower)
            || lower.starts_with("figure")
            || !lower.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '\''))
    };
    // "illuminates", "magnify small objects": a verb that the tagger took for a noun.
    let verbal = matches!(classify(line.lower(core.start)), Class::VerbBase | Class::VerbThird)
        && core.len() > 1
        || core.len() > 1 && classify(line.lower(core.end - 1)) == Class::VerbThird
        || core.clone().any(|i| {
            i > core.start
                && line.tag(i) == Tag::Adjective
                && line.lower(i - 1).ends_with('s')
                && line.tag(i - 1) == Tag::Noun
        });
    let lone = core.len() == 1
        && matches!(classify(line.lower(core.start)), Class::VerbPast | Class::VerbBase | Class::VerbThird);
    !verbal
        && !lone
        && !core.clone().any(|i| line.lower(i).starts_with("http") || line.is(i, &["www"]))
        && (1..=LONGEST).contains(&core.len())
        && !core.clone().any(odd)
        && !matches!(
            line.tag(core.start),
            Tag::Verb
                | Tag::Past
                | Tag::Participle
                | Tag::Ing
                | Tag::Adverb
                | Tag::Numeral
                | Tag::Conjunction
        )
        && line.lower(core.end - 1).chars().count() > 1
        && core.clone().any(|i| commonness(line.lower(i)) <= EVERYDAY)
}

/// Words that say nothing without what stood before.
const WEAK: &[&str] = &[
    "following",
    "typical",
    "surrounding",
    "above",
    "other",
    "same",
    "such",
    "many",
    "different",
    "various",
    "several",
    "certain",
    "own",
    "another",
    "example",
    "examples",
    "figure",
    "table",
    "chapter",
    "section",
    "type",
    "types",
    "kind",
    "kinds",
    "thing",
    "things",
    "way",
    "ways",
    "lot",
    "number",
    "numbers",
    "part",
    "parts",
    "fact",
    "case",
    "cases",
    "alone",
    "avg",
    "respective",
    "desperate",
    "chief",
    "book",
    "additional",
    "similar",
    "overall",
    "entire",
    "particular",
    "specific",
    "previous",
    "next",
    "later",
    "earlier",
    "early",
    "late",
    "new",
    "old",
    "first",
    "second",
    "third",
    "last",
    "today",
    "per",
    "percent",
    "cent",
    "time",
    "times",
    "one",
    "two",
    "three",
    "four",
    "five",
    "etc",
    "result",
    "results",
    "term",
    "terms",
];
