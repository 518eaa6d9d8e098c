//! Amounts in a text: digits in any of their formats, number words of several languages, scales, powers of ten, fractions and
//! units, each with its bytes.

use sharper_domain::Span;

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

/// Number words in several languages.
const WORDS: &[(&str, f64)] = &[
    ("zero null cero zéro ноль", 0.0),
    ("one eins ein uno une первый один одна", 1.0),
    ("two zwei dos deux два две", 2.0),
    ("three drei tres trois три", 3.0),
    ("four vier cuatro quatre четыре", 4.0),
    ("five fünf cinco cinq пять", 5.0),
    ("six sechs seis шесть", 6.0),
    ("seven sieben siete sept семь", 7.0),
    ("eight acht ocho huit восемь", 8.0),
    ("nine neun nueve neuf девять", 9.0),
    ("ten zehn diez dix десять", 10.0),
    ("eleven elf once onze одиннадцать", 11.0),
    ("twelve zwölf doce douze двенадцать dozen", 12.0),
    ("thirteen dreizehn trece treize тринадцать", 13.0),
    ("fourteen vierzehn catorce quatorze четырнадцать", 14.0),
    ("fifteen fünfzehn quince quinze пятнадцать", 15.0),
    ("sixteen sechzehn dieciséis seize шестнадцать", 16.0),
    ("seventeen siebzehn diecisiete семнадцать", 17.0),
    ("eighteen achtzehn dieciocho восемнадцать", 18.0),
    ("nineteen neunzehn diecinueve девятнадцать", 19.0),
    ("twenty zwanzig veinte vingt двадцать", 20.0),
    ("thirty dreißig treinta trente тридцать", 30.0),
    ("forty vierzig cuarenta quarante сорок", 40.0),
    ("fifty fünfzig cincuenta cinquante пятьдесят", 50.0),
    ("sixty sechzig sesenta soixante шестьдесят", 60.0),
    ("seventy siebzig setenta семьдесят", 70.0),
    ("eighty achtzig ochenta восемьдесят", 80.0),
    ("ninety neunzig noventa девяносто", 90.0),
    ("half halb hälfte mitad moitié половина", 0.5),
    ("quarter viertel", 0.25),
    ("first", 1.0),
    ("second", 2.0),
    ("third", 3.0),
    ("fourth", 4.0),
    ("fifth", 5.0),
    ("sixth", 6.0),
    ("seventh", 7.0),
    ("eighth", 8.0),
    ("ninth", 9.0),
    ("tenth", 10.0),
    ("eighteenth", 18.0),
    ("nineteenth", 19.0),
    ("twentieth", 20.0),
];

/// Words that multiply what stands before them.
const SCALES: &[(&str, f64)] = &[
    ("hundred hundert cien ciento cientos cent сто 百", 1e2),
    ("thousand tausend mil mille тысяча тысячи тысяч 千", 1e3),
    ("万 萬 만", 1e4),
    ("million millions millionen millón millones mio миллион миллиона миллионов", 1e6),
    ("亿 億 억", 1e8),
    ("billion billions milliarde milliarden milliard milliards миллиард миллиарда миллиардов", 1e9),
    ("trillion trillions", 1e12),
];

fn look_up(table: &[(&str, f64)], word: &str) -> Option<f64> {
    let lower = word.to_lowercase();
    table.iter().find(|(names, _)| names.split(' ').any(|name| name == lower)).map(|&(_, value)| value)
}

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

/// The bytes of the run of letters and digits that a text begins with; unspaced scripts go sign by sign.
fn letters(text: &str) -> usize {
    let mut end = 0;
    for c in text.chars() {
        if !c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c) {
            break;
        }
        if super::words::is_unspaced(c) {
            return if end == 0 { c.len_utf8() } else { end };
        }
        end += c.len_utf8();
    }
    end
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

/// The value of a decimal digit of any script in use.
fn digit_of(c: char) -> Option<u32> {
    let code = u32::from(c);
    [0x30, 0x660, 0x6F0, 0x966, 0xE50, 0xFF10]
        .into_iter()
        .find(|&zero| (zero..zero + 10).contains(&code))
        .map(|zero| code - zero)
}

fn superscript(c: char) -> Option<char> {
    const SUPER: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    if c == '⁻' {
        return Some('-');
    }
    let at = SUPER.chars().position(|one| one == c)?;
    char::from_digit(u32::try_from(at).ok()?, 10)
}

/// A number in digits that no letter stands before, with its power of ten or its fraction.
fn in_digits(text: &str, at: usize) -> Option<(Vec<f64>, usize)> {
    if text[..at].chars().next_back().is_some_and(|c| c.is_alphabetic() && !super::words::is_unspaced(c)) {
        return None;
    }
    let (plain, mut end) = grouped(text, at);
    let mut values = values(&plain)?;
    if let Some((exponent, after)) = exponent(&text[end..]) {
        let base = values[0];
        values = vec![base.powi(exponent)];
        end += after;
    } else if let Some((tens, after)) = ten_to(&text[end..]) {
        values.iter_mut().for_each(|one| *one *= 10f64.powi(tens));
        end += after;
    } else if let Some(rest) = text[end..].strip_prefix(['/', '⁄'])
        && rest.starts_with(|c: char| c.is_ascii_digit())
    {
        let (below, after) = grouped(rest, 0);
        let below: f64 = below.parse().ok().filter(|&below| below != 0.0)?;
        values = vec![values[0] / below];
        end = text.len() - rest.len() + after;
    }
    Some((values, end))
}

/// The digits from `at`, with the points, commas, spaces and apostrophes between them that belong to the number, in ASCII.
fn grouped(text: &str, at: usize) -> (String, usize) {
    let mut out = String::new();
    let mut end = at;
    let mut rest = text[at..].chars();
    while let Some(c) = rest.next() {
        if let Some(digit) = digit_of(c) {
            out.extend(char::from_digit(digit, 10));
        } else if is_group(c, rest.as_str(), &out) {
            out.push(match c {
                '٫' => ',',
                '٬' => ' ',
                '.' | ',' => c,
                _ => ' ',
            });
        } else {
            break;
        }
        end = text.len() - rest.as_str().len();
    }
    (out, end)
}

/// Whether a mark within digits belongs to them.
fn is_group(mark: char, after: &str, before: &str) -> bool {
    let digits = after.chars().take_while(|&c| digit_of(c).is_some()).count();
    let head = before.rsplit([' ', ',', '.']).next().map_or(0, str::len);
    match mark {
        '.' | ',' | '٫' => digits > 0,
        ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '\'' | '’' | '٬' => {
            digits == 3 && head > 0 && (if before.contains([' ']) { head == 3 } else { head <= 3 })
        }
        _ => false,
    }
}

/// What digits with their marks can mean, the likeliest first. A comma before three digits groups them, a point ends the whole
/// part; either may be meant the other way round.
fn values(plain: &str) -> Option<Vec<f64>> {
    let plain = plain.replace(' ', "");
    let marks: Vec<char> = plain.chars().filter(|c| matches!(c, '.' | ',')).collect();
    let parse = |text: String| text.parse::<f64>().ok();
    let [first, .., last] = marks[..] else {
        let Some(&mark) = marks.first() else { return Some(vec![parse(plain)?]) };
        let (whole, part) = plain.split_once(mark)?;
        let decimal = parse(format!("{whole}.{part}"))?;
        let groups = part.len() == 3 && whole.len() <= 3 && whole != "0";
        let grouped = parse(format!("{whole}{part}"))?;
        return Some(match (groups, mark) {
            (false, _) => vec![decimal],
            (true, ',') => vec![grouped],
            (true, _) => vec![decimal, grouped],
        });
    };
    if first == last {
        return Some(vec![parse(plain.replace(first, ""))?]);
    }
    let (whole, part) = plain.rsplit_once(last)?;
    Some(vec![parse(format!("{}.{part}", whole.replace(first, "")))?])
}

/// "^3" or "³" right after a number.
fn exponent(text: &str) -> Option<(i32, usize)> {
    if let Some(rest) = text.strip_prefix('^') {
        let (value, length) = whole(rest)?;
        return Some((value, 1 + length));
    }
    let raised: String = text.chars().map_while(superscript).collect();
    let length = text.chars().take_while(|&c| superscript(c).is_some()).map(char::len_utf8).sum();
    Some((raised.parse().ok()?, length))
}

/// "× 10^3", "x 10³", "e3" after a number.
fn ten_to(text: &str) -> Option<(i32, usize)> {
    if let Some(rest) = text.strip_prefix(['e', 'E']) {
        let (value, length) = whole(rest)?;
        return Some((value, 1 + length));
    }
    let rest =
        text.trim_start().strip_prefix(['x', 'X', '×', '*', '·', '⋅'])?.trim_start().strip_prefix("10")?;
    let (value, length) = exponent(rest)?;
    Some((value, text.len() - rest.len() + length))
}

fn whole(text: &str) -> Option<(i32, usize)> {
    let sign =
        text.starts_with(['-', '−', '+']).then(|| text.chars().next().map_or(0, char::len_utf8)).unwrap_or(0);
    let digits = text[sign..].bytes().take_while(u8::is_ascii_digit).count();
    let value: i32 = text[sign..sign + digits].parse().ok()?;
    let minus = sign > 0 && !text.starts_with('+');
    (value.abs() < 400).then_some((if minus { -value } else { value }, sign + digits))
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

/// A number in words: "two hundred and fifty", "twenty-five", "三十".
fn in_words(text: &str, at: usize) -> Option<(Vec<f64>, usize)> {
    if let Some(found) = han(&text[at..]) {
        return Some((vec![found.0], at + found.1));
    }
    if text[..at].chars().next_back().is_some_and(char::is_alphanumeric) {
        return None;
    }
    let run = letters(&text[at..]);
    let word = &text[at..at + run];
    let mut end = at + run;
    let first = look_up(WORDS, word).or_else(|| german(word)).or_else(|| look_up(SCALES, word))?;
    // The thousands and above that are closed, and the hundreds, tens and ones that are open.
    let (mut closed, mut open) = (0.0, first);
    loop {
        let (skipped, after) = spaced(text, end);
        let (skipped, after) = match after {
            "and" | "und" | "y" | "et" if open >= 100.0 || open == 0.0 => spaced(text, skipped + after.len()),
            _ => (skipped, after),
        };
        match (look_up(SCALES, after), look_up(WORDS, after)) {
            (Some(scale), _) if scale <= 100.0 && open < 100.0 => open *= scale,
            (Some(scale), _) if scale > 100.0 && open > 0.0 => {
                closed += open * scale;
                open = 0.0;
            }
            (None, Some(more)) if more >= 1.0 && follows(open, more) => open += more,
            _ => break,
        }
        end = skipped + after.len();
    }
    let total = closed + open;
    Some((vec![total], end))
}

/// Whether a number word can go on from what was said so far: "twenty five", "two hundred fifty".
fn follows(open: f64, more: f64) -> bool {
    match open {
        0.0 => true,
        _ if open < 100.0 => open >= 20.0 && open % 10.0 == 0.0 && more < 10.0,
        _ => open % 100.0 == 0.0 && more < 100.0,
    }
}

/// German says the ones before the tens, in one word: "sechsundvierzig".
fn german(word: &str) -> Option<f64> {
    let lower = word.to_lowercase();
    lower.match_indices("und").find_map(|(at, und)| {
        let ones = if &lower[..at] == "ein" { 1.0 } else { look_up(WORDS, &lower[..at])? };
        let tens = look_up(WORDS, &lower[at + und.len()..])?;
        (ones < 10.0 && tens >= 20.0).then_some(ones + tens)
    })
}

/// The word after spaces or a hyphen, and where it begins.
fn spaced(text: &str, at: usize) -> (usize, &str) {
    let rest = text[at..].trim_start_matches([' ', '\u{A0}', '\u{202F}', '-', '‐', '‑']);
    let start = text.len() - rest.len();
    (start, &rest[..letters(rest)])
}

/// Chinese and Japanese numerals up to 9999.
fn han(text: &str) -> Option<(f64, usize)> {
    const DIGITS: &str = "〇一二三四五六七八九";
    let (mut total, mut digit, mut length) = (0.0, None, 0);
    for c in text.chars() {
        let value = if c == '两' { Some(2) } else { DIGITS.chars().position(|one| one == c) };
        let scale = match c {
            '十' => Some(10.0),
            '百' => Some(100.0),
            '千' => Some(1000.0),
            _ => None,
        };
        match (value, scale) {
            (Some(value), _) => digit = Some(value as f64),
            (None, Some(scale)) => total += digit.take().unwrap_or(1.0) * scale,
            (None, None) => break,
        }
        length += c.len_utf8();
    }
    (length > 0).then_some((total + digit.unwrap_or(0.0), length))
}

/// A scale word after a number.
fn scaled(text: &str, end: usize) -> Option<(f64, usize)> {
    let (start, word) = spaced(text, end);
    let scale = look_up(SCALES, word)?;
    Some((scale, start + word.len()))
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
