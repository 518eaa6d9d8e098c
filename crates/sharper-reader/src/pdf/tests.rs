//! Tests of reading PDF, over small files made here.

use super::*;
use sharper_domain::AnchorKind;

/// A line of text: its left edge, its base line from below, its size.
type Line<'a> = (f64, f64, f64, &'a str);

const LIMITS: Limits = Limits { pages: 50, unpacked: 1 << 20, text: 1 << 16 };

/// A PDF of objects, each as it stands between `obj` and `endobj`; the first is the catalogue.
fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in (1..).zip(objects) {
        places.push(bytes.len());
        bytes.extend(format!("{at} 0 obj\n").bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let xref = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    places.iter().for_each(|place| bytes.extend(format!("{place:010} 00000 n \n").bytes()));
    let end = format!("trailer\n<</Size {} /Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n", objects.len() + 1);
    bytes.extend(end.bytes());
    bytes
}

fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
    let mut bytes = format!("<<{dict} /Length {}>>\nstream\n", data.len()).into_bytes();
    bytes.extend(data);
    bytes.extend(b"\nendstream");
    bytes
}

/// A PDF whose pages have these contents; each may paint the picture `/I`.
fn pages(contents: &[String], picture: Vec<u8>) -> Vec<u8> {
    let kids: Vec<String> = (0..contents.len()).map(|at| format!("{} 0 R", 5 + 2 * at)).collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Count {}/Kids[{}]>>", contents.len(), kids.join(" ")).into_bytes(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec(),
        picture,
    ];
    for (at, content) in contents.iter().enumerate() {
        let page = format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>/Contents {} 0 R>>",
            6 + 2 * at
        );
        objects.push(page.into_bytes());
        objects.push(stream("", content.as_bytes()));
    }
    file(&objects)
}

fn picture() -> Vec<u8> {
    stream(
        "/Type/XObject/Subtype/Image/Width 4/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray",
        &[0, 9, 9, 9, 9, 9, 9, 255],
    )
}

fn content(lines: &[Line<'_>]) -> String {
    lines.iter().map(|(x, y, size, text)| format!("BT /F {size} Tf {x} {y} Td ({text}) Tj ET\n")).collect()
}

fn written(contents: &[&[Line<'_>]]) -> Vec<u8> {
    pages(&contents.iter().map(|lines| content(lines)).collect::<Vec<_>>(), picture())
}

#[track_caller]
fn check(contents: &[&[Line<'_>]], expected: &str) -> Document {
    let document = read(&written(contents), &LIMITS).unwrap();
    assert_eq!(document.text, expected);
    document
}

/// Lines below one another, as a paragraph has them.
fn paragraph<'a>(x: f64, top: f64, lines: &[&'a str]) -> Vec<Line<'a>> {
    (0..).zip(lines).map(|(at, line)| (x, top - 12.0 * f64::from(at), 10.0, *line)).collect()
}

#[test]
fn a_column_is_read_to_its_end_before_the_next_begins() {
    let mut lines = paragraph(
        50.0,
        700.0,
        &[
            "Water enters the root by way of osmosis",
            "and rises through the vessels of wood",
            "until it leaves by the open stomata of",
            "the leaf, which is called transpiration.",
        ],
    );
    lines.extend(paragraph(
        320.0,
        700.0,
        &[
            "Sugar travels the other way in the tube",
            "cells of the bast, driven by pressure at",
            "its source and used up at its sink, such",
            "as a root, a fruit or a growing shoot.",
        ],
    ));
    // Programs paint line by line across the page, too.
    lines.sort_by(|a, b| b.1.total_cmp(&a.1));
    check(
        &[&lines],
        "Water enters the root by way of osmosis and rises through the vessels of wood until it leaves by the open stomata of the leaf, which is called transpiration.\n\nSugar travels the other way in the tube cells of the bast, driven by pressure at its source and used up at its sink, such as a root, a fruit or a growing shoot.\n",
    );
}

#[test]
fn a_word_cut_at_the_end_of_a_line_is_mended_and_a_compound_keeps_its_hyphen() {
    let lines = paragraph(
        50.0,
        700.0,
        &[
            "The power of the cell comes from its mito-",
            "chondria, and that is a fact as well-",
            "known as the law of Boyle and Mari-",
            "otte or that of the X-",
            "ray and of Curie.",
        ],
    );
    check(
        &[&lines],
        "The power of the cell comes from its mitochondria, and that is a fact as well-known as the law of Boyle and Mariotte or that of the X-ray and of Curie.\n",
    );
}

#[test]
fn ligatures_are_letters() {
    check(&[&[(50.0, 700.0, 10.0, "A dif\\256cult of\\256ce \\257oor.")]], "A difficult office floor.\n");
}

#[test]
fn headings_lists_and_tables_are_markdown() {
    let lines = [
        (50.0, 700.0, 20.0, "Cells"),
        (50.0, 660.0, 10.0, "Every living thing is made of cells, one or many."),
        (60.0, 640.0, 10.0, "1. Bacteria have one"),
        (60.0, 628.0, 10.0, "2. People have many"),
        (50.0, 590.0, 10.0, "Part"),
        (200.0, 590.0, 10.0, "Task"),
        (50.0, 578.0, 10.0, "Nucleus"),
        (200.0, 578.0, 10.0, "Heredity"),
        (50.0, 566.0, 10.0, "Ribosome"),
        (200.0, 566.0, 10.0, "Protein"),
    ];
    check(
        &[&lines],
        "# Cells\n\nEvery living thing is made of cells, one or many.\n\n1. Bacteria have one\n2. People have many\n\n| Part | Task |\n| --- | --- |\n| Nucleus | Heredity |\n| Ribosome | Protein |\n",
    );
}

#[test]
fn a_running_title_and_page_numbers_go_and_a_paragraph_goes_on_over_the_page() {
    let page = |number: &'static str, text: &'static str| {
        vec![
            (50.0, 770.0, 9.0, "Biology for beginners"),
            (50.0, 600.0, 10.0, text),
            (300.0, 30.0, 9.0, number),
        ]
    };
    let (first, second, third) = (
        page("7", "The heart of a mammal has four chambers and"),
        page("8", "pumps the blood through two circuits."),
        page("9", "Fish have one."),
    );
    let document = check(
        &[&first, &second, &third],
        "The heart of a mammal has four chambers and pumps the blood through two circuits.\n\nFish have one.\n",
    );
    let begins: Vec<&str> =
        document.anchors.iter().map(|anchor| &document.text[anchor.at..anchor.at + 4]).collect();
    assert_eq!(begins, ["The ", "pump", "Fish"]);
    assert!(
        document
            .anchors
            .iter()
            .zip(["1", "2", "3"])
            .all(|(anchor, label)| anchor.kind == AnchorKind::Page && anchor.label == label)
    );
}

#[test]
fn what_is_said_on_every_page_in_the_body_stays() {
    let page = |text: &'static str| vec![(50.0, 500.0, 10.0, "Remember this."), (50.0, 450.0, 10.0, text)];
    check(
        &[&page("Alpha one."), &page("Beta two."), &page("Gamma three.")],
        "Remember this.\n\nAlpha one.\n\nRemember this.\n\nBeta two.\n\nRemember this.\n\nGamma three.\n",
    );
}

#[test]
fn a_file_that_cannot_be_read_gets_its_verdict() {
    let verdict = |bytes: &[u8], limits: &Limits| read(bytes, limits).map(|document| document.text);
    let line: &[Line<'_>] = &[(50.0, 700.0, 10.0, "Some text that is long enough.")];
    assert_eq!(verdict(include_bytes!("locked.pdf"), &LIMITS), Err(FileFault::Encrypted));
    assert_eq!(verdict(&written(&[]), &LIMITS), Err(FileFault::NoText));
    assert_eq!(verdict(&written(&[&[]]), &LIMITS), Err(FileFault::NoText));
    assert_eq!(verdict(b"%PDF-1.4\nnothing", &LIMITS), Err(FileFault::Damaged));
    assert_eq!(
        verdict(&written(&[line, line]), &Limits { pages: 1, ..LIMITS }),
        Err(FileFault::TooManyPages { pages: 2, most: 1 })
    );
    assert_eq!(verdict(&written(&[line]), &Limits { text: 9, ..LIMITS }), Err(FileFault::TooMuch));
}

#[test]
fn a_file_cut_short_is_read_with_a_warning() {
    let bytes = written(&[&[(50.0, 700.0, 10.0, "All of the text is still there.")]]);
    let cut = bytes.windows(4).position(|mark| mark == b"xref").unwrap();
    let document = read(&bytes[..cut], &LIMITS).unwrap();
    assert_eq!((document.text.as_str(), document.warnings.len()), ("All of the text is still there.\n", 1));
}

#[test]
fn scanned_pages_are_told_and_their_pictures_given() {
    let scan = "600 0 0 800 0 0 cm /I Do".to_owned();
    let all = pages(&[scan.clone(), scan.clone()], picture());
    assert_eq!(read(&all, &LIMITS), Err(FileFault::Scanned));
    for number in [1, 2] {
        let (images, in_all) = page_images(&all, number, &LIMITS).unwrap();
        let told: Vec<_> = images.iter().map(|image| (image.page, image.format)).collect();
        assert_eq!((told, in_all), (vec![(number, ImageFormat::Pgm)], 2));
        assert_eq!(images[0].bytes, b"P5\n4 2\n255\n\x00\x09\x09\x09\x09\x09\x09\xFF");
    }
    for none in [0, 3, u32::MAX] {
        assert_eq!(page_images(&all, none, &LIMITS).unwrap(), (Vec::new(), 2), "there is no page {none}");
    }
    assert_eq!(page_images(&all, 1, &Limits { unpacked: 10, ..LIMITS }), Err(FileFault::TooMuch));
    let some =
        pages(&[content(&[(50.0, 700.0, 10.0, "A page with text that can be read.")]), scan], picture());
    assert_eq!(page_images(&some, 1, &LIMITS).unwrap(), (Vec::new(), 2), "a page of text is no picture");
    assert_eq!(read(&some, &LIMITS).unwrap().warnings, ["Page 2 is without text, only a picture: not read."]);
}
