//! The flashcard agent: drafts cards with the offline author, has each checked the moment it is written, and
//! tells of each accepted one at once.
//!
//! Reading, writing and checking are pure computing, so they run on a thread of their own, off the server's.

use std::sync::Arc;

use sharper_domain::{
    Author, CardDraft, CardId, Clock, Event, Fault, Flashcard, FlashcardOptions, SetId, Source,
};
use sharper_study::{compose, judge, read};
use tokio::sync::mpsc;

use crate::context::{Gathered, NoteText};
use crate::validation::Tally;

/// Rejections that are told one by one; further ones are only counted, for the end.
const REJECTIONS_TOLD: u32 = 40;
/// Drafts looked at for each card asked for, before it is said that the notes hold no more.
const DRAFTS_PER_CARD: usize = 12;

/// What one round of authoring has to go by.
pub(crate) struct Brief {
    pub(crate) set_id: SetId,
    pub(crate) options: FlashcardOptions,
    /// What this job has accepted already: in earlier rounds, or before a restart.
    pub(crate) accepted: Vec<Flashcard>,
    pub(crate) gathered: Arc<Gathered>,
    pub(crate) events: mpsc::Sender<Event>,
    pub(crate) clock: Arc<dyn Clock>,
}

/// What a round gave.
pub(crate) struct Drafted {
    pub(crate) accepted: Vec<Flashcard>,
    pub(crate) tally: Tally,
    /// The author has nothing more to offer.
    pub(crate) exhausted: bool,
}

/// Writes and checks until enough is accepted, the author has nothing more, or nobody listens any longer.
pub(crate) fn draft_offline(brief: Brief) -> Drafted {
    let texts = &brief.gathered.texts;
    let documents: Vec<read::Document<'_>> =
        texts.iter().map(|note| read::Document::parse(&note.content)).collect();
    let contents: Vec<&str> = texts.iter().map(|note| note.content.as_str()).collect();
    let source = judge::Source::new(&contents);
    let owned = brief.gathered.known.iter().map(|card| (card.question.as_str(), card.answer.as_str()));
    let shown = brief.accepted.iter().map(|card| (card.question.as_str(), card.answer.as_str()));
    let judge = judge::CardJudge::new(&source, owned.chain(shown));
    let mut desk = Desk {
        judge,
        set_id: brief.set_id,
        requested: brief.options.count,
        accepted: brief.accepted,
        tally: Tally::default(),
        events: brief.events,
        clock: brief.clock,
    };
    let wanted = desk.requested as usize;
    let mut exhausted = true;
    let drafts = compose::flashcards(&documents, &brief.options);
    for draft in drafts.take(DRAFTS_PER_CARD * wanted.max(10)) {
        if desk.accepted.len() >= wanted || desk.events.is_closed() {
            exhausted = false;
            break;
        }
        // A deterministic author writes again what an interrupted job has shown already: that is no rejection.
        let shown = |card: &Flashcard| card.question == draft.question && card.answer == draft.answer;
        if !desk.accepted.iter().any(shown) {
            desk.check(draft, texts);
        }
    }
    let exhausted = exhausted && desk.accepted.len() < wanted;
    Drafted { accepted: desk.accepted, tally: desk.tally, exhausted }
}

/// Where drafts are checked, and accepted ones become cards.
struct Desk<'s> {
    judge: judge::CardJudge<'s>,
    set_id: SetId,
    requested: u32,
    accepted: Vec<Flashcard>,
    tally: Tally,
    events: mpsc::Sender<Event>,
    clock: Arc<dyn Clock>,
}

impl Desk<'_> {
    fn check(&mut self, draft: CardDraft, texts: &[NoteText]) {
        let verdict = self.judge.check(&draft);
        let quoted = texts.get(draft.text).and_then(|note| Some((note, draft.span.of(&note.content)?)));
        let (Some((note, quote)), true) = (quoted, verdict.passed()) else {
            let fault = verdict.faults.first().copied().unwrap_or(Fault::QuoteNotFound);
            return self.reject(fault);
        };
        self.judge.accept(&draft);
        let now = self.clock.now();
        let card = Flashcard {
            id: CardId::new(now),
            set_id: self.set_id,
            position: i32::try_from(self.accepted.len()).unwrap_or(i32::MAX),
            source: Some(Source {
                note_id: note.id,
                note_version: note.version,
                start: draft.span.start,
                end: draft.span.end,
                quote: quote.to_owned(),
            }),
            question: draft.question,
            answer: draft.answer,
            explanation: draft.explanation,
            topic: draft.topic,
            difficulty: draft.difficulty,
            form: draft.form,
            verdict: Some(verdict),
            author: Author::Offline,
            created_at: now,
        };
        self.accepted.push(card.clone());
        let number = u32::try_from(self.accepted.len()).unwrap_or(u32::MAX);
        self.tell(Event::Item { number, requested: self.requested, card: Box::new(card) });
    }

    fn reject(&mut self, fault: Fault) {
        let count = self.tally.reject(fault);
        if count <= REJECTIONS_TOLD {
            self.tell(Event::Rejected { reason: fault.reason(), count });
        }
    }

    fn tell(&self, event: Event) {
        // A closed channel means that the job was taken from us; the loop above sees it and stops.
        let _ = self.events.blocking_send(event);
    }
}
