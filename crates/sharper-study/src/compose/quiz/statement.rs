//! True or false: a sentence of the notes as it stands, or with one thing changed that the notes make certain.

use sharper_domain::{CardForm, CorrectAnswer, QuestionDraft, QuestionKind};

use super::alone::stands_alone;
use super::choice::Meaning;
use super::item::{Item, shares_words};
use crate::compose::distractors::{Asked, is_plural, number, other_amounts, ranked_rivals, without_article};
use crate::compose::fronts::capital;
use crate::compose::gates;
use crate::grammar::{Line, Tag};
use crate::text::{Language, TokenKind, key};

/// Fewest and most words of a statement.
const WORDS: std::ops::RangeInclusive<usize> = 5..=32;

/// A statement on an item: true as the notes have it, or false. `None` where the text does not make it certain.
pub(super) fn compose(item: &Item<'_>, meanings: &[Meaning], truth: bool) -> Option<QuestionDraft> {
    let statement = match item.line {
        Some(line) => {
            let text = statement(line, item)?;
            if truth { text } else { falsified(item, line, &text, meanings)? }
        }
        None => defined_line(item, meanings, truth)?,
    };
    let answer = CorrectAnswer::Truth(truth);
    let mut question = item.question(QuestionKind::TrueFalse, statement, answer);
    question.options = vec!["True".to_owned(), "False".to_owned()];
    Some(question)
}

/// The sentence, when it says something without its neighbours that is worth judging.
fn statement(line: &Line<'_>, item: &Item<'_>) -> Option<String> {
    let defines = item.term.is_some();
    let text = line.document.sentence_text(&line.document.sentences[line.sentence]).trim();
    let opens =
        matches!(line.tag(0), Tag::Determiner | Tag::Noun | Tag::Name | Tag::Adjective | Tag::Numeral)
            && !line.is(
                0,
                &["some", "another", "other", "each", "both", "such", "many", "most", "one", "opposite"],
            )
            && (!line.is(0, &["a", "an"]) || defines);
    let plain = !text
        .contains(['(', ')', '“', '”', '"', '[', ']', ':', '?', '!', ';', '*', '\n', '=', '_', '\\', '{']);
    let hedged = (0..line.len()).any(|i| {
        line.is(
            i,
            &[
                "example",
                "however",
                "therefore",
                "thus",
                "perhaps",
                "also",
                "other",
                "another",
                "instead",
                "moreover",
                "then",
            ],
        )
    });
    let fits =
        WORDS.contains(&text.split_whitespace().count()) && text.ends_with('.') && !text.ends_with("..");
    // "condemned him": someone whom the sentence does not name.
    let someone = (0..line.len()).find(|&i| line.is(i, &["he", "him", "she"]));
    let unnamed = someone.is_some_and(|at| {
        !(0..at).any(|i| {
            line.tag(i) == Tag::Name
                && (i == 0 || line.tag(i - 1) != Tag::Determiner && line.tag(i - 1) != Tag::Name || i == 1)
        })
    });
    let denies = (0..line.len())
        .any(|i| line.tag(i) == Tag::Negation || line.is(i, &["we", "our", "us"]) || is_talk(line.lower(i)));
    (fits
        && opens
        && plain
        && !hedged
        && !denies
        && !unnamed
        && !gates::dangles(line)
        && stands_alone(line, item.bank)
        && crate::grammar::clause(line).is_some())
    .then(|| text.to_owned())
}

/// Whether a word talks to the reader, or is an ordinal in digits, true of one example only.
fn is_talk(word: &str) -> bool {
    let talks =
        ["we'", "we’", "you'", "you’", "i'", "i’", "let'"].iter().any(|front| word.starts_with(front));
    let ordinal = word.starts_with(|c: char| c.is_ascii_digit())
        && ["st", "nd", "rd", "th"].iter().any(|ending| word.ends_with(ending))
        && word.len() > 4;
    talks || ordinal && !word.starts_with("19") && !word.starts_with("18")
}

/// The sentence with one thing changed: its term, its number, or a word for its contrary.
fn falsified(item: &Item<'_>, line: &Line<'_>, text: &str, meanings: &[Meaning]) -> Option<String> {
    other_term(item, text, meanings)
        .or_else(|| other_number(item, line, text))
        .or_else(|| contrary(line, text))
}

/// Another defined term in the place of the one that the sentence defines: the notes say what that one is.
fn other_term(item: &Item<'_>, text: &str, meanings: &[Meaning]) -> Option<String> {
    let term = without_article(item.term.as_ref()?);
    let at = place_of(text, term)?;
    let other = another(item, term, meanings)?;
    let before = &text[..at];
    let after = &text[at + term.len()..];
    let begins = before.trim().is_empty();
    let article = before.to_lowercase();
    if (article.ends_with("a ") || article.ends_with("an "))
        && starts_with_vowel(&other) != starts_with_vowel(term)
    {
        return None;
    }
    Some(format!("{before}{}{after}", if begins { capital(&other) } else { other }))
}

/// Least worth of a term that is put in another's place: alone, it must tempt more than one option of four.
const TEMPTING: f32 = 2.6;

/// A term that the notes define and that is not what `term` is.
fn another(item: &Item<'_>, term: &str, meanings: &[Meaning]) -> Option<String> {
    let defined: Vec<&Meaning> = meanings.iter().filter(|other| other.text == item.draft.text).collect();
    let stem = format!("What is {}?", item.draft.answer);
    let asked = Asked::new(&stem, term);
    let plausible =
        ranked_rivals(&stem, term, item.bank, 12).into_iter().filter(|(_, worth)| *worth >= TEMPTING);
    plausible.map(|(option, _)| option).find(|option| {
        let own = key(option, Language::English);
        is_plural(option) == is_plural(term)
            && !shares_words(option, &item.draft.answer)
            && !asked.clashes(option)
            && are_alike(item, option, term)
            && defined.iter().any(|other| other.key == own && !shares_words(term, &other.meaning))
    })
}

/// Whether two names are of one kind, as far as the notes tell: two people, two things enumerated together or with the
/// same last word. Two terms that are no names need not be.
fn are_alike(item: &Item<'_>, one: &str, other: &str) -> bool {
    let named = |text: &str| text.starts_with(char::is_uppercase);
    let last = |text: &str| text.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let keys = [one, other].map(|text| key(text, Language::English));
    !named(one) && !named(other)
        || item.bank.is_person(one) && item.bank.is_person(other)
        || last(one) == last(other)
        || item.bank.are_siblings(&keys[0], &keys[1])
}

fn starts_with_vowel(text: &str) -> bool {
    text.to_lowercase().starts_with(['a', 'e', 'i', 'o', 'u'])
}

/// Where a term stands in a text as whole words, if it stands there once.
fn place_of(text: &str, term: &str) -> Option<usize> {
    let lower = text.to_ascii_lowercase();
    let wanted = term.to_ascii_lowercase();
    let mut places = lower.match_indices(&wanted).map(|(at, _)| at).filter(|&at| {
        !lower[..at].ends_with(char::is_alphanumeric)
            && !lower[at + wanted.len()..].starts_with(char::is_alphanumeric)
    });
    let first = places.next()?;
    places.next().is_none().then_some(first)
}

/// Words before a number that make another number not certainly wrong.
const HEDGES: &[&str] = &[
    "about",
    "around",
    "approximately",
    "roughly",
    "nearly",
    "almost",
    "over",
    "least",
    "most",
    "than",
    "to",
    "up",
    "some",
    "between",
    "or",
    "by",
    "until",
    "since",
    "before",
    "after",
    "any",
    "every",
    "only",
    "just",
    "under",
    "the",
    "these",
    "those",
    "his",
    "her",
    "their",
    "its",
    "other",
    "another",
];

/// Another number in the place of the only one.
fn other_number(item: &Item<'_>, line: &Line<'_>, text: &str) -> Option<String> {
    let numeral = |i: usize| line.words[i].kind == TokenKind::Number || number(line.lower(i)).is_some();
    let mut numbers = (0..line.len()).filter(|&i| numeral(i));
    let at = numbers.next()?;
    // "Five classes—A, B, C, D, E": the list tells how many; a number at the head counts what was named before.
    let listed = (0..line.len()).filter(|&i| line.is(i, &[",", "—", ":"])).count() >= 3;
    let hedged = (at.saturating_sub(2)..at).any(|i| line.is(i, HEDGES))
        || line.is(at + 1, &["or", "to", "-", "–", "%", "th", "st", "nd", "rd", "million", "billion"]);
    if numbers.next().is_some() || hedged || listed || at == 0 {
        return None;
    }
    let word = line.text(at..at + 1);
    let place = place_of(text, &word)?;
    let other = other_amounts(&word, item.bank).into_iter().next()?;
    Some(format!("{}{other}{}", &text[..place], &text[place + word.len()..]))
}

/// Words and their contraries, which cannot both be true of one thing in one respect.
const CONTRARIES: &[(&str, &str)] = &[
    ("increases", "decreases"),
    ("increase", "decrease"),
    ("increased", "decreased"),
    ("rises", "falls"),
    ("highest", "lowest"),
    ("largest", "smallest"),
    ("higher", "lower"),
    ("faster", "slower"),
    ("larger", "smaller"),
    ("greater", "smaller"),
    ("positive", "negative"),
    ("positively", "negatively"),
    ("internal", "external"),
    ("inside", "outside"),
    ("maximum", "minimum"),
    ("northern", "southern"),
    ("eastern", "western"),
    ("exothermic", "endothermic"),
    ("aerobic", "anaerobic"),
    ("unstable", "stable"),
    ("reject", "accept"),
    ("rejected", "accepted"),
    ("voluntary", "involuntary"),
    ("vertebrates", "invertebrates"),
    ("before", "after"),
];

/// The only word that has a contrary, turned into it.
fn contrary(line: &Line<'_>, text: &str) -> Option<String> {
    if (0..line.len())
        .any(|i| line.tag(i) == Tag::Negation || line.is(i, &["or", "both", "either", "may", "can"]))
    {
        return None;
    }
    let found: Vec<(&str, &str)> = CONTRARIES
        .iter()
        .flat_map(|&(one, other)| [(one, other), (other, one)])
        .filter(|(word, _)| (0..line.len()).any(|i| line.is(i, &[word])))
        .collect();
    let &[(word, other)] = found.as_slice() else { return None };
    let place = place_of(text, word)?;
    let at = (0..line.len()).find(|&i| line.is(i, &[word]))?;
    if line.is(at + 1, &["and", "or"]) || line.is(at.wrapping_sub(1), &["and", "or", "neither", "nor"]) {
        return None;
    }
    // A capital makes it part of a name.
    (place > 0 && text[place..].starts_with(word))
        .then(|| format!("{}{other}{}", &text[..place], &text[place + word.len()..]))
}

/// A line "Term: meaning" as a statement, with its own term or another that the notes define otherwise.
fn defined_line(item: &Item<'_>, meanings: &[Meaning], truth: bool) -> Option<String> {
    let term = item.term.as_deref().filter(|_| item.draft.form == CardForm::Definition)?;
    let bare = without_article(term);
    let meaning = crate::grammar::lower_first(&item.draft.answer);
    if !["a ", "an ", "the "].iter().any(|article| meaning.starts_with(article))
        || meaning.contains([';', ':'])
    {
        return None;
    }
    let subject = if truth { bare.to_owned() } else { another(item, bare, meanings)? };
    let verb = if is_plural(&subject) { "are" } else { "is" };
    Some(format!("{} {verb} defined as {}.", capital(&subject), meaning.trim_end_matches('.')))
}
