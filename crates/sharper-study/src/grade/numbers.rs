//! Numbers as a text writes them: digits in any of their formats, powers of ten, fractions, and number words of several
//! languages.

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
pub(super) const SCALES: &[(&str, f64)] = &[
    ("hundred hundert cien ciento cientos cent сто 百", 1e2),
    ("thousand tausend mil mille тысяча тысячи тысяч 千", 1e3),
    ("万 萬 만", 1e4),
    ("million millions millionen millón millones mio миллион миллиона миллионов", 1e6),
    ("亿 億 억", 1e8),
    ("billion billions milliarde milliarden milliard milliards миллиард миллиарда миллиардов", 1e9),
    ("trillion trillions", 1e12),
];

pub(super) fn look_up(table: &[(&str, f64)], word: &str) -> Option<f64> {
    let lower = word.to_lowercase();
    table.iter().find(|(names, _)| names.split(' ').any(|name| name == lower)).map(|&(_, value)| value)
}

/// The bytes of the run of letters and digits that a text begins with; unspaced scripts go sign by sign.
pub(super) fn letters(text: &str) -> usize {
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

/// The value of a decimal digit of any script in use.
pub(super) fn digit_of(c: char) -> Option<u32> {
    let code = u32::from(c);
    [0x30, 0x660, 0x6F0, 0x966, 0xE50, 0xFF10]
        .into_iter()
        .find(|&zero| (zero..zero + 10).contains(&code))
        .map(|zero| code - zero)
}

pub(super) fn superscript(c: char) -> Option<char> {
    const SUPER: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    if c == '⁻' {
        return Some('-');
    }
    let at = SUPER.chars().position(|one| one == c)?;
    char::from_digit(u32::try_from(at).ok()?, 10)
}

/// A number in digits that no letter stands before, with its power of ten or its fraction.
pub(super) fn in_digits(text: &str, at: usize) -> Option<(Vec<f64>, usize)> {
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
pub(super) fn exponent(text: &str) -> Option<(i32, usize)> {
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
    let sign = text.chars().next().filter(|c| matches!(c, '-' | '−' | '+')).map_or(0, char::len_utf8);
    let digits = text[sign..].bytes().take_while(u8::is_ascii_digit).count();
    let value: i32 = text[sign..sign + digits].parse().ok()?;
    let minus = sign > 0 && !text.starts_with('+');
    (value.abs() < 400).then_some((if minus { -value } else { value }, sign + digits))
}

/// A number in words: "two hundred and fifty", "twenty-five", "三十".
pub(super) fn in_words(text: &str, at: usize) -> Option<(Vec<f64>, usize)> {
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
pub(super) fn spaced(text: &str, at: usize) -> (usize, &str) {
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
pub(super) fn scaled(text: &str, end: usize) -> Option<(f64, usize)> {
    let (start, word) = spaced(text, end);
    let scale = look_up(SCALES, word)?;
    Some((scale, start + word.len()))
}
