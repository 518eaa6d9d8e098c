//! Quality: is it a good item — clear, one question, one answer, worth knowing?

use super::prose::{is_broken, is_not_prose};
use super::reference::dangles;
use super::structure::{gives_away, is_blank};
use super::words::{Role, Stems, Word, words};
use crate::text::Language;

/// How grave a weakness is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It could be better.
    Low,
    /// It should be better.
    Medium,
    /// It cannot be studied like this.
    High,
}

impl Severity {
    /// The word of the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Low => "low",
            Severity::Medium => "medium",
            Severity::High => "high",
        }
    }
}

/// Something that an item or a text could do better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Weakness {
    /// There is nothing to read.
    Empty,
    /// The question gives the answer away.
    GivesAnswerAway,
    /// It refers to something that is not there.
    DanglingReference,
    /// It holds markup or a prompt's remnant.
    NotProse,
    /// The question is too short to say what it asks.
    VagueQuestion,
    /// The question is too long to take in.
    LongQuestion,
    /// The answer is too long to recall.
    LongAnswer,
    /// It does not ask anything.
    NotAQuestion,
    /// It asks several things at once.
    SeveralQuestions,
    /// It can be answered by yes or no.
    YesOrNo,
    /// It denies twice.
    DoubleNegative,
    /// It hedges: "some", "various", "etc."
    VagueAnswer,
    /// It says hardly anything different from what it said before.
    Repetitive,
}

impl Weakness {
    /// How grave it is.
    pub fn severity(self) -> Severity {
        match self {
            Weakness::Empty
            | Weakness::GivesAnswerAway
            | Weakness::NotProse
            | Weakness::DanglingReference => Severity::High,
            Weakness::VagueQuestion
            | Weakness::NotAQuestion
            | Weakness::LongAnswer
            | Weakness::SeveralQuestions => Severity::Medium,
            _ => Severity::Low,
        }
    }

    /// What is wrong, in a few words.
    pub fn issue(self) -> &'static str {
        match self {
            Weakness::Empty => "there is nothing to read",
            Weakness::GivesAnswerAway => "the question gives the answer away",
            Weakness::DanglingReference => "it refers to something that is not there",
            Weakness::NotProse => "it holds markup or remnants of a prompt",
            Weakness::VagueQuestion => "the question is too short to say what it asks",
            Weakness::LongQuestion => "the question is long",
            Weakness::LongAnswer => "the answer is long",
            Weakness::NotAQuestion => "it does not ask anything",
            Weakness::SeveralQuestions => "it asks several things at once",
            Weakness::YesOrNo => "it can be guessed: the answer is yes or no",
            Weakness::DoubleNegative => "it denies twice",
            Weakness::VagueAnswer => "the answer is vague",
            Weakness::Repetitive => "it repeats itself",
        }
    }

    /// What to do about it.
    pub fn suggestion(self) -> &'static str {
        match self {
            Weakness::Empty => "write the missing part",
            Weakness::GivesAnswerAway => "ask without the words of the answer",
            Weakness::DanglingReference => "name what is meant",
            Weakness::NotProse => "write plain sentences",
            Weakness::VagueQuestion => "say what about the subject is asked",
            Weakness::LongQuestion => "ask in one short sentence",
            Weakness::LongAnswer => "keep the answer to one fact or a short list",
            Weakness::NotAQuestion => "end with a question mark, or leave a gap",
            Weakness::SeveralQuestions => "make one item of each question",
            Weakness::YesOrNo => "ask for the reason or the term instead",
            Weakness::DoubleNegative => "ask positively",
            Weakness::VagueAnswer => "name the facts",
            Weakness::Repetitive => "say each thing once",
        }
    }

    fn cost(self) -> f64 {
        match self {
            Weakness::Empty => 1.0,
            Weakness::GivesAnswerAway | Weakness::NotProse | Weakness::DanglingReference => 0.5,
            Weakness::VagueQuestion | Weakness::NotAQuestion => 0.3,
            Weakness::SeveralQuestions | Weakness::LongAnswer => 0.2,
            Weakness::YesOrNo | Weakness::DoubleNegative | Weakness::VagueAnswer | Weakness::Repetitive => {
                0.15
            }
            Weakness::LongQuestion => 0.1,
        }
    }
}

/// Something that an item or a text does well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Strength {
    /// It asks one clear thing.
    ClearQuestion,
    /// The answer is short enough to recall.
    ConciseAnswer,
    /// It can be studied without the page around it.
    StandsAlone,
    /// Its sentences are of a good length.
    Readable,
}

impl Strength {
    /// What is good, in a few words.
    pub fn praise(self) -> &'static str {
        match self {
            Strength::ClearQuestion => "it asks one clear thing",
            Strength::ConciseAnswer => "the answer is concise",
            Strength::StandsAlone => "it can be studied without the page around it",
            Strength::Readable => "it reads easily",
        }
    }
}

/// How good an item or a text is.
#[derive(Debug, Clone, PartialEq)]
pub struct Quality {
    /// From 0 to 1.
    pub score: f64,
    /// What it does well.
    pub strengths: Vec<Strength>,
    /// What it could do better, the gravest first.
    pub weaknesses: Vec<Weakness>,
}

impl Quality {
    fn of(mut weaknesses: Vec<Weakness>, strengths: Vec<Strength>) -> Quality {
        weaknesses.sort_by_key(|weakness| std::cmp::Reverse(weakness.severity()));
        let cost: f64 = weaknesses.iter().map(|weakness| weakness.cost()).sum();
        Quality { score: (1.0 - cost).max(0.0), strengths, weaknesses }
    }
}

/// What the checks of structure saw already.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    /// The question gives the answer away.
    pub(super) gives_away: bool,
    /// Something refers to what is not there.
    pub(super) dangles: bool,
    /// Something is not prose.
    pub(super) not_prose: bool,
}

/// The quality of a question and its answer.
pub fn score(question: &str, answer: &str, language: Language) -> Quality {
    let mut stems = Stems::default();
    let (asked, said) = (words(question, language, &mut stems), words(answer, language, &mut stems));
    let seen = Seen {
        gives_away: gives_away(&asked, &said),
        dangles: dangles(question, true, language) || dangles(answer, false, language),
        not_prose: is_not_prose(question) || is_not_prose(answer),
    };
    of_item(question, &asked, answer, &said, seen)
}

/// The same of an item that was read and seen already.
pub(super) fn of_item(question: &str, asked: &[Word], answer: &str, said: &[Word], seen: Seen) -> Quality {
    if is_blank(question) || is_blank(answer) {
        return Quality::of(vec![Weakness::Empty], Vec::new());
    }
    let marks = question.matches(['?', '？']).count();
    let gap = question.contains("__") || question.contains("[...]");
    let content = asked.iter().filter(|word| word.role == Role::Content).count();
    let commands = asked.first().is_some_and(|word| commands(&word.lower));
    let other_script = question.chars().any(|c| c as u32 > 0x2E80);
    let found = [
        (seen.gives_away, Weakness::GivesAnswerAway),
        (seen.dangles, Weakness::DanglingReference),
        (seen.not_prose, Weakness::NotProse),
        (content == 0 && !other_script, Weakness::VagueQuestion),
        (asked.len() > 40, Weakness::LongQuestion),
        (said.len() > 45, Weakness::LongAnswer),
        (marks == 0 && !gap && !commands, Weakness::NotAQuestion),
        (marks > 1, Weakness::SeveralQuestions),
        (matches!(said, [only] if is_guessable(&only.lower)), Weakness::YesOrNo),
        (asked.iter().filter(|word| word.role == Role::Negation).count() > 1, Weakness::DoubleNegative),
        (is_vague(said), Weakness::VagueAnswer),
    ];
    let praised = [
        (
            marks <= 1 && (marks == 1 || gap || commands) && content > 0 && asked.len() <= 25,
            Strength::ClearQuestion,
        ),
        ((1..=20).contains(&said.len()), Strength::ConciseAnswer),
        (!seen.dangles, Strength::StandsAlone),
    ];
    Quality::of(chosen(&found), chosen(&praised))
}

fn chosen<T: Copy>(of: &[(bool, T)]) -> Vec<T> {
    of.iter().filter(|(is, _)| *is).map(|&(_, one)| one).collect()
}

fn is_guessable(lower: &str) -> bool {
    matches!(lower, "yes" | "no" | "true" | "false" | "ja" | "nein" | "oui" | "non" | "sí")
}

/// The quality of a text that is not an item: a summary, an answer of the tutor.
pub fn of_text(text: &str, language: Language) -> Quality {
    if is_blank(text) {
        return Quality::of(vec![Weakness::Empty], Vec::new());
    }
    let mut weak = Vec::new();
    let sentences = crate::text::sentences(text);
    let read = words(text, language, &mut Stems::default());
    if is_broken(text) {
        weak.push(Weakness::NotProse);
    }
    let mut said: Vec<&str> = sentences.iter().filter_map(|span| span.of(text)).collect();
    let count = said.len();
    said.sort_unstable();
    said.dedup();
    if said.len() < count {
        weak.push(Weakness::Repetitive);
    }
    if read.iter().filter(|word| word.role == Role::Content).count() < 3 {
        weak.push(Weakness::VagueAnswer);
    }
    let mean = read.len() / sentences.len().max(1);
    if mean > 40 {
        weak.push(Weakness::LongAnswer);
    }
    let strengths = if (5..=28).contains(&mean) { vec![Strength::Readable] } else { Vec::new() };
    Quality::of(weak, strengths)
}

fn commands(lower: &str) -> bool {
    matches!(
        lower,
        "name"
            | "define"
            | "explain"
            | "describe"
            | "list"
            | "state"
            | "give"
            | "compare"
            | "contrast"
            | "identify"
            | "complete"
            | "distinguish"
            | "outline"
            | "fill"
            | "calculate"
            | "nenne"
            | "erkläre"
            | "beschreibe"
            | "nombra"
            | "explica"
            | "nommez"
            | "définissez"
            | "expliquez"
            | "citez"
            | "true"
            | "write"
            | "summarize"
    )
}

fn is_vague(answer: &[Word]) -> bool {
    let content = answer.iter().filter(|word| word.role == Role::Content).count();
    let pronoun = answer.len() <= 2
        && answer.iter().all(|word| {
            matches!(
                word.lower.as_str(),
                "it" | "they"
                    | "this"
                    | "that"
                    | "these"
                    | "those"
                    | "many"
                    | "several"
                    | "various"
                    | "some"
                    | "things"
                    | "stuff"
                    | "he"
                    | "she"
            )
        });
    pronoun || answer.last().is_some_and(|word| word.lower == "etc") && content < 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weak(question: &str, answer: &str) -> Vec<Weakness> {
        score(question, answer, Language::English).weaknesses
    }

    #[test]
    fn a_clear_question_with_a_short_answer_is_perfect() {
        let quality = score("What do ribosomes make?", "Proteins", Language::English);
        assert_eq!((quality.score, quality.weaknesses), (1.0, vec![]));
        assert_eq!(
            quality.strengths,
            [Strength::ClearQuestion, Strength::ConciseAnswer, Strength::StandsAlone]
        );
    }

    #[test]
    fn each_weakness_is_named() {
        assert_eq!(weak("What do cells?", ""), [Weakness::Empty]);
        assert_eq!(
            weak("What is it about and why?", "Cells"),
            [Weakness::DanglingReference, Weakness::VagueQuestion]
        );
        assert_eq!(weak("Ribosomes make something", "Proteins"), [Weakness::NotAQuestion]);
        assert_eq!(weak("What is mitosis? What is meiosis?", "Divisions"), [Weakness::SeveralQuestions]);
        assert_eq!(weak("Is a virus alive?", "No"), [Weakness::YesOrNo]);
        assert_eq!(weak("What makes proteins?", "It"), [Weakness::VagueAnswer]);
    }

    #[test]
    fn a_text_that_says_everything_twice_is_weaker_than_one_that_does_not() {
        let once = of_text("Cells divide by mitosis. Each half gets all chromosomes.", Language::English);
        let twice = of_text("Cells divide by mitosis. Cells divide by mitosis.", Language::English);
        assert!(once.score > twice.score);
        assert_eq!(of_text("  ", Language::English).score, 0.0);
    }
}
