//! Ordinary documents of the same makings, for whoever measures how fast they are read.

use super::archive::{deflated, docx, epub_of, opendocument_of, presentation};
use super::pdf::pages;

/// A file of each kind with this text on each of so many pages.
pub fn documents(paragraphs: &[&str], count: usize) -> Vec<(&'static str, Vec<u8>)> {
    let plain = paragraphs.join("\n\n");
    let tagged = |open: &str, close: &str| -> String {
        let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
        paragraphs.iter().map(|text| format!("{open}{}{close}", escaped(text))).collect()
    };
    let html = tagged("<p>", "</p>").repeat(count);
    let word = tagged("<w:p><w:r><w:t>", "</w:t></w:r></w:p>").repeat(count);
    let odt = tagged("<text:p>", "</text:p>").repeat(count);
    // An empty line ends a caption.
    let lines = paragraphs.join("\n");
    let cue = |n: usize| {
        format!("{n}\n{:02}:{:02}:00,000 --> {:02}:{:02}:09,000\n{lines}\n\n", n / 60, n % 60, n / 60, n % 60)
    };
    let cell = serde_json::json!({"cell_type": "markdown", "metadata": {}, "source": plain});
    let notebook =
        serde_json::json!({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": vec![cell; count]});
    let row = format!("1,\"{}\"\n", plain.replace('"', "\"\""));
    let words = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    vec![
        ("notes.txt", plain.repeat(count).into_bytes()),
        ("notes.md", format!("# Notes\n\n{plain}\n\n").repeat(count).into_bytes()),
        ("notes.html", format!("<!doctype html><html><body>{html}</body></html>").into_bytes()),
        ("notes.csv", format!("number,text\n{}", row.repeat(count)).into_bytes()),
        ("notes.ipynb", notebook.to_string().into_bytes()),
        ("notes.srt", (1..=count).map(cue).collect::<String>().into_bytes()),
        ("notes.docx", {
            let xml = format!("<w:document xmlns:w=\"{words}\"><w:body>{word}</w:body></w:document>");
            docx(deflated("word/document.xml", xml.as_bytes()))
        }),
        ("notes.pptx", presentation(&tagged("<a:p><a:r><a:t>", "</a:t></a:r></a:p>"), count)),
        ("notes.odt", opendocument_of(&odt)),
        ("notes.epub", epub_of(&tagged("<p>", "</p>"), count)),
        ("notes.pdf", pages(paragraphs, count)),
    ]
}
