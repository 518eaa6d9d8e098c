//! The desk: where drafts are checked the moment they are written, and those that pass become items and are told.
//!
//! Both authors hand their drafts in here. Checking is pure computing, some tenths of a millisecond an item.

use std::sync::Arc;

use sharper_domain::{
    Author, CardDraft, CardId, Clock, Draft, Event, Fault, Flashcard, Item, Passage, Question, QuestionDraft,
    QuestionId, SetId, Source, Span, StudyTopic, TaskKind, Verdict,
};
use sharper_study::judge;

use crate::context::{Known, NoteText};
use crate::validation::Tally;

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
    /// What an interrupted job had shown, and what it had taken back.
    pub(crate) fn resumed(
        accepted: &[(u32, Item)],
        withdrawn: &[(u32, Item, Fault)],
        judged: impl Fn(&Item) -> bool,
    ) -> Self {
        let shown = |(number, item): &(u32, Item)| Shown {
            number: *number,
            judged: judged(item),
            by_model: false,
            item: item.clone(),
        };
        let numbers = accepted.iter().map(|(number, _)| *number);
        let last_number = numbers.chain(withdrawn.iter().map(|(number, ..)| *number)).max().unwrap_or(0);
        let shown = accepted.iter().map(shown).collect();
        let mut work = Self { shown, last_number, ..Self::default() };
        for (_, item, fault) in withdrawn {
            work.tally.reject(*fault);
            work.bar(item, *fault);
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

    /// Takes an item back.
    pub(crate) fn withdraw(&mut self, number: u32, fault: Fault) -> Event {
        if let Some(at) = self.shown.iter().position(|shown| shown.number == number) {
            let gone = self.shown.remove(at);
            self.bar(&gone.item, fault);
        }
        self.tally.reject(fault);
        Event::Withdrawn { number, fault }
    }
}

/// What all desks of a job have in common.
#[derive(Clone)]
pub(crate) struct Order {
    pub(crate) kind: TaskKind,
    /// How many items are asked for; `None` where that is for the notes to say.
    pub(crate) wanted: Option<u32>,
    /// The set that cards belong to.
    pub(crate) set_id: SetId,
    pub(crate) author: Author,
    pub(crate) clock: Arc<dyn Clock>,
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
    /// It passed, and is told.
    Accepted(Event),
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
        Self { order, judge, texts, work }
    }

    /// Whether as many are accepted as were asked for.
    pub(crate) fn is_full(&self) -> bool {
        self.order.wanted.is_some_and(|wanted| self.work.count() >= wanted)
    }

    /// What the round has made.
    pub(crate) fn into_work(self) -> Work {
        self.work
    }

    /// Checks a draft; one that passes is an item from then on.
    pub(crate) fn check(&mut self, draft: Draft) -> Checked {
        if self.was_shown(&draft) {
            return Checked::Known;
        }
        if let Some(fault) = self.work.barred(&draft) {
            return self.reject(fault);
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
        self.work.shown.push(Shown { number, item: item.clone(), judged: !by_model, by_model });
        let requested = self.order.wanted.unwrap_or(0);
        Checked::Accepted(Event::Item { number, requested, item: Box::new(item) })
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
        let mut verdict = match draft {
            // What the offline author says of a topic is counted from the notes, not quoted from them.
            Draft::Topic(topic) if self.order.author == Author::Offline => {
                self.judge.check(&Draft::Topic(StudyTopic { why: topic.topic.clone(), ..topic.clone() }))
            }
            draft => self.judge.check(draft),
        };
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
            set_id: self.order.set_id,
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
