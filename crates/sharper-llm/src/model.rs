//! `Model`: whoever can be asked: a server, a script in tests, or a decorator of another model (a cache, a ledger).

use std::pin::Pin;

use crate::{CallBudget, Cost, Error, Prompt, Reply, Usage};

/// What asking gives: it can be awaited on any thread.
pub type Asked<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// Something that answers prompts and embeds texts.
pub trait Model: Send + Sync + 'static {
    /// Asks, and answers as soon as the first text (or the end) has come. Until then failed tries are repeated and
    /// other models asked; after it never, since the caller may have used what came.
    fn ask<'a>(&'a self, prompt: Prompt, budget: &'a CallBudget) -> Asked<'a, Reply>;

    /// One vector for each text, in their order. `Refused` when no embedding model is configured.
    fn embed<'a>(&'a self, texts: &'a [String], budget: &'a CallBudget) -> Asked<'a, Embeddings>;
}

impl<M: Model + ?Sized> Model for std::sync::Arc<M> {
    fn ask<'a>(&'a self, prompt: Prompt, budget: &'a CallBudget) -> Asked<'a, Reply> {
        (**self).ask(prompt, budget)
    }

    fn embed<'a>(&'a self, texts: &'a [String], budget: &'a CallBudget) -> Asked<'a, Embeddings> {
        (**self).embed(texts, budget)
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
