//! `Scripted`: a model for tests, whose answers are a function of the prompt, with delays, faults and token counts.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::{
    Asked, CallBudget, Cost, Done, Embeddings, Error, Finish, Model, Piece, Prompt, Reply, TokenEstimate,
    Usage,
};

/// How one call goes. Built from `Script::text` or `Script::error`, changed by the methods.
#[derive(Debug, Clone)]
pub struct Script {
    pieces: Vec<String>,
    first_after: Duration,
    then_each: Duration,
    /// Instead of the end, or before anything when there are no pieces.
    fault: Option<Error>,
    finish: Finish,
    usage: Option<Usage>,
    cost: Option<Cost>,
}

impl Script {
    /// Answers this text in pieces of 16 characters, at once.
    pub fn text(text: impl AsRef<str>) -> Self {
        let script = Self {
            pieces: vec![text.as_ref().to_owned()],
            first_after: Duration::ZERO,
            then_each: Duration::ZERO,
            fault: None,
            finish: Finish::Stop,
            usage: None,
            cost: None,
        };
        script.in_pieces_of(16)
    }

    /// Fails before the first text, as `ask` does when all tries have failed.
    pub fn error(error: Error) -> Self {
        Self { pieces: Vec::new(), ..Self::text("").breaking_off(0, error) }
    }

    /// In pieces of so many characters.
    pub fn in_pieces_of(mut self, characters: usize) -> Self {
        let text: Vec<char> = self.pieces.concat().chars().collect();
        self.pieces = text.chunks(characters.max(1)).map(String::from_iter).collect();
        self
    }

    /// The first piece after this time, each further one after that time.
    pub fn paced(mut self, first_after: Duration, then_each: Duration) -> Self {
        (self.first_after, self.then_each) = (first_after, then_each);
        self
    }

    /// Gives so many pieces, then this error in place of the rest.
    pub fn breaking_off(mut self, pieces: usize, error: Error) -> Self {
        self.pieces.truncate(pieces);
        self.fault = Some(error);
        self
    }

    /// Ends for this reason.
    pub fn finish(mut self, finish: Finish) -> Self {
        self.finish = finish;
        self
    }

    /// Reports these tokens; otherwise they are estimated.
    pub fn tokens(mut self, prompt: u32, completion: u32) -> Self {
        self.usage = Some(Usage { prompt_tokens: prompt, completion_tokens: completion, estimated: false });
        self
    }

    /// Reports this cost.
    pub fn cost(mut self, nano_usd: u64) -> Self {
        self.cost = Some(Cost { nano_usd, reported: true });
        self
    }
}

/// The function from the prompt and the number of the call (from 0) to what happens.
type Author = dyn Fn(&Prompt, usize) -> Script + Send + Sync;

/// A model that answers by a function. It takes from the call budget as a server's model does.
pub struct Scripted {
    author: Box<Author>,
    asked: Mutex<Vec<Prompt>>,
}

impl Scripted {
    /// The name it answers under.
    pub const NAME: &str = "scripted";

    /// Answers by this function.
    pub fn new(author: impl Fn(&Prompt, usize) -> Script + Send + Sync + 'static) -> Self {
        Self { author: Box::new(author), asked: Mutex::default() }
    }

    /// Every prompt so far.
    pub fn asked(&self) -> Vec<Prompt> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn answer(&self, prompt: Prompt, budget: &CallBudget) -> Result<Reply, Error> {
        budget.take()?;
        let number = {
            let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
            asked.push(prompt.clone());
            asked.len() - 1
        };
        let script = (self.author)(&prompt, number);
        let mut stream = ScriptedStream::new(script, &prompt);
        let first = stream.next().await?;
        stream.pieces.push_front(first);
        (stream.due, stream.written) = (Instant::now(), TokenEstimate::default());
        Ok(Reply::scripted(Self::NAME.to_owned(), stream))
    }
}

impl Model for Scripted {
    fn ask<'a>(&'a self, prompt: Prompt, budget: &'a CallBudget) -> Asked<'a, Reply> {
        Box::pin(self.answer(prompt, budget))
    }

    /// Unit vectors of 64 numbers in which texts that share words lie near.
    fn embed<'a>(&'a self, texts: &'a [String], budget: &'a CallBudget) -> Asked<'a, Embeddings> {
        Box::pin(async move {
            budget.take()?;
            Ok(Embeddings {
                vectors: texts.iter().map(|text| bag_of_words(text)).collect(),
                usage: Usage::default(),
                cost: None,
                model: Self::NAME.to_owned(),
            })
        })
    }
}

impl fmt::Debug for Scripted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scripted").field("asked", &self.asked().len()).finish_non_exhaustive()
    }
}

fn bag_of_words(text: &str) -> Vec<f32> {
    let mut vector = vec![0.0_f32; 64];
    for word in text.split_whitespace() {
        // FNV-1a, 32 bits.
        let hash = word
            .to_lowercase()
            .bytes()
            .fold(0x811c_9dc5_u32, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193));
        vector[hash as usize % 64] += 1.0;
    }
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    vector.iter().map(|x| x / length).collect()
}

/// The rest of a scripted answer.
#[derive(Debug)]
pub(crate) struct ScriptedStream {
    pieces: VecDeque<Piece>,
    fault: Option<Error>,
    due: Instant,
    then_each: Duration,
    prompt_tokens: u32,
    written: TokenEstimate,
}

impl ScriptedStream {
    fn new(script: Script, prompt: &Prompt) -> Self {
        let prompt_tokens = prompt.estimated_tokens();
        let completion_tokens = TokenEstimate::of(&script.pieces.concat());
        let done = Done {
            usage: script.usage.unwrap_or(Usage { prompt_tokens, completion_tokens, estimated: true }),
            finish: script.finish,
            model: Scripted::NAME.to_owned(),
            cost: script.cost,
        };
        let end = script.fault.is_none().then_some(Piece::Done(done));
        Self {
            pieces: script.pieces.into_iter().map(|text| Piece::Delta { text }).chain(end).collect(),
            fault: script.fault,
            due: Instant::now() + script.first_after,
            then_each: script.then_each,
            prompt_tokens,
            written: TokenEstimate::default(),
        }
    }

    pub(crate) async fn next(&mut self) -> Result<Piece, Error> {
        if self.due > Instant::now() {
            sleep_until(self.due).await;
        }
        let Some(piece) = self.pieces.pop_front() else {
            return Err(self.fault.take().unwrap_or_else(|| Error::malformed("the script has ended")));
        };
        if let Piece::Delta { text } = &piece {
            self.written.push(text);
        }
        self.due += self.then_each;
        Ok(piece)
    }

    pub(crate) fn so_far(&self) -> Usage {
        let completion_tokens = self.written.tokens();
        Usage { prompt_tokens: self.prompt_tokens, completion_tokens, estimated: true }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Class, Task};

    async fn ask(script: Script) -> (String, Result<Option<Done>, Error>) {
        let model = Scripted::new(move |_, _| script.clone());
        let mut text = String::new();
        let mut reply = match model.ask(Prompt::new(Task::Chat, "s", "u"), &CallBudget::default()).await {
            Ok(reply) => reply,
            Err(error) => return (text, Err(error)),
        };
        let mut last = None;
        while let Some(piece) = reply.next().await {
            match piece {
                Ok(Piece::Delta { text: more }) => text.push_str(&more),
                Ok(Piece::Done(done)) => last = Some(done),
                Err(error) => return (text, Err(error)),
            }
        }
        (text, Ok(last))
    }

    #[tokio::test]
    async fn a_script_answers_its_text_and_then_ends() {
        let (text, done) = ask(Script::text("one two three four five six").tokens(3, 6).cost(9)).await;
        let done = done.unwrap().unwrap();
        assert_eq!(text, "one two three four five six");
        assert_eq!((done.usage.total(), done.usage.estimated, done.finish), (9, false, Finish::Stop));
        assert_eq!(done.cost, Some(Cost { nano_usd: 9, reported: true }));
    }

    #[tokio::test]
    async fn a_script_can_fail_before_and_amid() {
        let error = || Error::unavailable("scripted");
        let (text, end) = ask(Script::error(error())).await;
        assert_eq!((text.as_str(), end.unwrap_err().class()), ("", Class::Unavailable));
        let (text, end) = ask(Script::text("abcdef").in_pieces_of(2).breaking_off(2, error())).await;
        assert_eq!((text.as_str(), end.unwrap_err().class()), ("abcd", Class::Unavailable));
    }

    #[tokio::test(start_paused = true)]
    async fn a_script_keeps_its_pace() {
        let start = Instant::now();
        let script =
            Script::text("abcd").in_pieces_of(1).paced(Duration::from_secs(10), Duration::from_secs(1));
        ask(script).await.1.unwrap();
        assert!(start.elapsed() >= Duration::from_secs(13));
    }

    #[tokio::test]
    async fn each_call_takes_from_the_budget() {
        let model = Scripted::new(|prompt, call| Script::text(format!("{} {call}", prompt.user)));
        let budget = CallBudget::new(2);
        for call in 0..2 {
            let reply = model.ask(Prompt::new(Task::Chat, "", "hi"), &budget).await.unwrap();
            assert_eq!(reply.text().await.unwrap().0, format!("hi {call}"));
        }
        let refused = model.ask(Prompt::new(Task::Chat, "", "hi"), &budget).await.unwrap_err();
        assert_eq!(refused.class(), Class::OverBudget);
        assert_eq!(model.asked().len(), 2);
    }
}
