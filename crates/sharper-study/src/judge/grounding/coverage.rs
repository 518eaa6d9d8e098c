//! Coverage: how much of a statement the source says, in which order, and what it does not say.

use super::overlay::{Overlay, Statement, known_pair, top};
use crate::judge::source::Source;
use crate::judge::words::Role;

pub(super) fn coverage(statement: &Statement, overlay: &Overlay<'_>) -> [f64; 5] {
    let known = |&&(at, _): &&(usize, f64)| statement.known[at].is_some();
    let all: f64 = statement.content.iter().filter(known).map(|(_, weight)| weight).sum();
    let missing = statement.content.iter().filter(|entry| !known(entry)).count();
    let best = overlay.overlap[overlay.best];
    [
        best / statement.total,
        overlay.window / statement.total,
        all / statement.total,
        missing as f64 / statement.len().max(1) as f64,
        best / overlay.best_sentence().mass.max(1e-9),
    ]
}

pub(super) fn sequence(statement: &Statement, overlay: &Overlay<'_>) -> [f64; 4] {
    let source = overlay.source;
    let share = |hits: usize, of: usize| hits as f64 / of.max(1) as f64;
    let beside =
        statement.known.windows(2).filter(|two| known_pair(two, |a, b| source.side_by_side(a, b))).count();
    let content: Vec<Option<u32>> = (0..statement.words.len())
        .filter(|&at| statement.words[at].role == Role::Content)
        .map(|at| statement.known[at])
        .collect();
    let (mut near, mut pairs, mut together) = (0, 0, 0);
    for (at, &one) in content.iter().enumerate() {
        for &two in content[at + 1..].iter().take(3) {
            pairs += 1;
            near += usize::from(known_pair(&[one, two], |a, b| source.near(a, b)));
        }
        if let Some(&two) = content.get(at + 1) {
            together += usize::from(known_pair(&[one, two], |a, b| share_a_sentence(source, a, b)));
        }
    }
    let window: Vec<u32> = overlay
        .window_around(overlay.middle, 1)
        .iter()
        .flat_map(|s| s.marks.iter().map(|mark| mark.stem))
        .collect();
    [
        share(beside, statement.known.len().saturating_sub(1)),
        share(near, pairs),
        share(together, content.len().saturating_sub(1)),
        share(common_subsequence(&content, &window), content.len()),
    ]
}

fn share_a_sentence(source: &Source, one: u32, two: u32) -> bool {
    let (few, many) = (source.holding(one), source.holding(two));
    let (few, many) = if few.len() <= many.len() { (few, many) } else { (many, few) };
    few.iter().any(|at| many.binary_search(at).is_ok())
}

/// Length of the longest common subsequence of the statement's first 64 content words and the window.
fn common_subsequence(statement: &[Option<u32>], window: &[u32]) -> usize {
    let statement = &statement[..statement.len().min(64)];
    let mut row: u64 = u64::MAX;
    for &stem in window {
        let hits = statement
            .iter()
            .enumerate()
            .fold(0u64, |bits, (at, &other)| bits | u64::from(other == Some(stem)) << at);
        let both = row & hits;
        row = row.wrapping_add(both) | (row & !hits);
    }
    let mask = if statement.len() == 64 { u64::MAX } else { (1 << statement.len()) - 1 };
    (!row & mask).count_ones() as usize
}

/// Coverage by word families, so that "infection" is covered by "infected".
pub(super) fn families(statement: &Statement, source: &Source) -> [f64; 3] {
    let mut families: Vec<(Option<u32>, f64)> = Vec::with_capacity(statement.len());
    for &(at, weight) in &statement.content {
        let family = match statement.known[at] {
            Some(stem) => Some(source.family_of(stem)),
            None => source.family(&statement.words[at].stem),
        };
        match families.iter_mut().find(|(other, _)| family.is_some() && *other == family) {
            Some((_, most)) => *most = most.max(weight),
            None => families.push((family, weight)),
        }
    }
    let total: f64 = families.iter().map(|(_, weight)| weight).sum::<f64>().max(1e-9);
    let mut overlap = vec![0.0; source.sentences().len()];
    for &(family, weight) in &families {
        for &sentence in family.map_or(&[][..], |family| source.holding_family(family)) {
            overlap[sentence as usize] += weight;
        }
    }
    let top = top(&overlap);
    let best = top.first().map_or(0.0, |&at| overlap[at]);
    let window = |middle: usize| -> f64 {
        let near = middle.saturating_sub(1) as u32..=middle as u32 + 1;
        let stands = |family: u32| {
            let holding = source.holding_family(family);
            holding.get(holding.partition_point(|at| at < near.start())).is_some_and(|at| near.contains(at))
        };
        families.iter().filter(|(family, _)| family.is_some_and(stands)).map(|(_, weight)| weight).sum()
    };
    let widest = top.iter().map(|&at| window(at)).fold(0.0, f64::max);
    let all: f64 = families.iter().filter(|(family, _)| family.is_some()).map(|(_, weight)| weight).sum();
    [best / total, widest / total, all / total]
}

/// Whether the last thing said is not in the passage; and how far all else is said where one thing is said nowhere.
pub(super) fn absences(statement: &Statement, overlay: &Overlay<'_>) -> [f64; 2] {
    let near = |at: usize| {
        let family = match statement.known[at] {
            Some(stem) => Some(overlay.source.family_of(stem)),
            None => overlay.source.family(&statement.words[at].stem),
        };
        let middle = overlay.middle as u32;
        family.is_some_and(|family| {
            let holding = overlay.source.holding_family(family);
            let next = holding.get(holding.partition_point(|&at| at + 1 < middle));
            next.is_some_and(|&at| at <= middle + 1)
        })
    };
    let last = statement.content.last().is_some_and(|&(at, _)| !near(at));
    let (mut said, mut absent, mut count) = (0.0, 0.0, 0);
    for &(at, weight) in &statement.content {
        if near(at) {
            said += weight;
        } else {
            absent += weight;
            count += 1;
        }
    }
    let lone = if (1..=2).contains(&count) { said / (said + absent).max(1e-9) } else { 0.0 };
    [f64::from(u8::from(last)), lone]
}
