//! PDF: text in reading order, page by page.

use sharper_domain::{Document, FileFault, FileKind};

use crate::Limits;

/// The text of a PDF.
pub(crate) fn read(_bytes: &[u8], _limits: &Limits) -> Result<Document, FileFault> {
    Err(FileFault::Unsupported { found: Some(FileKind::Pdf.as_str().to_owned()) })
}
