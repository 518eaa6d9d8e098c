//! The words of a text, and where some of them stand in it.

use std::cell::OnceCell;
use std::ops::Range;

use rustc_hash::FxHashMap;
use sharper_domain::Span;

use crate::text::{Token, tokens};

/// The words, numbers and signs of a text.
#[derive(Debug)]
pub(super) struct Words<'t> {
    pub(super) all: Vec<Token<'t>>,
    /// Where each word stands; made when something is looked for.
    places: OnceCell<FxHashMap<&'t str, Vec<usize>>>,
}

impl<'t> Words<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { all: tokens(text).collect(), places: OnceCell::new() }
    }

    /// The words that a span touches; of an empty one, the place between words.
    pub(super) fn within(&self, span: Span) -> Range<usize> {
        let start = self.all.partition_point(|word| word.span.end <= span.start);
        let end = self.all.partition_point(|word| word.span.start < span.end);
        start..end.max(start)
    }

    /// The bytes of words; of none, the place where they would stand.
    pub(super) fn bytes(&self, words: Range<usize>) -> Span {
        match self.all.get(words.clone()) {
            Some([first, .., last]) => Span { start: first.span.start, end: last.span.end },
            Some([only]) => only.span,
            _ => {
                let before = words.start.checked_sub(1).and_then(|at| self.all.get(at));
                let at = before.map_or(0, |word| word.span.end);
                Span { start: at, end: at }
            }
        }
    }

    pub(super) fn texts(&self, words: &Range<usize>) -> Vec<&'t str> {
        self.all[words.clone()].iter().map(|word| word.text).collect()
    }

    /// Every place in this range where these words stand, in order.
    pub(super) fn occurrences<'a>(
        &'a self,
        wanted: &'a [&'a str],
        range: Range<usize>,
    ) -> impl Iterator<Item = usize> + 'a {
        let rarest = wanted.iter().enumerate().map(|(offset, word)| (offset, self.places_of(word)));
        let (offset, places) = rarest.min_by_key(|(_, places)| places.len()).unwrap_or((0, &[]));
        let from = places.partition_point(|at| *at < range.start + offset);
        let begins = places[from..].iter().map(move |at| at - offset);
        let fits = move |at: &usize| at + wanted.len() <= range.end;
        let same =
            move |at: &usize| self.all[*at..].iter().zip(wanted).all(|(word, wanted)| word.text == *wanted);
        begins.take_while(fits).filter(same)
    }

    fn places_of(&self, word: &str) -> &[usize] {
        let places = self.places.get_or_init(|| {
            let mut places: FxHashMap<&'t str, Vec<usize>> = FxHashMap::default();
            for (at, word) in self.all.iter().enumerate() {
                places.entry(word.text).or_default().push(at);
            }
            places
        });
        places.get(word).map_or(&[], Vec::as_slice)
    }
}
