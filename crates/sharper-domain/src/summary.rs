//! Summaries: what is asked for, and what is answered, each point with the passages that it is quoted from.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Source, Span, Verdict};

/// How long a summary should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum SummaryLength {
    /// What fits on an index card.
    Short,
    /// What fits on half a page.
    #[default]
    Medium,
    /// What fits on a page.
    Long,
}

impl SummaryLength {
    /// The word of the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            SummaryLength::Short => "short",
            SummaryLength::Medium => "medium",
            SummaryLength::Long => "long",
        }
    }
}

impl FromStr for SummaryLength {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        match word {
            "short" => Ok(SummaryLength::Short),
            "medium" => Ok(SummaryLength::Medium),
            "long" => Ok(SummaryLength::Long),
            _ => Err(()),
        }
    }
}

/// The shape of a summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SummaryStyle {
    /// Points of one line, the most important first.
    #[default]
    BulletPoints,
    /// Points with what supports them, to be read on end.
    Paragraph,
    /// Points under the headings of the notes, in their order.
    Outline,
}

impl SummaryStyle {
    /// The word of the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            SummaryStyle::BulletPoints => "bullet_points",
            SummaryStyle::Paragraph => "paragraph",
            SummaryStyle::Outline => "outline",
        }
    }
}

impl FromStr for SummaryStyle {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        match word {
            "bullet_points" => Ok(SummaryStyle::BulletPoints),
            "paragraph" => Ok(SummaryStyle::Paragraph),
            "outline" => Ok(SummaryStyle::Outline),
            _ => Err(()),
        }
    }
}

/// What a request for a summary may choose.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SummaryOptions {
    /// How long.
    pub length: SummaryLength,
    /// In which shape.
    pub style: SummaryStyle,
    /// Only about these, if there are any.
    #[serde(default)]
    pub focus_areas: Vec<String>,
}

/// How much of the notes turns on a point.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Importance {
    /// The notes are about it.
    High,
    /// The notes dwell on it.
    Medium,
    /// The notes say it as well.
    Low,
}

impl Importance {
    /// The word of the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Importance::High => "high",
            Importance::Medium => "medium",
            Importance::Low => "low",
        }
    }
}

impl fmt::Display for Importance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A stretch of one of the texts that a draft was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Passage {
    /// Which of the texts, from 0.
    pub text: usize,
    /// Its bytes in that text.
    pub span: Span,
}

/// A point of a summary. `S` is [`Passage`] in a draft and [`Source`] in what is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct MainPoint<S = Source> {
    /// The point: one sentence.
    pub point: String,
    /// What supports it: no sentence, or a few.
    pub details: String,
    /// How much of the notes turns on it.
    pub importance: Importance,
    /// The heading that it stands under; empty where there is none.
    pub heading: String,
    /// What the point and its details are quoted from, in the order in which they are said. A sentence out of
    /// which an aside was left has a passage for each part.
    pub sources: Vec<S>,
    /// What the checks found; `None` in a draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
}

/// A term of the notes and what they say that it means.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct KeyTerm<S = Source> {
    /// The term.
    pub term: String,
    /// Its meaning, in the words of the notes.
    pub definition: String,
    /// The sentence or line that says so.
    pub source: S,
    /// What the checks found; `None` in a draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
}

/// A summary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Summary<S = Source> {
    /// A line for people; the notes' own title where they have one, else empty.
    pub title: String,
    /// The points, in the order of the style.
    pub main_points: Vec<MainPoint<S>>,
    /// The terms, the most important first.
    pub key_terms: Vec<KeyTerm<S>>,
}

/// `data` of a summary, save for what is known only of its making (tokens, model).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SummaryContent<S = Source> {
    /// The summary.
    pub summary: Summary<S>,
    /// Words of its points and details.
    pub word_count: u32,
    /// Minutes that reading it takes, rounded up; 0 for a summary that says nothing.
    pub estimated_reading_time_minutes: u32,
}

/// Words that a student reads in a minute.
pub const WORDS_PER_MINUTE: u32 = 200;

impl<S> SummaryContent<S> {
    /// A summary with its words counted.
    pub fn of(summary: Summary<S>) -> Self {
        let words: usize = summary
            .main_points
            .iter()
            .flat_map(|point| [&point.point, &point.details])
            .map(|text| text.split_whitespace().count())
            .sum();
        let word_count = u32::try_from(words).unwrap_or(u32::MAX);
        Self { summary, word_count, estimated_reading_time_minutes: word_count.div_ceil(WORDS_PER_MINUTE) }
    }
}

impl<S> MainPoint<S> {
    /// Checked, with each passage as the notes' own source; `None` where `cite` finds one of them nowhere.
    pub fn checked<T>(self, verdict: Verdict, cite: impl FnMut(S) -> Option<T>) -> Option<MainPoint<T>> {
        Some(MainPoint {
            point: self.point,
            details: self.details,
            importance: self.importance,
            heading: self.heading,
            sources: self.sources.into_iter().map(cite).collect::<Option<_>>()?,
            verdict: Some(verdict),
        })
    }
}

impl<S> KeyTerm<S> {
    /// Checked, with each passage as the notes' own source; `None` where `cite` finds one of them nowhere.
    pub fn checked<T>(self, verdict: Verdict, mut cite: impl FnMut(S) -> Option<T>) -> Option<KeyTerm<T>> {
        let source = cite(self.source)?;
        Some(KeyTerm { term: self.term, definition: self.definition, source, verdict: Some(verdict) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content() -> SummaryContent<Passage> {
        let passage = |start, end| Passage { text: 0, span: Span { start, end } };
        SummaryContent::of(Summary {
            title: "Cells".into(),
            main_points: vec![MainPoint {
                point: "Cells divide.".into(),
                details: "They grow first.".into(),
                importance: Importance::High,
                heading: String::new(),
                sources: vec![passage(0, 13), passage(14, 30)],
                verdict: None,
            }],
            key_terms: vec![KeyTerm {
                term: "cell".into(),
                definition: "a unit".into(),
                source: passage(40, 50),
                verdict: None,
            }],
        })
    }

    #[test]
    fn points_and_details_are_counted_and_a_begun_minute_is_a_minute() {
        assert_eq!((content().word_count, content().estimated_reading_time_minutes), (5, 1));
        let nothing: SummaryContent<Passage> =
            SummaryContent::of(Summary { title: String::new(), main_points: vec![], key_terms: vec![] });
        assert_eq!((nothing.word_count, nothing.estimated_reading_time_minutes), (0, 0));
    }

    #[test]
    fn the_words_of_the_wire_are_read_and_written() {
        for length in [SummaryLength::Short, SummaryLength::Medium, SummaryLength::Long] {
            assert_eq!(length.as_str().parse(), Ok(length));
            assert_eq!(serde_json::to_value(length).unwrap(), length.as_str());
        }
        for style in [SummaryStyle::BulletPoints, SummaryStyle::Paragraph, SummaryStyle::Outline] {
            assert_eq!(style.as_str().parse(), Ok(style));
            assert_eq!(serde_json::to_value(style).unwrap(), style.as_str());
        }
        assert_eq!("tiny".parse::<SummaryLength>(), Err(()));
        assert_eq!(serde_json::to_value(Importance::Low).unwrap(), "low");
    }
}
