//! What is asked: the parts of a question, its words, and the kind of thing that would answer it.

use crate::lexicon::commonness;
use crate::text::{Language, is_stop_word, stem, tokens};

/// The kind of thing that answers a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A year or a date.
    Time,
    /// A number.
    Amount,
    /// A person or a place.
    Name,
    /// What something is.
    Meaning,
    /// Anything.
    Anything,
}

/// A word of a question.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    /// In lower case.
    pub(super) lower: String,
    /// Its stem.
    pub(super) stem: String,
    /// Written with a capital where no sentence begins.
    pub(super) name: bool,
    /// Whether it says what the question is about.
    pub(super) content: bool,
    /// What it tells: the rarer in books, the more; 0 to 1.
    pub(super) worth: f32,
}

/// A question that was read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Asked {
    /// Its words.
    pub(super) words: Vec<Word>,
    /// What would answer it.
    pub(super) kind: Kind,
}

impl Asked {
    pub(super) fn read(question: &str, language: Language) -> Self {
        let mut words: Vec<Word> = Vec::new();
        for token in tokens(question).filter(|token| token.text.starts_with(char::is_alphanumeric)) {
            let lower = token.text.to_lowercase().replace('’', "'");
            let content = !is_stop_word(&lower, language) && !ASKING.contains(&lower.as_str());
            let worth = if content { 1.0 - commonness(&lower) / 10.0 } else { 0.0 };
            let name = !words.is_empty() && token.text.starts_with(char::is_uppercase);
            let bare = lower.strip_suffix("'s").unwrap_or(&lower);
            words.push(Word { stem: stem(bare, language), name, content, worth, lower });
        }
        Asked { kind: kind(question), words }
    }

    /// The words that say what it is about.
    pub(super) fn content(&self) -> impl Iterator<Item = &Word> {
        self.words.iter().filter(|word| word.content)
    }
}

/// Words that ask, and say nothing of what is asked about.
const ASKING: &[&str] = &[
    "what",
    "which",
    "who",
    "whom",
    "whose",
    "when",
    "where",
    "why",
    "how",
    "explain",
    "describe",
    "define",
    "tell",
    "please",
    "mean",
    "means",
    "meant",
    "definition",
    "many",
    "much",
    "name",
    "called",
];

/// What asks for a time.
#[rustfmt::skip]
const TIMES: &[&str] = &[
    "when", "what year", "which year", "what date", "what day", "what month", "what century", "what decade",
    "wann", "cuándo", "quand",
];

/// What asks for an amount.
#[rustfmt::skip]
const AMOUNTS: &[&str] = &[
    "how many", "how much", "how long", "how old", "how far", "how high", "how tall", "how large", "how big",
    "how often", "percentage", "percent", "what number", "wie viele", "wie viel", "cuántos", "combien",
];

/// What asks for a person or a place.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "who", "whom", "whose", "where", "what country", "which country", "what city", "which city",
    "what state", "wer", "wo", "quién", "dónde", "qui", "où",
];

fn kind(question: &str) -> Kind {
    let lower = format!(" {} ", spaced(question));
    let has = |signs: &[&str]| signs.iter().any(|sign| lower.contains(&format!(" {sign} ")));
    if has(TIMES) {
        Kind::Time
    } else if has(AMOUNTS) {
        Kind::Amount
    } else if has(NAMES) {
        Kind::Name
    } else if ["what is ", "what are ", "what was ", "define ", "was ist ", "was sind ", "what does "]
        .iter()
        .any(|front| lower.trim_start().starts_with(front))
        && (lower.split_whitespace().count() <= 6)
    {
        Kind::Meaning
    } else {
        Kind::Anything
    }
}

/// In lower case, with single spaces for all that is no letter or digit.
fn spaced(text: &str) -> String {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Most parts of a question that are answered each by itself.
const PARTS: usize = 4;

/// The parts of a question: each that ends with a question mark, and what "and what …" adds. A part that points back
/// ("and why does it matter?") takes the part before along, so that it can be searched for.
pub(super) fn parts(question: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for sentence in question.split_inclusive('?').map(str::trim).filter(|part| !part.is_empty()) {
        let mut rest = sentence;
        while let Some(at) = and_asks(rest) {
            found.push(rest[..at].trim_end_matches([',', ' ']).to_owned());
            rest = rest[at..].trim_start_matches([' ', ',']).trim_start_matches("and ");
        }
        found.push(rest.to_owned());
    }
    for at in 1..found.len() {
        let words = spaced(&found[at]);
        let points = words
            .split(' ')
            .any(|word| matches!(word, "it" | "its" | "they" | "them" | "their" | "this" | "these" | "that"));
        if points || !words.split(' ').any(|word| !is_stop_word(word, Language::English)) {
            found[at] = format!("{} {}", found[at], about(&found[0]));
        }
    }
    found.retain(|part| part.chars().any(char::is_alphanumeric));
    found.truncate(PARTS);
    if found.is_empty() { vec![question.to_owned()] } else { found }
}

/// The content words of a part.
fn about(part: &str) -> String {
    let words = spaced(part);
    let content =
        words.split(' ').filter(|word| !is_stop_word(word, Language::English) && !ASKING.contains(word));
    content.collect::<Vec<_>>().join(" ")
}

/// Where " and" is followed by a word that asks, with enough before it to be a question of its own.
fn and_asks(text: &str) -> Option<usize> {
    let words = ["what", "which", "who", "when", "where", "why", "how"];
    text.match_indices(" and ").map(|(at, _)| at).find(|&at| {
        let next = text[at + 5..].split(' ').next().unwrap_or_default();
        words.contains(&next.to_lowercase().as_str()) && text[..at].split_whitespace().count() >= 3
    })
}

/// Words of talk and of questions about the notes as a whole.
const TALK: &[&str] = &[
    "notes",
    "note",
    "study",
    "studying",
    "learn",
    "learning",
    "help",
    "main",
    "points",
    "point",
    "summary",
    "summarize",
    "summarise",
    "overview",
    "important",
    "key",
    "ideas",
    "idea",
    "topics",
    "topic",
    "content",
    "contents",
    "text",
    "hi",
    "hello",
    "hey",
    "thanks",
    "thank",
    "start",
    "begin",
    "good",
    "morning",
    "evening",
    "exam",
    "test",
    "revise",
    "review",
    "today",
    "know",
    "give",
    "tell",
    "show",
    "explain",
    "please",
    "quick",
    "brief",
    "things",
    "thing",
    "material",
    "document",
    "subject",
    "cover",
    "covered",
    "covers",
    "everything",
    "need",
    "remember",
    "most",
    "want",
    "zusammenfassung",
    "notizen",
    "lernen",
    "hilf",
    "resumen",
    "apuntes",
    "résumé",
    "hallo",
    "hola",
    "bonjour",
];

/// Whether a question is about the notes as a whole, or only talk: nothing in it says what it is about.
pub(super) fn is_about_everything(question: &str) -> bool {
    let words = spaced(question);
    let mut any = false;
    for word in words.split(' ').filter(|word| !word.is_empty()) {
        any |= TALK.contains(&word);
        if !TALK.contains(&word) && !is_stop_word(word, Language::English) && !ASKING.contains(&word) {
            return false;
        }
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(question: &str, wanted: &[&str]) {
        assert_eq!(parts(question), wanted, "{question}");
    }

    #[test]
    fn a_question_has_a_part_for_each_thing_it_asks() {
        check("What is osmosis?", &["What is osmosis?"]);
        check(
            "What is osmosis and where does diffusion happen?",
            &["What is osmosis", "where does diffusion happen?"],
        );
        check("What is osmosis? Who found radium?", &["What is osmosis?", "Who found radium?"]);
        check("Who lived when salt and pepper were dear?", &["Who lived when salt and pepper were dear?"]);
        check("?", &["?"]);
    }

    #[test]
    fn a_part_that_points_back_takes_along_what_it_points_to() {
        check("What is osmosis and why does it matter?", &["What is osmosis", "why does it matter? osmosis"]);
    }

    #[test]
    fn questions_about_the_notes_as_a_whole_are_known() {
        for question in
            ["What are my notes about?", "Help me study!", "hi", "What is important?", "Give me an overview"]
        {
            assert!(is_about_everything(question), "{question}");
        }
        for question in ["What is osmosis?", "Help me with osmosis", "", "What is it?"] {
            assert!(!is_about_everything(question), "{question}");
        }
    }

    #[test]
    fn what_would_answer_is_read_off_the_question() {
        let kind = |question| Asked::read(question, Language::English).kind;
        assert_eq!(kind("When did it end?"), Kind::Time);
        assert_eq!(kind("How many moons are there?"), Kind::Amount);
        assert_eq!(kind("Who wrote it?"), Kind::Name);
        assert_eq!(kind("What is osmosis?"), Kind::Meaning);
        assert_eq!(kind("Why does it rain?"), Kind::Anything);
    }
}
