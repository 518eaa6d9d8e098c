//! Backups: made while everybody goes on, restored wholly or not at all, from either database into either.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::{Value as Json, json};
use sharper_domain::{FolderId, JobId};
use sharper_store::backup::{BackupError, verify};
use sharper_store::{Durability, OpenError, Sql, Store, StoreError, StoreSettings, fingerprint};
use tempfile::TempDir;

use crate::everything::{OF_NOBODY, fill};
use crate::stage::{Stage, at, event, leased_job, note, told_to_both, user};

told_to_both!(
    a_backup_holds_every_column_of_every_table,
    what_is_restored_is_what_was_backed_up,
    backups_made_while_jobs_come_in_hold_every_job_accepted_before,
    a_damaged_or_foreign_file_is_refused_and_changes_nothing,
    a_database_that_is_not_empty_is_replaced_only_when_told,
    a_backup_of_an_older_schema_is_brought_up_to_date,
);

/// A backup in a file, and the folder that goes when the test does.
struct Backup {
    file: PathBuf,
    folder: TempDir,
}

impl Backup {
    async fn of(store: &Store) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("backup");
        let to = std::fs::File::create(&file).unwrap();
        store.backup(to, at(0)).await.unwrap();
        Self { file, folder }
    }

    /// One of these lines, with a right sum.
    fn made_of(lines: &[String]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("backup");
        let rows = lines.iter().filter(|line| line.starts_with('[')).count();
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        let end = json!({"rows": rows, "sha256": fingerprint(&text)});
        std::fs::write(&file, zstd::encode_all(format!("{text}{end}\n").as_bytes(), 1).unwrap()).unwrap();
        Self { file, folder }
    }

    /// Its lines, without the last.
    fn lines(&self) -> Vec<String> {
        let mut text = String::new();
        let packed = std::fs::File::open(&self.file).unwrap();
        zstd::Decoder::new(packed).unwrap().read_to_string(&mut text).unwrap();
        let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
        lines.pop();
        lines
    }

    /// Settings of a new SQLite database beside it.
    fn beside(&self, name: &str) -> StoreSettings {
        StoreSettings { data_dir: self.folder.path().join(name), ..StoreSettings::default() }
    }
}

const COLUMNS: Sql = Sql::each(
    "SELECT m.name AS of, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c \
     WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'",
    "SELECT table_name::text AS of, column_name::text AS name FROM information_schema.columns \
     WHERE table_schema = current_schema()",
);

async fn a_backup_holds_every_column_of_every_table(stage: Stage) {
    let mut expected: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in stage.store.house().read(|conn| conn.query(COLUMNS, &[])).await.unwrap() {
        expected.entry(row.get("of").unwrap()).or_default().insert(row.get("name").unwrap());
    }
    // The last is made anew from the notes.
    let left_out = ["schema_migrations", "store_pulse", "chunk_vectors"];
    expected.retain(|table, _| !left_out.contains(&table.as_str()));
    let lines = Backup::of(&stage.store).await.lines();
    let tables = lines.iter().filter(|line| line.starts_with("{\"table\""));
    let found = tables.map(|line| {
        let begin: Json = serde_json::from_str(line).unwrap();
        let columns =
            begin["columns"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned());
        (begin["table"].as_str().unwrap().to_owned(), columns.collect())
    });
    assert_eq!(found.collect::<BTreeMap<_, BTreeSet<_>>>(), expected);
}

/// Rows in every table, also in those of nobody, and some that are hard to carry.
async fn filled(store: &Store) {
    fill(store, "ada", 1, "it's \"quoted\" \u{1F600}\n\t\\ and more").await;
    fill(store, "eve", 2, "").await;
    for row in [
        Sql::each(
            "INSERT INTO secrets (name, value, created_at) VALUES ('key', X'00ff10', 1)",
            "INSERT INTO secrets (name, value, created_at) VALUES ('key', '\\x00ff10', 1)",
        ),
        "INSERT INTO admin_log (id, actor, action, request_id, status, at) \
         VALUES ('00000001-0000-7000-8000-000000000099', 'a', 'b', 'c', 200, 1)"
            .into(),
        Sql::each(
            "INSERT INTO execution_rollups (grain, start, agent_name, runs, succeeded, timed_out, total_ms, tokens, times) \
             VALUES ('hour', 0, 'a', 1, 1, 0, 9223372036854775807, 1, X'')",
            "INSERT INTO execution_rollups (grain, start, agent_name, runs, succeeded, timed_out, total_ms, tokens, times) \
             VALUES ('hour', 0, 'a', 1, 1, 0, 9223372036854775807, 1, '')",
        ),
        "INSERT INTO model_call_rollups (grain, start, task, model, calls, failed, cached, prompt_tokens, \
         completion_tokens, nano_usd, cost_unknown, took_ms) VALUES ('hour', 0, 'a', 'm', 1, 1, 0, 1, 1, 1, 1, 1)"
            .into(),
        "INSERT INTO item_rollups (start, task, outcome, fault, items) VALUES (0, 'a', 'accepted', '', 1)".into(),
        "INSERT INTO alert_states (rule, firing, value, since, checked_at, streak) \
         VALUES ('a', TRUE, 0.30000000000000004, 1, 1, 0)"
            .into(),
        "INSERT INTO alert_history (id, rule, firing, value, detail, at) \
         VALUES ('00000001-0000-7000-8000-000000000098', 'a', FALSE, NULL, '', 1)"
            .into(),
    ] {
        store.house().write(Durability::Relaxed, move |conn| conn.execute(row, &[])).await.unwrap();
    }
    // A folder that is older than the one it is in, and more rows than fit on a page.
    let (old, young) = (FolderId::new(at(1)), FolderId::new(at(9)));
    store.add_folder(user("ada"), young, None, "Biology".into(), at(9)).await.unwrap();
    store.add_folder(user("ada"), old, Some(young), "Cells".into(), at(1)).await.unwrap();
    for number in 0..150 {
        store.add_note(user("ada"), note(&format!("Fact {number}.")), at(number)).await.unwrap();
    }
}

/// The lines of a backup as they stand in the next one after it was restored: nobody is signed in.
fn without_sign_ins(lines: Vec<String>) -> Vec<String> {
    let ended = ["sign_ins", "password_resets"];
    let mut header: Json = serde_json::from_str(&lines[0]).unwrap();
    ended.iter().for_each(|table| header["tables"][table] = 0.into());
    let mut of_ended = false;
    let rest = lines.into_iter().skip(1).filter(|line| {
        if line.starts_with('{') {
            of_ended = ended.iter().any(|table| line.starts_with(&format!("{{\"table\":\"{table}\"")));
            return true;
        }
        !of_ended
    });
    let rest: Vec<_> = rest.collect();
    [vec![header.to_string()], rest].concat()
}

/// With the fields of the first line in an order that does not matter.
fn lines_of(backup: &Backup) -> Vec<String> {
    let mut lines = backup.lines();
    lines[0] = serde_json::from_str::<Json>(&lines[0]).unwrap().to_string();
    lines
}

async fn what_is_restored_is_what_was_backed_up(stage: Stage) {
    filled(&stage.store).await;
    let first = Backup::of(&stage.store).await;
    let header: Json = serde_json::from_str(&first.lines()[0]).unwrap();
    let empty: Vec<_> =
        header["tables"].as_object().unwrap().iter().filter(|(_, rows)| **rows == 0).collect();
    assert_eq!(empty, Vec::<(&String, &Json)>::new());
    assert!(OF_NOBODY.iter().all(|name| header["tables"].get(name).is_some() || name.starts_with('s')));

    // To the other database, and back.
    let (sqlite, postgres) = (Stage::sqlite().await, Stage::postgres().await);
    let way = if stage.store.is_shared() { [&sqlite, &postgres] } else { [&postgres, &sqlite] };
    let mut backup = first;
    for next in way {
        next.store.close().await;
        let holds = Store::restore(&next.settings, &backup.file, false).await.unwrap();
        assert_eq!(holds, verify(&backup.file).unwrap());
        let store = Store::open(&next.settings).await.unwrap();
        store.ready().await.unwrap();
        let again = Backup::of(&store).await;
        assert_eq!(lines_of(&again), without_sign_ins(backup.lines()));
        assert!(store.sign_ins(user("ada"), at(0)).await.unwrap().is_empty());
        assert_eq!(
            store
                .folders(user("ada"))
                .await
                .unwrap()
                .iter()
                .filter(|folder| folder.parent_id.is_some())
                .count(),
            1
        );
        store.close().await;
        backup = again;
    }
}

async fn backups_made_while_jobs_come_in_hold_every_job_accepted_before(stage: Stage) {
    let (accepted, most) = (Arc::new(Mutex::new(Vec::<JobId>::new())), Arc::new(AtomicUsize::new(0)));
    let mut writing = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let (store, accepted, most) = (stage.store.clone(), Arc::clone(&accepted), Arc::clone(&most));
        writing.spawn(async move {
            while most.load(Ordering::Relaxed) < usize::MAX {
                if accepted.lock().unwrap().len() >= most.load(Ordering::Relaxed) {
                    tokio::task::yield_now().await;
                    continue;
                }
                let mut new = leased_job("someone", 0, "w1");
                new.user_id = user(&format!("u{}", new.id));
                new.note = Some(note("Osmosis."));
                let lease = store.accept_job(new.clone()).await.unwrap().lease.unwrap();
                accepted.lock().unwrap().push(new.id);
                store.append_events(lease, vec![event(1, 0)]).await.unwrap();
            }
        });
    }
    // Beside the one that writes, as the command does it.
    let beside = Store::open_to_read(&stage.settings).await.unwrap();
    let mut backups = Vec::new();
    for number in 0..10 {
        // Some have come in, and some more come in while the backup is made.
        while accepted.lock().unwrap().len() < number * 6 {
            tokio::task::yield_now().await;
        }
        most.store((number + 1) * 6 + 12, Ordering::Relaxed);
        let before = accepted.lock().unwrap().clone();
        backups.push((before, Backup::of(if number % 2 == 0 { &beside } else { &stage.store }).await));
    }
    most.store(usize::MAX, Ordering::Relaxed);
    writing.join_all().await;
    let refused = beside.house().write(Durability::Relaxed, |_| Ok(())).await;
    assert!(matches!(refused, Err(StoreError::Unavailable(_))));
    beside.close().await;
    for (before, backup) in backups {
        let settings = backup.beside("restored");
        Store::restore(&settings, &backup.file, false).await.unwrap();
        let store = Store::open(&settings).await.unwrap();
        for id in before {
            assert_eq!(store.job(user(&format!("u{id}")), id).await.unwrap().id, id);
        }
        store.close().await;
    }
}

async fn refused(settings: &StoreSettings, file: &Path) -> BackupError {
    Store::restore(settings, file, true).await.expect_err("it must be refused")
}

async fn a_damaged_or_foreign_file_is_refused_and_changes_nothing(stage: Stage) {
    filled(&stage.store).await;
    let (before, backup) = (Backup::of(&stage.store).await, Backup::of(&stage.store).await);
    stage.store.close().await;
    let (whole, lines) = (std::fs::read(&backup.file).unwrap(), backup.lines());
    let spoiled = |spoil: &dyn Fn(&mut Vec<String>)| {
        let mut lines = lines.clone();
        spoil(&mut lines);
        std::fs::read(Backup::made_of(&lines).file).unwrap()
    };
    let last = lines.len() - 1;
    let mut cases: Vec<(Vec<u8>, &str)> = vec![
        (b"A letter. ".repeat(50), "no backup"),
        (Vec::new(), "no backup"),
        (zstd::encode_all(&b"{\"a\": 1}\n"[..], 1).unwrap(), "no backup"),
        (
            spoiled(&|lines| lines[0] = lines[0].replace("backup\":1", "backup\":2")),
            "newer program (format 2",
        ),
        (spoiled(&|lines| lines[0] = lines[0].replace("schema\":", "schema\":9")), "newer program (schema 9"),
        (spoiled(&|lines| drop(lines.remove(last))), "tables or rows are missing"),
        (spoiled(&|lines| lines.insert(1, "[1]".into())), "before its table"),
        (spoiled(&|lines| lines[1] = lines[1].replace("user_id", "owner")), "is not the schema's"),
        (spoiled(&|lines| lines.push("[]".into())), "tables or rows are missing"),
        (spoiled(&|lines| lines[2] = "[1]".into()), "as many fields"),
        (spoiled(&|lines| lines.swap(1, 2)), "before its table"),
        (whole.iter().chain(b"more").copied().collect(), "damaged"),
    ];
    for part in 1..8 {
        cases.push((whole[..whole.len() * part / 8].to_vec(), "damaged"));
        let mut flipped = whole.clone();
        flipped[whole.len() * part / 8] ^= 4;
        cases.push((flipped, "damaged"));
    }
    for (number, (bytes, text)) in cases.into_iter().enumerate() {
        std::fs::File::create(&backup.file).unwrap().write_all(&bytes).unwrap();
        let error = refused(&stage.settings, &backup.file).await;
        assert!(error.to_string().contains(text), "{number}: {error}");
    }
    let missing = refused(&stage.settings, Path::new("no/such/file")).await;
    assert!(matches!(missing, BackupError::File(_)));
    // A sum that is right over content that cannot be: found only when it is written.
    let orphan = spoiled(&|lines| {
        for line in lines.iter_mut().filter(|line| line.starts_with('[')) {
            *line =
                line.replace("00000001-0000-7000-8000-000000000002", "00000001-0000-7000-8000-0000000000ff");
            *line = line.replacen(
                "[\"00000001-0000-7000-8000-0000000000ff\"",
                "[\"00000001-0000-7000-8000-000000000002\"",
                1,
            );
        }
    });
    std::fs::write(&backup.file, orphan).unwrap();
    let error = refused(&stage.settings, &backup.file).await;
    assert!(matches!(error, BackupError::Store(StoreError::NotFound)), "{error:?}");

    let store = Store::open(&stage.settings).await.unwrap();
    assert_eq!(Backup::of(&store).await.lines(), before.lines());
    store.close().await;
}

async fn a_database_that_is_not_empty_is_replaced_only_when_told(stage: Stage) {
    let (empty, other) = (Backup::of(&stage.store).await, Stage::sqlite().await);
    fill(&other.store, "ada", 1, "word").await;
    let full = Backup::of(&other.store).await;
    let in_use = Store::restore(&stage.settings, &full.file, false).await.unwrap_err();
    assert!(matches!(in_use, BackupError::InUse | BackupError::Open(OpenError::Settings(_))), "{in_use:?}");
    stage.store.close().await;
    Store::restore(&stage.settings, &full.file, false).await.unwrap();
    let error = Store::restore(&stage.settings, &empty.file, false).await.unwrap_err();
    assert!(matches!(&error, BackupError::NotEmpty(_)) && error.to_string().contains("--force"), "{error}");
    let store = Store::open(&stage.settings).await.unwrap();
    assert_eq!(store.rows_of_user(user("ada")).await.unwrap()["notes"], 1);
    store.close().await;
    Store::restore(&stage.settings, &empty.file, true).await.unwrap();
    let store = Store::open(&stage.settings).await.unwrap();
    assert_eq!(store.rows_of_user(user("ada")).await.unwrap().values().sum::<u64>(), 0);
    store.close().await;
}

/// Takes columns (`table.column`) out of a backup, with what stands in them.
fn without(lines: &mut [String], columns: &[&str]) {
    let mut places: Vec<usize> = Vec::new();
    for line in lines.iter_mut().skip(1) {
        let mut json: Json = serde_json::from_str(line).unwrap();
        if let Some(table) = json["table"].as_str().map(str::to_owned) {
            let names = json["columns"].as_array_mut().unwrap();
            let gone = |name: &Json| columns.contains(&&*format!("{table}.{}", name.as_str().unwrap()));
            places = (0..names.len()).rev().filter(|&at| gone(&names[at])).collect();
            places.iter().for_each(|&at| drop(names.remove(at)));
        } else {
            let values = json.as_array_mut().unwrap();
            places.iter().for_each(|&at| drop(values.remove(at)));
        }
        *line = json.to_string();
    }
}

/// What the migrations after the third made: tables, and columns (`table.column`) of older tables.
fn made_since_the_third() -> (Vec<String>, Vec<String>) {
    let scripts = [
        include_str!("../../migrations/sqlite/0004_row_security.sql"),
        include_str!("../../migrations/sqlite/0005_library.sql"),
        include_str!("../../migrations/sqlite/0006_study.sql"),
    ];
    let (mut tables, mut columns) = (Vec::new(), Vec::new());
    for line in scripts.iter().flat_map(|script| script.lines()) {
        match line.split_whitespace().collect::<Vec<_>>().as_slice() {
            ["CREATE", "TABLE", name, ..] => tables.push((*name).to_owned()),
            ["ALTER", "TABLE", table, "ADD", "COLUMN", name, ..] => columns.push(format!("{table}.{name}")),
            _ => {}
        }
    }
    (tables, columns)
}

async fn a_backup_of_an_older_schema_is_brought_up_to_date(stage: Stage) {
    fill(&stage.store, "ada", 1, "word").await;
    let mut lines = Backup::of(&stage.store).await.lines();
    let begins = |lines: &[String], table: &str| {
        lines.iter().position(|line| line.starts_with(&format!("{{\"table\":\"{table}\"")))
    };
    let mut header: Json = serde_json::from_str(&lines[0]).unwrap();
    header["schema"] = 3.into();
    let (tables, columns) = made_since_the_third();
    for table in &tables {
        let Some(begin) = begins(&lines, table) else { continue };
        let rows = lines[begin + 1..].iter().take_while(|line| line.starts_with('[')).count();
        lines.drain(begin..=begin + rows);
        header["tables"].as_object_mut().unwrap().remove(table);
    }
    without(&mut lines, &columns.iter().map(String::as_str).collect::<Vec<_>>());
    // What the third version had still.
    let asked = begins(&lines, "quiz_questions").unwrap();
    let end = asked + 1 + lines[asked + 1..].iter().take_while(|line| line.starts_with('[')).count();
    // The later one first: what is put before it stands before it.
    for (table, of) in [("exam_attempts", "exam_id"), ("quiz_attempts", "quiz_id")] {
        let names = ["id", of, "user_id", "answers", "points", "started_at", "finished_at"];
        lines.insert(end, json!({"table": table, "columns": names}).to_string());
        header["tables"][table] = 0.into();
    }
    lines[0] = header.to_string();
    stage.store.close().await;
    Store::restore(&stage.settings, &Backup::made_of(&lines).file, true).await.unwrap();
    let store = Store::open(&stage.settings).await.unwrap();
    store.ready().await.unwrap();
    let rows = store.rows_of_user(user("ada")).await.unwrap();
    assert_eq!((rows["notes"], rows["erasures"]), (1, 0));
    store.close().await;
}

#[tokio::test]
async fn a_place_without_a_database_is_not_made_into_one_by_looking() {
    let folder = tempfile::tempdir().unwrap();
    let settings = StoreSettings { data_dir: folder.path().join("data"), ..StoreSettings::default() };
    let error = Store::open_to_read(&settings).await.err().unwrap();
    assert!(error.to_string().contains("there is no database"), "{error}");
    assert!(!settings.data_dir.exists());
    let stage = Stage::sqlite().await;
    stage.store.close().await;
    stage.replaced_by("CREATE TABLE other (a TEXT)");
    let error = Store::open_to_read(&stage.settings).await.err().unwrap();
    assert!(matches!(error, OpenError::SchemaOlder { found: 0, .. }), "{error}");
}
