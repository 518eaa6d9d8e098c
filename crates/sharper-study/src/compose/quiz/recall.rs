//! Short answers: a stem whose answer is a few words, and the other ways to write them.

use sharper_domain::{CardForm, CorrectAnswer, QuestionDraft, QuestionKind};

use super::item::Item;
use crate::compose::distractors::{
    Bank, Kind, is_plural, kind_of, number, number_word, other_number, without_article,
};
use crate::text::{Language, key};

/// The short answer of an item, if it has one that can be marked.
pub(super) fn compose(item: &Item<'_>) -> Option<QuestionDraft> {
    if matches!(item.draft.form, CardForm::List | CardForm::Parts | CardForm::Cause) {
        return None;
    }
    let (stem, answer) = item.stem()?;
    if !item.is_short(&answer) {
        return None;
    }
    let asked = stem.to_lowercase();
    let mut acceptable = acceptable(&answer, item.bank);
    acceptable.retain(|way| !asked.contains(&way.to_lowercase()));
    let mut question = item.question(QuestionKind::ShortAnswer, stem, CorrectAnswer::Text(answer));
    question.acceptable_answers = acceptable;
    Some(question)
}

/// Other ways to write an answer: without its article or preposition, by its other names in the notes, with digits for
/// words, in the other grammatical number.
fn acceptable(answer: &str, bank: &Bank<'_>) -> Vec<String> {
    let bare = without_article(answer);
    let mut ways = vec![bare.to_owned()];
    ways.extend(bank.other_names(&key(bare, Language::English)).iter().cloned());
    match kind_of(answer) {
        Kind::Year => {
            ways.extend(bare.split_whitespace().last().map(|year| year.trim_end_matches('.').to_owned()));
        }
        Kind::Number => ways.extend(amounts(bare)),
        Kind::Term if !is_named(bare, bank) && is_counted(bare, bank) => ways.extend(other_number(bare)),
        Kind::Name => {
            ways.extend(bare.split_whitespace().last().filter(|_| is_person(bare, bank)).map(str::to_owned))
        }
        Kind::Term | Kind::Adjective | Kind::Phrase => {}
    }
    let mut out: Vec<String> = Vec::new();
    for way in ways {
        let said = |other: &str| other.eq_ignore_ascii_case(&way);
        if !way.is_empty() && !said(answer) && !out.iter().any(|other| said(other)) {
            out.push(way);
        }
    }
    out
}

/// Whether the notes count a thing: it stands with "a", or in both numbers.
fn is_counted(bare: &str, bank: &Bank<'_>) -> bool {
    is_plural(bare)
        || bank.get(&key(bare, Language::English)).is_none_or(|term| term.with_a)
        || other_number(bare).is_some_and(|other| bank.terms.iter().any(|term| term.text == other))
}

/// Whether an answer is a name of the notes or holds one.
fn is_named(bare: &str, bank: &Bank<'_>) -> bool {
    bank.get(&key(bare, Language::English))
        .is_some_and(|term| term.name || term.text.contains(char::is_uppercase))
}

/// Whether a name of two words is met by its last alone: then that is how the notes call a person.
fn is_person(name: &str, bank: &Bank<'_>) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let Some(last) = words.last() else { return false };
    words.len() == 2
        && bank.get(&key(last, Language::English)).is_some_and(|term| term.name && term.whole >= 2)
        && bank.get(&key(words[0], Language::English)).is_none()
}

/// The number alone, and in its other form.
fn amounts(bare: &str) -> Vec<String> {
    let Some(word) = bare.split_whitespace().find(|word| number(&word.to_lowercase()).is_some()) else {
        return Vec::new();
    };
    let mut ways = vec![word.to_lowercase()];
    let Some(value) = number(&word.to_lowercase()) else { return ways };
    if word.starts_with(char::is_alphabetic) {
        ways.push(format!("{value}"));
        ways.push(bare.replacen(word, &format!("{value}"), 1));
    } else if let Some(spelled) = number_word(value).filter(|_| word.chars().all(|c| c.is_ascii_digit())) {
        ways.push(spelled.to_owned());
        ways.push(bare.replacen(word, spelled, 1));
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Document;

    fn check(answer: &str, wanted: &[&str]) {
        let document = Document::parse("The central nervous system (CNS) of an animal is long.");
        assert_eq!(acceptable(answer, &Bank::new(&document)), wanted, "{answer}");
    }

    #[test]
    fn articles_and_grammatical_number_are_left_to_the_student() {
        check("The ribosome", &["ribosome", "ribosomes"]);
        check("ribosomes", &["ribosome"]);
        check("batteries", &["battery"]);
        check("osmosis", &[]);
    }

    #[test]
    fn numbers_may_be_written_in_digits_or_words() {
        check("Four chambers", &["four", "4", "4 chambers"]);
        check("in 1945", &["1945"]);
    }

    #[test]
    fn the_other_names_of_the_notes_are_accepted() {
        check("central nervous system", &["CNS"]);
        check("CNS", &["central nervous system"]);
    }
}
