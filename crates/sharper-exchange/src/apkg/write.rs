//! Decks as the file that Anki opens: a database, the files that cards show, and a list of their names, in a zip.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{Cursor, Write as _};

use sha2::{Digest as _, Sha256};
use sharper_domain::{Deck, DeckMedia, Timestamp};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::MARK;
use super::database::{CardRow, Database, NoteRow};
use super::notes::notes;
use super::notetype::Notetype;
use super::schedule;
use crate::markup::Files;

/// Why a deck could not be written. It is never the student's doing.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The database in memory refused.
    #[error("the deck's database cannot be made")]
    Database(#[from] rusqlite::Error),
    /// The archive refused.
    #[error("the deck's archive cannot be made")]
    Archive(#[from] zip::result::ZipError),
    /// The archive could not be filled.
    #[error("the deck's archive cannot be filled")]
    Fill(#[from] std::io::Error),
}

/// A deck as an `.apkg`. `now` is taken for the time of what nobody says the time of.
///
/// The same deck gives the same bytes. Written again after an edit it updates what was imported before: notes are known by
/// their guid, cards by their number in it, types by their id, the deck by its name.
///
/// # Errors
/// When the database or the archive cannot be made, which says nothing of the deck.
pub fn write(deck: &Deck, now: Timestamp) -> Result<Vec<u8>, WriteError> {
    write_all(std::slice::from_ref(deck), now)
}

/// Several decks as one `.apkg`: a nested deck with all that is in it.
///
/// # Errors
/// Those of `write`.
pub fn write_all(decks: &[Deck], now: Timestamp) -> Result<Vec<u8>, WriteError> {
    let media = Media::of(decks);
    let database = Database::new()?;
    let mut types: BTreeMap<i64, Notetype> = BTreeMap::new();
    let mut names = Vec::new();
    let mut log_ids = BTreeSet::new();
    // Ids are milliseconds, as Anki makes them; it gives others to those that are taken.
    let count: usize = decks.iter().map(|deck| deck.cards.len()).sum();
    let mut id = now.as_millisecond() - i64::try_from(count).unwrap_or_default() - 1;
    for deck in decks {
        let deck_id = id_of(&deck.guid);
        names.push((deck_id, title(&deck.title), format!("{MARK}{}", deck.guid)));
        let (notes, notetypes) = notes(deck, &media);
        types.extend(notetypes.into_iter().map(|notetype| (notetype.id, notetype)));
        let mut place = 0;
        for note in &notes {
            id += 1;
            let note_id = id;
            let (guid, notetype) = (note.guid.as_str(), note.notetype);
            let modified = note.edited_at.unwrap_or(now).as_second();
            let (tags, fields) = (note.tags.as_slice(), note.fields.as_slice());
            database.note(&NoteRow { id: note_id, guid, notetype, modified, tags, fields })?;
            for (at, (ordinal, card)) in note.cards.iter().enumerate() {
                place += 1;
                let schedule = schedule::out(card, place);
                // The cards of a note take the ids from its own on.
                id = if at == 0 { id } else { id + 1 };
                let modified = card.memory.map_or(modified, |memory| memory.last_review_at.as_second());
                let (ordinal, flag) = (*ordinal, card.flag.min(7));
                database.card(&CardRow {
                    id,
                    note: note_id,
                    deck: deck_id,
                    ordinal,
                    modified,
                    flag,
                    schedule: &schedule,
                })?;
                for row in schedule::log(&card.reviews, &mut log_ids) {
                    database.review(id, &row)?;
                }
            }
        }
    }
    let types: Vec<Notetype> = types.into_values().collect();
    pack(&database.finish(&types, &names, now.as_second())?, &media)
}

fn pack(database: &[u8], media: &Media<'_>) -> Result<Vec<u8>, WriteError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    // Pictures and sounds are packed already.
    let stored = packed.compression_method(CompressionMethod::Stored);
    zip.start_file("collection.anki2", packed)?;
    zip.write_all(database)?;
    let mut list = serde_json::Map::new();
    for (at, (name, file)) in media.by_name.iter().enumerate() {
        list.insert(at.to_string(), name.clone().into());
        zip.start_file(at.to_string(), stored)?;
        zip.write_all(&file.bytes)?;
    }
    zip.start_file("media", packed)?;
    zip.write_all(serde_json::Value::Object(list).to_string().as_bytes())?;
    Ok(zip.finish()?.into_inner())
}

/// The name of a deck: levels without spaces at their ends, none of them empty.
fn title(title: &str) -> String {
    let levels = title.split("::").map(str::trim).filter(|level| !level.is_empty());
    let title = levels.collect::<Vec<_>>().join("::").replace('"', "'");
    if title.is_empty() { "Study Sharper".to_owned() } else { title }
}

/// A number that stays the same for the same identity, between those that Anki itself would give.
fn id_of(guid: &str) -> i64 {
    let hash = Sha256::digest(guid.as_bytes());
    let number = hash.iter().take(6).fold(0_i64, |number, byte| (number << 8) | i64::from(*byte));
    1_000_000_000_000 + number % 700_000_000_000
}

/// The files of some decks, each with a name of its own.
struct Media<'a> {
    by_hash: HashMap<&'a str, String>,
    by_name: BTreeMap<String, &'a DeckMedia>,
}

impl<'a> Media<'a> {
    fn of(decks: &'a [Deck]) -> Self {
        let mut media = Self { by_hash: HashMap::new(), by_name: BTreeMap::new() };
        for file in decks.iter().flat_map(|deck| &deck.media) {
            let mut name = safe(file);
            if media.by_name.get(&name).is_some_and(|other| other.hash != file.hash) {
                let short = file.hash.get(..16).unwrap_or(&file.hash);
                name = format!("{short}-{name}");
            }
            media.by_name.insert(name.clone(), file);
            media.by_hash.entry(&file.hash).or_insert(name);
        }
        // The fields of imported notes go back as they were, with the names that they know.
        let files: HashMap<&str, &DeckMedia> =
            decks.iter().flat_map(|deck| &deck.media).map(|file| (file.hash.as_str(), file)).collect();
        for card in decks.iter().flat_map(|deck| &deck.cards) {
            let named = card.foreign.as_ref().and_then(|foreign| foreign["media"].as_object());
            for (name, hash) in named.into_iter().flatten() {
                if let Some(file) = hash.as_str().and_then(|hash| files.get(hash)) {
                    media.by_name.entry(name.clone()).or_insert(file);
                }
            }
        }
        media
    }
}

impl Files for Media<'_> {
    fn name(&self, hash: &str) -> Option<String> {
        self.by_hash.get(hash).cloned()
    }

    fn hash(&self, name: &str) -> Option<String> {
        self.by_name.get(name).map(|file| file.hash.clone())
    }
}

/// The name of a file without what a path or a system could stumble over.
fn safe(file: &DeckMedia) -> String {
    let last = file.name.rsplit(['/', '\\']).next().unwrap_or_default();
    let bad = |sign: char| sign.is_control() || "<>:\"/\\|?*[]^%".contains(sign);
    let name: String = last.chars().map(|sign| if bad(sign) { '_' } else { sign }).collect();
    let name = name.trim_matches(['.', ' ']);
    if name.is_empty() {
        let end = file.kind.rsplit('/').next().unwrap_or("bin");
        return format!("{}.{end}", file.hash.get(..16).unwrap_or(&file.hash));
    }
    // Anki takes names of up to 120 bytes.
    let from = name.len().saturating_sub(110);
    name[name.ceil_char_boundary(from)..].to_owned()
}
