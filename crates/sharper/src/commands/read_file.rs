//! `study-sharper read-file MEMORY CPU`: the child that reads one file. The server starts it; nobody calls it by hand.
//!
//! It limits itself before anything else, so that whatever a file does to the libraries that read it ends with this process.
//! It reads no configuration, opens no log and starts no runtime.

use std::collections::HashSet;
use std::io::{self, BufRead, BufWriter, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::Context;
use serde::Serialize;
use sharper_domain::{Deck, FileFault, FileKind};
use sharper_exchange::apkg;
use sharper_files::protocol::{Answer, DeckFrame, Frame, Held, LINE_BYTES, SentDeck, Task, Wanted};
use sharper_reader::Limits;

use crate::cage::{self, Allowance};

/// Reads the file on standard input and answers on standard output.
pub(crate) fn run(allowance: Allowance) -> anyhow::Result<()> {
    // A panic is a verdict on the file, and its message may hold what is in it.
    std::panic::set_hook(Box::new(|_| {}));
    let held = cage::reader(allowance)?;
    let mut input = std::io::stdin().lock();
    let mut line = Vec::new();
    (&mut input).take(LINE_BYTES as u64).read_until(b'\n', &mut line).context("no task came")?;
    let task: Task = serde_json::from_slice(&line).context("the task cannot be read")?;
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes).context("the file did not come to its end")?;
    match task.wanted {
        Wanted::Text => text(&task, &bytes),
        Wanted::Pictures { page } => pictures(&task, &bytes, page),
        Wanted::Decks => decks(&task, &bytes),
        Wanted::Held => {
            let tried = Held { reaches: cage::reaches(), ..held };
            Ok(serde_json::to_writer(std::io::stdout().lock(), &tried)?)
        }
    }
}

fn limits(task: &Task) -> Limits {
    Limits { pages: task.pages, unpacked: task.unpacked, text: task.text }
}

fn text(task: &Task, bytes: &[u8]) -> anyhow::Result<()> {
    let broke = |_| Answer { kind: None, result: Err(FileFault::Damaged) };
    let answer = catch_unwind(AssertUnwindSafe(|| answer(task, bytes))).unwrap_or_else(broke);
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, &answer)?;
    Ok(out.flush()?)
}

/// What a file is, and its text. Pictures and recordings are for others to read.
fn answer(task: &Task, bytes: &[u8]) -> Answer {
    let kind = match sharper_reader::kind_of(bytes, &task.name) {
        Ok(kind) => kind,
        Err(fault) => return Answer { kind: None, result: Err(fault) },
    };
    let result = match kind {
        FileKind::Audio => Err(FileFault::NoTranscription),
        FileKind::Image => Err(FileFault::Scanned),
        _ => sharper_reader::read(bytes, &task.name, &limits(task)),
    };
    Answer { kind: Some(kind), result }
}

fn pictures(task: &Task, bytes: &[u8], page: u32) -> anyhow::Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let told = catch_unwind(AssertUnwindSafe(|| match sharper_reader::kind_of(bytes, &task.name) {
        Ok(FileKind::Image) => picture(&mut out, bytes).map(|()| Frame::End { pages: 1 }),
        Ok(FileKind::Pdf) => of_page(&mut out, task, bytes, page),
        Ok(_) => Ok(Frame::Fault(FileFault::Scanned)),
        Err(fault) => Ok(Frame::Fault(fault)),
    }));
    let last = told.unwrap_or(Ok(Frame::Fault(FileFault::Damaged)))?;
    line(&mut out, &last)?;
    Ok(out.flush()?)
}

/// The pictures that a page of a scan is.
fn of_page(out: &mut impl Write, task: &Task, bytes: &[u8], page: u32) -> io::Result<Frame> {
    let (images, pages) = match sharper_reader::page_images(bytes, page, &limits(task)) {
        Ok(found) => found,
        Err(fault) => return Ok(Frame::Fault(fault)),
    };
    for image in images {
        picture(out, &image.bytes)?;
    }
    Ok(Frame::End { pages })
}

fn picture(out: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    line(out, &Frame::Picture { bytes: bytes.len() })?;
    out.write_all(bytes)
}

/// Most notes, cards and so many times the reviews of a deck.
const MOST_CARDS: usize = 50_000;
/// How much more text a deck may have than a note: its fields come beside what its cards show.
const DECK_TEXT: usize = 8;

fn decks(task: &Task, bytes: &[u8]) -> anyhow::Result<()> {
    let limits = apkg::Limits {
        unpacked: task.unpacked,
        cards: MOST_CARDS,
        text: task.text.saturating_mul(DECK_TEXT),
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    let told = catch_unwind(AssertUnwindSafe(|| match sharper_reader::kind_of(bytes, &task.name) {
        Ok(FileKind::Apkg) => match apkg::read(bytes, &limits) {
            Ok(decks) => tell(&mut out, decks).map(|()| DeckFrame::End),
            Err(fault) => Ok(DeckFrame::Fault(fault)),
        },
        Ok(kind) => Ok(DeckFrame::Fault(FileFault::Unsupported { found: Some(kind.as_str().to_owned()) })),
        Err(fault) => Ok(DeckFrame::Fault(fault)),
    }));
    let last = told.unwrap_or(Ok(DeckFrame::Fault(FileFault::Damaged)))?;
    line(&mut out, &last)?;
    Ok(out.flush()?)
}

/// The decks, each after the files that it names and that did not come yet.
fn tell(out: &mut impl Write, decks: Vec<Deck>) -> io::Result<()> {
    let mut sent = HashSet::new();
    for deck in decks {
        let Deck { guid, title, cards, foreign, warnings, media } = deck;
        let hashes: Vec<String> = media.iter().map(|file| file.hash.clone()).collect();
        for file in media.into_iter().filter(|file| sent.insert(file.hash.clone())) {
            line(out, &DeckFrame::Media { name: file.name, kind: file.kind, bytes: file.bytes.len() })?;
            out.write_all(&file.bytes)?;
        }
        let deck = serde_json::to_vec(&SentDeck { guid, title, cards, foreign, warnings, media: hashes })?;
        line(out, &DeckFrame::Deck { bytes: deck.len() })?;
        out.write_all(&deck)?;
    }
    Ok(())
}

fn line(out: &mut impl Write, frame: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, frame)?;
    out.write_all(b"\n")
}
