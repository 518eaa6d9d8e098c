//! Words as the checks see them: stem, number, negation, capital; hyphens split, "n't" taken off.

use rustc_hash::FxHashMap;
use sharper_domain::Span;

use crate::text::{Language, TokenKind, is_stop_word, stem_of, tokens};

/// What a word does in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It carries meaning.
    Content,
    /// It holds the sentence together.
    Function,
    /// It denies.
    Negation,
}

/// One word.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Lower case, possessive off.
    pub(super) lower: String,
    /// Its stem.
    pub(super) stem: String,
    /// What it does.
    pub(super) role: Role,
    /// Whether it begins with a capital.
    pub(super) capital: bool,
    /// Its value, when it is a number in digits or in letters.
    pub(super) value: Option<Value>,
    /// Where it stands in the text it was read from.
    pub(super) span: Span,
}

/// A number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Value {
    /// How much.
    pub(super) amount: f64,
    /// Whether it was written in digits.
    pub(super) digits: bool,
}

/// A memory of stems: the stemmer is the slowest thing here, and words come again.
#[derive(Debug, Default)]
pub(super) struct Stems<'b> {
    known: FxHashMap<String, (String, Role)>,
    base: Option<&'b Stems<'static>>,
}

impl Stems<'_> {
    /// A memory that looks into another first, and leaves it as it is.
    pub(super) fn over<'b>(base: &'b Stems<'static>) -> Stems<'b> {
        Stems { known: FxHashMap::default(), base: Some(base) }
    }

    fn of(&mut self, lower: &str, language: Language) -> (String, Role) {
        let base = self.base.and_then(|base| base.known.get(lower));
        if let Some(found) = base.or_else(|| self.known.get(lower)) {
            return found.clone();
        }
        let made = (stem_of(lower, language).into_owned(), role(lower, language));
        self.known.insert(lower.to_owned(), made.clone());
        made
    }
}

/// The words of `text`, in order.
pub(super) fn words(text: &str, language: Language, stems: &mut Stems<'_>) -> Vec<Word> {
    let mut out = Vec::with_capacity(text.len() / 5);
    for token in tokens(text).filter(|token| token.kind != TokenKind::Mark) {
        if token.kind == TokenKind::Number {
            out.push(number(token.text, token.span));
            continue;
        }
        let mut at = token.span.start;
        for part in token.text.split_inclusive(['-', '‐', '‑']) {
            let piece = part.trim_end_matches(['-', '‐', '‑']);
            if !piece.is_empty() {
                push_word(&mut out, piece, Span { start: at, end: at + piece.len() }, language, stems);
            }
            at += part.len();
        }
    }
    out
}

fn number(text: &str, span: Span) -> Word {
    let amount = parse_digits(text);
    Word {
        lower: text.to_owned(),
        stem: text.replace(',', ""),
        role: Role::Content,
        capital: false,
        value: amount.map(|amount| Value { amount, digits: true }),
        span,
    }
}

fn push_word(out: &mut Vec<Word>, piece: &str, span: Span, language: Language, stems: &mut Stems<'_>) {
    let mut lower = piece.to_lowercase().replace('’', "'");
    let mut denied = false;
    if language == Language::English {
        if lower == "can't" || lower == "won't" || lower.ends_with("n't") {
            denied = true;
            lower.truncate(lower.len() - 3);
        } else if lower.ends_with("'s") {
            lower.truncate(lower.len() - 2);
        }
    }
    if !lower.is_empty() {
        let (stem, role) = stems.of(&lower, language);
        let value = value_of(&lower, language);
        let capital = piece.chars().next().is_some_and(char::is_uppercase);
        out.push(Word { lower, stem, role, capital, value, span });
    }
    if denied {
        let not = || "not".to_owned();
        out.push(Word { lower: not(), stem: not(), role: Role::Negation, capital: false, value: None, span });
    }
}

fn role(lower: &str, language: Language) -> Role {
    let denials: &[&str] = match language {
        Language::English => &[
            "not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "cannot", "without",
            "hardly", "scarcely", "barely", "lack", "lacks", "lacking", "lacked", "fail", "fails", "failed",
            "unable", "nowhere",
        ],
        Language::German => &[
            "nicht", "kein", "keine", "keinen", "keinem", "keiner", "nie", "niemals", "ohne", "weder", "noch",
        ],
        Language::Spanish => {
            &["no", "nunca", "jamás", "sin", "ningún", "ninguna", "ninguno", "ni", "nada", "tampoco"]
        }
        Language::French => &["ne", "pas", "jamais", "sans", "aucun", "aucune", "ni", "rien"],
        Language::Other => &[],
    };
    if denials.contains(&lower) {
        Role::Negation
    } else if is_stop_word(lower, language) {
        Role::Function
    } else {
        Role::Content
    }
}

fn value_of(lower: &str, language: Language) -> Option<Value> {
    if lower.starts_with(|c: char| c.is_ascii_digit()) {
        let end = lower.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(lower.len());
        return parse_digits(&lower[..end]).map(|amount| Value { amount, digits: true });
    }
    if language != Language::English {
        return None;
    }
    let at = NUMBER_WORDS.binary_search_by_key(&lower, |&(word, _)| word).ok()?;
    Some(Value { amount: NUMBER_WORDS[at].1, digits: false })
}

fn parse_digits(text: &str) -> Option<f64> {
    text.replace(',', "").trim_end_matches('.').parse().ok()
}

/// English number words, sorted.
const NUMBER_WORDS: &[(&str, f64)] = &[
    ("billion", 1e9),
    ("double", 2.0),
    ("dozen", 12.0),
    ("eight", 8.0),
    ("eighteen", 18.0),
    ("eighth", 8.0),
    ("eighty", 80.0),
    ("eleven", 11.0),
    ("eleventh", 11.0),
    ("fifteen", 15.0),
    ("fifth", 5.0),
    ("fifty", 50.0),
    ("first", 1.0),
    ("five", 5.0),
    ("forty", 40.0),
    ("four", 4.0),
    ("fourteen", 14.0),
    ("fourth", 4.0),
    ("half", 0.5),
    ("hundred", 100.0),
    ("million", 1e6),
    ("nine", 9.0),
    ("nineteen", 19.0),
    ("nineteenth", 19.0),
    ("ninety", 90.0),
    ("ninth", 9.0),
    ("once", 1.0),
    ("one", 1.0),
    ("quarter", 0.25),
    ("second", 2.0),
    ("seven", 7.0),
    ("seventeen", 17.0),
    ("seventh", 7.0),
    ("seventy", 70.0),
    ("six", 6.0),
    ("sixteen", 16.0),
    ("sixth", 6.0),
    ("sixty", 60.0),
    ("ten", 10.0),
    ("tenth", 10.0),
    ("third", 3.0),
    ("thirteen", 13.0),
    ("thirty", 30.0),
    ("thousand", 1000.0),
    ("three", 3.0),
    ("twelfth", 12.0),
    ("twelve", 12.0),
    ("twentieth", 20.0),
    ("twenty", 20.0),
    ("twice", 2.0),
    ("two", 2.0),
    ("zero", 0.0),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Word> {
        words(text, Language::English, &mut Stems::default())
    }

    #[test]
    fn the_number_words_are_sorted() {
        assert!(NUMBER_WORDS.is_sorted_by_key(|&(word, _)| word));
    }

    #[test]
    fn a_contraction_is_a_word_and_a_denial() {
        let found = read("It doesn’t divide.");
        let lower: Vec<&str> = found.iter().map(|word| word.lower.as_str()).collect();
        assert_eq!(lower, ["it", "does", "not", "divide"]);
        assert_eq!(found[2].role, Role::Negation);
    }

    #[test]
    fn numbers_have_values_in_digits_and_in_letters() {
        let found = read("In 1,025 cells twenty die in the 1930s");
        let values: Vec<f64> = found.iter().filter_map(|word| word.value.map(|value| value.amount)).collect();
        assert_eq!(values, [1025.0, 20.0, 1930.0]);
    }

    #[test]
    fn hyphens_split_and_possessives_go() {
        let found = read("The cell’s left-hand side");
        let lower: Vec<&str> = found.iter().map(|word| word.lower.as_str()).collect();
        assert_eq!(lower, ["the", "cell", "left", "hand", "side"]);
    }
}
