//! The desk: where drafts are checked the moment they are written, and those that pass become items and are told.
//!
//! Both authors hand their drafts in here. Checking is pure computing, some tenths of a millisecond an item.

use std::sync::Arc;

use sharper_domain::{
    Author, CardDraft, CardId, Clock, Draft, Event, Fault, Flashcard, Item, MaterialId, Passage, Question,
    QuestionDraft, QuestionId, SetId, Source, Span, TaskKind, Verdict,
};
use sharper_study::judge;

use crate::context::{Known, NoteText};
use crate::validation::Tally;
use crate::{Before, Told};

/// Rejections that are told one by one; further ones are only counted, for the end.
const REJECTIONS_TOLD: u32 = 40;

/// An item that was told.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shown {
    /// Its number in the job.
    pub(crate) number: u32,
    pub(crate) item: Item,
    /// Whether everybody who must judge it has: only then may it leave the house.
    pub(crate) judged: bool,
    /// Whether a model wrote it in this run.
    pub(crate) by_model: bool,
    /// Whether the student was told of it; where items are held for the judge, only once it has passed.
    pub(crate) told: bool,
}

/// What a job has made so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Work {
    pub(crate) shown: Vec<Shown>,
    pub(crate) tally: Tally,
    /// The highest number given.
    pub(crate) last_number: u32,
    /// The two sides of what was judged and taken back, and why: written again, it is turned away at once.
    withdrawn: Vec<(String, String, Fault)>,
}

impl Work {
    /// What an interrupted job had shown. Whether a judge has seen the items of a model, its log does not say.
    pub(crate) fn resumed(before: &Before) -> Self {
        let shown = |told: &Told| Shown {
            number: told.number,
            judged: told.author != Author::Model,
            item: told.item.clone(),
            by_model: told.author == Author::Model,
            told: true,
        };
        let shown = before.accepted.iter().map(shown).collect();
        let mut work = Self { shown, last_number: before.last_number, ..Self::default() };
        for (told, fault) in &before.withdrawn {
            work.tally.withdraw(*fault);
            work.bar(&told.item, *fault);
        }
        work
    }

    /// Remembers what was taken back. What only could not be judged may come again.
    fn bar(&mut self, item: &Item, fault: Fault) {
        if fault != Fault::NotJudged {
            let (front, back) = item.sides();
            self.withdrawn.push((front.to_owned(), back.to_owned(), fault));
        }
    }

    /// Why a draft is turned away that says what was taken back.
    fn barred(&self, draft: &Draft) -> Option<Fault> {
        let (front, back) = sides(draft);
        let same = |gone: &&(String, String, Fault)| gone.0 == front && gone.1 == back;
        self.withdrawn.iter().find(same).map(|gone| gone.2)
    }

    /// How many items there are.
    pub(crate) fn count(&self) -> u32 {
        u32::try_from(self.shown.len()).unwrap_or(u32::MAX)
    }

    /// Takes an item back; who was not told of it is told of a rejection only.
    pub(crate) fn withdraw(&mut self, number: u32, fault: Fault) -> Event {
        let at = self.shown.iter().position(|shown| shown.number == number);
        let gone = at.map(|at| self.shown.remove(at));
        let told = gone.as_ref().is_some_and(|gone| gone.told);
        if let Some(gone) = gone {
            self.bar(&gone.item, fault);
        }
        let count = if told { self.tally.withdraw(fault) } else { self.tally.reject(fault) };
        if told { Event::Withdrawn { number, fault } } else { Event::Rejected { fault, count } }
    }
}

/// A part of the first text that items are to be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Region {
    pub(crate) span: Span,
    /// How many items.
    pub(crate) wanted: usize,
}

impl Region {
    /// Whether a passage stands in it, at least in part.
    pub(crate) fn touches(&self, span: Span) -> bool {
        span.start < self.span.end && self.span.start < span.end
    }
}

/// What all desks of a job have in common.
#[derive(Clone)]
pub(crate) struct Order {
    pub(crate) kind: TaskKind,
    /// How many items are asked for; `None` where that is for the notes to say.
    pub(crate) wanted: Option<u32>,
    /// How many items are taken at most, where the notes say how many there are.
    pub(crate) most: Option<u32>,
    /// What the items are a part of.
    pub(crate) material: MaterialId,
    pub(crate) author: Author,
    /// Whether items of a model are told only when the judge has passed them.
    pub(crate) hold: bool,
    /// What the items are to be about; nothing leaves that to the author.
    pub(crate) regions: Arc<[Region]>,
    pub(crate) clock: Arc<dyn Clock>,
}

impl Order {
    /// The event that tells of an item.
    pub(crate) fn told(&self, shown: &Shown) -> Event {
        let requested = self.wanted.unwrap_or(0);
        let author = if shown.by_model { Author::Model } else { Author::Offline };
        Event::Item {
            number: shown.number,
            requested,
            material: self.material,
            author,
            item: Box::new(shown.item.clone()),
        }
    }
}

/// Where the drafts of one round are checked.
pub(crate) struct Desk<'s> {
    order: Order,
    judge: judge::ItemJudge<'s>,
    texts: &'s [NoteText],
    work: Work,
}

/// What became of a draft.
pub(crate) enum Checked {
    /// It passed, and is told unless it is held for the judge.
    Accepted(Option<Event>),
    /// It did not, for this reason; told while there are not too many.
    Rejected(Fault, Option<Event>),
    /// It says what an item says that was shown before the job was interrupted.
    Known,
}

impl<'s> Desk<'s> {
    /// A desk over notes. `known` is what the student has already, fronts and backs.
    pub(crate) fn new(
        order: Order,
        source: &'s judge::Source,
        texts: &'s [NoteText],
        known: &[Known],
        work: Work,
    ) -> Self {
        let judge = {
            let shown = work.shown.iter().map(|shown| shown.item.sides());
            let owned = known.iter().map(|known| (known.front.as_str(), known.back.as_str()));
            judge::ItemJudge::new(source, order.kind, owned.chain(shown))
        };
        let judge = if order.author == Author::Offline { judge.of_counted() } else { judge };
        Self { order, judge, texts, work }
    }

    /// Whether as many are accepted as were asked for, or as are taken at most.
    pub(crate) fn is_full(&self) -> bool {
        self.order.wanted.or(self.order.most).is_some_and(|most| self.work.count() >= most)
    }

    /// What the round has made.
    pub(crate) fn into_work(self) -> Work {
        self.work
    }

    /// Whether a draft quotes from what the items are to be about, and from where one is wanting.
    pub(crate) fn is_wanted(&self, draft: &Draft) -> bool {
        let span = match draft {
            Draft::Card(card) => card.span,
            Draft::Question(question) => question.span,
            _ => return true,
        };
        let taken = |region: &Region| {
            let about = |shown: &&Shown| {
                let spans =
                    shown.item.sources().iter().map(|source| Span { start: source.start, end: source.end });
                spans.clone().any(|span| region.touches(span))
            };
            self.work.shown.iter().filter(about).count()
        };
        let regions = &self.order.regions;
        regions.is_empty() || regions.iter().any(|one| one.touches(span) && taken(one) < one.wanted)
    }

    /// Checks a draft; one that passes is an item from then on.
    pub(crate) fn check(&mut self, draft: Draft) -> Checked {
        if self.was_shown(&draft) {
            return Checked::Known;
        }
        if let Some(fault) = self.work.barred(&draft) {
            return self.reject(fault);
        }
        if !self.is_wanted(&draft) {
            return self.reject(Fault::QuoteNotFound);
        }
        let verdict = self.first_verdict(&draft);
        if let Some(fault) = verdict.faults.first().copied() {
            return self.reject(fault);
        }
        let accepted = draft.clone();
        let Some(item) = self.item(draft, verdict) else { return self.reject(Fault::QuoteNotFound) };
        self.judge.accept(&accepted);
        self.work.last_number += 1;
        let number = self.work.last_number;
        let by_model = self.order.author == Author::Model;
        let told = !(by_model && self.order.hold);
        let shown = Shown { number, item, judged: !by_model, by_model, told };
        let event = told.then(|| self.order.told(&shown));
        self.work.shown.push(shown);
        Checked::Accepted(event)
    }

    /// Counts a rejected draft.
    pub(crate) fn reject(&mut self, fault: Fault) -> Checked {
        let count = self.work.tally.reject(fault);
        let told = (count <= REJECTIONS_TOLD).then_some(Event::Rejected { fault, count });
        Checked::Rejected(fault, told)
    }

    /// What can be proven here. How good an item of a model is, the judge says later: the thresholds are applied to
    /// its scores then.
    fn first_verdict(&self, draft: &Draft) -> Verdict {
        let mut verdict = self.judge.check(draft);
        if self.order.author == Author::Model {
            verdict.faults.retain(|fault| !matches!(fault, Fault::LowQuality | Fault::LowAccuracy));
        }
        verdict
    }

    /// A deterministic author writes again what an interrupted job has shown already: that is no rejection.
    fn was_shown(&self, draft: &Draft) -> bool {
        let sides = sides(draft);
        self.work.shown.iter().any(|shown| shown.item.sides() == sides)
    }

    /// A draft as an item; `None` where one of its passages does not stand in the notes.
    fn item(&self, draft: Draft, verdict: Verdict) -> Option<Item> {
        let cite = |passage: Passage| source(self.texts, passage.text, passage.span);
        Some(match draft {
            Draft::Card(draft) => Item::Card(self.card(draft, verdict)?),
            Draft::Question(draft) => Item::Question(self.question(draft, verdict)?),
            Draft::Point(draft) => Item::Point(draft.checked(verdict, cite)?),
            Draft::Term(draft) => Item::Term(draft.checked(verdict, cite)?),
            Draft::Statement(draft) => Item::Statement(draft.checked(verdict, cite)?),
            Draft::Finding(draft) => Item::Finding(draft.checked(verdict, cite)?),
            Draft::Topic(draft) => Item::Topic(draft.checked(verdict, cite)?),
        })
    }

    fn card(&self, draft: CardDraft, verdict: Verdict) -> Option<Flashcard> {
        let now = self.order.clock.now();
        Some(Flashcard {
            id: CardId::new(now),
            set_id: SetId(self.order.material.0),
            position: i32::try_from(self.work.count()).unwrap_or(i32::MAX),
            source: Some(source(self.texts, draft.text, draft.span)?),
            question: draft.question,
            answer: draft.answer,
            explanation: draft.explanation,
            topic: draft.topic,
            difficulty: draft.difficulty,
            form: draft.form,
            verdict: Some(verdict),
            author: self.order.author,
            created_at: now,
        })
    }

    fn question(&self, draft: QuestionDraft, verdict: Verdict) -> Option<Question> {
        Some(Question {
            id: QuestionId::new(self.order.clock.now()),
            source: source(self.texts, draft.text, draft.span)?,
            kind: draft.kind,
            question: draft.question,
            options: draft.options,
            correct_answer: draft.correct_answer,
            acceptable_answers: draft.acceptable_answers,
            explanation: draft.explanation,
            points: draft.points,
            rubric: draft.rubric,
            section: draft.section,
            topic: draft.topic,
            difficulty: draft.difficulty,
            verdict,
            author: self.order.author,
        })
    }
}

/// The passage of a note, as it is kept with an item.
fn source(texts: &[NoteText], text: usize, span: Span) -> Option<Source> {
    let note = texts.get(text)?;
    let quote = span.of(&note.content)?.to_owned();
    Some(Source { note_id: note.id, note_version: note.version, start: span.start, end: span.end, quote })
}

/// As `Item::sides`, of a draft.
fn sides(draft: &Draft) -> (&str, &str) {
    match draft {
        Draft::Card(card) => (&card.question, &card.answer),
        Draft::Question(question) => (&question.question, question.correct_answer.as_str()),
        Draft::Point(point) => (&point.point, &point.details),
        Draft::Term(term) => (&term.term, &term.definition),
        Draft::Statement(statement) => (&statement.text, ""),
        Draft::Finding(finding) => (&finding.point, &finding.details),
        Draft::Topic(topic) => (&topic.topic, &topic.why),
    }
}
