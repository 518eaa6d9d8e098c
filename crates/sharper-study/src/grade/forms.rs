//! The forms of a wanted answer: the key, the other ways to write it, its abbreviation or what that stands for.

use sharper_domain::Question;

/// All the forms in which the answer of a question may be given, the key first.
pub(super) fn forms(question: &Question) -> Vec<String> {
    let key = question.correct_answer.as_str();
    let mut out: Vec<String> = Vec::new();
    let mut add = |form: &str| {
        let form = form.trim().trim_end_matches(['.', ';', ',']).trim();
        if !form.is_empty() && !out.iter().any(|known| known == form) {
            out.push(form.to_owned());
        }
    };
    for form in std::iter::once(key).chain(question.acceptable_answers.iter().map(String::as_str)) {
        let (bare, inner) = unbracketed(form);
        add(if bare.is_empty() { form } else { &bare });
        for inner in inner.iter().filter(|inner| initials(&bare, inner)) {
            add(inner);
        }
    }
    for known in out.clone() {
        for text in [&question.source.quote, &question.explanation, &question.question] {
            for other in abbreviations(text, &known) {
                if !out.contains(&other) {
                    out.push(other);
                }
            }
        }
    }
    out
}

/// A text without its bracketed parts, and these.
fn unbracketed(text: &str) -> (String, Vec<String>) {
    let (mut bare, mut inner, mut open) = (String::new(), Vec::new(), None::<String>);
    for c in text.chars() {
        match (c, &mut open) {
            ('(' | '（', None) => open = Some(String::new()),
            (')' | '）', Some(part)) => {
                inner.push(part.trim().to_owned());
                open = None;
            }
            (c, Some(part)) => part.push(c),
            (c, None) => bare.push(c),
        }
    }
    (bare.split_whitespace().collect::<Vec<_>>().join(" "), inner)
}

/// Whether `short` is made of the first letters of the words of `long`.
fn initials(long: &str, short: &str) -> bool {
    let letters: Vec<char> = short.chars().filter(|c| c.is_alphanumeric()).collect();
    let capital = letters.iter().filter(|c| c.is_uppercase()).count();
    let words: Vec<char> = long
        .split([' ', '-'])
        .filter(|word| {
            !matches!(*word, "of" | "the" | "and" | "for" | "in" | "de" | "la" | "du" | "der" | "des")
        })
        .filter_map(|word| word.chars().next())
        .collect();
    let lower = |c: &char| c.to_lowercase().next();
    if !(2..=8).contains(&letters.len()) || capital < 2 || letters.contains(&' ') || words.is_empty() {
        return false;
    }
    let whole = letters.len() == words.len() && letters.iter().zip(&words).all(|(a, b)| lower(a) == lower(b));
    // "DNA" of "deoxyribonucleic acid": the letters stand in order, those of the words among them.
    let mut rest = long.chars().filter_map(|c| c.to_lowercase().next());
    let in_order = letters.iter().all(|c| rest.any(|other| Some(other) == lower(c)));
    whole
        || in_order
            && lower(&letters[0]) == lower(&words[0])
            && words.len() <= letters.len()
            && !long.contains(',')
}

/// What a text gives in brackets as the short form of `known`, or what it gives `known` as the short form of.
fn abbreviations(text: &str, known: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (at, _) in text.match_indices('(') {
        let Some(inner) = text[at + 1..].split(')').next().map(str::trim) else { continue };
        let before = text[..at].trim_end();
        if same(inner, known) {
            out.extend(long_form(before, inner));
        } else if ends_with(before, known) && initials(known, inner) {
            out.push(inner.to_owned());
        } else if !inner.is_empty()
            && same(inner, known.trim_start_matches("the "))
            && initials(inner, before)
        {
            out.extend(before.split_whitespace().last().map(str::to_owned));
        }
    }
    out
}

/// The fewest words before a bracket that its letters are the initials of.
fn long_form(before: &str, short: &str) -> Option<String> {
    let words: Vec<&str> = before.split_whitespace().collect();
    (1..=words.len().min(short.chars().count() + 2))
        .map(|count| words[words.len() - count..].join(" "))
        .find(|long| initials(long, short))
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

fn ends_with(text: &str, end: &str) -> bool {
    let (text, end) = (text.to_lowercase(), end.to_lowercase());
    let singular = end.strip_suffix('s').unwrap_or(&end);
    text.ends_with(&end) || text.ends_with(singular)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bracket_gives_the_short_form_of_what_stands_before_it() {
        let text = "The central nervous system (CNS) is made of two parts.";
        assert_eq!(abbreviations(text, "central nervous system"), ["CNS"]);
        assert_eq!(abbreviations(text, "CNS"), ["central nervous system"]);
        assert!(
            abbreviations("Deoxyribonucleic acid (DNA) is long.", "deoxyribonucleic acid")
                .contains(&"DNA".to_owned())
        );
        assert!(abbreviations("Cells (small) divide.", "cells").is_empty());
    }
}
