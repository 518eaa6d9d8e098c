//! One item of any kind as Making shows it: what it says first, what it adds, and the words it stands on.

use std::borrow::Cow;

use sharper_domain::{CorrectAnswer, FindingKind, Importance, Item, Question, QuestionKind, Source};

use crate::Locale;
use crate::card::difficulty_key;
use crate::library::passage_href;

/// An item to show. The script of Making fills the same parts from an event.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ItemView {
    /// Its number in the job; 0 for the blank one from which a script makes others.
    pub number: u32,
    /// What kind of thing it is, where that does not go without saying.
    pub label: String,
    /// The question, the point, the term, the statement, the topic.
    pub lead: String,
    /// What may be chosen.
    pub options: Vec<String>,
    /// The answer, the details, the meaning.
    pub body: String,
    /// A sentence more.
    pub explanation: String,
    /// The words of the notes, byte for byte, without those that the item itself says.
    pub quotes: Vec<Quote>,
    /// The address of the first passage that it stands on.
    pub place: String,
    /// Whether the item says what it stands on word for word, so that there is nothing to show beside it.
    pub verbatim: bool,
    /// Topic, difficulty, points.
    pub tags: Vec<String>,
    /// Whether the answer is kept out of sight until it is asked for: a question is not given away while it is made.
    pub folded: bool,
}

/// Words of a note, and the address at which they are shown in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quote {
    /// The words.
    pub text: String,
    /// The address.
    pub href: String,
}

impl Quote {
    fn of(source: &Source) -> Self {
        Self { text: source.quote.clone(), href: passage_href(source) }
    }
}

impl ItemView {
    /// An item under its number, labelled in a language.
    pub fn of(number: u32, item: &Item, locale: Locale) -> Self {
        let (lead, body) = item.sides();
        let t = |key| locale.t(key).into_owned();
        let sources = item.sources();
        let other = |source: &&Source| !lead.contains(&source.quote) && !body.contains(&source.quote);
        let beside: Vec<Quote> = sources.iter().filter(other).map(Quote::of).collect();
        let base = Self {
            number,
            lead: lead.to_owned(),
            body: body.to_owned(),
            verbatim: beside.is_empty() && !sources.is_empty(),
            place: sources.first().map(passage_href).unwrap_or_default(),
            quotes: beside,
            ..Self::default()
        };
        match item {
            Item::Card(card) => Self {
                explanation: card.explanation.clone().unwrap_or_default(),
                tags: vec![card.topic.clone(), t(difficulty_key(card.difficulty))],
                ..base
            },
            Item::Question(question) => Self {
                folded: true,
                label: t(question_key(question.kind)),
                options: options(question, locale),
                body: answer(&question.correct_answer, locale).into_owned(),
                explanation: question.explanation.clone(),
                tags: vec![
                    question.topic.clone(),
                    t(difficulty_key(question.difficulty)),
                    locale.n("item-points", question.points).into_owned(),
                ],
                ..base
            },
            Item::Point(point) => {
                Self { label: t(importance_key(point.importance)), tags: vec![point.heading.clone()], ..base }
            }
            Item::Term(_) => Self { label: t("item-term"), ..base },
            Item::Statement(_) => base,
            Item::Finding(finding) => {
                Self { label: t(finding_key(finding.kind)), tags: vec![finding.topic.clone()], ..base }
            }
            Item::Topic(topic) => Self { tags: vec![share(topic.weight, locale)], ..base },
        }
    }
}

/// What may be chosen, in the language of the page where it is true or false.
pub(crate) fn options(question: &Question, locale: Locale) -> Vec<String> {
    match question.kind {
        QuestionKind::TrueFalse => {
            ["answer-true", "answer-false"].map(|key| locale.t(key).into_owned()).into()
        }
        QuestionKind::MultipleChoice | QuestionKind::ShortAnswer | QuestionKind::Essay => {
            question.options.clone()
        }
    }
}

/// The right answer in words.
pub(crate) fn answer(answer: &CorrectAnswer, locale: Locale) -> Cow<'_, str> {
    match answer {
        CorrectAnswer::Truth(true) => locale.t("answer-true"),
        CorrectAnswer::Truth(false) => locale.t("answer-false"),
        CorrectAnswer::Text(text) => text.into(),
    }
}

/// The share of a topic, in words.
pub(crate) fn share(weight: f64, locale: Locale) -> String {
    locale.n("topic-share", (weight * 100.0).round() as i64).into_owned()
}

/// The message key of a kind of question.
pub(crate) fn question_key(kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::MultipleChoice => "question-multiple-choice",
        QuestionKind::TrueFalse => "question-true-false",
        QuestionKind::ShortAnswer => "question-short-answer",
        QuestionKind::Essay => "question-essay",
    }
}

/// The message key of a kind of finding.
pub(crate) fn finding_key(kind: FindingKind) -> &'static str {
    match kind {
        FindingKind::Strength => "finding-strength",
        FindingKind::Gap => "finding-gap",
        FindingKind::Contradiction => "finding-contradiction",
        FindingKind::Unclear => "finding-unclear",
        FindingKind::NextStep => "finding-next-step",
    }
}

/// The message key of an importance.
pub(crate) fn importance_key(importance: Importance) -> &'static str {
    match importance {
        Importance::High => "importance-high",
        Importance::Medium => "importance-medium",
        Importance::Low => "importance-low",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sharper_domain::{NoteId, Source, Statement, Timestamp};

    #[test]
    fn a_quote_that_the_item_says_itself_is_not_shown_again() {
        let note_id = NoteId::new(Timestamp::UNIX_EPOCH);
        let source = |quote: &str| Source { note_id, note_version: 1, start: 0, end: 1, quote: quote.into() };
        let view = |quotes: &[&str]| {
            let sources = quotes.iter().map(|quote| source(quote)).collect();
            let said = Statement { text: "Cells divide.".into(), sources, verdict: None };
            ItemView::of(1, &Item::Statement(said), Locale::En)
        };
        let check = |quotes: &[&str], beside: &[&str], verbatim| {
            assert_eq!(
                (view(quotes).quotes.iter().map(|quote| quote.text.clone()).collect(), view(quotes).verbatim),
                (beside.iter().map(|q| (*q).to_owned()).collect::<Vec<_>>(), verbatim)
            );
        };
        check(&["Cells divide."], &[], true);
        check(&["Cells divide.", "They grow."], &["They grow."], false);
        check(&["They grow."], &["They grow."], false);
        check(&[], &[], false);
        let place = format!("/notes/{note_id}?from=0&to=1&v=1#passage");
        assert_eq!(
            (view(&["They grow."]).quotes[0].href.clone(), view(&["Cells divide."]).place),
            (place.clone(), place)
        );
    }
}
