//! The tables, read from what the migrations say, so that no list of them can be out of date.
//!
//! PostgreSQL's half of each migration is read, for it says more of a column than SQLite's does; that both databases
//! really have these tables is held by a test.

use crate::migrate;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Int,
    Real,
    Bool,
    Bytes,
    Json,
    Id,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: Kind,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) columns: Vec<Column>,
    /// The columns of the primary key.
    pub(crate) key: Vec<String>,
    /// What its rows refer to: a column of its own (of a key of several the first), and the table.
    pub(crate) parents: Vec<(String, String)>,
}

impl Table {
    pub(crate) fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|has| has.name == column)
    }

    /// The columns that refer to rows of this same table.
    pub(crate) fn own_parents(&self) -> impl Iterator<Item = &str> {
        let own = self.parents.iter().filter(|(_, table)| *table == self.name);
        own.map(|(column, _)| column.as_str())
    }

    /// The names of its columns, for a statement.
    pub(crate) fn names(&self) -> String {
        self.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(", ")
    }
}

/// The tables of this program's schema, each after those that it refers to.
pub(crate) fn tables() -> Vec<Table> {
    tables_of(migrate::known())
}

/// The tables of the schema as it was at a version.
pub(crate) fn tables_of(version: i64) -> Vec<Table> {
    let mut tables = Vec::new();
    for script in migrate::scripts(version) {
        let lines = script.lines().filter(|line| !line.trim_start().starts_with("--"));
        let script = lines.collect::<Vec<_>>().join(" ");
        script.split(';').for_each(|statement| follow(&mut tables, statement));
    }
    parents_first(tables)
}

/// Does to the tables what a statement does.
fn follow(tables: &mut Vec<Table>, statement: &str) {
    let words: Vec<_> = statement.split_whitespace().collect();
    match words.as_slice() {
        ["CREATE", "TABLE", name, ..] => {
            let body = statement.split_once('(').map_or("", |(_, body)| body);
            let mut table =
                Table { name: (*name).to_owned(), columns: Vec::new(), key: Vec::new(), parents: Vec::new() };
            parts(body.trim_end().trim_end_matches(')'))
                .into_iter()
                .for_each(|part| define(&mut table, part));
            tables.push(table);
        }
        ["ALTER", "TABLE", name, "ADD", "COLUMN", ..] => {
            let definition = statement.split_once("ADD COLUMN").map_or("", |(_, definition)| definition);
            let table = tables.iter_mut().find(|table| table.name == **name);
            table.into_iter().for_each(|table| define(table, definition));
        }
        ["DROP", "TABLE", name] => tables.retain(|table| table.name != **name),
        _ => {}
    }
}

/// What stands between the commas that are in no brackets.
fn parts(body: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut begin) = (Vec::new(), 0_i32, 0);
    for (place, sign) in body.char_indices() {
        match sign {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&body[begin..place]);
                begin = place + 1;
            }
            _ => {}
        }
    }
    parts.push(&body[begin..]);
    parts
}

/// A column, or a rule of the table's.
fn define(table: &mut Table, part: &str) {
    let words: Vec<_> = part.split_whitespace().collect();
    let in_brackets = || {
        let names =
            part.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map_or("", |(names, _)| names);
        names.split(',').map(|name| name.trim().to_owned()).collect::<Vec<_>>()
    };
    let refers_to =
        words.iter().position(|word| *word == "REFERENCES").and_then(|place| words.get(place + 1));
    match words.as_slice() {
        ["PRIMARY", "KEY", ..] => table.key = in_brackets(),
        ["FOREIGN", "KEY", ..] => {
            let parent = refers_to.map(|parent| (in_brackets().swap_remove(0), (*parent).to_owned()));
            table.parents.extend(parent);
        }
        ["CHECK" | "UNIQUE" | "CONSTRAINT", ..] => {}
        [name, kind, ..] => {
            if part.contains("PRIMARY KEY") {
                table.key = vec![(*name).to_owned()];
            }
            table.parents.extend(refers_to.map(|parent| ((*name).to_owned(), (*parent).to_owned())));
            table.columns.push(Column { name: (*name).to_owned(), kind: kind_of(kind) });
        }
        _ => {}
    }
}

fn kind_of(word: &str) -> Kind {
    match word {
        "UUID" => Kind::Id,
        "INTEGER" | "BIGINT" | "SMALLINT" => Kind::Int,
        "DOUBLE" => Kind::Real,
        "BOOLEAN" => Kind::Bool,
        "BYTEA" => Kind::Bytes,
        "JSON" => Kind::Json,
        _ => Kind::Text,
    }
}

/// The same tables, none before one that it refers to.
fn parents_first(tables: Vec<Table>) -> Vec<Table> {
    let (mut ordered, mut left): (Vec<Table>, _) = (Vec::new(), tables);
    while !left.is_empty() {
        let waits = |table: &Table, left: &[Table]| {
            let mut parents = table.parents.iter().map(|(_, parent)| parent);
            parents.any(|parent| *parent != table.name && left.iter().any(|other| other.name == *parent))
        };
        let (waiting, next): (Vec<_>, Vec<_>) = left.iter().cloned().partition(|table| waits(table, &left));
        if next.is_empty() {
            // Tables that refer to each other in a circle: there are none, and no order would be right for them.
            ordered.extend(waiting);
            break;
        }
        ordered.extend(next);
        left = waiting;
    }
    ordered
}
