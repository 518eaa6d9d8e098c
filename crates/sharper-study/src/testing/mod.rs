//! For tests, here and above: good drafts spoiled on purpose, to see whether the judge lets any of them through.

pub mod faults;
mod pool;
