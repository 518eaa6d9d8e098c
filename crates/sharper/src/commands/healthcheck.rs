//! `study-sharper healthcheck`: whether the server on this machine is ready, for a container that holds nothing else to
//! ask with.

use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use anyhow::{Context, bail};

use crate::config::Configuration;

/// How long each step of asking may take.
const PATIENCE: Duration = Duration::from_secs(3);

/// Asks `GET /readyz`. An error says what came instead of 200.
pub(crate) fn run(configuration: &Configuration) -> anyhow::Result<()> {
    let server = &configuration.settings.server;
    let host = match server.host.as_str() {
        "0.0.0.0" => "127.0.0.1",
        "::" | "[::]" => "::1",
        host => host,
    };
    let address = (host, server.port);
    let nobody = || format!("nobody answers on {host}:{}", server.port);
    let address = address.to_socket_addrs()?.next().with_context(nobody)?;
    let mut socket = TcpStream::connect_timeout(&address, PATIENCE).with_context(nobody)?;
    socket.set_read_timeout(Some(PATIENCE))?;
    socket.write_all(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    socket.take(16 * 1024).read_to_end(&mut answer).with_context(nobody)?;
    let answer = String::from_utf8_lossy(&answer);
    if answer.starts_with("HTTP/1.1 200 ") {
        return Ok(());
    }
    let reason = answer.split_once("\r\n\r\n").map_or("it does not speak HTTP", |(_, body)| body.trim());
    bail!("not ready: {reason}")
}
