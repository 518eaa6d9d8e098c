//! `study-sharper read-file MEMORY CPU`: the child that reads one file. The server starts it; nobody calls it by hand.
//!
//! It limits itself before anything else, so that whatever a file does to the libraries that read it ends with this process.
//! It reads no configuration, opens no log and starts no runtime.

use std::io::{BufRead, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::Context;
use sharper_domain::FileFault;
use sharper_files::protocol::{Answer, LINE_BYTES, Task, Wanted};
use sharper_reader::Limits;

use crate::cage::{self, Allowance};

/// Reads the file on standard input and answers on standard output.
pub(crate) fn run(allowance: Allowance) -> anyhow::Result<()> {
    // A panic is a verdict on the file, and its message may hold what is in it.
    std::panic::set_hook(Box::new(|_| {}));
    cage::reader(allowance)?;
    let mut input = std::io::stdin().lock();
    let mut line = Vec::new();
    (&mut input).take(LINE_BYTES as u64).read_until(b'\n', &mut line).context("no task came")?;
    let task: Task = serde_json::from_slice(&line).context("the task cannot be read")?;
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes).context("the file did not come to its end")?;
    match task.wanted {
        Wanted::Text => text(&task, &bytes),
        Wanted::Pictures => pictures(&task, &bytes),
    }
}

fn limits(task: &Task) -> Limits {
    Limits { pages: task.pages, unpacked: task.unpacked, text: task.text }
}

fn text(task: &Task, bytes: &[u8]) -> anyhow::Result<()> {
    let read = || Answer { kind: None, result: sharper_reader::read(bytes, &task.name, &limits(task)) };
    let broke = |_| Answer { kind: None, result: Err(FileFault::Damaged) };
    let mut answer = catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(broke);
    if let Ok(document) = &answer.result {
        answer.kind = Some(document.kind);
    }
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, &answer)?;
    Ok(out.flush()?)
}

fn pictures(_: &Task, _: &[u8]) -> anyhow::Result<()> {
    let frame = sharper_files::protocol::Frame::Fault(FileFault::Scanned);
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, &frame)?;
    out.write_all(b"\n")?;
    Ok(out.flush()?)
}
