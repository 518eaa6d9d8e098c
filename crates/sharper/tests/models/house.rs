//! The house with its model: the program under test, the model's server beside it, and a look into what is kept.

use std::path::Path;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use sharper_domain::{Item, TaskKind, UserId};
use sharper_llm::testing::{Act, Upstream};
use sharper_store::{Store, StoreSettings};
use sharper_testkit::{Client, Server, ServerOptions, StreamEvent, TempFolder};
use tokio::runtime::Runtime;

use crate::wire::{Asked, answer, passes};
use crate::writer::Writer;

/// Notes of 350 words: short, so that a test with hundreds of jobs is short.
pub(crate) const CELLS: &str = include_str!("../../../sharper-study/tests/notes/cells.md");

/// Their first sections, in at most so many bytes.
pub(crate) fn beginning(bytes: usize) -> &'static str {
    let end = CELLS.match_indices("\n\n").map(|(at, _)| at).take_while(|at| *at < bytes).last();
    &CELLS[..end.unwrap_or(CELLS.len())]
}

/// A part of them that is still enough for every task.
pub(crate) fn short() -> &'static str {
    beginning(1_500)
}

/// What is set for all: one model, one try, a circuit that does not open. A machine that is busy with other tests must
/// not look like a model that hangs.
const SETTINGS: &str = "
[llm.models]
fast = ['test/model']
strong = ['test/model']
[llm.retry]
tries = 1
open_after = 1000000
";

/// For models that hang: limits of fractions of a second.
pub(crate) const IMPATIENT: &str = "
[llm.timeouts]
connect = 0.5
first_byte = 0.4
idle = 0.3
total = 1.5
";

/// The program, and its model.
pub(crate) struct House {
    // Dropped in this order: the program first.
    pub(crate) server: Server,
    pub(crate) model: Upstream,
    _runtime: Runtime,
    folder: TempFolder,
}

/// How the house is set up beside `SETTINGS`.
#[derive(Default)]
pub(crate) struct Setup<'a> {
    pub(crate) settings: &'a str,
    pub(crate) env: &'a [(&'a str, &'a str)],
}

impl House {
    /// A house whose model answers by this script.
    pub(crate) fn with(setup: &Setup<'_>, script: impl Fn(&Asked) -> Act + Send + Sync + 'static) -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let model = runtime.block_on(Upstream::start(move |seen| script(&Asked::from(seen)))).unwrap();
        let folder = TempFolder::new();
        let file = folder.path().join("settings.toml");
        std::fs::write(&file, format!("{SETTINGS}{}", setup.settings)).unwrap();
        let mut options = ServerOptions::new()
            .arguments(&["serve", "--config", file.to_str().unwrap()])
            .env("LLM_BASE_URL", model.base_url());
        for (name, value) in setup.env {
            options = options.env(name, *value);
        }
        let server = Server::start(Path::new(env!("CARGO_BIN_EXE_study-sharper")), options);
        Self { server, model, _runtime: runtime, folder }
    }

    /// Sets it up in another way from its next start on.
    pub(crate) fn configure(&self, settings: &str) {
        std::fs::write(self.folder.path().join("settings.toml"), format!("{SETTINGS}{settings}")).unwrap();
    }

    /// A house with a good author and a judge that passes all.
    pub(crate) fn good() -> Self {
        Self::with(&Setup::default(), good(CELLS))
    }

    pub(crate) fn client(&self) -> Client {
        self.server.client()
    }

    /// Everything that the model was asked.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.model.seen().iter().map(Asked::from).collect()
    }

    /// Ends the program and opens what it kept.
    pub(crate) fn closed(&mut self) -> Kept {
        self.server.terminate();
        let settings = StoreSettings {
            data_dir: self.server.data_folder(),
            sqlite_readers: 1,
            postgres_connections: 1,
            queue_length: 64,
            jobs_per_user: 20,
            jobs_in_all: 1000,
            ..StoreSettings::default()
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let store = runtime.block_on(Store::open(&settings)).unwrap();
        Kept { runtime, store }
    }
}

/// The script of a good author over these notes, with a judge that passes all.
pub(crate) fn good(notes: &str) -> impl Fn(&Asked) -> Act + Send + Sync + 'static {
    let writer = Writer::of(notes);
    move |asked| {
        let text = if asked.is_judging() { passes(asked) } else { writer.write(asked) };
        answer(asked, &text)
    }
}

/// What the program kept, looked at after its end.
pub(crate) struct Kept {
    runtime: Runtime,
    pub(crate) store: Store,
}

impl Kept {
    /// Waits for something of the store.
    pub(crate) fn now<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// The items of what a user has of a kind, the newest material first.
    pub(crate) fn items(&self, user: &str, kind: TaskKind) -> Vec<Vec<Item>> {
        let user: UserId = user.parse().unwrap();
        let all = self.now(self.store.recent_material(user, kind, 100)).unwrap();
        all.iter().map(|material| material.items()).collect()
    }

    /// How many jobs there are of a user, and how many of them have ended.
    pub(crate) fn jobs(&self, user: &str) -> (usize, usize) {
        let user: UserId = user.parse().unwrap();
        let jobs = self.now(self.store.recent_jobs(user, 1000)).unwrap();
        (jobs.len(), jobs.iter().filter(|job| job.state.is_ended()).count())
    }
}

/// A request for a task.
pub(crate) fn request(kind: TaskKind, user: &str, message: &str, text: &str) -> Value {
    json!({
        "type": kind, "user_id": user, "message": message,
        "options": {"content": text, "count": 6, "question_count": 6, "duration_minutes": 15, "days": 5},
    })
}

/// What a student says to ask for it.
pub(crate) fn message(kind: TaskKind) -> &'static str {
    if kind == TaskKind::Chat { "What do mitochondria do in a cell?" } else { "From my notes, please." }
}

/// Posts a request and reads its stream to the end.
pub(crate) fn make(client: &Client, body: &Value) -> Vec<StreamEvent> {
    let accepted = client.post("/api/ai/process-stream", body).expect_status(200).json();
    let stream = client.stream(accepted["stream_url"].as_str().unwrap(), None);
    stream.filter(|event| event.json()["type"] != "keepalive").collect()
}

/// The last event of a stream.
#[track_caller]
pub(crate) fn end(log: &[StreamEvent]) -> Value {
    log.last().expect("a stream has an end").json()
}

/// The data of the events of a type.
pub(crate) fn told(log: &[StreamEvent], kind: &str) -> Vec<Value> {
    log.iter().map(StreamEvent::json).filter(|event| event["type"] == kind).collect()
}

/// The numbers and data of the items that were shown and not taken back.
pub(crate) fn standing(log: &[StreamEvent]) -> Vec<(u64, Value)> {
    let withdrawn: Vec<u64> =
        told(log, "withdrawn").iter().filter_map(|event| event["data"]["number"].as_u64()).collect();
    let items = told(log, "item");
    let shown = items.into_iter().map(|event| (event["number"].as_u64().unwrap(), event["data"].clone()));
    shown.filter(|(number, _)| !withdrawn.contains(number)).collect()
}

/// Does each piece of work on one of so many threads.
pub(crate) fn in_parallel<T: Send + Sync, R: Send>(
    threads: usize,
    all: &[T],
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let done: Arc<Mutex<Vec<(usize, R)>>> = Arc::default();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    let Some(one) = all.get(at) else { return };
                    let result = work(one);
                    done.lock().unwrap().push((at, result));
                }
            });
        }
    });
    let mut done = std::mem::take(&mut *done.lock().unwrap());
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Asserts that the ids of a log are 1, 2, 3 …, that it starts once and ends once, at the end.
#[track_caller]
pub(crate) fn assert_whole(log: &[StreamEvent]) {
    let ids: Vec<usize> = log.iter().map(|event| event.id.as_deref().unwrap().parse().unwrap()).collect();
    assert_eq!(ids, (1..=log.len()).collect::<Vec<_>>(), "ids have no gap and no repetition");
    let kinds: Vec<Value> = log.iter().map(|event| event.json()["type"].clone()).collect();
    let is_end = |kind: &&Value| *kind == "complete" || *kind == "error";
    assert_eq!(kinds.iter().filter(|kind| *kind == "start").count(), 1, "{kinds:?}");
    assert_eq!(kinds.iter().filter(is_end).count(), 1, "{kinds:?}");
    assert!(is_end(&kinds.last().unwrap()), "{kinds:?}");
}
