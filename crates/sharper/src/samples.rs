//! The texts that the page offers to try with: freely licensed, compiled in. `samples/SOURCES.md` says whose.

use sharper_web::Sample;

/// All of them.
pub(crate) fn all() -> Vec<Sample> {
    Vec::new()
}
