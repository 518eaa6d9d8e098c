//! Terms: the pieces of a text that are indexed, in one form for all the ways in which they are written.

use unicode_normalization::UnicodeNormalization;

use crate::text::{Language, TokenKind, is_stop_word, stem, tokens};

/// A piece of a text that is one term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece<'t> {
    /// As it is written.
    pub(super) text: &'t str,
    /// Its first byte.
    pub(super) start: usize,
}

/// Calls `take` with each piece of `text`: words without their hyphens, numbers, and pairs of neighbours where a
/// script has no spaces between words.
pub(super) fn pieces<'t>(text: &'t str, mut take: impl FnMut(Piece<'t>)) {
    for token in tokens(text).filter(|token| token.kind != TokenKind::Mark) {
        if token.text.is_ascii() {
            for part in token.text.split('-') {
                push(part, text, &mut take);
            }
            continue;
        }
        let mut rest = token.text;
        while let Some(first) = rest.chars().next() {
            let dense = is_dense(first);
            let end = rest.find(|c| is_dense(c) != dense).unwrap_or(rest.len());
            let (run, after) = rest.split_at(end);
            if dense {
                pairs(run, text, &mut take);
            } else {
                for part in run.split(['-', '‐', '‑']) {
                    push(part, text, &mut take);
                }
            }
            rest = after;
        }
    }
}

fn push<'t>(part: &'t str, text: &str, take: &mut impl FnMut(Piece<'t>)) {
    if !part.is_empty() {
        take(Piece { text: part, start: part.as_ptr() as usize - text.as_ptr() as usize });
    }
}

/// The overlapping pairs of characters of a run; a lone character is a piece of its own.
fn pairs<'t>(run: &'t str, text: &str, take: &mut impl FnMut(Piece<'t>)) {
    let mut starts = run.char_indices().map(|(at, _)| at).chain([run.len()]);
    let (Some(mut first), Some(mut second)) = (starts.next(), starts.next()) else { return };
    if second == run.len() {
        return push(run, text, take);
    }
    for third in starts {
        push(&run[first..third], text, take);
        (first, second) = (second, third);
    }
}

/// Whether words are not told apart by spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese), or are joined with
/// their particles (Korean), in the script of this character.
pub(super) fn is_dense(c: char) -> bool {
    matches!(c,
        '\u{0E01}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1100}'..='\u{11FF}' | '\u{1780}'..='\u{17FF}'
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9F}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// The form under which a piece is indexed: lower case, stemmed, without accents, digits without grouping.
pub(super) fn canonical(piece: &str, language: Language) -> String {
    if piece.starts_with(|c: char| c.is_ascii_digit()) && piece.contains(',') {
        return piece.replace(',', "").to_lowercase();
    }
    if piece.is_ascii() {
        return stem(piece, language);
    }
    let plain: String = piece.nfkc().map(|c| if c == '’' { '\'' } else { c }).collect();
    fold(&stem(&plain, language))
}

/// A word that is only begun, as the terms that it may become begin: it has no ending to take off yet.
pub(super) fn plain(begun: &str) -> String {
    let begun: String = begun.nfkc().map(|c| if c == '’' { '\'' } else { c }).collect();
    fold(&begun.to_lowercase())
}

/// Without the accents of Latin, Greek and Cyrillic letters and the short vowels of Arabic.
fn fold(text: &str) -> String {
    text.nfd()
        .filter(|c| !matches!(c, '\u{300}'..='\u{36F}' | '\u{64B}'..='\u{652}'))
        .flat_map(|c| match c {
            'ß' => ['s', 's'],
            'æ' => ['a', 'e'],
            'œ' => ['o', 'e'],
            'ø' => ['o', '\0'],
            'ł' => ['l', '\0'],
            'đ' => ['d', '\0'],
            'ı' => ['i', '\0'],
            c => [c, '\0'],
        })
        .filter(|&c| c != '\0')
        .nfc()
        .collect()
}

/// Whether the piece says nothing about what a text is about.
pub(super) fn is_stop(piece: &str, language: Language) -> bool {
    is_stop_word(piece, language)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: &[&str]) {
        let mut found = Vec::new();
        pieces(text, |piece| {
            assert_eq!(&text[piece.start..piece.start + piece.text.len()], piece.text);
            found.push(piece.text);
        });
        assert_eq!(found, wanted, "{text}");
    }

    fn same(one: &str, other: &str, language: Language) {
        assert_eq!(canonical(one, language), canonical(other, language));
    }

    #[test]
    fn words_are_split_at_hyphens_and_marks_are_left_out() {
        check("The free-rider problem (1,025).", &["The", "free", "rider", "problem", "1,025"]);
    }

    #[test]
    fn scripts_without_spaces_give_pairs_of_neighbours() {
        check("細胞膜", &["細胞", "胞膜"]);
        check("核", &["核"]);
        check("DNA複製", &["DNA", "複製"]);
        check("세포는 단위", &["세포", "포는", "단위"]);
        check("เซลล์", &["เซ", "ซล", "ลล", "ล์"]);
    }

    #[test]
    fn case_accents_endings_and_grouping_make_no_difference() {
        same("Mitochondria", "mitochondrion", Language::English);
        same("células", "Celula", Language::Spanish);
        same("Straße", "strasse", Language::Other);
        same("1,025", "1025", Language::English);
        same("КЛЁН", "клен", Language::Other);
        same("Ａｔｐ", "atp", Language::Other);
    }
}
