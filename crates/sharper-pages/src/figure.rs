//! Numbers as people of each language write them, with their units.

use std::borrow::Cow;

use sharper_domain::Timestamp;

use crate::Locale;

/// Between thousands, and before the decimals.
fn signs(locale: Locale) -> (&'static str, &'static str) {
    match locale {
        Locale::En | Locale::Zh | Locale::Ar => (",", "."),
        Locale::De | Locale::Es => (".", ","),
        // A narrow space that does not break.
        Locale::Fr => ("\u{202f}", ","),
    }
}

/// A number with its thousands set apart.
pub fn count(locale: Locale, number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 2);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push_str(signs(locale).0);
        }
        grouped.push(digit);
    }
    grouped
}

/// How long it is until something comes back, in the largest unit that says it: `10 min`, `4 d`, `1.5 mo`.
pub fn interval(locale: Locale, seconds: u64) -> String {
    const UNITS: [(&str, u64); 5] = [
        ("interval-years", 365 * 86_400),
        ("interval-months", 30 * 86_400),
        ("interval-days", 86_400),
        ("interval-hours", 3_600),
        ("interval-minutes", 60),
    ];
    // Days count up to two months, so that a week and a month are told apart exactly.
    let fits =
        |(name, unit): &&(&str, u64)| seconds >= if *name == "interval-months" { 2 * unit } else { *unit };
    let (name, unit) = UNITS.iter().find(fits).copied().unwrap_or(("interval-minutes", 60));
    let number = seconds.max(60) as f64 / unit as f64;
    let coarse = unit >= 30 * 86_400;
    let shown = if coarse { decimal(locale, number, 1) } else { decimal(locale, number.round(), 0) };
    let shown = shown.strip_suffix(".0").or(shown.strip_suffix(",0")).unwrap_or(&shown).to_owned();
    locale.with(name, &[("number", shown.into())]).into_owned()
}

/// A number with so many decimals.
pub fn decimal(locale: Locale, number: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", number.abs());
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let sign = if number < 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b)) { "−" } else { "" };
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), |whole| count(locale, whole));
    if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}{}{rest}", signs(locale).1) }
}

/// A share (0 to 1) as a percentage with one decimal. What is not quite all is never rounded up to all.
pub fn percent(locale: Locale, share: f64) -> Cow<'static, str> {
    let percent = if share < 1.0 { (share * 100.0).min(99.9) } else { share * 100.0 };
    let decimals = usize::from(percent.fract() != 0.0);
    locale.with("unit-percent", &[("n", decimal(locale, percent, decimals).into())])
}

/// A share as a percentage, with two decimals below one percent.
pub fn fine_percent(locale: Locale, share: f64) -> Cow<'static, str> {
    if share <= 0.0 || share >= 0.01 {
        return percent(locale, share);
    }
    match decimal(locale, share * 100.0, 2) {
        tiny if !tiny.bytes().any(|b| (b'1'..=b'9').contains(&b)) => {
            let least = locale.with("unit-percent", &[("n", decimal(locale, 0.01, 2).into())]);
            locale.with("unit-below", &[("n", least.as_ref().into())])
        }
        fine => locale.with("unit-percent", &[("n", fine.into())]),
    }
}

/// A time in milliseconds: in milliseconds below a second, in seconds below two minutes, then in minutes.
pub fn took(locale: Locale, ms: u64) -> Cow<'static, str> {
    match ms {
        0..1_000 => locale.with("unit-ms", &[("n", ms.to_string().into())]),
        1_000..120_000 => {
            let whole = ms.is_multiple_of(1_000);
            let decimals = if whole { 0 } else { usize::from(ms < 10_000) + usize::from(ms < 100_000) };
            locale.with("unit-s", &[("n", decimal(locale, ms as f64 / 1000.0, decimals).into())])
        }
        _ => locale.with("unit-min", &[("n", decimal(locale, ms as f64 / 60_000.0, 1).into())]),
    }
}

/// Money in billionths of a US dollar: cents from a dollar on, four decimals below.
pub fn usd(locale: Locale, nano: u64) -> Cow<'static, str> {
    let dollars = nano as f64 / 1e9;
    let decimals = if nano == 0 || dollars >= 1.0 { 2 } else { 4 };
    locale.with("unit-usd", &[("n", decimal(locale, dollars, decimals).into())])
}

/// An amount of data, in steps of a thousand.
pub fn bytes(locale: Locale, bytes: u64) -> Cow<'static, str> {
    let with = |key: &str, n: f64| {
        let decimals = usize::from(n < 100.0 && n.fract() != 0.0);
        locale.with(key, &[("n", decimal(locale, n, decimals).into())])
    };
    match bytes {
        0..1_000_000 => with("unit-kb", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => with("unit-mb", bytes as f64 / 1e6),
        _ => with("unit-gb", bytes as f64 / 1e9),
    }
}

/// The day of a moment, by UTC: `2026-11-23`.
pub fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

/// A moment to the second, by UTC: `2026-11-23 18:30:05 UTC`.
pub fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart_as_the_language_does() {
        let check = |locale, number, wanted: &str| assert_eq!(count(locale, number), wanted);
        check(Locale::En, 0, "0");
        check(Locale::En, 999, "999");
        check(Locale::En, 1_234_567, "1,234,567");
        check(Locale::De, 12_345, "12.345");
        check(Locale::Fr, 1_000, "1\u{202f}000");
    }

    #[test]
    fn not_quite_all_is_not_said_to_be_all() {
        let check = |share, wanted: &str| assert_eq!(percent(Locale::En, share), wanted);
        check(1.0, "100%");
        check(0.99999, "99.9%");
        check(0.982, "98.2%");
        check(0.5, "50%");
        check(0.0, "0%");
        assert_eq!(percent(Locale::De, 0.982), "98,2\u{a0}%");
    }

    #[test]
    fn a_time_is_said_in_the_unit_that_reads_best() {
        let check = |ms, wanted: &str| assert_eq!(took(Locale::En, ms), wanted);
        check(0, "0\u{a0}ms");
        check(820, "820\u{a0}ms");
        check(1_840, "1.84\u{a0}s");
        check(12_340, "12.3\u{a0}s");
        check(119_000, "119\u{a0}s");
        check(150_000, "2.5\u{a0}min");
    }

    #[test]
    fn money_below_a_dollar_shows_its_parts() {
        let check = |nano, wanted: &str| assert_eq!(usd(Locale::En, nano), wanted);
        check(0, "$0.00");
        check(3_100_000, "$0.0031");
        check(1_234_560_000_000, "$1,234.56");
    }

    #[test]
    fn data_is_said_in_steps_of_a_thousand() {
        let check = |count, wanted: &str| assert_eq!(bytes(Locale::En, count), wanted);
        check(0, "0\u{a0}kB");
        check(1_500, "1.5\u{a0}kB");
        check(20_000_000, "20\u{a0}MB");
        check(1_250_000_000, "1.2\u{a0}GB");
    }

    #[test]
    fn a_number_below_nothing_has_its_sign() {
        assert_eq!(decimal(Locale::En, -1.25, 1), "−1.2");
        assert_eq!(decimal(Locale::En, -0.01, 1), "0.0");
    }
}
