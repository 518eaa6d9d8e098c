//! Files that want to do harm, against the real server: each is refused or harmlessly read, and nobody else notices.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use sharper_testkit::bombs::{Bomb, all};
use sharper_testkit::{Client, Server, ServerOptions};

use crate::files::upload;
use crate::stage::program;

/// Memory that one file may take, in KiB: what `config/default.toml` says.
const CHILD: u64 = 512 << 10;
/// Memory by which the server may grow while it reads one, in KiB.
const GROWTH: u64 = 50 << 10;

#[test]
fn a_file_that_wants_to_do_harm_harms_nobody() {
    let folder = sharper_testkit::TempFolder::new();
    let settings = folder.path().join("quick.toml");
    // Seconds of a test are dear; the limits are the same otherwise.
    fs::write(&settings, "[files]\ncpu_seconds = 2\nwall_seconds = 8\nslots_per_user = 2\n").unwrap();
    let arguments = ["--config", &settings.display().to_string(), "serve"];
    let server = Server::start(program(), ServerOptions::new().arguments(&arguments));
    let client = server.client();
    let watch = Watch::begin(&server);
    upload(&client, "good.md", b"# Cells\n\nCells are the smallest units of life.\n").expect_status(201);
    let files = everything_in(&server.data_folder());
    let quick: Vec<Bomb> = all().into_iter().filter(|bomb| bomb.quick).collect();
    assert!(quick.len() >= 40, "{} are few", quick.len());
    std::thread::scope(|scope| {
        scope.spawn(|| watch.look());
        let next = AtomicU64::new(0);
        let work = || {
            while let Some(bomb) = quick.get(usize::try_from(next.fetch_add(1, Ordering::Relaxed)).unwrap()) {
                set_off(&client, bomb);
            }
        };
        std::thread::scope(|both| {
            both.spawn(work);
            both.spawn(work);
        });
        watch.end();
    });
    let seen = watch.seen();
    println!(
        "{} bombs: the largest child {} MiB, the server grew by {} MiB; livez p50 {:?}, p99 {:?}",
        quick.len(),
        seen.child >> 10,
        seen.growth >> 10,
        seen.p50,
        seen.p99
    );
    assert!(seen.children > 0, "no child was seen at all");
    assert!(seen.child <= CHILD, "a child took {} KiB", seen.child);
    // Two are read at a time, and each may be 25 MiB itself.
    assert!(seen.growth <= 2 * GROWTH, "the server grew by {} KiB", seen.growth);
    assert_eq!(everything_in(&server.data_folder()), files, "nothing is written but the database");
    assert!(!Path::new("/tmp/study-sharper-was-here").exists());
    let good = upload(&client, "good.md", b"# Tissue\n\nTissue is made of cells of one kind.\n");
    good.expect_status(201);
}

/// Sends it. Whatever it is, it is the file that is told of, never the server.
fn set_off(client: &Client, bomb: &Bomb) {
    let bytes = bomb.bytes();
    assert!(bytes.len() <= 25 << 20, "{}: {} bytes", bomb.name, bytes.len());
    let began = Instant::now();
    let answer = upload(client, bomb.file, &bytes);
    let body = answer.json();
    println!("{:>6} ms  {}  {}  {}", began.elapsed().as_millis(), answer.status, body["fault"], bomb.name);
    assert!(matches!(answer.status, 200 | 201 | 415 | 422), "{}: {body}", bomb.name);
}

/// The files of a folder, by name.
fn everything_in(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.path() {
            path if path.is_dir() => found.extend(everything_in(&path)),
            path => drop(found.insert(path)),
        }
    }
    found
}

/// Looks at the server and its children while they work.
struct Watch {
    server: u32,
    client: Client,
    before: u64,
    ended: AtomicBool,
    children: AtomicU64,
    child: AtomicU64,
    waits: std::sync::Mutex<Vec<Duration>>,
}

struct SeenByWatch {
    /// How often a child was seen.
    children: u64,
    /// The most that one had in memory, in KiB.
    child: u64,
    /// By how much the server grew at most, in KiB.
    growth: u64,
    p50: Duration,
    p99: Duration,
}

impl Watch {
    fn begin(server: &Server) -> Self {
        let process = server.process().unwrap();
        // From here on the mark of the most that it had is its own again.
        let _ = fs::write(format!("/proc/{process}/clear_refs"), "5");
        Self {
            server: process,
            client: server.client(),
            before: memory(process, "VmRSS:").unwrap_or_default(),
            ended: AtomicBool::new(false),
            children: AtomicU64::new(0),
            child: AtomicU64::new(0),
            waits: std::sync::Mutex::default(),
        }
    }

    fn look(&self) {
        while !self.ended.load(Ordering::Relaxed) {
            let began = Instant::now();
            self.client.get("/livez").expect_status(200);
            self.waits.lock().unwrap().push(began.elapsed());
            for child in children(self.server) {
                self.children.fetch_add(1, Ordering::Relaxed);
                self.child.fetch_max(memory(child, "VmHWM:").unwrap_or_default(), Ordering::Relaxed);
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn end(&self) {
        self.ended.store(true, Ordering::Relaxed);
    }

    fn seen(&self) -> SeenByWatch {
        let mut waits = self.waits.lock().unwrap().clone();
        waits.sort();
        SeenByWatch {
            children: self.children.load(Ordering::Relaxed),
            child: self.child.load(Ordering::Relaxed),
            growth: memory(self.server, "VmHWM:").unwrap_or_default().saturating_sub(self.before),
            p50: waits[waits.len() / 2],
            p99: waits[waits.len() * 99 / 100],
        }
    }
}

/// A figure of a process in KiB, unless it is gone.
fn memory(process: u32, what: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix(what)?.trim().strip_suffix(" kB")?.parse().ok())
}

/// The processes that a process started.
fn children(of: u32) -> Vec<u32> {
    let tasks = fs::read_dir(format!("/proc/{of}/task")).into_iter().flatten().flatten();
    let lists = tasks.filter_map(|task| fs::read_to_string(task.path().join("children")).ok());
    lists
        .flat_map(|list| list.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<u32>>())
        .collect()
}
