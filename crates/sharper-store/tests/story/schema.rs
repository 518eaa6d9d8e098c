//! The schema: brought up to date at the start, and never touched when it is not ours to touch.

use sharper_store::{Durability, OpenError, Store, StoreSettings};
use tokio::task::JoinSet;

use crate::stage::{Stage, told_to_both};

told_to_both!(
    a_newer_schema_is_refused_with_a_clear_message,
    another_programs_schema_is_refused,
    programs_that_start_together_do_not_collide,
);

async fn changed(stage: &Stage, statement: &'static str) -> String {
    stage.store.write(Durability::Synced, move |conn| conn.execute(statement, &[])).await.unwrap();
    stage.store.close().await;
    Store::open(&stage.settings).await.err().expect("it must not open").to_string()
}

async fn a_newer_schema_is_refused_with_a_clear_message(stage: Stage) {
    let add =
        "INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES (9000, 'later', '', 0)";
    let message = changed(&stage, add).await;
    assert!(message.contains("schema version 9000") && message.contains("newer program"), "{message}");
}

async fn another_programs_schema_is_refused(stage: Stage) {
    let message = changed(&stage, "UPDATE schema_migrations SET checksum = 'other' WHERE version = 1").await;
    assert!(message.contains("migration 1 (start)") && message.contains("differs"), "{message}");
}

async fn programs_that_start_together_do_not_collide(stage: Stage) {
    stage.store.close().await;
    let mut starting = JoinSet::new();
    for _ in 0..4 {
        let settings = stage.settings.clone();
        starting.spawn(async move { Store::open(&settings).await });
    }
    let opened = starting.join_all().await;
    let (works, refused): (Vec<_>, Vec<_>) = opened.into_iter().partition(Result::is_ok);
    if stage.store.is_shared() {
        assert!(refused.is_empty());
    } else {
        // A folder belongs to one program: the first that came has it, and the others are told.
        assert_eq!((works.len(), refused.len()), (1, 3));
        let told = |refused: &OpenError| refused.to_string().contains("another study-sharper works in");
        assert!(refused.iter().all(|answer| answer.as_ref().err().is_some_and(told)));
    }
    for store in works {
        store.unwrap().ready().await.unwrap();
    }
}

#[tokio::test]
async fn wrong_settings_say_what_would_be_right() {
    let folder = tempfile::tempdir().unwrap();
    let right = StoreSettings { data_dir: folder.path().to_owned(), ..StoreSettings::default() };
    let mysql = StoreSettings { database_url: Some("mysql://u:secret@h/d".into()), ..right.clone() };
    let none = StoreSettings { sqlite_readers: 0, ..right.clone() };
    let file = StoreSettings { data_dir: folder.path().join("file"), ..right };
    std::fs::write(&file.data_dir, "not a folder").unwrap();
    for (settings, part) in [(mysql, "postgres://"), (none, "1 to 16"), (file, "data_dir")] {
        match Store::open(&settings).await {
            Err(error @ OpenError::Settings(_)) => {
                assert!(error.to_string().contains(part) && !error.to_string().contains("secret"), "{error}");
            }
            other => panic!("{:?}", other.err()),
        }
    }
}

#[tokio::test]
async fn a_file_that_is_no_database_is_said_to_be_none() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("study-sharper.sqlite3"), "This is a letter. ".repeat(100)).unwrap();
    let settings = StoreSettings { data_dir: folder.path().to_owned(), ..StoreSettings::default() };
    let message = Store::open(&settings).await.err().unwrap().to_string();
    assert!(message.contains("not a database"), "{message}");
}
