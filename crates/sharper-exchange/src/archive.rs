//! Zip archives of strangers: parts by name, every byte counted while it is inflated.
//!
//! Nothing that an archive says of its own sizes is believed: entries that overlap, or that claim to be small, cost what
//! they really unpack to. Archives inside archives are never opened.

use std::io::{Cursor, Read as _};

use sharper_domain::FileFault;
use zip::ZipArchive;
use zip::result::ZipError;

/// Most entries of any archive: a deck has one for each of its pictures.
pub const MOST_OF_ANY: usize = 50_000;

/// An open archive.
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'a> Archive<'a> {
    /// Opens an archive that may unpack to so many bytes and hold so many entries.
    ///
    /// # Errors
    /// `Damaged` where its directory cannot be read, `TooMuch` where it has too many entries.
    pub fn open(bytes: &'a [u8], unpacked: u64, entries: usize) -> Result<Self, FileFault> {
        if claimed_entries(bytes).is_some_and(|claimed| claimed > entries) {
            return Err(FileFault::TooMuch);
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileFault::Damaged)?;
        if zip.len() > entries {
            return Err(FileFault::TooMuch);
        }
        Ok(Self { zip, left: unpacked })
    }

    /// Whether there is a part of that name.
    pub fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// The names of all parts.
    pub fn names(&self) -> impl Iterator<Item = std::borrow::Cow<'_, str>> {
        self.zip.file_names().flatten()
    }

    /// A part, unpacked; `None` where there is none of that name.
    ///
    /// # Errors
    /// `Encrypted`, `TooMuch` where the archive unpacks to more than is allowed, `Damaged`.
    pub fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, FileFault> {
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
        self.spend(out.len())?;
        read.map(|_| Some(out)).map_err(|_| FileFault::Damaged)
    }

    /// A part that must be there.
    ///
    /// # Errors
    /// Those of `part`, and `Damaged` where it is missing.
    pub fn need(&mut self, name: &str) -> Result<Vec<u8>, FileFault> {
        self.part(name)?.ok_or(FileFault::Damaged)
    }

    /// What is packed once more, with zstd; what that unpacks to counts too.
    ///
    /// # Errors
    /// `TooMuch`, `Damaged`.
    pub fn unzstd(&mut self, packed: &[u8]) -> Result<Vec<u8>, FileFault> {
        let mut out = Vec::new();
        let mut decoder = zstd::stream::read::Decoder::new(packed).map_err(|_| FileFault::Damaged)?;
        // 8 MB of window: what the format's own default needs, and no more.
        decoder.window_log_max(23).map_err(|_| FileFault::Damaged)?;
        let read = decoder.take(self.left.saturating_add(1)).read_to_end(&mut out);
        self.spend(out.len())?;
        read.map(|_| out).map_err(|_| FileFault::Damaged)
    }

    fn spend(&mut self, length: usize) -> Result<(), FileFault> {
        self.left = self.left.checked_sub(length as u64).ok_or(FileFault::TooMuch)?;
        Ok(())
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
