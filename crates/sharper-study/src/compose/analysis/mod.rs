//! The note analysis: what is strong in notes, what is missing, what contradicts itself, what is unclear, what to do.
//!
//! - `survey`: the notes read once for all of these;
//! - `strengths`, `gaps`, `contradictions`, `unclear`: each kind of finding by itself;
//! - `next`: what to study or add next, from the others.

mod contradictions;
mod gaps;
mod next;
mod strengths;
mod survey;
mod unclear;

use sharper_domain::{Finding, FindingKind, Passage};

use crate::read::Document;
use survey::Survey;

/// Most findings of a kind.
const MOST: usize = 4;

/// What is to be said about some notes, in the order of [`FindingKind::ALL`]: at most four findings of each kind, and
/// none where there are none. Each quotes what it is about.
///
/// ```
/// use sharper_domain::FindingKind;
/// use sharper_study::{compose::analysis, read::Document};
///
/// let notes = "The heart has four chambers. Blood leaves it through the aorta. The heart has three chambers.";
/// let found = analysis(&[Document::parse(notes)]);
/// let contradiction = found.iter().find(|one| one.kind == FindingKind::Contradiction).unwrap();
/// assert_eq!(contradiction.sources.len(), 2);
/// ```
pub fn analysis(docs: &[Document<'_>]) -> Vec<Finding<Passage>> {
    let survey = Survey::of(docs);
    let mut found = strengths::find(&survey);
    let gaps = gaps::find(&survey);
    let contradictions = contradictions::find(&survey);
    let unclear = unclear::find(&survey);
    let steps = next::find(&survey, &gaps, &contradictions, &unclear);
    for more in [gaps, contradictions, unclear, steps] {
        found.extend(more);
    }
    found
}

/// A finding that is not judged yet.
fn finding(
    kind: FindingKind,
    point: String,
    details: String,
    topic: String,
    sources: Vec<Passage>,
) -> Finding<Passage> {
    Finding { kind, point, details, topic, sources, verdict: None }
}
