//! A temporary folder that goes with its value.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use rustix::process::Signal;

use crate::processes;

const PREFIX: &str = "sharper-test-";

/// A new, empty folder; removed with all it holds when the value goes.
#[derive(Debug)]
pub struct TempFolder(PathBuf);

impl TempFolder {
    /// Makes one, named after this process.
    ///
    /// # Panics
    /// When the system refuses.
    #[track_caller]
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        static SWEPT: Once = Once::new();
        SWEPT.call_once(sweep);
        loop {
            let name = format!("{PREFIX}{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
            let path = std::env::temp_dir().join(name);
            match fs::create_dir(&path) {
                Ok(()) => return Self(path),
                // Left by an earlier process of the same number: take the next name.
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => continue,
                Err(error) => panic!("making {}: {error}", path.display()),
            }
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Default for TempFolder {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for TempFolder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Clears away what test processes left that were killed or stopped by Ctrl-C: their folders, and the servers and
/// browsers that still run in them.
fn sweep() {
    for entry in fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let owner = name.strip_prefix(PREFIX).and_then(|rest| rest.split('-').next()?.parse::<u32>().ok());
        if owner.is_none_or(|owner| Path::new(&format!("/proc/{owner}")).exists()) {
            continue;
        }
        for process in processes::of_folder(&entry.path()) {
            processes::signal(process.id, Signal::KILL);
        }
        processes::wait_until_gone(Duration::from_secs(2), || processes::of_folder(&entry.path()));
        let _ = fs::remove_dir_all(entry.path());
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn what_a_killed_test_left_is_swept_away() {
        let mut ended = Command::new("true").spawn().unwrap();
        ended.wait().unwrap();
        let left = std::env::temp_dir().join(format!("{PREFIX}{}-0", ended.id()));
        fs::create_dir(&left).unwrap();
        let mut server = Command::new("sleep").arg("600").current_dir(&left).spawn().unwrap();
        sweep();
        assert!(!server.wait().unwrap().success());
        assert!(!left.exists());
    }

    #[test]
    fn what_a_running_test_uses_stays() {
        let folder = TempFolder::new();
        sweep();
        assert!(folder.path().exists());
    }

    #[test]
    fn a_folder_goes_with_its_value() {
        let folder = TempFolder::new();
        let path = folder.path().to_owned();
        fs::write(path.join("a"), "a").unwrap();
        drop(folder);
        assert!(!path.exists());
    }

    #[test]
    fn two_folders_are_two() {
        assert_ne!(TempFolder::new().path(), TempFolder::new().path());
    }
}
