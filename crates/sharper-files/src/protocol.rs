//! What server and child say to each other, over the child's standard input and output.
//!
//! In: one line of JSON (`Task`), then the bytes of the file to the end of the input. Out, for text: one `Answer`. Out, for
//! the pictures of a page: for each a line (`Frame::Picture`) and so many bytes after it; then one last line that is no picture.
//! Out, for decks: the same with `DeckFrame`s.

use serde::{Deserialize, Serialize};
use sharper_domain::{DeckCard, Document, FileFault, FileKind};

/// The command by which the program reads one file.
pub const READ_FILE: &str = "read-file";
/// The command by which the program limits itself and becomes another.
pub const LIMITED: &str = "limited";
/// The longest line that is read.
pub const LINE_BYTES: usize = 8 * 1024;

/// What the child is to do with the bytes that follow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// What the sender calls the file.
    pub name: String,
    /// Most pages, slides or chapters.
    pub pages: u32,
    /// Most bytes that an archive may unpack to.
    pub unpacked: u64,
    /// Most bytes of text.
    pub text: usize,
    /// What is wanted of it.
    pub wanted: Wanted,
}

/// What is wanted of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// Its text: an `Answer`.
    Text,
    /// The pictures that one of its pages is: `Frame`s.
    Pictures {
        /// Which, from 1.
        page: u32,
    },
    /// The cards of a deck, with all that belongs to them: `DeckFrame`s.
    Decks,
    /// Nothing: how well the child could limit itself, as `Held`.
    Held,
}

/// What the kernel lets a child take from itself, beside memory, time and processes, which it always can.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Every right on files (Landlock).
    pub files: bool,
    /// Every system call but those that reading takes (seccomp).
    pub calls: bool,
    /// What it could do all the same when it tried: `open a socket`, `read a file`, `start a program`, …
    pub reaches: Vec<String>,
}

/// What was found in a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// What it is, where that could be told.
    pub kind: Option<FileKind>,
    /// Its text, or why there is none.
    pub result: Result<Document, FileFault>,
}

/// A line before a picture, or the last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frame {
    /// A picture follows.
    Picture {
        /// Its length.
        bytes: usize,
    },
    /// That was the last.
    End {
        /// The pages that the file has.
        pages: u32,
    },
    /// There are none, or no more.
    Fault(FileFault),
}

/// A line before a deck or a file of decks, or the last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeckFrame {
    /// A file that cards show or play follows. It comes once, before the first deck that names it.
    Media {
        /// The name it had.
        name: String,
        /// Its type, such as `image/png`.
        kind: String,
        /// Its length.
        bytes: usize,
    },
    /// A deck follows: `SentDeck` as JSON.
    Deck {
        /// Its length.
        bytes: usize,
    },
    /// That was the last.
    End,
    /// There are none.
    Fault(FileFault),
}

/// A deck without the bytes of its files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SentDeck {
    /// Its identity.
    pub guid: String,
    /// Its name.
    pub title: String,
    /// Its cards.
    pub cards: Vec<DeckCard>,
    /// What its notes share in the program that it came from.
    pub foreign: Option<serde_json::Value>,
    /// What could not be taken over.
    pub warnings: Vec<String>,
    /// The SHA-256 of the files that came before.
    pub media: Vec<String>,
}
