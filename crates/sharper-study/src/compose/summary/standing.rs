//! Standing alone: which sentences say what they say without their neighbours, and what may be cut out of them.

use std::ops::Range;

use super::ties::{DANGLING, EXAMPLES, INNER_TIES, PAGE, POINTING, TIES};
use crate::grammar::{Line, Tag};
use crate::lexicon::Class;
use crate::read::{BlockKind, Document, Sentence, Word, definition_line};
use crate::text::{Language, TokenKind};

/// Fewest and most words of a sentence that is quoted.
const WORDS: Range<usize> = 5..46;

/// What a sentence has become when it is quoted by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::compose) struct Standing {
    /// What is kept, in bytes of the plain text, in order; adjacent parts never touch.
    pub(in crate::compose) pieces: Vec<Range<usize>>,
    /// Index in its line of the first word that is kept.
    pub(in crate::compose) first: usize,
    /// A tie was cut off.
    pub(in crate::compose) tied: bool,
    /// It was said to be an example.
    pub(in crate::compose) example: bool,
}

/// The sentence as it can be quoted by itself; `None` if it cannot.
pub(in crate::compose) fn standing(line: &Line<'_>) -> Option<Standing> {
    let document = line.document;
    let sentence = &document.sentences[line.sentence];
    let text = document.sentence_text(sentence);
    let block = &document.blocks[sentence.block];
    let whole = document.block_text(block).len() == text.len();
    let noted = block.kind == BlockKind::Item || whole && definition_line(text).is_some();
    let closed = noted && !text.ends_with(':')
        || text.ends_with(['.', '!', '。', '।', '！'])
        || text.ends_with(['”', '"', ')', '»']) && text.contains('.');
    if !closed || text.contains('?') || line.words.is_empty() {
        return None;
    }
    let (first, tied, example) = untied(line);
    let kept = words_from(line, first);
    let starts = line.words.get(first)?;
    if !WORDS.contains(&kept)
        || !(starts.capital
            || first > 0
            || noted
            || starts.kind == TokenKind::Number
            || document.language == Language::Other)
    {
        return None;
    }
    let says =
        document.language != Language::English || noted || (first..line.len()).any(|i| line.tag(i).finite());
    if !says || is_reference(text) || orders(line, first) || dangles(line, first) || unbalanced(text) {
        return None;
    }
    let mut cuts = asides(document, sentence);
    cuts.extend(inner_ties(line, first));
    let from = if first == 0 { sentence.plain.start } else { starts.start as usize };
    Some(Standing { pieces: pieces(from..sentence.plain.end, cuts), first, tied, example })
}

/// The first word that says something, after "However," or "And".
fn untied(line: &Line<'_>) -> (usize, bool, bool) {
    if line.document.language != Language::English {
        return (0, false, false);
    }
    let start = usize::from(line.is(0, &["but", "and", "yet"]) && line.tag(1) != Tag::Mark);
    if let Some(comma) = (start + 1..line.len().min(start + 6)).find(|&i| line.is(i, &[","])) {
        let tie = (start..comma).map(|i| line.lower(i)).collect::<Vec<_>>().join(" ");
        if TIES.contains(&tie.as_str()) {
            return (comma + 1, true, EXAMPLES.contains(&tie.as_str()));
        }
    }
    (start, start > 0, false)
}

/// Whether it names a source, or is a formula, rather than says something.
fn is_reference(text: &str) -> bool {
    let opening = text.find(':').is_some_and(|at| text[at..].trim_end_matches('.').ends_with("Press"));
    opening || ["Vol.", "pp.", "eds.", "://", "_", "vs. "].iter().any(|mark| text.contains(mark))
}

/// Whether a quotation mark or a bracket opens in it and does not close, or the other way round.
fn unbalanced(text: &str) -> bool {
    let count = |mark: char| text.matches(mark).count();
    count('“') != count('”') || count('(') != count(')') || count('"') % 2 == 1
}

/// Words from `first` on; where a language has no spaces, a third of the characters.
pub(super) fn words_from(line: &Line<'_>, first: usize) -> usize {
    let words = line.words[first.min(line.len())..].iter().filter(|word| word.kind != TokenKind::Mark);
    if line.document.language != Language::Other {
        return words.count();
    }
    let (count, characters) = words.fold((0, 0), |(count, characters), word| {
        let text = &line.document.plain.text[word.start as usize..word.end as usize];
        (count + 1, characters + text.chars().filter(|c| !c.is_ascii()).count())
    });
    count.max(characters / 3)
}

/// Whether it tells the reader to do something: an exercise, not a fact.
fn orders(line: &Line<'_>, first: usize) -> bool {
    let orders = match line.form(first).class {
        Class::VerbBase => !line.is(first, &["like"]),
        Class::NounOrVerb => matches!(line.tag(first + 1), Tag::Determiner | Tag::Pronoun),
        _ => false,
    };
    orders && line.document.language == Language::English
}

fn dangles(line: &Line<'_>, first: usize) -> bool {
    let pronoun =
        |i: usize| line.is(i, &["it", "they", "them", "he", "she", "him", "his", "her", "its", "their"]);
    let noun = |i: usize| matches!(line.tag(i), Tag::Noun | Tag::Name);
    let end = line.len();
    if line.is(first, DANGLING)
        && !(line.is(first, &["both"]) && (first..end.min(first + 6)).any(|i| line.is(i, &["and"])))
        && !(line.is(first, &["each", "neither", "either"]) && noun(first + 1))
    {
        return true;
    }
    let opening = format!("{} {}", line.lower(first), line.lower(first + 1));
    if POINTING.contains(&opening.as_str()) || (first..end).any(|i| line.is(i, PAGE)) {
        return true;
    }
    // A pronoun before the first noun has nothing to stand for.
    let before = (first..end).take_while(|&i| !noun(i)).any(pronoun);
    // A demonstrative so early has nothing in its own sentence to point to.
    let demonstrative = (first..end.min(first + ANTECEDENT)).any(|i| {
        line.is(i, &["this", "these", "those", "such"]) && !line.is(i + 1, &["as", "who", "that", "of"])
    });
    before || demonstrative
}

/// Words within which a demonstrative points out of its sentence.
const ANTECEDENT: usize = 9;

/// Brackets that can be left out, with the space before them; short forms of a name stay.
fn asides(document: &Document<'_>, sentence: &Sentence) -> Vec<Range<usize>> {
    let words: &[Word] = &document.all_words[sentence.words.clone()];
    let plain = &document.plain.text;
    let mut cuts = Vec::new();
    let mut at = 0;
    while let Some(open) = (at..words.len()).find(|&i| words[i].aside) {
        let close = (open..words.len()).find(|&i| !words[i].aside).unwrap_or(words.len());
        at = close;
        let inside =
            plain[words[open].start as usize..words[close - 1].end as usize].trim_matches(['(', ')']);
        let name = close - open <= 3 && inside.chars().filter(|c| c.is_uppercase()).count() >= 2;
        if open > 0 && !name {
            cuts.push(words[open - 1].end as usize..words[close - 1].end as usize);
        }
    }
    cuts
}

/// ", however," and its like inside a sentence, with both commas.
fn inner_ties(line: &Line<'_>, first: usize) -> Vec<Range<usize>> {
    let mut cuts = Vec::new();
    if line.document.language != Language::English {
        return cuts;
    }
    for i in first + 1..line.len() {
        let tie = |n: usize| (i + 1..i + n).map(|j| line.lower(j)).collect::<Vec<_>>().join(" ");
        let closes = |n: usize| line.is(i, &[","]) && (line.is(i + n, &[","]) || i + n == line.end());
        let Some(n) = [2, 3, 4].into_iter().find(|&n| closes(n)) else { continue };
        if INNER_TIES.contains(&tie(n).as_str()) {
            let last = if i + n == line.end() { i + n - 1 } else { i + n };
            cuts.push(line.words[i].start as usize..line.words[last].end as usize);
        }
    }
    cuts
}

/// What is left of a stretch after the cuts.
fn pieces(whole: Range<usize>, mut cuts: Vec<Range<usize>>) -> Vec<Range<usize>> {
    cuts.sort_unstable_by_key(|cut| cut.start);
    let mut kept = Vec::with_capacity(cuts.len() + 1);
    let mut at = whole.start;
    for cut in cuts {
        if cut.start > at {
            kept.push(at..cut.start);
        }
        at = at.max(cut.end);
    }
    if at < whole.end {
        kept.push(at..whole.end);
    }
    kept
}
