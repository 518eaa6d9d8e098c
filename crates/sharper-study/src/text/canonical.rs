//! Canonical forms: what makes two answers the same answer, and what a text is about.

use super::{Language, is_stop_word, stem, tokens};

/// The canonical form for comparing terms and answers: bracketed parts and articles out, stemmed, single spaces.
///
/// `key("The Ribosomes (RNA)", English) == key("ribosome", English)`.
pub fn key(text: &str, language: Language) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0usize;
    for token in tokens(text) {
        match token.text {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ if depth > 0 || !token.text.starts_with(char::is_alphanumeric) => {}
            word if is_article(word, language) => {}
            word => push_parts(&mut out, word, language),
        }
    }
    if out.is_empty() && depth == 0 && text.contains('(') {
        return key(&text.replace(['(', ')'], " "), language);
    }
    out
}

/// The stems of the content words of a text, in order, stop words out, hyphens split.
pub fn content(text: &str, language: Language) -> Vec<String> {
    let mut stems = Vec::new();
    for token in tokens(text).filter(|token| token.text.starts_with(char::is_alphanumeric)) {
        for part in token.text.split(['-', '‐', '‑']).filter(|part| !part.is_empty()) {
            if !is_stop_word(part, language) {
                stems.push(stem(part, language));
            }
        }
    }
    stems
}

fn push_parts(out: &mut String, word: &str, language: Language) {
    for part in word.split(['-', '‐', '‑']).filter(|part| !part.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&stem(part, language));
    }
}

fn is_article(word: &str, language: Language) -> bool {
    let articles: &[&str] = match language {
        Language::English => &["a", "an", "the"],
        Language::German => {
            &["der", "die", "das", "ein", "eine", "einen", "einem", "einer", "den", "dem", "des"]
        }
        Language::Spanish => &["el", "la", "los", "las", "un", "una", "unos", "unas"],
        Language::French => &["le", "la", "les", "un", "une", "des", "l", "du"],
        Language::Other => &[],
    };
    articles.iter().any(|article| word.eq_ignore_ascii_case(article))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(one: &str, other: &str) {
        assert_eq!(key(one, Language::English), key(other, Language::English));
    }

    #[test]
    fn articles_brackets_case_number_and_hyphens_make_no_difference() {
        check("The Ribosomes (RNA)", "ribosome");
        check("free-rider problem", "Free rider problems");
        check("(RNA)", "RNA");
    }

    #[test]
    fn different_answers_stay_different() {
        assert_ne!(key("1945", Language::English), key("1946", Language::English));
    }

    #[test]
    fn content_words_are_stems_without_stop_words() {
        assert_eq!(content("The cells of the body are living.", Language::English), ["cell", "bodi", "live"]);
    }
}
