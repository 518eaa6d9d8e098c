//! An eye on a server: its memory, its children and how soon it answers, while something is done to it.

use std::fs;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::{Client, Server};

/// Looks at a server and its children while they work.
pub struct Watch {
    server: u32,
    client: Client,
    before: u64,
    ended: AtomicBool,
    /// The most that the server had before its mark was last forgotten.
    most: AtomicU64,
    children: AtomicU64,
    child: AtomicU64,
    waits: Mutex<Vec<Duration>>,
}

/// What it saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// How often a child was seen.
    pub children: u64,
    /// The most that one had in memory, in KiB.
    pub child: u64,
    /// By how much the server had grown at most since the watch began, in KiB.
    pub growth: u64,
    /// The middle of how long `/livez` took to answer.
    pub p50: Duration,
    /// What one in a hundred took longer than.
    pub p99: Duration,
}

impl Watch {
    /// Remembers what the server has in memory now.
    ///
    /// # Panics
    /// When the server does not run.
    #[track_caller]
    pub fn begin(server: &Server) -> Self {
        let Some(process) = server.process() else { panic!("the server does not run") };
        forget_most(process);
        Self {
            server: process,
            client: server.client(),
            before: memory(process, "VmRSS:").unwrap_or_default(),
            ended: AtomicBool::new(false),
            most: AtomicU64::new(0),
            children: AtomicU64::new(0),
            child: AtomicU64::new(0),
            waits: Mutex::default(),
        }
    }

    /// Looks while `work` is done.
    ///
    /// # Panics
    /// When `/livez` does not answer 200.
    #[track_caller]
    pub fn over(&self, work: impl FnOnce()) -> Seen {
        std::thread::scope(|scope| {
            scope.spawn(|| self.look());
            let ended = Ended(&self.ended);
            work();
            drop(ended);
        });
        self.seen()
    }

    /// By how much the server grew at most while `work` was done, in KiB; what it held before is not counted.
    pub fn growth_over(&self, work: impl FnOnce()) -> u64 {
        let before = memory(self.server, "VmRSS:").unwrap_or_default();
        let most = memory(self.server, "VmHWM:").unwrap_or_default();
        forget_most(self.server);
        work();
        let during = memory(self.server, "VmHWM:").unwrap_or_default();
        self.most.fetch_max(most.max(during), Ordering::Relaxed);
        during.saturating_sub(before)
    }

    fn look(&self) {
        while !self.ended.load(Ordering::Relaxed) {
            let began = Instant::now();
            self.client.get("/livez").expect_status(200);
            self.waits.lock().unwrap_or_else(PoisonError::into_inner).push(began.elapsed());
            for child in children(self.server) {
                self.children.fetch_add(1, Ordering::Relaxed);
                self.child.fetch_max(memory(child, "VmHWM:").unwrap_or_default(), Ordering::Relaxed);
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn seen(&self) -> Seen {
        let mut waits = self.waits.lock().unwrap_or_else(PoisonError::into_inner).clone();
        waits.sort();
        let most = memory(self.server, "VmHWM:").unwrap_or_default();
        Seen {
            children: self.children.load(Ordering::Relaxed),
            child: self.child.load(Ordering::Relaxed),
            growth: most.max(self.most.load(Ordering::Relaxed)).saturating_sub(self.before),
            p50: waits.get(waits.len() / 2).copied().unwrap_or_default(),
            p99: waits.get(waits.len() * 99 / 100).copied().unwrap_or_default(),
        }
    }
}

/// Ends the looking, also where the work panics.
struct Ended<'a>(&'a AtomicBool);

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// From here on the mark of the most that a process had is its own again.
fn forget_most(process: u32) {
    let _ = fs::write(format!("/proc/{process}/clear_refs"), "5");
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
