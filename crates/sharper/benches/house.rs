//! What the house costs: `cargo xtask bench` prints a table. Figures, not tests: nothing fails on a slow day.
//!
//! The real binary on a real disk, durability on; the load comes from this process, over loopback.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark prints, and stops where something is not as it must be"
)]

// The model of the tests: a real server, a good writer, an honest judge.
#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../tests/models/house.rs"]
mod house;
#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../tests/models/wire.rs"]
mod wire;
#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../tests/models/writer.rs"]
mod writer;

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sharper_domain::FlashcardOptions;
use sharper_study::{compose, judge, read};
use sharper_testkit::{Client, Server, ServerOptions};

const TEXTS: [&str; 3] = [
    include_str!("../../../samples/immune-disruptions.md"),
    include_str!("../../../samples/measuring-money.md"),
    include_str!("../../../samples/common-sense.md"),
];

fn main() {
    println!("| figure | measured |\n|---|---|");
    author();
    let program = Path::new(env!("CARGO_BIN_EXE_study-sharper"));
    let bytes = std::fs::metadata(program).unwrap().len();
    row("size of the binary", format!("{:.1} MB", bytes as f64 / 1e6));
    start(program);
    let server = Server::start(program, ServerOptions::new());
    idle(&server);
    one_by_one(&server.client());
    streams(&server, 1_000);
    let server = Server::start(program, ServerOptions::new().env("LOG_LEVEL", "warn"));
    together(&server, 64, 2_000);
    health(&server);
    monitoring(program);
    with_a_model();
}

fn row(figure: &str, measured: String) {
    println!("| {figure} | {measured} |");
}

/// The middle of some times, in milliseconds, and the one that 19 of 20 stay under.
fn spread(mut times: Vec<Duration>) -> String {
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    format!("{:.1} ms median, {:.1} ms p95", at(0.5), at(0.95))
}

/// A text of about so many words, made of the samples; `salt` makes it another text.
fn words(count: usize, salt: usize) -> String {
    let all = TEXTS.join("\n\n");
    let text: Vec<&str> = all.split_inclusive(char::is_whitespace).take(count).collect();
    format!("# Notes {salt}\n\n{}", text.concat())
}

/// The offline author alone, on one core: writing, and writing with checking.
fn author() {
    let text: String = (0..60).map(|salt| words(2_900, salt) + "\n\n").collect();
    let megabytes = text.len() as f64 / 1e6;
    let begun = Instant::now();
    let documents = [read::Document::parse(&text)];
    let drafts: Vec<_> =
        compose::flashcards(&documents, &FlashcardOptions { count: 200, ..Default::default() })
            .take(200)
            .collect();
    let wrote = begun.elapsed().as_secs_f64();
    row("offline author, text read and written from", format!("{:.2} MB/s a core", megabytes / wrote));

    let text = words(2_000, 0);
    let begun = Instant::now();
    let mut rounds = 0;
    let mut accepted = 0;
    while begun.elapsed() < Duration::from_secs(2) {
        let documents = [read::Document::parse(&text)];
        let source = judge::Source::new(&[&text]);
        let mut judge = judge::CardJudge::new(&source, std::iter::empty());
        let options = FlashcardOptions { count: 20, ..Default::default() };
        let before = accepted;
        for draft in compose::flashcards(&documents, &options) {
            if judge.check(&draft).passed() {
                judge.accept(&draft);
                accepted += 1;
            }
            if accepted - before == 20 {
                break;
            }
        }
        rounds += 1;
    }
    let took = begun.elapsed().as_secs_f64();
    row(
        "2,000 words to 20 checked cards, author and judge alone",
        format!("{:.1} ms", took * 1e3 / f64::from(rounds)),
    );
    row("checked cards a second, one core", format!("{:.0}", f64::from(accepted) / took));
    drop(drafts);
}

/// From the start of the process to the first answer.
fn start(program: &Path) {
    let mut times = Vec::new();
    for _ in 0..10 {
        let begun = Instant::now();
        let server = Server::start(program, ServerOptions::new());
        times.push(begun.elapsed());
        drop(server);
    }
    row("start to the first answer, new data folder", spread(times));
}

fn resident(server: &Server) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.process().unwrap())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn cpu(server: &Server) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", server.process().unwrap())).unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    // utime and stime, in ticks of 10 ms.
    (fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()) / 100.0
}

fn idle(server: &Server) {
    std::thread::sleep(Duration::from_secs(1));
    row("resident memory, idle", format!("{:.1} MB", resident(server) / 1e3));
}

fn request(user: usize, text: String, count: u32) -> Value {
    json!({"type": "flashcard_generation", "user_id": format!("user-{user}"),
        "options": {"count": count, "content": text}})
}

fn accepted(client: &Client, body: &Value) -> String {
    let answer = client.post("/api/ai/process-stream", body).expect_status(200).json();
    answer["stream_url"].as_str().unwrap().to_owned()
}

/// One student, a note of 2,000 words, 20 cards.
fn one_by_one(client: &Client) {
    let (mut answers, mut firsts, mut completes) = (Vec::new(), Vec::new(), Vec::new());
    for salt in 0..40 {
        let body = request(salt, words(2_000, salt), 20);
        let begun = Instant::now();
        let url = accepted(client, &body);
        answers.push(begun.elapsed());
        let mut first = None;
        for event in client.stream(&url, None) {
            if event.data.starts_with("{\"data\":{\"answer\"") || event.data.contains("\"type\":\"item\"") {
                first.get_or_insert(begun.elapsed());
            }
        }
        completes.push(begun.elapsed());
        firsts.push(first.unwrap());
    }
    row("POST to its answer (the job is synced to disk)", spread(answers));
    row("POST to the first `item`, 2,000 words", spread(firsts));
    row("POST to `complete`, 2,000 words, 20 cards", spread(completes));
}

/// Streams that wait for their request.
fn streams(server: &Server, count: usize) {
    let before = resident(server);
    let client = server.client();
    let open: Vec<_> = (0..count)
        .map(|n| client.stream(&format!("/api/ai/stream/6f1f7b0e-5d1c-4b62-9d53-{n:012x}"), None))
        .collect();
    std::thread::sleep(Duration::from_secs(2));
    let each = (resident(server) - before) / count as f64;
    row(&format!("memory of an idle open stream, {count} open"), format!("{each:.1} KiB"));
    drop(open);
}

/// Many students at once, each text another, 10 cards from about 300 words.
fn together(server: &Server, clients: usize, jobs: usize) {
    let cpu_before = cpu(server);
    let rate = rate(server, clients, 0..jobs);
    let cpu = cpu(server) - cpu_before;
    row(&format!("generations a second, {clients} clients, 300 words"), format!("{rate:.0}"));
    row("server CPU a generation", format!("{:.2} ms", cpu * 1e3 / jobs as f64));
}

/// What monitoring costs: two servers side by side, one of which records and counts nothing, asked in turn, so that whatever
/// else the machine does befalls both.
fn monitoring(program: &Path) {
    let start = |record: &str| {
        let options = ServerOptions::new().env("LOG_LEVEL", "warn").env("MONITORING", record);
        Server::start(program, options)
    };
    let (on, off) = (start("true"), start("false"));
    let (rounds, jobs) = (6, 300);
    let (mut with, mut without, mut cpu_with, mut cpu_without) = (0.0, 0.0, 0.0, 0.0);
    for round in 0..rounds {
        let salts = 100_000 + round * jobs..100_000 + (round + 1) * jobs;
        let before = (cpu(&on), cpu(&off));
        without += 1.0 / rate(&off, 64, salts.clone());
        with += 1.0 / rate(&on, 64, salts);
        cpu_with += cpu(&on) - before.0;
        cpu_without += cpu(&off) - before.1;
    }
    row("generations a second with monitoring on, of those with it off", format!("{:.3}", without / with));
    let each = (cpu_with - cpu_without) * 1e3 / (rounds * jobs) as f64;
    row("server CPU that monitoring takes, a generation", format!("{each:.2} ms"));
}

/// Generations a second.
fn rate(server: &Server, clients: usize, jobs: std::ops::Range<usize>) -> f64 {
    let (next, begun) = (AtomicUsize::new(jobs.start), Instant::now());
    std::thread::scope(|scope| {
        for _ in 0..clients {
            scope.spawn(|| {
                let client = server.client();
                loop {
                    let job = next.fetch_add(1, Ordering::Relaxed);
                    if job >= jobs.end {
                        break;
                    }
                    let url = accepted(&client, &request(job, words(300, job), 10));
                    let end = client.stream(&url, None).last().unwrap();
                    assert!(end.data.starts_with("{\"type\":\"complete\""), "{}", end.data);
                }
            });
        }
    });
    jobs.len() as f64 / begun.elapsed().as_secs_f64()
}

fn health(server: &Server) {
    let client = server.client();
    let (begun, mut count) = (Instant::now(), 0);
    while begun.elapsed() < Duration::from_secs(2) {
        client.get("/health").expect_status(200);
        count += 1;
    }
    let rate = f64::from(count) / begun.elapsed().as_secs_f64();
    row("`/health`, one client, a connection each", format!("{rate:.0} requests/s"));
}

/// What the house adds to a model: here one that takes no time, over TCP; two calls a set, six cards.
fn with_a_model() {
    use house::{CELLS, House, Setup, end, make, request};
    use wire::{answer, passes};
    let writer = writer::Writer::of(CELLS);
    let house = House::with(&Setup::default(), move |asked| {
        let text = if asked.is_judging() { passes(asked) } else { writer.write(asked) };
        answer(asked, &text)
    });
    let (mut times, before) = (Vec::new(), cpu(&house.server));
    let sets = 100;
    for number in 0..sets {
        let user = format!("user-{number}");
        let body =
            request(sharper_domain::TaskKind::FlashcardGeneration, &user, "From my notes, please.", CELLS);
        let begun = Instant::now();
        let last = end(&make(&house.client(), &body));
        times.push(begun.elapsed());
        assert_eq!((&last["type"], &last["metadata"]["model_calls"]), (&json!("complete"), &json!(2)));
    }
    row("POST to `complete` with a model that takes no time, 6 cards", spread(times));
    let each = (cpu(&house.server) - before) * 1e3 / f64::from(sets);
    row("server CPU of such a set", format!("{each:.2} ms"));
}
