//! Cloze: a sentence with a gap for its key term, where no better question exists.

use std::ops::Range;

use sharper_domain::{CardForm, Difficulty};

use super::candidate::{Pair, Pattern};
use super::gates;
use crate::grammar::{Line, Tag};

/// The gap.
pub(crate) const GAP: &str = "_____";

/// Fewest and most words of a sentence that is worth a gap.
const WORDS: Range<usize> = 7..40;

/// Where the sentence begins when "However," or "For example," is left out.
pub(crate) fn connector(line: &Line<'_>) -> usize {
    match crate::grammar::clause(line) {
        Some(clause) if clause.lead.is_empty() => clause.subject.start,
        _ if line.tag(0) == Tag::Adverb && line.is(1, &[","]) => 2,
        _ => 0,
    }
}

/// A gap for `term` in its sentence; nothing if the sentence cannot stand alone or names the term twice.
pub(crate) fn cloze(line: &Line<'_>, term: &Range<usize>) -> Option<Pair> {
    let words = line.len();
    if !WORDS.contains(&words) || term.is_empty() {
        return None;
    }
    let stems: Vec<u32> = term.clone().map(|i| line.form(i).stem).collect();
    let head = stems[stems.len() - 1];
    let twice = (0..line.len()).any(|i| !term.contains(&i) && line.form(i).stem == head)
        || stems.len() > 1
            && (0..line.len()).filter(|i| !term.contains(i) && stems.contains(&line.form(*i).stem)).count()
                > 1;
    let sentence = line.document.sentence_text(&line.document.sentences[line.sentence]);
    let odd_start = matches!(line.tag(0), Tag::Verb | Tag::Conjunction | Tag::Wh) || !line.words[0].capital;
    let said = line.tags.iter().any(|tag| tag.finite());
    if twice || odd_start || !said || !sentence.ends_with(['.', '!']) || gates::dangles(line) {
        return None;
    }
    let from = connector(line);
    if term.start < from || gates::weak_gap(line, term) {
        return None;
    }
    let before = super::fronts::capital(&line.text(from..term.start));
    let after = line.text(term.end..line.len());
    let joint = if after.starts_with(['.', ',', ';', ':', '!', '”', '’']) { "" } else { " " };
    let lead = if before.is_empty() || before.ends_with('“') { "" } else { " " };
    let question = format!("{before}{lead}{GAP}{joint}{after}");
    let answer = line.inner_text(term.clone());
    let answer = if before.is_empty() { super::fronts::capital(&answer) } else { answer };
    Some(Pair {
        question: question.trim().replace("  ", " "),
        answer,
        form: CardForm::Cloze,
        difficulty: Difficulty::Easy,
        pattern: Pattern::Cloze,
        term: term.clone(),
        with_previous: false,
    })
}
