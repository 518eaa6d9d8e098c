//! Pages that are pictures: for each page one child gives its pictures, and the system's `tesseract` reads them, both within
//! limits of their own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use bytes::Bytes;
use sharper_domain::{Anchor, AnchorKind, Document, FileFault, FileKind};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::{ChildStdout, Command};
use tokio::sync::OnceCell;
use tokio::task::{JoinError, JoinSet};

use crate::child::{Caller, Ending, give};
use crate::protocol::{Frame, LINE_BYTES};
use crate::reader::{ReadError, find};
use crate::settings::{FileSettings, OcrSettings};

/// The longest picture, in bytes.
const PICTURE_BYTES: usize = 32 << 20;
/// How long tesseract may take to say which languages it has.
const PATIENCE: Duration = Duration::from_secs(10);
/// What the reader of such a note should know.
const BY_RECOGNITION: &str = "The pages of this file are pictures. Their text was recognised by a machine (OCR) and may hold mistakes.";

/// Reads text in pictures, where `tesseract` is installed.
pub struct Recogniser {
    settings: OcrSettings,
    program: Option<PathBuf>,
    caller: Caller,
    text_bytes: usize,
    /// Those of the settings that are installed, joined as tesseract takes them.
    languages: OnceCell<Vec<String>>,
}

/// What one page came to.
struct Page {
    /// Its number, from 1.
    number: u32,
    /// The text of its pictures from its top; empty where it is none. `None` where nothing could be read.
    text: Option<String>,
}

/// What reads one page: a child that gets its pictures out of the file, and tesseract for each.
#[derive(Clone)]
struct Hand {
    reader: Caller,
    caller: Caller,
    program: PathBuf,
    languages: String,
}

/// A page, and how many there are; or why the file has none.
type Found = Result<(Page, u32), FileFault>;

impl Recogniser {
    /// Looks whether the program of the settings is there; `ours` is our own, which limits it.
    pub(crate) fn new(settings: &FileSettings, ours: &Path) -> Self {
        let ocr = settings.ocr.clone();
        Self {
            program: find(&ocr.tesseract),
            caller: Caller::new(ours, ocr.memory_bytes, ocr.cpu_seconds),
            text_bytes: settings.text_bytes,
            settings: ocr,
            languages: OnceCell::new(),
        }
    }

    /// The program; `None` where it is not installed or turned off.
    pub fn program(&self) -> Option<&Path> {
        self.program.as_deref()
    }

    /// The languages that are wanted and installed, in the order of the settings.
    pub async fn languages(&self) -> &[String] {
        self.languages
            .get_or_init(|| async {
                let installed = match &self.program {
                    Some(program) => installed(program).await,
                    None => Vec::new(),
                };
                let wanted = self.settings.languages.iter();
                wanted.filter(|language| installed.contains(language)).cloned().collect()
            })
            .await
    }

    /// The text of the pages of a file that are pictures. `task` is the first line for the child that gets those of a page
    /// out of it.
    pub(crate) async fn read(
        &self,
        reader: &Caller,
        task: impl Fn(u32) -> Vec<u8>,
        bytes: Bytes,
        kind: FileKind,
    ) -> Result<Result<Document, FileFault>, ReadError> {
        let Some(program) = &self.program else { return Ok(Err(FileFault::Scanned)) };
        let languages = self.languages().await;
        if languages.is_empty() {
            return Ok(Err(FileFault::Scanned));
        }
        let within = Duration::from_secs(self.settings.wall_seconds);
        let hand = Hand {
            reader: reader.clone(),
            caller: self.caller.clone(),
            program: program.clone(),
            languages: languages.join("+"),
        };
        match tokio::time::timeout(within, self.pages(&hand, task, bytes)).await {
            Err(_) => Ok(Err(FileFault::TooHard)),
            Ok(Err(error)) => Err(error),
            Ok(Ok(Err(fault))) => Ok(Err(fault)),
            Ok(Ok(Ok((pages, in_all)))) => Ok(self.document(kind, pages, in_all)),
        }
    }

    /// The pages that are wanted, a few at a time; the first tells how many there are. Whatever runs ends when this is dropped.
    async fn pages(
        &self,
        hand: &Hand,
        task: impl Fn(u32) -> Vec<u8>,
        bytes: Bytes,
    ) -> Result<Result<(Vec<Page>, u32), FileFault>, ReadError> {
        let (first, in_all) = match hand.page(1, task(1), bytes.clone()).await? {
            Ok(found) => found,
            Err(fault) => return Ok(Err(fault)),
        };
        let (mut pages, mut working) = (vec![first], JoinSet::new());
        for number in 2..=in_all.min(self.settings.pages) {
            if working.len() >= self.settings.parallel {
                pages.extend(done(working.join_next().await)?);
            }
            let (hand, task, bytes) = (hand.clone(), task(number), bytes.clone());
            working.spawn(async move {
                // A page whose child gave nothing is told of in the note, and the others are read.
                let found = hand.page(number, task, bytes).await?;
                Ok(found.map_or(Page { number, text: None }, |(page, _)| page))
            });
        }
        while !working.is_empty() {
            pages.extend(done(working.join_next().await)?);
        }
        Ok(Ok((pages, in_all)))
    }

    /// The pages in their order, each with its anchor.
    fn document(&self, kind: FileKind, pages: Vec<Page>, in_all: u32) -> Result<Document, FileFault> {
        let pages: BTreeMap<u32, Option<String>> =
            pages.into_iter().map(|page| (page.number, page.text)).collect();
        if !pages.is_empty() && pages.values().all(Option::is_none) {
            return Err(FileFault::Damaged);
        }
        let mut document = Document::new(kind, String::new());
        document.warnings.push(BY_RECOGNITION.to_owned());
        let mut unread = Vec::new();
        for (number, text) in &pages {
            let Some(text) = text else {
                unread.push(number.to_string());
                continue;
            };
            if text.is_empty() {
                continue;
            }
            if !document.text.is_empty() {
                document.text.push_str("\n\n");
            }
            let (at, label) = (document.text.len(), number.to_string());
            document.anchors.push(Anchor { at, kind: AnchorKind::Page, label });
            document.text.push_str(text);
            if document.text.len() > self.text_bytes {
                return Err(FileFault::TooMuch);
            }
        }
        if document.text.is_empty() {
            return Err(FileFault::NoText);
        }
        document.text.push('\n');
        if !unread.is_empty() {
            document.warnings.push(format!("Nothing could be recognised on page {}.", unread.join(", ")));
        }
        if in_all > self.settings.pages {
            let most = self.settings.pages;
            document.warnings.push(format!("Only the first {most} of {in_all} pages were recognised."));
        }
        Ok(document)
    }
}

impl Hand {
    /// Reads one page. What it does to its child is a verdict on this page, and costs the others nothing.
    async fn page(&self, number: u32, task: Vec<u8>, bytes: Bytes) -> Result<Found, ReadError> {
        let mut child = self.reader.reader().map_err(ReadError::NoChild)?;
        let mut given = JoinSet::new();
        given.spawn(give(child.stdin, task, bytes));
        let mut from = BufReader::new(child.stdout);
        let mut texts = Vec::new();
        let last = loop {
            match frame(&mut from).await {
                Ok(Frame::Picture { bytes }) if bytes <= PICTURE_BYTES => {
                    let Ok(picture) = body(&mut from, bytes).await else { break None };
                    texts.push(self.recognise(picture).await);
                }
                Ok(Frame::End { pages }) => break Some(Ok(pages)),
                Ok(Frame::Fault(fault)) => break Some(Err(fault)),
                Ok(Frame::Picture { .. }) | Err(_) => break None,
            }
        };
        let _ = child.process.start_kill();
        let ending = Ending::of(child.process.wait().await.map_err(ReadError::NoChild)?);
        let unread = !texts.is_empty() && texts.iter().all(Option::is_none);
        let text =
            texts.into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n");
        match last {
            Some(Ok(in_all)) => Ok(Ok((Page { number, text: (!unread).then_some(text) }, in_all))),
            Some(Err(fault)) => Ok(Err(fault)),
            None if ending == Ending::Failed => Err(ReadError::ChildFailed),
            None => Ok(Err(FileFault::TooHard)),
        }
    }

    /// Reads one picture; `None` where tesseract cannot.
    async fn recognise(&self, picture: Bytes) -> Option<String> {
        // No page of print has more.
        const MOST: usize = 1 << 20;
        let arguments = ["stdin", "stdout", "-l", &self.languages];
        let heard = match self.caller.other(&self.program, &arguments) {
            Ok(child) => child.exchange(Vec::new(), picture, MOST).await,
            Err(error) => Err(error),
        };
        match heard {
            Ok((Ending::Well, Some(text))) => Some(tidy(&String::from_utf8_lossy(&text))),
            Ok(_) => None,
            Err(error) => {
                tracing::warn!(%error, "tesseract could not be started");
                None
            }
        }
    }
}

/// A page that a task is done with; none where it was ended.
fn done(ended: Option<Result<Result<Page, ReadError>, JoinError>>) -> Result<Option<Page>, ReadError> {
    ended.and_then(Result::ok).transpose()
}

/// Lines of one paragraph become one line, hyphens at line ends are joined, form feeds go.
fn tidy(text: &str) -> String {
    let mut paragraphs: Vec<String> = vec![String::new()];
    for line in text.split('\n').map(|line| line.trim_matches(|c: char| c.is_whitespace() || c == '\u{c}')) {
        let last = paragraphs.last_mut().expect("there is always one");
        if line.is_empty() {
            if !last.is_empty() {
                paragraphs.push(String::new());
            }
        } else if let Some(begun) = hyphenated(last, line) {
            last.truncate(begun);
            last.push_str(line);
        } else {
            if !last.is_empty() && !last.ends_with('-') {
                last.push(' ');
            }
            last.push_str(line);
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs.join("\n\n")
}

/// Where the hyphen stands that a line break put into a word.
fn hyphenated(before: &str, after: &str) -> Option<usize> {
    let word = before.strip_suffix('-')?;
    let joined = word.ends_with(char::is_lowercase) && after.starts_with(char::is_lowercase);
    joined.then_some(word.len())
}

async fn frame(from: &mut BufReader<ChildStdout>) -> std::io::Result<Frame> {
    let mut line = Vec::new();
    from.take(LINE_BYTES as u64).read_until(b'\n', &mut line).await?;
    serde_json::from_slice(&line).map_err(std::io::Error::other)
}

async fn body(from: &mut BufReader<ChildStdout>, bytes: usize) -> std::io::Result<Bytes> {
    let mut picture = vec![0; bytes];
    from.read_exact(&mut picture).await?;
    Ok(picture.into())
}

/// The languages that tesseract has.
async fn installed(program: &Path) -> Vec<String> {
    let mut command = Command::new(program);
    command.arg("--list-langs").env_clear().stdin(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    match tokio::time::timeout(PATIENCE, command.output()).await {
        Ok(Ok(output)) => {
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            text.lines().skip(1).map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(tidy(text), expected);
    }

    #[test]
    fn lines_of_a_paragraph_are_one_and_words_are_whole() {
        check("The mito-\nchondrion makes\nATP.\n\nNext.\n\u{c}", "The mitochondrion makes ATP.\n\nNext.");
        check("non-\nHodgkin", "non-Hodgkin");
        check(" \n\u{c}\n", "");
    }
}
