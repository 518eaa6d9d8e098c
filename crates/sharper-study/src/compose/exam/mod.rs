//! The exam: sections to a blueprint, filled question by question.
//!
//! - `blueprint`: which sections, kinds, difficulties and points;
//! - `essay`: questions on several sentences, with a rubric;
//! - `ledger`: no question gives away another, no two ask the same.

mod blueprint;
mod essay;
mod ledger;

use rustc_hash::FxHashSet;
use sharper_domain::exam::minutes_of;
use sharper_domain::{Difficulty, ExamOptions, QuestionDraft, QuestionKind, QuizOptions};

use super::gather::candidates;
use super::outline::parts;
use super::quiz::quiz;
use crate::read::Document;
use crate::text::{Language, content};
use blueprint::{mix, points, sections};
use ledger::{Entry, Ledger};

/// Candidates of each kind beyond three for each question wanted.
const SPARE: usize = 12;
/// What each place further down the ranking of its kind costs a question.
const RANK: f32 = 0.04;
/// What it is worth that a question is of a part of the notes, or of a difficulty, that is short of questions.
const TOPIC: f32 = 1.5;
const LEVEL: f32 = 1.0;

/// A section of an exam.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Its name.
    pub name: String,
    /// The kind of each question wanted, in order.
    pub wanted: Vec<QuestionKind>,
    /// The questions accepted so far.
    pub accepted: u32,
    /// The minutes that these take.
    pub minutes: f64,
}

/// A question that may be asked.
#[derive(Debug, Clone)]
struct Candidate {
    draft: QuestionDraft,
    entry: Entry,
    /// Its place among those of its kind.
    rank: usize,
    /// Which part of the notes it is of.
    part: usize,
    used: bool,
}

/// An exam that is being assembled: [`Exam::propose`] gives the next draft, and [`Exam::accepted`] or
/// [`Exam::rejected`] says what became of it. One that is turned away is followed by the next best of the same section
/// and kind.
///
/// ```
/// use sharper_domain::ExamOptions;
/// use sharper_study::{compose::exam, read::Document};
///
/// let notes = "Osmosis is the movement of water across a semipermeable membrane.";
/// let docs = [Document::parse(notes)];
/// let mut exam = exam(&docs, &ExamOptions::default());
/// let mut questions = Vec::new();
/// while let Some(draft) = exam.propose() {
///     exam.accepted();
///     questions.push(draft);
/// }
/// assert_eq!(questions[0].section.as_deref(), Some("Multiple Choice"));
/// ```
#[derive(Debug)]
pub struct Exam {
    sections: Vec<Section>,
    /// The candidates of each section.
    pools: Vec<Vec<Candidate>>,
    ledger: Ledger,
    /// The shares of the parts of the notes, and the questions that each has.
    parts: Vec<(f32, u32)>,
    levels: [(Difficulty, f32); 3],
    given: [u32; 3],
    /// Which section and which of its questions is next.
    at: (usize, usize),
    /// The candidate that was proposed last.
    proposed: Option<usize>,
    /// Minutes that could not be filled so far.
    spare: f64,
}

/// An exam on some notes.
pub fn exam(docs: &[Document<'_>], options: &ExamOptions) -> Exam {
    let outline = parts(docs);
    let all: usize = outline.iter().map(|part| part.words).sum();
    let mut terms: Vec<FxHashSet<String>> =
        outline.iter().map(|part| stems(&part.title)).filter(|stems| !stems.is_empty()).collect();
    let pool = candidates(docs);
    terms
        .extend(pool.iter().filter_map(|card| super::outline::term_of(&card.draft)).map(|term| stems(&term)));
    let known = |name: &str| {
        let wanted = stems(name);
        !wanted.is_empty() && terms.iter().any(|term| wanted.is_subset(term))
    };
    let plans = sections(options, known);
    let essays = if plans.iter().any(|plan| plan.wanted.contains(&QuestionKind::Essay)) {
        essay::essays(docs, &pool)
    } else {
        Vec::new()
    };
    let part_of = |draft: &QuestionDraft| {
        let document = &docs[draft.text];
        let at = document.sentences.partition_point(|sentence| sentence.span.end <= draft.span.start);
        let block = document.sentences.get(at).map_or(usize::MAX, |sentence| sentence.block);
        outline.iter().position(|part| part.text == draft.text && part.blocks.contains(&block)).unwrap_or(0)
    };
    let pools = plans.iter().map(|plan| {
        let topic = plan.topic.clone().or_else(|| options.topic.clone());
        pool_of(docs, options, &plan.wanted, topic, &essays, &part_of)
    });
    let pools = pools.collect();
    let section =
        |plan: blueprint::Plan| Section { name: plan.name, wanted: plan.wanted, accepted: 0, minutes: 0.0 };
    Exam {
        pools,
        sections: plans.into_iter().map(section).collect(),
        ledger: Ledger::default(),
        parts: outline.iter().map(|part| (part.words as f32 / all.max(1) as f32, 0)).collect(),
        levels: mix(options.difficulty),
        given: [0; 3],
        at: (0, 0),
        proposed: None,
        spare: 0.0,
    }
}

fn stems(text: &str) -> FxHashSet<String> {
    content(text, Language::English).into_iter().collect()
}

/// Whether a draft's topic or question holds at least half of the words of `topic`.
fn is_about(draft: &QuestionDraft, topic: &str) -> bool {
    let wanted = stems(topic);
    let has = stems(&format!("{} {}", draft.topic, draft.question));
    wanted.is_empty() || wanted.intersection(&has).count() * 2 >= wanted.len()
}

fn pool_of(
    docs: &[Document<'_>],
    options: &ExamOptions,
    wanted: &[QuestionKind],
    topic: Option<String>,
    essays: &[QuestionDraft],
    part_of: &dyn Fn(&QuestionDraft) -> usize,
) -> Vec<Candidate> {
    let mut pool = Vec::new();
    for kind in QuestionKind::ALL.into_iter().filter(|kind| wanted.contains(kind)) {
        let count = wanted.iter().filter(|one| **one == kind).count();
        let drafts: Vec<QuestionDraft> = if kind == QuestionKind::Essay {
            let about = |essay: &&QuestionDraft| topic.as_deref().is_none_or(|topic| is_about(essay, topic));
            essays.iter().filter(about).cloned().collect()
        } else {
            let asked = QuizOptions {
                question_count: count as u32,
                difficulty: options.difficulty,
                question_types: vec![kind],
                topic: topic.clone(),
            };
            quiz(docs, &asked).take(3 * count + SPARE).collect()
        };
        pool.extend(drafts.into_iter().enumerate().map(|(rank, mut draft)| {
            if kind != QuestionKind::Essay {
                draft.points = points(kind, draft.difficulty);
            }
            Candidate { entry: Entry::of(&draft), part: part_of(&draft), draft, rank, used: false }
        }));
    }
    pool
}

impl Exam {
    /// The sections, in order, with what they hold so far.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The next draft, in the order of the exam; `None` when every section has what it wants or the notes allow no
    /// more. A draft that was proposed and neither accepted nor rejected counts as rejected.
    pub fn propose(&mut self) -> Option<QuestionDraft> {
        self.proposed = None;
        while let Some(section) = self.sections.get(self.at.0) {
            let Some(&kind) = section.wanted.get(self.at.1) else {
                self.next_section();
                continue;
            };
            if let Some(best) = self.best(kind) {
                let pool = &mut self.pools[self.at.0];
                pool[best].used = true;
                self.proposed = Some(best);
                let mut draft = pool[best].draft.clone();
                draft.section = Some(section.name.clone());
                return Some(draft);
            }
            self.spare += minutes_of(kind);
            self.at.1 += 1;
        }
        None
    }

    /// The draft that was proposed last stands in the exam.
    pub fn accepted(&mut self) {
        let Some(at) = self.proposed.take() else { return };
        let candidate = &self.pools[self.at.0][at];
        let section = &mut self.sections[self.at.0];
        section.accepted += 1;
        section.minutes += minutes_of(candidate.draft.kind);
        if let Some(part) = self.parts.get_mut(candidate.part) {
            part.1 += 1;
        }
        let level = self.levels.iter().position(|(level, _)| *level == candidate.draft.difficulty);
        self.given[level.unwrap_or(0)] += 1;
        self.ledger.accept(candidate.entry.clone());
        self.at.1 += 1;
    }

    /// The draft that was proposed last was turned away: the next is of the same section and kind.
    pub fn rejected(&mut self) {
        self.proposed = None;
    }

    /// Goes to the next section. Minutes that could not be filled are given to it, up to half of what it has.
    fn next_section(&mut self) {
        self.at = (self.at.0 + 1, 0);
        let Some(section) = self.sections.get_mut(self.at.0) else { return };
        for more in 0..section.wanted.len().div_ceil(2) {
            let kind = section.wanted[more];
            if self.spare >= minutes_of(kind) {
                self.spare -= minutes_of(kind);
                section.wanted.push(kind);
            }
        }
    }

    /// The best candidate of a kind that can stand beside those accepted.
    fn best(&self, kind: QuestionKind) -> Option<usize> {
        let total: u32 = self.given.iter().sum();
        let lack = |share: f32, given: u32| share * (total + 1) as f32 - given as f32;
        let worth = |candidate: &Candidate| {
            let (share, given) = self.parts.get(candidate.part).copied().unwrap_or((0.0, 0));
            let level = self
                .levels
                .iter()
                .zip(self.given)
                .find(|((level, _), _)| *level == candidate.draft.difficulty);
            let level = level.map_or(0.0, |((_, share), given)| lack(*share, given));
            TOPIC * lack(share, given).clamp(-2.0, 2.0) + LEVEL * level.clamp(-2.0, 2.0)
                - RANK * candidate.rank as f32
        };
        let mut order: Vec<(f32, usize)> = self.pools[self.at.0]
            .iter()
            .enumerate()
            .filter(|(_, candidate)| !candidate.used && candidate.draft.kind == kind)
            .map(|(at, candidate)| (worth(candidate), at))
            .collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        order.into_iter().map(|(_, at)| at).find(|&at| self.ledger.allows(&self.pools[self.at.0][at].entry))
    }
}
