//! Decks held against the real engine of Anki, which `./test --prepare` installs into the cache folder.
#![allow(clippy::unwrap_used, reason = "a test stops short at what cannot be")]
#![allow(clippy::disallowed_methods, reason = "the cache folder is where the environment says")]

mod sample;

use std::path::{Path, PathBuf};
use std::process::Command;

use sample::{bio, limits, now};
use serde_json::{Value, json};
use sharper_domain::{CardStyle, Deck, DeckCard, MemoryState};
use sharper_exchange::apkg;

/// Python with the engine, of the version that `tools/anki/requirements.txt` names.
fn python() -> PathBuf {
    let list = include_str!("../../../tools/anki/requirements.txt");
    let version = list.lines().find_map(|line| line.strip_prefix("anki==")).unwrap();
    let home = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = home.unwrap_or_else(|| Path::new(&std::env::var_os("HOME").unwrap()).join(".cache"));
    let python = home.join(format!("study-sharper/anki-{version}/bin/python"));
    assert!(python.is_file(), "{} is missing: run ./test --prepare", python.display());
    python
}

fn engine(words: &[&str]) -> Value {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tools/anki/engine.py");
    let output = Command::new(python()).arg(script).args(words).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A folder that is gone after the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("sharper-exchange-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    fn put(&self, name: &str, deck: &Deck) -> String {
        std::fs::write(self.0.join(name), apkg::write(deck, now()).unwrap()).unwrap();
        self.path(name)
    }

    fn read(&self, name: &str) -> Vec<Deck> {
        apkg::read(&std::fs::read(self.0.join(name)).unwrap(), &limits()).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn our_decks_open_whole_and_a_second_import_changes_nothing() {
    let folder = Folder::new("open");
    let deck = bio();
    let mut edited = deck.clone();
    edited.cards[0].question = "What *exactly* is **osmosis**?".to_owned();
    edited.cards[0].edited_at = Some("2026-11-25T00:00:00Z".parse().unwrap());
    let first = folder.put("first.apkg", &deck);
    let second = folder.put("second.apkg", &edited);
    let told = engine(&["import", &first, &first, &second]);
    let notes = told["held"][0]["notes"].as_array().unwrap();
    assert_eq!(told["logs"][0], json!({"new": notes.len(), "updated": 0, "duplicate": 0, "conflicting": 0}));
    assert_eq!(told["logs"][1], json!({"new": 0, "updated": 0, "duplicate": notes.len(), "conflicting": 0}));
    assert_eq!(told["held"][0], told["held"][1]);
    assert_eq!(told["logs"][2]["new"], 0);
    assert_eq!(told["logs"][2]["updated"], 1, "{}", told["logs"][2]);
    assert_eq!(told["held"][2]["notes"].as_array().unwrap().len(), notes.len());
    assert_eq!(
        told["held"][2]["notes"][0]["fields"][0],
        "What <em>exactly</em> is <strong>osmosis</strong>?"
    );
    let fields = |at: usize| notes[at]["fields"].clone();
    assert_eq!(
        fields(0),
        json!([
            "What is <strong>osmosis</strong>?",
            "Water through a <em>membrane</em>",
            "Only <code>water</code>"
        ])
    );
    assert_eq!(fields(1), json!(["Paris", "capital of France", ""]));
    assert_eq!(notes[1]["cards"].as_array().unwrap().len(), 2);
    assert_eq!(fields(2)[0], "{{c1::Paris::city}} is in {{c2::France}}");
    assert_eq!(fields(3), json!(["Area: \\(\\pi r^2 &lt; 4\\)", "\\[\\frac{a}{b}\\]", ""]));
    assert_eq!(fields(4)[0], "<div dir=\"rtl\">ما هي الخلية؟</div>");
    assert_eq!(told["held"][0]["media"], json!(["pixel é.png", "tone.mp3"]));
    let known = &notes[0]["cards"][0];
    assert_eq!((&known["reps"], &known["lapses"], &known["flag"]), (&json!(3), &json!(1), &json!(3)));
    assert_eq!(known["memory"], json!([12.346, 5.123]));
    assert_eq!(known["log"].as_array().unwrap().len(), 2);
    assert_eq!(notes[1]["cards"][0]["queue"], -1, "suspended");
    assert!(notes.iter().all(|note| note["csum"] != 0));
    assert_eq!(notes[0]["tags"], json!(["cell::water", "easy"]));
    // What a student sees: the picture is there, and no template is broken.
    assert!(notes[5]["cards"][0]["front"].as_str().unwrap().contains("<img"));
    assert!(!told["held"][0].to_string().contains("{{Front}}"));
}

#[test]
fn our_decks_come_back_from_anki_as_they_were() {
    let folder = Folder::new("back");
    let deck = bio();
    let out = folder.put("out.apkg", &deck);
    for form in ["old", "new"] {
        let back = folder.path(&format!("{form}.apkg"));
        engine(&["through", &out, &back, form]);
        let mut decks = folder.read(&format!("{form}.apkg"));
        assert_eq!(decks.len(), 1);
        let back = decks.remove(0);
        assert_eq!((&back.title, &back.guid), (&deck.title, &deck.guid));
        for (had, has) in deck.cards.iter().zip(&back.cards) {
            // The time of an edit is kept to the second.
            let had = DeckCard { edited_at: has.edited_at, ..had.clone() };
            assert_eq!(had, *has, "{form}");
        }
        assert_eq!(back.cards.len(), deck.cards.len());
        let mut media = deck.media.clone();
        media.sort_by(|left, right| left.hash.cmp(&right.hash));
        assert_eq!(back.media, media);
        assert!(back.warnings.is_empty(), "{:?}", back.warnings);
    }
}

#[test]
fn decks_of_anki_come_in_whole_and_go_back_as_they_were() {
    let folder = Folder::new("in");
    let made = engine(&["export", &folder.path("")]);
    let made = made["notes"].as_array().unwrap();
    for form in ["old", "new"] {
        let decks = folder.read(&format!("{form}.apkg"));
        let titles: Vec<&str> = decks.iter().map(|deck| deck.title.as_str()).collect();
        assert_eq!(titles, ["Bio", "Geo", "Geo::Europe", "Maths", "RTL"], "{form}");
        come_in(&decks);
        // All the notes go back, each with its own guid, type and fields.
        std::fs::write(folder.path("again.apkg"), apkg::write_all(&decks, now()).unwrap()).unwrap();
        let again = engine(&["import", &folder.path(&format!("{form}.apkg")), &folder.path("again.apkg")]);
        let count = made.len();
        assert_eq!(
            again["logs"][1],
            json!({"new": 0, "updated": 0, "duplicate": count, "conflicting": 0}),
            "{form}"
        );
        assert_eq!(again["held"][0], again["held"][1], "{form}");
        let alone = engine(&["import", &folder.path("again.apkg")]);
        for (note, had) in alone["held"][0]["notes"].as_array().unwrap().iter().map(|note| {
            let had = made.iter().find(|had| had["guid"] == note["guid"]);
            (note, had.expect("a note keeps its guid"))
        }) {
            // A new collection has types of these names already, under other ids: those that come in get a sign.
            assert_eq!(note["type"].as_str().unwrap().trim_end_matches('+'), had["type"], "{form}");
            for part in ["fields", "tags"] {
                assert_eq!(note[part], had[part], "{form}");
            }
            assert_eq!(note["cards"][0]["front"], had["cards"][0]["front"], "{form}: the template");
        }
        assert_eq!(alone["held"][0]["media"].as_array().unwrap().len(), 2);
    }
}

fn come_in(decks: &[Deck]) {
    let card = |question: &str| {
        let all = decks.iter().flat_map(|deck| &deck.cards);
        all.clone().find(|card| card.question == question).unwrap_or_else(|| {
            panic!("{question}: {:#?}", all.map(|card| &card.question).collect::<Vec<_>>())
        })
    };
    let check = |question: &str, answer: &str| {
        assert_eq!(card(question).answer, answer, "{question}");
    };
    check("What is **osmosis**?", "Water through a *membrane*");
    assert_eq!(card("What is **osmosis**?").tags, ["cell::water", "easy"]);
    check("Paris", "capital of France");
    check("capital of France", "Paris");
    assert_eq!(card("capital of France").style, CardStyle::Reversed);
    assert_eq!(card("Paris").guid, card("capital of France").guid);
    let gap = card("_____ (city) is in France; the Seine");
    assert_eq!((gap.answer.as_str(), gap.style), ("Paris", CardStyle::Cloze));
    assert_eq!(gap.explanation.as_deref(), Some("**Remark**"));
    assert_eq!(
        gap.cloze.as_deref(),
        Some("{{c1::Paris::city}} is in {{c2::France}}; {{c3::the {{c4::Seine}}}}")
    );
    check("Paris is in France; the _____", "Seine");
    check("Area: $\\pi r^2 < 4$", "$$\\frac{a}{b}$$");
    check("ما هي الخلية؟", "מהו תא? 🧬");
    check("H<sub>2</sub>O", "- a\n- b\n  1. c\n\nl");
    check("2 * 3 = ?", "6");
    check("Capital of France? (P…)", "Paris P…");
    check("Capital of Spain? (no hint)", "Madrid");
    let pixel = decks.iter().flat_map(|deck| &deck.media).find(|file| file.kind == "image/png").unwrap();
    let tone = decks.iter().flat_map(|deck| &deck.media).find(|file| file.kind == "audio/mpeg").unwrap();
    assert_eq!((pixel.name.as_str(), tone.name.as_str()), ("pixel é.png", "tone.mp3"));
    check(
        &format!("![](media:{}) what?", pixel.hash),
        &format!("[tone.mp3](media:{})\nsecond line", tone.hash),
    );
    let all: Vec<&DeckCard> = decks.iter().flat_map(|deck| &deck.cards).collect();
    assert_eq!(all.iter().filter(|card| card.suspended).count(), 1);
    assert_eq!(all.iter().filter(|card| card.flag == 3).count(), 1);
    assert!(!format!("{all:?}").contains("alert(1)\","), "no script is on a card");
    let known: Vec<_> = all.iter().filter_map(|card| card.memory).collect();
    assert!(known.len() >= 3, "{known:?}");
    assert!(
        known.iter().any(|memory| memory.state == MemoryState::Review && memory.stability > 1.0),
        "with FSRS"
    );
    assert!(known.iter().any(|memory| memory.state == MemoryState::Learning), "without");
    assert!(all.iter().all(|card| card.memory.is_some() != card.reviews.is_empty()));
}

#[test]
fn an_edit_of_an_imported_card_goes_into_its_field() {
    let folder = Folder::new("edit");
    engine(&["export", &folder.path("")]);
    let mut decks = folder.read("new.apkg");
    let later = Some("2036-01-01T00:00:00Z".parse().unwrap());
    let mut edit = |old: &str, new: &str| {
        for card in decks.iter_mut().flat_map(|deck| &mut deck.cards).filter(|card| card.question == old) {
            (card.question, card.edited_at) = (new.to_owned(), later);
        }
    };
    edit("What is **osmosis**?", "What is *diffusion*?");
    edit("Capital of France? (P…)", "Capital of Gaul? (P…)");
    edit("Capital of Spain? (no hint)", "Which city is it?");
    std::fs::write(folder.path("edited.apkg"), apkg::write_all(&decks, now()).unwrap()).unwrap();
    let told = engine(&["import", &folder.path("new.apkg"), &folder.path("edited.apkg")]);
    assert_eq!(told["logs"][1]["updated"], 2, "{}", told["logs"][1]);
    assert_eq!(told["logs"][1]["new"], 1, "what fits no field is a note of its own");
    let fields: Vec<&Value> =
        told["held"][1]["notes"].as_array().unwrap().iter().map(|note| &note["fields"][0]).collect();
    for field in ["What is <em>diffusion</em>?", "Gaul", "Spain", "Which city is it?"] {
        assert!(fields.contains(&&json!(field)), "{field}: {fields:?}");
    }
}
