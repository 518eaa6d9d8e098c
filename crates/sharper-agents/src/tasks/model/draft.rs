//! From the JSON of a model to a draft. What an item needs and lacks is a fault; only labels (how hard, how important) have
//! a usual value.

use serde_json::Value;
use sharper_domain::{
    CardDraft, CardForm, CorrectAnswer, Criterion, Difficulty, Draft, Fault, Finding, FindingKind,
    Importance, KeyTerm, MainPoint, Passage, QuestionDraft, QuestionKind, Statement, StudyTopic, TaskKind,
};
use sharper_study::judge::Source;
use std::str::FromStr;

/// Points of a question, by its difficulty.
fn points(difficulty: Difficulty) -> u32 {
    match difficulty {
        Difficulty::Easy => 1,
        Difficulty::Medium => 2,
        Difficulty::Hard => 3,
    }
}

/// Reads items of one answer.
pub(super) struct Reader<'s> {
    pub(super) source: &'s Source,
    /// The kinds of question that were asked for.
    pub(super) kinds: Vec<QuestionKind>,
    /// Items read so far: the place of the right option goes by it.
    pub(super) count: usize,
}

impl Reader<'_> {
    /// The draft that an item of the array `array` is.
    ///
    /// # Errors
    /// The first thing that is wrong with its shape, or that its quote is not in the notes.
    pub(super) fn read(&mut self, kind: TaskKind, array: &str, json: &str) -> Result<Draft, Fault> {
        self.count += 1;
        let value: Value = serde_json::from_str(json).map_err(|_| Fault::MissingField)?;
        if !value.is_object() {
            return Err(Fault::MissingField);
        }
        Ok(match kind {
            TaskKind::FlashcardGeneration => Draft::Card(self.card(&value)?),
            TaskKind::QuizGeneration | TaskKind::ExamGeneration => Draft::Question(self.question(&value)?),
            TaskKind::SummaryGeneration if array == "key_terms" => Draft::Term(KeyTerm {
                term: required(&value, "term")?,
                definition: required(&value, "definition")?,
                source: self.passage(&value, &["quote", "definition"])?,
                verdict: None,
            }),
            TaskKind::SummaryGeneration => Draft::Point(MainPoint {
                point: required(&value, "point")?,
                details: text(&value, "details"),
                importance: word(&value, "importance").unwrap_or(Importance::Medium),
                heading: text(&value, "heading"),
                sources: self.passages(&value)?,
                verdict: None,
            }),
            TaskKind::Chat => Draft::Statement(Statement {
                text: required(&value, "text")?,
                sources: vec![self.passage(&value, &["quote", "text"])?],
                verdict: None,
            }),
            TaskKind::NoteAnalysis => Draft::Finding(Finding {
                kind: word::<FindingKind>(&value, "kind").ok_or(Fault::MissingField)?,
                point: required(&value, "point")?,
                details: text(&value, "details"),
                topic: text(&value, "topic"),
                sources: self.passages(&value)?,
                verdict: None,
            }),
            TaskKind::StudyPlan => Draft::Topic(StudyTopic {
                topic: required(&value, "topic")?,
                why: text(&value, "why"),
                weight: value["importance"]
                    .as_f64()
                    .filter(|n| (1.0..=5.0).contains(n))
                    .ok_or(Fault::MissingField)?,
                words: 0,
                mastery: None,
                source: self.passage(&value, &["quote"])?,
                verdict: None,
            }),
        })
    }

    fn card(&self, value: &Value) -> Result<CardDraft, Fault> {
        let question = required(value, "question")?;
        let answer = required(value, "answer")?;
        let passage = self.passage(value, &["quote", "explanation", "answer"])?;
        Ok(CardDraft {
            form: if question.contains("___") { CardForm::Cloze } else { CardForm::Fact },
            explanation: Some(text(value, "explanation")).filter(|text| !text.is_empty()),
            topic: text(value, "topic"),
            difficulty: difficulty(value),
            text: passage.text,
            span: passage.span,
            question,
            answer,
        })
    }

    fn question(&self, value: &Value) -> Result<QuestionDraft, Fault> {
        let kind = word_from(value, "type").filter(|kind| self.kinds.contains(kind));
        let kind: QuestionKind = kind.ok_or(Fault::MissingField)?;
        let passage = self.passage(value, &["quote", "explanation", "correct_answer"])?;
        let difficulty = difficulty(value);
        let rubric = if kind == QuestionKind::Essay { self.rubric(value)? } else { Vec::new() };
        let (correct_answer, options) = self.answer(kind, value)?;
        let explanation = Some(text(value, "explanation")).filter(|text| !text.is_empty());
        let quote = self.source.text(passage.text).and_then(|text| passage.span.of(text)).unwrap_or_default();
        Ok(QuestionDraft {
            kind,
            question: required(value, "question")?,
            options,
            correct_answer,
            acceptable_answers: match kind {
                QuestionKind::ShortAnswer => texts(value, "acceptable_answers"),
                _ => Vec::new(),
            },
            explanation: explanation.unwrap_or_else(|| quote.to_owned()),
            points: match rubric.as_slice() {
                [] => points(difficulty),
                rubric => rubric.iter().map(|criterion| criterion.points).sum(),
            },
            rubric,
            section: Some(text(value, "section")).filter(|text| !text.is_empty()),
            topic: text(value, "topic"),
            difficulty,
            text: passage.text,
            span: passage.span,
        })
    }

    fn rubric(&self, value: &Value) -> Result<Vec<Criterion>, Fault> {
        let list = value["rubric"].as_array().filter(|list| !list.is_empty()).ok_or(Fault::MissingField)?;
        let criterion = |value: &Value| {
            let passage = self.passage(value, &["quote"])?;
            let quote = self.source.text(passage.text).and_then(|text| passage.span.of(text));
            Ok(Criterion {
                criterion: required(value, "criterion")?,
                points: value["points"]
                    .as_u64()
                    .filter(|n| (1..=20).contains(n))
                    .ok_or(Fault::MissingField)? as u32,
                quote: quote.ok_or(Fault::QuoteNotFound)?.to_owned(),
            })
        };
        list.iter().map(criterion).collect()
    }

    /// The key, and the options in the order in which they are shown.
    fn answer(&self, kind: QuestionKind, value: &Value) -> Result<(CorrectAnswer, Vec<String>), Fault> {
        let given = &value["correct_answer"];
        match kind {
            QuestionKind::TrueFalse => {
                let truth = match given {
                    Value::Bool(truth) => *truth,
                    Value::String(word) if word.trim().eq_ignore_ascii_case("true") => true,
                    Value::String(word) if word.trim().eq_ignore_ascii_case("false") => false,
                    _ => return Err(Fault::MissingField),
                };
                Ok((CorrectAnswer::Truth(truth), vec!["True".to_owned(), "False".to_owned()]))
            }
            QuestionKind::MultipleChoice => {
                let key = required(value, "correct_answer")?;
                let distractors = texts(value, "distractors");
                let options = if distractors.is_empty() {
                    texts(value, "options")
                } else {
                    placed(&key, distractors, self.count)
                };
                Ok((CorrectAnswer::Text(key), options))
            }
            QuestionKind::ShortAnswer | QuestionKind::Essay => {
                Ok((CorrectAnswer::Text(required(value, "correct_answer")?), Vec::new()))
            }
        }
    }

    /// The passage that the first of these fields is quoted from.
    fn passage(&self, value: &Value, fields: &[&str]) -> Result<Passage, Fault> {
        let quotes =
            fields.iter().filter_map(|field| value[*field].as_str()).filter(|quote| !quote.trim().is_empty());
        let mut quotes = quotes.peekable();
        // A quote that is given counts, and only where none is given is another field taken for one.
        let quote = quotes.peek().copied().ok_or(Fault::QuoteNotFound)?;
        self.find(quote).ok_or(Fault::QuoteNotFound)
    }

    /// The passages of `quotes`, or of the one `quote`.
    fn passages(&self, value: &Value) -> Result<Vec<Passage>, Fault> {
        let mut quotes = texts(value, "quotes");
        if quotes.is_empty() {
            quotes = vec![required(value, "quote").map_err(|_| Fault::QuoteNotFound)?];
        }
        quotes.iter().map(|quote| self.find(quote).ok_or(Fault::QuoteNotFound)).collect()
    }

    /// Where a quote stands. An order to a machine is no passage, even if it stands in the notes: it was not given.
    fn find(&self, quote: &str) -> Option<Passage> {
        if super::orders::is_order(quote) {
            return None;
        }
        let (text, span) = self.source.locate(quote).or_else(|| self.source.locate_loosely(quote))?;
        Some(Passage { text, span })
    }
}

/// The key among the distractors, at a place that says nothing: each place comes once in every four questions, in an
/// order that changes from four to four.
fn placed(key: &str, distractors: Vec<String>, count: usize) -> Vec<String> {
    /// Orders of the four places, none the reverse or the rotation of the one before.
    const ORDERS: [[usize; 4]; 6] =
        [[2, 0, 3, 1], [1, 3, 0, 2], [0, 2, 1, 3], [3, 1, 2, 0], [1, 0, 2, 3], [2, 3, 1, 0]];
    let place = ORDERS[count / 4 % ORDERS.len()][count % 4];
    let mut options = distractors;
    options.insert(place.min(options.len()), key.to_owned());
    options
}

fn difficulty(value: &Value) -> Difficulty {
    word_from(value, "difficulty").unwrap_or(Difficulty::Medium)
}

/// A text field without white space around it; nothing where there is none.
fn text(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_default().trim().to_owned()
}

fn required(value: &Value, field: &str) -> Result<String, Fault> {
    Some(text(value, field)).filter(|text| !text.is_empty()).ok_or(Fault::MissingField)
}

fn texts(value: &Value, field: &str) -> Vec<String> {
    let list = value[field].as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter()
        .filter_map(Value::as_str)
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect()
}

fn word_from<T: FromStr>(value: &Value, field: &str) -> Option<T> {
    value[field].as_str()?.trim().to_ascii_lowercase().parse().ok()
}

fn word<T: serde::de::DeserializeOwned>(value: &Value, field: &str) -> Option<T> {
    let word = value[field].as_str()?.trim().to_ascii_lowercase();
    serde_json::from_value(Value::String(word)).ok()
}
