//! Decks that are sent: their cards and files come whole out of the real child, and harmful ones end with it.

use sharper_domain::{Deck, DeckCard, DeckMedia, FileFault};
use sharper_exchange::{apkg, json};
use sharper_files::{FileReader, FileSettings};
use sharper_testkit::bombs::all;

use crate::stage::program;

fn settings() -> FileSettings {
    #[derive(serde::Deserialize)]
    struct File {
        files: FileSettings,
    }
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../config/default.toml")).unwrap();
    let file: File = toml::from_str(&text).unwrap();
    FileSettings { cpu_seconds: 4, wall_seconds: 8, ..file.files }
}

fn read(name: &str, bytes: &[u8]) -> Result<Vec<Deck>, FileFault> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let reader = FileReader::new(settings(), program().to_owned());
        let place = reader.admit(&"someone".parse().unwrap()).unwrap();
        reader.read_deck(&place, name, bytes.to_vec().into()).await.unwrap()
    })
}

fn deck() -> Deck {
    let text = r#"{"format":"study-sharper-deck","version":1,"guid":"g","title":"A::B","cards":[]}"#;
    let mut deck = json::read(text, 9).unwrap();
    let bytes = b"\x89PNG\r\n\x1a\n and so on".to_vec();
    let hash: String = "7c5a4f4f2a".into();
    deck.media = vec![DeckMedia { hash, name: "a.png".into(), kind: "image/png".into(), bytes }];
    let card: DeckCard = serde_json::from_value(serde_json::json!({
        "guid": "n", "ordinal": 0, "style": "basic", "question": "![](media:7c5a4f4f2a) what?", "answer": "$x$",
        "tags": ["t"], "flag": 1, "suspended": true, "reviews": []
    }))
    .unwrap();
    deck.cards = vec![card];
    deck
}

#[test]
fn a_deck_comes_whole_out_of_the_child() {
    let file = apkg::write(&deck(), "2026-11-24T10:00:00Z".parse().unwrap()).unwrap();
    let decks = read("deck.apkg", &file).unwrap();
    let [read] = decks.as_slice() else { panic!("{decks:?}") };
    assert_eq!((read.guid.as_str(), read.title.as_str(), read.cards.len()), ("g", "A::B", 1));
    let (card, file) = (&read.cards[0], &read.media[0]);
    assert_eq!((card.answer.as_str(), card.flag, card.suspended), ("$x$", 1, true));
    // The server looks itself what the bytes are called.
    assert_eq!((file.name.as_str(), file.hash.len()), ("a.png", 64));
    assert_eq!(card.question, format!("![](media:{}) what?", file.hash));
    assert_eq!(file.bytes, deck().media[0].bytes);
}

#[test]
fn what_is_no_deck_has_its_verdict() {
    let check = |bytes: &[u8], wanted: &str| {
        let fault = read("deck.apkg", bytes).unwrap_err();
        assert_eq!(fault.as_str(), wanted);
    };
    check(b"", "empty");
    check(b"just words", "unsupported");
    let mut whole = apkg::write(&deck(), "2026-11-24T10:00:00Z".parse().unwrap()).unwrap();
    whole.truncate(whole.len() / 2);
    check(&whole, "damaged");
    let mut none = deck();
    none.cards.clear();
    check(&apkg::write(&none, "2026-11-24T10:00:00Z".parse().unwrap()).unwrap(), "no_text");
}

#[test]
fn a_deck_that_wants_to_do_harm_is_refused() {
    let bombs = all().into_iter().filter(|bomb| bomb.file.ends_with(".apkg"));
    let mut count = 0;
    for bomb in bombs {
        count += 1;
        assert!(read(bomb.file, &bomb.bytes()).is_err(), "{}", bomb.name);
    }
    assert!(count >= 2, "{count} are few");
}
