//! Decks that want to do harm: each has its verdict, and none panics.
#![allow(clippy::unwrap_used, reason = "a test stops short at what cannot be")]

mod sample;

use std::io::{Cursor, Write as _};

use rusqlite::Connection;
use sample::{bio, limits, now};
use sharper_domain::Deck;
use sharper_exchange::apkg::{self, Limits};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A deck whose tables are these, after those that every deck has.
fn made(batch: &str) -> Vec<u8> {
    let mut connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(batch).unwrap();
    let database = connection.serialize("main").unwrap().to_vec();
    zip(&[("collection.anki2", &database), ("media", b"{}")])
}

const TABLES: &str = "
CREATE TABLE col (crt, models, decks);
CREATE TABLE notes (id, guid, mid, mod, tags, flds);
CREATE TABLE cards (id, nid, did, ord, type, queue, due, ivl, factor, reps, lapses, left, flags, data, odue, odid);
CREATE TABLE revlog (id, cid, ease, ivl, lastIvl, factor, time, type);
";

/// A deck of one note of a type with these templates.
fn one(front: &str, back: &str, field: &str) -> Vec<u8> {
    let models = serde_json::json!({"1": {"name": "N", "type": 0, "css": "", "flds": [{"name": "F"}],
        "tmpls": [{"name": "T", "qfmt": front, "afmt": back}]}});
    let mut connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(TABLES).unwrap();
    connection.execute("INSERT INTO col VALUES (0, ?, '{}')", [models.to_string()]).unwrap();
    connection.execute("INSERT INTO notes VALUES (1, 'g', 1, 0, '', ?)", [field]).unwrap();
    connection.execute_batch("INSERT INTO cards VALUES (1,1,1,0,0,0,0,0,0,0,0,0,0,'{}',0,0)").unwrap();
    let database = connection.serialize("main").unwrap().to_vec();
    zip(&[("collection.anki2", &database), ("media", b"{}")])
}

fn read(bytes: &[u8]) -> Result<Vec<Deck>, &'static str> {
    apkg::read(bytes, &limits()).map_err(|fault| fault.as_str())
}

#[test]
fn a_database_that_is_a_trap_is_damaged() {
    let traps = [
        TABLES
            .replace("CREATE TABLE cards", "CREATE VIEW cards AS SELECT * FROM cards2; CREATE TABLE cards2"),
        TABLES.replace("flds)", "flds AS (hex(zeroblob(100000000)))); INSERT INTO notes (id) VALUES (1)"),
        TABLES.replace("CREATE TABLE notes", "CREATE TABLE other"),
    ];
    for trap in traps {
        assert_eq!(read(&made(&trap)).unwrap_err(), "damaged", "{trap}");
    }
    assert_eq!(read(&zip(&[("collection.anki21b", b"\x28\xb5\x2f\xfd junk")])).unwrap_err(), "damaged");
    assert_eq!(read(&zip(&[("media", b"{}")])).unwrap_err(), "damaged");
    assert_eq!(read(&made(TABLES)).unwrap_err(), "no_text");
}

#[test]
fn what_unpacks_to_more_than_it_may_is_too_much() {
    let database = vec![0_u8; 9 << 20];
    let small = Limits { unpacked: 8 << 20, ..limits() };
    let packed = zstd::encode_all(database.as_slice(), 1).unwrap();
    for deck in [zip(&[("collection.anki2", &database)]), zip(&[("collection.anki21b", &packed)])] {
        assert_eq!(apkg::read(&deck, &small).unwrap_err().as_str(), "too_much");
    }
    let little = Limits { text: 10, ..limits() };
    let whole = apkg::write(&bio(), now()).unwrap();
    assert_eq!(apkg::read(&whole, &little).unwrap_err().as_str(), "too_much");
    let few = Limits { cards: 3, ..limits() };
    let decks = apkg::read(&whole, &few).unwrap();
    assert!(decks[0].warnings[0].contains("more cards than are read"), "{:?}", decks[0].warnings);
}

#[test]
fn templates_that_multiply_nest_or_never_end_are_harmless() {
    let long = "word ".repeat(100_000);
    let cases = [
        ("{{F}}".repeat(10_000), long.as_str()),
        (format!("{}x{}", "{{#F}}".repeat(10_000), "{{/F}}".repeat(10_000)), "x"),
        ("{{#F}}{{".to_owned(), "x"),
        ("{{{{{{F}}}}}}".to_owned(), "{{F}}"),
        ("{{cloze:F}} x".to_owned(), "{{c1::never"),
        ("{{F}}".to_owned(), &*"{{c1::".repeat(100_000)),
        ("{{F}}".to_owned(), &*"<b>".repeat(100_000)),
    ];
    for (template, field) in cases {
        let name = template.chars().take(20).collect::<String>();
        if let Ok(decks) = read(&one(&template, "b", field)) {
            assert!(decks[0].cards[0].question.len() <= 4 << 20, "{name}");
        }
    }
    let decks =
        read(&one("{{F}}", "{{FrontSide}}<script>alert(1)</script>", "q<script>alert(1)</script>")).unwrap();
    assert_eq!((decks[0].cards[0].question.as_str(), decks[0].cards[0].answer.as_str()), ("q", ""));
}

#[test]
fn a_file_in_a_deck_that_is_neither_picture_nor_sound_is_left_out() {
    let whole = one("{{F}}", "b", "<img src=\"x.html\"> [sound:y.mp3] q");
    let mut archive = zip::ZipArchive::new(Cursor::new(whole)).unwrap();
    let mut database = Vec::new();
    std::io::copy(&mut archive.by_name("collection.anki2").unwrap(), &mut database).unwrap();
    let deck = zip(&[
        ("collection.anki2", &database),
        ("media", br#"{"0": "x.html", "1": "../../etc/passwd", "2": "y.mp3"}"#),
        ("0", b"<script>alert(1)</script>"),
        ("1", b"root:x"),
    ]);
    let deck = read(&deck).unwrap().remove(0);
    assert!(deck.media.is_empty());
    assert_eq!(deck.cards[0].question, "q");
    assert!(deck.warnings[0].starts_with("3 files"), "{:?}", deck.warnings);
}

#[test]
fn decks_with_random_faults_never_panic() {
    let whole = apkg::write(&bio(), now()).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(whole)).unwrap();
    let mut database = Vec::new();
    std::io::copy(&mut archive.by_name("collection.anki2").unwrap(), &mut database).unwrap();
    // xorshift (Marsaglia 2003): the same on every machine.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |most: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % most
    };
    for _ in 0..150 {
        let mut bad = database.clone();
        for _ in 0..1 + next(8) {
            let at = next(bad.len());
            bad[at] = u8::try_from(next(256)).unwrap();
        }
        let _ = read(&zip(&[("collection.anki2", &bad), ("media", b"{\"0\": 1}")]));
    }
}
