//! PDF: text in reading order, page by page, and the pictures of pages that were scanned.
//!
//! The library says what is painted where (`sheet`); everything above it is found from places and sizes: lines, columns,
//! what belongs to every page and to none, paragraphs, and the text.

mod blocks;
mod columns;
mod flow;
mod furniture;
mod lines;
mod scans;
mod script;
mod sheet;
#[cfg(test)]
mod tests;
mod title;

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use sharper_domain::{Document, FileFault, FileKind};

use self::lines::Piece;
use self::sheet::{Press, Sheet};
use crate::Limits;

pub use self::scans::{ImageFormat, PageImage};

/// A page with fewer characters than this says nothing: a stamp, a page number.
const SILENT: usize = 24;
/// A page covered to this part by pictures, and silent, was scanned.
const PICTURED: f64 = 0.4;

/// The text of a PDF, with an anchor for each page.
///
/// # Errors
/// The verdict: encrypted, damaged, scanned, without text, or beyond the limits.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, FileFault> {
    let pdf = open(bytes, limits)?;
    let survey = survey(&pdf, limits)?;
    let mut warnings = Vec::new();
    let count = survey.pages.len();
    let scanned = survey.pages_that(|page| page.scanned);
    let lost = survey.pages_that(|page| page.lost);
    let written = survey.pages.iter().filter(|page| page.letters > 0).count();
    if lost.len() * 2 > count {
        return Err(FileFault::Damaged);
    }
    if written == 0 || (written * 10 <= count && scanned.len() * 2 > count) {
        let cut = !is_whole(bytes) || !lost.is_empty();
        return Err(match (scanned.is_empty(), cut) {
            (false, _) => FileFault::Scanned,
            (true, true) => FileFault::Damaged,
            (true, false) => FileFault::NoText,
        });
    }
    if !scanned.is_empty() {
        warnings.push(format!("{} without text, only a picture: not read.", named(&scanned)));
    }
    if !lost.is_empty() {
        warnings.push(format!("{} damaged and could not be read.", named(&lost)));
    }
    if !is_whole(bytes) {
        warnings.push("The file is not complete: pages at its end may be missing.".to_owned());
    }
    if survey.unknown * 20 > survey.known {
        warnings.push(
            "Some of its fonts do not say which letters they show: parts of the text are missing or wrong."
                .to_owned(),
        );
    }
    let (text, anchors) = compose(survey);
    if text.len() > limits.text {
        return Err(FileFault::TooMuch);
    }
    let title = pdf.metadata().title.as_deref().and_then(title::of);
    Ok(Document { title, anchors, warnings, ..Document::new(FileKind::Pdf, text) })
}

/// The pictures of one page, from 1, for text recognition: none where it holds text, together at most `limits.unpacked`
/// bytes. And how many pages the file has. Nothing of its other pages is looked at, however heavy they are.
///
/// # Errors
/// As opening the file; `TooMuch` where the pictures take more.
pub fn page_images(bytes: &[u8], number: u32, limits: &Limits) -> Result<(Vec<PageImage>, u32), FileFault> {
    let pdf = open(bytes, limits)?;
    let in_all = u32::try_from(pdf.pages().len()).unwrap_or(u32::MAX);
    let place = number.checked_sub(1).and_then(|place| usize::try_from(place).ok());
    let Some(page) = place.and_then(|place| pdf.pages().get(place)) else { return Ok((Vec::new(), in_all)) };
    let press = Press::new(&pdf);
    if !look(&press, page).0.scanned {
        return Ok((Vec::new(), in_all));
    }
    let images = catch_unwind(AssertUnwindSafe(|| scans::of(&press, page, number, limits.unpacked)))
        .unwrap_or(Some(Vec::new()));
    Ok((images.ok_or(FileFault::TooMuch)?, in_all))
}

/// Opens a file with the empty password, which every file has that anybody may read.
fn open(bytes: &[u8], limits: &Limits) -> Result<Pdf, FileFault> {
    let pdf =
        catch_unwind(|| Pdf::new(bytes.to_vec())).map_err(|_| FileFault::Damaged)?.map_err(|fault| {
            match fault {
                LoadPdfError::Decryption(_) => FileFault::Encrypted,
                LoadPdfError::Invalid => FileFault::Damaged,
            }
        })?;
    let pages = u32::try_from(pdf.pages().len()).unwrap_or(u32::MAX);
    match pages {
        0 => Err(if is_whole(bytes) { FileFault::NoText } else { FileFault::Damaged }),
        pages if pages > limits.pages => Err(FileFault::TooManyPages { pages, most: limits.pages }),
        _ => Ok(pdf),
    }
}

/// Whether a file ends with the mark of its end (ISO 32000-1, 7.5.5); programs write a little after it.
fn is_whole(bytes: &[u8]) -> bool {
    bytes[bytes.len().saturating_sub(2048)..].windows(5).any(|mark| mark == b"%%EOF")
}

/// What one page holds.
struct Found {
    height: f64,
    /// Its lines, as most of them run.
    pieces: Vec<Piece>,
    /// Lines that run another way: stamps at the margin, labels of axes.
    aside: Vec<Piece>,
    letters: usize,
    scanned: bool,
    /// It has content that cannot be read.
    lost: bool,
}

/// What all pages hold.
struct Survey {
    pages: Vec<Found>,
    /// Characters whose meaning is known, and the others.
    known: usize,
    unknown: usize,
}

impl Survey {
    fn pages_that(&self, is: impl Fn(&Found) -> bool) -> Vec<usize> {
        (1..).zip(&self.pages).filter(|(_, page)| is(page)).map(|(number, _)| number).collect()
    }
}

/// Reads every page. A page at which the library panics is lost, and the others are not.
fn survey(pdf: &Pdf, limits: &Limits) -> Result<Survey, FileFault> {
    let press = Press::new(pdf);
    let mut survey = Survey { pages: Vec::new(), known: 0, unknown: 0 };
    for page in pdf.pages().iter() {
        let (found, unknown) = look(&press, page);
        survey.known += found.letters;
        survey.unknown += unknown;
        if survey.known > limits.text {
            return Err(FileFault::TooMuch);
        }
        survey.pages.push(found);
    }
    Ok(survey)
}

/// What a page holds, and how many of its letters nobody knows.
fn look<'a>(press: &Press<'a>, page: &Page<'a>) -> (Found, usize) {
    let sheet = catch_unwind(AssertUnwindSafe(|| press.sheet(page)));
    let lost = sheet.is_err() || (page.raw().contains_key(b"Contents") && page.page_stream().is_none());
    let sheet = sheet.unwrap_or_default();
    let known = sheet.glyphs.iter().filter_map(|glyph| glyph.text.as_deref());
    let known = known.filter(|text| !text.trim().is_empty()).count();
    let unknown = sheet.glyphs.iter().filter(|glyph| glyph.text.is_none()).count();
    (found(&sheet, known, lost), unknown)
}

fn found(sheet: &Sheet, letters: usize, lost: bool) -> Found {
    let mut turns = [0_usize; 4];
    for glyph in &sheet.glyphs {
        turns[usize::from(glyph.turn % 4)] += 1;
    }
    let main = (0..4_u8).max_by_key(|turn| (turns[usize::from(*turn)], *turn == 0)).unwrap_or(0);
    let aside =
        (0..4).filter(|turn| *turn != main).flat_map(|turn| lines::pieces(&sheet.glyphs, turn)).collect();
    Found {
        height: if main % 2 == 0 { sheet.height } else { sheet.width },
        pieces: lines::pieces(&sheet.glyphs, main),
        aside,
        letters,
        scanned: letters < SILENT && sheet.pictured > PICTURED,
        lost,
    }
}

/// The text of all pages.
fn compose(survey: Survey) -> (String, Vec<sharper_domain::Anchor>) {
    let count = survey.pages.len();
    let (mut pages, asides): (Vec<_>, Vec<_>) =
        survey.pages.into_iter().map(|page| ((page.height, page.pieces), page.aside)).unzip();
    furniture::remove(&mut pages);
    let body = body_size(&pages);
    let mut words = flow::Words::default();
    pages.iter().flat_map(|(_, pieces)| pieces).for_each(|piece| words.learn(&piece.text));
    let mut blocks = Vec::new();
    for (page, ((_, pieces), aside)) in pages.into_iter().zip(asides).enumerate() {
        let letters = || pieces.iter().flat_map(|piece| piece.text.chars());
        let rightward = letters().filter(|letter| script::rightward(*letter)).count() * 2
            > letters().filter(|letter| letter.is_alphabetic()).count();
        for column in columns::order(pieces, rightward) {
            blocks.extend(blocks::of(column, page, body));
        }
        if !aside.is_empty() {
            blocks.extend(blocks::of(aside, page, f64::MAX));
        }
    }
    flow::write(&blocks, count, &words)
}

/// The size that most characters are set in.
fn body_size(pages: &[(f64, Vec<Piece>)]) -> f64 {
    let mut sizes: HashMap<i64, usize> = HashMap::new();
    for piece in pages.iter().flat_map(|(_, pieces)| pieces) {
        *sizes.entry((piece.size * 2.0).round() as i64).or_default() += piece.text.chars().count();
    }
    sizes
        .into_iter()
        .max_by_key(|(size, count)| (*count, *size))
        .map_or(10.0, |(size, _)| (size as f64 / 2.0).max(1.0))
}

/// "Page 3 is", "Pages 1, 4–6 are".
fn named(pages: &[usize]) -> String {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for page in pages {
        match ranges.last_mut() {
            Some(range) if range.1 + 1 == *page => range.1 = *page,
            _ => ranges.push((*page, *page)),
        }
    }
    let names: Vec<String> = ranges
        .iter()
        .map(|(from, to)| if from == to { from.to_string() } else { format!("{from}–{to}") })
        .collect();
    if pages.len() == 1 {
        format!("Page {} is", names.join(", "))
    } else {
        format!("Pages {} are", names.join(", "))
    }
}
