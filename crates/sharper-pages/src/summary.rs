//! `GET /summaries/{id}`: a summary in one of its three shapes, with its terms and the passages it is quoted from.

use std::borrow::Cow;

use askama::Template;
use sharper_domain::{KeyTerm, MainPoint, MaterialId, Source, SummaryStyle, TaskKind};

use crate::Frame;
use crate::item::importance_key;
use crate::kind::Heading;

/// The page of a summary.
#[derive(Debug, Clone, Template)]
#[template(path = "summary.html")]
pub struct SummaryPage {
    /// What is around it.
    pub frame: Frame,
    /// Which.
    pub id: MaterialId,
    /// Title, author and age.
    pub heading: Heading,
    /// The shape to show it in.
    pub style: SummaryStyle,
    /// Its points, in order.
    pub points: Vec<MainPoint>,
    /// Its terms, the most important first.
    pub terms: Vec<KeyTerm>,
    /// Words of the points and details.
    pub words: u32,
    /// Minutes that reading it takes.
    pub minutes: u32,
}

/// The shape that points were written in. They are kept in the order of their style: an outline follows the notes, the
/// others put first what matters most; and prose has more to say of a point than a line.
pub fn style_of(points: &[MainPoint]) -> SummaryStyle {
    let by_importance = points.is_sorted_by_key(|point| point.importance);
    let told = points.iter().filter(|point| !point.details.is_empty()).count();
    match by_importance {
        false => SummaryStyle::Outline,
        true if told * 2 > points.len() => SummaryStyle::Paragraph,
        true => SummaryStyle::BulletPoints,
    }
}

/// The message key of a style.
pub(crate) fn style_key(style: SummaryStyle) -> &'static str {
    match style {
        SummaryStyle::BulletPoints => "style-bullet-points",
        SummaryStyle::Paragraph => "style-paragraph",
        SummaryStyle::Outline => "style-outline",
    }
}

impl SummaryPage {
    fn name(&self) -> Cow<'_, str> {
        self.heading.name(&self.frame, TaskKind::SummaryGeneration)
    }

    fn line(&self) -> String {
        self.heading.line(&self.frame, TaskKind::SummaryGeneration)
    }

    fn facts(&self) -> Cow<'static, str> {
        let values = [("words", self.words.into()), ("minutes", self.minutes.into())];
        self.frame.locale.with("summary-facts", &values)
    }

    fn shapes(&self) -> [(SummaryStyle, &'static str); 3] {
        [SummaryStyle::BulletPoints, SummaryStyle::Paragraph, SummaryStyle::Outline]
            .map(|style| (style, style_key(style)))
    }

    fn importance(&self, point: &MainPoint) -> Cow<'static, str> {
        self.frame.t(importance_key(point.importance))
    }

    /// The points under their headings, each heading once, in the order in which they first stand.
    fn outline(&self) -> Vec<(&str, Vec<&MainPoint>)> {
        let mut parts: Vec<(&str, Vec<&MainPoint>)> = Vec::new();
        for point in &self.points {
            match parts.iter_mut().find(|(heading, _)| *heading == point.heading) {
                Some((_, points)) => points.push(point),
                None => parts.push((&point.heading, vec![point])),
            }
        }
        parts
    }

    /// Each passage once, in the order of the points.
    fn sources(&self) -> Vec<&Source> {
        let mut sources: Vec<&Source> = Vec::new();
        for source in self.points.iter().flat_map(|point| &point.sources) {
            if !sources.iter().any(|known| known.quote == source.quote) {
                sources.push(source);
            }
        }
        sources
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sharper_domain::Importance::{High, Low, Medium};

    fn point(importance: sharper_domain::Importance, details: &str) -> MainPoint {
        MainPoint {
            point: "Cells divide.".into(),
            details: details.into(),
            importance,
            heading: String::new(),
            sources: vec![],
            verdict: None,
        }
    }

    #[test]
    fn the_shape_of_a_summary_is_seen_in_the_order_and_the_details_of_its_points() {
        let check = |points: &[MainPoint], wanted| assert_eq!(style_of(points), wanted);
        check(&[point(High, ""), point(Medium, "x"), point(Low, "")], SummaryStyle::BulletPoints);
        check(&[point(High, "x"), point(Medium, "x"), point(Low, "")], SummaryStyle::Paragraph);
        check(&[point(Low, ""), point(High, ""), point(Medium, "")], SummaryStyle::Outline);
        check(&[], SummaryStyle::BulletPoints);
    }
}
