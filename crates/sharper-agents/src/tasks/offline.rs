//! The offline author: drafts for every task from the words of the notes alone, checked like anybody's.

use std::sync::Arc;

use sharper_domain::{
    Draft, Event, ExamOptions, Passage, QuestionKind, Request, SectionSpec, StudyTopic, TaskKind,
};
use sharper_study::retrieve::Index;
use sharper_study::text::{content, guess};
use sharper_study::{compose, judge, read};
use tokio::sync::mpsc;

use super::desk::{Checked, Desk, Order, Work};
use crate::context::Gathered;

/// Drafts looked at for each item asked for, before it is said that the notes hold no more.
const DRAFTS_PER_ITEM: usize = 12;
/// Drafts looked at where the notes say how many there are.
const DRAFTS: usize = 200;

/// What the offline author has to go by.
pub(crate) struct Brief {
    pub(crate) order: Order,
    pub(crate) request: Request,
    pub(crate) gathered: Arc<Gathered>,
    pub(crate) work: Work,
    pub(crate) events: mpsc::Sender<Event>,
}

/// What it gave.
pub(crate) struct Drafted {
    pub(crate) work: Work,
    /// It has nothing more to offer.
    pub(crate) exhausted: bool,
}

/// Writes and checks until enough is accepted, there is nothing more, or nobody listens any longer.
pub(crate) fn draft(brief: Brief) -> Drafted {
    let Brief { order, request, gathered, work, events } = brief;
    let texts = &gathered.texts;
    let documents: Vec<read::Document<'_>> =
        texts.iter().map(|note| read::Document::parse(&note.content)).collect();
    let contents: Vec<&str> = texts.iter().map(|note| note.content.as_str()).collect();
    let source = judge::Source::new(&contents);
    let (kind, wanted, anywhere) = (order.kind, order.wanted, order.regions.is_empty());
    let mut checking = Checking { desk: Desk::new(order, &source, texts, &gathered.known, work), events };
    let most = match wanted {
        // Most drafts are about other passages than these.
        Some(_) if !anywhere => usize::MAX,
        Some(wanted) => DRAFTS_PER_ITEM * (wanted as usize).max(10),
        None => DRAFTS,
    };
    let exhausted = match kind {
        TaskKind::ExamGeneration => checking.exam(compose::exam(&documents, &request.exam)),
        _ => checking.all(drafts(kind, &documents, &request, &gathered).take(most)),
    };
    let exhausted = exhausted && !checking.desk.is_full();
    Drafted { work: checking.desk.into_work(), exhausted }
}

/// The desk, and who listens.
struct Checking<'s> {
    desk: Desk<'s>,
    events: mpsc::Sender<Event>,
}

impl Checking<'_> {
    /// Checks drafts until enough is accepted; answers whether there are no more.
    fn all(&mut self, drafts: impl Iterator<Item = Draft>) -> bool {
        for draft in drafts {
            if self.desk.is_full() || self.events.is_closed() {
                return false;
            }
            if self.desk.is_wanted(&draft) {
                self.passes(draft);
            }
        }
        true
    }

    /// Checks an exam question by question: each that is turned away is replaced by the next of its section and kind.
    fn exam(&mut self, mut exam: compose::Exam) -> bool {
        while let Some(question) = exam.propose() {
            if self.events.is_closed() {
                return false;
            }
            if self.passes(Draft::Question(question)) { exam.accepted() } else { exam.rejected() }
        }
        true
    }

    fn passes(&mut self, draft: Draft) -> bool {
        let (passed, told) = match self.desk.check(draft) {
            Checked::Accepted(event) => (true, event),
            Checked::Known => (true, None),
            Checked::Rejected(_, event) => (false, event),
        };
        if let Some(event) = told {
            // A closed channel means that the job was taken from us; the loops see it and stop.
            let _ = self.events.blocking_send(event);
        }
        passed
    }
}

/// The drafts of a task, the best first.
fn drafts<'d>(
    kind: TaskKind,
    documents: &'d [read::Document<'d>],
    request: &Request,
    gathered: &Gathered,
) -> Box<dyn Iterator<Item = Draft> + 'd> {
    match kind {
        TaskKind::FlashcardGeneration => {
            Box::new(compose::flashcards(documents, &request.flashcards).map(Draft::Card))
        }
        TaskKind::QuizGeneration => Box::new(compose::quiz(documents, &request.quiz).map(Draft::Question)),
        TaskKind::SummaryGeneration => {
            let summary = compose::summary::summary(documents, &request.summary).summary;
            let points = summary.main_points.into_iter().map(Draft::Point);
            Box::new(points.chain(summary.key_terms.into_iter().map(Draft::Term)))
        }
        TaskKind::Chat => {
            let mut index = Index::default();
            for note in &gathered.texts {
                index.add(&note.title, &note.content);
            }
            let reply = compose::reply(&gathered.question, documents, &index);
            Box::new(reply.statements.into_iter().map(Draft::Statement))
        }
        TaskKind::StudyPlan => {
            let wanted = request.plan.topic.as_deref().map(|topic| content(topic, guess(topic)));
            let about = move |topic: &StudyTopic<Passage>| {
                let has = content(&topic.topic, guess(&topic.topic));
                wanted.as_ref().is_none_or(|wanted| wanted.iter().any(|stem| has.contains(stem)))
            };
            let topics = compose::topics(documents, &gathered.mastery);
            Box::new(topics.into_iter().filter(about).map(Draft::Topic))
        }
        TaskKind::NoteAnalysis => Box::new(compose::analysis(documents).into_iter().map(Draft::Finding)),
        // `Checking::exam` takes an exam's, which depend on what was accepted.
        TaskKind::ExamGeneration => Box::new(std::iter::empty()),
    }
}

/// Minutes from which an exam has room for an essay.
const ESSAY_FROM: u32 = 25;

/// The sections of an exam: those asked for, or the usual ones; each with its kinds and how many questions of them.
pub(crate) fn exam_sections(options: &ExamOptions) -> Vec<SectionSpec> {
    if !options.sections.is_empty() {
        return options.sections.clone();
    }
    let count = options.question_count();
    let share = |of: u32| (count * of).div_ceil(100);
    let section = |name: &str, kind: QuestionKind, count: u32| SectionSpec {
        name: name.to_owned(),
        question_types: vec![kind],
        question_count: Some(count),
    };
    // An essay takes twelve minutes: a short exam has none.
    let essay = if options.duration_minutes < ESSAY_FROM { 0 } else { share(8).min(3) };
    let (choice, truth) = (share(50), share(20));
    let short = count.saturating_sub(choice + truth + essay);
    let mut sections = vec![
        section("Multiple Choice", QuestionKind::MultipleChoice, choice),
        section("True or False", QuestionKind::TrueFalse, truth),
        section("Short Answer", QuestionKind::ShortAnswer, short),
        section("Essay", QuestionKind::Essay, essay),
    ];
    sections.retain(|section| section.question_count != Some(0));
    sections
}
