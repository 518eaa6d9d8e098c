//! The database in a deck that we write: schema 11, which every version of Anki since 2012 reads.

use rusqlite::{Connection, MAIN_DB, params};
use serde_json::{Map, Value, json};

use super::notetype::Notetype;
use super::schedule::{BEGINNING, Logged, Schedule};

/// What stands between two fields of a note.
const FIELD_END: &str = "\u{1f}";

const SCHEMA: &str = "
CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL,
    ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL,
    models text NOT NULL, decks text NOT NULL, dconf text NOT NULL, tags text NOT NULL);
CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL,
    usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT NULL,
    flags integer NOT NULL, data text NOT NULL);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL,
    mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL,
    due integer NOT NULL, ivl integer NOT NULL, factor integer NOT NULL, reps integer NOT NULL,
    lapses integer NOT NULL, left integer NOT NULL, odue integer NOT NULL, odid integer NOT NULL,
    flags integer NOT NULL, data text NOT NULL);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL,
    ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL,
    type integer NOT NULL);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
CREATE INDEX ix_notes_usn ON notes (usn);
CREATE INDEX ix_cards_usn ON cards (usn);
CREATE INDEX ix_revlog_usn ON revlog (usn);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_cards_sched ON cards (did, queue, due);
CREATE INDEX ix_revlog_cid ON revlog (cid);
CREATE INDEX ix_notes_csum ON notes (csum);
";

/// A row of `notes`.
pub(super) struct NoteRow<'a> {
    pub(super) id: i64,
    pub(super) guid: &'a str,
    pub(super) notetype: i64,
    /// Seconds.
    pub(super) modified: i64,
    pub(super) tags: &'a [String],
    pub(super) fields: &'a [String],
}

/// A row of `cards`.
pub(super) struct CardRow<'a> {
    pub(super) id: i64,
    pub(super) note: i64,
    pub(super) deck: i64,
    pub(super) ordinal: u32,
    /// Seconds.
    pub(super) modified: i64,
    pub(super) flag: u8,
    pub(super) schedule: &'a Schedule,
}

/// A collection in memory.
pub(super) struct Database(Connection);

impl Database {
    pub(super) fn new() -> rusqlite::Result<Self> {
        let connection = Connection::open_in_memory()?;
        connection.execute_batch("PRAGMA journal_mode = OFF; PRAGMA page_size = 4096; BEGIN;")?;
        connection.execute_batch(SCHEMA)?;
        Ok(Self(connection))
    }

    pub(super) fn note(&self, note: &NoteRow<'_>) -> rusqlite::Result<()> {
        let tags = if note.tags.is_empty() { String::new() } else { format!(" {} ", note.tags.join(" ")) };
        let first = note.fields.first().map(String::as_str).unwrap_or_default();
        let mut insert = self.0.prepare("INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')")?;
        insert.execute(params![
            note.id,
            note.guid,
            note.notetype,
            note.modified,
            tags,
            note.fields.join(FIELD_END),
            first,
        ])?;
        Ok(())
    }

    pub(super) fn card(&self, card: &CardRow<'_>) -> rusqlite::Result<()> {
        let Schedule { kind, queue, due, interval, factor, reps, lapses, left, data } = card.schedule;
        let mut insert = self
            .0
            .prepare("INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?)")?;
        insert.execute(params![
            card.id,
            card.note,
            card.deck,
            card.ordinal,
            card.modified,
            kind,
            queue,
            due,
            interval,
            factor,
            reps,
            lapses,
            left,
            card.flag,
            data,
        ])?;
        Ok(())
    }

    pub(super) fn review(&self, card: i64, row: &Logged) -> rusqlite::Result<()> {
        let mut insert = self.0.prepare("INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)")?;
        insert.execute(params![
            row.id,
            card,
            row.ease,
            row.interval,
            row.last_interval,
            row.factor,
            row.time,
            row.kind,
        ])?;
        Ok(())
    }

    /// The bytes of the database. `decks` are ids, names and what is said of them; `modified` is in seconds.
    pub(super) fn finish(
        self,
        notetypes: &[Notetype],
        decks: &[(i64, String, String)],
        modified: i64,
    ) -> rusqlite::Result<Vec<u8>> {
        let mut connection = self.0;
        let models: Map<String, Value> =
            notetypes.iter().map(|notetype| (notetype.id.to_string(), model(notetype))).collect();
        let mut all = Map::from_iter([("1".to_owned(), deck(1, "Default", "", 0))]);
        all.extend(decks.iter().map(|(id, name, said)| (id.to_string(), deck(*id, name, said, modified))));
        let conf = json!({
            "activeDecks": [1], "curDeck": 1, "newSpread": 0, "collapseTime": 1200, "timeLim": 0, "estTimes": true,
            "dueCounts": true, "nextPos": 1, "sortType": "noteFld", "sortBackwards": false, "addToCur": true,
            "schedVer": 2, "creationOffset": 0, "dayLearnFirst": false,
        });
        connection.execute(
            "INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')",
            params![
                BEGINNING,
                modified * 1_000,
                modified * 1_000,
                conf.to_string(),
                Value::Object(models).to_string(),
                Value::Object(all).to_string(),
                json!({ "1": options() }).to_string(),
            ],
        )?;
        connection.execute_batch("COMMIT; VACUUM;")?;
        Ok(connection.serialize(MAIN_DB)?.to_vec())
    }
}

fn model(notetype: &Notetype) -> Value {
    let fields: Vec<Value> = notetype.fields.iter().enumerate().map(|(at, name)| {
        json!({ "name": name, "ord": at, "sticky": false, "rtl": false, "font": "Arial", "size": 20, "media": [] })
    }).collect();
    let templates = notetype.templates.iter().enumerate().map(|(at, template)| {
        json!({
            "name": template.name, "ord": at, "qfmt": template.front, "afmt": template.back, "did": null,
            "bqfmt": "", "bafmt": "",
        })
    });
    let needs: Vec<Value> = notetype
        .templates
        .iter()
        .enumerate()
        .map(|(at, template)| {
            let shown = |(_, name): &(usize, &String)| template.front.contains(name.as_str());
            let fields = notetype.fields.iter().enumerate().filter(shown).map(|(at, _)| at);
            json!([at, "any", fields.collect::<Vec<_>>()])
        })
        .collect();
    json!({
        "id": notetype.id, "name": notetype.name, "type": i32::from(notetype.cloze), "mod": 0, "usn": -1,
        "sortf": 0, "did": null, "tmpls": templates.collect::<Vec<_>>(), "flds": fields, "css": notetype.css,
        "latexPre": LATEX.0, "latexPost": LATEX.1, "latexsvg": false, "req": needs, "tags": [], "vers": [],
    })
}

/// What Anki puts around a formula of LaTeX.
const LATEX: (&str, &str) = (
    "\\documentclass[12pt]{article}\n\\special{papersize=3in,5in}\n\\usepackage[utf8]{inputenc}\n\
     \\usepackage{amssymb,amsmath}\n\\pagestyle{empty}\n\\setlength{\\parindent}{0in}\n\\begin{document}\n",
    "\\end{document}",
);

fn deck(id: i64, name: &str, said: &str, modified: i64) -> Value {
    json!({
        "id": id, "name": name, "mod": modified, "usn": -1, "desc": said, "dyn": 0, "conf": 1, "extendNew": 0,
        "extendRev": 0, "collapsed": false, "browserCollapsed": false, "newToday": [0, 0], "revToday": [0, 0],
        "lrnToday": [0, 0], "timeToday": [0, 0],
    })
}

/// The options that every deck has; Anki keeps the student's own where they are there.
fn options() -> Value {
    json!({
        "id": 1, "name": "Default", "mod": 0, "usn": 0, "maxTaken": 60, "autoplay": true, "timer": 0, "replayq": true,
        "dyn": false,
        "new": { "bury": true, "delays": [1, 10], "initialFactor": 2500, "ints": [1, 4, 7], "order": 1, "perDay": 20,
                 "separate": true },
        "rev": { "bury": true, "ease4": 1.3, "fuzz": 0.05, "ivlFct": 1, "maxIvl": 36500, "minSpace": 1, "perDay": 200,
                 "hardFactor": 1.2 },
        "lapse": { "delays": [10], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0 },
    })
}
