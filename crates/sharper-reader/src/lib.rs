//! Reading files: bytes of any kind become Markdown with anchors, or a verdict that says why not.
//!
//! Everything in here works on hostile input and may panic, abort or ask for gigabytes: it runs only in the child process
//! that `sharper-files` starts, and never in the server.

mod pdf;

pub use pdf::{ImageFormat, PageImage, page_images};

use sharper_domain::{Document, FileFault};

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

/// The text of a file. `name` is what its sender called it: a hint where the content fits several kinds, and no more.
///
/// # Errors
/// The verdict on a file that cannot be read.
pub fn read(bytes: &[u8], name: &str, limits: &Limits) -> Result<Document, FileFault> {
    let _ = name;
    match bytes {
        [] => Err(FileFault::Empty),
        bytes if bytes.starts_with(b"%PDF-") => pdf::read(bytes, limits),
        _ => Err(FileFault::Unsupported { found: None }),
    }
}
