//! Asides: what stands in brackets after a term, "cash crop (a crop grown to sell)" or "deoxyribonucleic acid (DNA)".

use std::ops::Range;

use super::Finding;
use super::definition::is_term;
use crate::grammar::{Line, phrase_before};

/// Finds each term with an aside that explains or shortens it.
pub(super) fn find(line: &Line<'_>, found: &mut Vec<Finding>) {
    let sentence = &line.document.sentences[line.sentence];
    let words = &line.document.all_words[sentence.words.clone()];
    let mut at = 0;
    while let Some(open) = (at..words.len()).find(|&i| words[i].aside) {
        let close = (open..words.len()).find(|&i| !words[i].aside).unwrap_or(words.len());
        at = close;
        let Some(before) =
            line.words.iter().position(|word| word.start > words[open].start).or(Some(line.len()))
        else {
            continue;
        };
        if close < open + 3 || before == 0 {
            continue;
        }
        let inside = words[open + 1].start as usize..words[close - 2].end as usize;
        let Some(term) = phrase_before(line, before) else { continue };
        found.extend(of(line, term, inside));
    }
}

fn of(line: &Line<'_>, term: Range<usize>, inside: Range<usize>) -> Option<Finding> {
    let text = line.document.plain.text[inside].trim();
    let count = text.split_whitespace().count();
    let letters = text.chars().filter(|c| c.is_uppercase()).count();
    if count == 1
        && letters >= 2
        && letters * 2 >= text.trim_end_matches('s').chars().count()
        && text.chars().all(char::is_alphanumeric)
    {
        return initials(line, &term, text).map(|long| Finding::Initials { long, short: text.to_owned() });
    }
    let meaning = text
        .strip_prefix("that is, ")
        .or_else(|| text.strip_prefix("i.e., "))
        .or_else(|| text.strip_prefix("meaning "))
        .unwrap_or(text);
    let explains =
        ["a ", "an "].iter().any(|article| meaning.starts_with(article)) || meaning.len() < text.len();
    (explains
        && meaning.split_whitespace().count() >= 4
        && !meaning.contains(['(', ')', ';', '?'])
        && is_term(line, term.clone()))
    .then(|| Finding::Aside { term, meaning: meaning.to_owned() })
}

/// The words whose initials the short form is made of.
fn initials(line: &Line<'_>, term: &Range<usize>, short: &str) -> Option<Range<usize>> {
    let wanted: String = short.trim_end_matches('s').to_lowercase();
    let mut start = term.end;
    while start > term.start {
        start -= 1;
        let firsts: String = (start..term.end)
            .flat_map(|i| line.lower(i).split('-'))
            .filter(|part| part.len() > 2 || wanted.len() == term.end - start)
            .filter_map(|part| part.chars().next())
            .collect();
        let words: Vec<&str> = (start..term.end).map(|i| line.lower(i)).collect();
        if firsts == wanted || words.len() > 1 && 2 * words.len() >= wanted.len() && spells(&words, &wanted) {
            return Some(start..term.end);
        }
    }
    None
}

/// Whether each word gives its first letter to the short form, and perhaps letters from within after it, in order:
/// "deoxyribonucleic acid" spells "dna".
fn spells(words: &[&str], short: &str) -> bool {
    let Some((word, others)) = words.split_first() else { return short.is_empty() };
    let mut letters = word.chars();
    let Some(mut rest) = letters.next().and_then(|first| short.strip_prefix(first)) else { return false };
    loop {
        if spells(others, rest) {
            return true;
        }
        let Some(next) = rest.chars().next() else { return false };
        if !letters.any(|letter| letter == next) {
            return false;
        }
        rest = &rest[next.len_utf8()..];
    }
}
