//! What a message says of what is to be made: how many, how hard, about what. Whole words, in six languages.

use sharper_domain::DifficultyChoice;
use sharper_domain::request::{COUNT_MAX, TOPIC_CHARS};

/// What was said.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Said {
    /// How many, and how surely that is meant.
    pub(super) count: Option<(u32, f64)>,
    pub(super) difficulty: Option<DifficultyChoice>,
    pub(super) topic: Option<String>,
}

/// What is counted: a number before one of these is how many. Beginnings of words.
const THINGS: [&str; 17] = [
    "card",
    "flashcard",
    "question",
    "item",
    "karte",
    "karteikarte",
    "lernkarte",
    "frage",
    "tarjeta",
    "ficha",
    "pregunta",
    "carte",
    "fiche",
    "بطاق",
    "سؤال",
    "أسئلة",
    "quiz",
];
/// The same where words are not parted.
const THINGS_UNPARTED: [&str; 5] = ["张", "張", "道", "个问题", "个题"];
/// Numbers in words, and what stands for one, with how surely it does.
const NUMBERS: [(&[&str], u32, f64); 17] = [
    (&["one", "single", "eine", "una", "une"], 1, 0.8),
    (&["two", "couple", "zwei", "dos", "deux"], 2, 0.8),
    (&["three", "drei", "tres", "trois"], 3, 0.9),
    (&["four", "vier", "cuatro", "quatre"], 4, 0.9),
    (&["five", "fünf", "cinco", "cinq", "五", "خمس", "خمسة"], 5, 0.9),
    (&["six", "sechs", "seis"], 6, 0.9),
    (&["seven", "sieben", "siete", "sept"], 7, 0.9),
    (&["eight", "acht", "ocho", "huit"], 8, 0.9),
    (&["nine", "neun", "nueve", "neuf"], 9, 0.9),
    (&["ten", "zehn", "diez", "dix", "十", "عشر", "عشرة"], 10, 0.9),
    (&["dozen", "twelve", "zwölf", "dutzend", "doce", "docena", "douze", "douzaine"], 12, 0.9),
    (&["fifteen", "fünfzehn", "quince", "quinze"], 15, 0.9),
    (&["twenty", "zwanzig", "veinte", "vingt", "二十", "عشرين", "عشرون"], 20, 0.9),
    (&["thirty", "dreißig", "treinta", "trente"], 30, 0.9),
    (&["fifty", "fünfzig", "cincuenta", "cinquante"], 50, 0.9),
    (
        &["few", "some", "paar", "einige", "wenige", "pocas", "algunas", "unas", "quelques", "几", "بعض"],
        5,
        0.6,
    ),
    (&["many", "lots", "viele", "muchas", "beaucoup", "许多", "很多", "كثير"], 20, 0.6),
];
/// Words between a number and what it counts.
const BETWEEN: usize = 3;

const EASY: [&str; 14] = [
    "easy", "simple", "basic", "beginner", "einfach", "einfache", "leicht", "leichte", "fácil", "fáciles",
    "facile", "faciles", "简单", "سهل",
];
const HARD: [&str; 14] = [
    "hard",
    "difficult",
    "challenging",
    "tough",
    "advanced",
    "schwer",
    "schwere",
    "schwierige",
    "difícil",
    "difíciles",
    "difficile",
    "difficiles",
    "困难",
    "صعب",
];
const MEDIUM: [&str; 6] = ["medium", "intermediate", "mittel", "mittelschwere", "medio", "moyen"];

/// What stands before a topic.
const ABOUT: [&str; 17] = [
    "about",
    "on",
    "regarding",
    "concerning",
    "covering",
    "über",
    "zum",
    "zur",
    "zu",
    "sobre",
    "acerca",
    "sur",
    "concernant",
    "关于",
    "عن",
    "حول",
    "of",
];
/// Words with which no topic begins, and which alone are none.
const NO_TOPIC: [&str; 62] = [
    "a",
    "an",
    "the",
    "my",
    "our",
    "these",
    "this",
    "that",
    "those",
    "all",
    "it",
    "them",
    "note",
    "notes",
    "everything",
    "anything",
    "stuff",
    "material",
    "class",
    "lecture",
    "course",
    "text",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "today",
    "tomorrow",
    "week",
    "next",
    "what",
    "mein",
    "meine",
    "meinen",
    "meiner",
    "den",
    "die",
    "das",
    "der",
    "dem",
    "notizen",
    "de",
    "del",
    "la",
    "el",
    "los",
    "las",
    "mis",
    "apuntes",
    "notas",
    "le",
    "les",
    "mes",
    "des",
    "du",
    "cours",
    "me",
    "et",
    "alles",
];
/// What ends a topic.
const ENDS: [&str; 26] = [
    "for", "from", "please", "with", "using", "so", "because", "before", "by", "in", "and", "für", "bitte",
    "aus", "mit", "para", "por", "con", "desde", "pour", "avec", "depuis", "svp", "then", "but", "at",
];
/// Most words of a topic.
const TOPIC_WORDS: usize = 6;

impl Said {
    /// Reads a message.
    pub(super) fn read(message: &str) -> Self {
        let lower = message.to_lowercase();
        let words: Vec<&str> = lower
            .split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '\'' | '’'))
            .filter(|w| !w.is_empty())
            .collect();
        let any = |list: &[&str]| words.iter().any(|word| list.contains(word));
        let difficulty = match (any(&EASY), any(&MEDIUM), any(&HARD)) {
            (true, false, false) => Some(DifficultyChoice::Easy),
            (false, true, false) => Some(DifficultyChoice::Medium),
            (false, false, true) => Some(DifficultyChoice::Hard),
            _ => None,
        };
        Self { count: count(&words).or_else(|| unparted_count(&lower)), difficulty, topic: topic(message) }
    }
}

fn number(word: &str) -> Option<(u32, f64)> {
    if let Ok(number) = word.parse::<u32>() {
        return (1..=COUNT_MAX).contains(&number).then_some((number, 0.95));
    }
    NUMBERS.iter().find(|(names, ..)| names.contains(&word)).map(|(_, number, sure)| (*number, *sure))
}

/// The number that stands nearest before what is counted.
fn count(words: &[&str]) -> Option<(u32, f64)> {
    let is_thing = |word: &str| THINGS.iter().any(|thing| word.starts_with(thing));
    let before = |thing: usize| {
        let near = thing.saturating_sub(BETWEEN)..thing;
        near.rev().find_map(|at| Some((at, number(words[at])?)))
    };
    let things = (0..words.len()).filter(|at| is_thing(words[*at]));
    things.filter_map(before).find(|(at, _)| !is_of_something_else(words, *at)).map(|(_, found)| found)
}

/// "Chapter 3 cards" and "in 5 minutes": a number of something else.
fn is_of_something_else(words: &[&str], at: usize) -> bool {
    const BEFORE: [&str; 9] =
        ["chapter", "unit", "lecture", "week", "part", "section", "kapitel", "capítulo", "chapitre"];
    at > 0 && BEFORE.contains(&words[at - 1])
}

fn unparted_count(text: &str) -> Option<(u32, f64)> {
    let at = THINGS_UNPARTED.iter().find_map(|thing| text.find(thing))?;
    let before = text[..at].trim_end();
    let digits: String = before.chars().rev().take_while(char::is_ascii_digit).collect();
    if !digits.is_empty() {
        return number(&digits.chars().rev().collect::<String>());
    }
    let ends = |(names, number, sure): &(&[&str], u32, f64)| {
        names
            .iter()
            .filter(|name| before.ends_with(*name))
            .map(|name| (name.len(), *number, *sure))
            .max_by_key(|one| one.0)
    };
    let longest = NUMBERS.iter().filter_map(ends).max_by_key(|one| one.0)?;
    Some((longest.1, longest.2))
}

/// The words after "about", up to what ends them.
fn topic(message: &str) -> Option<String> {
    if let Some(rest) = message.split("关于").nth(1) {
        let end = rest.find(['的', '，', '。', ',', '.']).unwrap_or(rest.len());
        return named(vec![rest[..end].trim()]);
    }
    let words: Vec<&str> = message.split_whitespace().collect();
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    // The last that leads to a topic: "a quiz on Friday on mitosis".
    (0..words.len()).rev().filter(|at| ABOUT.contains(&plain(words[*at]).as_str())).find_map(|at| {
        let mut topic = Vec::new();
        for word in &words[at + 1..] {
            let bare = plain(word);
            if topic.is_empty() && NO_TOPIC.contains(&bare.as_str()) {
                continue;
            }
            if ENDS.contains(&bare.as_str()) || topic.len() == TOPIC_WORDS {
                break;
            }
            topic.push(word.trim_matches(|c: char| !c.is_alphanumeric() && c != ')' && c != '('));
            if word.ends_with(['.', ',', ';', '!', '?', ':']) {
                break;
            }
        }
        topic.retain(|word| !word.is_empty());
        let says = topic.iter().any(|word| !NO_TOPIC.contains(&plain(word).as_str()));
        says.then(|| named(topic)).flatten()
    })
}

fn named(words: Vec<&str>) -> Option<String> {
    let topic = words.join(" ");
    let fits = topic.chars().count() <= TOPIC_CHARS && topic.chars().any(char::is_alphabetic);
    fits.then_some(topic)
}
