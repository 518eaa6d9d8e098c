//! Units of work: what fails alone, what is kept together, what is refused.

use std::sync::Arc;
use std::time::Duration;

use sharper_store::{Dialect, Durability, Store, StoreError};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use crate::stage::{Stage, at, note, told_to_both, user};

told_to_both!(
    a_unit_that_fails_or_panics_alone_leaves_nothing,
    a_failing_and_a_panicking_unit_harm_nobody_else,
    a_unit_that_hides_a_failed_statement_is_not_kept,
    a_synced_unit_syncs_and_a_relaxed_one_does_not,
    reading_changes_nothing,
    too_much_work_is_refused_at_once,
    work_is_done_though_nobody_waits_for_it,
    closing_does_what_is_waiting,
);

const ADD: &str = "INSERT INTO folders (id, user_id, name, created_at) VALUES ($1, 'ada', $2, 0)";

/// Adds a folder, then does what the number says: every third fails, every fifth panics.
async fn unit(store: Store, number: i64) -> Result<(), StoreError> {
    let durability = if number % 2 == 0 { Durability::Synced } else { Durability::Relaxed };
    let work = move |conn: &mut sharper_store::Conn<'_>| {
        let values = [sharper_domain::FolderId::new(at(0)).into(), number.to_string().into()];
        conn.execute(ADD, &values)?;
        assert!(number % 5 != 0, "as agreed");
        if number % 3 == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    };
    store.house().write(durability, work).await
}

async fn folder_names(store: &Store) -> Vec<i64> {
    let folders = store.folders(user("ada")).await.unwrap();
    let mut names: Vec<i64> = folders.iter().map(|folder| folder.name.parse().unwrap()).collect();
    names.sort_unstable();
    names
}

/// Holds up the writer (or all of PostgreSQL's threads) until the answer is dropped.
fn hold_up(stage: &Stage) -> (JoinSet<()>, Vec<oneshot::Sender<()>>) {
    let count =
        if stage.store.dialect() == Dialect::Sqlite { 1 } else { stage.settings.postgres_connections };
    let (mut held, mut senders) = (JoinSet::new(), Vec::new());
    for _ in 0..count {
        let (release, released) = oneshot::channel::<()>();
        let store = stage.store.clone();
        senders.push(release);
        held.spawn(async move {
            let work = |_: &mut sharper_store::Conn<'_>| {
                let _ = released.blocking_recv();
                Ok(())
            };
            store.house().write(Durability::Relaxed, work).await.unwrap();
        });
    }
    (held, senders)
}

async fn a_unit_that_fails_or_panics_alone_leaves_nothing(stage: Stage) {
    assert!(matches!(unit(stage.store.clone(), 3).await, Err(StoreError::NotFound)));
    assert!(matches!(unit(stage.store.clone(), 5).await, Err(StoreError::Internal(_))));
    unit(stage.store.clone(), 7).await.unwrap();
    assert_eq!(folder_names(&stage.store).await, [7]);
}

async fn a_failing_and_a_panicking_unit_harm_nobody_else(stage: Stage) {
    // While the engine is held up the units gather, so that on SQLite they share one transaction.
    let (held, release) = hold_up(&stage);
    tokio::time::sleep(Duration::from_millis(100)).await;
    let mut units = JoinSet::new();
    for number in 1..=60 {
        let store = stage.store.clone();
        units.spawn(async move { (number, unit(store, number).await) });
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    drop(release);
    for (number, end) in units.join_all().await {
        match end {
            Ok(()) => assert!(number % 5 != 0 && number % 3 != 0),
            Err(StoreError::Internal(_)) => assert_eq!(number % 5, 0),
            Err(StoreError::NotFound) => assert_eq!(number % 3, 0),
            Err(other) => panic!("{other:?}"),
        }
    }
    held.join_all().await;
    let kept: Vec<i64> = (1..=60).filter(|number| number % 5 != 0 && number % 3 != 0).collect();
    assert_eq!(folder_names(&stage.store).await, kept);
}

async fn a_unit_that_hides_a_failed_statement_is_not_kept(stage: Stage) {
    let id = sharper_domain::FolderId::new(at(0));
    let end = stage
        .store
        .house()
        .write(Durability::Synced, move |conn| {
            conn.execute(ADD, &[id.into(), "1".into()])?;
            let twice = conn.execute(ADD, &[id.into(), "2".into()]);
            assert!(matches!(twice, Err(StoreError::Conflict(_))));
            Ok(())
        })
        .await;
    assert!(matches!(end, Err(StoreError::Conflict(_))));
    assert!(folder_names(&stage.store).await.is_empty());
}

async fn a_synced_unit_syncs_and_a_relaxed_one_does_not(stage: Stage) {
    for (durability, sqlite, postgres) in
        [(Durability::Synced, 2, "on"), (Durability::Relaxed, 1, "off"), (Durability::Synced, 2, "on")]
    {
        let work = |conn: &mut sharper_store::Conn<'_>| match conn.dialect() {
            Dialect::Sqlite => {
                Ok(conn.query_one("PRAGMA synchronous", &[])?.get::<i64>("synchronous")?.to_string())
            }
            Dialect::Postgres => conn.query_one("SHOW synchronous_commit", &[])?.get("synchronous_commit"),
        };
        let level = stage.store.house().write(durability, work).await.unwrap();
        assert!(level == sqlite.to_string() || level == postgres, "{durability:?} ran with {level}");
    }
}

async fn reading_changes_nothing(stage: Stage) {
    let end = stage
        .store
        .house()
        .read(|conn| conn.execute(ADD, &[sharper_domain::FolderId::new(at(0)).into(), "1".into()]))
        .await;
    assert!(matches!(end, Err(StoreError::Unavailable(_))), "{end:?}");
    assert!(folder_names(&stage.store).await.is_empty());
}

async fn too_much_work_is_refused_at_once(mut stage: Stage) {
    stage.reopened(|settings| settings.queue_length = 10).await;
    let (held, release) = hold_up(&stage);
    tokio::time::sleep(Duration::from_millis(100)).await;
    let refused = Arc::new(tokio::sync::Semaphore::new(0));
    let mut units = JoinSet::new();
    for number in 0..30 {
        let (store, refused) = (stage.store.clone(), Arc::clone(&refused));
        units.spawn(async move {
            let end = store.add_note(user("ada"), note(&number.to_string()), at(0)).await;
            if matches!(end, Err(StoreError::Busy)) {
                refused.add_permits(1);
            }
            end.is_ok()
        });
    }
    // Twenty do not fit and are answered while the others still wait.
    let _ = refused.acquire_many(20).await.unwrap();
    drop(release);
    held.join_all().await;
    assert_eq!(units.join_all().await.into_iter().filter(|kept| *kept).count(), 10);
}

async fn work_is_done_though_nobody_waits_for_it(stage: Stage) {
    let (held, release) = hold_up(&stage);
    tokio::time::sleep(Duration::from_millis(100)).await;
    let store = stage.store.clone();
    let waiting = tokio::spawn(async move { unit(store, 1).await });
    tokio::time::sleep(Duration::from_millis(100)).await;
    waiting.abort();
    drop(release);
    held.join_all().await;
    stage.store.house().write(Durability::Synced, |_| Ok(())).await.unwrap();
    let mut tries = 0;
    while folder_names(&stage.store).await != [1] {
        tries += 1;
        assert!(tries < 200, "the unit was not done");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

async fn closing_does_what_is_waiting(mut stage: Stage) {
    let (held, release) = hold_up(&stage);
    tokio::time::sleep(Duration::from_millis(100)).await;
    let mut units = JoinSet::new();
    for number in [1, 2, 4] {
        units.spawn(unit(stage.store.clone(), number));
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    let store = stage.store.clone();
    let closing = tokio::spawn(async move { store.close().await });
    tokio::time::sleep(Duration::from_millis(50)).await;
    drop(release);
    closing.await.unwrap();
    held.join_all().await;
    assert!(units.join_all().await.into_iter().all(|end| end.is_ok()));
    stage.reopened(|_| {}).await;
    assert_eq!(folder_names(&stage.store).await, [1, 2, 4]);
}

#[tokio::test]
async fn a_full_disk_is_said_and_forgotten_when_there_is_room_again() {
    let stage = Stage::sqlite().await;
    let before = stage.store.add_note(user("ada"), note("Before."), at(0)).await.unwrap();
    let pages = |statement: &'static str| {
        let store = stage.store.clone();
        async move {
            store
                .house()
                .write(Durability::Relaxed, move |conn| conn.query(statement, &[]).map(drop))
                .await
                .unwrap()
        }
    };
    pages("PRAGMA max_page_count = 1").await;
    let big = "All that was ever known about cells. ".repeat(4000);
    assert!(matches!(stage.store.add_note(user("ada"), note(&big), at(1)).await, Err(StoreError::Full)));
    assert_eq!(stage.store.note(user("ada"), before.id).await.unwrap(), before);
    pages("PRAGMA max_page_count = 1000000").await;
    stage.store.add_note(user("ada"), note(&big), at(2)).await.unwrap();
    assert_eq!(stage.store.recent_notes(user("ada"), 9).await.unwrap().len(), 2);
}

/// Stops the server's end of the connection that the unit runs on.
const BREAK: &str = "SELECT pg_terminate_backend(pg_backend_pid())";
/// Stops every other connection to this database.
const BREAK_OTHERS: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
    WHERE datname = current_database() AND pid <> pg_backend_pid()";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_breaks_in_a_unit_is_said_and_replaced() {
    let stage = Stage::postgres().await;
    for number in 1..=8 {
        let id = sharper_domain::FolderId::new(at(0));
        let work = move |conn: &mut sharper_store::Conn<'_>| {
            conn.execute(ADD, &[id.into(), "lost".into()])?;
            conn.query(BREAK, &[]).map(drop)
        };
        let end = stage.store.house().write(Durability::Synced, work).await;
        assert!(matches!(end, Err(StoreError::Unavailable(_))), "{number}: {end:?}");
        stage.store.ready().await.unwrap();
    }
    assert!(folder_names(&stage.store).await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_broke_while_idle_are_replaced_before_anybody_notices() {
    let stage = Stage::postgres().await;
    for number in 1..=4 {
        let (held, release) = hold_up(&stage);
        tokio::time::sleep(Duration::from_millis(100)).await;
        drop(release);
        held.join_all().await;
        stage
            .store
            .house()
            .write(Durability::Relaxed, |conn| conn.query(BREAK_OTHERS, &[]).map(drop))
            .await
            .unwrap();
        for unit_number in [1, 2, 4, 7, 8] {
            unit(stage.store.clone(), number * 30 + unit_number).await.unwrap();
        }
    }
    assert_eq!(folder_names(&stage.store).await.len(), 20);
}
