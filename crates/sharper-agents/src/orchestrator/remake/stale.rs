//! What is stale of a note, and what can be done about it.

use serde_json::json;
use sharper_domain::outcome::{MakeAgain, StaysStale};
use sharper_domain::request::Remake;
use sharper_domain::{
    FlashcardOptions, Item, NoteId, Problem, ProblemCode, QuestionKind, QuizOptions, Request, TaskKind,
};
use sharper_store::passages::Placed;
use uuid::Uuid;

use crate::revise::ToRemake;

/// What can be written anew of a note's items.
pub(crate) struct Stale {
    /// Cards and questions of quizzes with something in the place of their passages.
    pub(crate) again: Vec<Placed>,
    /// Those in whose place nothing is left.
    pub(crate) gone: Vec<Placed>,
    /// Parts of what is made only as a whole.
    pub(crate) parts: Vec<Placed>,
}

impl Stale {
    /// Sorted by what can be done about them; with `items`, only these.
    pub(crate) fn of(all: Vec<Placed>, items: &[Uuid]) -> Self {
        let mut stale = Self { again: Vec::new(), gone: Vec::new(), parts: Vec::new() };
        for one in all {
            let wanted = items.is_empty() || one.spot.item_id.is_some_and(|id| items.contains(&id));
            let list = match one.spot.span {
                _ if !wanted => continue,
                _ if !one.is_remade_alone() => &mut stale.parts,
                span if span.start == span.end => &mut stale.gone,
                _ => &mut stale.again,
            };
            list.push(one);
        }
        stale
    }

    /// What can be done about them.
    pub(crate) fn to_remake(&self, note_id: NoteId, items: Vec<Uuid>) -> ToRemake {
        let count = u32::try_from(self.again.len()).unwrap_or(u32::MAX);
        let kind = self.again.first().map(|first| first.spot.kind);
        let request = |kind| Request {
            explicit_note_ids: vec![note_id],
            flashcards: FlashcardOptions { count, ..FlashcardOptions::default() },
            quiz: QuizOptions { question_count: count, ..QuizOptions::default() },
            remake: Some(Remake { note_id, items }),
            ..Request::new(kind)
        };
        ToRemake {
            request: kind.map(request),
            items: count,
            stays: self.gone.iter().map(|one| stays(one, true)).collect(),
            make_again: self.make_again(note_id),
            unknown: Vec::new(),
        }
    }

    fn make_again(&self, note: NoteId) -> Vec<MakeAgain> {
        let mut all: Vec<MakeAgain> = Vec::new();
        for part in &self.parts {
            let (kind, material_id) = (part.spot.kind, part.spot.material_id);
            match all.iter_mut().find(|one| one.material_id == material_id) {
                Some(one) => one.stale += 1,
                None => {
                    // Of a conversation the title is the question.
                    let message = if kind == TaskKind::Chat { part.title.as_str() } else { "" };
                    let request = json!({"type": kind, "message": message, "explicit_note_ids": [note],
                        "options": {"fresh": true}});
                    all.push(MakeAgain { kind, material_id, title: part.title.clone(), stale: 1, request });
                }
            }
        }
        all
    }
}

/// Why an item stays as it is.
pub(crate) fn stays(one: &Placed, gone: bool) -> StaysStale {
    let reason = if gone {
        "Its passage was deleted: keep it or delete it."
    } else {
        "Nothing that passes the checks could be written from what stands there now."
    };
    StaysStale {
        item_id: one.spot.item_id.unwrap_or_default(),
        material_id: one.spot.material_id,
        front: one.front().to_owned(),
        gone,
        reason: reason.to_owned(),
    }
}

/// Why nothing was written anew.
pub(super) fn nothing(stays: &[StaysStale]) -> Problem {
    let gone = stays.iter().filter(|one| one.gone).count();
    let detail = match (stays.len(), gone) {
        (0, _) => "Nothing is stale here any more: all that was made from this note stands in it.".to_owned(),
        (all, gone) if all == gone => {
            "The passages of these items were deleted: keep the items, or delete them.".to_owned()
        }
        _ => "Nothing that passes the checks could be written from the changed passages. \
              Write them out in whole sentences, or keep the old items."
            .to_owned(),
    };
    Problem::new(ProblemCode::NothingToMake, detail)
}

/// Stale items of one set, or of one kind of question in one quiz, in the order of the note.
pub(super) fn groups(again: Vec<Placed>) -> Vec<Vec<Placed>> {
    let key = |one: &Placed| (one.spot.kind, one.spot.material_id, question_kind(&one.item));
    let mut groups: Vec<Vec<Placed>> = Vec::new();
    for one in again {
        match groups.iter_mut().find(|group| key(&group[0]) == key(&one)) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups
}

pub(super) fn question_kind(item: &Item) -> Option<QuestionKind> {
    match item {
        Item::Question(question) => Some(question.kind),
        _ => None,
    }
}
