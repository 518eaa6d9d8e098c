//! The database of a stranger's deck: rows out of a hostile SQLite file that never touches a disk.
//!
//! It is handed to SQLite as bytes, read-only, with the defences that SQLite's own guide for untrusted files asks for, and
//! with an authoriser that lets nothing through but reading columns of tables.

use std::collections::HashMap;

use prost::Message;
use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::{Connection, MAIN_DB, Row};
use serde_json::Value;
use sharper_domain::FileFault;

use super::notetype::{Notetype, Template};
use super::schedule::{Logged, Schedule};
use crate::archive::Archive;

/// Steps of SQLite's machine between two looks, and most looks: an evil index makes a query run for ever.
const STEPS: (i32, u32) = (10_000, 40_000);
/// What stands between two fields of a note, and in new collections between two levels of a deck.
const FIELD_END: char = '\u{1f}';
/// Most fields of a note, and most templates and fields of all types together.
const MOST_FIELDS: usize = 64;
const MOST_PARTS: usize = 10_000;

/// What is in a deck's database, as far as it is of interest.
#[derive(Debug, Default)]
pub struct Collection {
    /// When it began, in seconds: days are counted from it.
    pub(super) beginning: i64,
    /// The types of its notes, by id.
    pub notetypes: HashMap<i64, Notetype>,
    /// The names of its decks, levels joined by `::`, and what is said of them.
    pub(super) decks: HashMap<i64, (String, String)>,
    /// Its notes, in the order of their ids.
    pub notes: Vec<RawNote>,
    pub(super) cards: Vec<RawCard>,
    pub(super) log: HashMap<i64, Vec<Logged>>,
    /// Whether there were more notes, cards or reviews than were read.
    pub cut: bool,
}

/// A note as it is kept.
#[derive(Debug)]
pub struct RawNote {
    pub(super) id: i64,
    pub(super) guid: String,
    /// The id of its type.
    pub notetype: i64,
    /// Seconds.
    pub(super) modified: i64,
    /// Its tags, with spaces between.
    pub tags: String,
    /// The HTML of its fields.
    pub fields: Vec<String>,
}

/// A card as it is kept.
#[derive(Debug)]
pub(super) struct RawCard {
    pub(super) id: i64,
    pub(super) note: i64,
    pub(super) deck: i64,
    pub(super) ordinal: u32,
    pub(super) flag: u8,
    pub(super) schedule: Schedule,
}

/// The newest form of the collection in an archive, with its newest media list. The oldest one beside a newer only says
/// "please update". True where it is the form of 2022, in which everything is packed with zstd.
///
/// # Errors
/// `Damaged`, `TooMuch`.
pub(super) fn database(archive: &mut Archive<'_>) -> Result<(Vec<u8>, bool), FileFault> {
    if let Some(packed) = archive.part("collection.anki21b")? {
        return Ok((archive.unzstd(&packed)?, true));
    }
    match archive.part("collection.anki21")? {
        Some(bytes) => Ok((bytes, false)),
        None => Ok((archive.need("collection.anki2")?, false)),
    }
}

/// Reads at most so many notes, and as many cards; `with_cards`: not only the notes.
///
/// # Errors
/// `Damaged` where the database is none, or does what a deck's never does.
pub(super) fn collect(bytes: Vec<u8>, most: usize, with_cards: bool) -> Result<Collection, FileFault> {
    let connection = open(bytes).map_err(|_| FileFault::Damaged)?;
    gather(&connection, most, with_cards).map_err(|_| FileFault::Damaged)
}

/// Opens a database that an enemy may have made.
fn open(mut bytes: Vec<u8>) -> rusqlite::Result<Connection> {
    if !bytes.starts_with(b"SQLite format 3\0") || bytes.len() < 100 {
        return Err(rusqlite::Error::InvalidQuery);
    }
    // A journal of its own (WAL) cannot be opened from memory; in the header it is two bytes (file format, 1.3.3).
    bytes[18] = 1;
    bytes[19] = 1;
    let mut connection = Connection::open_in_memory()?;
    connection.deserialize_read_exact(MAIN_DB, bytes.as_slice(), bytes.len(), true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    connection
        .execute_batch("PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;")?;
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_LENGTH, 16 << 20),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 20),
        (Limit::SQLITE_LIMIT_VDBE_OP, 25_000),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 1),
    ] {
        connection.set_limit(limit, most)?;
    }
    let mut looks = 0;
    connection.progress_handler(
        STEPS.0,
        Some(move || {
            looks += 1;
            looks > STEPS.1
        }),
    )?;
    // Anki compares names by a rule of its own; a schema that names it cannot be read without one.
    connection.create_collation("unicase", |left: &str, right: &str| {
        left.to_lowercase().cmp(&right.to_lowercase())
    })?;
    connection.authorizer(Some(|context: AuthContext<'_>| match context.action {
        AuthAction::Select | AuthAction::Read { .. } => Authorization::Allow,
        _ => Authorization::Deny,
    }))?;
    Ok(connection)
}

fn gather(connection: &Connection, most: usize, with_cards: bool) -> rusqlite::Result<Collection> {
    let mut out = Collection { notetypes: notetypes(connection), ..Collection::default() };
    // Whoever wants only words asks for no more columns than they stand in.
    let query = if with_cards {
        "SELECT mid, tags, flds, id, guid, mod FROM notes NOT INDEXED LIMIT ?"
    } else {
        "SELECT mid, tags, flds, 0, '', 0 FROM notes NOT INDEXED LIMIT ?"
    };
    out.notes = rows(connection, "notes", query, most, note)?;
    out.cut = out.notes.len() >= most;
    if !with_cards {
        return Ok(out);
    }
    out.notes.sort_by_key(|note| note.id);
    out.beginning =
        connection.query_row("SELECT crt FROM col", [], |row| Ok(number(row, 0))).unwrap_or_default();
    out.decks = decks(connection);
    out.cards = rows(
        connection,
        "cards",
        "SELECT id, nid, did, ord, type, queue, due, ivl, factor, reps, lapses, left, flags, data, odue, odid
         FROM cards NOT INDEXED LIMIT ?",
        most,
        card,
    )?;
    out.cut |= out.cards.len() >= most;
    let logged = rows(
        connection,
        "revlog",
        "SELECT id, ease, ivl, lastIvl, factor, time, type, cid FROM revlog NOT INDEXED LIMIT ?",
        most.saturating_mul(20),
        |row| Ok((number(row, 7), logged(row))),
    );
    for (card, row) in logged.unwrap_or_default() {
        out.log.entry(card).or_default().push(row);
    }
    Ok(out)
}

/// The rows of a table, if it is one: a view or a virtual table of that name is a trap.
fn rows<T>(
    connection: &Connection,
    table: &str,
    query: &str,
    most: usize,
    of: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    let (kind, made): (String, String) =
        connection.query_row("SELECT type, sql FROM sqlite_master WHERE name = ?", [table], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    if kind != "table" || !made.to_uppercase().starts_with("CREATE TABLE") {
        return Err(rusqlite::Error::InvalidQuery);
    }
    let mut statement = connection.prepare(query)?;
    let mut rows = statement.query([i64::try_from(most).unwrap_or(i64::MAX)])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(of(row)?);
    }
    Ok(out)
}

fn note(row: &Row<'_>) -> rusqlite::Result<RawNote> {
    let fields = text(row, 2)?.split(FIELD_END).take(MOST_FIELDS).map(str::to_owned).collect();
    Ok(RawNote {
        notetype: number(row, 0),
        tags: text(row, 1)?,
        fields,
        id: number(row, 3),
        guid: text(row, 4)?,
        modified: number(row, 5),
    })
}

fn card(row: &Row<'_>) -> rusqlite::Result<RawCard> {
    // In a filtered deck a card keeps its own deck and day apart.
    let (due, deck) = match number(row, 15) {
        0 => (number(row, 6), number(row, 2)),
        home => (if number(row, 14) != 0 { number(row, 14) } else { number(row, 6) }, home),
    };
    Ok(RawCard {
        id: number(row, 0),
        note: number(row, 1),
        deck,
        ordinal: u32::try_from(number(row, 3)).unwrap_or_default(),
        flag: (number(row, 12) & 7) as u8,
        schedule: Schedule {
            kind: number(row, 4),
            queue: number(row, 5),
            due,
            interval: number(row, 7),
            factor: number(row, 8),
            reps: number(row, 9),
            lapses: number(row, 10),
            left: number(row, 11),
            data: text(row, 13)?,
        },
    })
}

fn logged(row: &Row<'_>) -> Logged {
    Logged {
        id: number(row, 0),
        ease: number(row, 1),
        interval: number(row, 2),
        last_interval: number(row, 3),
        factor: number(row, 4),
        time: number(row, 5),
        kind: number(row, 6),
    }
}

/// A number; 0 where there is something else.
fn number(row: &Row<'_>, at: usize) -> i64 {
    row.get(at).unwrap_or_default()
}

fn text(row: &Row<'_>, at: usize) -> rusqlite::Result<String> {
    Ok(String::from_utf8_lossy(row.get_ref(at)?.as_bytes_or_null()?.unwrap_or_default()).into_owned())
}

fn blob<M: Message + Default>(row: &Row<'_>, at: usize) -> M {
    let bytes: Vec<u8> = row.get(at).unwrap_or_default();
    M::decode(bytes.as_slice()).unwrap_or_default()
}

/// A part of the row of `col` in old collections: JSON.
fn old(connection: &Connection, column: &str) -> Value {
    let query = format!("SELECT {column} FROM col");
    let said = connection.query_row(&query, [], |row| text(row, 0)).unwrap_or_default();
    serde_json::from_str(&said).unwrap_or_default()
}

/// Names and what is said of them.
fn decks(connection: &Connection) -> HashMap<i64, (String, String)> {
    let mut out = HashMap::new();
    let new = rows(
        connection,
        "decks",
        "SELECT id, name, kind FROM decks NOT INDEXED LIMIT ?",
        MOST_PARTS,
        |row| {
            let kind: DeckKind = blob(row, 2);
            let said = kind.normal.map(|normal| normal.description).unwrap_or_default();
            Ok((number(row, 0), (text(row, 1)?.replace(FIELD_END, "::"), said)))
        },
    );
    out.extend(new.unwrap_or_default());
    if out.is_empty() {
        for (id, deck) in old(connection, "decks").as_object().into_iter().flatten() {
            let word = |key: &str| deck[key].as_str().unwrap_or_default().to_owned();
            out.extend(id.parse().ok().map(|id: i64| (id, (word("name"), word("desc")))));
        }
    }
    out
}

/// The types of notes; none where they cannot be read.
fn notetypes(connection: &Connection) -> HashMap<i64, Notetype> {
    let new = new_notetypes(connection).unwrap_or_default();
    if !new.is_empty() {
        return new;
    }
    let mut out = HashMap::new();
    for (id, said) in old(connection, "models").as_object().into_iter().flatten() {
        let word = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
        let list =
            |key: &str| said[key].as_array().map(Vec::as_slice).unwrap_or_default().iter().take(MOST_FIELDS);
        let Ok(id) = id.parse() else { continue };
        let templates = list("tmpls").map(|template| Template {
            name: word(template, "name"),
            front: word(template, "qfmt"),
            back: word(template, "afmt"),
        });
        let notetype = Notetype {
            id,
            name: word(said, "name"),
            cloze: said["type"].as_i64() == Some(1),
            fields: list("flds").map(|field| word(field, "name")).collect(),
            templates: templates.collect(),
            css: word(said, "css"),
        };
        out.insert(id, notetype);
    }
    out
}

fn new_notetypes(connection: &Connection) -> rusqlite::Result<HashMap<i64, Notetype>> {
    let query = "SELECT id, name, config FROM notetypes NOT INDEXED LIMIT ?";
    let types = rows(connection, "notetypes", query, MOST_PARTS, |row| {
        let config: NotetypeConfig = blob(row, 2);
        let (id, name) = (number(row, 0), text(row, 1)?);
        let (fields, templates) = (Vec::new(), Vec::new());
        Ok((id, Notetype { id, name, cloze: config.kind == 1, fields, templates, css: config.css }))
    })?;
    let mut out: HashMap<i64, Notetype> = types.into_iter().collect();
    let query = "SELECT ntid, ord, name FROM fields NOT INDEXED LIMIT ?";
    let mut fields = rows(connection, "fields", query, MOST_PARTS, |row| {
        Ok((number(row, 0), number(row, 1), text(row, 2)?))
    })?;
    fields.sort_by_key(|(_, place, _)| *place);
    for (notetype, _, name) in fields {
        out.entry(notetype).and_modify(|notetype| notetype.fields.push(name));
    }
    let query = "SELECT ntid, ord, name, config FROM templates NOT INDEXED LIMIT ?";
    let mut templates = rows(connection, "templates", query, MOST_PARTS, |row| {
        let config: TemplateConfig = blob(row, 3);
        Ok((
            number(row, 0),
            number(row, 1),
            Template { name: text(row, 2)?, front: config.front, back: config.back },
        ))
    })?;
    templates.sort_by_key(|(_, place, _)| *place);
    for (notetype, _, template) in templates {
        out.entry(notetype).and_modify(|notetype| notetype.templates.push(template));
    }
    Ok(out)
}

/// `Notetype.Config` of Anki's notetypes.proto, as far as it is of interest.
#[derive(Clone, PartialEq, prost::Message)]
struct NotetypeConfig {
    #[prost(int32, tag = "1")]
    kind: i32,
    #[prost(string, tag = "3")]
    css: String,
}

/// `Notetype.Template.Config`.
#[derive(Clone, PartialEq, prost::Message)]
struct TemplateConfig {
    #[prost(string, tag = "1")]
    front: String,
    #[prost(string, tag = "2")]
    back: String,
}

/// `Deck.KindContainer` of decks.proto.
#[derive(Clone, PartialEq, prost::Message)]
struct DeckKind {
    #[prost(message, optional, tag = "1")]
    normal: Option<DeckNormal>,
}

/// `Deck.Normal`.
#[derive(Clone, PartialEq, prost::Message)]
struct DeckNormal {
    #[prost(string, tag = "4")]
    description: String,
}
