//! The check of one card: from a draft to a verdict.

use sharper_domain::{CardDraft, Fault, Scores, TaskKind, Thresholds, Verdict};

use super::duplicates::{Gist, Index};
use super::grounding::{self, Part, Passage};
use super::safety::{self, Age};
use super::source::Source;
use super::structure::{self, ANSWER_WORDS, EXPLANATION_WORDS, QUESTION_WORDS};
use super::words::{Role, Stems, Word, words};
use super::{quality, safety::Safety};

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
struct Read {
    question: Vec<Word>,
    answer: Vec<Word>,
}

impl<'s> CardJudge<'s> {
    /// A judge for cards from `source`, given the questions and answers that the student has already.
    pub fn new<'k>(source: &'s Source, known: impl Iterator<Item = (&'k str, &'k str)>) -> CardJudge<'s> {
        let mut index = Index::default();
        let mut stems = Stems::default();
        for (question, answer) in known {
            let question = words(question, source.language(), &mut stems);
            index.insert(Gist::of(&question, &words(answer, source.language(), &mut stems)));
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

    /// Checks a draft. Levels after one that makes the rest meaningless are not run, and score 0.
    pub fn check(&self, draft: &CardDraft) -> Verdict {
        let mut scores = Scores { safety: 0.0, quality: 0.0, accuracy: 0.0 };
        let mut faults = self.missing(draft);
        if !faults.is_empty() {
            return Verdict { scores, faults };
        }
        let read = self.read(draft);
        faults.extend(self.structure(draft, &read));
        scores.quality = quality::of_item(
            &draft.question,
            &read.question,
            &draft.answer,
            &read.answer,
            self.source.language(),
        )
        .score;
        let (accuracy, ungrounded) = self.grounding(draft, &read);
        scores.accuracy = accuracy;
        faults.extend(ungrounded);
        faults.extend(self.duplicates(&read));
        let safety = self.safety(draft);
        scores.safety = safety.score;
        if !safety.is_safe {
            faults.push(Fault::Unsafe);
        }
        faults.sort_unstable();
        faults.dedup();
        Verdict { scores, faults }.judged_by(&self.thresholds)
    }

    /// Remembers a card that was accepted, so that the next like it is a duplicate.
    pub fn accept(&mut self, draft: &CardDraft) {
        let read = self.read(draft);
        self.accepted.insert(Gist::of(&read.question, &read.answer));
    }

    fn read(&self, draft: &CardDraft) -> Read {
        let mut stems = Stems::default();
        let question = words(&draft.question, self.source.language(), &mut stems);
        Read { question, answer: words(&draft.answer, self.source.language(), &mut stems) }
    }

    fn missing(&self, draft: &CardDraft) -> Vec<Fault> {
        let mut faults = Vec::new();
        if structure::is_blank(&draft.question) || structure::is_blank(&draft.answer) {
            faults.push(Fault::MissingField);
        }
        let explanation = draft.explanation.as_deref().unwrap_or_default();
        let long = structure::is_too_long(&draft.question, QUESTION_WORDS)
            || structure::is_too_long(&draft.answer, ANSWER_WORDS)
            || structure::is_too_long(explanation, EXPLANATION_WORDS)
            || structure::is_too_long(&draft.topic, QUESTION_WORDS);
        if long {
            faults.push(Fault::TooLong);
        }
        faults
    }

    fn structure(&self, draft: &CardDraft, read: &Read) -> Vec<Fault> {
        let mut faults = Vec::new();
        let language = self.source.language();
        let explanation = draft.explanation.as_deref().unwrap_or_default();
        let texts = [&draft.question, &draft.answer, explanation, &draft.topic];
        if structure::gives_away(&read.question, &read.answer) {
            faults.push(Fault::AnswerInQuestion);
        }
        if structure::is_in_another_language(&draft.question, &draft.answer, self.source) {
            faults.push(Fault::WrongLanguage);
        }
        if texts.into_iter().any(structure::is_not_prose) {
            faults.push(Fault::NotProse);
        }
        if structure::dangles(&draft.question, true, language)
            || structure::dangles(&draft.answer, false, language)
        {
            faults.push(Fault::DanglingReference);
        }
        faults
    }

    /// Accuracy and what the passage does not bear out.
    fn grounding(&self, draft: &CardDraft, read: &Read) -> (f64, Vec<Fault>) {
        let quote = self.source.text(draft.text).and_then(|text| draft.span.of(text)).unwrap_or("");
        if structure::is_blank(quote) {
            return (0.0, vec![Fault::QuoteNotFound]);
        }
        let passage = Passage::of(self.source, self.source.around(draft.text, draft.span, REACH));
        let mut issues = grounding::numbers(&draft.question, Part::Question, &passage);
        issues.extend(grounding::numbers(&draft.answer, Part::Answer, &passage));
        issues.extend(grounding::names(&draft.question, &read.question, Part::Question, &passage));
        issues.extend(grounding::names(&draft.answer, &read.answer, Part::Answer, &passage));
        let all: Vec<Word> = read.question.iter().chain(&read.answer).cloned().collect();
        issues.extend(grounding::denial(&all, &passage));
        let mut faults: Vec<Fault> = issues.into_iter().map(|issue| issue.fault).collect();
        let (accuracy, answered) = self.accuracy(read, &passage);
        if answered < ANSWER_COVER {
            faults.push(Fault::Unsupported);
        }
        let accuracy = if faults.is_empty() { accuracy } else { accuracy.min(CONTRADICTED) };
        (accuracy, faults)
    }

    /// How far the passage holds the answer and the notes hold the question; and the first of the two.
    fn accuracy(&self, read: &Read, passage: &Passage<'_>) -> (f64, f64) {
        let share = |words: &[Word], holds: &dyn Fn(&Word) -> bool| {
            let content: Vec<&Word> = words.iter().filter(|word| word.role == Role::Content).collect();
            let held = content.iter().filter(|word| holds(word)).count();
            if content.is_empty() { 1.0 } else { held as f64 / content.len() as f64 }
        };
        let answered = share(&read.answer, &|word| passage.holds(word));
        let asked = share(&read.question, &|word| passage.holds(word));
        let known = share(&read.question, &|word| self.source.family(&word.stem).is_some());
        (0.6 * answered + 0.25 * asked.max(0.8 * known) + 0.15 * known, answered)
    }

    fn duplicates(&self, read: &Read) -> Option<Fault> {
        let gist = Gist::of(&read.question, &read.answer);
        if self.accepted.holds(&gist) {
            Some(Fault::Duplicate)
        } else {
            self.known.holds(&gist).then_some(Fault::AlreadyKnown)
        }
    }

    fn safety(&self, draft: &CardDraft) -> Safety {
        let explanation = draft.explanation.as_deref().unwrap_or_default();
        let all = [draft.question.as_str(), &draft.answer, explanation, &draft.topic].join("\n");
        safety::assess(&all, self.age)
    }
}
