//! A chromedriver process and one session on it: the W3C WebDriver protocol, as far as a test needs it.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use rustix::process::Signal;
use serde_json::{Value, json};

use crate::{Client, TempFolder, processes};

/// The key under which the protocol hands out an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// What Chromium is started with: no window, no network but the test's own, nothing kept, and nothing moves: what is
/// fading in is no text yet to the protocol, so a test would read an empty card.
const FLAGS: [&str; 12] = [
    "--force-prefers-reduced-motion",
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-search-engine-choice-screen",
    "--hide-scrollbars",
];

/// How long the browser may take over one command: a click waits for the page that it leads to, and a machine that is busy
/// with other tests may be slow.
const PATIENCE: Duration = Duration::from_secs(180);

/// A session: one browser with one window.
pub(crate) struct Session {
    driver: Child,
    client: Client,
    id: String,
    profile: TempFolder,
}

impl Session {
    /// Starts chromedriver and a fresh Chromium.
    #[track_caller]
    pub(crate) fn open() -> Self {
        let chromium = crate::exported("SHARPER_TEST_CHROMIUM");
        let chromedriver = crate::exported("SHARPER_TEST_CHROMEDRIVER");
        let profile = TempFolder::new();
        let spawned = Command::new(&chromedriver)
            .arg("--port=0")
            .env("TMPDIR", profile.path())
            .current_dir(profile.path())
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut driver = match spawned {
            Ok(driver) => driver,
            Err(error) => panic!("{chromedriver} could not be started: {error}"),
        };
        let client = Client::new(SocketAddr::from((Ipv4Addr::LOCALHOST, read_port(&mut driver))))
            .with_patience(PATIENCE);
        let mut session = Self { driver, client, id: String::new(), profile };
        let answer = session.client.post("/session", &session.capabilities(&chromium)).json();
        match answer["value"]["sessionId"].as_str() {
            Some(id) => session.id = id.to_owned(),
            None => panic!("Chromium did not start: {answer}"),
        }
        session
    }

    fn capabilities(&self, chromium: &str) -> Value {
        let mut flags: Vec<String> = FLAGS.iter().map(|&flag| flag.to_owned()).collect();
        flags.push(format!("--user-data-dir={}", self.profile.path().join("profile").display()));
        json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": {"binary": chromium, "args": flags},
            "goog:loggingPrefs": {"browser": "ALL"},
            // A dialog that a page opens is a finding, not something to click away unseen.
            "unhandledPromptBehavior": "ignore",
        }}})
    }

    /// A command of the session; the error is the driver's own words.
    pub(crate) fn try_command(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let path = format!("/session/{}{path}", self.id);
        let body = if method == "POST" { body.to_string() } else { String::new() };
        let json = [("Content-Type", "application/json")];
        let answer = self.client.try_send(method, &path, &json, body.as_bytes());
        let answer = answer.map_err(|error| format!("chromedriver: {error}"))?;
        let value = &answer.json()["value"];
        match value["error"].as_str() {
            Some(error) => Err(format!("{error}: {}", value["message"].as_str().unwrap_or_default())),
            None => Ok(value.clone()),
        }
    }

    /// A command that has to work.
    #[track_caller]
    pub(crate) fn command(&self, method: &str, path: &str, body: &Value) -> Value {
        match self.try_command(method, path, body) {
            Ok(value) => value,
            Err(error) => panic!("browser, {method} {path}: {error}"),
        }
    }

    /// A command of the DevTools protocol.
    #[track_caller]
    pub(crate) fn devtools(&self, command: &str, parameters: &Value) -> Value {
        self.command("POST", "/goog/cdp/execute", &json!({"cmd": command, "params": parameters}))
    }

    /// The first element of a CSS selector.
    pub(crate) fn find(&self, css: &str) -> Option<String> {
        let body = json!({"using": "css selector", "value": css});
        let found = self.try_command("POST", "/element", &body).ok()?;
        found[ELEMENT].as_str().map(str::to_owned)
    }

    /// The element as a script's argument.
    pub(crate) fn as_argument(element: &str) -> Value {
        json!({ELEMENT: element})
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Deleting the session lets Chromium end in order; the search then finds what did not.
        let _ = self.try_command("DELETE", "", &Value::Null);
        processes::signal(self.driver.id().cast_signed(), Signal::TERM);
        let look = || {
            let mut left = processes::of_folder(self.profile.path());
            left.extend(processes::of_group(self.driver.id()));
            left
        };
        for process in processes::wait_until_gone(Duration::from_secs(3), look) {
            processes::signal(process.id, Signal::KILL);
        }
        let _ = self.driver.wait();
    }
}

/// The port that chromedriver chose, from the line it prints.
#[track_caller]
fn read_port(driver: &mut Child) -> u16 {
    let output = driver.stdout.take().expect("the output was asked to be piped");
    let (found, port) = mpsc::channel();
    // The thread reads on to the end: a closed pipe would end the driver at its next line.
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            let port = line.strip_prefix("ChromeDriver was started successfully on port ");
            if let Some(port) = port.and_then(|rest| rest.trim_end_matches('.').parse().ok()) {
                let _ = found.send(port);
            }
        }
    });
    match port.recv_timeout(Duration::from_secs(30)) {
        Ok(port) => port,
        Err(_) => {
            let _ = driver.kill();
            let _ = driver.wait();
            panic!("chromedriver did not say its port within 30 s")
        }
    }
}
