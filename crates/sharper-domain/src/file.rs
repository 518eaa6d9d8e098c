//! Files that students send: their kinds, the text that was read from one, and the verdict on one that cannot be read.

use serde::{Deserialize, Serialize};

/// A kind of file, told by its content and not by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// Portable Document Format (ISO 32000).
    Pdf,
    /// Word processing, Office Open XML (ECMA-376).
    Docx,
    /// Slides, Office Open XML.
    Pptx,
    /// Word processing, OpenDocument (ISO/IEC 26300).
    Odt,
    /// Slides, OpenDocument.
    Odp,
    /// A book (EPUB 2 or 3).
    Epub,
    /// A web page.
    Html,
    /// Markdown.
    Markdown,
    /// Plain text in any encoding.
    Text,
    /// Comma- or tab-separated values.
    Csv,
    /// A Jupyter notebook (nbformat 3 or 4).
    Notebook,
    /// Subtitles, SubRip.
    Srt,
    /// Subtitles, WebVTT.
    Vtt,
    /// A deck of Anki's.
    Apkg,
    /// Recorded speech: MP3, M4A, WAV, Ogg, FLAC or WebM.
    Audio,
    /// A picture: PNG, JPEG, WebP or TIFF.
    Image,
}

impl FileKind {
    /// The word of the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            FileKind::Pdf => "pdf",
            FileKind::Docx => "docx",
            FileKind::Pptx => "pptx",
            FileKind::Odt => "odt",
            FileKind::Odp => "odp",
            FileKind::Epub => "epub",
            FileKind::Html => "html",
            FileKind::Markdown => "markdown",
            FileKind::Text => "text",
            FileKind::Csv => "csv",
            FileKind::Notebook => "notebook",
            FileKind::Srt => "srt",
            FileKind::Vtt => "vtt",
            FileKind::Apkg => "apkg",
            FileKind::Audio => "audio",
            FileKind::Image => "image",
        }
    }
}

/// What an anchor names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnchorKind {
    /// A page; the label is its number, from 1.
    Page,
    /// A slide; the label is its number, from 1.
    Slide,
    /// A chapter; the label is its title.
    Chapter,
    /// A moment of a recording; the label is `h:mm:ss`.
    Time,
    /// A table or a sheet; the label is its name.
    Sheet,
}

/// Where a page (or a slide, a chapter, a moment) begins in the text of a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Anchor {
    /// The byte in the text at which it begins, on a character boundary.
    pub at: usize,
    /// What it is.
    pub kind: AnchorKind,
    /// Which: a page number, a title, a moment.
    pub label: String,
}

/// The file that a note was read from. The file itself is not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Origin {
    /// Its name, for people; never used as a path.
    pub name: String,
    /// Its kind.
    pub kind: FileKind,
    /// Its length in bytes.
    pub bytes: u64,
    /// What the reader of the note should know: pages left out, pictures that hold text, …
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

/// The text of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its kind.
    pub kind: FileKind,
    /// Its own title, where it has one.
    pub title: Option<String>,
    /// Its text, as Markdown; lines end with `\n`.
    pub text: String,
    /// Where its pages begin, in order.
    pub anchors: Vec<Anchor>,
    /// What the reader should know.
    pub warnings: Vec<String>,
}

impl Document {
    /// A document without a title, anchors and warnings.
    pub fn new(kind: FileKind, text: String) -> Self {
        Self { kind, title: None, text, anchors: Vec::new(), warnings: Vec::new() }
    }
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", tag = "fault")]
pub enum FileFault {
    /// Nothing in it.
    #[error("The file is empty.")]
    Empty,
    /// It is a well-formed file that holds no text.
    #[error("There is no text in this file.")]
    NoText,
    /// It needs a password.
    #[error("The file is locked with a password. Save a copy without one and send that.")]
    Encrypted,
    /// It ends too early or is not well-formed.
    #[error("The file is damaged or not complete. Open it, save it again and send the new copy.")]
    Damaged,
    /// Its pages are pictures, and nothing here can read them.
    #[error(
        "The pages of this file are pictures without text. Run text recognition (OCR) over it, or send a copy with text."
    )]
    Scanned,
    /// It has more pages than are read.
    #[error("The file has {pages} pages, and at most {most} are read. Send it in parts.")]
    TooManyPages {
        /// Its pages.
        pages: u32,
        /// The most that are read.
        most: u32,
    },
    /// What it unpacks to, or the text in it, is more than is read.
    #[error("There is more in this file than can be read. Send it in parts.")]
    TooMuch,
    /// Reading it took more time or memory than a file may take.
    #[error("Reading this file took too long. Save it again in another program, or send it in parts.")]
    TooHard,
    /// Not a kind that is read. `found` says what it is, where that is known.
    #[error("Files of this kind{} cannot be read. Send a PDF, a document, slides, a book, a web page or text.", of(.found))]
    Unsupported {
        /// What it seems to be, for people.
        found: Option<String>,
    },
    /// Speech, and no model is there to write it down.
    #[error("Recordings cannot be written down here: no transcription is configured.")]
    NoTranscription,
}

fn of(found: &Option<String>) -> String {
    found.as_ref().map_or_else(String::new, |found| format!(" ({found})"))
}

impl FileFault {
    /// The word of the wire and of the `uploads` table.
    pub fn as_str(&self) -> &'static str {
        match self {
            FileFault::Empty => "empty",
            FileFault::NoText => "no_text",
            FileFault::Encrypted => "encrypted",
            FileFault::Damaged => "damaged",
            FileFault::Scanned => "scanned",
            FileFault::TooManyPages { .. } => "too_many_pages",
            FileFault::TooMuch => "too_much",
            FileFault::TooHard => "too_hard",
            FileFault::Unsupported { .. } => "unsupported",
            FileFault::NoTranscription => "no_transcription",
        }
    }
}
