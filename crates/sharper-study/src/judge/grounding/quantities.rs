//! Quantities: numbers in digits or letters with their scale and unit, so that "2 kg", "two kilograms" agree
//! and "2 g" does not.

use crate::text::{Token, TokenKind, tokens};

/// A number as a text states it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::judge) struct Quantity {
    /// How much, scale words multiplied in.
    pub(in crate::judge) amount: f64,
    /// The unit, in one spelling.
    pub(in crate::judge) unit: Option<&'static str>,
    /// Whether any part was written in digits.
    pub(in crate::judge) digits: bool,
    /// As it was written.
    pub(in crate::judge) text: String,
}

impl Quantity {
    /// A small count in letters: often the writer's own counting of what the passage lists.
    pub(in crate::judge) fn is_small_count(&self) -> bool {
        !self.digits && self.amount <= 12.0
    }
}

/// Units in one spelling, then all their spellings (in lower case where case does not matter).
const UNITS: &[(&str, &[&str])] = &[
    ("%", &["%", "percent", "percentage", "prozent"]),
    ("m", &["m", "meter", "meters", "metre", "metres"]),
    ("km", &["km", "kilometer", "kilometers", "kilometre", "kilometres"]),
    ("cm", &["cm", "centimeter", "centimeters", "centimetre", "centimetres"]),
    ("mm", &["mm", "millimeter", "millimeters", "millimetre", "millimetres"]),
    ("µm", &["µm", "μm", "micrometer", "micrometers", "micrometre", "micrometres", "microns"]),
    ("nm", &["nm", "nanometer", "nanometers", "nanometre", "nanometres"]),
    ("mile", &["mile", "miles"]),
    ("foot", &["ft", "foot", "feet"]),
    ("inch", &["inch", "inches"]),
    ("g", &["g", "gram", "grams", "gramme"]),
    ("kg", &["kg", "kilogram", "kilograms"]),
    ("mg", &["mg", "milligram", "milligrams"]),
    ("ton", &["ton", "tons", "tonne", "tonnes"]),
    ("pound", &["lb", "lbs", "pound", "pounds"]),
    ("L", &["l", "liter", "liters", "litre", "litres"]),
    ("mL", &["ml", "milliliter", "milliliters", "millilitre", "millilitres"]),
    ("s", &["s", "second", "seconds"]),
    ("ms", &["ms", "millisecond", "milliseconds"]),
    ("min", &["min", "minute", "minutes"]),
    ("h", &["h", "hour", "hours"]),
    ("day", &["day", "days"]),
    ("week", &["week", "weeks"]),
    ("month", &["month", "months"]),
    ("year", &["year", "years", "jahre"]),
    ("decade", &["decade", "decades"]),
    ("century", &["century", "centuries"]),
    ("°C", &["°c", "celsius"]),
    ("°F", &["°f", "fahrenheit"]),
    ("K", &["kelvin", "kelvins"]),
    ("J", &["joule", "joules"]),
    ("kJ", &["kj", "kilojoule", "kilojoules"]),
    ("cal", &["cal", "calorie", "calories"]),
    ("kcal", &["kcal", "kilocalorie", "kilocalories"]),
    ("W", &["watt", "watts"]),
    ("kW", &["kw", "kilowatt", "kilowatts"]),
    ("V", &["volt", "volts"]),
    ("mV", &["mv", "millivolt", "millivolts"]),
    ("A", &["ampere", "amperes", "amps"]),
    ("Hz", &["hz", "hertz"]),
    ("N", &["newton", "newtons"]),
    ("Pa", &["pa", "pascal", "pascals"]),
    ("atm", &["atm", "atmospheres"]),
    ("mol", &["mol", "mole", "moles"]),
    ("$", &["$", "dollar", "dollars"]),
    ("€", &["€", "euro", "euros"]),
];

const SMALL: &[(&str, f64)] = &[
    ("zero", 0.0),
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
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
];

const SCALES: &[(&str, f64)] =
    &[("hundred", 1e2), ("thousand", 1e3), ("million", 1e6), ("billion", 1e9), ("trillion", 1e12)];

fn look_up(table: &[(&str, f64)], word: &str) -> Option<f64> {
    table.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|&(_, amount)| amount)
}

/// The quantities of a text, in order. Ordinals in letters and the word "one" are left out: they are rarely numbers.
pub(in crate::judge) fn quantities(text: &str) -> Vec<Quantity> {
    let pieces: Vec<Token<'_>> = tokens(text).flat_map(pieces).collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        match read(text, &pieces, at) {
            Some((quantity, next)) => {
                out.push(quantity);
                at = next;
            }
            None => at += 1,
        }
    }
    out
}

/// A token, or its parts when it is joined by hyphens: "twenty-five", "5-year".
fn pieces(token: Token<'_>) -> Vec<Token<'_>> {
    let split = token.kind == TokenKind::Word && token.text.contains('-');
    if !split {
        return vec![token];
    }
    let mut at = token.span.start;
    let mut out = Vec::new();
    for part in token.text.split('-') {
        let span = sharper_domain::Span { start: at, end: at + part.len() };
        let number = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let kind = if number { TokenKind::Number } else { TokenKind::Word };
        out.push(Token { text: part, span, kind });
        at += part.len() + 1;
    }
    out
}

fn read(text: &str, pieces: &[Token<'_>], from: usize) -> Option<(Quantity, usize)> {
    let (mut amount, mut digits, ordinal) = number_at(pieces[from])?;
    let mut next = from + 1;
    let tens = !digits && amount >= 20.0;
    let ones =
        pieces.get(next).and_then(|piece| look_up(SMALL, piece.text)).filter(|&ones| tens && ones < 10.0);
    if let Some(ones) = ones {
        amount += ones;
        next += 1;
    }
    while let Some(scale) = pieces.get(next).and_then(|piece| look_up(SCALES, piece.text)) {
        amount *= scale;
        next += 1;
    }
    let money =
        from.checked_sub(1).map(|before| pieces[before].text).filter(|mark| matches!(*mark, "$" | "€"));
    let unit = if ordinal {
        None
    } else if let Some(mark) = money {
        unit_of(mark)
    } else {
        unit_at(pieces, next)
    };
    digits |= pieces[from].kind == TokenKind::Number;
    let end = pieces[next - 1].span.end;
    let text = text.get(pieces[from].span.start..end)?.to_owned();
    Some((Quantity { amount, unit, digits, text }, next))
}

/// Amount, whether in digits, whether an ordinal or a decade ("17th", "1930s").
fn number_at(piece: Token<'_>) -> Option<(f64, bool, bool)> {
    if let Some(amount) = look_up(SMALL, piece.text).or_else(|| look_up(SCALES, piece.text)) {
        return Some((amount, false, false));
    }
    let end =
        piece.text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(piece.text.len());
    let amount = piece.text[..end].replace(',', "").trim_end_matches('.').parse().ok()?;
    match &piece.text[end..] {
        "" => Some((amount, true, false)),
        "st" | "nd" | "rd" | "th" | "s" => Some((amount, true, true)),
        _ => None,
    }
}

fn unit_at(pieces: &[Token<'_>], at: usize) -> Option<&'static str> {
    let piece = pieces.get(at)?;
    if piece.text == "°" {
        let scale = pieces.get(at + 1)?.text;
        return unit_of(&format!("°{scale}"));
    }
    unit_of(piece.text)
}

fn unit_of(word: &str) -> Option<&'static str> {
    let lower = word.to_lowercase();
    UNITS.iter().find(|(_, spellings)| spellings.contains(&lower.as_str())).map(|&(unit, _)| unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: &[(f64, Option<&str>)]) {
        let found: Vec<_> = quantities(text).into_iter().map(|q| (q.amount, q.unit)).collect();
        assert_eq!(found, wanted, "{text}");
    }

    #[test]
    fn digits_and_letters_are_the_same_number() {
        check("twenty-five cells and 25 cells", &[(25.0, None), (25.0, None)]);
        check("two hundred, 1,025 and 3.5 million", &[(200.0, None), (1025.0, None), (3.5e6, None)]);
    }

    #[test]
    fn units_have_one_spelling() {
        check("5 kg or five kilograms", &[(5.0, Some("kg")), (5.0, Some("kg"))]);
        check("90% is ninety percent", &[(90.0, Some("%")), (90.0, Some("%"))]);
        check("37 °C, $20", &[(37.0, Some("°C")), (20.0, Some("$"))]);
        check("a 5-year plan", &[(5.0, Some("year"))]);
    }

    #[test]
    fn years_decades_and_ordinals_are_numbers_without_a_unit() {
        check("In 1945, the 1930s and the 17th century", &[(1945.0, None), (1930.0, None), (17.0, None)]);
    }

    #[test]
    fn formulas_are_not_numbers() {
        check("H2O and CO2 in X-ray", &[]);
    }
}
