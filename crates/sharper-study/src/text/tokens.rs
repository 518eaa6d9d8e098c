//! Tokens: words, numbers and marks with their bytes.

use sharper_domain::Span;

/// What kind of token it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, perhaps with digits, inner hyphens, apostrophes or points: `X-ray`, `cell's`, `U.S`.
    Word,
    /// Digits with inner points and commas: `1,025`, `3.14`, `1945`.
    Number,
    /// One character that is neither letter, digit nor space.
    Mark,
}

/// A token of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'t> {
    /// Its text.
    pub text: &'t str,
    /// Its bytes.
    pub span: Span,
    /// Its kind.
    pub kind: TokenKind,
}

/// Iterator over the tokens of a text.
#[derive(Debug, Clone)]
pub struct Tokens<'t> {
    text: &'t str,
    at: usize,
}

/// The tokens of `text`, in order; white space is left out.
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0 }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        let rest = &self.text[self.at..];
        let start = self.at + (rest.len() - rest.trim_start().len());
        let first = self.text[start..].chars().next()?;
        let (end, kind) = if is_word_char(first) {
            word_end(self.text, start)
        } else {
            (start + first.len_utf8(), TokenKind::Mark)
        };
        self.at = end;
        Some(Token { text: &self.text[start..end], span: Span { start, end }, kind })
    }
}

fn is_word_char(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() || is_joined_mark(c) }
}

/// Combining marks (accents, vowel signs) belong to the letter before them.
fn is_joined_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Where the word that starts at `start` ends, and whether it is a number.
fn word_end(text: &str, start: usize) -> (usize, TokenKind) {
    let mut end = start;
    let mut digits_only = true;
    let mut chars = text[start..].char_indices().peekable();
    let mut previous = ' ';
    while let Some((at, c)) = chars.next() {
        let joins = match c {
            c if is_word_char(c) => true,
            '\'' | '’' => previous.is_alphabetic() && chars.peek().is_some_and(|(_, n)| n.is_alphabetic()),
            '-' | '‐' | '‑' => {
                !digits_only
                    && previous.is_alphanumeric()
                    && chars.peek().is_some_and(|(_, n)| n.is_alphanumeric())
                    || previous.is_numeric() && chars.peek().is_some_and(|(_, n)| n.is_alphabetic())
            }
            '.' => {
                let next = chars.peek().map(|&(_, n)| n);
                previous.is_numeric() && next.is_some_and(char::is_numeric)
                    || previous.is_uppercase() && next.is_some_and(char::is_uppercase) && at <= 6
            }
            ',' => digits_only && previous.is_numeric() && thousands(&text[start + at + 1..]),
            _ => false,
        };
        if !joins {
            break;
        }
        digits_only &= !c.is_alphabetic() && !matches!(c, '\'' | '’' | '-' | '‐' | '‑') && !is_joined_mark(c);
        end = start + at + c.len_utf8();
        previous = c;
    }
    (end, if digits_only { TokenKind::Number } else { TokenKind::Word })
}

/// Whether exactly three digits follow: the comma before them groups thousands.
fn thousands(rest: &str) -> bool {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    digits == 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: &[&str]) {
        let found: Vec<&str> = tokens(text).map(|token| token.text).collect();
        assert_eq!(found, wanted);
        for token in tokens(text) {
            assert_eq!(token.span.of(text), Some(token.text));
        }
    }

    #[test]
    fn words_keep_inner_hyphens_apostrophes_and_points() {
        check("the X-ray, cell’s U.S. map.", &["the", "X-ray", ",", "cell’s", "U.S", ".", "map", "."]);
    }

    #[test]
    fn numbers_keep_decimals_and_thousands() {
        check("1,025 or 3.14, 7,8", &["1,025", "or", "3.14", ",", "7", ",", "8"]);
        assert!(tokens("1,025 3.14 1945").all(|token| token.kind == TokenKind::Number));
    }

    #[test]
    fn a_range_of_numbers_is_three_tokens_and_an_ordinal_is_a_word() {
        check("1914-1918 17th 1930s", &["1914", "-", "1918", "17th", "1930s"]);
    }

    #[test]
    fn accents_written_apart_stay_with_their_letter() {
        check("cafe\u{301} noir", &["cafe\u{301}", "noir"]);
    }
}
