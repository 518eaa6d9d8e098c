//! The real binary, running for one test: started, killed, restarted, and never left over.

use std::fs::{File, OpenOptions};
use std::hash::{BuildHasher, RandomState};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::processes::{self, GLANCE};
use crate::{Client, TempFolder};

/// What a server of a test inherits from the shell; all else would make the test depend on who runs it.
const INHERITED: [&str; 6] = ["PATH", "HOME", "LANG", "TMPDIR", "RUST_BACKTRACE", "LLVM_PROFILE_FILE"];

/// A test asks more often than any person would.
const UNHURRIED: [(&str, &str); 7] = [
    ("RATE_LIMIT_PER_MINUTE", "1000000"),
    ("RATE_LIMIT_PER_HOUR", "1000000"),
    ("RATE_LIMIT_CONTENT", "1000000"),
    ("RATE_LIMIT_SIGN_IN", "1000000"),
    ("RATE_LIMIT_UPLOAD", "1000000"),
    ("QUOTA_GENERATIONS", "0"),
    ("QUOTA_FILES", "0"),
];

/// How a server is to be started.
#[derive(Debug, Clone)]
pub struct ServerOptions {
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    data_folder: Option<PathBuf>,
    ready_within: Duration,
}

impl Default for ServerOptions {
    /// `serve`, a data folder of its own, limits out of the way, nothing else set, 30 s to be ready.
    fn default() -> Self {
        Self {
            arguments: vec!["serve".to_owned()],
            environment: UNHURRIED.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
            data_folder: None,
            ready_within: Duration::from_secs(30),
        }
    }
}

impl ServerOptions {
    /// As `default`.
    pub fn new() -> Self {
        Self::default()
    }

    /// With the limits that everybody has, for tests that are about them.
    #[must_use]
    pub fn usual_limits(mut self) -> Self {
        self.environment.retain(|(name, _)| UNHURRIED.iter().all(|(unhurried, _)| unhurried != name));
        self
    }

    /// Sets an environment variable. `PORT` and `DATA_DIR` are set by the kit.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl Into<String>) -> Self {
        self.environment.push((name.to_owned(), value.into()));
        self
    }

    /// Takes other arguments than `serve`.
    #[must_use]
    pub fn arguments(mut self, arguments: &[&str]) -> Self {
        self.arguments = arguments.iter().map(|&argument| argument.to_owned()).collect();
        self
    }

    /// Uses this data folder, which stays when the server goes, in place of one of its own.
    #[must_use]
    pub fn data_folder(mut self, folder: &Path) -> Self {
        self.data_folder = Some(folder.to_owned());
        self
    }

    /// Gives it so long to answer.
    #[must_use]
    pub fn ready_within(mut self, patience: Duration) -> Self {
        self.ready_within = patience;
        self
    }
}

/// A server of one test. When the value goes the server is ended, and the test fails if a process of it is left
/// over or its log tells of a panic.
#[derive(Debug)]
pub struct Server {
    program: PathBuf,
    options: ServerOptions,
    address: SocketAddr,
    child: Option<Child>,
    /// The process group of every start, to find what was left over.
    groups: Vec<u32>,
    folder: TempFolder,
}

impl Server {
    /// Starts `program` (`Path::new(env!("CARGO_BIN_EXE_study-sharper"))`) on a free port of the loopback and
    /// waits until `GET /livez` answers 200.
    ///
    /// # Panics
    /// When it ends or stays silent; the message holds its log.
    #[track_caller]
    pub fn start(program: &Path, options: ServerOptions) -> Self {
        let mut server = Self {
            program: program.to_owned(),
            options,
            address: free_address(),
            child: None,
            groups: Vec::new(),
            folder: TempFolder::new(),
        };
        server.launch();
        server.wait_until_ready();
        server
    }

    /// Starts it again where it was: same port, same data. Kills it first if it runs.
    ///
    /// # Panics
    /// As `start`.
    #[track_caller]
    pub fn restart(&mut self) {
        self.kill_9();
        self.launch();
        self.wait_until_ready();
    }

    /// A client of this server.
    pub fn client(&self) -> Client {
        Client::new(self.address)
    }

    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The number of its process, if it runs.
    pub fn process(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }

    /// The folder it keeps its data in.
    pub fn data_folder(&self) -> PathBuf {
        self.options.data_folder.clone().unwrap_or_else(|| self.folder.path().join("data"))
    }

    /// All that it wrote to its two outputs, over all its starts.
    pub fn log(&self) -> String {
        let bytes = std::fs::read(self.log_file()).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Kills it as a power cut does: no handler runs. Its child processes are its own affair, and are looked for
    /// when the value goes.
    pub fn kill_9(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Asks it to end (SIGTERM) and waits.
    ///
    /// # Panics
    /// When it does not run, or has not ended after 30 s.
    #[track_caller]
    pub fn terminate(&mut self) -> ExitStatus {
        self.signal(Signal::TERM);
        match self.wait(Duration::from_secs(30)) {
            Some(status) => status,
            None => panic!("the server did not end within 30 s of SIGTERM. {}", self.described()),
        }
    }

    /// Stops it as a debugger does (SIGSTOP): it keeps its connections and does nothing.
    ///
    /// # Panics
    /// When it does not run.
    #[track_caller]
    pub fn pause(&self) {
        self.signal(Signal::STOP);
    }

    /// Lets it go on after `pause`.
    ///
    /// # Panics
    /// When it does not run.
    #[track_caller]
    pub fn resume(&self) {
        self.signal(Signal::CONT);
    }

    #[track_caller]
    fn signal(&self, signal: Signal) {
        let Some(child) = &self.child else { panic!("the server does not run") };
        processes::signal(child.id().cast_signed(), signal);
    }

    /// Its status when it ends within the patience.
    fn wait(&mut self, patience: Duration) -> Option<ExitStatus> {
        let deadline = Instant::now() + patience;
        let child = self.child.as_mut()?;
        loop {
            if let Ok(Some(status)) = child.try_wait() {
                self.child = None;
                return Some(status);
            }
            if Instant::now() > deadline {
                return None;
            }
            std::thread::sleep(GLANCE);
        }
    }

    fn log_file(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// The log, for a message.
    fn described(&self) -> String {
        format!("{} {:?}, its log:\n{}", self.program.display(), self.options.arguments, self.log())
    }

    #[track_caller]
    fn launch(&mut self) {
        match self.spawn() {
            Ok(child) => {
                self.groups.push(child.id());
                self.child = Some(child);
            }
            Err(error) => panic!("{} could not be started: {error}", self.program.display()),
        }
    }

    fn spawn(&self) -> std::io::Result<Child> {
        let data = self.data_folder();
        std::fs::create_dir_all(&data)?;
        let output: File = OpenOptions::new().create(true).append(true).open(self.log_file())?;
        let mut command = Command::new(&self.program);
        command.args(&self.options.arguments).env_clear();
        #[allow(clippy::disallowed_methods, reason = "what the shell gives is passed on by name, not read")]
        let inherited = INHERITED.into_iter().filter_map(|name| Some((name, std::env::var_os(name)?)));
        command
            .envs(inherited)
            .env("PORT", self.address.port().to_string())
            .env("DATA_DIR", &data)
            .envs(self.options.environment.iter().map(|(name, value)| (name, value)));
        // Away from the sources, so that no `.env` of whoever works there is read.
        command.current_dir(self.folder.path()).process_group(0);
        command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output).spawn()
    }

    #[track_caller]
    fn wait_until_ready(&mut self) {
        let deadline = Instant::now() + self.options.ready_within;
        let client = self.client().with_patience(Duration::from_secs(5));
        loop {
            if client.try_send("GET", "/livez", &[], b"").is_ok_and(|response| response.status == 200) {
                return;
            }
            if let Some(status) = self.wait(Duration::ZERO) {
                panic!("the server ended at its start ({status}). {}", self.described());
            }
            if Instant::now() > deadline {
                panic!("the server is not ready after {:?}. {}", self.options.ready_within, self.described());
            }
            std::thread::sleep(GLANCE);
        }
    }

    /// Ends what runs; what should not have been, if anything.
    fn conclude(&mut self) -> Option<String> {
        if self.child.is_some() {
            self.signal(Signal::CONT);
            self.signal(Signal::TERM);
            if self.wait(Duration::from_secs(15)).is_none() {
                self.kill_9();
                self.sweep(Duration::ZERO);
                return Some("the server did not end within 15 s of SIGTERM".to_owned());
            }
        }
        let left = self.sweep(Duration::from_secs(2));
        if !left.is_empty() {
            return Some(format!("processes of the server were left over: {left:?}"));
        }
        self.log().contains("panicked at").then(|| "the server panicked".to_owned())
    }

    /// Waits for the children of all starts to end, kills those that do not, and returns them.
    fn sweep(&self, patience: Duration) -> Vec<processes::Process> {
        let look = || self.groups.iter().flat_map(|&group| processes::of_group(group)).collect();
        let left = processes::wait_until_gone(patience, look);
        for process in &left {
            processes::signal(process.id, Signal::KILL);
        }
        left
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let Some(complaint) = self.conclude() else { return };
        let message = format!("{complaint}. {}", self.described());
        if std::thread::panicking() {
            eprintln!("{message}");
        } else {
            panic!("{message}");
        }
    }
}

/// A port of the loopback that was free just now. It lies below those that the system gives to outgoing connections
/// (32768 and up on Linux), so that none takes it before the server does, or while the server is down.
#[track_caller]
pub(crate) fn free_address() -> SocketAddr {
    let chance = |round: u64| RandomState::new().hash_one(round);
    let ports = (0..1000).map(|round| 10_000 + u16::try_from(chance(round) % 22_000).unwrap_or_default());
    let found = ports
        .map(|port| SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
        .find(|address| TcpListener::bind(address).is_ok());
    match found {
        Some(address) => address,
        None => panic!("of a thousand ports none is free"),
    }
}
