//! Bytes to characters: byte order marks, UTF-8, UTF-16 and the encodings from before.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The text of bytes that open with a byte order mark or are UTF-16 without one.
pub(crate) fn marked(bytes: &[u8]) -> Option<String> {
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some(found) => found,
        None => (wide(bytes)?, 0),
    };
    Some(encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned())
}

/// UTF-16 without a mark: every second byte of what is mostly Latin or punctuation is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4_096) & !1];
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let pairs = head.len() / 2;
    if pairs >= 4 && odd * 5 > pairs && even * 20 < pairs {
        Some(UTF_16LE)
    } else if pairs >= 4 && even * 5 > pairs && odd * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Text in any encoding, and which it was. `declared` is what the file says of itself, believed where it fits.
/// `None` where the bytes are no text.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>) -> Option<(String, &'static Encoding)> {
    if let Some(text) = marked(bytes) {
        return is_text(&text)
            .then_some((text, Encoding::for_bom(bytes).map_or(UTF_16LE, |(encoding, _)| encoding)));
    }
    let (text, encoding) = match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), UTF_8),
        // Cut off in the middle of a character, or with a stray byte: still UTF-8, where the rest holds letters of it.
        Err(_) if mostly_utf8(bytes) => (String::from_utf8_lossy(bytes).into_owned(), UTF_8),
        Err(_) => {
            let encoding = declared
                .and_then(|label| Encoding::for_label(label.as_bytes()))
                .filter(|encoding| *encoding != UTF_8)
                .filter(|encoding| {
                    encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some()
                })
                .unwrap_or_else(|| guess(bytes));
            (encoding.decode_without_bom_handling(bytes).0.into_owned(), encoding)
        }
    };
    is_text(&text).then_some((text, encoding))
}

/// Bytes of which a guess is made: more tells nothing new and takes time.
const SAMPLE: usize = 1 << 18;

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes[..bytes.len().min(SAMPLE)], true);
    detector.guess(None, Utf8Detection::Allow)
}

/// Whether bytes are UTF-8 but for a few: at most one in a hundred of the characters beyond ASCII is broken.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    good > 0 && broken * 100 <= good.max(100)
}

/// Whether characters are text: control characters and replacements are rare in it.
fn is_text(text: &str) -> bool {
    let head: Vec<char> = text.chars().take(8_192).collect();
    let odd = |character: &&char| {
        (character.is_control() && !matches!(character, '\n' | '\r' | '\t' | '\u{c}' | '\u{1b}' | '\u{85}'))
            || **character == '\u{fffd}'
    };
    let nul = head.iter().filter(|character| **character == '\0').count();
    head.iter().filter(odd).count() * 20 <= head.len().max(40) && nul * 100 <= head.len()
}

/// Lines that end with `\n` and hold no control characters.
pub(crate) fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' => {
                if characters.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\u{85}' | '\u{2028}' => out.push('\n'),
            '\u{2029}' | '\u{c}' => out.push_str("\n\n"),
            '\n' | '\t' => out.push(character),
            '\u{feff}' => {}
            character if character.is_control() => {}
            character => out.push(character),
        }
    }
    out
}
