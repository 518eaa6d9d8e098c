//! Asking a model: any server that speaks the OpenAI dialect, over HTTP, as a stream; and a scripted one for tests.
//!
//! The way of one question, from the outside in:
//!
//! ```text
//! Prompt ─ask→ Remote   which models, in which order          remote/mod.rs, settings/
//!            → attempts one model: retry, breaker, Retry-After remote/attempts.rs, retry.rs, breaker.rs
//!            → chat     one request in the server's dialect    remote/chat.rs, remote/dialect.rs, remote/wire.rs
//!            → Http     one connection, time limits, size cap  remote/http.rs
//!        ←── Reply      pieces of text, then Done              reply.rs ← remote/stream.rs ← sse.rs, remote/chunk.rs
//! ItemParser            finished items out of the growing text items.rs
//! ```
//!
//! What is absent, and why: no cache and no money ledger (both need the store: see `sharper-agents`), no proxy from the
//! environment and no redirect (only the configured server is ever contacted), no tool calls, no images. Recordings are only written down (`remote/transcribe.rs`).

mod breaker;
mod budget;
mod error;
pub mod items;
mod model;
mod prompt;
mod remote;
mod reply;
mod retry;
mod scripted;
pub mod settings;
mod sse;
#[cfg(feature = "testing")]
pub mod testing;
mod usage;

pub use budget::CallBudget;
pub use error::{Cause, Class, Error};
pub use items::{Found, ItemParser};
pub use model::{Asked, Audio, Embeddings, Model, Segment, Transcript};
pub use prompt::{Prompt, Role, Schema, Task, Turn};
pub use remote::Remote;
pub use reply::{Done, Finish, Piece, Reply};
pub use scripted::{Script, Scripted};
pub use settings::Settings;
pub use sharper_domain::Secret;
pub use sse::SseDecoder;
pub use usage::{Cost, TokenEstimate, Usage, estimate_tokens};
