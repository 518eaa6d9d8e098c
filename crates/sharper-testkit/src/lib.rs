//! What tests of the whole house need: the real binary, fresh databases, HTTP, event streams, a browser.
//!
//! For `[dev-dependencies]` only. It blocks, it knows nothing of our other crates (it is the stranger at the
//! door), and where something is amiss it panics with what a reader of the failure needs: the log, the answer,
//! the page. `./test` and `cargo xtask with-servers -- cargo test …` start what it connects to.
#![allow(clippy::print_stderr, reason = "a failing test tells its reader what was seen")]

pub mod axe;
pub mod bombs;
pub mod browser;
mod folder;
pub mod http;
pub mod postgres;
mod processes;
pub mod redis;
pub mod server;
pub mod sse;
mod watch;
mod webdriver;

pub use browser::{Browser, ColourScheme};
pub use folder::TempFolder;
pub use http::{Client, Response};
pub use postgres::{Postgres, TestDatabase};
pub use redis::{PrivateRedis, Redis};
pub use server::{Server, ServerOptions};
pub use sse::{EventStream, StreamEvent};
pub use watch::{Seen, Watch};

/// The value of a variable that `./test` exports.
#[track_caller]
fn exported(name: &str) -> String {
    #[allow(
        clippy::disallowed_methods,
        reason = "these variables are the interface between ./test and the kit"
    )]
    let value = std::env::var(name);
    match value {
        Ok(value) if !value.is_empty() => value,
        _ => panic!("{name} is not set: run ./test, or cargo xtask with-servers -- cargo test …"),
    }
}
