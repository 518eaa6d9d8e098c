//! Quizzes: the best cards of some notes, asked as questions that can be marked.

mod alone;
mod choice;
pub(super) mod definition;
mod item;
mod meaning;
mod order;
mod recall;
mod statement;

use rustc_hash::FxHashSet;
use sharper_domain::{CorrectAnswer, FlashcardOptions, QuestionDraft, QuestionKind, QuizOptions, Span};

use super::cards::{Cards, flashcards};
use super::distractors::Bank;
use super::gather::candidates;
use crate::read::Document;
use choice::Meaning;
use item::Item;
use order::Places;

/// Questions from notes, best first. Ask for as many as you need: there may be more than `options.question_count`, so
/// that one that a check turns away can be replaced by the next. A card that allows no fair question of the kinds
/// asked for is left out; nothing is made up to reach a count.
///
/// ```
/// use sharper_domain::QuizOptions;
/// use sharper_study::{compose::quiz, read::Document};
///
/// let notes = "Osmosis is the movement of water across a semipermeable membrane.";
/// let docs = [Document::parse(notes)];
/// let question = quiz(&docs, &QuizOptions::default()).next().unwrap();
/// assert_eq!(question.span.of(notes), Some(notes));
/// ```
pub fn quiz<'d>(docs: &'d [Document<'d>], options: &QuizOptions) -> Questions<'d> {
    let cards = FlashcardOptions {
        count: options.question_count,
        difficulty: options.difficulty,
        topic: options.topic.clone(),
    };
    let mut kinds: Vec<QuestionKind> = QuestionKind::QUIZ.to_vec();
    if !options.question_types.is_empty() {
        kinds.retain(|kind| options.question_types.contains(kind));
    }
    let banks: Vec<Bank<'_>> = docs.iter().map(Bank::new).collect();
    Questions {
        cards: flashcards(docs, &cards),
        meanings: Meaning::of(&candidates(docs), &banks),
        banks,
        given: kinds.into_iter().map(|kind| (kind, 0)).collect(),
        balance: Balance::default(),
        places: Places::new(docs.iter().map(|document| document.text.len() as u64).sum()),
        stems: FxHashSet::default(),
        judged: FxHashSet::default(),
    }
}

/// What keeps the form of the questions from telling their answers.
#[derive(Debug, Default)]
struct Balance {
    /// Statements that are true.
    truths: u32,
    /// Statements that are false.
    falsehoods: u32,
    /// Multiple choices.
    choices: u32,
    /// Those whose right option is the longest.
    longest: u32,
}

/// Most multiple choices, of a hundred, whose right option is the longest.
const LONGEST_OF_HUNDRED: u32 = 20;

impl Balance {
    /// Whether one more multiple choice may have the longest option as its key.
    fn allows_longest(&self) -> bool {
        (self.longest + 1) * 100 <= LONGEST_OF_HUNDRED * (self.choices + 1)
    }

    /// Whether the next statement must be true.
    fn next_truth(&self, first: bool) -> bool {
        if self.truths == self.falsehoods { first } else { self.truths < self.falsehoods }
    }

    fn count(&mut self, question: &QuestionDraft) {
        match &question.correct_answer {
            CorrectAnswer::Truth(true) => self.truths += 1,
            CorrectAnswer::Truth(false) => self.falsehoods += 1,
            CorrectAnswer::Text(key) if question.kind == QuestionKind::MultipleChoice => {
                self.choices += 1;
                self.longest += u32::from(choice::is_longest(key, &question.options));
            }
            CorrectAnswer::Text(_) => {}
        }
    }
}

/// Iterator over the questions of some notes, best first.
#[derive(Debug)]
pub struct Questions<'d> {
    cards: Cards,
    meanings: Vec<Meaning>,
    banks: Vec<Bank<'d>>,
    /// The kinds asked for, and how many of each were given.
    given: Vec<(QuestionKind, u32)>,
    balance: Balance,
    places: Places,
    /// The stems given so far.
    stems: FxHashSet<String>,
    /// The sentences of which a statement was made: another would answer the first.
    judged: FxHashSet<(usize, Span)>,
}

/// How many questions of a kind come to one of the others: a choice can ask nearly anything, a statement little.
fn share(kind: QuestionKind) -> f32 {
    match kind {
        QuestionKind::MultipleChoice => 2.0,
        QuestionKind::TrueFalse | QuestionKind::ShortAnswer | QuestionKind::Essay => 1.0,
    }
}

/// The question of one kind that an item allows, if it allows a fair one.
fn compose(
    kind: QuestionKind,
    item: &Item<'_>,
    meanings: &[Meaning],
    balance: &Balance,
    places: &mut Places,
) -> Option<QuestionDraft> {
    match kind {
        QuestionKind::MultipleChoice => {
            let options = choice::compose(item, meanings, balance.allows_longest())?;
            Some(item.choice(options, places))
        }
        QuestionKind::TrueFalse => {
            statement::compose(item, meanings, balance.next_truth(places.first_truth(balance.truths)))
        }
        QuestionKind::ShortAnswer => recall::compose(item),
        // An essay is on more than one card: `compose::exam` writes those.
        QuestionKind::Essay => None,
    }
}

impl Questions<'_> {
    /// Whether a question asks what none before it asked; from now on it has been asked.
    fn is_new(&mut self, question: &QuestionDraft) -> bool {
        let states = question.kind == QuestionKind::TrueFalse;
        self.stems.insert(question.question.clone())
            && (!states || self.judged.insert((question.text, question.span)))
    }
}

impl Iterator for Questions<'_> {
    type Item = QuestionDraft;

    fn next(&mut self) -> Option<QuestionDraft> {
        loop {
            let draft = self.cards.next()?;
            let item = Item::new(&self.banks[draft.text], draft);
            let mut kinds = self.given.clone();
            kinds.sort_by(|(a, x), (b, y)| (*x as f32 / share(*a)).total_cmp(&(*y as f32 / share(*b))));
            let question = kinds
                .into_iter()
                .find_map(|(kind, _)| compose(kind, &item, &self.meanings, &self.balance, &mut self.places));
            if let Some(question) = question.filter(|question| self.is_new(question)) {
                self.balance.count(&question);
                if let Some(entry) = self.given.iter_mut().find(|(kind, _)| *kind == question.kind) {
                    entry.1 += 1;
                }
                return Some(question);
            }
        }
    }
}
