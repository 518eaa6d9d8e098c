//! Standing alone: which sentences say what they say without their neighbours, and what may be cut out of them.

use std::ops::Range;

use crate::grammar::{Line, Tag};
use crate::lexicon::Class;
use crate::read::{BlockKind, Document, Sentence, Word, definition_line};
use crate::text::{Language, TokenKind};

/// Fewest and most words of a sentence that is quoted.
const WORDS: Range<usize> = 5..46;

/// Openings that only tie a sentence to the one before, in lower case, as they stand before a comma.
const TIES: &[&str] = &[
    "however",
    "therefore",
    "thus",
    "hence",
    "consequently",
    "moreover",
    "furthermore",
    "additionally",
    "in addition",
    "for example",
    "for instance",
    "in fact",
    "indeed",
    "as a result",
    "similarly",
    "likewise",
    "finally",
    "first",
    "second",
    "third",
    "of course",
    "in other words",
    "in general",
    "generally",
    "in short",
    "in particular",
    "overall",
    "nevertheless",
    "nonetheless",
    "accordingly",
    "in turn",
    "in contrast",
    "by contrast",
    "on the other hand",
    "on the one hand",
    "as a consequence",
    "in essence",
    "to summarize",
    "in summary",
    "in conclusion",
    "also",
    "then",
    "besides",
    "still",
    "that is",
    "simply put",
    "put simply",
    "for this reason",
    "for these reasons",
    "clearly",
    "obviously",
    "interestingly",
    "importantly",
    "unfortunately",
    "fortunately",
    "not surprisingly",
    "surprisingly",
];

/// Ties that say that an example follows.
const EXAMPLES: &[&str] = &["for example", "for instance"];

/// Words at the beginning of a sentence that are nothing without the sentence before.
const DANGLING: &[&str] = &[
    "this",
    "these",
    "that",
    "those",
    "it",
    "they",
    "he",
    "she",
    "its",
    "their",
    "his",
    "her",
    "such",
    "others",
    "another",
    "instead",
    "otherwise",
    "conversely",
    "either",
    "neither",
    "nor",
    "here",
    "both",
    "other",
    "rather",
    "what",
    "why",
    "how",
    "who",
    "which",
    "where",
    "notice",
    "note",
    "recall",
    "consider",
    "imagine",
    "suppose",
    "see",
    "let's",
    "look",
    "think",
    "remember",
    "similar",
    "again",
    "next",
    "yes",
    "no",
    "meanwhile",
    "later",
    "perhaps",
    "each",
    "none",
    "them",
    "so",
    "then",
    "afterward",
    "afterwards",
    "ask",
    "try",
    "watch",
    "click",
    "visit",
    "dies",
    "diese",
    "dieser",
    "dieses",
    "er",
    "sie",
    "es",
    "esto",
    "este",
    "esta",
    "estos",
    "estas",
    "ello",
    "ce",
    "cela",
    "ceci",
    "ces",
    "cette",
    "cet",
    "il",
    "ils",
    "elle",
    "elles",
];

/// Two words at the beginning that point back.
const POINTING: &[&[&str]] = &[
    &["the", "former"],
    &["the", "latter"],
    &["the", "same"],
    &["the", "other"],
    &["the", "result"],
    &["the", "following"],
    &["one", "such"],
    &["as", "mentioned"],
    &["as", "discussed"],
    &["as", "noted"],
    &["as", "shown"],
    &["as", "we"],
    &["as", "you"],
    &["the", "previous"],
    &["some", "other"],
    &["many", "other"],
    &["in", "this"],
    &["in", "these"],
    &["in", "that"],
    &["for", "this"],
    &["at", "this"],
    &["of", "these"],
    &["from", "this"],
    &["with", "this"],
    &["by", "this"],
    &["during", "this"],
    &["under", "this"],
    &["to", "this"],
    &["through", "this"],
    &["because", "of"],
    &["the", "answer"],
    &["the", "second"],
    &["the", "third"],
    &["a", "second"],
    &["a", "third"],
    &["a", "similar"],
    &["more", "on"],
    &["even", "so"],
    &["after", "this"],
    &["because", "this"],
];

/// Words of the page around the text, and of the talk between a book and its reader.
const PAGE: &[&str] = &[
    "figure",
    "fig",
    "figures",
    "table",
    "chapter",
    "chapters",
    "module",
    "video",
    "website",
    "click",
    "exercise",
    "exercises",
    "earlier",
    "above",
    "below",
    "we",
    "us",
    "our",
    "you",
    "your",
    "i",
    "my",
    "me",
    "let's",
    "yours",
    "aforementioned",
    "ourselves",
    "yourself",
    "appendix",
];

/// What a sentence has become when it is quoted by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standing {
    /// What is kept, in bytes of the plain text, in order; adjacent parts never touch.
    pub(super) pieces: Vec<Range<usize>>,
    /// Index in its line of the first word that is kept.
    pub(super) first: usize,
    /// A tie was cut off.
    pub(super) tied: bool,
    /// It was said to be an example.
    pub(super) example: bool,
}

/// The sentence as it can be quoted by itself; `None` if it cannot.
pub(super) fn standing(line: &Line<'_>) -> Option<Standing> {
    let document = line.document;
    let sentence = &document.sentences[line.sentence];
    let text = document.sentence_text(sentence);
    let noted = document.blocks[sentence.block].kind == BlockKind::Item || definition_line(text).is_some();
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
    if !says || orders(line, first) || dangles(line, first) || unbalanced(text) {
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
    if POINTING.iter().any(|words| words.iter().enumerate().all(|(i, word)| line.lower(first + i) == *word))
        || (first..end).any(|i| line.is(i, PAGE))
        || (first..end)
            .any(|i| line.is(i, &["this", "these"]) && line.is(i + 1, &["section", "book", "text", "unit"]))
    {
        return true;
    }
    // A pronoun before the first noun has nothing to stand for.
    let before = (first..end).take_while(|&i| !noun(i)).any(pronoun);
    // A demonstrative in the subject points to the sentence before.
    let subject = (first..end).take_while(|&i| !line.tag(i).finite()).take(9);
    before
        || subject.into_iter().any(|i| {
            line.is(i, &["this", "these", "those", "such"]) && !line.is(i + 1, &["as", "who", "that", "of"])
        })
}

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
        let ends = [2, 3, 4].into_iter().find(|&n| line.is(i, &[","]) && line.is(i + n, &[","]));
        let Some(n) = ends else { continue };
        let tie = (i + 1..i + n).map(|j| line.lower(j)).collect::<Vec<_>>().join(" ");
        if [
            "however",
            "therefore",
            "for example",
            "for instance",
            "in fact",
            "of course",
            "in turn",
            "then",
            "thus",
            "moreover",
            "indeed",
        ]
        .contains(&tie.as_str())
        {
            cuts.push(line.words[i].start as usize..line.words[i + n].end as usize);
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
