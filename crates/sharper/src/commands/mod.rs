//! The commands: one file each.

pub(crate) mod make;
pub(crate) mod serve;
