//! Edits of any kind: what is beside a passage leaves it alone, and what is in it does not.

use proptest::prelude::*;
use sharper_domain::Span;
use sharper_study::revise::Revision;
use sharper_study::text::tokens;

/// A sentence of words that repeat often: the comparison has many ways to go wrong.
fn sentence() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "the",
        "cell",
        "has",
        "a",
        "wall",
        "7",
        "細胞",
        "and",
        "grows",
        "e\u{301}t",
    ]);
    prop::collection::vec(word, 1..9).prop_map(|words| format!("{}.", words.join(" ")))
}

fn text() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec((sentence(), prop::sample::select(vec![" ", "\n", "\n\n"])), 0..12)
        .prop_map(|parts| parts.into_iter().map(|(words, space)| words + space).collect())
}

fn words(text: &str) -> Vec<&str> {
    tokens(text).map(|token| token.text).collect()
}

/// The text with a passage that stands in it only once, as its words say, and the passage's bytes.
fn around(before: &[String], passage: &str, after: &[String]) -> (String, Span) {
    let start = before.concat().len();
    (format!("{}{passage} {}", before.concat(), after.concat()), Span { start, end: start + passage.len() })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edits_beside_a_passage_leave_it_standing(
        (before, after, changed_before, changed_after) in (text(), text(), text(), text()),
        passage in sentence(),
        spaces in prop::sample::select(vec![" ", "\n", "  "]),
    ) {
        let passage = format!("Osmosis is {passage}");
        let (old, span) = around(&before, &passage, &after);
        let (new, _) = around(&changed_before, &passage.replace(' ', spaces), &changed_after);
        let place = Revision::between(&old, &new).place(span);
        let found = place.and_then(|span| span.of(&new));
        prop_assert_eq!(found.map(words), Some(words(&passage)), "{:?} -> {:?}", old, new);
    }

    #[test]
    fn an_edit_in_a_passage_undoes_it_though_its_words_stand_elsewhere(
        (before, after) in (text(), text()),
        passage in sentence(),
        which in any::<prop::sample::Index>(),
        how in 0..3,
        copied in any::<bool>(),
    ) {
        let passage = format!("Osmosis moves much water because {passage}");
        let (mut before, mut after) = (before, after);
        if copied { before.push(format!("{passage}\n")) } else { after.push(passage.clone()) }
        let (old, span) = around(&before, &passage, &after);
        let mut changed = words(&passage);
        let at = which.index(changed.len());
        match how {
            0 => { changed.remove(at); }
            1 => changed.insert(at.max(1), "seldom"),
            _ => changed[at] = "other",
        }
        let (new, _) = around(&before, &changed.join(" "), &after);
        let place = Revision::between(&old, &new).place(span);
        prop_assert_eq!(place, None, "{:?} -> {:?}", old, new);
    }

    #[test]
    fn of_any_two_texts_spans_fit_and_hold_the_same_words(old in "\\PC{0,60}", new in "\\PC{0,60}", (a, b) in (0..70usize, 0..70usize)) {
        let revision = Revision::between(&old, &new);
        let fit = |at: usize| (0..=at.min(old.len())).rev().find(|at| old.is_char_boundary(*at)).unwrap_or(0);
        let span = Span { start: fit(a.min(b)), end: fit(a.max(b)) };
        if let Some(place) = revision.place(span) {
            prop_assert_eq!(place.of(&new).map(words), span.of(&old).map(words));
        }
        prop_assert!(revision.around(span).of(&new).is_some());
    }

    #[test]
    fn the_same_text_moves_nothing(parts in text(), which in any::<prop::sample::Index>()) {
        let text = parts.concat();
        let all: Vec<Span> = tokens(&text).map(|token| token.span).collect();
        prop_assume!(!all.is_empty());
        let first = which.index(all.len());
        let span = Span { start: all[first].start, end: all[(first + 5).min(all.len() - 1)].end };
        prop_assert_eq!(Revision::between(&text, &text).place(span), Some(span));
    }
}
