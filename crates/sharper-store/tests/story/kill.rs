//! A process that is killed: everything that it had acknowledged is there.

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use sharper_domain::JobId;
use sharper_store::{Store, StoreSettings};
use tokio::task::JoinSet;

use crate::stage::{Stage, event, leased_job, told_to_both, user};

told_to_both!(what_a_killed_process_acknowledged_is_there);

/// Where the killed process finds the store: its folder, then its URL.
const PLACE: &str = "SHARPER_STORE_TO_BE_KILLED";

async fn what_a_killed_process_acknowledged_is_there(stage: Stage) {
    stage.store.close().await;
    let test = std::thread::current().name().unwrap().to_owned();
    let url = stage.settings.database_url.clone().unwrap_or_default();
    let mut process = Command::new(env::current_exe().unwrap())
        .args(["--exact", "kill::the_process_that_is_killed", "--nocapture"])
        .env(PLACE, format!("{}\n{url}", stage.settings.data_dir.display()))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{test}: {error}"));
    let mut acknowledged = Vec::new();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    while acknowledged.len() < 300 {
        let line = lines.next().expect("it was not killed yet").unwrap();
        acknowledged.extend(line.strip_prefix("kept ").map(|id| id.parse::<JobId>().unwrap()));
    }
    process.kill().unwrap();
    process.wait().unwrap();
    // What it had written before the kill but we had not read yet was acknowledged too.
    acknowledged.extend(lines.filter_map(|line| line.ok()?.strip_prefix("kept ")?.parse::<JobId>().ok()));

    let store = Store::open(&stage.settings).await.unwrap();
    for id in &acknowledged {
        let owner = user(&format!("u{id}"));
        assert_eq!(store.job(owner, *id).await.unwrap().id, *id);
        assert_eq!(store.events_after(*id, 0, 9).await.unwrap().len(), 1);
    }
    store.close().await;
}

/// The other process: it is this test, started by the one above with a place to work at. Alone it shows that
/// the steps which the killed process repeats do work.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_process_that_is_killed() {
    let Ok(place) = env::var(PLACE) else {
        let stage = Stage::sqlite().await;
        let id = accept_one(&stage.store).await;
        assert_eq!(stage.store.events_after(id, 0, 9).await.unwrap().len(), 1);
        return;
    };
    let (folder, url) = place.split_once('\n').unwrap();
    let database_url = Some(url.to_owned()).filter(|url| !url.is_empty());
    let settings = StoreSettings { data_dir: folder.into(), database_url, ..StoreSettings::default() };
    let store = Store::open(&settings).await.unwrap();
    let mut callers = JoinSet::new();
    for _ in 0..16 {
        let store = store.clone();
        callers.spawn(async move {
            loop {
                let id = accept_one(&store).await;
                // One write, so that lines of different callers do not mix.
                std::io::stdout().write_all(format!("kept {id}\n").as_bytes()).unwrap();
            }
        });
    }
    callers.join_all().await;
}

/// A job with its first event, under a user of its own.
async fn accept_one(store: &Store) -> JobId {
    let mut new = leased_job("someone", 0, "w1");
    new.user_id = user(&format!("u{}", new.id));
    let lease = store.accept_job(new.clone()).await.unwrap().lease.unwrap();
    store.append_events(lease, vec![event(1, 0)]).await.unwrap();
    new.id
}
