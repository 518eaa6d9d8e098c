//! A candidate: a card that could be made, and what the ranker is told of it.

use std::ops::Range;

use sharper_domain::{CardDraft, CardForm, Difficulty};

use crate::extract::{TermUse, context, line_cues};
use crate::grammar::Line;

/// From which pattern a card was made; the ranker trusts some more than others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Pattern {
    /// X is a Y.
    Is,
    /// X refers to Y.
    Means,
    /// D is called X.
    Naming,
    /// The sentence before describes what this one names.
    NamingBack,
    /// D, called X, which …
    Inserted,
    /// … called what?
    CalledWhat,
    /// X, a Y,
    Apposition,
    /// Term: meaning
    Line,
    /// When?
    When,
    /// Why?
    Why,
    /// How many?
    HowMany,
    /// Who or what does it?
    Subject,
    /// What does it do?
    Object,
    /// A list, or the parts of a whole.
    List,
    /// A gap.
    Cloze,
    /// X (a Y that …)
    Aside,
    /// What does X stand for?
    Initials,
    /// Another name for X?
    Synonym,
}

impl Pattern {
    /// Whether it says what a term means.
    pub(crate) fn defines(self) -> bool {
        use Pattern::{Apposition, Aside, CalledWhat, Inserted, Is, Line, Means, Naming, NamingBack};
        matches!(self, Is | Means | Naming | NamingBack | Inserted | CalledWhat | Apposition | Line | Aside)
    }
}

/// How many numbers describe a candidate.
pub const FEATURES: usize = 76;

/// A card that could be made.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The card.
    pub draft: CardDraft,
    /// What the ranker is told of it.
    pub features: [f32; FEATURES],
    /// Its worth, by the ranker.
    pub score: f32,
    /// What identifies the term it tests, within its text.
    pub term: u64,
    /// The section it stands in.
    pub section: usize,
    /// The sentence it stands on.
    pub sentence: usize,
}

/// A question and its answer before they become a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) question: String,
    pub(crate) answer: String,
    pub(crate) form: CardForm,
    pub(crate) difficulty: Difficulty,
    pub(crate) pattern: Pattern,
    /// The words of the term that it tests, in the line.
    pub(crate) term: Range<usize>,
    /// Whether it also stands on the sentence before.
    pub(crate) with_previous: bool,
}

impl Pair {
    /// A pair about `term`; the answer gets a capital.
    pub(crate) fn new(
        term: Range<usize>,
        pattern: Pattern,
        form: CardForm,
        difficulty: Difficulty,
        question: String,
        answer: String,
    ) -> Self {
        let answer = super::fronts::capital(answer.trim_end_matches([',', ';', ':', '—', '–', ' ']));
        Self { question, answer, form, difficulty, pattern, term, with_previous: false }
    }
}

/// What is known of the term of a pair and its place, for the ranker.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct TermFacts {
    /// How it is used in the document.
    pub(crate) usage: TermUse,
    /// How many words it has.
    pub(crate) words: usize,
    /// All its words stand in headings.
    pub(crate) in_heading: bool,
    /// It is a heading.
    pub(crate) is_heading: bool,
    /// It is (part of) the title.
    pub(crate) in_title: bool,
    /// It is set in bold or italics.
    pub(crate) marked: bool,
    /// It holds a name.
    pub(crate) name: bool,
    /// How common its words are over textbooks, 0 to 9: mean, most, least, head.
    pub(crate) commonness: [f32; 4],
    /// It looks learned (-osis, -ism, -tion …).
    pub(crate) learned: bool,
    /// It stands in quotation marks.
    pub(crate) quoted: bool,
    /// No determiner before it.
    pub(crate) bare: bool,
    /// "the" before it.
    pub(crate) definite: bool,
    /// It is a plural.
    pub(crate) plural: bool,
    /// A bracket follows it at once.
    pub(crate) bracket: bool,
    /// How many definitions of it the document has.
    pub(crate) definitions: u32,
    /// Its first byte is a capital.
    pub(crate) capital: bool,
    /// How many terms of several words share its head.
    pub(crate) family: u32,
    /// Share of the uses of its head, and of its first word, that are uses of it.
    pub(crate) cohesion: [f32; 2],
    /// Its letters.
    pub(crate) letters: usize,
}

/// Describes a pair to the ranker.
pub(crate) fn features(line: &Line<'_>, pair: &Pair, term: &TermFacts) -> [f32; FEATURES] {
    let flag = |on: bool| f32::from(u8::from(on));
    let words = |text: &str| text.split_whitespace().count() as f32;
    let document = line.document;
    let sentence = &document.sentences[line.sentence];
    let section_start = document.sentences.partition_point(|other| other.section < sentence.section);
    let own = u32::from(pair.pattern.defines());
    let rest = [
        (1.0 + term.usage.count as f32).ln(),
        flag(term.usage.count <= 1),
        flag(term.words == 1),
        flag(term.words == 2),
        flag(term.words >= 4),
        flag(term.in_heading),
        flag(term.is_heading),
        flag(term.marked),
        flag(term.name),
        term.commonness[0],
        term.commonness[1],
        term.commonness[2],
        term.commonness[3],
        flag(term.learned),
        flag(term.quoted),
        flag(term.bare),
        flag(term.definite),
        flag(term.usage.first as usize == line.sentence),
        line.sentence as f32 / document.sentences.len().max(1) as f32,
        flag(sentence.opens_block),
        words(&pair.answer),
        words(&pair.question),
        line.len() as f32,
        flag(pair.with_previous),
        flag(term.definitions > own),
        term.usage.whole as f32 / term.usage.count.max(1) as f32,
        flag(term.bracket),
        flag(term.plural),
        (1.0 + document.sentences.len() as f32).ln(),
        pair.term.start as f32,
        term.definitions as f32,
        flag(term.in_title),
        flag(term.capital),
        term.letters as f32,
        (line.sentence - section_start) as f32,
    ];
    let mut out = [0.0; FEATURES];
    for (slot, on) in out[50..70].iter_mut().zip(context(line, &pair.term, line_cues(line))) {
        *slot = flag(on);
    }
    out[73] = (1.0 + term.family as f32).ln();
    out[74..76].copy_from_slice(&term.cohesion);
    let pattern = pair.pattern as usize;
    out[if pattern < 15 { pattern } else { 55 + pattern }] = 1.0;
    out[15..15 + rest.len()].copy_from_slice(&rest);
    out
}
