//! Remaking: items whose passages changed, or that were turned down, are written anew from what stands there now, and
//! replace the old in their places.
//!
//! The items of one set, or the questions of one kind of one quiz, are one piece of work: one question to the model and one
//! to the judge, with the changed passages and nothing else of the note. What was told of before an interruption is not
//! written again.

mod slots;
mod stale;
mod told;

use std::sync::Arc;
use std::time::Instant;

use serde_json::json;
use sharper_domain::outcome::{Saved, StaysStale};
use sharper_domain::request::Remake;
use sharper_domain::{
    Author, Difficulty, DifficultyChoice, Event, Fault, FlashcardOptions, Item, Making, Note, Problem,
    QuestionKind, QuizOptions, Request, Stage, TaskKind,
};
use sharper_store::executions::{ExecutionStatus, REQUESTS};
use sharper_store::passages::{Placed, Remade, id_of};
use tokio::sync::mpsc;

use self::slots::{Slots, around, regions};
pub(crate) use self::stale::{Stale, stays};
use self::stale::{groups, nothing, question_kind};
use super::drive::Drive;
use crate::calls::Calls;
use crate::context::{Gathered, Known, NoteText, Passage};
use crate::recorder::{Part, Run};
use crate::tasks::desk::Region;
use crate::validation::Tally;
use crate::{Agents, Assignment, Made, problem_of};

/// Events that may wait between the author and the log.
const EVENTS: usize = 64;
/// Characters of a changed passage that the model is told to write about.
const PASSAGE_CHARS: usize = 200;
/// Passages that it is told of in that way.
const PASSAGES_TOLD: usize = 10;

/// Does a job that writes stale items anew.
pub(crate) async fn run(
    agents: &Agents,
    task: &Assignment,
    wanted: &Remake,
    events: mpsc::Sender<Event>,
) -> Result<Made, Problem> {
    let (began, clock) = (agents.clock.now(), Instant::now());
    let part = Part {
        user_id: task.user_id.clone(),
        session_id: task.session_id.clone(),
        request_id: task.job_id.to_string(),
    };
    let result = remake(agents, task, wanted, &events, clock).await;
    let (status, error, items) = match &result {
        Ok(made) => (ExecutionStatus::Success, None, made.remade.len()),
        Err(problem) => (ExecutionStatus::Failure, Some(problem.detail.clone()), 0),
    };
    let metadata = result.as_ref().ok().map(|made| &made.outcome.metadata);
    let run = Run {
        status,
        error,
        input: json!({"type": task.request.kind, "remake": true}),
        output: json!({"items": items}),
        tokens: metadata.map_or(0, |told| told.tokens_used),
        model: metadata.map(|told| told.model_used.clone()),
        ..Run::well(REQUESTS, began, clock.elapsed())
    };
    agents.recorder.record(&part, run);
    result
}

async fn remake(
    agents: &Agents,
    task: &Assignment,
    wanted: &Remake,
    events: &mpsc::Sender<Event>,
    clock: Instant,
) -> Result<Made, Problem> {
    progress(events, Stage::Gather, "Looking for what changed in your note...").await;
    let now = agents.clock.now();
    let note = agents.store.note(task.user_id.clone(), wanted.note_id).await.map_err(problem_of)?;
    let all = agents.to_write_anew(&task.user_id, note.id, &wanted.items, now).await.map_err(problem_of)?;
    let Stale { again, gone, .. } = Stale::of(all, &wanted.items);
    let calls = agents.calls(&task.user_id, Some(task.job_id)).map(Arc::new);
    if let (Some(calls), true) = (&calls, task.before.last_number > 0) {
        calls.resume().await;
    }
    let mut maker = Maker {
        agents,
        task,
        note: &note,
        events,
        calls,
        degraded: None,
        making: Making::default(),
        tally: Tally::default(),
        last_number: task.before.last_number,
    };
    let told = maker.told_before(&again).await;
    let mut remade: Vec<Item> = told;
    for group in groups(
        again
            .iter()
            .filter(|one| !remade.iter().any(|item| id_of(item) == one.spot.item_id))
            .cloned()
            .collect(),
    ) {
        remade.extend(maker.group(group).await?);
    }
    progress(events, Stage::Format, "Putting them in their places...").await;
    let left = again.iter().filter(|one| !remade.iter().any(|item| id_of(item) == one.spot.item_id));
    let stays: Vec<StaysStale> =
        left.map(|one| stays(one, false)).chain(gone.iter().map(|one| stays(one, true))).collect();
    let first = again.iter().find(|one| remade.iter().any(|item| id_of(item) == one.spot.item_id));
    let Some(first) = first.map(|one| one.spot) else { return Err(nothing(&stays)) };
    let outcome = maker.outcome(&remade, stays, clock);
    progress(events, Stage::Complete, &outcome.message).await;
    let ids = remade.iter().filter_map(id_of).collect();
    let saved = Saved::Remade {
        saved: true,
        note_id: note.id,
        ids,
        material_id: first.material_id,
        kind: first.kind,
    };
    let remade = remade.into_iter().map(|item| Remade { item }).collect();
    Ok(Made { outcome, saved, new: None, remade })
}

async fn progress(events: &mpsc::Sender<Event>, stage: Stage, message: &str) {
    // Nobody listening means that the job was taken from us: the runner ends it.
    let _ = events.send(Event::Progress { stage, agent: REQUESTS, message: message.to_owned() }).await;
}

/// What is under way.
struct Maker<'a> {
    agents: &'a Agents,
    task: &'a Assignment,
    note: &'a Note,
    events: &'a mpsc::Sender<Event>,
    calls: Option<Arc<Calls>>,
    /// Why the offline author has stepped in.
    degraded: Option<String>,
    making: Making,
    tally: Tally,
    last_number: u32,
}

impl Maker<'_> {
    /// What was told before the job was interrupted and may stay. What a model wrote and no judge may have seen is taken
    /// back.
    async fn told_before(&mut self, again: &[Placed]) -> Vec<Item> {
        let judged = self.agents.settings.hold_for_judge;
        let mut stays = Vec::new();
        for told in &self.task.before.accepted {
            let is_stale = again.iter().any(|one| one.spot.item_id == id_of(&told.item));
            if is_stale && (judged || told.author != Author::Model) {
                stays.push(told.item.clone());
            } else {
                let event = Event::Withdrawn { number: told.number, fault: Fault::NotJudged };
                let _ = self.events.send(event).await;
            }
        }
        stays
    }

    /// Writes a group anew. Answers with what came of it, each with the id of the one in whose place it is to be.
    async fn group(&mut self, group: Vec<Placed>) -> Result<Vec<Item>, Problem> {
        let regions = regions(&group, &self.note.content);
        let slots = Slots::new(&group, &regions);
        let request = self.request(&group, &regions);
        let assignment = Assignment { request, before: crate::Before::default(), ..self.task.clone() };
        let known = self.rest(&group).await?;
        let (sender, mut heard) = mpsc::channel(EVENTS);
        let mut drive = Drive::new(self.agents, &assignment, sender);
        drive.kind = group[0].spot.kind;
        drive.id = group[0].spot.material_id;
        drive.gathered = Arc::new(self.gathered(&regions, known));
        drive.work.last_number = self.last_number;
        drive.regions = regions.into();
        drive.goes_on_with(self.calls.clone(), self.degraded.clone());
        let outer = self.events;
        let writing = async {
            let result = drive.items().await;
            let made = (std::mem::take(&mut drive.work), drive.making());
            drop(drive);
            result.map(|()| made)
        };
        let telling = async {
            let mut slots = slots;
            while let Some(event) = heard.recv().await {
                if let Some(event) = slots.translated(event) {
                    let _ = outer.send(event).await;
                }
            }
            slots
        };
        let (made, mut slots) = tokio::join!(writing, telling);
        let (work, making) = made?;
        self.last_number = work.last_number;
        self.degraded.clone_from(&making.degraded);
        self.making = making;
        self.tally.add(&work.tally);
        Ok(work.shown.into_iter().filter_map(|shown| slots.placed(shown.number, shown.item)).collect())
    }

    /// What is asked of the author: as many items as are stale, as hard as they were, about what changed.
    fn request(&self, group: &[Placed], regions: &[Region]) -> Request {
        let count = u32::try_from(group.len()).unwrap_or(u32::MAX);
        let level = |one: &Placed| match &one.item {
            Item::Card(card) => Some(card.difficulty),
            Item::Question(question) => Some(question.difficulty),
            _ => None,
        };
        let first = level(&group[0]);
        let same = first.filter(|_| group.iter().all(|one| level(one) == first));
        let difficulty = same.map_or(DifficultyChoice::Adaptive, |level| match level {
            Difficulty::Easy => DifficultyChoice::Easy,
            Difficulty::Medium => DifficultyChoice::Medium,
            Difficulty::Hard => DifficultyChoice::Hard,
        });
        // The offline author takes what it finds: how hard it is, the passage decides.
        let difficulty = if self.calls.is_some() { difficulty } else { DifficultyChoice::Adaptive };
        let passage = |region: &Region| -> String {
            region.span.of(&self.note.content).unwrap_or_default().chars().take(PASSAGE_CHARS).collect()
        };
        let passages: Vec<String> = regions.iter().take(PASSAGES_TOLD).map(passage).collect();
        let question_types =
            question_kind(&group[0].item).map_or_else(|| QuestionKind::QUIZ.to_vec(), |kind| vec![kind]);
        Request {
            message: format!("Quote only from these passages, which were changed: {}", passages.join(" … ")),
            flashcards: FlashcardOptions { count, difficulty, topic: None },
            quiz: QuizOptions { question_count: count, difficulty, question_types, topic: None },
            remake: None,
            ..Request::new(group[0].spot.kind)
        }
    }

    fn gathered(&self, regions: &[Region], known: Vec<Known>) -> Gathered {
        let shown = |region: &Region| {
            let span = around(region.span, &self.note.content, 1);
            Passage { text: 0, span, sentence: region.span, score: 1.0, answerable: 1.0 }
        };
        let mut passages: Vec<Passage> = Vec::new();
        for next in regions.iter().map(shown) {
            match passages.last_mut() {
                Some(last) if next.span.start <= last.span.end => {
                    last.span.end = last.span.end.max(next.span.end)
                }
                _ => passages.push(next),
            }
        }
        let texts = vec![NoteText::from(self.note.clone())];
        Gathered { texts, known, passages, looked_at: 1, ..Gathered::default() }
    }

    /// The items of the same set that stay, and those that were turned down: none of them is to be repeated.
    async fn rest(&self, group: &[Placed]) -> Result<Vec<Known>, Problem> {
        let (spot, user, most) = (group[0].spot, self.task.user_id.clone(), self.agents.settings.known_cards);
        let whole = self.agents.store.material(self.task.user_id.clone(), spot.kind, spot.material_id).await;
        let items = whole.map_err(problem_of)?.items();
        let stays = items.iter().filter(|item| !group.iter().any(|one| one.spot.item_id == id_of(item)));
        let known = |item: &Item| {
            let (front, back) = item.sides();
            Known { front: front.to_owned(), back: back.to_owned() }
        };
        let rejected = match spot.kind {
            TaskKind::FlashcardGeneration => self.agents.store.rejected_cards(user, most).await,
            _ => self.agents.store.rejected_questions(user, most).await,
        };
        let rejected = rejected.map_err(problem_of)?.into_iter().map(Known::from);
        Ok(stays.map(known).chain(rejected).collect())
    }
}
