//! What of this machine the server needs: file handles, and room for its data.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use rustix::process::{Resource, getrlimit};
use sharper_store::StoreSettings;

use super::Report;

/// Free space that is soon gone.
const LITTLE: u64 = 2 << 30;
/// Free space with which nothing should be begun.
const TOO_LITTLE: u64 = 256 << 20;
/// File handles beside those of connections: databases, files, the log.
const OWN_HANDLES: u64 = 256;

/// How many connections the limit of open files allows.
pub(super) fn open_files(report: &mut Report, connections: usize) {
    let limit = getrlimit(Resource::Nofile).current;
    let wanted = connections as u64 + OWN_HANDLES;
    match limit {
        Some(limit) if limit < wanted => report.warn(
            "open files",
            format_args!(
                "{limit} allowed where {connections} connections may come: raise it (LimitNOFILE= in systemd, ulimit -n, \
                 or server.deadlines.connections down)"
            ),
        ),
        Some(limit) => report.ok("open files", format_args!("{limit} allowed")),
        None => report.ok("open files", "any number allowed"),
    }
}

/// Whether the data folder is ours alone, and has room.
pub(super) fn data_folder(report: &mut Report, settings: &StoreSettings) {
    if settings.database_url.is_some() {
        return;
    }
    let folder = &settings.data_dir;
    let name = folder.display();
    let Ok(about) = std::fs::metadata(folder) else {
        return match existing_parent(folder) {
            Some(_) => report.ok("data folder", format_args!("{name} is made at the first start")),
            None => report.fail("data folder", format_args!("{name} cannot be reached: set DATA_DIR")),
        };
    };
    if !about.is_dir() {
        return report.fail("data folder", format_args!("{name} is no folder: set DATA_DIR"));
    }
    if rustix::fs::access(folder, rustix::fs::Access::WRITE_OK).is_err() {
        return report.fail(
            "data folder",
            format_args!("{name} cannot be written to: give it to the user of the server"),
        );
    }
    if about.permissions().mode() & 0o077 != 0 {
        report.warn(
            "data folder",
            format_args!("{name} is open to other users of this machine: chmod 700 {name}"),
        );
    }
    room(report, folder);
}

fn room(report: &mut Report, folder: &Path) {
    let Ok(about) = rustix::fs::statvfs(folder) else {
        return report.warn("data folder", "how much room is left cannot be told");
    };
    let free = about.f_bavail * about.f_frsize;
    let mebibytes = free >> 20;
    match free {
        0..TOO_LITTLE => report.fail("data folder", format_args!("{mebibytes} MiB free: make room first")),
        TOO_LITTLE..LITTLE => report.warn("data folder", format_args!("only {mebibytes} MiB free")),
        _ => report.ok("data folder", format_args!("{}, {mebibytes} MiB free", folder.display())),
    }
}

fn existing_parent(folder: &Path) -> Option<&Path> {
    let whole = folder.ancestors().filter(|path| !path.as_os_str().is_empty());
    whole.skip(1).find(|path| path.is_dir()).or_else(|| folder.is_relative().then(|| Path::new(".")))
}
