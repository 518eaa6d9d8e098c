//! Files that want to do harm, against the real server: each is refused or harmlessly read, and nobody else notices.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use sharper_testkit::bombs::{Bomb, all};
use sharper_testkit::{Client, Server, ServerOptions, Watch};

use crate::files::upload;
use crate::stage::program;

/// Memory that one file may take, in KiB: what `config/default.toml` says.
const CHILD: u64 = 512 << 10;
/// Memory by which the server may grow while it reads one, in KiB.
const GROWTH: u64 = 50 << 10;
/// Memory by which it may have grown over them all, in KiB: what could be read of some is a note, whose index stays.
const GROWTH_OVER_ALL: u64 = 80 << 10;

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
    let mut most = (0, "");
    let seen = watch.over(|| {
        let growths = quick.iter().map(|bomb| (watch.growth_over(|| set_off(&client, bomb)), bomb.name));
        most = growths.max().unwrap_or_default();
    });
    println!(
        "{} bombs: the largest child {} MiB, the server grew by {} MiB over one ({}), by {} MiB over all; livez p50 {:?}, p99 {:?}",
        quick.len(),
        seen.child >> 10,
        most.0 >> 10,
        most.1,
        seen.growth >> 10,
        seen.p50,
        seen.p99
    );
    assert!(seen.children > 0, "no child was seen at all");
    assert!(seen.child <= CHILD, "a child took {} KiB", seen.child);
    assert!(most.0 <= GROWTH, "{}: the server grew by {} KiB", most.1, most.0);
    assert!(seen.growth <= GROWTH_OVER_ALL, "the server grew by {} KiB over all", seen.growth);
    assert_eq!(everything_in(&server.data_folder()), files, "nothing is written but the database");
    assert!(!Path::new("/tmp/study-sharper-was-here").exists());
    let good = upload(&client, "good.md", b"# Tissue\n\nTissue is made of cells of one kind.\n");
    good.expect_status(201);
}

#[test]
fn what_reads_a_file_can_reach_no_file_no_network_and_no_program() {
    let mut child = Command::new(program())
        .args(["read-file", &(CHILD << 10).to_string(), "5"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let task = json!({"name": "", "pages": 1, "unpacked": 1, "text": 1, "wanted": "held"});
    writeln!(child.stdin.take().unwrap(), "{task}").unwrap();
    let told = child.wait_with_output().unwrap();
    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    // Beside what it says that it did, it has tried: unit tests of `cage.rs` see the same tries succeed outside.
    assert_eq!(told, json!({"files": true, "calls": true, "reaches": []}));
}

/// Sends it. Whatever it is, it is the file that is told of, never the server.
fn set_off(client: &Client, bomb: &Bomb) {
    let bytes = bomb.bytes();
    assert!(bytes.len() <= 25 << 20, "{}: {} bytes", bomb.name, bytes.len());
    let answer = upload(client, bomb.file, &bytes);
    let body = answer.json();
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
