//! The check of one card: from a draft to a verdict.

use sharper_domain::{CardDraft, Fault, Scores, TaskKind, Thresholds, Verdict};

use super::duplicates::{Gist, Index};
use super::grounding::{self, Part, Passage};
use super::prose::is_not_prose;
use super::quality::{self, Seen};
use super::reference::dangles;
use super::safety::{self, Age, Safety};
use super::source::Source;
use super::structure::{self, ANSWER_WORDS, EXPLANATION_WORDS, QUESTION_WORDS};
use super::words::{Role, Word};

/// How many sentences on either side of the quote belong to the passage.
const REACH: usize = 1;
/// Highest accuracy of an item that the passage contradicts.
const CONTRADICTED: f64 = 0.3;
/// Least share of the answer's words that must stand in the passage.
const ANSWER_COVER: f64 = 0.5;

/// Checks one card after another against the notes and against what the student has.
#[derive(Debug)]
pub struct CardJudge<'s> {
    source: &'s Source,
    known: Index,
    accepted: Index,
    thresholds: Thresholds,
    age: Age,
}

/// A card, read.
pub(super) struct Read {
    /// Its question.
    pub(super) question: Vec<Word>,
    /// Its answer.
    pub(super) answer: Vec<Word>,
}

impl<'s> CardJudge<'s> {
    /// The same judge with the thresholds of another task.
    pub(super) fn with_thresholds(mut self, thresholds: Thresholds) -> Self {
        self.thresholds = thresholds;
        self
    }

    /// A judge for cards from `source`, given the questions and answers that the student has already.
    pub fn new<'k>(source: &'s Source, known: impl Iterator<Item = (&'k str, &'k str)>) -> CardJudge<'s> {
        let mut index = Index::default();
        for (question, answer) in known {
            index.insert(Gist::of(&source.read(question), &source.read(answer)));
        }
        CardJudge {
            source,
            known: index,
            accepted: Index::default(),
            thresholds: Thresholds::of(TaskKind::FlashcardGeneration),
            age: Age::default(),
        }
    }

    /// Judges for another age than the default, which is a minor.
    pub fn for_age(mut self, age: Age) -> Self {
        self.age = age;
        self
    }

    /// Checks a draft. An item with a field missing or far too long is not read further, and scores 0.
    pub fn check(&self, draft: &CardDraft) -> Verdict {
        let mut scores = Scores { safety: 0.0, quality: 0.0, accuracy: 0.0 };
        let mut faults = missing(draft);
        if !faults.is_empty() {
            return Verdict { scores, faults };
        }
        let read = self.read(draft);
        let seen = self.see(draft, &read);
        faults.extend(self.structure(draft, &read, seen));
        scores.quality =
            quality::of_item(&draft.question, &read.question, &draft.answer, &read.answer, seen).score;
        let (accuracy, ungrounded) = self.grounding(draft, &read);
        scores.accuracy = accuracy;
        faults.extend(ungrounded);
        faults.extend(self.duplicates(&read));
        let safety = self.safety(draft);
        scores.safety = safety.score;
        if !safety.is_safe {
            faults.push(Fault::Unsafe);
        }
        self.verdict(scores, faults)
    }

    /// Remembers a card that was accepted, so that the next like it is a duplicate.
    pub fn accept(&mut self, draft: &CardDraft) {
        self.remember(&self.read(draft));
    }

    /// Remembers what an item says.
    pub(super) fn remember(&mut self, read: &Read) {
        self.accepted.insert(Gist::of(&read.question, &read.answer));
    }

    /// Whether texts are fit for a student of the age judged for.
    pub(super) fn assess(&self, text: &str) -> Safety {
        safety::assess(text, self.age)
    }

    /// The verdict on the thresholds of the task, the faults in the order of the checks.
    pub(super) fn verdict(&self, scores: Scores, mut faults: Vec<Fault>) -> Verdict {
        faults.sort_unstable();
        faults.dedup();
        Verdict { scores, faults }.judged_by(&self.thresholds)
    }

    /// The words of its two sides.
    pub(super) fn read(&self, draft: &CardDraft) -> Read {
        Read { question: self.source.read(&draft.question), answer: self.source.read(&draft.answer) }
    }

    pub(super) fn see(&self, draft: &CardDraft, read: &Read) -> Seen {
        let language = self.source.language();
        let explanation = draft.explanation.as_deref().unwrap_or_default();
        let texts = [&draft.question, &draft.answer, explanation, &draft.topic];
        Seen {
            gives_away: structure::gives_away(&read.question, &read.answer),
            dangles: dangles(&draft.question, true, language) || dangles(&draft.answer, false, language),
            not_prose: texts.into_iter().any(is_not_prose),
        }
    }

    pub(super) fn structure(&self, draft: &CardDraft, read: &Read, seen: Seen) -> Vec<Fault> {
        let words: Vec<&Word> = read.question.iter().chain(&read.answer).collect();
        let foreign = structure::is_in_another_language(&draft.question, &draft.answer, &words, self.source);
        let found = [
            (seen.gives_away, Fault::AnswerInQuestion),
            (foreign, Fault::WrongLanguage),
            (seen.not_prose, Fault::NotProse),
            (seen.dangles, Fault::DanglingReference),
        ];
        found.into_iter().filter(|(is, _)| *is).map(|(_, fault)| fault).collect()
    }

    /// Accuracy and what the passage does not bear out.
    pub(super) fn grounding(&self, draft: &CardDraft, read: &Read) -> (f64, Vec<Fault>) {
        let quote = self.source.text(draft.text).and_then(|text| draft.span.of(text)).unwrap_or("");
        if structure::is_blank(quote) {
            return (0.0, vec![Fault::QuoteNotFound]);
        }
        let passage = Passage::of(self.source, self.source.around(draft.text, draft.span, REACH));
        let mut issues = grounding::numbers(&draft.question, &read.question, Part::Question, &passage);
        issues.extend(grounding::numbers(&draft.answer, &read.answer, Part::Answer, &passage));
        issues.extend(grounding::names(&draft.question, &read.question, Part::Question, &passage));
        issues.extend(grounding::names(&draft.answer, &read.answer, Part::Answer, &passage));
        let all: Vec<&Word> = read.question.iter().chain(&read.answer).collect();
        issues.extend(grounding::denial(&all, &passage));
        let mut faults: Vec<Fault> = issues.into_iter().map(|issue| issue.fault).collect();
        let quoted = Passage::of(self.source, self.source.around(draft.text, draft.span, 0));
        let (accuracy, answered) = self.accuracy(read, &quoted, &passage);
        if answered < ANSWER_COVER {
            faults.push(Fault::Unsupported);
        }
        let accuracy = if faults.is_empty() { accuracy } else { accuracy.min(CONTRADICTED) };
        (accuracy, faults)
    }

    /// How far the quote holds the answer and the question, and the notes the rest of the question; and the share of
    /// the answer's words that stand in the passage.
    fn accuracy(&self, read: &Read, quoted: &Passage<'_>, passage: &Passage<'_>) -> (f64, f64) {
        let share = |words: &[Word], holds: &dyn Fn(&Word) -> bool| {
            let content: Vec<&Word> = words.iter().filter(|word| word.role == Role::Content).collect();
            let held = content.iter().filter(|word| holds(word)).count();
            if content.is_empty() { 1.0 } else { held as f64 / content.len() as f64 }
        };
        let answered = share(&read.answer, &|word| passage.holds(word));
        let near = share(&read.answer, &|word| quoted.holds(word));
        let asked = share(&read.question, &|word| passage.holds(word));
        let known = share(&read.question, &|word| self.source.family(&word.stem).is_some());
        (0.4 * answered + 0.25 * near + 0.25 * asked.max(0.8 * known) + 0.1 * known, answered)
    }

    /// Whether an item that says the same was accepted, or is known.
    pub(super) fn duplicates(&self, read: &Read) -> Option<Fault> {
        let gist = Gist::of(&read.question, &read.answer);
        if self.accepted.holds(&gist) {
            Some(Fault::Duplicate)
        } else {
            self.known.holds(&gist).then_some(Fault::AlreadyKnown)
        }
    }

    fn safety(&self, draft: &CardDraft) -> Safety {
        let explanation = draft.explanation.as_deref().unwrap_or_default();
        self.assess(&[draft.question.as_str(), &draft.answer, explanation, &draft.topic].join("\n"))
    }
}

fn missing(draft: &CardDraft) -> Vec<Fault> {
    let explanation = draft.explanation.as_deref().unwrap_or_default();
    let limits = [
        (draft.question.as_str(), QUESTION_WORDS),
        (&draft.answer, ANSWER_WORDS),
        (explanation, EXPLANATION_WORDS),
        (&draft.topic, QUESTION_WORDS),
    ];
    let blank = structure::is_blank(&draft.question) || structure::is_blank(&draft.answer);
    let long = limits.into_iter().any(|(text, limit)| structure::is_too_long(text, limit));
    let found = [(blank, Fault::MissingField), (long, Fault::TooLong)];
    found.into_iter().filter(|(is, _)| *is).map(|(_, fault)| fault).collect()
}
