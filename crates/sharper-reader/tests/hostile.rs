//! Hostile and broken files: each ends in a verdict, none in a panic, an overflow or gigabytes.
#![allow(clippy::unwrap_used, reason = "a test stops short at what cannot be")]

mod fixture;

use fixture::{LIMITS, deck, deck_of, docx, epub, odt, pptx, zip};
use sharper_domain::{FileFault, FileKind};

/// The word of the verdict on a file; `read` where it has none.
fn verdict(bytes: &[u8], name: &str) -> String {
    sharper_reader::read(bytes, name, &LIMITS)
        .map_or_else(|fault| fault.as_str().to_owned(), |_| "read".to_owned())
}

fn compound(name: &str) -> Vec<u8> {
    let mut bytes = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    bytes.resize(512, 0);
    bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

/// A zip whose entries are marked as locked.
fn locked() -> Vec<u8> {
    let mut bytes = docx("<w:p><w:r><w:t>x</w:t></w:r></w:p>");
    for (mark, flags) in [(&b"PK\x03\x04"[..], 6), (b"PK\x01\x02", 8)] {
        let places: Vec<usize> =
            bytes.windows(4).enumerate().filter(|(_, window)| *window == mark).map(|(at, _)| at).collect();
        places.into_iter().for_each(|at| bytes[at + flags] |= 1);
    }
    bytes
}

#[test]
fn every_file_that_cannot_be_read_has_its_verdict() {
    let whole = docx("<w:p><w:r><w:t>x</w:t></w:r></w:p>");
    let paragraph = format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "word ".repeat(300_000));
    let slides: Vec<String> = (0..51).map(|index| format!("Slide {index}")).collect();
    let slides: Vec<&str> = slides.iter().map(String::as_str).collect();
    let entries: Vec<(String, Vec<u8>)> = (0..10_100).map(|index| (format!("{index}"), Vec::new())).collect();
    let entries: Vec<(&str, &[u8])> =
        entries.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let cases: [(Vec<u8>, &str, &str); 20] = [
        (Vec::new(), "a.txt", "empty"),
        (b" \n\r\n\t".to_vec(), "a.txt", "empty"),
        (b"--- *** ---".to_vec(), "a.txt", "no_text"),
        (docx("<w:p/>"), "a.docx", "no_text"),
        (b"<html><body><script>words()</script></body></html>".to_vec(), "a.html", "no_text"),
        (whole[..whole.len() / 2].to_vec(), "a.docx", "damaged"),
        (docx("<w:p><w:r>"), "a.docx", "damaged"),
        (zip(&[("[Content_Types].xml", b"<Types/>"), ("word/styles.xml", b"<x/>")]), "a.docx", "damaged"),
        (b"{\"nbformat\": 4, \"cells\": [".to_vec(), "a.ipynb", "damaged"),
        (compound("EncryptedPackage"), "a.docx", "encrypted"),
        (locked(), "a.docx", "encrypted"),
        (compound("WordDocument"), "a.doc", "unsupported"),
        (b"{\\rtf1 words}".to_vec(), "a.rtf", "unsupported"),
        (b"\x7fELF\x02\x01\x01\0\0\0\0\0".to_vec(), "a.txt", "unsupported"),
        (zip(&[("a.txt", b"words")]), "a.zip", "unsupported"),
        (zip(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<x/>")]), "a.xlsx", "unsupported"),
        (docx(&paragraph), "a.docx", "too_much"),
        (docx(&format!("<w:p/>{}", " ".repeat(9 << 20))), "a.docx", "too_much"),
        (zip(&entries), "a.docx", "too_much"),
        (pptx(&slides), "a.pptx", "too_many_pages"),
    ];
    for (index, (bytes, name, expected)) in cases.iter().enumerate() {
        assert_eq!(verdict(bytes, name), *expected, "case {index}, {name}");
    }
}

#[test]
fn what_a_file_is_is_told_by_its_content() {
    let cases: [(&[u8], &str, FileKind); 9] = [
        (b"junk\n%PDF-1.7", "a.txt", FileKind::Pdf),
        (b"\x89PNG\r\n\x1a\n\0", "a.docx", FileKind::Image),
        (b"\xff\xd8\xff\xe0", "a", FileKind::Image),
        (b"ID3\x04", "a", FileKind::Audio),
        (b"\0\0\0\x20ftypM4A \0\0", "a", FileKind::Audio),
        (b"# Words", "a.md", FileKind::Markdown),
        (b"BM is my name, and these are notes.", "a.txt", FileKind::Text),
        (b"<p>fragment</p>", "a.html", FileKind::Html),
        (b"1\n00:00:01,000 --> 00:00:02,000\nx", "a.txt", FileKind::Srt),
    ];
    for (bytes, name, kind) in cases {
        assert_eq!(sharper_reader::kind_of(bytes, name), Ok(kind), "{name}");
    }
    let found = |bytes: &[u8]| sharper_reader::kind_of(bytes, "x").unwrap_err();
    assert!(
        matches!(found(&compound("WordDocument")), FileFault::Unsupported { found: Some(found) } if found.contains("DOC"))
    );
}

#[test]
fn nesting_a_hundred_thousand_deep_overflows_no_stack() {
    let deep = |open: &str, close: &str| format!("{}words{}", open.repeat(100_000), close.repeat(100_000));
    assert_eq!(
        verdict(&docx(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", deep("<w:x>", "</w:x>"))), "a.docx"),
        "read"
    );
    assert_eq!(verdict(&docx(&deep("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>")), "a.docx"), "no_text");
    assert_eq!(
        verdict(&odt(&deep("<text:list><text:list-item>", "</text:list-item></text:list>")), "a.odt"),
        "no_text"
    );
    for tag in ["div", "b", "table", "ul", "blockquote", "math"] {
        let page = format!("<!doctype html><body>{}words", format!("<{tag}>").repeat(20_000));
        let found = verdict(page.as_bytes(), "a.html");
        assert!(["too_hard", "read", "no_text"].contains(&found.as_str()), "{tag}: {found}");
    }
    assert_eq!(verdict(format!("{{\"cells\":{}", "[".repeat(100_000)).as_bytes(), "a.ipynb"), "damaged");
    let clozes = deck(&[(&"{{c1::".repeat(100_000), "")], false);
    assert_eq!(verdict(&clozes, "a.apkg"), "no_text");
}

#[test]
fn a_deck_that_is_a_trap_is_damaged() {
    let cases = [
        "CREATE VIEW notes AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM r) SELECT n AS mid, n AS flds, n AS tags FROM r",
        "CREATE TABLE other (x)",
        "CREATE TABLE notes (mid, tags, flds AS (hex(zeroblob(100000000)))); INSERT INTO notes VALUES (1, 'a')",
    ];
    for schema in cases {
        let mut connection = rusqlite::Connection::open_in_memory().unwrap();
        connection.execute_batch(schema).unwrap();
        let database = connection.serialize("main").unwrap().to_vec();
        assert_eq!(verdict(&deck_of(&database, false), "a.apkg"), "damaged", "{schema}");
    }
    assert_eq!(verdict(&deck_of(b"SQLite format 3\0 and nothing", true), "a.apkg"), "damaged");
    assert_eq!(verdict(&deck_of(&vec![0; 9 << 20], true), "a.apkg"), "too_much");
}

/// A small generator, the same on every machine (xorshift, Marsaglia 2003).
fn next(state: &mut u64) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    usize::try_from(*state >> 33).unwrap()
}

fn mutate(bytes: &mut Vec<u8>, state: &mut u64) {
    for _ in 0..1 + next(state) % 4 {
        let at = next(state) % bytes.len().max(1);
        let length = (next(state) % 40).min(bytes.len() - at);
        match next(state) % 5 {
            0 => bytes[at] = u8::try_from(next(state) % 256).unwrap(),
            1 => drop(bytes.drain(at..at + length)),
            2 => {
                let piece = bytes[at..at + length].to_vec();
                let to = next(state) % bytes.len();
                bytes.splice(to..to, piece);
            }
            3 => bytes.truncate(at.max(8)),
            _ => bytes[at] ^= 1 << (next(state) % 8),
        }
        if bytes.is_empty() {
            bytes.push(b' ');
        }
    }
}

#[test]
fn files_with_random_faults_never_panic() {
    let word = "<w:p><w:pPr><w:pStyle w:val=\"ListNumber\"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>Words é</w:t><w:footnoteReference w:id=\"2\"/></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc/></w:tr></w:tbl>";
    let text =
        "<text:list text:style-name=\"L1\"><text:list-item><text:p>a</text:p></text:list-item></text:list>";
    let page = "<!doctype html><body><main><h1 id=x>Tïtle</h1><table><tr><td rowspan=3>1<td>2</table><ul><li>a<ol><li>b</ol></ul><math><mfrac><mi>a</mi><mi>b</mi></mfrac></math><dl><dt>a<dd>b</dl></main>";
    let seeds: [(Vec<u8>, &str); 10] = [
        (docx(word), "a.docx"),
        (pptx(&["One", "Two"]), "a.pptx"),
        (odt(text), "a.odt"),
        (epub(), "a.epub"),
        (deck(&[("{{c1::é::h}}\u{1f}<b>b</b> \\(x\\) [sound:a]", "t")], false), "a.apkg"),
        (page.as_bytes().to_vec(), "a.html"),
        (
            "WEBVTT\n\n00:00.000 --> 00:01.000 a\n<v Añn>Why? {\\an8}\n\n00:01.0 --> 00:02.000\nWhy?\nSo."
                .as_bytes()
                .to_vec(),
            "a.vtt",
        ),
        (
            "{\"nbformat\":4,\"cells\":[{\"cell_type\":\"markdown\",\"source\":[\"![é](x) <b>\"]}]}"
                .as_bytes()
                .to_vec(),
            "a.ipynb",
        ),
        ("a,\"b é\"\nc;d\te|f,g\n".as_bytes().to_vec(), "a.csv"),
        ("Größe \u{feff}\r\n\0é".as_bytes().to_vec(), "a.txt"),
    ];
    // Archives are also opened up: a fault in a packed part is mostly a wrong checksum, and tells nothing of its reader.
    let rounds = 100;
    let mut state = 0x5eed_5eed_u64;
    for (seed, name) in seeds {
        for _ in 0..rounds {
            let mut bytes = seed.clone();
            match seed.starts_with(b"PK") && !next(&mut state).is_multiple_of(4) {
                true => bytes = mutate_part(&seed, &mut state),
                false => mutate(&mut bytes, &mut state),
            }
            if let Ok(document) = sharper_reader::read(&bytes, name, &LIMITS) {
                assert!(
                    document.anchors.iter().all(|anchor| document.text.is_char_boundary(anchor.at)),
                    "{name}"
                );
            }
        }
    }
}

/// An archive with a fault in one of its parts, and whole otherwise.
fn mutate_part(archive: &[u8], state: &mut u64) -> Vec<u8> {
    use std::io::Read as _;
    let mut opened = zip::ZipArchive::new(std::io::Cursor::new(archive)).unwrap();
    let chosen = next(state) % opened.len();
    let mut parts = Vec::new();
    for index in 0..opened.len() {
        let mut part = opened.by_index(index).unwrap();
        let name = part.name().unwrap().to_string();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if index == chosen && !bytes.is_empty() {
            mutate(&mut bytes, state);
        }
        parts.push((name, bytes));
    }
    zip(&parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect::<Vec<_>>())
}
