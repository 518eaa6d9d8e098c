//! Who runs: the processes of a group or of a folder, read from `/proc`.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// How often a wait looks.
pub(crate) const GLANCE: Duration = Duration::from_millis(10);

/// A process that runs (one that ended and was not waited for yet is not among them).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Process {
    pub(crate) id: i32,
    group: i32,
    command: String,
}

/// The processes of a group.
pub(crate) fn of_group(group: u32) -> Vec<Process> {
    running().into_iter().filter(|process| u32::try_from(process.group) == Ok(group)).collect()
}

/// The processes that work in a folder or name it on their command line.
pub(crate) fn of_folder(folder: &Path) -> Vec<Process> {
    let name = folder.display().to_string();
    let belongs = |process: &Process| {
        let works_in = fs::read_link(format!("/proc/{}/cwd", process.id));
        process.command.contains(&name) || works_in.is_ok_and(|path| path.starts_with(folder))
    };
    running().into_iter().filter(belongs).collect()
}

/// Sends a signal; a process that is gone is no error.
pub(crate) fn signal(id: i32, signal: Signal) {
    if let Some(pid) = Pid::from_raw(id) {
        let _ = kill_process(pid, signal);
    }
}

/// Asks again until there is nothing left or the patience ends; what is left then.
pub(crate) fn wait_until_gone(patience: Duration, look: impl Fn() -> Vec<Process>) -> Vec<Process> {
    let deadline = Instant::now() + patience;
    loop {
        let left = look();
        if left.is_empty() || Instant::now() > deadline {
            return left;
        }
        std::thread::sleep(GLANCE);
    }
}

fn running() -> Vec<Process> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    ids.filter_map(read).collect()
}

/// None when it ended meanwhile.
fn read(id: i32) -> Option<Process> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let command = fs::read(format!("/proc/{id}/cmdline")).ok()?;
    // The name in parentheses may itself hold spaces and parentheses: the fields go on after the last one.
    let mut fields = stat.rsplit_once(") ")?.1.split(' ');
    let (state, group) = (fields.next()?, fields.nth(1)?.parse().ok()?);
    let command = String::from_utf8_lossy(&command).replace('\0', " ");
    (!matches!(state, "Z" | "X")).then_some(Process { id, group, command })
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    use super::*;

    #[test]
    fn a_child_in_its_own_group_is_found_until_it_ends() {
        let mut child = Command::new("sleep").arg("600.125").process_group(0).spawn().unwrap();
        let found = of_group(child.id());
        assert_eq!(found.iter().map(|process| process.id.unsigned_abs()).collect::<Vec<_>>(), [child.id()]);
        child.kill().unwrap();
        assert_eq!(wait_until_gone(Duration::from_secs(5), || of_group(child.id())), []);
        child.wait().unwrap();
    }

    #[test]
    fn a_process_is_found_by_the_folder_it_works_in() {
        let folder = crate::TempFolder::new();
        let mut child = Command::new("sleep").arg("600").current_dir(folder.path()).spawn().unwrap();
        let found = of_folder(folder.path());
        signal(found[0].id, Signal::KILL);
        assert!(!child.wait().unwrap().success());
        assert_eq!((found.len(), of_folder(folder.path())), (1, Vec::new()));
    }
}
