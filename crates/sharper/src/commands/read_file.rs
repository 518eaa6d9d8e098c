//! `study-sharper read-file MEMORY CPU`: the child that reads one file. The server starts it; nobody calls it by hand.
//!
//! It limits itself before anything else, so that whatever a file does to the libraries that read it ends with this process.
//! It reads no configuration, opens no log and starts no runtime.

use std::io::{self, BufRead, BufWriter, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::Context;
use sharper_domain::{FileFault, FileKind};
use sharper_files::protocol::{Answer, Frame, Held, LINE_BYTES, Task, Wanted};
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

fn line(out: &mut impl Write, frame: &Frame) -> io::Result<()> {
    serde_json::to_writer(&mut *out, frame)?;
    out.write_all(b"\n")
}
