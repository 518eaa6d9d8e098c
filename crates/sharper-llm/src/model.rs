//! `Model`: whoever can be asked: a server, a script in tests, or a decorator of another model (a cache, a ledger).

use std::pin::Pin;

use bytes::Bytes;

use crate::{CallBudget, Cause, Cost, Error, Prompt, Reply, Usage};

/// What asking gives: it can be awaited on any thread.
pub type Asked<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// Something that answers prompts and embeds texts.
pub trait Model: Send + Sync + 'static {
    /// Asks, and answers as soon as the first text (or the end) has come. Until then failed tries are repeated and
    /// other models asked; after it never, since the caller may have used what came.
    fn ask<'a>(&'a self, prompt: Prompt, budget: &'a CallBudget) -> Asked<'a, Reply>;

    /// One vector for each text, in their order. `Refused` when no embedding model is configured.
    fn embed<'a>(&'a self, texts: &'a [String], budget: &'a CallBudget) -> Asked<'a, Embeddings>;

    /// What is said in a recording. `Refused` when no model for transcription is configured, or it has none.
    fn transcribe<'a>(&'a self, _: &'a Audio, _: &'a CallBudget) -> Asked<'a, Transcript> {
        Box::pin(async { Err(Error::Refused(Cause::new("this model writes no recordings down"))) })
    }
}

impl<M: Model + ?Sized> Model for std::sync::Arc<M> {
    fn ask<'a>(&'a self, prompt: Prompt, budget: &'a CallBudget) -> Asked<'a, Reply> {
        (**self).ask(prompt, budget)
    }

    fn embed<'a>(&'a self, texts: &'a [String], budget: &'a CallBudget) -> Asked<'a, Embeddings> {
        (**self).embed(texts, budget)
    }

    fn transcribe<'a>(&'a self, audio: &'a Audio, budget: &'a CallBudget) -> Asked<'a, Transcript> {
        (**self).transcribe(audio, budget)
    }
}

/// Vectors for texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Embeddings {
    /// One for each text, in order, all of one length, every number finite.
    pub vectors: Vec<Vec<f32>>,
    /// Tokens of all calls.
    pub usage: Usage,
    /// What they cost, if it is known of every call.
    pub cost: Option<Cost>,
    /// The model, by its name in the settings.
    pub model: String,
}

/// A recording.
#[derive(Debug, Clone, PartialEq)]
pub struct Audio {
    /// Its bytes.
    pub bytes: Bytes,
    /// A name whose ending says its kind, which servers go by: `recording.mp3`. Nothing of the sender's.
    pub name: &'static str,
    /// Its media type: `audio/mpeg`.
    pub media_type: &'static str,
}

/// What is said in a recording.
#[derive(Debug, Clone, PartialEq)]
pub struct Transcript {
    /// All of it.
    pub text: String,
    /// The same in parts with their times, where the server tells them.
    pub segments: Vec<Segment>,
    /// How long it is, where the server tells it.
    pub seconds: Option<f64>,
    /// Tokens of the call.
    pub usage: Usage,
    /// What it cost, if it is known.
    pub cost: Option<Cost>,
    /// The model, by its name in the settings.
    pub model: String,
}

/// A part of a recording.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// When it begins, in seconds.
    pub start: f64,
    /// What is said.
    pub text: String,
}
