//! The bank: every term of a document, where it stands, and which terms mean the same.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};
use sharper_domain::Span;

use super::term::{TITLES, Term, described, is_lifetime, is_term};
use crate::extract::{Finding, findings};
use crate::grammar::{Line, Tag, core_of, noun_phrase, noun_phrases};
use crate::lexicon::{base_of, is_human_deed};
use crate::read::Document;
use crate::text::{Language, key};

/// The terms of a document.
#[derive(Debug)]
pub(crate) struct Bank<'d> {
    /// The document.
    pub(crate) document: &'d Document<'d>,
    /// Its sentences, tagged.
    pub(crate) lines: Vec<Line<'d>>,
    /// Its terms, in order of their first place.
    pub(crate) terms: Vec<Term>,
    by_key: FxHashMap<String, usize>,
    /// Canonical forms that name one thing.
    same: FxHashSet<(String, String)>,
    /// Canonical forms that are enumerated together.
    siblings: FxHashSet<(String, String)>,
    /// The other names of a thing, as written.
    names: FxHashMap<String, Vec<String>>,
}

/// The canonical form of a text, in the language of terms.
pub(super) fn canonical(text: &str) -> String {
    key(text, Language::English)
}

impl<'d> Bank<'d> {
    /// A bank that has read nothing.
    fn empty(document: &'d Document<'d>) -> Self {
        Bank {
            document,
            lines: Vec::new(),
            terms: Vec::new(),
            by_key: FxHashMap::default(),
            same: FxHashSet::default(),
            siblings: FxHashSet::default(),
            names: FxHashMap::default(),
        }
    }

    /// Reads the terms of a document.
    pub(crate) fn new(document: &'d Document<'d>) -> Self {
        let lines: Vec<Line<'_>> =
            (0..document.sentences.len()).map(|sentence| Line::new(document, sentence)).collect();
        let mut bank = Bank::empty(document);
        for line in &lines {
            bank.read(line);
        }
        for section in &document.sections {
            bank.raise(&canonical(&section.title));
        }
        bank.lines = lines;
        bank
    }

    /// The term with this canonical form.
    pub(crate) fn get(&self, key: &str) -> Option<&Term> {
        self.by_key.get(key).map(|&at| &self.terms[at])
    }

    /// The sentence that stands at these bytes of the text.
    pub(crate) fn line_at(&self, span: Span) -> Option<&Line<'d>> {
        let at = self.document.sentences.iter().position(|sentence| sentence.span == span)?;
        self.lines.get(at)
    }

    /// Whether the notes use two canonical forms for one thing.
    pub(crate) fn is_same(&self, one: &str, other: &str) -> bool {
        self.same.contains(&(one.to_owned(), other.to_owned()))
    }

    /// Whether the notes enumerate the two together.
    pub(crate) fn are_siblings(&self, one: &str, other: &str) -> bool {
        self.siblings.contains(&(one.to_owned(), other.to_owned()))
    }

    /// Whether a name is a person's, as far as the notes tell.
    pub(crate) fn is_person(&self, name: &str) -> bool {
        super::people::is_person(name, self)
    }

    /// The other names that the notes give a thing.
    pub(crate) fn other_names(&self, key: &str) -> &[String] {
        self.names.get(key).map_or(&[], Vec::as_slice)
    }

    fn raise(&mut self, key: &str) {
        if let Some(&at) = self.by_key.get(key) {
            self.terms[at].key_term = true;
        }
    }

    fn read(&mut self, line: &Line<'_>) {
        let phrases = noun_phrases(line);
        for phrase in &phrases {
            let core = core_of(line, phrase.clone());
            self.add(line, core.clone(), true);
            if line.is(core.end, &["of"])
                && let Some(second) = noun_phrase(line, core.end + 1)
            {
                self.add(line, core.start..second.end, true);
            }
            for start in core.start + 1..core.end {
                self.add(line, start..core.end, false);
            }
        }
        for i in (0..line.len()).filter(|&i| line.tag(i) == Tag::Adjective) {
            self.add(line, i..i + 1, !line.tag(i + 1).nominal());
        }
        self.enumerate(line, &phrases);
        for finding in findings(line) {
            self.relate(line, &finding);
        }
    }

    /// Notes one place of a term; `whole` when it is no part of a longer one.
    fn add(&mut self, line: &Line<'_>, core: Range<usize>, whole: bool) {
        if !is_term(line, &core) {
            return;
        }
        let text = line.inner_text(core.clone());
        let key = canonical(&text);
        if key.is_empty() {
            return;
        }
        let plain = line.words[core.start].start as usize..line.words[core.end - 1].end as usize;
        let marked = line.document.is_marked(&plain);
        let at = *self.by_key.entry(key.clone()).or_insert_with(|| {
            self.terms.push(described(line, &core, text, key));
            self.terms.len() - 1
        });
        let term = &mut self.terms[at];
        term.whole += u32::from(whole);
        term.key_term |= marked;
        let before = core.start.wrapping_sub(1);
        let deed = || base_of(line.lower(core.end)).is_some_and(|base| is_human_deed(&base));
        let after = line.document.plain.text.get(plain.end..).unwrap_or_default();
        term.acts |= term.name
            && (matches!(line.tag(core.end), Tag::Verb | Tag::Past) && deed()
                || is_lifetime(after)
                || line.is(before, TITLES));
        term.with_the |= line.is(before, &["the"]);
        term.with_a |= line.is(before, &["a", "an"]);
        if term.places.last() != Some(&line.sentence) {
            term.places.push(line.sentence);
        }
    }

    /// "igneous, sedimentary, and metamorphic": what commas and "and" join.
    fn enumerate(&mut self, line: &Line<'_>, phrases: &[Range<usize>]) {
        let mut run: Vec<String> = Vec::new();
        let mut end = 0;
        let mut flush = |run: &mut Vec<String>| {
            for one in run.iter() {
                for other in run.iter().filter(|other| *other != one) {
                    self.siblings.insert((one.clone(), other.clone()));
                }
            }
            run.clear();
        };
        for phrase in phrases {
            let joined = phrase.start > end
                && phrase.start - end <= 2
                && (end..phrase.start).all(|i| line.is(i, &[",", "and", "or", ";"]));
            if !joined {
                flush(&mut run);
            }
            run.push(canonical(&line.text(core_of(line, phrase.clone()))));
            end = phrase.end;
        }
        flush(&mut run);
    }

    /// Takes in what a finding says of names.
    fn relate(&mut self, line: &Line<'_>, finding: &Finding) {
        match finding {
            Finding::Synonym { first, second } => {
                let names = [first, second].map(|range| line.inner_text(core_of(line, range.clone())));
                self.equate(&names[0], &names[1]);
            }
            Finding::Initials { long, short } => self.equate(&line.inner_text(long.clone()), short),
            Finding::Inserted { thing, term, .. } | Finding::Naming { description: thing, term, .. } => {
                let thing = line.inner_text(core_of(line, thing.clone()));
                self.same_thing(&canonical(&thing), &canonical(&line.text(core_of(line, term.clone()))));
                self.raise(&canonical(&line.text(core_of(line, term.clone()))));
            }
            Finding::Definition { term, .. }
            | Finding::Apposition { term, .. }
            | Finding::Aside { term, .. } => {
                self.raise(&canonical(&line.text(core_of(line, term.clone()))));
            }
            _ => {}
        }
    }

    fn equate(&mut self, one: &str, other: &str) {
        let keys = [canonical(one), canonical(other)];
        self.same_thing(&keys[0], &keys[1]);
        for (key, name) in [(&keys[0], other), (&keys[1], one)] {
            let names = self.names.entry(key.clone()).or_default();
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }

    fn same_thing(&mut self, one: &str, other: &str) {
        self.same.insert((one.to_owned(), other.to_owned()));
        self.same.insert((other.to_owned(), one.to_owned()));
    }
}
