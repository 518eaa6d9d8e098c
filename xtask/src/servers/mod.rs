//! Private servers for tests: a PostgreSQL with pgvector and a Redis, on free ports of the loopback.
//!
//! They never touch a server that already runs, keep nothing, and end with the command they were started for,
//! even when this program is killed (`setpriv --pdeathsig`). `./test` installs what is missing here.

mod postgres;
mod redis;

use std::ffi::OsStr;
use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use crate::run::{self, Running, Stop};

/// How long a server may take to answer after its start.
const READY_WITHIN: Duration = Duration::from_secs(60);
const FOLDER_PREFIX: &str = "study-sharper-servers-";

/// Both servers, stopped and swept when the value goes.
pub(crate) struct Servers {
    postgres: postgres::Postgres,
    redis: redis::Redis,
    chromium: PathBuf,
    chromedriver: PathBuf,
    // Last, so that the servers are down before their folder goes.
    _folder: Folder,
}

impl Servers {
    /// Starts both and waits until they answer.
    ///
    /// # Errors
    /// When a program is not installed or a server does not come up; the message holds its log.
    pub(crate) fn start(stop: &Stop) -> Result<Self, String> {
        let chromium = find_program("chromium")?;
        let chromedriver = find_program("chromedriver")?;
        sweep();
        let folder = Folder::make()?;
        let postgres = postgres::Postgres::start(&folder.0, stop)?;
        let redis = redis::Redis::start(&folder.0, stop)?;
        Ok(Self { postgres, redis, chromium, chromedriver, _folder: folder })
    }

    /// Adds the variables by which tests find the servers and the browser.
    pub(crate) fn export(&self, command: &mut Command) {
        command
            .env("SHARPER_TEST_POSTGRES_URL", self.postgres.url())
            .env("SHARPER_TEST_REDIS_URL", self.redis.url())
            .env("SHARPER_TEST_CHROMIUM", &self.chromium)
            .env("SHARPER_TEST_CHROMEDRIVER", &self.chromedriver);
    }
}

/// `cargo xtask with-servers -- CMD…`: ends as the command ended.
///
/// # Errors
/// When the servers do not start, the command cannot be started, or a signal stopped it.
pub(crate) fn command(words: &[&str]) -> Result<ExitCode, String> {
    let stop = Stop::listen()?;
    let servers = Servers::start(&stop)?;
    let mut command = run::tethered(words[0], "TERM", Vec::new());
    command.args(&words[1..]);
    servers.export(&mut command);
    let status = run::run(&mut command, &stop)?;
    drop(servers);
    let code = status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1);
    Ok(ExitCode::from(code))
}

/// A folder of this run alone, below the system's folder for temporary files.
struct Folder(PathBuf);

impl Folder {
    fn make() -> Result<Self, String> {
        let path = std::env::temp_dir().join(format!("{FOLDER_PREFIX}{}", std::process::id()));
        fs::create_dir(&path).map_err(|error| format!("making {}: {error}", path.display()))?;
        // PostgreSQL runs as another user when we are root, and must be able to pass through.
        fs::set_permissions(&path, fs::Permissions::from_mode(0o711))
            .map_err(|error| format!("opening {}: {error}", path.display()))?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Removes folders of runs that were killed and could not do so themselves.
fn sweep() {
    let Ok(entries) = fs::read_dir(std::env::temp_dir()) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let owner = name.strip_prefix(FOLDER_PREFIX).and_then(|number| number.parse::<u32>().ok());
        if owner.is_some_and(|number| !Path::new(&format!("/proc/{number}")).exists()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// The program in the folders of `PATH`, and in the folders for administrators, which a user's `PATH` may lack.
fn find_program(name: &str) -> Result<PathBuf, String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(["/usr/bin".into(), "/usr/sbin".into()]);
    let found = folders.map(|folder| folder.join(name)).find(|file| file.is_file());
    found.ok_or_else(|| format!("`{name}` is not installed: `./test --prepare` installs all that tests need"))
}

/// A port of the loopback that was free just now.
fn free_port() -> Result<u16, String> {
    let listener =
        TcpListener::bind("127.0.0.1:0").map_err(|error| format!("finding a free port: {error}"))?;
    Ok(listener.local_addr().map_err(|error| format!("finding a free port: {error}"))?.port())
}

/// A server's program, as `user` if given. It is deaf to the terminal's Ctrl-C: the command under test must
/// end before its servers do.
fn server(program: impl AsRef<OsStr>, signal: &str, user: Option<User>) -> Command {
    use std::os::unix::process::CommandExt;
    let identity = user.map(|User { uid, gid }| {
        [format!("--reuid={uid}"), format!("--regid={gid}"), "--clear-groups".to_owned()]
    });
    let mut command = run::tethered(program, signal, identity.as_slice().concat());
    command.process_group(0);
    command
}

/// A user of this machine, by number.
#[derive(Clone, Copy)]
struct User {
    uid: u32,
    gid: u32,
}

/// Waits until `ready` says so; fails with the log when the server ends first or takes too long.
fn wait_until(
    name: &str,
    server: &mut Running,
    log: &Path,
    stop: &Stop,
    ready: impl Fn(&str) -> bool,
) -> Result<(), String> {
    let started = Instant::now();
    loop {
        let text = String::from_utf8_lossy(&fs::read(log).unwrap_or_default()).into_owned();
        if ready(&text) {
            return Ok(());
        }
        if stop.raised() {
            return Err("stopped by a signal".to_owned());
        }
        let ended = server.0.try_wait().map_err(|error| format!("waiting for {name}: {error}"))?;
        if ended.is_some() || started.elapsed() > READY_WITHIN {
            return Err(format!("{name} did not come up. Its log:\n{text}"));
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_program_says_how_to_get_it() {
        let message = find_program("no-such-program").unwrap_err();
        assert!(message.contains("./test --prepare"), "{message}");
    }

    #[test]
    fn a_shell_is_found() {
        assert!(find_program("sh").unwrap().is_file());
    }
}
