//! Kinds: what an answer is, so that its rivals can be of the same kind.

use crate::lexicon::{Class, classify, is_month, is_plural_noun, third_person};

/// What an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A year, with or without its preposition.
    Year,
    /// A number, with or without what it counts.
    Number,
    /// A name.
    Name,
    /// One adjective.
    Adjective,
    /// A noun phrase.
    Term,
    /// Anything longer: a clause, a reason, a description.
    Phrase,
}

/// Longest term, in words, its article left out.
const LONGEST_TERM: usize = 5;

/// The kind of an answer.
pub(crate) fn kind_of(answer: &str) -> Kind {
    let bare = without_article(answer.trim());
    let words: Vec<String> = bare.split_whitespace().map(plain).collect();
    let Some(first) = words.first() else { return Kind::Phrase };
    let years = words.iter().filter(|word| year(word).is_some()).count();
    if years == 1 && words.len() <= 3 && words.iter().all(|word| year(word).is_some() || is_dating(word)) {
        return Kind::Year;
    }
    let numbers = words.iter().filter(|word| number(word).is_some()).count();
    if numbers == 1 && words.len() <= 6 {
        return Kind::Number;
    }
    let class = classify(first);
    let verbal = matches!(
        class,
        Class::Preposition
            | Class::Subordinator
            | Class::To
            | Class::Pronoun
            | Class::Wh
            | Class::VerbThird
            | Class::VerbBase
    ) || bare.contains([',', ';', ':'])
        || words
            .iter()
            .any(|word| matches!(classify(word), Class::Wh | Class::Be | Class::Modal | Class::To));
    if verbal || words.len() > LONGEST_TERM {
        return Kind::Phrase;
    }
    let capitals = bare.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count();
    if capitals == words.len() && words.len() >= 2 {
        return Kind::Name;
    }
    if words.len() == 1 && class == Class::Adjective { Kind::Adjective } else { Kind::Term }
}

/// A word without the marks around it, in lower case.
pub(super) fn plain(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

fn is_dating(word: &str) -> bool {
    matches!(
        word,
        "in" | "on" | "by" | "around" | "during" | "about" | "early" | "late" | "the" | "since" | "after"
    ) || is_month(word)
}

/// The year that a word is.
pub(super) fn year(word: &str) -> Option<u32> {
    let digits = word.strip_suffix('s').unwrap_or(word);
    let year: u32 = digits.parse().ok()?;
    (digits.len() == 4 && (1000..=2100).contains(&year)).then_some(year)
}

/// Number words up to twelve, then tens: with their values.
const NUMBERS: &[(&str, f64)] = &[
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
];

/// The value of a word that is a number.
pub(crate) fn number(word: &str) -> Option<f64> {
    if let Some(&(_, value)) = NUMBERS.iter().find(|(name, _)| *name == word) {
        return Some(value);
    }
    let digits = word.trim_start_matches('$').trim_end_matches('%').replace(',', "");
    digits.starts_with(|c: char| c.is_ascii_digit()).then(|| digits.parse().ok())?
}

/// The word for a value, where there is one.
pub(crate) fn number_word(value: f64) -> Option<&'static str> {
    NUMBERS.iter().find(|(_, number)| (number - value).abs() < 1e-9).map(|(name, _)| *name)
}

/// The text without an article before it.
pub(crate) fn without_article(text: &str) -> &str {
    let first = text.split_whitespace().next().unwrap_or_default();
    match first.to_lowercase().as_str() {
        "a" | "an" | "the" => text[first.len()..].trim_start(),
        _ => text,
    }
}

/// The article before a text, in lower case with its space; empty where there is none.
pub(super) fn article(text: &str) -> &'static str {
    match text.split_whitespace().next().unwrap_or_default().to_lowercase().as_str() {
        "a" | "an" => "a ",
        "the" => "the ",
        _ => "",
    }
}

/// A text with the indefinite article that its sound asks for.
pub(super) fn with_a(text: &str) -> String {
    let lower = text.to_lowercase();
    let vowel = lower.starts_with(['a', 'e', 'i', 'o', 'u'])
        && !["uni", "use", "eu", "one", "usa", "ura", "ute"].iter().any(|sound| lower.starts_with(sound))
        || ["hour", "honest", "heir", "rna", "mrna", "x-ray"].iter().any(|sound| lower.starts_with(sound));
    format!("{} {text}", if vowel { "an" } else { "a" })
}

/// Whether the noun that a short answer turns on is a plural.
pub(crate) fn is_plural(answer: &str) -> bool {
    let bare = without_article(answer);
    let front =
        [" of ", " in ", " for "].iter().filter_map(|link| bare.find(link)).min().unwrap_or(bare.len());
    let head = bare[..front].split_whitespace().last().map(plain).unwrap_or_default();
    bare.contains(" and ") || is_plural_noun(&head)
}

/// The singular of a plural and the plural of a singular, by rule; nothing where the rules do not reach.
pub(crate) fn other_number(bare: &str) -> Option<String> {
    if bare.contains([' ', '-', '\'', '’']) && bare.split(' ').count() > 2
        || bare.contains(['-', '\'', '’'])
        || bare.contains(" and ")
        || !bare.ends_with(|c: char| c.is_ascii_lowercase())
    {
        return None;
    }
    if !is_plural(bare) {
        let regular = !["s", "sis", "um", "us", "on", "ism", "ness", "ity", "ing", "ment", "ics", "man"]
            .iter()
            .any(|ending| bare.ends_with(ending));
        return regular.then(|| third_person(bare));
    }
    if ["eas", "ens", "us", "is", "ss", "ics", "ices"].iter().any(|ending| bare.ends_with(ending)) {
        return None;
    }
    if let Some(root) = bare.strip_suffix("ies") {
        return Some(format!("{root}y"));
    }
    if ["sses", "xes", "ches", "shes"].iter().any(|ending| bare.ends_with(ending)) {
        return bare.strip_suffix("es").map(str::to_owned);
    }
    bare.strip_suffix('s').filter(|root| !root.ends_with("se")).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_told_by_kind() {
        for (answer, kind) in [
            ("in 1945", Kind::Year),
            ("July 1776", Kind::Year),
            ("20 amino acids", Kind::Number),
            ("Four chambers", Kind::Number),
            ("Isaac Newton", Kind::Name),
            ("the cell membrane", Kind::Term),
            ("atmospheric", Kind::Adjective),
            ("because water is polar", Kind::Phrase),
            ("to carry oxygen", Kind::Phrase),
        ] {
            assert_eq!(kind_of(answer), kind, "{answer}");
        }
    }

    #[test]
    fn the_article_goes_by_sound() {
        assert_eq!(with_a("enzyme"), "an enzyme");
        assert_eq!(with_a("unicorn"), "a unicorn");
        assert_eq!(with_a("hour"), "an hour");
    }
}
