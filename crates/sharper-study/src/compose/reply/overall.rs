//! The notes as a whole: what is said where a question asks for nothing in particular.

use sharper_domain::{
    Importance, MainPoint, Passage, Statement, SummaryLength, SummaryOptions, SummaryStyle,
};

use super::{Reply, Signs};
use crate::compose::summary::summary;
use crate::read::Document;

/// Points that are told.
const POINTS: usize = 4;

/// The main points of the notes, in their order.
pub(super) fn reply(docs: &[Document<'_>]) -> Reply {
    let options = SummaryOptions {
        length: SummaryLength::Short,
        style: SummaryStyle::BulletPoints,
        focus_areas: Vec::new(),
    };
    let mut points = summary(docs, &options).summary.main_points;
    let rank = |point: &MainPoint<Passage>| match point.importance {
        Importance::High => 0,
        Importance::Medium => 1,
        Importance::Low => 2,
    };
    points.sort_by_key(rank);
    points.truncate(POINTS);
    points.sort_by_key(|point| point.sources.first().copied());
    let statement =
        |point: MainPoint<Passage>| Statement { text: point.point, sources: point.sources, verdict: None };
    let statements: Vec<Statement<Passage>> = points.into_iter().map(statement).collect();
    let answerable = !statements.is_empty();
    Reply { answerable, likelihood: f32::from(u8::from(answerable)), statements, signs: Signs::default() }
}
