//! Numbers: wrong years and amounts near the right one, those of the notes first.

use super::bank::Bank;
use super::kind::{number, number_word, plain, year};
use crate::text::TokenKind;

/// Farthest other year of the notes.
const YEARS: u32 = 120;

/// Other years for an answer that holds one: those of the notes, the nearest first, then made ones.
pub(super) fn years(answer: &str, bank: &Bank<'_>) -> Vec<String> {
    let Some(word) = answer.split_whitespace().find(|word| year(&plain(word)).is_some()) else {
        return Vec::new();
    };
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let Some(right) = year(&plain(word)) else { return Vec::new() };
    let decade = plain(word).ends_with('s');
    let mut found: Vec<u32> = numerals(bank)
        .filter(|text| text.ends_with('s') == decade)
        .filter_map(year)
        .filter(|&other| other != right && other.abs_diff(right) <= YEARS)
        .collect();
    found.sort_by_key(|&other| (other.abs_diff(right), other));
    found.dedup();
    // Made years surround the right one: it must not be the middle one every time.
    let steps: &[i64] = match (decade, right % 3) {
        (true, 0) => &[-10, 10, 20, -20],
        (true, 1) => &[10, 20, 30, -10],
        (true, _) => &[-10, -20, 10, -30],
        (false, 0) => &[-4, 5, 11, -9],
        (false, 1) => &[3, 8, 14, -6],
        (false, _) => &[-3, -7, -12, 6],
    };
    let made = steps.iter().filter_map(|step| u32::try_from(i64::from(right) + step).ok());
    let mut all: Vec<u32> = found.into_iter().take(6).collect();
    all.extend(made);
    let ending = if decade { "s" } else { "" };
    all.into_iter()
        .filter(|other| (1000..=2050).contains(other))
        .map(|other| answer.replacen(word, &format!("{other}{ending}"), 1))
        .collect()
}

/// Other amounts for an answer that holds one, in its own form.
pub(super) fn amounts(answer: &str) -> Vec<String> {
    let Some(word) = answer.split_whitespace().find(|word| number(&plain(word)).is_some()) else {
        return Vec::new();
    };
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let Some(right) = number(&plain(word)) else { return Vec::new() };
    let spelled = word.starts_with(char::is_alphabetic);
    let factors: &[f64] = match right as u64 % 3 {
        0 => &[0.5, 2.0, 1.5, 3.0],
        1 => &[2.0, 1.5, 3.0, 0.5],
        _ => &[0.5, 1.5, 0.25, 2.0],
    };
    let values: Vec<f64> = if right <= 12.0 && right.fract() == 0.0 {
        let steps: &[f64] = match right as u64 % 3 {
            0 => &[-1.0, 1.0, 2.0, 3.0, 4.0],
            1 => &[1.0, 2.0, -1.0, 3.0, 4.0],
            _ => &[-2.0, -1.0, 1.0, 2.0, 3.0],
        };
        steps.iter().map(|step| right + step).collect()
    } else {
        factors.iter().map(|factor| right * factor).collect()
    };
    let percent = answer.contains('%') || answer.contains("percent");
    values
        .into_iter()
        .filter(|&value| value > 1.0 && !(percent && value > 100.0) || value > 0.0 && right < 2.0)
        .filter_map(|value| written(value, word, spelled))
        .map(|other| recased(answer, word, &other))
        .collect()
}

/// The answer with another number, begun as the answer was.
fn recased(answer: &str, word: &str, other: &str) -> String {
    let begins = word.starts_with(char::is_uppercase);
    let other = if begins { crate::compose::fronts::capital(other) } else { other.to_owned() };
    answer.replacen(word, &other, 1)
}

/// A value in the manner of `like`: in words, with separators, with as many decimals.
fn written(value: f64, like: &str, spelled: bool) -> Option<String> {
    if spelled {
        return number_word(value.round()).map(str::to_owned);
    }
    let decimals = like.rsplit_once('.').map_or(0, |(_, tail)| tail.len());
    let text = format!("{value:.decimals$}");
    let (whole, tail) = text.split_once('.').map_or((text.as_str(), None), |(a, b)| (a, Some(b)));
    let grouped = if like.contains(',') { grouped(whole) } else { whole.to_owned() };
    Some(tail.map_or(grouped.clone(), |tail| format!("{grouped}.{tail}")))
}

/// Digits by threes.
fn grouped(digits: &str) -> String {
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn numerals<'b>(bank: &'b Bank<'_>) -> impl Iterator<Item = &'b str> {
    bank.lines.iter().flat_map(|line| {
        (0..line.len()).filter(|&i| line.words[i].kind == TokenKind::Number).map(|i| line.lower(i))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_keep_the_form_of_the_right_one() {
        assert!(amounts("four chambers").contains(&"five chambers".to_owned()));
        assert!(amounts("Four chambers").contains(&"Five chambers".to_owned()));
        assert!(amounts("1,200 people").contains(&"2,400 people".to_owned()));
        assert!(amounts("0.5 grams").iter().all(|other| other.contains('.')));
        assert!(amounts("80 percent").iter().all(|other| !other.starts_with("160")));
    }
}
