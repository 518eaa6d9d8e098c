//! A private Redis: nothing kept on disk, reachable on the loopback only.

use std::fs::File;
use std::path::Path;
use std::process::Stdio;

use super::{Stop, find_program, free_port, server, wait_until};
use crate::run::Running;

/// The running server; it ends when the value goes.
pub(super) struct Redis {
    _server: Running,
    port: u16,
}

impl Redis {
    /// Starts it and waits until it listens.
    pub(super) fn start(folder: &Path, stop: &Stop) -> Result<Self, String> {
        let port = free_port()?;
        let log = folder.join("redis.log");
        let output = File::create(&log).map_err(|error| format!("opening {}: {error}", log.display()))?;
        let mut command = server(find_program("redis-server")?, "KILL", None);
        command.args(["--port", &port.to_string(), "--bind", "127.0.0.1"]);
        command.args(["--save", "", "--appendonly", "no", "--dir"]).arg(folder);
        command.stdin(Stdio::null()).stdout(output);
        let child = command.spawn().map_err(|error| format!("Redis could not be started: {error}"))?;
        let mut server = Running(child);
        wait_until("Redis", &mut server, &log, stop, |log| log.contains("Ready to accept connections"))?;
        Ok(Self { _server: server, port })
    }

    /// Where tests connect.
    pub(super) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }
}
