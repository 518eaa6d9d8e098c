//! Words of a document, each distinct form known once: stem, class, how often it is used and how it is written.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::lexicon::{Class, classify};
use crate::text::{Language, TokenKind, is_stop_word, stem_of, tokens};

/// A distinct word form of a document.
pub(crate) type WordId = u32;

/// A word where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    /// First byte in the plain text.
    pub(crate) start: u32,
    /// One past its last byte.
    pub(crate) end: u32,
    /// Its form.
    pub(crate) id: WordId,
    /// Letters, digits or a mark.
    pub(crate) kind: TokenKind,
    /// Whether it is written with a capital.
    pub(crate) capital: bool,
    /// Whether it stands inside round brackets after a space: an aside that a card can do without.
    pub(crate) aside: bool,
}

/// What is known of a word form.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    /// In lower case, with a plain apostrophe and without a possessive.
    pub(crate) lower: Box<str>,
    /// Its stem, as an index among stems.
    pub(crate) stem: u32,
    /// What it can be.
    pub(crate) class: Class,
    /// Whether it is a stop word.
    pub(crate) stop: bool,
    /// Times it stands in lower case.
    pub(crate) lower_count: u32,
    /// Times it stands with a capital where no sentence begins.
    pub(crate) capital_count: u32,
}

/// The vocabulary of a document.
#[derive(Debug, Default, Clone)]
pub(crate) struct Words {
    forms: Vec<Form>,
    by_form: FxHashMap<Box<str>, WordId>,
    by_stem: FxHashMap<Box<str>, u32>,
    stems: Vec<Box<str>>,
    /// Times each stem is used.
    pub(crate) stem_count: Vec<u32>,
    language: Language,
}

impl Words {
    pub(crate) fn new(language: Language) -> Self {
        Self { language, ..Self::default() }
    }

    /// The form behind an id.
    pub(crate) fn form(&self, id: WordId) -> &Form {
        &self.forms[id as usize]
    }

    /// Whether a word in lower case is only ever written with a capital inside sentences.
    pub(crate) fn is_name(&self, lower: &str) -> bool {
        self.by_form
            .get(lower)
            .map(|&id| self.form(id))
            .is_some_and(|form| form.lower_count == 0 && form.capital_count > 0)
    }

    /// The text of a stem.
    pub(crate) fn stem(&self, stem: u32) -> &str {
        &self.stems[stem as usize]
    }

    /// Reads the words of `plain[range]` onto `out`. `sentence` says whether a sentence begins there.
    pub(crate) fn read(&mut self, plain: &str, range: Range<usize>, out: &mut Vec<Word>) {
        let text = &plain[range.clone()];
        let mut lower = String::new();
        let mut depth = 0u32;
        let mut previous_end = 0;
        let first = out.len();
        for token in tokens(text) {
            if token.text == "(" && (depth > 0 || token.span.start > previous_end) {
                depth += 1;
            }
            let capital = token.text.starts_with(char::is_uppercase);
            let id = self.id_of(token.text, token.kind, &mut lower);
            let form = &mut self.forms[id as usize];
            if !capital {
                form.lower_count += 1;
            } else if out.len() > first {
                form.capital_count += 1;
            }
            self.stem_count[form.stem as usize] += 1;
            out.push(Word {
                start: (range.start + token.span.start) as u32,
                end: (range.start + token.span.end) as u32,
                id,
                kind: token.kind,
                capital,
                aside: depth > 0,
            });
            if token.text == ")" {
                depth = depth.saturating_sub(1);
            }
            previous_end = token.span.end;
        }
        if depth > 0 {
            // A bracket that never closes is no aside.
            out[first..].iter_mut().for_each(|word| word.aside = false);
        }
    }

    fn id_of(&mut self, text: &str, kind: TokenKind, lower: &mut String) -> WordId {
        if let Some(&id) = self.by_form.get(text) {
            return id;
        }
        lower.clear();
        lower.extend(text.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }));
        let id = match self.by_form.get(lower.as_str()) {
            Some(&id) => id,
            None => self.add(lower, kind),
        };
        self.by_form.insert(text.into(), id);
        id
    }

    fn add(&mut self, lower: &str, kind: TokenKind) -> WordId {
        let bare = lower.strip_suffix("'s").unwrap_or(lower);
        let stem_text = stem_of(bare, self.language);
        let stem = match self.by_stem.get(&*stem_text) {
            Some(&stem) => stem,
            None => {
                let stem = self.stems.len() as u32;
                self.stems.push(stem_text.as_ref().into());
                self.by_stem.insert(stem_text.as_ref().into(), stem);
                self.stem_count.push(0);
                stem
            }
        };
        let class = match kind {
            TokenKind::Mark => Class::Mark,
            TokenKind::Number => Class::Numeral,
            TokenKind::Word if lower.ends_with("'s") => Class::Adjective,
            TokenKind::Word => classify(lower),
        };
        let id = self.forms.len() as WordId;
        self.forms.push(Form {
            stop: is_stop_word(lower, self.language),
            lower: lower.into(),
            stem,
            class,
            lower_count: 0,
            capital_count: 0,
        });
        self.by_form.insert(lower.into(), id);
        id
    }
}
