//! Lines that define: `Term: meaning` in paragraphs and lists, rows of two-column tables; in any language.

use sharper_domain::{CardForm, Difficulty, Span};

use super::fronts::capital;
use crate::lexicon::is_plural_noun;
use crate::read::{BlockKind, Document};
use crate::text::Language;

/// A card from a line, before it is ranked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LineCard {
    pub(crate) question: String,
    pub(crate) answer: String,
    pub(crate) term: String,
    pub(crate) form: CardForm,
    pub(crate) difficulty: Difficulty,
    pub(crate) span: Span,
    pub(crate) section: usize,
}

/// Labels that are no terms.
const LABELS: &[&str] = &[
    "note",
    "notes",
    "example",
    "examples",
    "figure",
    "table",
    "source",
    "sources",
    "question",
    "answer",
    "warning",
    "tip",
    "important",
    "hint",
    "solution",
    "step",
    "todo",
    "see",
    "remember",
    "summary",
    "definition",
    "beispiel",
    "hinweis",
    "ejemplo",
    "nota",
    "exemple",
    "q",
    "a",
    "chapter",
    "objectives",
    "date",
    "name",
    "author",
    "references",
    "key",
    "strategy",
    "discussion",
    "given",
    "unknown",
    "check your understanding",
    "learning objectives",
    "http",
    "https",
    "aufgabe",
    "frage",
    "antwort",
    "pregunta",
    "respuesta",
];

/// Every line of the document that defines a term.
pub(crate) fn find(document: &Document<'_>) -> Vec<LineCard> {
    let mut found = Vec::new();
    let mut section = 0;
    let mut next_section = 1;
    for (index, block) in document.blocks.iter().enumerate() {
        if document.sections.get(next_section).is_some_and(|next| next.block == index) {
            section = next_section;
            next_section += 1;
            continue;
        }
        let text = &document.plain.text[block.plain.clone()];
        let parts = match block.kind {
            BlockKind::Paragraph | BlockKind::Item => crate::read::definition_line(text),
            BlockKind::Row => row(text),
            _ => None,
        };
        let Some((term, meaning)) = parts else { continue };
        let span = document.span(block.plain.start + term.start..block.plain.start + meaning.end);
        let card = compose(
            document.language,
            &text[term],
            text[meaning].trim_end_matches(['\t', ' ']),
            span,
            section,
        );
        found.extend(card);
    }
    found
}

fn row(text: &str) -> Option<(std::ops::Range<usize>, std::ops::Range<usize>)> {
    let first = text.find('\t')?;
    let second = first + 1 + text[first + 1..].find('\t')?;
    let whole = text[second + 1..].trim().is_empty();
    let term = text[..first].trim();
    let fits = whole
        && !term.is_empty()
        && term.split_whitespace().count() <= 6
        && text[first + 1..second].split_whitespace().count() >= 2;
    fits.then_some((0..first, first + 1..second))
}

fn compose(language: Language, term: &str, meaning: &str, span: Span, section: usize) -> Option<LineCard> {
    let term = term.trim();
    let lower = term.to_lowercase();
    let words = meaning.split_whitespace().count();
    let numbered = lower.split_whitespace().any(|word| word.chars().all(|c| c.is_ascii_digit()));
    if LABELS.contains(&lower.as_str())
        || numbered
        || words > 40
        || meaning.ends_with(['?', ':'])
        || term.is_empty()
    {
        return None;
    }
    // "Temperature: Higher temperatures increase the energy." is a remark, not a meaning.
    let remark = meaning.ends_with('.')
        && meaning.starts_with(char::is_uppercase)
        && words > 5
        && !["A ", "An ", "The ", "Any ", "Ein", "Der ", "Die ", "Das ", "Un", "El ", "La ", "Le "]
            .iter()
            .any(|start| meaning.starts_with(start));
    if remark {
        return None;
    }
    let question = match language {
        Language::English if term.split_whitespace().count() <= 4 && !lower.starts_with(['w', 'h']) => {
            let plural = lower.split_whitespace().last().is_some_and(is_plural_noun);
            let article = if plural { "" } else { article(&lower, meaning) };
            format!("What {} {article}{}?", if plural { "are" } else { "is" }, unsentenced(term))
        }
        // "Word – meaning" needs no grammar and no question word of a language that we do not speak.
        _ => term.to_owned(),
    };
    Some(LineCard {
        question,
        answer: capital(meaning.trim_end_matches('.')),
        term: term.to_owned(),
        form: CardForm::Definition,
        difficulty: Difficulty::Medium,
        span,
        section,
    })
}

/// The article of a term whose meaning begins with one: "enzyme: a protein that …" is asked as "an enzyme".
fn article(term: &str, meaning: &str) -> &'static str {
    const UNCOUNTED: &[&str] = &[
        "sis", "ism", "tion", "sion", "ity", "ment", "logy", "ness", "ing", "ics", "nce", "ncy", "phy",
        "ure", "my", "ship", "age",
    ];
    let genus = meaning.to_lowercase();
    let counted = genus.starts_with("a ") || genus.starts_with("an ");
    let named = term.starts_with(|c: char| !c.is_ascii_lowercase());
    if !counted || named || UNCOUNTED.iter().any(|ending| term.ends_with(ending)) {
        ""
    } else if term.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an "
    } else {
        "a "
    }
}

/// A term written with a capital only because a line begins there.
fn unsentenced(term: &str) -> String {
    let mut words = term.split_whitespace();
    let first = words.next().unwrap_or_default();
    let simple = first.chars().skip(1).all(char::is_lowercase) && first.chars().count() > 1;
    let names = words.clone().any(|word| word.starts_with(char::is_uppercase));
    if simple && !names { crate::grammar::lower_first(term) } else { term.to_owned() }
}
