//! The words of an answer and of what it is held against, folded so that case, accents and spelling habits of a script
//! make no difference, each with its bytes.

use rust_stemmers::{Algorithm, Stemmer};
use sharper_domain::Span;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::{Language, TokenKind, is_stop_word, stem_of, tokens};

/// A word, or a mark between words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// In lower case, without accents.
    pub(super) folded: String,
    /// Its stem, folded.
    pub(super) stem: String,
    /// Its bytes in the text.
    pub(super) span: Span,
    /// What it is.
    pub(super) kind: Kind,
    /// Whether it carries no matter: an article, a preposition, an auxiliary.
    pub(super) stop: bool,
    /// Whether its capitals or digits are part of its name: "mRNA", "H2O". Such a name is spelled exactly.
    pub(super) code: bool,
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word between spaces or marks.
    Word,
    /// One character of a script that puts no space between words.
    Sign,
    /// Anything else.
    Mark,
}

impl Piece {
    /// Whether it carries matter.
    pub(super) fn matters(&self) -> bool {
        self.kind != Kind::Mark && !self.stop
    }

    /// Whether it is this mark or word.
    pub(super) fn is(&self, words: &[&str]) -> bool {
        words.contains(&self.folded.as_str())
    }
}

/// Words that carry no matter in languages for which the lexicon has no list.
const SMALL: &str = "и в на с по из к о у за от до для это что как или но а же бы он она оно они его её ее их при это \
является есть il lo gli e è di del della dei delle con per nel nella un uno una si da che o os as do dos das em no na é \
um uma het de een en van is op te في من على إلى و هو هي هذا هذه التي الذي عن مع של את על הוא היא זה זו עם או ו 은 는 이 \
가 을 를 och att det som är ett av på jest się i z w";

/// Particles that Korean puts at the end of a word, the longest first.
const PARTICLES: &[&str] = &[
    "이라고",
    "입니다",
    "이에요",
    "이다",
    "에서",
    "으로",
    "에게",
    "까지",
    "부터",
    "처럼",
    "라고",
    "예요",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "로",
    "와",
    "과",
    "도",
    "만",
    "다",
];

/// The pieces of a text in order. The language is the one of the question and its passage.
pub(super) fn pieces(text: &str, language: Language) -> Vec<Piece> {
    let mut out = Vec::new();
    for token in tokens(text) {
        if token.kind == TokenKind::Mark {
            let folded: String = token.text.nfkc().collect();
            out.push(mark(folded, token.span));
            continue;
        }
        let mut start = token.span.start;
        for (part, joint) in parts(token.text) {
            if !part.is_empty() {
                by_script(part, start, language, &mut out);
            }
            start += part.len() + joint;
        }
    }
    out
}

fn mark(folded: String, span: Span) -> Piece {
    Piece { stem: folded.clone(), folded, span, kind: Kind::Mark, stop: false, code: false }
}

/// The parts of a token between its hyphens, without the short word that an apostrophe hangs on ("l'osmose"), each with the
/// bytes of the joint after it.
fn parts(token: &str) -> Vec<(&str, usize)> {
    let mut out = Vec::new();
    let mut rest = token;
    while let Some(at) = rest.find(['-', '‐', '‑']) {
        let joint = rest[at..].chars().next().map_or(1, char::len_utf8);
        out.push((&rest[..at], joint));
        rest = &rest[at + joint..];
    }
    let hung = rest.char_indices().find(|&(_, c)| matches!(c, '\'' | '’'));
    match hung {
        Some((at, c)) if is_hung(&rest[..at]) => {
            out.push(("", at + c.len_utf8()));
            out.push((&rest[at + c.len_utf8()..], 0));
        }
        _ => out.push((rest, 0)),
    }
    out
}

fn is_hung(before: &str) -> bool {
    const HUNG: &[&str] =
        &["l", "d", "j", "s", "c", "m", "t", "n", "qu", "un", "dell", "nell", "all", "sull", "dall"];
    HUNG.contains(&before.to_lowercase().as_str())
}

/// Cuts a run of letters where the script puts no spaces; katakana runs are words.
fn by_script(part: &str, start: usize, language: Language, out: &mut Vec<Piece>) {
    let mut from = 0;
    let mut chars = part.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !is_unspaced(c) {
            continue;
        }
        if from < at {
            out.push(word(&part[from..at], start + from, language));
        }
        let mut end = at + c.len_utf8();
        while let Some(&(_, next)) = chars.peek().filter(|(_, next)| is_combining_mark(*next)) {
            end += next.len_utf8();
            chars.next();
        }
        let folded: String = part[at..end].nfkc().collect();
        let span = Span { start: start + at, end: start + end };
        out.push(Piece { stem: folded.clone(), folded, span, kind: Kind::Sign, stop: false, code: false });
        from = end;
    }
    if from < part.len() {
        out.push(word(&part[from..], start + from, language));
    }
}

/// Whether the script of a character puts no spaces between words: Han, hiragana, Thai, Lao, Burmese, Khmer.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309F}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}'
        | '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}')
}

fn word(text: &str, start: usize, language: Language) -> Piece {
    let span = Span { start, end: start + text.len() };
    let lower: String = text.nfkc().collect::<String>().to_lowercase().replace('’', "'");
    let bare = lower.strip_suffix("'s").unwrap_or(&lower);
    let folded = fold(bare);
    let stop = is_stop_word(&lower, language) && !is_short_code(text) || is_small(&lower, language);
    let inner_capital = text.chars().skip(1).any(char::is_uppercase);
    let digit = text.chars().any(char::is_numeric);
    Piece {
        stem: stem(bare, &folded, language),
        folded,
        span,
        kind: Kind::Word,
        stop,
        code: inner_capital || digit,
    }
}

/// A name in capitals may be spelled like a small word: "IT", "US", "WHO".
fn is_short_code(text: &str) -> bool {
    text.chars().count() > 1 && text.chars().all(char::is_uppercase)
}

fn is_small(lower: &str, language: Language) -> bool {
    language == Language::Other && SMALL.split_ascii_whitespace().any(|small| small == lower)
}

/// Without accents and vowel signs, with one letter for those that writers of a script mix up.
fn fold(lower: &str) -> String {
    let mut out = String::with_capacity(lower.len());
    for c in lower.nfd().filter(|&c| !is_combining_mark(c) || is_unspaced_mark(c)) {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'ı' => out.push('i'),
            'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
            'ة' => out.push('ه'),
            'ى' => out.push('ي'),
            'ـ' => {}
            c => out.push(c),
        }
    }
    out.nfc().collect()
}

/// The marks that make another kana of a kana.
fn is_unspaced_mark(c: char) -> bool {
    matches!(c, '\u{3099}' | '\u{309A}') || is_unspaced(c)
}

fn stem(lower: &str, folded: &str, language: Language) -> String {
    let Some(first) = folded.chars().next() else { return String::new() };
    match first {
        '\u{0400}'..='\u{04FF}' => fold(&Stemmer::create(Algorithm::Russian).stem(&lower.replace('ё', "е"))),
        '\u{0600}'..='\u{06FF}' => {
            let bare = folded.strip_prefix("وال").or_else(|| folded.strip_prefix("ال")).unwrap_or(folded);
            bare.to_owned()
        }
        '\u{0590}'..='\u{05FF}' if folded.chars().count() > 3 => {
            folded.strip_prefix('ה').unwrap_or(folded).to_owned()
        }
        '\u{AC00}'..='\u{D7AF}' => {
            let cut = PARTICLES
                .iter()
                .find_map(|end| folded.strip_suffix(end).filter(|bare| bare.chars().count() > 1));
            cut.unwrap_or(folded).to_owned()
        }
        _ => fold(&stem_of(lower, language)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, language: Language, wanted: &[&str]) {
        let found = pieces(text, language);
        let stems: Vec<&str> =
            found.iter().filter(|piece| piece.matters()).map(|piece| piece.stem.as_str()).collect();
        assert_eq!(stems, wanted, "{text}");
        for piece in &found {
            assert!(piece.span.of(text).is_some());
        }
    }

    #[test]
    fn words_are_stems_without_small_words() {
        check("The free-rider’s Problems", Language::English, &["free", "rider", "problem"]);
        check("L’osmose d'une cellule", Language::French, &["osmos", "cellul"]);
        check("в клетках", Language::Other, &["клетк"]);
        check("الخلية", Language::Other, &["خليه"]);
        check("미토콘드리아는", Language::Other, &["미토콘드리아"]);
        check("ミトコンドリアです", Language::Other, &["ミトコンドリア", "で", "す"]);
        check("细胞", Language::Other, &["细", "胞"]);
    }

    #[test]
    fn accents_case_and_width_make_no_difference() {
        let one = pieces("ÓSMOSIS", Language::Spanish);
        let other = pieces("osmosis", Language::Spanish);
        assert_eq!(one[0].folded, other[0].folded);
        assert_eq!(pieces("ＤＮＡ", Language::English)[0].folded, "dna");
    }

    #[test]
    fn names_with_inner_capitals_or_digits_are_codes() {
        assert!(pieces("mRNA", Language::English)[0].code);
        assert!(pieces("H2O", Language::English)[0].code);
        assert!(!pieces("Osmosis", Language::English)[0].code);
    }
}
