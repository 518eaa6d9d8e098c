//! Which words were kept: the texts compared by lines first, and by words within the lines that changed.

use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput, Token as Number};

use crate::text::Token;

/// For each old word its place among the new ones, where it was kept; rising.
pub(super) fn kept(
    (old, before): (&str, &[Token<'_>]),
    (new, after): (&str, &[Token<'_>]),
) -> Vec<Option<usize>> {
    let mut words = InternedInput::default();
    words.update_before(before.iter().map(|word| word.text));
    words.update_after(after.iter().map(|word| word.text));
    let (lines_before, lines_after) = (lines(old, before), lines(new, after));
    let mut by_line = InternedInput::default();
    by_line.update_before(lines_before.iter().map(|line| &words.before[line.clone()]));
    by_line.update_after(lines_after.iter().map(|line| &words.after[line.clone()]));
    let mut kept = vec![None; before.len()];
    let mut diff = Diff::compute(Algorithm::Histogram, &by_line);
    diff.postprocess_no_heuristic(&by_line);
    let within = |lines: &[Range<usize>], hunk: Range<u32>, all: usize| {
        let begin = |line: u32| lines.get(line as usize).map_or(all, |line| line.start);
        begin(hunk.start)..begin(hunk.end)
    };
    let mut at = (0, 0);
    for hunk in diff.hunks() {
        let olds = within(&lines_before, hunk.before, before.len());
        let news = within(&lines_after, hunk.after, after.len());
        keep(&mut kept, at.0..olds.start, at.1);
        by_word(
            &mut kept,
            (&words.before, olds.clone()),
            (&words.after, news.clone()),
            words.interner.num_tokens(),
        );
        at = (olds.end, news.end);
    }
    keep(&mut kept, at.0..before.len(), at.1);
    kept
}

/// The words of each line that has any.
fn lines(text: &str, words: &[Token<'_>]) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for (at, pair) in words.windows(2).enumerate() {
        let between = text.get(pair[0].span.end..pair[1].span.start).unwrap_or_default();
        if between.contains('\n') {
            lines.push(start..at + 1);
            start = at + 1;
        }
    }
    if !words.is_empty() {
        lines.push(start..words.len());
    }
    lines
}

fn keep(kept: &mut [Option<usize>], olds: Range<usize>, from: usize) {
    for (place, new) in kept[olds].iter_mut().zip(from..) {
        *place = Some(new);
    }
}

/// Compares what changed word by word.
fn by_word(
    kept: &mut [Option<usize>],
    (before, olds): (&[Number], Range<usize>),
    (after, news): (&[Number], Range<usize>),
    numbers: u32,
) {
    let mut diff = Diff::default();
    diff.compute_with(Algorithm::Histogram, &before[olds.clone()], &after[news.clone()], numbers);
    let mut at = (olds.start, news.start);
    for hunk in diff.hunks() {
        keep(kept, at.0..olds.start + hunk.before.start as usize, at.1);
        at = (olds.start + hunk.before.end as usize, news.start + hunk.after.end as usize);
    }
    keep(kept, at.0..olds.end, at.1);
}
