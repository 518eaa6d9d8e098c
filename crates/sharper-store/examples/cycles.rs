//! What accepting and doing a job costs the store: rates, and processor time per cycle.
//!
//! A cycle is a job as one process does it: accepted with a lease, 17 events (one by one, or those that come close
//! together in one append), ended with a set of ten cards. `cargo run --release -p sharper-store --example cycles -- FOLDER | postgres://… [SECONDS]`

use std::error::Error;
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;
use sharper_domain::{
    Author, Body, CardForm, CardId, Difficulty, Flashcard, JobId, Material, MaterialId, NoteId, Scores,
    SessionId, SetId, Source, TaskKind, Timestamp, UserId, Verdict,
};
use sharper_store::events::StoredEvent;
use sharper_store::jobs::{End, Ending, Lease, NewJob, NewLease, WorkerId};
use sharper_store::material::NewMaterial;
use sharper_store::notes::NewNote;
use sharper_store::{Store, StoreError, StoreSettings};
use tokio::task::JoinSet;

const EVENTS: i64 = 17;
const CARDS: i32 = 10;

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let place = words.next().ok_or("say where: a folder, or postgres://…")?;
    let time = Duration::from_secs(words.next().map_or(Ok(5), |seconds| seconds.parse())?);
    let most = StoreSettings { jobs_per_user: u32::MAX, jobs_in_all: u32::MAX, ..StoreSettings::default() };
    let settings = if place.starts_with("postgres") {
        StoreSettings { database_url: Some(place), ..most }
    } else {
        StoreSettings { data_dir: place.into(), ..most }
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let store = Store::open(&settings).await?;
        for (what, callers, at_once) in [
            ("accepted", 1, None),
            ("accepted", 64, None),
            ("cycles, 17 appends", 1, Some(1)),
            ("cycles, 17 appends", 64, Some(1)),
            ("cycles, 4 appends", 1, Some(5)),
            ("cycles, 4 appends", 64, Some(5)),
        ] {
            report(what, callers, &store, time, at_once).await?;
        }
        store.close().await;
        Ok(())
    })
}

async fn report(
    what: &str,
    callers: u32,
    store: &Store,
    time: Duration,
    at_once: Option<usize>,
) -> Result<(), Box<dyn Error>> {
    let (began, used, done) = (Instant::now(), processor_time()?, Arc::new(AtomicU64::new(0)));
    let mut working = JoinSet::new();
    for _ in 0..callers {
        let (store, done) = (store.clone(), Arc::clone(&done));
        working.spawn(async move {
            let mut unfinished = Vec::new();
            while began.elapsed() < time {
                unfinished.extend(cycle(&store, at_once).await?);
                done.fetch_add(1, Ordering::Relaxed);
            }
            Ok::<_, StoreError>(unfinished)
        });
    }
    let mut unfinished = Vec::new();
    while let Some(end) = working.join_next().await {
        unfinished.extend(end??);
    }
    let (done, seconds) = (done.load(Ordering::Relaxed) as f64, began.elapsed().as_secs_f64());
    let each = (processor_time()? - used) / done * 1e6;
    let rate = done / seconds;
    writeln!(
        std::io::stdout(),
        "{what:18} {callers:3} callers: {rate:8.0}/s, {each:6.0} µs of processor time each"
    )?;
    // A queue full of jobs that nobody does would slow what is measured next.
    for lease in unfinished {
        let now = moment();
        store
            .finish_job(lease, Ending { events: vec![event(1, now)], end: End::Cancelled, trial: None, now })
            .await?;
    }
    Ok(())
}

/// User and system time of this process, in seconds (Linux: hundredths, which is why a run takes seconds).
fn processor_time() -> Result<f64, Box<dyn Error>> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks: Vec<f64> =
        after_name.split_whitespace().skip(11).take(2).map(str::parse).collect::<Result<_, _>>()?;
    Ok(ticks.iter().sum::<f64>() / 100.0)
}

/// With so many events in an append; `None` only accepts a job and answers with its lease.
async fn cycle(store: &Store, at_once: Option<usize>) -> Result<Option<Lease>, StoreError> {
    let now = moment();
    let new = new_job(now);
    let user = new.user_id.clone();
    let accepted = store.accept_job(new).await?;
    let (Some(lease), Some(at_once)) = (accepted.lease, at_once) else { return Ok(accepted.lease) };
    let events: Vec<StoredEvent> = (1..=EVENTS).map(|seq| event(seq, now)).collect();
    for some in events.chunks(at_once) {
        store.append_events(lease, some.to_vec()).await?;
    }
    let made = new_material(user, now, accepted.note_id);
    // As long as ten cards are in JSON; making that JSON is not the store's work and is not measured.
    let text = &"Chlorophyll absorbs light and gives its energy on. ".repeat(120);
    let last = StoredEvent { kind: "complete".into(), body: text.clone(), ..event(EVENTS + 1, now) };
    let result = text.as_str().into();
    let end = End::Complete { result, made: Some(Box::new(made)), remade: Vec::new() };
    store.finish_job(lease, Ending { events: vec![last], end, trial: None, now }).await?;
    Ok(None)
}

/// A moment of its own for each job; the store takes the time from its callers.
fn moment() -> Timestamp {
    static MOMENT: AtomicI64 = AtomicI64::new(1_790_000_000_000_000);
    let micros = MOMENT.fetch_add(1000, Ordering::Relaxed);
    Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn event(seq: i64, at: Timestamp) -> StoredEvent {
    let body = r#"{"type":"progress","data":{"step":3,"total_steps":6,"current_agent":"flashcard_agent","message":"Writing cards from your notes","timestamp":1.0,"percentage":50}}"#;
    StoredEvent { seq, kind: "progress".into(), body: body.into(), at }
}

fn new_job(now: Timestamp) -> NewJob {
    let session_id = SessionId::new(now);
    let text = format!("{} {}", session_id, "Chlorophyll absorbs light and gives its energy on. ".repeat(40));
    let user_id: UserId = session_id.as_str().parse().unwrap_or_else(|_| unreachable!("a UUID is a user id"));
    NewJob {
        id: JobId::new(now),
        user_id,
        session_id,
        kind: TaskKind::FlashcardGeneration,
        request: json!({"type": "flashcard_generation", "options": {"count": CARDS}, "message": "Make cards"}),
        note: Some(NewNote {
            id: NoteId::new(now),
            folder_id: None,
            title: "Light".into(),
            content: text,
            origin: None,
            anchors: Vec::new(),
        }),
        idempotency_key: None,
        now,
        lease: Some(NewLease { worker: WorkerId("cycles".into()), until: now }),
    }
}

fn new_material(user_id: UserId, now: Timestamp, note_id: Option<NoteId>) -> NewMaterial {
    let id = SetId::new(now);
    let card = |position| Flashcard {
        id: CardId::new(now),
        set_id: id,
        position,
        question: "What does chlorophyll do with light?".into(),
        answer: "It absorbs it and gives its energy on.".into(),
        explanation: None,
        topic: "Chlorophyll".into(),
        difficulty: Difficulty::Medium,
        form: CardForm::Fact,
        source: note_id.map(|note_id| Source {
            note_id,
            note_version: 1,
            start: 0,
            end: 50,
            quote: "Chlorophyll absorbs light and gives its energy on.".into(),
        }),
        verdict: Some(Verdict {
            scores: Scores { safety: 1.0, quality: 0.9, accuracy: 0.95 },
            faults: vec![],
        }),
        author: Author::Offline,
        created_at: now,
    };
    let material = Material {
        id: MaterialId(id.0),
        user_id,
        note_id,
        title: "Light".into(),
        created_at: now,
        model_used: "offline".into(),
        body: Body::Flashcards((0..CARDS).map(card).collect()),
    };
    NewMaterial { material, fingerprint: None, session_id: SessionId::new(now) }
}
