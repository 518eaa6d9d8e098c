//! The model author: asks, checks each item while the next is being written, has the round judged in one call, and says
//! what failed and why, so that only that is asked for again.
//!
//! - `notes`: what the model is given to read;
//! - `orders`: what it is not given to read;
//! - `asking`: the words of the question;
//! - `shape`: the shape of the answer;
//! - `draft`: from its JSON to drafts;
//! - `verdicts`: the judge;
//! - `condensing`: what was said long ago, in short;
//! - `reading`: which points an essay makes.

mod asking;
mod condensing;
mod draft;
mod notes;
mod orders;
mod reading;
mod shape;
mod verdicts;

use std::sync::Arc;

use serde_json::Value;
use sharper_domain::{Event, Fault, Request, TaskKind, Verdict};
use sharper_llm::items::object_in;
use sharper_llm::{Cause, Error, Found, ItemParser};
use sharper_study::judge::Source;
use tokio::sync::mpsc;

use self::draft::Reader;
use super::desk::{Checked, Desk, Order, Shown, Work};
use crate::away::Away;
use crate::calls::{Call, Calls};
use crate::context::Gathered;
use crate::experiments::Variant;

pub(crate) use self::condensing::condense;
pub(crate) use self::reading::read_essay;
pub(crate) use self::shape::task;

/// Items that are judged in one call.
const BATCH: usize = 60;

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
    /// Whether an answer had begun: one that broke off may go better, one that never came has been tried enough.
    pub(crate) began: bool,
    /// The model says that the notes do not hold the answer.
    pub(crate) said_no: bool,
}

/// The model as the author of one job.
pub(crate) struct ModelAuthor<'a> {
    pub(crate) calls: &'a Calls,
    /// What an experiment has it do in another way.
    pub(crate) variant: Option<&'a Variant>,
    pub(crate) order: Order,
    pub(crate) request: &'a Request,
    pub(crate) gathered: Arc<Gathered>,
    pub(crate) source: Arc<Source>,
    pub(crate) events: &'a mpsc::Sender<Event>,
    /// Bytes of notes that one question may hold.
    pub(crate) note_bytes: usize,
    /// Days until the exam, for a plan.
    pub(crate) days: u32,
}

impl ModelAuthor<'_> {
    /// One round: the items that are wanting are written and checked. `failed` is what did not pass in the last;
    /// `round` counts from 0.
    pub(crate) async fn write(&self, work: Work, failed: &[Failed], round: u32) -> Round {
        let wanting = self.order.wanted.map(|wanted| wanted.saturating_sub(work.count()));
        if wanting == Some(0) {
            // An interrupted job had written all: only the judge is missing.
            return Round { work, failed: Vec::new(), away: None, began: false, said_no: false };
        }
        let prompt = asking::prompt(self, &work, failed, wanting, round);
        let shape = shape::of(self.order.kind, self.request, None);
        // A conversation goes on: the same words again deserve a new answer.
        let keep = (self.order.kind != TaskKind::Chat && !self.request.fresh).then_some(round);
        let mut call = match self.calls.ask(prompt, keep).await {
            Ok(call) => call,
            Err(away) => {
                return Round {
                    work,
                    failed: failed.to_vec(),
                    away: Some(away),
                    began: false,
                    said_no: false,
                };
            }
        };
        let desk =
            Desk::new(self.order.clone(), &self.source, &self.gathered.texts, &self.gathered.known, work);
        let mut writing = Writing {
            parsers: shape.arrays.iter().map(|name| (*name, ItemParser::new(name))).collect(),
            reader: Reader {
                source: &self.source,
                kinds: shape::kinds(self.order.kind, self.request),
                count: 0,
            },
            kind: self.order.kind,
            desk,
            failed: Vec::new(),
            accepted: 0,
            text: String::new(),
            events: self.events,
        };
        let broke = writing.follow(&mut call).await;
        if writing.accepted > 0 {
            call.worth_keeping();
        }
        let said_no = writing.says_no();
        let cut = broke.is_none() && self.order.wanted.is_none() && !writing.is_whole() && !said_no;
        let (work, failed) = (writing.desk.into_work(), writing.failed);
        let cut = cut.then(|| Error::Malformed(Cause::new("the answer was cut off")));
        Round { work, failed, away: broke.or(cut).map(Away::Model), began: true, said_no }
    }

    /// Has every item that no judge has seen yet judged, in one call (or a few, of very many items). What fails is taken
    /// back; what stays without a verdict is asked about once more, and then taken back too.
    pub(crate) async fn judge(&self, mut work: Work) -> Round {
        let mut failed = Vec::new();
        let mut away = None;
        'asking: for round in 0..2 {
            let waiting: Vec<Shown> = work.shown.iter().filter(|shown| !shown.judged).cloned().collect();
            for batch in waiting.chunks(BATCH) {
                match self.verdicts(batch, round).await {
                    Ok(verdicts) => {
                        for (number, verdict) in verdicts {
                            failed.extend(self.settle(&mut work, number, verdict).await);
                        }
                    }
                    Err(error) => {
                        away = Some(error);
                        break 'asking;
                    }
                }
            }
        }
        let unjudged: Vec<Shown> = work.shown.iter().filter(|shown| !shown.judged).cloned().collect();
        for shown in unjudged {
            failed.push(failed_item(&shown, Fault::NotJudged));
            self.tell(work.withdraw(shown.number, Fault::NotJudged)).await;
        }
        Round { work, failed, away, began: true, said_no: false }
    }

    async fn verdicts(&self, batch: &[Shown], round: u32) -> Result<Vec<(u32, Verdict)>, Away> {
        let items: Vec<&Shown> = batch.iter().collect();
        let prompt = verdicts::prompt(self.order.kind, &items, &self.gathered.texts);
        let keep = (self.order.kind != TaskKind::Chat && !self.request.fresh).then_some(round);
        let mut call = self.calls.ask(prompt, keep).await?;
        let answer = call.text().await.map_err(Away::Model)?;
        let verdicts = verdicts::read(&answer, &items, self.order.kind);
        if !verdicts.is_empty() {
            call.worth_keeping();
        }
        Ok(verdicts)
    }

    /// Puts a verdict on an item, and takes the item back when the verdict is no pass.
    async fn settle(&self, work: &mut Work, number: u32, verdict: Verdict) -> Option<Failed> {
        let shown = work.shown.iter_mut().find(|shown| shown.number == number)?;
        let fault = verdict.faults.first().copied();
        shown.item = shown.item.clone().judged(verdict);
        shown.judged = true;
        let Some(fault) = fault else {
            if !shown.told {
                shown.told = true;
                let event = self.order.told(shown);
                self.tell(event).await;
            }
            return None;
        };
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
    /// Items of this answer that passed.
    accepted: usize,
    /// The tutor's whole answer: what it says of itself stands beside its statements.
    text: String,
    events: &'a mpsc::Sender<Event>,
}

impl Writing<'_> {
    /// Whether the tutor says that the notes do not hold the answer.
    fn says_no(&self) -> bool {
        let answer = object_in(&self.text).and_then(|json| serde_json::from_str::<Value>(json).ok());
        answer.is_some_and(|answer| answer["answerable"] == Value::Bool(false))
    }

    /// Whether every array that was begun was closed, and there was one.
    fn is_whole(&self) -> bool {
        self.desk.is_full()
            || self.parsers.iter().any(|(_, parser)| parser.is_whole())
                && self.parsers.iter().all(|(_, parser)| parser.is_whole() || parser.count() == 0)
    }

    /// Checks each item as soon as it is written, to the end of the answer or until enough is accepted. Answers with
    /// the error where it broke off.
    async fn follow(&mut self, call: &mut Call) -> Option<Error> {
        while let Some(piece) = call.next().await {
            let piece = match piece {
                Ok(piece) => piece,
                Err(error) => return Some(error),
            };
            if self.kind == TaskKind::Chat {
                self.text.push_str(&piece);
            }
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
            Checked::Accepted(event) => {
                self.accepted += 1;
                event
            }
            Checked::Known => None,
            Checked::Rejected(fault, event) => {
                self.failed.push(Failed { written: asking::shortened(&json), fault });
                event
            }
        }
    }
}
