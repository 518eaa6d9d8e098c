//! A line: one sentence with asides taken out, its words tagged, ready to be asked about.

use std::ops::Range;

use super::tagger::{self, Tag};
use crate::lexicon::{Class, is_plural_noun};
use crate::read::{Document, Form, Word};
use crate::text::TokenKind;

/// A sentence as grammar sees it.
#[derive(Debug)]
pub(crate) struct Line<'d> {
    /// The document it stands in.
    pub(crate) document: &'d Document<'d>,
    /// Which sentence it is.
    pub(crate) sentence: usize,
    /// Its words, asides left out.
    pub(crate) words: Vec<Word>,
    /// Their tags.
    pub(crate) tags: Vec<Tag>,
}

impl<'d> Line<'d> {
    /// Tags a sentence.
    pub(crate) fn new(document: &'d Document<'d>, sentence: usize) -> Self {
        let range = document.sentences[sentence].words.clone();
        let words: Vec<Word> = document.all_words[range].iter().filter(|word| !word.aside).copied().collect();
        let classes: Vec<Class> = words.iter().map(|word| document.words.form(word.id).class).collect();
        let plural = |i: usize| is_plural_noun(&document.words.form(words[i].id).lower);
        let name = |i: usize| words[i].capital && words[i].kind == TokenKind::Word;
        let mut tags = Vec::with_capacity(words.len());
        tagger::tag(&classes, plural, name, &mut tags);
        let mut line = Line { document, sentence, words, tags };
        line.settle_first();
        line
    }

    /// The first word has a capital in any case: it is a name only if it is never written without one.
    fn settle_first(&mut self) {
        if let Some(Tag::Noun | Tag::Adjective) = self.tags.first() {
            let form = self.form(0);
            if form.lower_count == 0 && form.capital_count > 0 {
                self.tags[0] = Tag::Name;
            }
        }
    }

    /// How many words.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// What is known of word `i`.
    pub(crate) fn form(&self, i: usize) -> &'d Form {
        self.document.words.form(self.words[i].id)
    }

    /// Word `i` in lower case; empty past the end.
    pub(crate) fn lower(&self, i: usize) -> &'d str {
        self.words.get(i).map_or("", |word| &self.document.words.form(word.id).lower)
    }

    /// The tag of word `i`; a mark past the end.
    pub(crate) fn tag(&self, i: usize) -> Tag {
        self.tags.get(i).copied().unwrap_or(Tag::Mark)
    }

    /// Whether word `i` is one of `words`.
    pub(crate) fn is(&self, i: usize, words: &[&str]) -> bool {
        words.contains(&self.lower(i))
    }

    /// The index after the last word that is no closing mark.
    pub(crate) fn end(&self) -> usize {
        let mut end = self.len();
        while end > 0 && self.tags[end - 1] == Tag::Mark && !self.is(end - 1, &["%", ")", "°"]) {
            end -= 1;
        }
        end
    }

    /// The words as they are written, asides left out.
    pub(crate) fn text(&self, range: Range<usize>) -> String {
        let mut out = String::new();
        let Some(words) = self.words.get(range) else { return out };
        let plain = &self.document.plain.text;
        for (i, word) in words.iter().enumerate() {
            if i > 0 {
                let gap = &plain[words[i - 1].end as usize..word.start as usize];
                if gap.contains('(') || gap.contains(')') {
                    if word.kind != TokenKind::Mark {
                        out.push(' ');
                    }
                } else if !gap.is_empty() {
                    out.push(' ');
                }
            }
            out.push_str(&plain[word.start as usize..word.end as usize]);
        }
        unquoted(out)
    }

    /// The words as they stand in the middle of a sentence: the first without the capital of a beginning.
    pub(crate) fn inner_text(&self, range: Range<usize>) -> String {
        let text = self.text(range.clone());
        if range.start > 0 || self.words.is_empty() {
            return text;
        }
        let all_capitals = self.plain_word(0).chars().skip(1).any(char::is_uppercase);
        let single_letter = self.words[0].end - self.words[0].start == 1 && self.lower(0) != "a";
        let owner = self.lower(0).strip_suffix("'s").is_some_and(|bare| self.document.words.is_name(bare));
        if self.tag(0) == Tag::Name || all_capitals || single_letter || owner {
            return text;
        }
        let form = self.form(0);
        // A first word never met elsewhere keeps its capital if the next word has one too: a name.
        if form.lower_count == 0 && self.tag(0).nominal() && range.len() > 1 && self.tag(1) == Tag::Name {
            return text;
        }
        lower_first(&text)
    }

    fn plain_word(&self, i: usize) -> &'d str {
        &self.document.plain.text[self.words[i].start as usize..self.words[i].end as usize]
    }
}

/// The text with its first letter in lower case.
pub(crate) fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// Takes off quotation marks that go round the whole, and half pairs.
fn unquoted(text: String) -> String {
    let opens = text.matches('“').count();
    let closes = text.matches('”').count();
    if opens != closes || opens == 1 && text.starts_with('“') && text.ends_with('”') {
        return text.replace(['“', '”'], "");
    }
    text
}
