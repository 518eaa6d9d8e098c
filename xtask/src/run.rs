//! Running a command so that Ctrl-C, a termination signal or a panic leaves nothing behind.

use std::ffi::OsStr;
use std::process::{Child, Command, ExitStatus};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// How often a wait looks.
const GLANCE: Duration = Duration::from_millis(20);

/// Raised when the terminal or a supervisor asks this program to end.
#[derive(Clone)]
pub(crate) struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Listens for SIGINT, SIGTERM and SIGHUP from now on.
    ///
    /// # Errors
    /// When the system refuses the handlers.
    pub(crate) fn listen() -> Result<Self, String> {
        let raised = Arc::new(AtomicBool::new(false));
        for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP]
        {
            signal_hook::flag::register(signal, Arc::clone(&raised))
                .map_err(|error| format!("listening for signals: {error}"))?;
        }
        Ok(Self(raised))
    }

    /// Whether it was asked for.
    pub(crate) fn raised(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// Runs a command to its end; when `stop` is raised, asks it to end and fails.
///
/// # Errors
/// When it cannot be started, or the stop was raised.
pub(crate) fn run(command: &mut Command, stop: &Stop) -> Result<ExitStatus, String> {
    let child = command.spawn().map_err(|error| format!("{command:?} could not be started: {error}"))?;
    wait(Running(child), stop)
}

/// Waits for a started command as `run` does.
///
/// # Errors
/// When the stop was raised.
pub(crate) fn wait(mut child: Running, stop: &Stop) -> Result<ExitStatus, String> {
    loop {
        if let Some(status) = child.0.try_wait().map_err(|error| format!("waiting: {error}"))? {
            return Ok(status);
        }
        if stop.raised() {
            return Err("stopped by a signal".to_owned());
        }
        thread::sleep(GLANCE);
    }
}

/// `program`, set to get `signal` when this program is killed and cannot end it; `options` go to `setpriv`.
pub(crate) fn tethered(program: impl AsRef<OsStr>, signal: &str, options: Vec<String>) -> Command {
    let mut command = Command::new("setpriv");
    command.args(options).args(["--pdeathsig", signal, "--"]).arg(program);
    command
}

/// A child that is ended when this value goes, however that happens.
pub(crate) struct Running(pub(crate) Child);

impl Drop for Running {
    fn drop(&mut self) {
        end(&mut self.0, Signal::TERM, Duration::from_secs(5));
    }
}

/// Sends `signal`, waits for at most `patience`, then kills.
pub(crate) fn end(child: &mut Child, signal: Signal, patience: Duration) {
    if let Ok(Some(_)) = child.try_wait() {
        return;
    }
    // A child that ended between the two lines is a zombie until it is waited for, so its number is still its own.
    let _ = kill_process(Pid::from_child(child), signal);
    let deadline = Instant::now() + patience;
    while Instant::now() < deadline {
        match child.try_wait() {
            Ok(None) => thread::sleep(GLANCE),
            _ => return,
        }
    }
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn not_raised() -> Stop {
        Stop(Arc::new(AtomicBool::new(false)))
    }

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn the_status_of_the_command_comes_back() {
        assert_eq!(run(&mut shell("exit 3"), &not_raised()).unwrap().code(), Some(3));
    }

    #[test]
    fn a_command_that_does_not_exist_is_an_error_that_names_it() {
        assert!(
            run(&mut Command::new("no-such-program"), &not_raised()).unwrap_err().contains("no-such-program")
        );
    }

    #[test]
    fn a_raised_stop_ends_the_command() {
        let child = shell("exec sleep 600").spawn().unwrap();
        let pid = child.id();
        let stop = Stop(Arc::new(AtomicBool::new(true)));
        wait(Running(child), &stop).unwrap_err();
        assert!(!std::path::Path::new(&format!("/proc/{pid}")).exists());
    }

    #[test]
    fn a_command_that_ignores_the_signal_is_killed() {
        let mut child = shell("trap '' TERM; while :; do sleep 0.05; done").spawn().unwrap();
        thread::sleep(Duration::from_millis(100));
        end(&mut child, Signal::TERM, Duration::from_millis(200));
        assert!(child.try_wait().unwrap().is_some());
    }
}
