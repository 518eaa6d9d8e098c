//! The check of one item of any task: from a draft to a verdict.

use sharper_domain::{
    CardDraft, Draft, Fault, Finding, FindingKind, KeyTerm, MainPoint, Passage as Place, Statement,
    StudyTopic, TaskKind, Thresholds, Verdict,
};

use super::card::{CardJudge, Read};
use super::cited::Cited;
use super::exam::Told;
use super::grounding::alike;
use super::safety::Safety;
use super::source::Source;
use super::statement::{self, Texts, circular};
use super::words::{Role, Word};
use crate::text::sentences;

/// Checks one draft after another against the notes and against what the student has.
///
/// A draft may come from anyone: what a quote does not bear out is a fault, whoever wrote it. A verdict's scores are
/// what was computed; a draft with a part missing, or far too long, is not read further and scores 0.
#[derive(Debug)]
pub struct ItemJudge<'s> {
    pub(super) source: &'s Source,
    pub(super) cards: CardJudge<'s>,
    /// What the accepted questions of an exam ask and answer; of another task nothing.
    pub(super) told: Option<Told>,
    /// Whether what is said about the notes was counted from them, and so need not stand in them.
    counted: bool,
}

impl<'s> ItemJudge<'s> {
    /// A judge for items of a task, given the fronts and backs that the student has already.
    pub fn new<'k>(
        source: &'s Source,
        kind: TaskKind,
        known: impl Iterator<Item = (&'k str, &'k str)>,
    ) -> ItemJudge<'s> {
        let known = known.map(|(front, back)| (front, if is_truth(back) { "" } else { back }));
        let cards = CardJudge::new(source, known).with_thresholds(Thresholds::of(kind));
        let told = (kind == TaskKind::ExamGeneration).then(Told::default);
        ItemJudge { source, cards, told, counted: false }
    }

    /// For findings and topics by an author that counts: "It is 35 % of your notes" is true of them and stands
    /// nowhere in them.
    pub fn of_counted(mut self) -> Self {
        self.counted = true;
        self
    }

    /// What is said about the notes and is not theirs.
    fn strange(&self, said: &str) -> Vec<Fault> {
        if self.counted { Vec::new() } else { statement::not_in_the_notes(said, self.source) }
    }

    /// Checks a draft: its scores, and what is wrong with it in the order of the checks.
    pub fn check(&self, draft: &Draft) -> Verdict {
        match draft {
            Draft::Card(card) => self.card(card),
            Draft::Question(question) => self.question(question),
            Draft::Point(point) => self.point(point),
            Draft::Term(term) => self.term(term),
            Draft::Statement(statement) => self.statement(statement),
            Draft::Finding(finding) => self.finding(finding),
            Draft::Topic(topic) => self.topic(topic),
        }
    }

    /// Remembers a draft that was accepted: the next like it is a duplicate, and the next question of an exam may not
    /// tell its answer.
    pub fn accept(&mut self, draft: &Draft) {
        self.cards.remember(&self.gist(draft));
        if let (Draft::Question(question), Some(told)) = (draft, &mut self.told) {
            told.insert(question, self.source);
        }
    }

    /// The words by which two items are told to be one.
    fn gist(&self, draft: &Draft) -> Read {
        let (one, two) = match draft {
            Draft::Card(card) => (card.question.as_str(), card.answer.as_str()),
            Draft::Question(question) => {
                let answer = question.correct_answer.as_str();
                (question.question.as_str(), if is_truth(answer) { "" } else { answer })
            }
            Draft::Point(point) => (point.point.as_str(), ""),
            Draft::Term(term) => (term.term.as_str(), term.definition.as_str()),
            Draft::Statement(statement) => (statement.text.as_str(), ""),
            Draft::Finding(finding) => (finding.point.as_str(), ""),
            Draft::Topic(topic) => (topic.topic.as_str(), ""),
        };
        Read { question: self.source.read(one), answer: self.source.read(two) }
    }

    pub(super) fn repeats(&self, draft: &Draft) -> Option<Fault> {
        self.cards.duplicates(&self.gist(draft))
    }

    /// Whether texts are fit for students: all together, and each of their sentences, so that nothing hides among others.
    pub(super) fn safety(&self, texts: &[&str]) -> Safety {
        let mut worst = self.cards.assess(&texts.join("\n"));
        for text in texts {
            let parts = sentences(text);
            for span in parts.iter().filter(|_| parts.len() > 1) {
                let found = self.cards.assess(span.of(text).unwrap_or(""));
                if found.score < worst.score {
                    worst = found;
                }
            }
        }
        worst
    }

    /// The card's own check, and then the quote's word on its two sides and its explanation.
    fn card(&self, draft: &CardDraft) -> Verdict {
        let mut verdict = self.cards.check(draft);
        let place = Place { text: draft.text, span: draft.span };
        let Some(cited) = Cited::of(self.source, &[place]) else { return verdict };
        let read = self.cards.read(draft);
        verdict.faults.extend(cited.sides((&draft.question, &read.question), (&draft.answer, &read.answer)));
        if super::structure::tells(&read.question, &read.answer) {
            verdict.faults.push(Fault::AnswerInQuestion);
        }
        let safety =
            self.safety(&[&draft.question, &draft.answer, draft.explanation.as_deref().unwrap_or_default()]);
        if !safety.is_safe {
            verdict.scores.safety = verdict.scores.safety.min(safety.score);
            verdict.faults.push(Fault::Unsafe);
        }
        if draft.question.to_lowercase().starts_with("wh") && circular(&read.question, &read.answer, &cited) {
            verdict.faults.push(Fault::Circular);
        }
        if let Some(explanation) = draft.explanation.as_deref() {
            verdict.faults.extend(cited.bears_out(explanation).faults);
        }
        verdict.faults.sort_unstable();
        verdict.faults.dedup();
        verdict
    }

    fn point(&self, point: &MainPoint<Place>) -> Verdict {
        let texts = Texts {
            main: &point.point,
            more: &[&point.details, &point.heading],
            required: &point.point,
            statements: true,
        };
        let said = format!("{}\n{}", point.point, point.details);
        self.told_of(texts, &said, &point.sources, || self.repeats(&Draft::Point(point.clone())))
    }

    fn statement(&self, statement: &Statement<Place>) -> Verdict {
        let texts = Texts { main: &statement.text, more: &[], required: &statement.text, statements: false };
        let draft = || Draft::Statement(statement.clone());
        self.told_of(texts, &statement.text, &statement.sources, || self.repeats(&draft()))
    }

    /// A text that says what its quotes say.
    fn told_of(
        &self,
        texts: Texts<'_>,
        said: &str,
        places: &[Place],
        repeats: impl FnOnce() -> Option<Fault>,
    ) -> Verdict {
        let (mut scores, mut faults) = match statement::form(&texts, said, self) {
            Ok(found) => found,
            Err(verdict) => return verdict,
        };
        match Cited::of(self.source, places) {
            None => faults.push(Fault::QuoteNotFound),
            Some(cited) => {
                let ground = cited.bears_out(said);
                scores.accuracy = ground.accuracy;
                faults.extend(ground.faults);
            }
        }
        faults.extend(repeats());
        self.cards.verdict(scores, faults)
    }

    fn term(&self, term: &KeyTerm<Place>) -> Verdict {
        let texts =
            Texts { main: &term.definition, more: &[&term.term], required: &term.term, statements: false };
        let both = format!("{} {}", term.term, term.definition);
        let (mut scores, mut faults) = match statement::form(&texts, &both, self) {
            Ok(found) => found,
            Err(verdict) => return verdict,
        };
        let Some(cited) = Cited::of(self.source, std::slice::from_ref(&term.source)) else {
            faults.push(Fault::QuoteNotFound);
            return self.cards.verdict(scores, faults);
        };
        let (asked, said) = (self.source.read(&term.term), self.source.read(&term.definition));
        if circular(&asked, &said, &cited) {
            faults.push(Fault::Circular);
        }
        let content = |word: &&Word| word.role == Role::Content;
        if !asked.iter().filter(content).all(|word| cited.quotes(word)) {
            faults.push(Fault::NameDiffers);
        }
        let ground = cited.bears_out(&term.definition);
        scores.accuracy = ground.accuracy;
        faults.extend(ground.faults);
        faults.extend(cited.sides((&term.term, &asked), (&term.definition, &said)));
        faults.extend(self.repeats(&Draft::Term(term.clone())));
        self.cards.verdict(scores, faults)
    }

    /// A finding is about the notes, not from them: only its quotes, numbers and names can be held against them.
    fn finding(&self, finding: &Finding<Place>) -> Verdict {
        let texts = Texts {
            main: &finding.point,
            more: &[&finding.details, &finding.topic],
            required: &finding.topic,
            statements: false,
        };
        let said = format!("{}\n{}", finding.point, finding.details);
        let (mut scores, mut faults) = match statement::form(&texts, &said, self) {
            Ok(found) => found,
            Err(verdict) => return verdict,
        };
        let enough = finding.kind != FindingKind::Contradiction || two_places(&finding.sources);
        if !enough || Cited::of(self.source, &finding.sources).is_none() {
            faults.push(Fault::QuoteNotFound);
        } else {
            let strange = self.strange(&said);
            scores.accuracy = if strange.is_empty() { 1.0 } else { 0.0 };
            faults.extend(strange);
        }
        faults.extend(self.repeats(&Draft::Finding(finding.clone())));
        self.cards.verdict(scores, faults)
    }

    fn topic(&self, topic: &StudyTopic<Place>) -> Verdict {
        let texts =
            Texts { main: &topic.why, more: &[&topic.topic], required: &topic.topic, statements: false };
        let (mut scores, mut faults) = match statement::form(&texts, &topic.why, self) {
            Ok(found) => found,
            Err(verdict) => return verdict,
        };
        if !(topic.weight.is_finite() && topic.weight > 0.0) {
            faults.push(Fault::MissingField);
        }
        if Cited::of(self.source, std::slice::from_ref(&topic.source)).is_none() {
            faults.push(Fault::QuoteNotFound);
        } else if !self.stands_in_the_notes(&topic.topic) {
            faults.push(Fault::Unsupported);
        } else {
            let strange = self.strange(&topic.why);
            scores.accuracy = if strange.is_empty() { 1.0 } else { 0.0 };
            faults.extend(strange);
        }
        faults.extend(self.repeats(&Draft::Topic(topic.clone())));
        self.cards.verdict(scores, faults)
    }

    /// Whether a heading or a sentence of the notes holds all words of a topic.
    fn stands_in_the_notes(&self, topic: &str) -> bool {
        let words = self.source.read(topic);
        let stems: Option<Vec<u32>> = words.iter().map(|word| self.source.stem(&word.stem)).collect();
        let holds = |stems: &[u32]| {
            self.source.sentences().iter().any(|sentence| stems.iter().all(|&stem| sentence.holds(stem)))
        };
        stems.is_some_and(|stems| !stems.is_empty() && holds(&stems))
    }
}

/// "True" and "False" tell no statement from another.
fn is_truth(answer: &str) -> bool {
    matches!(answer, "True" | "False")
}

fn two_places(places: &[Place]) -> bool {
    places.first().is_some_and(|first| places.iter().any(|place| place != first))
}

/// Whether one of the words is another form of `word`.
pub(super) fn among(words: &[Word], word: &Word) -> bool {
    words.iter().any(|other| alike(word, other))
}
