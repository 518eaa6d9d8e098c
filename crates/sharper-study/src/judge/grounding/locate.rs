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

#[cfg(test)]
mod tests {
    use super::*;

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
