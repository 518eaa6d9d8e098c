//! Zip archives: parts by name, every byte counted while it is inflated.
//!
//! Nothing that an archive says of its own sizes is believed: entries that overlap, or that claim to be small, cost what
//! they really unpack to. Archives inside archives are never opened.

use std::io::{Cursor, Read as _};

use sharper_domain::FileFault;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::Limits;

/// Most entries of an archive.
const MOST_ENTRIES: usize = 10_000;

/// An open archive.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'a> Archive<'a> {
    /// Opens an archive.
    ///
    /// # Errors
    /// `Damaged` where its directory cannot be read, `TooMuch` where it has too many entries.
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, FileFault> {
        if claimed_entries(bytes).is_some_and(|entries| entries > MOST_ENTRIES) {
            return Err(FileFault::TooMuch);
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileFault::Damaged)?;
        if zip.len() > MOST_ENTRIES {
            return Err(FileFault::TooMuch);
        }
        Ok(Self { zip, left: limits.unpacked })
    }

    /// Whether there is a part of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// The names of all parts.
    pub(crate) fn names(&self) -> impl Iterator<Item = std::borrow::Cow<'_, str>> {
        self.zip.file_names().flatten()
    }

    /// A part, unpacked; `None` where there is none of that name.
    ///
    /// # Errors
    /// `Encrypted`, `TooMuch` where the archive unpacks to more than is allowed, `Damaged`.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, FileFault> {
        let entry = match self.zip.by_name(name) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword) => {
                return Err(FileFault::Encrypted);
            }
            Err(_) => return Err(FileFault::Damaged),
        };
        let mut out = Vec::new();
        let read = entry.take(self.left.saturating_add(1)).read_to_end(&mut out);
        let length = out.len() as u64;
        if length > self.left {
            return Err(FileFault::TooMuch);
        }
        self.left -= length;
        read.map(|_| Some(out)).map_err(|_| FileFault::Damaged)
    }

    /// A part that must be there.
    ///
    /// # Errors
    /// Those of `part`, and `Damaged` where it is missing.
    pub(crate) fn need(&mut self, name: &str) -> Result<Vec<u8>, FileFault> {
        self.part(name)?.ok_or(FileFault::Damaged)
    }

    /// Bytes that may still be unpacked, for a part that is packed once more.
    pub(crate) fn allowance(&self) -> u64 {
        self.left
    }
}

/// How many entries the end of the archive claims, before anything is made for each of them.
fn claimed_entries(bytes: &[u8]) -> Option<usize> {
    // The record is 22 bytes and a comment of at most 65,535 (APPNOTE 4.3.16).
    let tail = &bytes[bytes.len().saturating_sub(22 + 65_535)..];
    let at = tail.windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let count = tail.get(at + 10..at + 12)?;
    Some(usize::from(u16::from_le_bytes([count[0], count[1]])))
}

/// The path that `target` names as seen from the part `base`: `../media/a.png` from `ppt/slides/slide1.xml`.
pub(crate) fn resolve(base: &str, target: &str) -> String {
    let target = target.split('#').next().unwrap_or_default();
    let mut path: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => base.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}
