//! Redis for tests: the one of the whole run, and servers that a test may kill.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::processes::{self, GLANCE};
use crate::{TempFolder, server};

/// Where Redis is.
#[derive(Debug)]
pub struct Redis;

impl Redis {
    /// The URL. All tests of a run share the server: begin keys with something of the test's own.
    ///
    /// # Panics
    /// When the servers are not up; the message says how to start them.
    #[track_caller]
    pub fn url() -> String {
        crate::exported("SHARPER_TEST_REDIS_URL")
    }
}

/// A Redis of one test, which it may kill, pause and start again: it keeps nothing on disk. It ends with the value.
#[derive(Debug)]
pub struct PrivateRedis {
    address: SocketAddr,
    child: Option<Child>,
    folder: TempFolder,
}

impl PrivateRedis {
    /// Starts it on a free port of the loopback and waits until it answers.
    ///
    /// # Panics
    /// When it does not come up.
    #[track_caller]
    pub fn start() -> Self {
        let mut redis = Self::absent();
        redis.restart();
        redis
    }

    /// Only the place where one will be: nobody listens before `restart`.
    #[track_caller]
    pub fn absent() -> Self {
        Self { address: server::free_address(), child: None, folder: TempFolder::new() }
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        format!("redis://{}/", self.address)
    }

    /// Kills it if it runs; with it goes all that it knew.
    pub fn kill_9(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Starts it, empty, where it was.
    ///
    /// # Panics
    /// When it does not come up.
    #[track_caller]
    pub fn restart(&mut self) {
        self.kill_9();
        let mut command = Command::new("redis-server");
        command.args(["--port", &self.address.port().to_string(), "--bind", "127.0.0.1", "--save", ""]);
        command.args(["--appendonly", "no"]).current_dir(self.folder.path()).process_group(0);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        match command.spawn() {
            Ok(child) => self.child = Some(child),
            Err(error) => panic!("redis-server could not be started ({error}): ./test --prepare installs it"),
        }
        let deadline = Instant::now() + Duration::from_secs(30);
        while self.ask("PING").as_deref() != Some("+PONG\r\n") {
            assert!(Instant::now() < deadline, "Redis did not come up at {}", self.address);
            std::thread::sleep(GLANCE);
        }
    }

    /// Stops it as a debugger does (SIGSTOP): it keeps its connections and answers nothing.
    pub fn pause(&self) {
        self.signal(Signal::STOP);
    }

    /// Lets it go on after `pause`.
    pub fn resume(&self) {
        self.signal(Signal::CONT);
    }

    /// Sends one command (words without spaces in them) and waits for its answer, as it comes over the wire.
    ///
    /// # Panics
    /// When it does not answer.
    #[track_caller]
    pub fn command(&self, line: &str) -> String {
        match self.ask(line) {
            Some(answer) => answer,
            None => panic!("Redis does not answer to {line}"),
        }
    }

    fn ask(&self, line: &str) -> Option<String> {
        let mut stream = TcpStream::connect(self.address).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
        stream.write_all(format!("{line}\r\n").as_bytes()).ok()?;
        let mut answer = [0; 4096];
        let length = stream.read(&mut answer).ok()?;
        Some(String::from_utf8_lossy(&answer[..length]).into_owned())
    }

    #[track_caller]
    fn signal(&self, signal: Signal) {
        let Some(child) = &self.child else { panic!("Redis does not run") };
        processes::signal(child.id().cast_signed(), signal);
    }
}

impl Drop for PrivateRedis {
    fn drop(&mut self) {
        self.kill_9();
    }
}
