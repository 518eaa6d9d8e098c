//! Decks of Anki (`.apkg`): the notes of a collection, read out of a hostile SQLite file in memory.
//!
//! The database never touches a disk: it is handed to SQLite as bytes, read-only, with the defences that SQLite's own
//! guide for untrusted files asks for, and with an authoriser that lets nothing through but reading columns of tables.

use std::collections::HashMap;
use std::io::Read as _;

use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::{Connection, MAIN_DB};
use sharper_domain::{Document, FileFault, FileKind};

use crate::Limits;
use crate::archive::Archive;
use crate::html;
use crate::paper::Paper;

/// Most notes of a deck.
const MOST_NOTES: usize = 50_000;
/// Steps of SQLite's machine between two looks, and most looks: an evil index makes a query run for ever.
const STEPS: (i32, u32) = (10_000, 20_000);
/// What stands between two fields of a note.
const FIELD_END: char = '\u{1f}';

/// A note of a deck.
struct Note {
    model: i64,
    fields: Vec<String>,
    tags: String,
}

/// A deck.
pub(crate) fn read(mut archive: Archive<'_>, limits: &Limits) -> Result<Document, FileFault> {
    let database = collection(&mut archive)?;
    let notes = notes(database)?;
    let mut paper = Paper::new(limits);
    let mut media = false;
    for note in &notes.1 {
        media |= note.fields.iter().any(|field| field.contains("<img") || field.contains("[sound:"));
        let text = card(note, notes.0.get(&note.model).map_or(&[][..], Vec::as_slice), limits)?;
        paper.block(&text);
    }
    if media {
        paper.warn("Pictures and sounds of the deck were left out.");
    }
    if notes.1.len() >= MOST_NOTES {
        paper.warn("The deck has more notes than are read; the rest was left out.");
    }
    paper.finish(FileKind::Apkg, None)
}

/// The newest form of the collection. The oldest one beside a newer only says "please update".
fn collection(archive: &mut Archive<'_>) -> Result<Vec<u8>, FileFault> {
    if let Some(packed) = archive.part("collection.anki21b")? {
        let mut out = Vec::new();
        let most = archive.allowance();
        let mut decoder =
            zstd::stream::read::Decoder::new(packed.as_slice()).map_err(|_| FileFault::Damaged)?;
        // 8 MB of window: what the format's own default needs, and no more.
        decoder.window_log_max(23).map_err(|_| FileFault::Damaged)?;
        let read = decoder.take(most.saturating_add(1)).read_to_end(&mut out);
        if out.len() as u64 > most {
            return Err(FileFault::TooMuch);
        }
        return read.map(|_| out).map_err(|_| FileFault::Damaged);
    }
    match archive.part("collection.anki21")? {
        Some(bytes) => Ok(bytes),
        None => archive.need("collection.anki2"),
    }
}

type Collection = (HashMap<i64, Vec<String>>, Vec<Note>);

fn notes(bytes: Vec<u8>) -> Result<Collection, FileFault> {
    let connection = open(bytes).map_err(|_| FileFault::Damaged)?;
    gather(&connection).map_err(|_| FileFault::Damaged)
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

fn gather(connection: &Connection) -> rusqlite::Result<Collection> {
    // A view or a virtual table of that name is a trap, and no collection.
    let (kind, made): (String, String) =
        connection.query_row("SELECT type, sql FROM sqlite_master WHERE name = 'notes'", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    if kind != "table" || !made.to_uppercase().starts_with("CREATE TABLE") {
        return Err(rusqlite::Error::InvalidQuery);
    }
    let mut out = Vec::new();
    let mut statement = connection.prepare("SELECT mid, flds, tags FROM notes NOT INDEXED LIMIT 50000")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let text = |index: usize| -> rusqlite::Result<String> {
            Ok(String::from_utf8_lossy(row.get_ref(index)?.as_bytes_or_null()?.unwrap_or_default())
                .into_owned())
        };
        let fields = text(1)?.split(FIELD_END).take(64).map(str::to_owned).collect();
        out.push(Note { model: row.get(0).unwrap_or_default(), fields, tags: text(2)? });
    }
    Ok((field_names(connection), out))
}

/// The names of the fields of each kind of note; none where they cannot be read.
fn field_names(connection: &Connection) -> HashMap<i64, Vec<String>> {
    let new = connection.prepare("SELECT ntid, name FROM fields NOT INDEXED").and_then(|mut statement| {
        let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
        rows.take(10_000).collect::<rusqlite::Result<Vec<_>>>()
    });
    let mut out: HashMap<i64, Vec<String>> = HashMap::new();
    for (model, name) in new.unwrap_or_default() {
        out.entry(model).or_default().push(name);
    }
    let old =
        connection.query_row("SELECT models FROM col", [], |row| row.get::<_, String>(0)).unwrap_or_default();
    let old: serde_json::Value = serde_json::from_str(&old).unwrap_or_default();
    for (model, value) in old.as_object().into_iter().flatten() {
        let names = value["flds"].as_array().into_iter().flatten().filter_map(|field| field["name"].as_str());
        if let Ok(model) = model.parse() {
            out.entry(model).or_insert_with(|| names.map(str::to_owned).collect());
        }
    }
    out
}

/// A note as text. `Front: back` where it has two short fields, since these become cards; else field by field.
fn card(note: &Note, names: &[String], limits: &Limits) -> Result<String, FileFault> {
    let mut fields = Vec::new();
    for (index, field) in note.fields.iter().enumerate() {
        let words = html::fragment(&tex(&clozes(&without_sounds(field))), limits)?;
        if !words.is_empty() {
            fields.push((names.get(index).map(String::as_str).unwrap_or_default(), words));
        }
    }
    let mut text = match fields.as_slice() {
        [(_, front), (_, back)] if !front.contains('\n') && !back.contains("\n\n") => {
            let joint = if front.ends_with(['?', ':', '？', '：']) { " " } else { ": " };
            format!("{front}{joint}{back}")
        }
        [(_, front), rest @ ..] => {
            let named = |(name, words): &(&str, String)| {
                if name.is_empty() { words.clone() } else { format!("{name}: {words}") }
            };
            std::iter::once(front.clone()).chain(rest.iter().map(named)).collect::<Vec<_>>().join("\n\n")
        }
        [] => return Ok(String::new()),
    };
    let tags = note.tags.split_whitespace().collect::<Vec<_>>().join(", ");
    if !tags.is_empty() {
        text.push_str(&format!("\n\n*[tags: {}]*", crate::paper::escape(&tags)));
    }
    Ok(text)
}

fn without_sounds(field: &str) -> String {
    let mut out = String::with_capacity(field.len());
    let mut rest = field;
    while let Some((before, after)) = rest.split_once("[sound:") {
        out.push_str(before);
        rest = after.split_once(']').map_or("", |(_, behind)| behind);
    }
    out.push_str(rest);
    out
}

/// `{{c1::Paris::city}}` is `Paris`; one in another is resolved from inside out.
fn clozes(field: &str) -> String {
    // Each open cloze: where its words begin in `out`, and whether its hint has begun.
    let mut open: Vec<usize> = Vec::new();
    let mut out = String::with_capacity(field.len());
    let mut rest = field;
    while !rest.is_empty() {
        if let Some(words) = cloze_start(rest) {
            open.push(out.len());
            rest = words;
        } else if let (Some(start), Some(behind)) = (open.last().copied(), rest.strip_prefix("}}")) {
            if let Some(hint) = out[start..].find("::") {
                out.truncate(start + hint);
            }
            open.pop();
            rest = behind;
        } else {
            let next = rest.chars().next().map_or(1, char::len_utf8);
            out.push_str(&rest[..next]);
            rest = &rest[next..];
        }
    }
    out
}

fn cloze_start(text: &str) -> Option<&str> {
    let (number, words) = text.strip_prefix("{{c")?.split_once("::")?;
    (!number.is_empty()
        && number.len() <= 4
        && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b','))
    .then_some(words)
}

/// `\(x\)`, `[$]x[/$]` and `[latex]x[/latex]` as elements that the reader of HTML turns into formulas.
fn tex(field: &str) -> String {
    let mut out = field.to_owned();
    let pairs = [
        ("\\(", "\\)", ""),
        ("\\[", "\\]", "; mode=display"),
        ("[$$]", "[/$$]", "; mode=display"),
        ("[$]", "[/$]", ""),
        ("[latex]", "[/latex]", ""),
    ];
    for (open, close, mode) in pairs {
        let mut done = String::with_capacity(out.len());
        let mut rest = out.as_str();
        while let Some((before, (formula, behind))) =
            rest.split_once(open).and_then(|(before, after)| Some((before, after.split_once(close)?)))
        {
            done.push_str(before);
            let formula =
                formula.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("</", "< /");
            done.push_str(&format!("<script type=\"math/tex{mode}\">{formula}</script>"));
            rest = behind;
        }
        done.push_str(rest);
        out = done;
    }
    out
}
