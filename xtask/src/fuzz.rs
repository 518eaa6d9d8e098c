//! `cargo xtask fuzz-api`: schemathesis asks the real binary whatever its own description allows, and more, and looks
//! whether each answer is one that the description promised.
//!
//! Twice: as anybody on a server where nobody signs in, and with an API token on one where everybody does. The server is
//! started for it, on this machine alone, without a model, with a data folder that is thrown away.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::run::{self, Running, Stop};

/// What is installed, and how it is to ask.
const FOLDER: &str = "tools/schemathesis";
/// How long the server may take to answer after its start.
const READY_WITHIN: Duration = Duration::from_secs(60);
/// Cases for each operation where the command does not say: about half a minute.
const CASES: u32 = 5;

/// How the server is started.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Door {
    Open,
    SignedIn,
}

/// `--cases N` (for each operation and phase, at most) and `--seed N`.
struct Wanted {
    cases: u32,
    seed: u32,
}

impl Wanted {
    fn of(words: &[&str]) -> Result<Self, String> {
        let mut wanted = Self { cases: CASES, seed: 1 };
        for pair in words.chunks(2) {
            let number = pair.get(1).and_then(|text| text.parse::<u32>().ok()).filter(|number| *number > 0);
            match (pair[0], number) {
                ("--cases", Some(number)) => wanted.cases = number,
                ("--seed", Some(number)) => wanted.seed = number,
                _ => return Err("usage: cargo xtask fuzz-api [--cases N] [--seed N]".to_owned()),
            }
        }
        Ok(wanted)
    }
}

/// Runs both, and fails where anything was found.
///
/// # Errors
/// When schemathesis cannot be installed or the server does not start.
pub(crate) fn command(root: &Path, words: &[&str]) -> Result<ExitCode, String> {
    let wanted = Wanted::of(words)?;
    let stop = Stop::listen()?;
    let program = install(root, &stop)?;
    let mut build = run::tethered(env!("CARGO"), "TERM", Vec::new());
    build.args(["build", "--quiet", "--locked", "--package", "sharper"]).current_dir(root);
    if !run::run(&mut build, &stop)?.success() {
        return Ok(ExitCode::FAILURE);
    }
    let mut found = false;
    for door in [Door::Open, Door::SignedIn] {
        let folder = Scratch::make()?;
        let server = Started::start(root, &folder.0, door)?;
        let mut asking = run::tethered(&program, "TERM", Vec::new());
        asking
            .arg("--config-file")
            .arg(root.join(FOLDER).join("schemathesis.toml"))
            .arg("run")
            .arg(format!("{}/openapi.json", server.url()))
            .args(["--phases", "examples,coverage,fuzzing,stateful", "--checks", "all", "--no-color"])
            .args(["--max-examples", &wanted.cases.to_string(), "--seed", &wanted.seed.to_string()])
            .current_dir(&folder.0);
        if door == Door::SignedIn {
            asking.arg("--header").arg(format!("Authorization: Bearer {}", server.token()?));
        }
        println!("\n== {}", if door == Door::Open { "nobody signs in" } else { "with an API token" });
        found |= !run::run(&mut asking, &stop)?.success();
        server.is_sound()?;
    }
    Ok(if found { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// schemathesis, in a folder of the cache that is named by what is in it.
fn install(root: &Path, stop: &Stop) -> Result<PathBuf, String> {
    let list = root.join(FOLDER).join("requirements.txt");
    let text = fs::read_to_string(&list).map_err(|error| format!("reading {}: {error}", list.display()))?;
    let version = text.lines().find_map(|line| line.strip_prefix("schemathesis=="));
    let version = version.ok_or("requirements.txt names no schemathesis")?;
    let home = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::var_os("HOME").map(|home| Path::new(&home).join(".cache")));
    let folder = home.ok_or("HOME is not set")?.join(format!("study-sharper/schemathesis-{version}"));
    let program = folder.join("bin/schemathesis");
    let done = folder.join("installed");
    if done.is_file() {
        return Ok(program);
    }
    println!("fuzz-api: installing schemathesis {version} into {}", folder.display());
    let mut make = run::tethered("python3", "TERM", Vec::new());
    make.args(["-m", "venv", "--clear"]).arg(&folder);
    let mut fill = run::tethered(folder.join("bin/python"), "TERM", Vec::new());
    fill.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--requirement",
    ]);
    fill.arg(&list);
    if !run::run(&mut make, stop)?.success() || !run::run(&mut fill, stop)?.success() {
        return Err(
            "schemathesis could not be installed: it needs python3 with venv, and a package index".to_owned()
        );
    }
    fs::write(&done, version).map_err(|error| format!("writing {}: {error}", done.display()))?;
    Ok(program)
}

/// A folder of this run alone.
struct Scratch(PathBuf);

impl Scratch {
    fn make() -> Result<Self, String> {
        let path = std::env::temp_dir().join(format!("study-sharper-fuzz-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir(&path).map_err(|error| format!("making {}: {error}", path.display()))?;
        Ok(Self(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The server.
struct Started {
    port: u16,
    log: PathBuf,
    _running: Running,
}

impl Started {
    fn start(root: &Path, folder: &Path, door: Door) -> Result<Self, String> {
        let free = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
        let port = free.map_err(|error| format!("looking for a free port: {error}"))?.port();
        let settings = folder.join("settings.toml");
        let (data, log) = (folder.join("data"), folder.join("log"));
        fs::write(&settings, SETTINGS).map_err(|error| format!("writing {}: {error}", settings.display()))?;
        let output = fs::File::create(&log).map_err(|error| format!("making {}: {error}", log.display()))?;
        let errors = output.try_clone().map_err(|error| format!("the log: {error}"))?;
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        let mut command: Command = run::tethered(target.join("debug/study-sharper"), "TERM", Vec::new());
        command.arg("--config").arg(&settings).arg("serve").current_dir(folder).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("PORT", port.to_string()).env("DATA_DIR", &data).env("LOG_FORMAT", "text");
        command.env("SIGN_IN", if door == Door::Open { "open" } else { "required" });
        command.stdin(Stdio::null()).stdout(output).stderr(errors);
        let child = command.spawn().map_err(|error| format!("the server could not be started: {error}"))?;
        let started = Self { port, log, _running: Running(child) };
        let patience = Instant::now() + READY_WITHIN;
        while started.ask("GET", "/readyz", "", "").is_none_or(|answer| !answer.starts_with("HTTP/1.1 200")) {
            if Instant::now() > patience {
                return Err(format!("the server does not answer:\n{}", started.said()));
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(started)
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn said(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// A panic is a fault even where the answer was right.
    fn is_sound(&self) -> Result<(), String> {
        let said = self.said();
        let panic = said.lines().find(|line| line.contains("panicked"));
        panic.map_or(Ok(()), |line| Err(format!("the server panicked: {line}")))
    }

    /// An account, and an API token of it.
    fn token(&self) -> Result<String, String> {
        let account = r#"{"email": "fuzz@example.org", "password": "one long sentence of words"}"#;
        let register = self.ask("POST", "/api/auth/register", "", account).unwrap_or_default();
        let cookie = register.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("set-cookie").then(|| value.split(';').next().unwrap_or_default())
        });
        let cookie = cookie.ok_or_else(|| format!("no account could be opened:\n{register}"))?;
        let head = format!("Cookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\n");
        let made = self.ask("POST", "/api/auth/tokens", &head, r#"{"name": "fuzz"}"#).unwrap_or_default();
        let body = made.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        let body: Value =
            serde_json::from_str(body).map_err(|_| format!("no token could be made:\n{made}"))?;
        body["token"]["token"].as_str().map(str::to_owned).ok_or_else(|| format!("no token in {body}"))
    }

    /// One request, and the whole answer.
    fn ask(&self, method: &str, path: &str, head: &str, body: &str) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\n{head}\r\n{body}"
        );
        stream.write_all(request.as_bytes()).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        Some(answer)
    }
}

/// Limits out of the way, and streams that nobody posts for let go soon: thousands of them are opened.
const SETTINGS: &str = "\
[server.streams]
wait_seconds = 1
keepalive_seconds = 1

[limits]
per_minute = 1000000
per_hour = 1000000
content_per_minute = 1000000
sign_in_per_minute = 1000000

[store]
jobs_per_user = 2000

[store.quotas]
generations_per_day = 0
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_takes_numbers_and_nothing_else() {
        let wanted = Wanted::of(&["--cases", "40", "--seed", "7"]).unwrap();
        assert_eq!((wanted.cases, wanted.seed), (40, 7));
        assert_eq!(Wanted::of(&[]).unwrap().cases, CASES);
        for wrong in [&["--cases"][..], &["--cases", "0"], &["--seeds", "1"], &["--cases", "many"]] {
            assert!(Wanted::of(wrong).is_err(), "{wrong:?}");
        }
    }
}
