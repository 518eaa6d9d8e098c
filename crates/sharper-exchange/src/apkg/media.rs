//! The files in a stranger's deck: which there are, what they are, which card shows them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use prost::Message;
use sha2::{Digest as _, Sha256};
use sharper_domain::{DeckCard, DeckMedia, FileFault};

use crate::archive::Archive;
use crate::markup::{Files, MEDIA};

/// The files of a deck.
#[derive(Debug, Default)]
pub(super) struct Media {
    by_name: HashMap<String, String>,
    by_hash: HashMap<String, DeckMedia>,
    /// Files that are neither pictures nor sounds, or too many.
    left_out: usize,
}

impl Media {
    /// Reads the files that the archive's list names. What is too much is left out.
    pub(super) fn read(archive: &mut Archive<'_>, is_new: bool) -> Result<Self, FileFault> {
        let mut media = Self::default();
        let Some(list) = archive.part("media")? else { return Ok(media) };
        let names = if is_new { new_names(&archive.unzstd(&list)?) } else { old_names(&list) };
        let mut full = false;
        for (part, name) in names {
            if full {
                media.left_out += 1;
                continue;
            }
            let bytes = match archive.part(&part) {
                Ok(Some(packed)) if is_new => archive.unzstd(&packed).map(Some),
                other => other,
            };
            match bytes {
                Ok(Some(bytes)) => media.add(name, bytes),
                Err(FileFault::TooMuch) => {
                    full = true;
                    media.left_out += 1;
                }
                // Anki itself exports decks whose files are missing.
                Ok(None) | Err(_) => media.left_out += 1,
            }
        }
        Ok(media)
    }

    fn add(&mut self, name: String, bytes: Vec<u8>) {
        let Some(kind) = kind(&bytes, &name) else {
            self.left_out += 1;
            return;
        };
        let hash = crate::hex(&Sha256::digest(&bytes));
        self.by_name.insert(name.clone(), hash.clone());
        let file = DeckMedia { hash: hash.clone(), name, kind: kind.to_owned(), bytes };
        self.by_hash.entry(hash).or_insert(file);
    }

    /// Those that cards show or play.
    pub(super) fn of(&self, cards: &[DeckCard]) -> Vec<DeckMedia> {
        let mut used: BTreeSet<&str> = BTreeSet::new();
        for card in cards {
            for text in
                [Some(&card.question), Some(&card.answer), card.explanation.as_ref(), card.cloze.as_ref()]
            {
                let parts = text.map(|text| text.split(MEDIA).skip(1)).into_iter().flatten();
                used.extend(parts.filter_map(|part| part.get(..64)));
            }
            if let Some(media) = card.foreign.as_ref().and_then(|foreign| foreign["media"].as_object()) {
                used.extend(media.values().filter_map(|hash| hash.as_str()));
            }
        }
        used.into_iter().filter_map(|hash| self.by_hash.get(hash).cloned()).collect()
    }

    /// The files that fields name.
    pub(super) fn named_in(&self, fields: &[String]) -> BTreeMap<String, String> {
        let mut out = BTreeMap::new();
        if self.by_name.is_empty() {
            return out;
        }
        for field in fields {
            for start in ["src=\"", "src='", "src=", "[sound:"] {
                for part in field.split(start).skip(1) {
                    let end = part.find(['"', '\'', '>', ']']).unwrap_or(part.len());
                    let name = part[..end].replace("&amp;", "&");
                    if let Some(hash) = self.by_name.get(&name) {
                        out.insert(name, hash.clone());
                    }
                }
            }
        }
        out
    }

    /// What is to be said of files that were left out.
    pub(super) fn warning(&self) -> Option<String> {
        let count = self.left_out;
        (count > 0).then(|| format!("{count} files of the deck are missing, too large, or no pictures or sounds, and were left out."))
    }
}

impl Files for Media {
    fn name(&self, hash: &str) -> Option<String> {
        self.by_hash.get(hash).map(|file| file.name.clone())
    }

    fn hash(&self, name: &str) -> Option<String> {
        self.by_name.get(name).cloned()
    }
}

/// The list of old decks: JSON, from the name of the part to the name of the file.
fn old_names(list: &[u8]) -> Vec<(String, String)> {
    let names: BTreeMap<String, String> = serde_json::from_slice(list).unwrap_or_default();
    names.into_iter().collect()
}

/// The list of new decks: a message; the place in it is the name of the part.
fn new_names(list: &[u8]) -> Vec<(String, String)> {
    let entries = MediaEntries::decode(list).unwrap_or_default().entries.into_iter().enumerate();
    entries
        .map(|(at, entry)| (entry.part.map_or(at.to_string(), |part| part.to_string()), entry.name))
        .collect()
}

/// `MediaEntries` of Anki's import_export.proto.
#[derive(Clone, PartialEq, prost::Message)]
struct MediaEntries {
    #[prost(message, repeated, tag = "1")]
    entries: Vec<MediaEntry>,
}

/// `MediaEntries.MediaEntry`.
#[derive(Clone, PartialEq, prost::Message)]
struct MediaEntry {
    #[prost(string, tag = "1")]
    name: String,
    #[prost(uint32, optional, tag = "255")]
    part: Option<u32>,
}

/// What a file is, by its first bytes; `None` where it is neither a picture nor a sound nor a film.
fn kind(bytes: &[u8], name: &str) -> Option<&'static str> {
    let at = |from: usize, mark: &[u8]| bytes.get(from..from + mark.len()) == Some(mark);
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).to_lowercase();
    Some(match () {
        () if at(0, b"\x89PNG") => "image/png",
        () if at(0, b"\xff\xd8\xff") => "image/jpeg",
        () if at(0, b"GIF8") => "image/gif",
        () if at(0, b"RIFF") && at(8, b"WEBP") => "image/webp",
        () if at(4, b"ftypavif") => "image/avif",
        () if at(0, b"BM") && name.to_lowercase().ends_with(".bmp") => "image/bmp",
        () if head.contains("<svg") => "image/svg+xml",
        () if at(0, b"RIFF") && at(8, b"WAVE") => "audio/wav",
        () if at(0, b"OggS") => "audio/ogg",
        () if at(0, b"fLaC") => "audio/flac",
        () if at(0, b"ID3")
            || (bytes.first() == Some(&0xff) && bytes.get(1).is_some_and(|byte| byte & 0xe0 == 0xe0)) =>
        {
            "audio/mpeg"
        }
        () if at(4, b"ftypM4A") => "audio/mp4",
        () if at(4, b"ftyp") => "video/mp4",
        () if at(0, b"\x1a\x45\xdf\xa3") => "video/webm",
        () => return None,
    })
}
