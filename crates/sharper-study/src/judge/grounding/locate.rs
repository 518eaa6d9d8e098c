//! Finding a quote: the bytes of the original text that say it, whatever became of quotes, dashes and spaces.

use sharper_domain::Span;

use crate::text::{Normalised, normalise};

/// Where `quote` stands in `text`: the bytes of the original whose normal form is that of the quote.
/// `None` when it does not stand there, or is empty. Case counts.
pub fn locate(quote: &str, text: &str) -> Option<Span> {
    locate_in(quote, text, &normalise(text))
}

/// The same in a text that was normalised already.
pub(in crate::judge) fn locate_in(quote: &str, text: &str, normal: &Normalised) -> Option<Span> {
    let wanted = normalise(quote);
    let wanted = wanted.text.trim();
    if wanted.is_empty() {
        return None;
    }
    let mut from = 0;
    let mut inside_a_word = None;
    while let Some(found) = normal.text.get(from..).and_then(|rest| rest.find(wanted)) {
        let start = from + found;
        let end = start + wanted.len();
        if let Some(span) = original(normal, text, start, end, wanted) {
            if whole_words(&normal.text, start, end) {
                return Some(span);
            }
            inside_a_word.get_or_insert(span);
        }
        from = start + wanted.chars().next().map_or(1, char::len_utf8);
    }
    inside_a_word
}

/// The original bytes, when they say exactly the quote: a match may begin in the middle of a ligature.
fn original(normal: &Normalised, text: &str, start: usize, end: usize, wanted: &str) -> Option<Span> {
    let span = normal.source_span(start, end);
    let said = normalise(span.of(text)?);
    (said.text.trim() == wanted).then_some(span)
}

fn whole_words(text: &str, start: usize, end: usize) -> bool {
    let joins = |one: Option<char>, two: Option<char>| {
        one.is_some_and(char::is_alphanumeric) && two.is_some_and(char::is_alphanumeric)
    };
    !joins(text[..start].chars().next_back(), text[start..].chars().next())
        && !joins(text[..end].chars().next_back(), text[end..].chars().next())
}

/// Where a quote stands that differs in nothing but its dress: case, emphasis marks, an ellipsis at either end, what
/// its line begins or ends with. The words, their order and all marks between them must be those of the text.
pub(in crate::judge) fn locate_undressed(quote: &str, text: &str, normal: &Normalised) -> Option<Span> {
    let wanted = Undressed::of(trimmed(normalise(quote).text.trim()));
    let there = Undressed::of(&normal.text);
    if !wanted.text.contains(char::is_alphanumeric) {
        return None;
    }
    let mut from = 0;
    while let Some(found) = there.text.get(from..).and_then(|rest| rest.find(&wanted.text)) {
        let start = from + found;
        let end = start + wanted.text.len();
        if whole_words(&there.text, start, end) {
            let span = normal.source_span(there.from(start), there.to(end));
            let said = Undressed::of(trimmed(normalise(span.of(text)?).text.trim()));
            if said.text == wanted.text {
                return Some(span);
            }
        }
        from = start + wanted.text.chars().next().map_or(1, char::len_utf8);
    }
    None
}

/// Without a bullet or heading mark before it, an ellipsis on either side, and the marks that end a sentence.
fn trimmed(text: &str) -> &str {
    const BEFORE: &[char] = &['#', '>', '*', '_', '`', '"', '\'', '.', '…', ' ', '•'];
    const AFTER: &[char] = &['*', '_', '`', '"', '\'', '.', '…', ',', ';', ':', '!', '?', ' '];
    let text = text.strip_prefix("- ").unwrap_or(text);
    text.trim_start_matches(BEFORE).trim_end_matches(AFTER)
}

/// A text in lower case without its emphasis marks, and where each byte of it came from.
struct Undressed {
    text: String,
    /// For each byte, the first byte and the end of the character it came from.
    origins: Vec<(usize, usize)>,
}

impl Undressed {
    fn of(text: &str) -> Undressed {
        let mut out = Undressed { text: String::with_capacity(text.len()), origins: Vec::new() };
        for (at, c) in text.char_indices() {
            let end = at + c.len_utf8();
            if is_emphasis(text, at, c) {
                continue;
            }
            let before = out.text.len();
            out.text.extend(c.to_lowercase());
            out.origins.resize(out.origins.len() + out.text.len() - before, (at, end));
        }
        out
    }

    fn from(&self, at: usize) -> usize {
        self.origins.get(at).map_or(0, |&(start, _)| start)
    }

    fn to(&self, at: usize) -> usize {
        at.checked_sub(1).and_then(|at| self.origins.get(at)).map_or(0, |&(_, end)| end)
    }
}

/// Whether a mark begins or ends an emphasis: "2 * 3" and "2*3" are no emphasis, "**cell**" is.
fn is_emphasis(text: &str, at: usize, c: char) -> bool {
    if !matches!(c, '*' | '_' | '`') {
        return false;
    }
    let before = text[..at].trim_end_matches(c).chars().next_back();
    let after = text[at..].trim_start_matches(c).chars().next();
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !(space(before) && space(after) || word(before) && word(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn undressed(quote: &str, text: &str, said: Option<&str>) {
        let found = locate_undressed(quote, text, &normalise(text));
        assert_eq!(found.map(|span| span.of(text).expect("on character boundaries")), said, "{quote}");
    }

    #[test]
    fn a_quote_in_another_dress_is_found() {
        let text = "The **cell wall** of plants – a stiff coat – holds _cellulose_. It is 2*3 µm thick.";
        undressed("the cell wall of plants - a stiff coat", text, Some("The **cell wall** of plants – a stiff coat"));
        undressed("…holds cellulose.", text, Some("holds _cellulose"));
        undressed("\"IT IS 2*3 µm thick\"!", text, Some("It is 2*3 µm thick"));
        undressed("- **Plants** – a stiff coat...", text, Some("plants – a stiff coat"));
    }

    #[test]
    fn other_words_or_signs_are_another_quote() {
        let text = "It was not 2*3 but -5% of the cells, or more.";
        for quote in ["it was 2*3", "it was not 23", "it was not … of the cells", "5% of cells", "of the cell", "…"] {
            undressed(quote, text, None);
        }
    }

    fn check(quote: &str, text: &str, said: Option<&str>) {
        let found = locate(quote, text);
        assert_eq!(found.map(|span| span.of(text).expect("on character boundaries")), said);
    }

    #[test]
    fn quotes_dashes_and_spaces_make_no_difference() {
        check(
            "the \"cell wall\" - a coat",
            "It is the “cell  wall” — a\ncoat.",
            Some("the “cell  wall” — a\ncoat"),
        );
    }

    #[test]
    fn a_made_up_quote_is_not_found() {
        check("plants have nerves", "Plants have no nerves.", None);
        check("", "Plants have no nerves.", None);
        check(" \n", "Plants have no nerves.", None);
    }

    #[test]
    fn whole_words_are_preferred_to_parts_of_words() {
        let text = "Mutations change. A mutation is a change.";
        let span = locate("mutation", text).expect("it stands there");
        assert_eq!(span.start, text.find("mutation is").expect("it stands there"));
    }

    #[test]
    fn a_quote_that_begins_inside_a_ligature_is_not_a_quote() {
        check("ne", "ﬁne", Some("ne"));
        check("ine", "ﬁne", None);
    }

    #[test]
    fn accents_written_apart_are_the_same_letter() {
        check("élan vital", "the e\u{301}lan vital of", Some("e\u{301}lan vital"));
    }
}
