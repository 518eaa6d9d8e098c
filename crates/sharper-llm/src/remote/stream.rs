//! `RemoteStream`: the body of a response as pieces of an answer, whether it is a stream or one whole completion.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::attempts::Lane;
use super::chunk::Assembly;
use super::gate::Place;
use super::http::Body;
use crate::settings::Settings;
use crate::{Done, Error, Piece, SseDecoder, Usage};

/// How long the usage and the end may come after the model has said that it stopped.
const AFTER_FINISH: Duration = Duration::from_secs(2);

/// An answer that is being read. Holds its place among the calls under way until it ends or is dropped.
#[derive(Debug)]
pub(crate) struct RemoteStream {
    body: Body,
    reading: Reading,
    assembly: Assembly,
    ready: VecDeque<String>,
    /// Nothing more will be read.
    over: bool,
    /// An error that waits until all of `ready` is told.
    broken: Option<Error>,
    prompt_tokens: u32,
    lane: Arc<Lane>,
    settings: Arc<Settings>,
    place: Option<Place>,
}

/// What the body turns out to be, by its first byte: the content type is not to be trusted.
#[derive(Debug)]
enum Reading {
    /// Only white space so far.
    Unknown,
    Events(SseDecoder),
    Whole(Vec<u8>),
}

impl RemoteStream {
    /// Reads up to the first text or the end, so that everything before it can still be tried again.
    pub(crate) async fn open(
        body: Body,
        prompt_tokens: u32,
        lane: Arc<Lane>,
        settings: Arc<Settings>,
        place: Place,
    ) -> Result<Self, Error> {
        let mut stream = Self {
            body,
            reading: Reading::Unknown,
            assembly: Assembly::default(),
            ready: VecDeque::new(),
            over: false,
            broken: None,
            prompt_tokens,
            lane,
            settings,
            place: Some(place),
        };
        while stream.ready.is_empty() && !stream.over {
            stream.over = !stream.read().await?;
        }
        if stream.over {
            stream.done()?;
        }
        Ok(stream)
    }

    /// The next piece. A stream that breaks off counts against the model's health.
    pub(crate) async fn next(&mut self) -> Result<Piece, Error> {
        let piece = self.advance().await;
        if let Err(error) = &piece
            && error.is_failure_of_server()
        {
            self.lane.breaker.failed(Instant::now());
        }
        if !matches!(piece, Ok(Piece::Delta { .. })) {
            self.place = None;
        }
        piece
    }

    async fn advance(&mut self) -> Result<Piece, Error> {
        loop {
            if let Some(text) = self.ready.pop_front() {
                return Ok(Piece::Delta { text });
            }
            if let Some(error) = self.broken.take() {
                return Err(error);
            }
            if self.over {
                return self.done().map(Piece::Done);
            }
            match self.read().await {
                Ok(more) => self.over = !more,
                // What came before it in the same piece is told first.
                Err(error) => self.broken = Some(error),
            }
        }
    }

    fn done(&self) -> Result<Done, Error> {
        let mut done = self.assembly.finish(self.prompt_tokens, &self.lane.model)?;
        done.cost = done.cost.or_else(|| self.settings.cost(&self.lane.model, &done.usage));
        Ok(done)
    }

    /// Tokens so far.
    pub(crate) fn so_far(&self) -> Usage {
        self.assembly.usage(self.prompt_tokens)
    }

    /// Reads one piece of the body. False when it was the last: at the announced end, at the end of the body, and when
    /// nothing comes any more after the model has stopped.
    async fn read(&mut self) -> Result<bool, Error> {
        let finished = self.assembly.is_finished();
        match self.body.chunk().await {
            Ok(Some(bytes)) => self.take(&bytes)?,
            Ok(None) => {
                self.end()?;
                return Ok(false);
            }
            // The answer is whole; only its usage is missing, and that can be estimated.
            Err(_) if finished => return Ok(false),
            Err(error) => return Err(error),
        }
        if !finished && self.assembly.is_finished() {
            self.body.hurry(AFTER_FINISH);
        }
        Ok(!self.assembly.is_ended())
    }

    fn take(&mut self, bytes: &[u8]) -> Result<(), Error> {
        if let Reading::Unknown = self.reading {
            let begins = bytes.iter().find(|b| !b.is_ascii_whitespace());
            self.reading = match begins {
                None => return Ok(()),
                Some(b'{' | b'[') => Reading::Whole(Vec::new()),
                Some(b'<') => return Err(Error::malformed("the answer is a page, not a completion")),
                Some(_) => Reading::Events(SseDecoder::new()),
            };
        }
        match &mut self.reading {
            Reading::Whole(whole) => {
                whole.extend_from_slice(bytes);
                Ok(())
            }
            Reading::Events(decoder) => {
                let mut events = Vec::new();
                let read = decoder.push(bytes, &mut events);
                self.assemble(&events)?;
                read
            }
            Reading::Unknown => Ok(()),
        }
    }

    fn end(&mut self) -> Result<(), Error> {
        match std::mem::replace(&mut self.reading, Reading::Unknown) {
            Reading::Unknown => Ok(()),
            Reading::Events(decoder) => {
                let mut events = Vec::new();
                let read = decoder.finish(&mut events);
                self.assemble(&events)?;
                read
            }
            Reading::Whole(whole) => {
                let whole =
                    String::from_utf8(whole).map_err(|_| Error::malformed("the answer is not UTF-8"))?;
                self.assemble(&[whole])?;
                self.assembly.end();
                Ok(())
            }
        }
    }

    fn assemble(&mut self, events: &[String]) -> Result<(), Error> {
        for event in events {
            let text = self.assembly.take(event)?;
            if !text.is_empty() {
                self.ready.push_back(text);
            }
        }
        Ok(())
    }
}
