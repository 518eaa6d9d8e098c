//! The model author: asks, checks each item while the next is being written, has the round judged in one call, and says
//! what failed and why, so that only that is asked for again.
//!
//! - `notes`: what the model is given to read;
//! - `orders`: what it is not given to read;
//! - `asking`: the words of the question;
//! - `shape`: the shape of the answer;
//! - `draft`: from its JSON to drafts;
//! - `verdicts`: the judge.

mod asking;
mod draft;
mod notes;
mod orders;
mod shape;
mod verdicts;

use std::sync::Arc;

use sharper_domain::{Event, Fault, Request, TaskKind, Verdict};
use sharper_llm::{Error, Found, ItemParser};
use sharper_study::judge::Source;
use tokio::sync::mpsc;

use self::draft::Reader;
use super::desk::{Checked, Desk, Order, Shown, Work};
use crate::calls::{Away, Calls};
use crate::context::Gathered;

pub(crate) use self::shape::task;

/// Something of the last round that did not pass.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Failed {
    /// What was written, as JSON, cut short.
    pub(crate) written: String,
    /// Why it did not pass.
    pub(crate) fault: Fault,
}

/// What a round gave.
pub(crate) struct Round {
    pub(crate) work: Work,
    /// What is worth asking for again.
    pub(crate) failed: Vec<Failed>,
    /// The model broke off or could not be asked.
    pub(crate) away: Option<Away>,
}

/// The model as the author of one job.
pub(crate) struct ModelAuthor<'a> {
    pub(crate) calls: &'a Calls,
    pub(crate) order: Order,
    pub(crate) request: &'a Request,
    pub(crate) gathered: Arc<Gathered>,
    pub(crate) source: Arc<Source>,
    pub(crate) events: &'a mpsc::Sender<Event>,
    /// Bytes of notes that one question may hold.
    pub(crate) note_bytes: usize,
}

impl ModelAuthor<'_> {
    /// One round: the items that are wanting are written and checked. `failed` is what did not pass in the last;
    /// `round` counts from 0.
    pub(crate) async fn write(&self, work: Work, failed: &[Failed], round: u32) -> Round {
        let wanting = self.order.wanted.map(|wanted| wanted.saturating_sub(work.count()));
        let prompt = asking::prompt(self, &work, failed, wanting);
        let shape = shape::of(self.order.kind, self.request, None);
        // A conversation goes on: the same words again deserve a new answer.
        let keep = (self.order.kind != TaskKind::Chat && !self.request.fresh).then_some(round);
        let call = match self.calls.ask(prompt, keep).await {
            Ok(call) => call,
            Err(away) => return Round { work, failed: failed.to_vec(), away: Some(away) },
        };
        let desk =
            Desk::new(self.order.clone(), &self.source, &self.gathered.texts, &self.gathered.known, work);
        let mut writing = Writing {
            parsers: shape.arrays.iter().map(|name| (*name, ItemParser::new(name))).collect(),
            reader: Reader { source: &self.source, count: 0 },
            kind: self.order.kind,
            desk,
            failed: Vec::new(),
            events: self.events,
        };
        let broke = writing.follow(call).await;
        let (work, failed) = (writing.desk.into_work(), writing.failed);
        Round { work, failed, away: broke.map(Away::Model) }
    }

    /// Has every item that no judge has seen yet judged, in one call. What fails is taken back; what stays without a
    /// verdict is asked about once more, and then taken back too.
    pub(crate) async fn judge(&self, mut work: Work) -> Round {
        let mut failed = Vec::new();
        let mut away = None;
        for round in 0..2 {
            let waiting: Vec<Shown> = work.shown.iter().filter(|shown| !shown.judged).cloned().collect();
            if waiting.is_empty() {
                break;
            }
            let items: Vec<&Shown> = waiting.iter().collect();
            let prompt = verdicts::prompt(self.order.kind, &items, &self.gathered.texts);
            let keep = (self.order.kind != TaskKind::Chat).then_some(round);
            let answer = match self.calls.ask(prompt, keep).await {
                Ok(call) => call.text().await.map_err(Away::Model),
                Err(away) => Err(away),
            };
            match answer {
                Ok(answer) => {
                    for (number, verdict) in verdicts::read(&answer, &items, self.order.kind) {
                        failed.extend(self.settle(&mut work, number, verdict).await);
                    }
                }
                Err(error) => {
                    away = Some(error);
                    break;
                }
            }
        }
        let unjudged: Vec<Shown> = work.shown.iter().filter(|shown| !shown.judged).cloned().collect();
        for shown in unjudged {
            failed.push(failed_item(&shown, Fault::NotJudged));
            self.tell(work.withdraw(shown.number, Fault::NotJudged)).await;
        }
        Round { work, failed, away }
    }

    /// Puts a verdict on an item, and takes the item back when the verdict is no pass.
    async fn settle(&self, work: &mut Work, number: u32, verdict: Verdict) -> Option<Failed> {
        let shown = work.shown.iter_mut().find(|shown| shown.number == number)?;
        let fault = verdict.faults.first().copied();
        shown.item = shown.item.clone().judged(verdict);
        shown.judged = true;
        let fault = fault?;
        let failed = failed_item(shown, fault);
        self.tell(work.withdraw(number, fault)).await;
        Some(failed)
    }

    async fn tell(&self, event: Event) {
        // A closed channel means that the job was taken from us; the runner ends it.
        let _ = self.events.send(event).await;
    }
}

/// An item that did not pass, as the author is told of it.
fn failed_item(shown: &Shown, fault: Fault) -> Failed {
    let (front, back) = shown.item.sides();
    Failed { written: asking::shortened(&format!("{front} / {back}")), fault }
}

/// An answer that is being written.
struct Writing<'a> {
    parsers: Vec<(&'static str, ItemParser)>,
    reader: Reader<'a>,
    kind: TaskKind,
    desk: Desk<'a>,
    failed: Vec<Failed>,
    events: &'a mpsc::Sender<Event>,
}

impl Writing<'_> {
    /// Checks each item as soon as it is written, to the end of the answer or until enough is accepted. Answers with
    /// the error where it broke off.
    async fn follow(&mut self, mut call: crate::calls::Call) -> Option<Error> {
        while let Some(piece) = call.next().await {
            let piece = match piece {
                Ok(piece) => piece,
                Err(error) => return Some(error),
            };
            let mut found: Vec<(&'static str, Found)> = Vec::new();
            for (name, parser) in &mut self.parsers {
                found.extend(parser.push(&piece).into_iter().map(|one| (*name, one)));
            }
            for (array, one) in found {
                if self.desk.is_full() {
                    break;
                }
                let event = self.take(array, one);
                if let Some(event) = event
                    && self.events.send(event).await.is_err()
                {
                    return None;
                }
            }
        }
        None
    }

    fn take(&mut self, array: &'static str, found: Found) -> Option<Event> {
        let (json, checked) = match found {
            Found::Broken => (String::new(), self.desk.reject(Fault::MissingField)),
            Found::Item { json, .. } => {
                let checked = match self.reader.read(self.kind, array, &json) {
                    Ok(draft) => self.desk.check(draft),
                    Err(fault) => self.desk.reject(fault),
                };
                (json, checked)
            }
        };
        match checked {
            Checked::Accepted(event) => Some(event),
            Checked::Known => None,
            Checked::Rejected(fault, event) => {
                self.failed.push(Failed { written: asking::shortened(&json), fault });
                event
            }
        }
    }
}
