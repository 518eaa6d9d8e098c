//! Cloze texts: a sentence with gaps, `{{c1::words::hint}}`; each number is a card.

use std::collections::BTreeSet;
use std::ops::Range;

/// The highest number of a gap that counts; more in one sentence is no sentence.
pub const GAPS_MAX: u32 = 99;

/// One gap of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap<'t> {
    /// Its number, from 1.
    pub number: u32,
    /// The words that are left out.
    pub words: &'t str,
    /// What is shown in their place, if something is.
    pub hint: Option<&'t str>,
}

/// A piece of a cloze text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Words that are always shown.
    Text(&'t str),
    /// A gap.
    Gap(Gap<'t>),
}

/// The pieces of a text, in their order. What only looks like a gap stays text.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut done, mut from) = (Vec::new(), 0, 0);
    while let Some(start) = text[from..].find("{{c").map(|at| from + at) {
        let Some((gap, range)) = gap_at(text, start) else {
            from = start + 3;
            continue;
        };
        if done < range.start {
            pieces.push(Piece::Text(&text[done..range.start]));
        }
        pieces.push(Piece::Gap(gap));
        (done, from) = (range.end, range.end);
    }
    if done < text.len() {
        pieces.push(Piece::Text(&text[done..]));
    }
    pieces
}

/// The gap whose braces open at `start`, and the bytes that it takes.
fn gap_at(text: &str, start: usize) -> Option<(Gap<'_>, Range<usize>)> {
    let inner = &text[start + 3..];
    let (number, rest) = inner.split_once("::")?;
    let number = number.parse().ok().filter(|number| (1..=GAPS_MAX).contains(number))?;
    let length = closing(rest)?;
    let (words, hint) = match rest[..length].split_once("::") {
        Some((words, hint)) => (words, Some(hint).filter(|hint| !hint.trim().is_empty())),
        None => (&rest[..length], None),
    };
    let end = text.len() - rest.len() + length + 2;
    (!words.trim().is_empty()).then_some((Gap { number, words, hint }, start..end))
}

/// Where the braces of a gap close: `}}` that closes nothing opened within, so that a formula keeps its own.
fn closing(rest: &str) -> Option<usize> {
    let (mut open, mut at, bytes) = (0usize, 0, rest.as_bytes());
    while at < bytes.len() {
        match bytes[at] {
            b'{' => open += 1,
            b'}' if open > 0 => open -= 1,
            b'}' if bytes.get(at + 1) == Some(&b'}') => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// The numbers of the gaps of a text, ascending, each once.
pub fn numbers(text: &str) -> Vec<u32> {
    let numbers = pieces(text).into_iter().filter_map(|piece| match piece {
        Piece::Gap(gap) => Some(gap.number),
        Piece::Text(_) => None,
    });
    numbers.collect::<BTreeSet<_>>().into_iter().collect()
}

/// The front of the card of a number: its gaps as `[…]` or `[hint]`, the other gaps filled.
pub fn front(text: &str, number: u32) -> String {
    let shown = |piece: Piece<'_>| match piece {
        Piece::Text(words) => words.to_owned(),
        Piece::Gap(gap) if gap.number == number => format!("[{}]", gap.hint.unwrap_or("…")),
        Piece::Gap(gap) => gap.words.to_owned(),
    };
    pieces(text).into_iter().map(shown).collect()
}

/// The back of the card of a number: the words of its gaps.
pub fn back(text: &str, number: u32) -> String {
    let mut words: Vec<&str> = Vec::new();
    for piece in pieces(text) {
        if let Piece::Gap(gap) = piece
            && gap.number == number
            && !words.contains(&gap.words)
        {
            words.push(gap.words);
        }
    }
    words.join(", ")
}

/// The whole sentence, with all gaps filled.
pub fn filled(text: &str) -> String {
    front(text, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_is_a_card_with_a_front_and_a_back() {
        let check = |text: &str, wanted: &[(u32, &str, &str)]| {
            let found: Vec<(u32, String, String)> =
                numbers(text).into_iter().map(|n| (n, front(text, n), back(text, n))).collect();
            let wanted: Vec<(u32, String, String)> =
                wanted.iter().map(|(n, front, back)| (*n, (*front).into(), (*back).into())).collect();
            assert_eq!(found, wanted, "{text}");
        };
        check(
            "{{c1::Paris}} is the capital of {{c2::France::country}}.",
            &[
                (1, "[…] is the capital of France.", "Paris"),
                (2, "Paris is the capital of [country].", "France"),
            ],
        );
        check("{{c2::a}} and {{c2::b}} and {{c2::a}}", &[(2, "[…] and […] and […]", "a, b")]);
        check("{{c1::$\\frac{1}{2}$}} is a half", &[(1, "[…] is a half", "$\\frac{1}{2}$")]);
        check("{{c1::é漢字}}", &[(1, "[…]", "é漢字")]);
        for none in ["no gap", "{{c::x}}", "{{c0::x}}", "{{c1::x", "{{c1:: }}", "{{cx::y}}", "{{c1}}", "{{c"]
        {
            check(none, &[]);
        }
    }

    #[test]
    fn a_filled_sentence_has_no_braces_left() {
        assert_eq!(filled("{{c1::Paris}} and {{c7::Rome::city}}"), "Paris and Rome");
    }
}
