//! `Reply`: a model's answer as it is written, piece by piece, and at its end what it took.

use std::collections::VecDeque;

use crate::remote::RemoteStream;
use crate::scripted::ScriptedStream;
use crate::{Cost, Error, Usage};

/// One step of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// More text.
    Delta {
        /// The text; never empty.
        text: String,
    },
    /// The end: the answer is whole (see `Done::finish`).
    Done(Done),
}

/// How an answer ended and what it took.
#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    /// Tokens.
    pub usage: Usage,
    /// Why the model stopped.
    pub finish: Finish,
    /// The model that wrote it, as the server calls it.
    pub model: String,
    /// What it cost; `None` when neither the server nor the price table says.
    pub cost: Option<Cost>,
}

/// Why a model stopped writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Finish {
    /// It had said everything.
    Stop,
    /// The longest answer was reached: the text is cut off.
    Length,
    /// A filter of the provider stopped it, or the model declined.
    Filtered,
    /// For a reason we have no word for.
    Other,
}

/// An answer that has begun. Dropping it ends the call, and with most servers the writing.
///
/// `next` is cancel-safe: it may be one arm of a `select!`. What it has given is never taken back; when an error comes
/// after some text, that text is part of no answer.
#[derive(Debug)]
pub struct Reply {
    model: String,
    passed_over: Option<Error>,
    source: Source,
    ended: bool,
}

#[derive(Debug)]
enum Source {
    Remote(Box<RemoteStream>),
    Scripted(ScriptedStream),
    Ready(VecDeque<Piece>),
}

impl Reply {
    /// An answer that is known already, as a cache has it.
    pub fn ready(text: impl Into<String>, done: Done) -> Self {
        let text = text.into();
        let model = done.model.clone();
        let delta = (!text.is_empty()).then_some(Piece::Delta { text });
        Self::new(model, Source::Ready(delta.into_iter().chain([Piece::Done(done)]).collect()))
    }

    pub(crate) fn remote(model: String, stream: RemoteStream) -> Self {
        Self::new(model, Source::Remote(Box::new(stream)))
    }

    pub(crate) fn scripted(model: String, stream: ScriptedStream) -> Self {
        Self::new(model, Source::Scripted(stream))
    }

    fn new(model: String, source: Source) -> Self {
        Self { model, passed_over: None, source, ended: false }
    }

    pub(crate) fn after(mut self, passed_over: Option<Error>) -> Self {
        self.passed_over = passed_over;
        self
    }

    /// The model that was asked, by its name in the settings.
    pub fn model(&self) -> &str {
        &self.model
    }

    /// Why the model before this one was passed over, when this is a fallback.
    pub fn passed_over(&self) -> Option<&Error> {
        self.passed_over.as_ref()
    }

    /// The next piece. `None` after `Done` or an error.
    pub async fn next(&mut self) -> Option<Result<Piece, Error>> {
        if self.ended {
            return None;
        }
        let piece = match &mut self.source {
            Source::Remote(stream) => stream.next().await,
            Source::Scripted(stream) => stream.next().await,
            Source::Ready(pieces) => Ok(pieces.pop_front()?),
        };
        self.ended = !matches!(piece, Ok(Piece::Delta { .. }));
        Some(piece)
    }

    /// Tokens so far, estimated: to settle the bill of an answer that broke off.
    pub fn so_far(&self) -> Usage {
        match &self.source {
            Source::Remote(stream) => stream.so_far(),
            Source::Scripted(stream) => stream.so_far(),
            Source::Ready(_) => Usage::default(),
        }
    }

    /// The whole answer. An error means that there is none, whatever text had come.
    pub async fn text(mut self) -> Result<(String, Done), Error> {
        let mut whole = String::new();
        while let Some(piece) = self.next().await {
            match piece? {
                Piece::Delta { text } => whole.push_str(&text),
                Piece::Done(done) => return Ok((whole, done)),
            }
        }
        Err(Error::malformed("the answer has been read already"))
    }
}
