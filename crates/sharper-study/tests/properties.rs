//! What holds for any text whatever.

use proptest::prelude::*;
use sharper_domain::FlashcardOptions;
use sharper_study::compose::flashcards;
use sharper_study::read::Document;
use sharper_study::text::{Language, content, normalise, sentences, tokens};

/// The words of a text without its markup, in the normal form, in lower case.
fn plain(text: &str) -> Vec<String> {
    let bare = text.replace("][1]", "").replace(['*', '_', '`', '\\', '['], "");
    content(&normalise(&bare).text.to_lowercase(), Language::Other)
}

/// Text that looks like notes: words that patterns look for, marks, markup, letters of many scripts.
fn notes() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "Osmosis", "cell", "is", "are", "a", "the", "called", "known as", "refers to", "which", "because", "In 1914", "of", "and",
            "Term", ":", "–", "—", ",", ".", "?", "(", ")", "“", "”", "**", "*", "_", "`", "# ", "- ", "\n", "\n\n", "| a | b |", "[x][1]",
            "that", "it", "This", "ist eine", "es un", "est une", "DNA", "&amp;", "$x^2$", "\u{0}", "e\u{301}", "細胞", "。", "\t", "    ",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
        1 => "[a-zA-Z]{1,9}",
    ];
    prop::collection::vec((piece, prop::bool::ANY), 0..80).prop_map(|pieces| {
        pieces.into_iter().map(|(piece, space)| if space { format!("{piece} ") } else { piece }).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_card_stands_on_its_quote_and_the_same_notes_give_the_same_cards(text in notes()) {
        let docs = [Document::parse(&text)];
        let cards: Vec<_> = flashcards(&docs, &FlashcardOptions::default()).collect();
        for card in &cards {
            let quote = card.span.of(&text);
            prop_assert!(quote.is_some(), "{:?} cuts a character", card.span);
            let quote = quote.unwrap_or_default();
            let (known, said) = (plain(quote), plain(&card.answer));
            let missing = said.iter().filter(|word| !known.contains(word)).count();
            prop_assert!(missing * 3 <= said.len().max(3), "{:?} is not in {:?}", card.answer, quote);
            prop_assert!(!card.question.trim().is_empty() && !card.answer.trim().is_empty());
        }
        let again: Vec<_> = flashcards(&[Document::parse(&text)], &FlashcardOptions::default()).collect();
        prop_assert_eq!(cards, again);
    }

    #[test]
    fn sentences_and_tokens_lie_on_character_boundaries_in_order(text in "\\PC{0,200}") {
        let mut last = 0;
        for span in sentences(&text) {
            prop_assert!(span.start >= last && span.of(&text).is_some());
            last = span.end;
        }
        let mut last = 0;
        for token in tokens(&text) {
            prop_assert!(token.span.start >= last);
            prop_assert_eq!(token.span.of(&text), Some(token.text));
            last = token.span.end;
        }
    }

    #[test]
    fn every_stretch_of_the_normal_form_leads_back_onto_character_boundaries(text in notes()) {
        let normal = normalise(&text);
        let starts: Vec<usize> = normal.text.char_indices().map(|(at, _)| at).collect();
        for pair in starts.windows(2) {
            prop_assert!(normal.source_span(pair[0], pair[1]).of(&text).is_some());
        }
    }
}
