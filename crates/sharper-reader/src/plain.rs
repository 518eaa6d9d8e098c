//! Plain text and Markdown, in any encoding.

use encoding_rs::UTF_8;
use sharper_domain::{Document, FileFault, FileKind};

use crate::Limits;
use crate::encoding;

/// Text or Markdown, as `kind` says: as it is, but for its line ends.
pub(crate) fn read(bytes: &[u8], kind: FileKind, limits: &Limits) -> Result<Document, FileFault> {
    let (text, encoding) = encoding::decode(bytes, None).ok_or(FileFault::Unsupported { found: None })?;
    let text = encoding::tidy(&text);
    if text.len() > limits.text {
        return Err(FileFault::TooMuch);
    }
    if !text.chars().any(char::is_alphanumeric) {
        return Err(FileFault::NoText);
    }
    let mut text = text.trim_end().trim_start_matches('\n').to_owned();
    text.push('\n');
    let mut document = Document::new(kind, text);
    if encoding != UTF_8 && !bytes.starts_with(&[0xff, 0xfe]) && !bytes.starts_with(&[0xfe, 0xff]) {
        document.warnings.push(format!(
            "The file does not say how its letters are written; it was read as {}. Look whether accents and signs are right.",
            encoding.name()
        ));
    }
    Ok(document)
}
