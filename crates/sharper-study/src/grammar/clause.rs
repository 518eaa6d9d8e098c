//! The main clause of a sentence: what comes before it, its subject, its verb, the rest.

use std::ops::Range;

use super::{Line, Tag, subject_phrase};
use crate::lexicon::{base_of, is_plural_noun};

/// A main clause, in word indices of its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clause {
    /// What stands before the subject, its comma left out: "In 1765".
    pub(crate) lead: Range<usize>,
    /// The subject.
    pub(crate) subject: Range<usize>,
    /// The first word of the verb group.
    pub(crate) verb: usize,
    /// The word that carries the meaning: the last of the verb group.
    pub(crate) main: usize,
    /// What follows, up to the closing stop.
    pub(crate) rest: Range<usize>,
}

/// Longest lead, in words.
const LONGEST_LEAD: usize = 14;

/// The main clause of a line, if it has a simple one.
pub(crate) fn clause(line: &Line<'_>) -> Option<Clause> {
    let (lead, at) = lead(line)?;
    let (subject, verb) = subject_phrase(line, at)?;
    let main = verb_group(line, verb)?;
    let end = line.end();
    (main < end).then(|| Clause { lead, subject, verb, main, rest: main + 1..end })
}

/// The clause that a relative pronoun opens for `subject`; it ends at the next comma.
pub(crate) fn clause_after(line: &Line<'_>, subject: Range<usize>, at: usize) -> Option<Clause> {
    let mut verb = at;
    while line.tag(verb) == Tag::Adverb {
        verb += 1;
    }
    if !line.tag(verb).finite() {
        return None;
    }
    let main = verb_group(line, verb)?;
    let end = (main + 1..line.end()).find(|&i| line.is(i, &[",", ";", "—", "–"])).unwrap_or(line.end());
    (main < end).then(|| Clause { lead: 0..0, subject, verb, main, rest: main + 1..end })
}

fn lead(line: &Line<'_>) -> Option<(Range<usize>, usize)> {
    let opens = matches!(
        line.tag(0),
        Tag::Preposition | Tag::Subordinator | Tag::Adverb | Tag::To | Tag::Ing | Tag::Conjunction
    );
    if !opens {
        return Some((0..0, 0));
    }
    if line.tag(0) == Tag::Adverb && !line.is(1, &[","]) {
        return Some((0..0, 1));
    }
    if line.tag(0) == Tag::Conjunction && !line.is(1, &[","]) {
        return Some((0..0, 1));
    }
    let comma = (1..line.len().min(LONGEST_LEAD)).find(|&i| line.is(i, &[","]))?;
    let lead = if connects(line, comma) { 0..0 } else { 0..comma };
    Some((lead, comma + 1))
}

/// "For example," and its like say how a sentence goes on from the last one, not what it says.
fn connects(line: &Line<'_>, comma: usize) -> bool {
    const CONNECTORS: &[&str] = &[
        "for example",
        "for instance",
        "on the other hand",
        "on the one hand",
        "in fact",
        "in addition",
        "in contrast",
        "as a result",
        "by the same token",
        "of course",
        "in other words",
        "in general",
        "in this way",
        "as such",
        "in short",
        "by contrast",
        "on the contrary",
        "in particular",
        "as a consequence",
        "at the same time",
        "in turn",
        "in practice",
        "in many cases",
        "in some cases",
        "after all",
        "as mentioned",
    ];
    let text = line.text(0..comma).to_lowercase();
    CONNECTORS.contains(&text.as_str())
        || line.tag(0) == Tag::Adverb && comma <= 2
        || line.tag(0) == Tag::Conjunction
}

/// The last word of the verb group that begins at `verb`.
fn verb_group(line: &Line<'_>, verb: usize) -> Option<usize> {
    let mut main = verb;
    let mut i = verb + 1;
    while i < line.len() && i <= verb + 5 {
        match line.tag(i) {
            Tag::Adverb | Tag::Negation => {}
            Tag::Be | Tag::Have if line.tag(main) == Tag::Modal || line.tag(main) == Tag::Have => main = i,
            Tag::Verb | Tag::Do if matches!(line.tag(main), Tag::Modal | Tag::Do) => main = i,
            Tag::Noun
                if matches!(line.tag(main), Tag::Modal | Tag::Do) && base_of(line.lower(i)).is_some() =>
            {
                main = i
            }
            Tag::Participle | Tag::Past if matches!(line.tag(main), Tag::Be | Tag::Have) => main = i,
            Tag::Ing if line.tag(main) == Tag::Be => main = i,
            _ => break,
        }
        i += 1;
    }
    Some(main)
}

impl Clause {
    /// Whether the verb group holds a negation.
    pub(crate) fn negated(&self, line: &Line<'_>) -> bool {
        (self.verb..=self.main + 1).any(|i| line.tag(i) == Tag::Negation || line.lower(i).ends_with("n't"))
            || line.lower(self.verb) == "cannot"
    }

    /// Whether the subject is a plural.
    pub(crate) fn plural(&self, line: &Line<'_>) -> bool {
        match line.lower(self.verb) {
            "are" | "were" | "have" | "do" => true,
            "is" | "was" | "has" | "does" => false,
            _ => subject_is_plural(line, &self.subject),
        }
    }

    /// The question that turns the verb round the subject: the auxiliary, then the rest of the verb group.
    /// "passed" gives ("did", "pass"); "is made" gives ("is", "made"); plain "is" gives ("is", "").
    pub(crate) fn inverted(&self, line: &Line<'_>) -> Option<(String, String)> {
        let first = line.lower(self.verb);
        let auxiliary = match line.tag(self.verb) {
            Tag::Be | Tag::Modal => true,
            Tag::Have | Tag::Do => self.main > self.verb,
            _ => false,
        };
        if auxiliary {
            let after = line.text(self.verb + 1..self.main + 1);
            return Some((first.to_owned(), after));
        }
        let word = line.lower(self.main);
        let base = if line.tag(self.main) == Tag::Have { "have".to_owned() } else { base_of(word)? };
        let past = matches!(line.tag(self.main), Tag::Past | Tag::Participle) || word == "had";
        let helper = match (past, word == base) {
            (true, _) => "did",
            (false, true) => "do",
            (false, false) => "does",
        };
        Some((helper.to_owned(), base))
    }
}

fn subject_is_plural(line: &Line<'_>, subject: &Range<usize>) -> bool {
    if subject.clone().any(|i| line.is(i, &["and"])) {
        return true;
    }
    let head_end = subject.clone().find(|&i| line.tag(i) == Tag::Preposition).unwrap_or(subject.end);
    head_end > subject.start && is_plural_noun(line.lower(head_end - 1))
}
