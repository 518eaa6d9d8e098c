//! What is measured of a statement against a source. Everything that the fitted weights see is here.

use super::polarity::{direction, is_less, opposites};
use crate::judge::source::{Sentence, Source};
use crate::judge::words::{Role, Word};

/// How many sentences are looked at closely.
const CANDIDATES: usize = 6;

/// The measures, in the order of the weights.
pub(in crate::judge) const NAMES: [&str; COUNT] = [
    "cover_sentence",
    "cover_window",
    "cover_all",
    "missing_share",
    "precision",
    "adjacent_pairs",
    "near_pairs",
    "content_pairs",
    "in_order",
    "swap_gap_max",
    "swap_gap_mean",
    "family_sentence",
    "family_window",
    "family_all",
    "subject_gap",
    "subject_cover",
    "subject_missing",
    "names_nowhere",
    "names_elsewhere",
    "number_nowhere",
    "number_elsewhere",
    "number_gap",
    "number_word_nowhere",
    "denials",
    "denies_more",
    "denies_less",
    "denial_unsupported",
    "denial_bridged",
    "denial_gap",
    "opposite_only",
    "opposite_gap",
    "opposite_near",
    "opposite_beside",
    "direction_against",
    "direction_same",
    "odd_word",
    "opposite_elsewhere",
    "less_unsupported",
    "object_missing",
    "lone_missing",
    "length",
];

/// How many measures there are.
pub(in crate::judge) const COUNT: usize = 41;

/// A statement, read.
pub(in crate::judge) struct Statement {
    pub(in crate::judge) words: Vec<Word>,
    known: Vec<Option<u32>>,
    /// Content words, each stem once: place in `words`, weight.
    content: Vec<(usize, f64)>,
    total: f64,
    /// Where the subject ends, when a verb or a colon tells.
    subject_end: Option<usize>,
}

impl Statement {
    pub(in crate::judge) fn read(text: &str, source: &Source) -> Statement {
        let words = source.read(text);
        let known: Vec<Option<u32>> = words.iter().map(|word| source.stem(&word.stem)).collect();
        let mut content: Vec<(usize, f64)> = Vec::with_capacity(words.len());
        let any = words.iter().any(|word| word.role == Role::Content);
        for (at, word) in words.iter().enumerate() {
            let counts = word.role == Role::Content || !any;
            if counts && !content.iter().any(|&(other, _)| words[other].stem == word.stem) {
                let weight = source.weight(known[at].map_or(0, |stem| source.holding(stem).len()));
                content.push((at, weight));
            }
        }
        let total = content.iter().map(|(_, weight)| weight).sum::<f64>().max(1e-9);
        let subject_end = subject_end(text, &words);
        Statement { words, known, content, total, subject_end }
    }

    /// How many different content words it has.
    pub(in crate::judge) fn len(&self) -> usize {
        self.content.len()
    }
}

fn subject_end(text: &str, words: &[Word]) -> Option<usize> {
    const VERBS: [&str; 27] = [
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "can",
        "could",
        "may",
        "might",
        "must",
        "will",
        "would",
        "does",
        "do",
        "did",
        "means",
        "refers",
        "called",
        "known",
        "occurs",
        "includes",
        "denotes",
        "describes",
    ];
    if let Some(colon) = text.find(':').filter(|&at| at < 60) {
        return words.iter().position(|word| word.span.start > colon).filter(|&at| at > 0);
    }
    words.iter().skip(1).position(|word| VERBS.contains(&word.lower.as_str())).map(|at| at + 1)
}

/// How the statement lies over the source.
struct Overlay<'s> {
    source: &'s Source,
    /// For each sentence, the weight of the statement's words in it.
    overlap: Vec<f64>,
    /// The best sentences, best first.
    top: Vec<usize>,
    /// The best sentence.
    best: usize,
    /// The middle of the best three.
    middle: usize,
    /// The weight of the statement's words in the best three.
    window: f64,
}

impl<'s> Overlay<'s> {
    fn new(statement: &Statement, source: &'s Source) -> Option<Overlay<'s>> {
        let mut overlap = vec![0.0; source.sentences().len()];
        for &(at, weight) in &statement.content {
            let Some(stem) = statement.known[at] else { continue };
            for &sentence in source.holding(stem) {
                overlap[sentence as usize] += weight;
            }
        }
        let top = top(&overlap);
        let best = *top.first()?;
        let mut overlay = Overlay { source, overlap, top, best, middle: best, window: 0.0 };
        for at in 0..overlay.top.len() {
            let middle = overlay.top[at];
            let window = overlay.near_weight(statement, middle, 1);
            if window > overlay.window {
                (overlay.middle, overlay.window) = (middle, window);
            }
        }
        Some(overlay)
    }

    fn window_around(&self, middle: usize, reach: usize) -> &'s [Sentence] {
        let sentences = self.source.sentences();
        &sentences[middle.saturating_sub(reach)..(middle + reach + 1).min(sentences.len())]
    }

    /// The weight of the statement's words within `reach` sentences of `middle`.
    fn near_weight(&self, statement: &Statement, middle: usize, reach: usize) -> f64 {
        let window = self.window_around(middle, reach);
        let holds = |stem: u32| window.iter().any(|sentence| sentence.holds(stem));
        statement
            .content
            .iter()
            .filter(|&&(at, _)| statement.known[at].is_some_and(holds))
            .map(|(_, w)| w)
            .sum()
    }

    fn in_window(&self, stem: u32) -> bool {
        self.window_around(self.middle, 1).iter().any(|sentence| sentence.holds(stem))
    }

    fn best_sentence(&self) -> &'s Sentence {
        &self.source.sentences()[self.best]
    }

    /// The greatest overlap among the sentences that hold a stem.
    fn best_with(&self, stem: u32) -> f64 {
        self.source.holding(stem).iter().map(|&at| self.overlap[at as usize]).fold(0.0, f64::max)
    }
}

fn top(scores: &[f64]) -> Vec<usize> {
    let mut top: Vec<usize> = Vec::with_capacity(CANDIDATES + 1);
    for (at, &score) in scores.iter().enumerate() {
        if top.len() == CANDIDATES && top.last().is_some_and(|&last| scores[last] >= score) {
            continue;
        }
        let place = top.partition_point(|&other| scores[other] >= score);
        top.insert(place, at);
        top.truncate(CANDIDATES);
    }
    top
}

/// The measures of a statement; all zero for an empty source.
pub(in crate::judge) fn measure(statement: &Statement, source: &Source) -> [f64; COUNT] {
    let mut out = [0.0; COUNT];
    let Some(overlay) = Overlay::new(statement, source) else { return out };
    let mut at = 0;
    let mut push = |values: &[f64]| {
        out[at..at + values.len()].copy_from_slice(values);
        at += values.len();
    };
    push(&coverage(statement, &overlay));
    push(&sequence(statement, &overlay));
    push(&swaps(statement, &overlay));
    push(&families(statement, source));
    push(&subject(statement, &overlay));
    push(&names(statement, &overlay));
    push(&numbers(statement, &overlay));
    push(&denials(statement, &overlay));
    push(&contrasts(statement, &overlay));
    push(&oddities(statement, &overlay));
    push(&absences(statement, &overlay));
    push(&[(1.0 + statement.len() as f64).ln()]);
    out
}

fn coverage(statement: &Statement, overlay: &Overlay<'_>) -> [f64; 5] {
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

fn sequence(statement: &Statement, overlay: &Overlay<'_>) -> [f64; 4] {
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

fn known_pair(two: &[Option<u32>], test: impl Fn(u32, u32) -> bool) -> bool {
    matches!(two, &[Some(one), Some(two)] if test(one, two))
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

/// How much better the rest of the statement is supported where a word does not stand than where it does.
fn swaps(statement: &Statement, overlay: &Overlay<'_>) -> [f64; 2] {
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

/// Coverage by word families, so that "infection" is covered by "infected".
fn families(statement: &Statement, source: &Source) -> [f64; 3] {
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

/// Whether what is said is said of this subject.
fn subject(statement: &Statement, overlay: &Overlay<'_>) -> [f64; 3] {
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

fn names(statement: &Statement, overlay: &Overlay<'_>) -> [f64; 2] {
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

fn numbers(statement: &Statement, overlay: &Overlay<'_>) -> [f64; 4] {
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

/// The share of a word's two neighbours that stand beside it in the source as well.
fn neighbours_agree(statement: &Statement, source: &Source, at: usize) -> f64 {
    let Some(stem) = statement.known[at] else { return 0.0 };
    let before =
        at.checked_sub(1).and_then(|at| statement.known[at]).is_some_and(|b| source.side_by_side(b, stem));
    let after = statement.known.get(at + 1).copied().flatten().is_some_and(|a| source.side_by_side(stem, a));
    f64::from(u8::from(before)) / 2.0 + f64::from(u8::from(after)) / 2.0
}

fn denials(statement: &Statement, overlay: &Overlay<'_>) -> [f64; 6] {
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

fn contrasts(statement: &Statement, overlay: &Overlay<'_>) -> [f64; 6] {
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
fn oddities(statement: &Statement, overlay: &Overlay<'_>) -> [f64; 3] {
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

/// Whether the last thing said is not in the passage; and how far all else is said where one thing is said nowhere.
fn absences(statement: &Statement, overlay: &Overlay<'_>) -> [f64; 2] {
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

/// `neighbours_agree` as if `stem` stood at `at`.
fn beside_as(statement: &Statement, source: &Source, at: usize, stem: u32) -> f64 {
    let before =
        at.checked_sub(1).and_then(|at| statement.known[at]).is_some_and(|b| source.side_by_side(b, stem));
    let after = statement.known.get(at + 1).copied().flatten().is_some_and(|a| source.side_by_side(stem, a));
    f64::from(u8::from(before)) / 2.0 + f64::from(u8::from(after)) / 2.0
}

/// The middle of the three sentences that say most of the statement; the source must have sentences.
pub(in crate::judge) fn middle(statement: &Statement, source: &Source) -> usize {
    Overlay::new(statement, source).map_or(0, |overlay| overlay.middle)
}
