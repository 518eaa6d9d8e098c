//! Conflicts: what in a statement does not go with the source: another subject, name or number, a denial, an opposite.

use super::overlay::{Overlay, Statement, beside_as, known_pair, neighbours_agree};
use super::polarity::{direction, is_less, opposites};
use crate::judge::words::Role;

/// How much better the rest of the statement is supported where a word does not stand than where it does.
pub(super) fn swaps(statement: &Statement, overlay: &Overlay<'_>) -> [f64; 2] {
    let sentences = overlay.source.sentences();
    let (mut most, mut sum, mut count) = (0.0f64, 0.0, 0usize);
    for &(at, weight) in &statement.content {
        let rest = statement.total - weight;
        if rest <= 1e-9 {
            continue;
        }
        let holds = |sentence: usize| statement.known[at].is_some_and(|stem| sentences[sentence].holds(stem));
        let without = |&s: &usize| overlay.overlap[s] - if holds(s) { weight } else { 0.0 };
        let best = overlay.top.iter().map(without).fold(0.0, f64::max);
        let with = statement.known[at].map_or(0.0, |stem| (overlay.best_with(stem) - weight).max(0.0));
        let gap = (best - with) / rest;
        most = most.max(gap);
        sum += gap;
        count += 1;
    }
    [most, sum / count.max(1) as f64]
}

/// Whether what is said is said of this subject.
pub(super) fn subject(statement: &Statement, overlay: &Overlay<'_>) -> [f64; 3] {
    let first_missing = statement
        .content
        .first()
        .is_some_and(|&(at, _)| at == 0 && !statement.known[at].is_some_and(|stem| overlay.in_window(stem)));
    let missing = f64::from(u8::from(first_missing));
    let Some(end) = statement.subject_end else { return [0.0, 0.0, missing] };
    let (subject, said): (Vec<_>, Vec<_>) = statement.content.iter().partition(|&&(at, _)| at < end);
    if subject.is_empty() || said.is_empty() {
        return [0.0, 0.0, missing];
    }
    let count = overlay.overlap.len();
    let weigh = |words: &[&(usize, f64)]| {
        let mut overlap = vec![0.0; count];
        for &&(at, weight) in words {
            for &sentence in statement.known[at].map_or(&[][..], |stem| overlay.source.holding(stem)) {
                overlap[sentence as usize] += weight;
            }
        }
        (overlap, words.iter().map(|(_, weight)| weight).sum::<f64>().max(1e-9))
    };
    let (of_subject, subject_total) = weigh(&subject.iter().collect::<Vec<_>>());
    let (of_said, said_total) = weigh(&said.iter().collect::<Vec<_>>());
    let best = of_said.iter().copied().fold(0.0, f64::max);
    let joint = (0..count)
        .filter(|&at| of_said[at] > 0.0)
        .map(|at| {
            let near = of_subject[at.saturating_sub(2)..=at].iter().copied().fold(0.0, f64::max);
            of_said[at] * near / subject_total
        })
        .fold(0.0, f64::max);
    [(best - joint) / said_total, joint / said_total, missing]
}

pub(super) fn names(statement: &Statement, overlay: &Overlay<'_>) -> [f64; 2] {
    let (mut nowhere, mut elsewhere) = (0.0, 0.0);
    for &(at, _) in statement.content.iter().filter(|&&(at, _)| at > 0 && statement.words[at].capital) {
        match statement.known[at] {
            None => nowhere += 1.0,
            Some(stem) if !overlay.in_window(stem) => elsewhere += 1.0,
            Some(_) => {}
        }
    }
    [nowhere, elsewhere]
}

pub(super) fn numbers(statement: &Statement, overlay: &Overlay<'_>) -> [f64; 4] {
    let (mut nowhere, mut elsewhere, mut gap, mut word_nowhere) = (0.0f64, 0.0f64, 0.0f64, 0.0f64);
    let window = overlay.middle.saturating_sub(1)..overlay.middle + 2;
    for (at, word) in statement.words.iter().enumerate() {
        let Some(value) = word.value else { continue };
        let holding = overlay.source.holding_number(value.amount);
        if !value.digits {
            word_nowhere = word_nowhere.max(f64::from(u8::from(holding.is_empty())));
            continue;
        }
        nowhere = nowhere.max(f64::from(u8::from(holding.is_empty())));
        let near = holding.iter().any(|&sentence| window.contains(&(sentence as usize)));
        elsewhere = elsewhere.max(f64::from(u8::from(!near)));
        let own =
            statement.content.iter().find(|&&(other, _)| other == at).map_or(0.0, |&(_, weight)| weight);
        let own = if statement.known[at].is_some() { own } else { 0.0 };
        let rest = (overlay.window - if near { own } else { 0.0 }).max(1e-9);
        let with = holding
            .iter()
            .map(|&sentence| (overlay.near_weight(statement, sentence as usize, 1) - own) / rest)
            .fold(0.0, f64::max);
        let beside = neighbours_agree(statement, overlay.source, at);
        gap = gap.max(1.0 - 0.75 * with.min(1.0) - 0.25 * beside);
    }
    [nowhere, elsewhere, gap, word_nowhere]
}

pub(super) fn denials(statement: &Statement, overlay: &Overlay<'_>) -> [f64; 6] {
    let source = overlay.source;
    let at: Vec<usize> =
        (0..statement.words.len()).filter(|&at| statement.words[at].role == Role::Negation).collect();
    let there = overlay.best_sentence().denials as usize;
    let unsupported: f64 = at.iter().map(|&at| 1.0 - neighbours_agree(statement, source, at)).sum();
    let bridged = |&&at: &&usize| {
        let before = at.checked_sub(1).and_then(|at| statement.known[at]);
        let after = statement.known.get(at + 1).copied().flatten();
        known_pair(&[before, after], |a, b| source.side_by_side(a, b))
    };
    let bridges = at.iter().filter(bridged).count();
    let denied = source.sentences().iter().zip(&overlay.overlap).filter(|(sentence, _)| sentence.denials > 0);
    let best_denied = denied.map(|(_, &overlap)| overlap).fold(0.0, f64::max);
    let gap = at.len() as f64 * (overlay.overlap[overlay.best] - best_denied) / statement.total;
    [
        at.len().min(2) as f64,
        f64::from(u8::from(at.len() > there)),
        f64::from(u8::from(at.len() < there)),
        unsupported,
        f64::from(u8::from(bridges > 0)),
        gap,
    ]
}

pub(super) fn contrasts(statement: &Statement, overlay: &Overlay<'_>) -> [f64; 6] {
    let source = overlay.source;
    let (mut only, mut gap, mut near, mut beside) = (0.0f64, 0.0f64, 0.0f64, 0.0f64);
    for (at, word) in statement.words.iter().enumerate() {
        for opposite in opposites(&word.stem) {
            if statement.words.iter().any(|other| other.stem == *opposite) {
                continue;
            }
            let Some(other) = source.stem(opposite) else { continue };
            let own = statement.content.iter().find(|&&(i, _)| statement.words[i].stem == word.stem);
            let own = own.map_or(0.0, |&(_, weight)| weight);
            let with = statement.known[at].map_or(0.0, |stem| (overlay.best_with(stem) - own).max(0.0));
            gap = gap.max((overlay.best_with(other) - with) / statement.total);
            let missing = statement.known[at].is_none();
            only = only.max(f64::from(u8::from(missing)));
            let best = overlay.best_sentence();
            let replaced = best.holds(other) && !statement.known[at].is_some_and(|stem| best.holds(stem));
            near = near.max(f64::from(u8::from(replaced)));
            beside = beside.max(
                2.0 * (beside_as(statement, source, at, other) - neighbours_agree(statement, source, at)),
            );
        }
    }
    let said = direction(statement.words.iter().map(|word| word.stem.as_str())).signum();
    let there = overlay.best_sentence().direction.signum();
    [only, gap, near, beside, f64::from(u8::from(said * there < 0)), f64::from(u8::from(said * there > 0))]
}

/// Words that do not go with those around them: one that breaks a run of the source's own words; one whose opposite
/// stands in the passage while it stands elsewhere; one of "less" that the passage does not say.
pub(super) fn oddities(statement: &Statement, overlay: &Overlay<'_>) -> [f64; 3] {
    let source = overlay.source;
    let known = |at: Option<usize>| at.and_then(|at| statement.known.get(at).copied().flatten());
    let beside = |one: Option<usize>, two: Option<usize>| {
        f64::from(u8::from(known_pair(&[known(one), known(two)], |a, b| source.side_by_side(a, b))))
    };
    let (mut odd, mut elsewhere, mut less) = (0.0f64, 0.0f64, 0.0f64);
    for (at, word) in statement.words.iter().enumerate().filter(|(_, word)| word.role != Role::Function) {
        let around =
            (beside(at.checked_sub(2), at.checked_sub(1)) + beside(Some(at + 1), Some(at + 2))) / 2.0;
        odd = odd.max(around * (1.0 - neighbours_agree(statement, source, at)));
        let stands = statement.known[at].is_some_and(|stem| overlay.in_window(stem));
        if stands {
            continue;
        }
        let opposed = opposites(&word.stem).iter().any(|opposite| {
            let same = statement.words.iter().any(|other| other.stem == *opposite);
            !same && source.stem(opposite).is_some_and(|stem| overlay.in_window(stem))
        });
        elsewhere = elsewhere.max(f64::from(u8::from(opposed)));
    }
    for (at, word) in statement.words.iter().enumerate() {
        let stands = statement.known[at].is_some_and(|stem| overlay.in_window(stem));
        if !stands && is_less(&word.stem) {
            less += 1.0;
        }
    }
    [odd, elsewhere, less.min(2.0)]
}
