//! Diversity: passages that say the same thing stand back for others (maximal marginal relevance).

use rustc_hash::FxHashSet;

use super::forward::Line;
use super::index::Index;

/// The order in which to show `ranked` (chunks and scores, best first): the `limit` best, or, with `weight` above
/// 0, each time the one that is best when likeness to those before is taken off.
pub(super) fn order(index: &Index, ranked: &[(u32, f32)], limit: usize, weight: f32) -> Vec<usize> {
    let limit = limit.min(ranked.len());
    if weight <= 0.0 || limit < 2 {
        return (0..limit).collect();
    }
    let weight = weight.min(1.0);
    let terms: Vec<FxHashSet<u32>> = ranked.iter().map(|&(chunk, _)| terms(index, chunk)).collect();
    let top = ranked[0].1.max(f32::MIN_POSITIVE);
    let mut left: Vec<usize> = (0..ranked.len()).collect();
    let mut nearest = vec![0.0f32; ranked.len()];
    let mut chosen = Vec::with_capacity(limit);
    while chosen.len() < limit {
        let value = |&at: &usize| (1.0 - weight) * ranked[at].1 / top - weight * nearest[at];
        let Some(place) =
            (0..left.len()).max_by(|&a, &b| value(&left[a]).total_cmp(&value(&left[b])).then(b.cmp(&a)))
        else {
            break;
        };
        let at = left.remove(place);
        for &other in &left {
            nearest[other] = nearest[other].max(likeness(&terms[at], &terms[other]));
        }
        chosen.push(at);
    }
    chosen
}

fn terms(index: &Index, chunk: u32) -> FxHashSet<u32> {
    let mut reader = index.forward.read(index.chunks[chunk as usize].forward.clone());
    let mut words = Vec::new();
    reader.words(&mut words);
    reader.words(&mut words);
    let mut found = FxHashSet::default();
    let mut line = Line::empty();
    while reader.line(&mut line) {
        found.extend(line.words.iter().filter(|word| !word.stop).map(|word| word.term));
    }
    found
}

/// The share of terms that two chunks have in common, of the smaller one.
fn likeness(one: &FxHashSet<u32>, other: &FxHashSet<u32>) -> f32 {
    let shared = one.iter().filter(|term| other.contains(term)).count();
    shared as f32 / one.len().min(other.len()).max(1) as f32
}
