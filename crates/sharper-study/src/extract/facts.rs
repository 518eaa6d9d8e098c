//! Plain facts: when, why, how many, and who or what does what.

use std::ops::Range;

use super::Finding;
use crate::grammar::{Clause, Line, Tag, noun_phrase};
use crate::text::TokenKind;

/// Finds what a clause tells besides a definition.
pub(super) fn find(line: &Line<'_>, clause: Clause, found: &mut Vec<Finding>) {
    if clause.negated(line) {
        return;
    }
    if let Some((rest, reason)) = reason(line, &clause) {
        found.push(Finding::Why { clause: clause.clone(), rest, reason });
        return;
    }
    if let Some((date, rest)) = date(line, &clause) {
        found.push(Finding::When { clause: clause.clone(), date, rest });
    }
    if let Some((number, counted)) = count(line, &clause) {
        found.push(Finding::HowMany { clause: clause.clone(), number, counted });
    }
    found.push(Finding::Fact { clause });
}

/// Splits the rest of a clause at its "because".
fn reason(line: &Line<'_>, clause: &Clause) -> Option<(Range<usize>, Range<usize>)> {
    let at = clause.rest.clone().find(|&i| line.is(i, &["because"]))?;
    let start = if line.is(at - 1, &[","]) { at - 1 } else { at };
    let enough = clause.rest.end - at >= 4 && !line.is(at + 1, &["of"]) || clause.rest.end - at >= 5;
    let before = clause.rest.start..start;
    (enough && !before.clone().any(|i| line.is(i, &[",", ";", "—"]))).then_some((before, at..clause.rest.end))
}

/// A year, alone or with a month, with the preposition before it.
fn date(line: &Line<'_>, clause: &Clause) -> Option<(Range<usize>, Range<usize>)> {
    let lead = clause.lead.clone();
    if lead.len() >= 2 && lead.len() <= 5 && line.is(lead.start, &["in", "on", "by", "around", "during"]) {
        let year = lead.end - 1;
        if is_year(line, year) {
            return Some((lead, clause.rest.clone()));
        }
    }
    let end = clause.rest.end;
    if end < 3 || !is_year(line, end - 1) {
        return None;
    }
    let mut start = end - 1;
    while start > clause.rest.start
        && end - start < 5
        && !line.is(start, &["in", "on", "by", "around", "during"])
    {
        start -= 1;
    }
    let before = clause.rest.start..start;
    let whole = line.is(start, &["in", "on", "by", "around", "during"])
        && !(before.is_empty() && line.tag(clause.main) == Tag::Be);
    (whole && !before.clone().any(|i| line.is(i, &[",", ";", "—"]))).then_some((start..end, before))
}

/// Whether word `i` is a year, or a decade.
pub(crate) fn is_year(line: &Line<'_>, i: usize) -> bool {
    let text = line.lower(i);
    let digits = text.strip_suffix('s').unwrap_or(text);
    digits.len() == 4 && digits.parse::<u32>().is_ok_and(|year| (1000..=2100).contains(&year))
}

/// A number right after the verb, and what it counts.
fn count(line: &Line<'_>, clause: &Clause) -> Option<(Range<usize>, Range<usize>)> {
    let mut start = clause.rest.start;
    while line.is(start, &["about", "approximately", "roughly", "around", "nearly", "only", "over", "some"]) {
        start += 1;
    }
    let from = clause.rest.start;
    if line.tag(start) != Tag::Numeral || line.is(start, &["one", "first", "second", "third", "next", "last"])
    {
        return None;
    }
    let mut end = start + 1;
    while line.tag(end) == Tag::Numeral {
        end += 1;
    }
    let year = line.words[start].kind == TokenKind::Number && is_year(line, start) && end == start + 1;
    let counted = noun_phrase(line, end)?;
    let plural = crate::lexicon::is_plural_noun(line.lower(counted.end - 1));
    (!year && plural && line.tag(counted.start) != Tag::Determiner).then_some((from..end, counted))
}
