//! Rate limits: exact over any schedule, shared by instances, and never gone when Redis is.
#![allow(clippy::unwrap_used, reason = "a test stops short at what cannot be")]

mod schedules;
mod shared;
