//! Which language a text is in, guessed by its commonest words.

use super::{TokenKind, tokens};

/// The languages that cards can be composed in; for any other, only what needs no grammar is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// German.
    German,
    /// Spanish.
    Spanish,
    /// French.
    French,
    /// Some other language or script, or too little text to tell.
    Other,
}

/// Words that tell a language from its neighbours. The last three rows are there to lose to: a text in one of
/// them must not be taken for Spanish, French, German or English.
const SIGNS: [(Language, &[&str]); 8] = [
    (
        Language::English,
        &[
            "the", "of", "and", "is", "are", "that", "which", "with", "from", "by", "this", "was", "were",
            "has", "have", "it", "for", "to", "as", "be", "or", "an", "not",
        ],
    ),
    (
        Language::German,
        &[
            "der", "die", "das", "und", "ist", "sind", "ein", "eine", "nicht", "mit", "von", "werden",
            "wird", "den", "dem", "des", "auf", "für", "im", "zu", "durch", "oder", "bei", "aus",
        ],
    ),
    (
        Language::Spanish,
        &[
            "el", "la", "los", "las", "y", "es", "son", "que", "de", "del", "una", "un", "con", "por",
            "para", "se", "en", "su", "como", "más", "al",
        ],
    ),
    (
        Language::French,
        &[
            "le", "la", "les", "et", "est", "sont", "que", "qui", "de", "des", "du", "une", "un", "dans",
            "par", "pour", "au", "aux", "sur", "ce", "cette", "avec", "en",
        ],
    ),
    (
        Language::Other,
        &[
            "il", "lo", "la", "gli", "e", "è", "sono", "che", "di", "del", "della", "una", "un", "con",
            "per", "nel", "dei", "le", "si", "da",
        ],
    ),
    (
        Language::Other,
        &[
            "o", "a", "os", "as", "e", "é", "são", "que", "de", "do", "da", "dos", "uma", "um", "com", "por",
            "para", "não", "em", "no", "na",
        ],
    ),
    (
        Language::Other,
        &[
            "het", "de", "en", "is", "zijn", "een", "niet", "met", "van", "wordt", "worden", "op", "voor",
            "te", "dat", "die", "door",
        ],
    ),
    (
        Language::Other,
        &[
            "och", "att", "det", "som", "en", "är", "av", "på", "den", "med", "för", "ikke", "af", "og",
            "til", "er", "jest", "w", "na", "nie",
        ],
    ),
];

/// How many words are looked at.
const SAMPLE: usize = 600;

/// The language of `text`. A short text without tell-tale words is taken for English when it is plain ASCII
/// (a list of terms, say), else for `Other`.
pub fn guess(text: &str) -> Language {
    let mut scores = [0u32; SIGNS.len()];
    let (mut words, mut foreign) = (0u32, 0u32);
    for token in tokens(text).filter(|token| token.kind == TokenKind::Word).take(SAMPLE) {
        words += 1;
        if !token.text.chars().all(|c| c.is_ascii() || matches!(c, '\u{80}'..='\u{24F}' | '‘'..='”')) {
            foreign += 1;
            continue;
        }
        if token.text.len() > 8 {
            continue;
        }
        let lower = token.text.to_lowercase();
        for (score, (_, signs)) in scores.iter_mut().zip(&SIGNS) {
            *score += u32::from(signs.contains(&lower.as_str()));
        }
    }
    if foreign * 2 > words {
        return Language::Other;
    }
    let best = scores.iter().copied().max().unwrap_or(0);
    if best * 20 < words || best == 0 {
        return if text.is_ascii() { Language::English } else { Language::Other };
    }
    let at = scores.iter().position(|&score| score == best).unwrap_or(0);
    SIGNS[at].0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, language: Language) {
        assert_eq!(guess(text), language, "{text}");
    }

    #[test]
    fn four_languages_are_told_apart() {
        check("Osmosis is the movement of water across a membrane.", Language::English);
        check("Die Osmose ist die Bewegung von Wasser durch eine Membran.", Language::German);
        check("La ósmosis es el movimiento del agua a través de una membrana.", Language::Spanish);
        check("L'osmose est le mouvement de l'eau à travers une membrane.", Language::French);
    }

    #[test]
    fn neighbours_are_not_taken_for_them() {
        check(
            "Le cellule sono le unità di base della vita e il nucleo è la parte che le regola.",
            Language::Other,
        );
        check(
            "As células são as unidades básicas da vida e o núcleo é uma parte que não se divide.",
            Language::Other,
        );
        check(
            "De cel is het kleinste deel van een organisme en wordt door een membraan omgeven.",
            Language::Other,
        );
        check("細胞は生命の基本単位である。", Language::Other);
        check("Клетка является основной единицей жизни.", Language::Other);
    }

    #[test]
    fn a_bare_list_of_plain_terms_counts_as_english() {
        check("mitosis\nmeiosis\ncytokinesis", Language::English);
    }
}
