//! Taking files in: each is read in a child process with limits on memory, time, files and network.
//!
//! ```text
//! FileReader::admit   a place among the files that are under way      places.rs
//! FileReader::read    starts `study-sharper read-file`                child.rs, told and answered in protocol.rs
//! FileReader::read_deck   the same for decks: cards, media, reviews       decks.rs
//!   its pages are pictures: `study-sharper limited tesseract …`       ocr.rs
//! ```
//!
//! Nothing in here looks into a file: that is the child's work (`sharper-reader`), and it may be killed for it.

mod child;
mod decks;
mod ocr;
mod places;
pub mod protocol;
mod reader;
mod settings;

pub use ocr::Recogniser;
pub use places::{Admission, Full};
pub use reader::{FileReader, ReadError, Reading};
pub use settings::{FileSettings, OcrSettings};
