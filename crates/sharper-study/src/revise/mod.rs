//! Revising: where the passages and pages of a note stand after an edit of its text.
//!
//! The texts are compared word by word; white space does not count. A passage is kept when all its words, numbers and signs
//! stand in its place in their order with nothing between them, or when it was taken out of its place and stands at
//! exactly one other: then it was moved.
//!
//! ```
//! use sharper_domain::Span;
//! use sharper_study::revise::Revision;
//!
//! let (old, new) = ("Cells divide. Water flows.", "Cells grow and divide.\n\nWater flows.");
//! let revision = Revision::between(old, new);
//! let place = |start, end| revision.place(Span { start, end }).and_then(|span| span.of(new));
//! assert_eq!(place(14, 26), Some("Water flows."));
//! assert_eq!(place(0, 13), None);
//! ```

mod alignment;
mod words;

use std::ops::Range;

use sharper_domain::{Anchor, Span};

use self::words::Words;
use crate::text::{TokenKind, tokens};

/// Words from which a passage that is nowhere near its place may be found at another: shorter ones stand in many places by
/// chance.
const WORDS_TO_MOVE: usize = 3;
/// Of the words of a passage that was taken out of its place, at most one in so many is matched there, by chance.
const LEFT_BY_CHANCE: usize = 4;

/// What became of a text.
#[derive(Debug)]
pub struct Revision<'t> {
    old: Words<'t>,
    new: Words<'t>,
    new_len: usize,
    /// For each old word its place among the new ones, where it was kept. Rising.
    kept: Vec<Option<usize>>,
    /// Before which old word the last that was kept ends, for each place between old words.
    kept_before: Vec<usize>,
    /// The next old word that was kept, for each place between old words.
    kept_after: Vec<usize>,
}

impl<'t> Revision<'t> {
    /// Compares two texts.
    pub fn between(old: &'t str, new: &'t str) -> Self {
        let (before, after) = (Words::of(old), Words::of(new));
        let kept = alignment::kept((old, &before.all), (new, &after.all));
        let (mut kept_before, mut kept_after) = (vec![0; kept.len() + 1], vec![kept.len(); kept.len() + 1]);
        for (at, place) in kept.iter().enumerate() {
            kept_before[at + 1] = if place.is_some() { at + 1 } else { kept_before[at] };
        }
        for (at, place) in kept.iter().enumerate().rev() {
            kept_after[at] = if place.is_some() { at } else { kept_after[at + 1] };
        }
        Self { old: before, new: after, new_len: new.len(), kept, kept_before, kept_after }
    }

    /// Where a passage of the old text stands in the new one; `None` where any word, number or sign of it changed.
    pub fn place(&self, passage: Span) -> Option<Span> {
        let words = self.old.within(passage);
        if words.is_empty() {
            return None;
        }
        let at = self.in_place(&words).or_else(|| self.moved(&words))?;
        let (from, to) = (self.new.all[at].span, self.new.all[at + words.len() - 1].span);
        let (begin, end) = (self.old.all[words.start].span, self.old.all[words.end - 1].span);
        // A passage may begin or end within a word.
        let within = |word: Span, byte: usize| byte.clamp(word.start, word.end) - word.start;
        Some(Span {
            start: from.start + within(begin, passage.start),
            end: to.start + within(end, passage.end),
        })
    }

    /// What stands in the new text in the place of a passage: between what was kept before it and what was kept after it.
    /// Empty where nothing does.
    pub fn around(&self, passage: Span) -> Span {
        self.new.bytes(self.between_kept(&self.old.within(passage)))
    }

    /// Where these words stand in the new text: in the place of a passage that had changed before, or else at the one
    /// place where they are.
    pub fn find(&self, words: &str, place: Span) -> Option<Span> {
        let wanted: Vec<&str> = tokens(words).map(|token| token.text).collect();
        let here = self.new.occurrences(&wanted, self.between_kept(&self.old.within(place))).next();
        let at = here.or_else(|| only(self.new.occurrences(&wanted, 0..self.new.all.len())))?;
        Some(self.new.bytes(at..at + wanted.len()))
    }

    /// Where the pages begin in the new text.
    pub fn anchors(&self, old: &[Anchor]) -> Vec<Anchor> {
        let moved = |anchor: &Anchor| Anchor { at: self.begin(anchor.at), ..anchor.clone() };
        old.iter().map(moved).collect()
    }

    fn begin(&self, byte: usize) -> usize {
        let first = self.old.within(Span { start: byte, end: byte }).start;
        let place = match self.kept.get(first) {
            _ if first == 0 => return 0,
            Some(Some(place)) => *place,
            _ => self.between_kept(&(first..first)).start,
        };
        self.new.all.get(place).map_or(self.new_len, |word| word.span.start)
    }

    /// Where the words stand in their place.
    fn in_place(&self, words: &Range<usize>) -> Option<usize> {
        if let Some(at) = self.kept[words.start]
            && words.clone().zip(at..).all(|(old, new)| self.kept[old] == Some(new))
        {
            return Some(at);
        }
        // Where a text has the same words several times in a row, others than these may have been kept for them.
        let wanted = self.old.texts(words);
        let before = self.kept_before[words.start]..self.kept_after[words.end];
        let olds: Vec<usize> = self.old.occurrences(&wanted, before).collect();
        let news: Vec<usize> = self.new.occurrences(&wanted, self.between_kept(words)).collect();
        let ordinal = olds.iter().position(|at| *at == words.start)?;
        if olds.len() <= news.len() { news.get(ordinal).copied() } else { None }
    }

    /// The new words between what was kept before some old ones and what was kept after them.
    fn between_kept(&self, words: &Range<usize>) -> Range<usize> {
        let kept = |at: usize| self.kept.get(at).copied().flatten();
        let start = self.kept_before[words.start].checked_sub(1).and_then(kept).map_or(0, |last| last + 1);
        let end = kept(self.kept_after[words.end]).unwrap_or(self.new.all.len());
        start..end.max(start)
    }

    /// Where words stand that are not in their place, if they stand nowhere else beside.
    fn moved(&self, words: &Range<usize>) -> Option<usize> {
        let wanted = self.old.texts(words);
        let at = only(self.new.occurrences(&wanted, 0..self.new.all.len()))?;
        let is_word = |at: &usize| self.old.all[*at].kind != TokenKind::Mark;
        let all = words.clone().filter(is_word).count();
        let was_alone = only(self.old.occurrences(&wanted, 0..self.old.all.len())).is_some();
        let left = words.clone().filter(is_word).filter(|at| self.kept[*at].is_some()).count();
        // Where the same words stood twice, those that are left are this passage only if it went, and was not rewritten.
        let gone = was_alone || left * LEFT_BY_CHANCE <= all;
        let replaced = !self.between_kept(words).is_empty();
        (gone && (all >= WORDS_TO_MOVE || !replaced)).then_some(at)
    }
}

/// What there is exactly one of.
fn only(mut all: impl Iterator<Item = usize>) -> Option<usize> {
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use sharper_domain::AnchorKind;

    use super::*;

    /// What becomes of the passage that stands between the brackets of the old text.
    fn check(old: &str, new: &str, expected: Option<&str>) {
        let start = old.find('[').unwrap();
        let end = old.find(']').unwrap() - 1;
        let old = old.replace(['[', ']'], "");
        let place = Revision::between(&old, new).place(Span { start, end });
        assert_eq!(place.map(|span| span.of(new).unwrap()), expected, "{old:?} -> {new:?}");
    }

    const SAID: &str = "The cell has a membrane.";

    #[test]
    fn a_passage_whose_words_all_stand_is_kept() {
        check("A. [The cell has a membrane.] B.", "A. The cell has a membrane. B.", Some(SAID));
        check("[The cell has a membrane.] B.", "New. A. The cell has a membrane. B", Some(SAID));
        check(
            "A. [The cell has a membrane.] B.",
            "A. The cell\nhas a  membrane. B.",
            Some("The cell\nhas a  membrane."),
        );
        check("A.\n[The cell has a membrane.]\nB.", "A. The cell has a membrane. B.", Some(SAID));
        check("Die [Zelle] lebt.", "Eine Zelle lebt.", Some("Zelle"));
        check("X[-ray]s", "Good X-rays", Some("-ray"));
    }

    #[test]
    fn a_passage_with_any_change_in_it_is_not() {
        for new in [
            "A. The cell has a wall. B.",
            "A. The cell has no membrane. B.",
            "A. The cell has membrane. B.",
            "A. The cell has a membrane, B.",
            "A. The old cell has a membrane. B.",
            "A. the cell has a membrane. B.",
            "A. B.",
            "",
        ] {
            check("A. [The cell has a membrane.] B.", new, None);
        }
        check("In [1914] it began.", "In 1915 it began.", None);
    }

    #[test]
    fn a_passage_that_was_moved_is_found_where_it_stands_once() {
        let old = "One is here.\n\n[The cell has a membrane.]\n\nTwo is there.\n\nThree is gone.";
        check(old, "One is here.\n\nTwo is there.\n\nThe cell has a membrane.\n\nThree is gone.", Some(SAID));
        check(old, "The cell has a membrane.\n\nTwo is there.\n\nOne is here.\n\nThree is gone.", Some(SAID));
        check(
            old,
            "One is here.\n\nTwo is there.\n\nThe cell has a membrane. The cell has a membrane.\n\nThree is gone.",
            None,
        );
    }

    #[test]
    fn the_same_words_elsewhere_do_not_save_a_passage_that_was_changed() {
        let old = "[The cell has a membrane.] It is thin. Remember: The cell has a membrane.";
        check(old, "The cell has a wall. It is thin. Remember: The cell has a membrane.", None);
        check("[46] pairs. 46 more.", "47 pairs. 46 more.", None);
    }

    #[test]
    fn of_the_same_words_in_a_row_each_keeps_its_own() {
        check("a b. [a b.] a b.", "x a b. a b. a b.", Some("a b."));
        check("a b. a b. [a b.]", "a b. a b. a c.", None);
    }

    #[test]
    fn in_the_place_of_a_passage_stands_what_was_written_there() {
        let old = "One is here. The cell has a wall. Two is there.";
        let around = |new: &'static str| {
            let span = Revision::between(old, new).around(Span { start: 13, end: 33 });
            (span.of(new).unwrap(), span.start)
        };
        assert_eq!(
            around("One is here. The cell has a membrane. Two is there.").0,
            "The cell has a membrane."
        );
        assert_eq!(around("One is here. Two is there."), ("", 12));
    }

    #[test]
    fn what_was_taken_back_is_found_again() {
        let (old, new) = ("It is so. The cell has a wall. Two.", "It is so. The cell has a membrane. Two.");
        let revision = Revision::between(old, new);
        let place = Span { start: 10, end: 30 };
        assert_eq!(revision.find(SAID, place).and_then(|span| span.of(new)), Some(SAID));
        assert_eq!(revision.find("The cell has a nucleus.", place), None);
        assert_eq!(revision.find("", place), None);
    }

    #[test]
    fn pages_begin_where_their_words_do() {
        let old = "First page.\n\nSecond page is long.\n\nThird page.";
        let anchor = |at: usize| Anchor { at, kind: AnchorKind::Page, label: at.to_string() };
        let begin = |new: &str| -> Vec<usize> {
            let moved = Revision::between(old, new).anchors(&[anchor(0), anchor(13), anchor(35)]);
            moved.iter().map(|anchor| anchor.at).collect()
        };
        assert_eq!(begin(old), [0, 13, 35]);
        assert_eq!(begin("Preface. First page.\n\nSecond page is long.\n\nThird page."), [0, 22, 44]);
        assert_eq!(begin("First page.\n\nThe second page is short.\n\nThird page."), [0, 13, 40]);
        assert_eq!(begin("First page.\n\nThird page."), [0, 13, 13]);
        assert_eq!(begin(""), [0, 0, 0]);
    }
}
