//! Reading files: bytes of any kind become Markdown with anchors, or a verdict that says why not.
//!
//! Everything in here works on hostile input and may panic, abort or ask for gigabytes: it runs only in the child process
//! that `sharper-files` starts, and never in the server.

mod anki;
mod archive;
mod docx;
mod encoding;
mod epub;
mod html;
mod math;
mod notebook;
mod opendocument;
mod paper;
mod pdf;
mod plain;
mod pptx;
mod sniff;
mod subtitles;
mod table;
mod tree;

pub use pdf::{ImageFormat, PageImage, page_images};
use sharper_domain::{Document, FileFault, FileKind};

/// What reading may take. The child process holds to the rest: memory, time, no network, no files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most pages, slides or chapters.
    pub pages: u32,
    /// Most bytes that an archive may unpack to, all its parts together.
    pub unpacked: u64,
    /// Most bytes of text.
    pub text: usize,
}

/// What a file is, told by its content. `name` settles only what content leaves open: plain text, Markdown, a table.
///
/// # Errors
/// `Empty`, `Encrypted`, `Damaged`, or `Unsupported` with what it seems to be.
pub fn kind_of(bytes: &[u8], name: &str) -> Result<FileKind, FileFault> {
    sniff::kind_of(bytes, name)
}

/// The text of a file. `name` is what its sender called it: a hint where the content fits several kinds, and no more.
/// Pictures and recordings hold no text of themselves and are `Unsupported` here.
///
/// # Errors
/// The verdict on a file that cannot be read.
pub fn read(bytes: &[u8], name: &str, limits: &Limits) -> Result<Document, FileFault> {
    let kind = sniff::kind_of(bytes, name)?;
    let archive = || archive::open(bytes, limits);
    let mut document = match kind {
        FileKind::Pdf => pdf::read(bytes, limits),
        FileKind::Docx => docx::read(archive()?, limits),
        FileKind::Pptx => pptx::read(archive()?, limits),
        FileKind::Odt | FileKind::Odp => opendocument::read(archive()?, kind, limits),
        FileKind::Epub => epub::read(archive()?, limits),
        FileKind::Apkg => anki::read(bytes, limits),
        FileKind::Html => html::read(bytes, limits),
        FileKind::Markdown | FileKind::Text => plain::read(bytes, kind, limits),
        FileKind::Csv => table::read(bytes, limits),
        FileKind::Notebook => notebook::read(bytes, limits),
        FileKind::Srt | FileKind::Vtt => subtitles::read(bytes, kind, limits),
        FileKind::Audio | FileKind::Image => {
            Err(FileFault::Unsupported { found: Some(kind.as_str().to_owned()) })
        }
    }?;
    if let Some(said) = sniff::said(name)
        && said != kind
    {
        let (said, found) = (said.as_str().to_uppercase(), kind.as_str().to_uppercase());
        document
            .warnings
            .push(format!("The name says {said}, the content is {found}: it was read as {found}."));
    }
    Ok(document)
}
