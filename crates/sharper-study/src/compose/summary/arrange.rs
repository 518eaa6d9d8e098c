//! Arranging: chosen sentences become points with what supports them, in the order of the style.

use sharper_domain::{Importance, MainPoint, Passage, SummaryStyle};

use super::choose::Worth;
use super::concepts::{Concepts, Statement};
use crate::read::Document;

/// A point before it is written: indices of statements.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    head: usize,
    details: Vec<usize>,
}

/// Most sentences that support a point.
const DETAILS: usize = 2;
/// Least share of a sentence's worth that it must have in common with the point it supports.
const SUPPORT: f32 = 0.35;
/// Sentences between a point and what supports it, at most.
const NEAR: usize = 8;

/// The points of a summary, from statements that were chosen, the best first.
pub(super) fn arrange(
    docs: &[Document<'_>],
    concepts: &Concepts,
    worth: &Worth,
    chosen: &[usize],
    style: SummaryStyle,
) -> Vec<MainPoint<Passage>> {
    let most = if style == SummaryStyle::BulletPoints { 1 } else { DETAILS };
    let groups = group(docs, concepts, worth, chosen, most);
    let total = groups.len();
    let place = |group: &Group| {
        let statement = &concepts.statements[group.head];
        (statement.text, statement.sentence)
    };
    let mut ranked: Vec<(Importance, Group)> =
        groups.into_iter().enumerate().map(|(rank, group)| (importance(rank, total), group)).collect();
    ranked.sort_by_key(|(importance, group)| match style {
        SummaryStyle::Outline => (None, place(group)),
        _ => (Some(*importance), place(group)),
    });
    ranked.iter().map(|(importance, group)| point(docs, concepts, group, *importance)).collect()
}

/// The first third of the points, by what they add, is what the notes are about; the last says what they say too.
fn importance(rank: usize, total: usize) -> Importance {
    match rank * 3 / total.max(1) {
        0 => Importance::High,
        1 => Importance::Medium,
        _ => Importance::Low,
    }
}

/// Each sentence supports the nearest point of its section that it has enough in common with, or is a point.
fn group(
    docs: &[Document<'_>],
    concepts: &Concepts,
    worth: &Worth,
    chosen: &[usize],
    most: usize,
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for &at in chosen {
        let statement = &concepts.statements[at];
        let fits = |group: &&mut Group| {
            let head = &concepts.statements[group.head];
            // What has no stop cannot be read on with another sentence.
            let stops = |at: usize| {
                concepts.statements[at].text_in(docs).ends_with(['.', '!', '?', '”', '"', '。', '।', ')'])
            };
            group.details.len() < most
                && stops(at)
                && stops(group.head)
                && (head.text, head.section) == (statement.text, statement.section)
                && head.sentence.abs_diff(statement.sentence) <= NEAR
                && common(worth, statement, head) >= SUPPORT
        };
        let nearest = groups
            .iter_mut()
            .filter(fits)
            .min_by_key(|group| concepts.statements[group.head].sentence.abs_diff(statement.sentence));
        match nearest {
            Some(group) => group.details.push(at),
            None => groups.push(Group { head: at, details: Vec::new() }),
        }
    }
    for group in &mut groups {
        group.details.sort_by_key(|&at| concepts.statements[at].sentence);
    }
    groups
}

/// The share of a sentence's worth that it has in common with another.
fn common(worth: &Worth, one: &Statement, other: &Statement) -> f32 {
    let sum = |stems: &mut dyn Iterator<Item = &u32>| stems.map(|&id| worth.stems[id as usize]).sum::<f32>();
    let all = sum(&mut one.stems.iter());
    if all > 0.0 { sum(&mut one.stems.iter().filter(|id| other.stems.contains(id))) / all } else { 0.0 }
}

fn point(
    docs: &[Document<'_>],
    concepts: &Concepts,
    group: &Group,
    importance: Importance,
) -> MainPoint<Passage> {
    let head = &concepts.statements[group.head];
    let details: Vec<String> =
        group.details.iter().map(|&at| concepts.statements[at].text_in(docs)).collect();
    let sources = std::iter::once(&group.head)
        .chain(&group.details)
        .map(|&at| &concepts.statements[at])
        .flat_map(|statement| {
            let document = &docs[statement.text];
            let passage = |piece: &std::ops::Range<usize>| Passage {
                text: statement.text,
                span: document.span(piece.clone()),
            };
            statement.pieces.iter().map(passage).collect::<Vec<_>>()
        })
        .collect();
    MainPoint {
        point: head.text_in(docs),
        details: details.join(" "),
        importance,
        heading: docs[head.text].sections[head.section].title.clone(),
        sources,
        verdict: None,
    }
}
