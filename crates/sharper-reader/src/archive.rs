//! Zip archives: the one that counts what it unpacks, with the limits of reading, and paths inside it.

use sharper_domain::FileFault;
pub(crate) use sharper_exchange::archive::Archive;

use crate::Limits;

/// Most entries of an archive that is no deck.
pub(crate) const MOST_ENTRIES: usize = 10_000;

/// Opens an archive.
///
/// # Errors
/// `Damaged` where its directory cannot be read, `TooMuch` where it has too many entries.
pub(crate) fn open<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Archive<'a>, FileFault> {
    Archive::open(bytes, limits.unpacked, MOST_ENTRIES)
}

/// The path that `target` names as seen from the part `base`: `../media/a.png` from `ppt/slides/slide1.xml`.
pub(crate) fn resolve(base: &str, target: &str) -> String {
    let target = target.split('#').next().unwrap_or_default();
    let mut path: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => base.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}
