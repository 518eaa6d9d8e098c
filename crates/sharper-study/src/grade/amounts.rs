//! Amounts in a text: digits in any of their formats, number words of several languages, scales, powers of ten, fractions and
//! units, each with its bytes.

use sharper_domain::Span;

use super::numbers::{
    SCALES, digit_of, exponent, in_digits, in_words, letters, look_up, scaled, superscript,
};
use super::units::{Unit, power, times, unit};

/// An amount as a text states it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Amount {
    /// What it can mean, the likeliest first: "1.000" is a thousand or one.
    pub(super) readings: Vec<f64>,
    /// Of what unit.
    pub(super) unit: Option<Unit>,
    /// Its bytes, with those of the unit.
    pub(super) span: Span,
    /// Whether the text says that it is not exact.
    pub(super) about: bool,
    /// Whether it was written in digits.
    pub(super) digits: bool,
}

/// Words that say that an amount is not exact; they stand before it.
const ABOUT: &[&str] = &[
    "about",
    "approximately",
    "approx",
    "approx.",
    "roughly",
    "around",
    "circa",
    "ca",
    "ca.",
    "c.",
    "~",
    "≈",
    "nearly",
    "almost",
    "some",
    "etwa",
    "ungefähr",
    "rund",
    "environ",
    "approximativement",
    "aproximadamente",
    "unos",
    "unas",
    "cerca",
    "alrededor",
    "около",
    "примерно",
    "约",
    "約",
    "大约",
    "大約",
    "およそ",
    "약",
    "حوالي",
    "כ-",
    "ประมาณ",
];

/// The amounts of a text in order.
pub(super) fn amounts(text: &str) -> Vec<Amount> {
    let mut out: Vec<Amount> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        match read(text, at) {
            Some(amount) => {
                at = amount.span.end.max(at + 1);
                out.push(amount);
            }
            None => at = next(text, at),
        }
    }
    out
}

/// Where the next piece of the text begins: past a run of letters and digits, or past one mark.
fn next(text: &str, at: usize) -> usize {
    let first = text[at..].chars().next().map_or(1, char::len_utf8);
    let run = letters(&text[at..]);
    at + run.max(first)
}

fn read(text: &str, at: usize) -> Option<Amount> {
    let rest = &text[at..];
    let first = rest.chars().next()?;
    let before = text[..at].chars().next_back();
    let minus = matches!(first, '-' | '−') && !before.is_some_and(char::is_alphanumeric);
    let from = if minus { at + first.len_utf8() } else { at };
    let digit = digit_of(text[from..].chars().next()?).is_some();
    let (mut readings, mut end) = if digit {
        in_digits(text, from)?
    } else if minus {
        return None;
    } else {
        in_words(text, at)?
    };
    if digit {
        end = ordinal(text, end)?;
    }
    while let Some((scale, after)) = scaled(text, end) {
        readings.iter_mut().for_each(|one| *one *= scale);
        end = after;
    }
    if minus {
        readings.iter_mut().for_each(|one| *one = -*one);
    }
    let money = before.filter(|c| matches!(c, '$' | '€' | '£')).and_then(|c| unit(&c.to_string()));
    let start = if money.is_some() { at - before.map_or(0, char::len_utf8) } else { at };
    let (unit, end) = match money {
        Some(money) => (Some(money), end),
        None => measured(text, end).map_or((None, end), |(unit, end)| (Some(unit), end)),
    };
    let about = is_about(&text[..start]);
    Some(Amount { readings, unit, span: Span { start, end }, about, digits: digit })
}

fn is_about(before: &str) -> bool {
    let before = before.trim_end().to_lowercase();
    ABOUT.iter().any(|word| {
        before.strip_suffix(word).is_some_and(|rest| {
            let joined = rest.chars().next_back().is_some_and(char::is_alphanumeric);
            !joined || !word.starts_with(|c: char| c.is_ascii_alphabetic())
        })
    })
}

/// Past the ending of an ordinal or a decade ("17th", "1930s"); `None` where other letters follow: then it is a name.
fn ordinal(text: &str, end: usize) -> Option<usize> {
    let run = letters(&text[end..]);
    let joined = &text[end..end + run];
    let unspaced = joined.chars().next().is_some_and(super::words::is_unspaced);
    if run == 0 || unspaced || unit(joined).is_some() && !matches!(joined, "s") {
        return Some(end);
    }
    if matches!(joined, "st" | "nd" | "rd" | "th" | "s" | "er" | "ème" | "e" | "º" | "ª" | "-й") {
        return Some(end + run);
    }
    let scale = look_up(SCALES, joined).is_some()
        || joined.chars().next().is_some_and(|c| matches!(c, '\u{AC00}'..='\u{D7AF}'));
    scale.then_some(end)
}

/// The unit after a number, with those it is divided by: "km", "km/h", "m s⁻²", "square metres".
fn measured(text: &str, end: usize) -> Option<(Unit, usize)> {
    let (mut whole, mut at) = single(text, end)?;
    loop {
        let rest = text[at..].trim_start();
        let start = text.len() - rest.len();
        let divided = rest.strip_prefix('/').or_else(|| rest.strip_prefix("per "));
        let (from, sign) = match divided {
            Some(after) => (text.len() - after.len(), -1),
            None => (start, 1),
        };
        let next =
            single(text, from).filter(|&(_, after)| divided.is_some() || is_raised(&text[from..after]));
        let Some((next, after)) = next else { return Some((whole, at)) };
        whole = times(whole, power(next, sign));
        at = after;
    }
}

/// Whether a unit is written with its power, so that it can stand beside another without a stroke.
fn is_raised(unit: &str) -> bool {
    unit.contains('^') || unit.chars().any(|c| superscript(c).is_some())
}

/// One unit with its power, after at most one space or hyphen.
fn single(text: &str, end: usize) -> Option<(Unit, usize)> {
    let rest = &text[end..];
    let gap =
        rest.chars().next().filter(|c| matches!(c, ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '-' | '‑'));
    let start = end + gap.map_or(0, char::len_utf8);
    let lower = text[start..].to_lowercase();
    for (word, of) in [("square ", 2), ("cubic ", 3)] {
        if lower.starts_with(word) {
            let (inner, after) = named(text, start + word.len())?;
            return Some((power(inner, of), after));
        }
    }
    let (inner, after) = named(text, start)?;
    let squared = inner.dimension[0] == 1 && text[after..].starts_with(['2', '3']);
    if squared && !text[after + 1..].starts_with(|c: char| c.is_alphanumeric()) {
        let of = if text[after..].starts_with('2') { 2 } else { 3 };
        return Some((power(inner, of), after + 1));
    }
    match exponent(&text[after..]) {
        Some((of, length)) => Some((power(inner, i8::try_from(of).ok()?), after + length)),
        None => Some((inner, after)),
    }
}

/// A unit by its word or sign, the longest first.
fn named(text: &str, start: usize) -> Option<(Unit, usize)> {
    let rest = &text[start..];
    if let Some(scale) = rest.strip_prefix(['°', 'º']) {
        let after = scale.trim_start();
        let run = letters(after);
        let found = unit(&format!("°{}", &after[..run]))?;
        return Some((found, text.len() - after.len() + run));
    }
    if let Some(after) = degrees(rest) {
        return named(text, text.len() - after.len()).filter(|(found, _)| found.offset != 0.0);
    }
    let mark = rest.chars().next().filter(|c| !c.is_alphanumeric());
    if let Some(mark) = mark {
        return unit(&mark.to_string()).map(|found| (found, start + mark.len_utf8()));
    }
    let unspaced: Vec<usize> = rest
        .char_indices()
        .take_while(|&(_, c)| super::words::is_unspaced(c))
        .map(|(at, c)| at + c.len_utf8())
        .take(3)
        .collect();
    if !unspaced.is_empty() {
        return unspaced.iter().rev().find_map(|&length| Some((unit(&rest[..length])?, start + length)));
    }
    let run = letters(rest);
    let word = rest[..run].trim_end_matches(|c: char| c.is_ascii_digit() || superscript(c).is_some());
    unit(word).map(|found| (found, start + word.len()))
}

/// What stands after a word for degrees, which alone is no unit.
fn degrees(rest: &str) -> Option<&str> {
    const DEGREES: &[&str] = &["degrees ", "degree ", "Grad ", "grados ", "degrés ", "градусов ", "градуса "];
    DEGREES.iter().find_map(|word| rest.strip_prefix(word))
}

/// Whether two amounts are the same number: within one part in a million, or five in a hundred where it is not exact, or five
/// years where it is a year.
pub(super) fn same(wanted: f64, said: f64, about: bool) -> bool {
    let year = wanted.fract() == 0.0 && (1000.0..=2100.0).contains(&wanted);
    let room = match (about, year) {
        (false, _) => 1e-6 * wanted.abs(),
        (true, true) => 5.0,
        (true, false) => 0.05 * wanted.abs(),
    };
    (wanted - said).abs() <= room.max(1e-12)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: &[f64]) {
        let found: Vec<f64> = amounts(text).iter().map(|amount| amount.readings[0]).collect();
        assert_eq!(found.len(), wanted.len(), "{text}: {found:?}");
        for (found, wanted) in found.iter().zip(wanted) {
            assert!(same(*wanted, *found, false), "{text}: {found}");
        }
    }

    fn basic(text: &str) -> f64 {
        let all = amounts(text);
        assert_eq!(all.len(), 1, "{text}: {all:?}");
        assert_eq!(all[0].span.end, text.len(), "{text}: {all:?}");
        all[0].unit.unwrap().basic(all[0].readings[0])
    }

    #[test]
    fn numbers_are_read_in_every_format() {
        check("1,000 and 1 000 and 1'000 and 1,234,567.5", &[1000.0, 1000.0, 1000.0, 1_234_567.5]);
        check("10^3 or 10³ or 1e3 or 1.5 × 10^3 or 2*10³", &[1000.0, 1000.0, 1000.0, 1500.0, 2000.0]);
        check("3,5", &[3.5]);
        check("1.234,5", &[1234.5]);
        check("3/4", &[0.75]);
        check("-40", &[-40.0]);
        check("1914-1918", &[1914.0, 1918.0]);
        check("٤٦ كروموسوم", &[46.0]);
        assert_eq!(amounts("1.000")[0].readings, [1.0, 1000.0]);
    }

    #[test]
    fn numbers_are_read_in_words() {
        check("twenty-five and two hundred and fifty", &[25.0, 250.0]);
        check("3.5 million, six billion, 5 Millionen", &[3.5e6, 6e9, 5e6]);
        check("四十六", &[46.0]);
        check("46条, 37万", &[46.0, 370_000.0]);
        check("сорок шесть", &[46.0]);
        check("the 17th century, the 1930s", &[17.0, 1930.0]);
    }

    #[test]
    fn names_are_not_numbers() {
        check("H2O, CO2, vitamin B12 and p53", &[]);
    }

    #[test]
    fn units_are_read_with_their_powers() {
        for (one, other) in [
            ("5 km", "5000m"),
            ("36 km/h", "10 m/s"),
            ("9.8 m/s²", "9.8 m s^-2"),
            ("1 m³", "1000 L"),
            ("2 square metres", "2 m2"),
            ("37 °C", "310.15 K"),
            ("3公里", "3 km"),
        ] {
            let (a, b) = (basic(one), basic(other));
            assert!(same(a, b, false), "{one}: {a}, {other}: {b}");
        }
    }

    #[test]
    fn what_is_about_is_said_before() {
        assert!(amounts("about 37 trillion")[0].about);
        assert!(amounts("~5")[0].about && amounts("etwa 100")[0].about && amounts("大约100")[0].about);
        assert!(!amounts("exactly 37")[0].about);
    }
}
