//! Gates: what no card may be, whatever the ranker thinks of it.

use sharper_domain::CardForm;

use super::candidate::{Pair, Pattern};
use crate::grammar::{Line, Tag};
use crate::text::{Language, content, key, tokens};

/// Most words on a side of a card.
const LONGEST_SIDE: usize = 45;
/// Most words on a back, save for lists.
const LONGEST_ANSWER: usize = 38;

/// Words that point to something outside a question.
const POINTING: &[&str] = &[
    "this",
    "these",
    "it",
    "they",
    "them",
    "he",
    "she",
    "him",
    "his",
    "her",
    "we",
    "us",
    "our",
    "you",
    "your",
    "i",
    "my",
    "me",
    "itself",
    "here",
    "above",
    "aforementioned",
    "hers",
    "ours",
    "let's",
    "such",
];

/// Words that point to something outside an answer; "it" and "its" are what the question asks about.
const POINTING_BACK: &[&str] = &[
    "this", "these", "he", "she", "we", "us", "our", "you", "your", "i", "my", "me", "here", "let's", "such",
];

/// Words of the page around the text.
const PAGE: &[&str] = &[
    "figure",
    "fig",
    "figures",
    "chapter",
    "chapters",
    "section",
    "sections",
    "module",
    "video",
    "website",
    "click",
    "exercise",
    "exercises",
    "textbook",
    "paragraph",
    "appendix",
    "equation",
    "equations",
    "illustrated",
    "pictured",
    "aforementioned",
    "diagram",
    "worksheet",
    "previously",
    "preceding",
];

/// Phrases that point to another place of the page.
const ELSEWHERE: &[&str] = &[
    "discussed earlier",
    "mentioned earlier",
    "described earlier",
    "seen earlier",
    "earlier in",
    "shown above",
    "shown below",
    "discussed above",
    "described above",
    "mentioned above",
    "listed above",
    "listed below",
    "described below",
    "see above",
    "see below",
    "the following",
    "as follows",
    "discussed later",
    "described later",
    "will see",
    "have seen",
    "as shown",
    "at right",
    "at left",
];

/// Whether a pair may become a card.
pub(crate) fn passes(pair: &Pair) -> bool {
    let question_words = pair.question.split_whitespace().count();
    let answer_words = pair.answer.split_whitespace().count();
    (3..=LONGEST_SIDE).contains(&question_words)
        && (1..=LONGEST_ANSWER).contains(&answer_words)
        && (matches!(pair.pattern, Pattern::Cloze | Pattern::NamingBack) || !points(&pair.question, POINTING))
        && !points(&pair.answer, POINTING_BACK)
        && pair.answer.chars().filter(|c| c.is_alphanumeric()).count() >= 2
        && !pair.question.contains(" ,")
        && !["It ", "Its ", "Their ", "They "]
            .iter()
            .any(|start| pair.form == CardForm::Definition && pair.answer.starts_with(start))
        && says_enough(pair)
        && !odd(&pair.question)
        && !odd(&pair.answer)
        && !gives_away(&pair.question, &pair.answer)
}

/// "What can be negative?" asks nothing: a question about a deed needs three words that say something.
fn says_enough(pair: &Pair) -> bool {
    match pair.pattern {
        Pattern::Subject => content(&pair.question, Language::English).len() >= 3,
        _ => true,
    }
}

/// Whether a text points to what is not on the card, or to the page it stood on.
pub(crate) fn points(text: &str, words: &[&str]) -> bool {
    let plain = text.to_lowercase();
    ELSEWHERE.iter().any(|phrase| plain.contains(phrase))
        || tokens(text).any(|token| {
            let lower = token.text.to_lowercase();
            let bare = lower.strip_suffix("'s").or_else(|| lower.strip_suffix("’s")).unwrap_or(&lower);
            words.contains(&bare) || PAGE.contains(&bare)
        })
}

/// Whether a sentence leans on what stood before it: "this process", or "it" before anything that it could mean.
pub(crate) fn dangles(line: &Line<'_>) -> bool {
    const OUTSIDE: &[&str] = &[
        "this", "these", "you", "your", "yours", "i", "my", "me", "here", "such", "let's", "another", "above",
    ];
    const INSIDE: &[&str] =
        &["it", "its", "they", "them", "their", "he", "she", "his", "her", "him", "itself", "themselves"];
    let first_noun = (0..line.len())
        .find(|&i| matches!(line.tag(i), Tag::Noun | Tag::Name) && !line.form(i).stop)
        .unwrap_or(0);
    let sentence = line.document.sentence_text(&line.document.sentences[line.sentence]).to_lowercase();
    ELSEWHERE.iter().any(|phrase| sentence.contains(phrase))
        || (0..line.len()).any(|i| {
            let word = line.lower(i);
            PAGE.contains(&word)
                || OUTSIDE.contains(&word) && !(word == "such" && line.is(i + 1, &["as"]))
                || i < first_noun && INSIDE.contains(&word)
        })
}

/// Whether a term is no good for a gap: it begins with a verb's form or ends in an adverb.
pub(crate) fn weak_gap(line: &Line<'_>, term: &std::ops::Range<usize>) -> bool {
    let first = line.tag(term.start);
    let inside_name = first == Tag::Name
        && (term.start > 0 && line.tag(term.start - 1) == Tag::Name || line.tag(term.end) == Tag::Name);
    inside_name
        || matches!(first, Tag::Ing | Tag::Participle | Tag::Past | Tag::Verb | Tag::Adverb | Tag::Numeral)
        || line.lower(term.start).ends_with("ed") && first == Tag::Adjective && term.len() == 1
        || matches!(line.tag(term.end - 1), Tag::Adverb)
        || line.is(term.end - 1, &["alone", "etc"])
}

/// Markup, formulas, half brackets and half quotes are not prose.
fn odd(text: &str) -> bool {
    let count = |mark: char| text.matches(mark).count();
    let formula = tokens(text)
        .filter(|t| {
            t.text.len() == 1 && t.text.starts_with(char::is_alphabetic) && !matches!(t.text, "a" | "A" | "I")
        })
        .count()
        >= 2;
    formula
        || text.replace(super::cloze::GAP, "").contains('_')
        || text.contains([
            '\\', '{', '}', '|', '<', '>', '=', '^', '#', '[', ']', '$', '\u{FFFD}', '√', '∑', '∫', '…',
        ]) && !text.contains("US$")
            && !is_money(text)
        || count('(') != count(')')
        || count('“') != count('”')
        || text.contains("http")
        || text.contains("...")
}

/// A dollar sign before digits is money, not a formula.
fn is_money(text: &str) -> bool {
    let mut rest = text;
    let mut dollars = false;
    while let Some(at) = rest.find('$') {
        dollars = true;
        rest = &rest[at + 1..];
        if !rest.starts_with(|c: char| c.is_ascii_digit()) {
            return false;
        }
    }
    dollars
        && !text.contains([
            '\\', '{', '}', '|', '<', '>', '=', '^', '#', '[', ']', '\u{FFFD}', '√', '∑', '∫', '…',
        ])
}

/// Whether the question holds the answer, or so much of it that nothing is left to know.
fn gives_away(question: &str, answer: &str) -> bool {
    let (question, answer) = (key(question, Language::English), key(answer, Language::English));
    if answer.is_empty() {
        return true;
    }
    let padded = format!(" {question} ");
    if padded.contains(&format!(" {answer} ")) {
        return true;
    }
    let words: Vec<&str> = answer.split(' ').collect();
    let known = words.iter().filter(|word| word.len() > 3 && padded.contains(&format!(" {word} "))).count();
    words.len() <= 3 && known * 2 >= words.len() && known > 0
}
