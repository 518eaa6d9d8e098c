//! `cargo xtask with-servers`: the servers answer while the command runs, and are gone after it, however it ends.
#![allow(clippy::unwrap_used, reason = "a test stops short at what cannot be")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

const PRINT_VARIABLES: &str = "echo $SHARPER_TEST_POSTGRES_URL $SHARPER_TEST_REDIS_URL \
                               $SHARPER_TEST_CHROMIUM $SHARPER_TEST_CHROMEDRIVER";

fn with_servers(script: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["with-servers", "--", "sh", "-c", script]).stdin(Stdio::null());
    command
}

/// Starts a command that stays, and returns it with the ports of the two servers.
fn start_and_stay() -> (Child, [u16; 2]) {
    let mut child =
        with_servers(&format!("{PRINT_VARIABLES}; exec sleep 600")).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let ports = ports(&line);
    (child, ports)
}

fn ports(line: &str) -> [u16; 2] {
    let port = |url: &str| url.rsplit(':').next().unwrap().split('/').next().unwrap().parse().unwrap();
    let urls: Vec<&str> = line.split_whitespace().collect();
    [port(urls[0]), port(urls[1])]
}

fn answers(port: u16) -> bool {
    TcpStream::connect(("127.0.0.1", port)).is_ok()
}

/// Waits until no one listens on the ports and no folder of the run is left.
fn wait_until_gone(ports: [u16; 2], owner: u32) {
    let folder = std::env::temp_dir().join(format!("study-sharper-servers-{owner}"));
    let deadline = Instant::now() + Duration::from_secs(20);
    while ports.into_iter().any(answers) || folder.exists() {
        assert!(Instant::now() < deadline, "left over: ports {ports:?}, folder {}", folder.exists());
        thread::sleep(Duration::from_millis(50));
    }
}

fn signal(name: &str, process: u32) {
    assert!(Command::new("sh").args(["-c", &format!("kill -{name} {process}")]).status().unwrap().success());
}

#[test]
fn the_command_finds_both_servers_and_its_status_comes_back() {
    let output = with_servers(&format!("{PRINT_VARIABLES}; exit 7")).output().unwrap();
    let line = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(7), "{}", String::from_utf8_lossy(&output.stderr));
    let words: Vec<&str> = line.split_whitespace().collect();
    assert!(words[0].starts_with("postgres://sharper@127.0.0.1:"), "{line}");
    assert!(words[1].starts_with("redis://127.0.0.1:"), "{line}");
    assert!(fs::metadata(words[2]).is_ok() && fs::metadata(words[3]).is_ok(), "{line}");
    assert!(!ports(&line).into_iter().any(answers), "a server outlived the command");
}

#[test]
fn redis_answers_a_ping_while_the_command_runs() {
    let (mut child, [postgres, redis]) = start_and_stay();
    assert!(answers(postgres));
    let mut stream = TcpStream::connect(("127.0.0.1", redis)).unwrap();
    stream.write_all(b"PING\r\n").unwrap();
    let mut answer = [0; 7];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"+PONG\r\n");
    signal("INT", child.id());
    assert!(!child.wait().unwrap().success());
    wait_until_gone([postgres, redis], child.id());
}

#[test]
fn a_termination_signal_stops_the_command_and_both_servers() {
    let (mut child, ports) = start_and_stay();
    signal("TERM", child.id());
    assert!(!child.wait().unwrap().success());
    wait_until_gone(ports, child.id());
}

#[test]
fn the_servers_die_with_a_killed_parent_and_the_next_run_sweeps_up() {
    let (mut child, ports) = start_and_stay();
    child.kill().unwrap();
    let output = child.stdout.take().unwrap();
    assert_eq!(BufReader::new(output).lines().count(), 0, "the command holds its output until it ends");
    child.wait().unwrap();
    assert!(with_servers("true").status().unwrap().success());
    wait_until_gone(ports, child.id());
}
