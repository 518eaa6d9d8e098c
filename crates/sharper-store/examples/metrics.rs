//! What the metrics of a day cost with ten million runs in it.
//!
//! Fills a SQLite file once (rows in bulk, then the roll-ups from the rows as the recorder would have kept them), and asks for
//! the metrics of 24 hours again and again. `cargo run --release -p sharper-store --example metrics -- FOLDER [MILLIONS]`

use std::error::Error;
use std::io::Write;
use std::time::{Duration, Instant};

use sharper_domain::{ExecutionId, Timestamp};
use sharper_store::executions::{Execution, ExecutionStatus};
use sharper_store::{Durability, Store, StoreError, StoreSettings, Value};

/// The agents of a request with a model, and how long each takes at most, in milliseconds.
const AGENTS: [(&str, u64); 12] = [
    ("main_orchestrator", 20_000),
    ("rag_agent", 60),
    ("progress_agent", 20),
    ("conversation_agent", 10),
    ("profile_agent", 30),
    ("history_agent", 10),
    ("flashcard_agent", 15_000),
    ("quiz_agent", 18_000),
    ("summary_agent", 9_000),
    ("chat_agent", 5_000),
    ("quality_agent", 6_000),
    ("safety_agent", 3),
];
/// The window's end: some seconds into a minute, so that every kind of piece is read.
const NOW: i64 = 1_790_001_234_567_890;
const DAY: i64 = 24 * 3_600_000_000;
/// Runs that are written in one transaction.
const BATCH: i64 = 100_000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let folder = words.next().ok_or("say in which folder")?;
    let millions: i64 = words.next().map_or(Ok(10), |word| word.parse())?;
    let settings = StoreSettings { data_dir: folder.into(), ..StoreSettings::default() };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let store = Store::open(&settings).await?;
        let count = count(&store).await?;
        if count < millions * 1_000_000 {
            fill(&store, count, millions * 1_000_000).await?;
        }
        measure(&store, 24).await?;
        measure(&store, 1).await?;
        let begun = Instant::now();
        store.series(now()?, 24, 96).await?;
        say(format!("series of 24 hours in 96 points: {:.2} ms", begun.elapsed().as_secs_f64() * 1e3))?;
        store.close().await;
        Ok(())
    })
}

fn now() -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(NOW).map_err(|_| StoreError::NotFound)
}

fn say(line: String) -> Result<(), std::io::Error> {
    writeln!(std::io::stdout(), "{line}")
}

async fn count(store: &Store) -> Result<i64, StoreError> {
    let read = |conn: &mut sharper_store::Conn<'_>| {
        let text = "SELECT coalesce(max(rowid), 0) AS runs FROM agent_executions";
        conn.query_one(text, &[])?.get("runs")
    };
    store.house().read(read).await
}

/// A run at this place of the day: times spread over the day and a little before it, one in fifty failed.
fn run(number: i64, all: i64) -> Result<Execution, StoreError> {
    let mixed = (number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
    let (agent, most) = AGENTS[(number % AGENTS.len() as i64) as usize];
    let at = NOW - DAY - 3_600_000_000 + (DAY + 3_600_000_000) / all * number;
    let created_at = Timestamp::from_microsecond(at).map_err(|_| StoreError::NotFound)?;
    let share = (mixed % 1_000) as f64 / 1_000.0;
    Ok(Execution {
        id: ExecutionId::new(created_at),
        user_id: None,
        session_id: None,
        request_id: Some(format!("{:032x}", number / AGENTS.len() as i64)),
        agent_name: agent.to_owned(),
        input_data: None,
        output_data: Some(serde_json::json!({"items": mixed % 20})),
        execution_time_ms: (most as f64 * share.powi(3)) as u64,
        tokens_used: mixed % 4_000,
        model_used: Some("offline".into()),
        status: if mixed.is_multiple_of(50) { ExecutionStatus::Failure } else { ExecutionStatus::Success },
        error_message: None,
        created_at,
        items: Vec::new(),
    })
}

async fn fill(store: &Store, from: i64, all: i64) -> Result<(), Box<dyn Error>> {
    let begun = Instant::now();
    for first in (from..all).step_by(BATCH as usize) {
        let runs = (first..(first + BATCH).min(all)).map(|number| run(number, all));
        store.record_executions(runs.collect::<Result<_, _>>()?).await?;
    }
    let took = begun.elapsed().as_secs_f64();
    say(format!("recorded {} runs in {took:.0} s: {:.0} a second", all - from, (all - from) as f64 / took))?;
    Ok(())
}

/// The metrics of the last hours, which must equal a count over the rows, and the time they take.
async fn measure(store: &Store, hours: u32) -> Result<(), Box<dyn Error>> {
    let now = now()?;
    let mut times = Vec::new();
    for _ in 0..200 {
        let begun = Instant::now();
        store.metrics(now, hours).await?;
        times.push(begun.elapsed());
    }
    times.sort();
    let told = store.metrics(now, hours).await?;
    let begun = Instant::now();
    let count = "SELECT count(*) AS runs, coalesce(sum(execution_time_ms), 0) AS ms FROM agent_executions \
        WHERE agent_name = 'main_orchestrator' AND created_at >= $1 AND created_at <= $2";
    let from = Value::Int(NOW - i64::from(hours) * 3_600_000_000);
    let counted = store.house().write(Durability::Relaxed, move |conn| {
        let row = conn.query_one(count, &[from, Value::Int(NOW)])?;
        Ok((row.get::<u64>("runs")?, row.get::<i64>("ms")?))
    });
    let (requests, ms) = counted.await?;
    let (mean, counting) = ((ms as f64 / requests as f64 * 100.0).round() / 100.0, begun.elapsed());
    if (told.total_requests, told.avg_execution_time_ms) != (requests, mean) {
        return Err(format!("{} requests of {requests}", told.total_requests).into());
    }
    let at = |share: usize| at(&times, share);
    say(format!(
        "metrics of {hours} hours: {:.2} ms median, {:.2} ms p95; {requests} requests; counting the rows: {:.0} ms",
        at(50),
        at(95),
        counting.as_secs_f64() * 1e3
    ))?;
    Ok(())
}

/// The time that so many of a hundred stay under, in milliseconds.
fn at(times: &[Duration], of_hundred: usize) -> f64 {
    times[(times.len() - 1) * of_hundred / 100].as_secs_f64() * 1e3
}
