//! Characters: which script they belong to, what a ligature or a form for presentation stands for, and how the characters of
//! a line become text.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose;

use super::sheet::Glyph;

/// A gap of this part of the font's height is a space between words.
const SPACE: f64 = 0.13;

/// Whether a character is written from right to left (Hebrew, Arabic and their kin).
pub(super) fn rightward(letter: char) -> bool {
    matches!(u32::from(letter), 0x590..=0x8FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFC | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF)
}

/// Whether a character belongs to a script that sets no spaces between words.
pub(super) fn unspaced(letter: char) -> bool {
    matches!(u32::from(letter), 0x2E80..=0x9FFF | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFFEF | 0x20000..=0x3FFFF)
}

/// What a character stands for: the letters of a ligature, the letter of a form for presentation, a space for any space.
/// Everything else is itself.
pub(super) fn plain(text: &str, into: &mut String) {
    for letter in text.chars() {
        match u32::from(letter) {
            // Ligatures, forms of Arabic and Hebrew for presentation, radicals that stand for whole characters.
            0xFB00..=0xFDFF | 0xFE70..=0xFEFC | 0x2F00..=0x2FDF | 0xF900..=0xFAFF => {
                into.extend(letter.to_string().nfkc());
            }
            0xA0 | 0x2000..=0x200A | 0x202F | 0x205F | 0x3000 | 0x09..=0x0D => into.push(' '),
            // Marks of direction and other characters nobody sees; private ones, which mean something in one font only.
            0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2069 | 0xFEFF | 0..=0x1F | 0x7F..=0x9F => {}
            0xE000..=0xF8FF | 0xF0000.. => into.push('\u{FFFD}'),
            _ => into.push(letter),
        }
    }
}

/// The mark that combines, for an accent that stands by itself.
fn combining(accent: &str) -> Option<char> {
    Some(match accent {
        "`" => '\u{300}',
        "´" => '\u{301}',
        "ˆ" => '\u{302}',
        "˜" => '\u{303}',
        "¯" => '\u{304}',
        "˘" => '\u{306}',
        "˙" => '\u{307}',
        "¨" => '\u{308}',
        "˚" => '\u{30A}',
        "˝" => '\u{30B}',
        "ˇ" => '\u{30C}',
        "¸" => '\u{327}',
        "˛" => '\u{328}',
        _ => return None,
    })
}

/// The text of characters on one line, which are sorted from left to right.
pub(super) fn text_of(glyphs: &[&Glyph]) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut word: Vec<String> = Vec::new();
    let mut last: Option<&Glyph> = None;
    let mut at = 0;
    while let Some(&glyph) = glyphs.get(at) {
        at += 1;
        let mut text = String::new();
        plain(glyph.text.as_deref().unwrap_or("\u{FFFD}"), &mut text);
        if text.trim().is_empty() {
            // Browsers paint a soft hyphen that is not used as a space that takes no room.
            let room = glyphs.get(at).is_none_or(|next| next.x0 - glyph.x0 > 0.05 * glyph.size);
            if !text.is_empty() && room {
                words.extend(bind(&mut word));
            }
            continue;
        }
        if let Some(last) = last {
            let ideographs = last.text.as_deref().is_some_and(|text| text.chars().all(unspaced))
                && text.chars().all(unspaced);
            let wide = if ideographs { 0.6 } else { SPACE };
            if glyph.x0 - last.x1 > wide * glyph.size.min(last.size) {
                words.extend(bind(&mut word));
            }
        }
        let next = glyphs.get(at).copied();
        if let Some(letter) = next.and_then(|next| accented(glyph, &text, next)) {
            text = letter;
            at += 1;
        }
        last = glyphs.get(at - 1).copied();
        word.push(text);
    }
    words.extend(bind(&mut word));
    in_reading_order(&words)
}

/// The letter that an accent and the letter over or under it make, whichever of the two comes first.
fn accented(glyph: &Glyph, text: &str, next: &Glyph) -> Option<String> {
    let other = next.text.as_deref()?;
    let overlap = glyph.x1.min(next.x1) - glyph.x0.max(next.x0);
    if overlap < 0.4 * (glyph.x1 - glyph.x0).min(next.x1 - next.x0) {
        return None;
    }
    let (mark, base) = match (combining(text), combining(other)) {
        (Some(mark), None) => (mark, other),
        (None, Some(mark)) => (mark, text),
        _ => return None,
    };
    // A dotless i or j carries the accent in place of its dot.
    let base = match base {
        "ı" => 'i',
        "ȷ" => 'j',
        base => base.chars().next().filter(|_| base.chars().count() == 1)?,
    };
    compose(base, mark).map(String::from)
}

/// A word of its characters from left to right; one that is read from the right is turned.
fn bind(word: &mut Vec<String>) -> Option<String> {
    if word.is_empty() {
        return None;
    }
    let letters = word.iter().flat_map(|text| text.chars());
    let right = letters.clone().filter(|letter| rightward(*letter)).count();
    let left = letters.filter(|letter| letter.is_alphanumeric() && !rightward(*letter)).count();
    if right > left {
        word.reverse();
        // Digits within keep their own direction.
        let mut at = 0;
        while at < word.len() {
            let digits = word[at..]
                .iter()
                .take_while(|text| text.chars().all(|letter| letter.is_ascii_digit()))
                .count();
            word[at..at + digits].reverse();
            at += digits.max(1);
        }
    }
    Some(std::mem::take(word).concat())
}

/// The words of a line as they are read: from the right where most of its letters are written so, and the words of the
/// other direction among them in theirs.
fn in_reading_order(words: &[String]) -> String {
    let is_right = |word: &str| word.chars().any(rightward);
    let is_left = |word: &str| word.chars().any(|letter| letter.is_alphanumeric() && !rightward(letter));
    let right = words.iter().filter(|word| is_right(word)).count();
    let left = words.iter().filter(|word| !is_right(word) && is_left(word)).count();
    let mut order: Vec<&str> = words.iter().map(String::as_str).collect();
    if right > 0 {
        let mainly_right = right >= left;
        if mainly_right {
            order.reverse();
        }
        let against =
            |word: &str| if mainly_right { !is_right(word) && is_left(word) } else { is_right(word) };
        let mut at = 0;
        while at < order.len() {
            let run = order[at..].iter().take_while(|word| against(word)).count();
            order[at..at + run].reverse();
            at += run.max(1);
        }
    }
    order.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, gap_after: usize, gap: f64) -> Vec<Glyph> {
        let mut x = 0.0;
        text.chars()
            .enumerate()
            .map(|(at, letter)| {
                let glyph =
                    Glyph { text: Some(letter.to_string()), x0: x, x1: x + 5.0, y: 0.0, size: 10.0, turn: 0 };
                x += 5.0 + if at == gap_after { gap } else { 0.0 };
                glyph
            })
            .collect()
    }

    #[track_caller]
    fn check(painted: &str, gap: f64, expected: &str) {
        let glyphs = line(painted, 1, gap);
        assert_eq!(text_of(&glyphs.iter().collect::<Vec<_>>()), expected);
    }

    #[test]
    fn characters_on_a_line_become_words() {
        check("abcd", 2.0, "ab cd");
        check("abcd", 0.5, "abcd");
        check("oﬃce", 0.0, "office");
        check("細胞分裂", 2.0, "細胞分裂");
        check("⽣⾊", 0.0, "生色");
        check("بلق ABC", 0.0, "ABC قلب");
        check("54 بلق", 0.0, "قلب 54");
    }

    #[test]
    fn a_space_without_room_parts_no_word() {
        let mut glyphs = line("ab c", 9, 0.0);
        assert_eq!(text_of(&glyphs.iter().collect::<Vec<_>>()), "ab c");
        glyphs[3].x0 = glyphs[2].x0;
        assert_eq!(text_of(&glyphs.iter().collect::<Vec<_>>()), "abc");
    }

    #[test]
    fn an_accent_painted_over_its_letter_is_one_with_it() {
        let mut glyphs = line("´e", 9, 0.0);
        glyphs[1].x0 = 0.5;
        glyphs[1].x1 = 5.5;
        assert_eq!(text_of(&glyphs.iter().collect::<Vec<_>>()), "é");
    }
}
