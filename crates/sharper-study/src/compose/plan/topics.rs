//! Topics: the headings of the notes, or else what they define, each with its share of the time.

use rustc_hash::{FxHashMap, FxHashSet};
use sharper_domain::{Passage, StudyTopic};

use crate::compose::candidates;
use crate::compose::outline::{Names, Part, cut, is_furniture, parts};
use crate::lexicon::commonness;
use crate::read::Document;
use crate::text::{Language, TokenKind, content, key};

/// Most topics of a plan.
const MOST: usize = 12;
/// Fewest words of a topic of its own, where the notes have enough.
const LEAST_WORDS: usize = 40;
/// Share of the notes, in percent, below which a part is too small for a topic of its own.
const LEAST_SHARE: usize = 4;
/// Words after which a stretch without a heading is cut.
const STRETCH: usize = 250;
/// Least share of its time that a topic keeps however well it is known: what is never reviewed is forgotten.
const KEPT: f64 = 0.15;

/// What the notes are about, in their order: their headings, or else what they define. Small parts are joined, so that
/// there are at most twelve. A topic's weight is its words times how hard they read times what of it is not known yet;
/// the weights add up to 1. `known` gives, by the name of a topic, how well the student knows it, from 0 to 1.
///
/// ```
/// use sharper_study::{compose::topics, read::Document};
///
/// let notes = "# Cells\n\nA cell is the smallest unit of life.\n";
/// let found = topics(&[Document::parse(notes)], &[("Cells".to_owned(), 0.4)]);
/// assert_eq!((found[0].topic.as_str(), found[0].weight, found[0].mastery), ("Cells", 1.0, Some(0.4)));
/// ```
pub fn topics(docs: &[Document<'_>], known: &[(String, f64)]) -> Vec<StudyTopic<Passage>> {
    let mut found = parts(docs);
    found.retain(|part| part.words > 0 && !is_furniture(&part.title));
    if let [whole] = &mut found[..]
        && whole.words > STRETCH
    {
        // One heading over everything says less than what stands below it.
        whole.title.clear();
        whole.level = 0;
    }
    let untitled = found.iter().any(|part| part.title.is_empty());
    let pool = if untitled { candidates(docs) } else { Vec::new() };
    let names = Names::of(docs, &pool);
    let pieces = |whole: Part| {
        if whole.title.is_empty() { cut(&docs[whole.text], whole, STRETCH) } else { vec![whole] }
    };
    let found = found.into_iter().flat_map(pieces).collect();
    let groups = joined(found);
    let drafts: Vec<Draft> =
        groups.iter().filter_map(|group| Draft::of(docs, group, &names, known)).collect();
    weighed(drafts)
}

/// Parts that make one topic.
type Group = Vec<Part>;

fn size(group: &Group) -> usize {
    group.iter().map(|part| part.words).sum()
}

/// Neighbours joined until none is tiny and there are few enough. Notes in very many parts are first joined in one
/// pass, so that the time does not grow with the square of their number.
fn joined(found: Vec<Part>) -> Vec<Group> {
    let total: usize = found.iter().map(|part| part.words).sum();
    let rough = if found.len() > 4 * MOST { total / (4 * MOST) } else { 0 };
    let mut groups: Vec<Group> = Vec::new();
    for part in found {
        match groups.last_mut() {
            Some(last) if size(last) < rough => last.push(part),
            _ => groups.push(vec![part]),
        }
    }
    let least = LEAST_WORDS.max(total * LEAST_SHARE / 100);
    loop {
        let crowded = groups.len() > MOST;
        let near = |a: usize, b: usize| crowded || groups[a][0].text == groups[b][0].text;
        let small = (0..groups.len()).filter(|&at| crowded || size(&groups[at]) < least).filter_map(|at| {
            let before = at.checked_sub(1).filter(|&other| near(at, other));
            let after = Some(at + 1).filter(|&other| other < groups.len() && near(at, other));
            Some((size(&groups[at]), at, partner(&groups, at, before, after)?))
        });
        let Some((_, at, other)) = small.min() else { return groups };
        let (low, high) = (at.min(other), at.max(other));
        let more = groups.remove(high);
        groups[low].extend(more);
    }
}

/// Which neighbour a small group joins: the heading it stands under, else what it is the opening of, else the smaller.
fn partner(groups: &[Group], at: usize, before: Option<usize>, after: Option<usize>) -> Option<usize> {
    let level = |at: usize| groups[at][0].level;
    match (before, after) {
        (Some(before), _) if level(at) > level(before) => Some(before),
        (_, Some(after)) if level(after) > level(at) => Some(after),
        (Some(before), Some(after)) if size(&groups[after]) < size(&groups[before]) => Some(after),
        (before, after) => before.or(after),
    }
}

/// A topic before its share is known.
struct Draft {
    name: String,
    also: Vec<String>,
    words: usize,
    hardness: f64,
    mastery: Option<f64>,
    source: Passage,
}

impl Draft {
    fn of(docs: &[Document<'_>], group: &Group, names: &Names, known: &[(String, f64)]) -> Option<Draft> {
        let document = &docs[group[0].text];
        let top = group.iter().map(|part| part.level).min()?;
        let leads = group[0].level == top && group.iter().skip(1).all(|part| part.level > top);
        let head = if leads { group.first() } else { group.iter().max_by_key(|part| part.words) }?;
        let name = names.name(&docs[head.text], head);
        let source = head.opening(&docs[head.text])?;
        let mut also: Vec<String> = Vec::new();
        for part in group.iter().filter(|part| *part != head) {
            let other = names.name(&docs[part.text], part);
            if !other.is_empty() && other != name && !also.contains(&other) {
                also.push(other);
            }
        }
        let hardness =
            group.iter().map(|part| hardness(&docs[part.text], part) * part.words as f64).sum::<f64>();
        let words = size(group);
        let mastery = mastery(document.language, &name, &also, known);
        (!name.is_empty()).then(|| Draft {
            hardness: hardness / words.max(1) as f64,
            words,
            mastery,
            source,
            name,
            also,
        })
    }
}

/// Commonness (0 to 9) up to which a word is taken for a term that has to be learned.
const RARE: f32 = 2.0;

/// How hard a part reads, around 1: from 0.7 where nearly every word is an everyday one to 1.5 where a third are rare.
fn hardness(document: &Document<'_>, part: &Part) -> f64 {
    if document.language != Language::English {
        return 1.0;
    }
    let (mut all, mut rare) = (0u32, 0u32);
    for sentence in &document.sentences[part.sentences.clone()] {
        for word in &document.all_words[sentence.words.clone()] {
            let form = document.words.form(word.id);
            if word.kind == TokenKind::Word && !form.stop {
                all += 1;
                rare += u32::from(commonness(&form.lower) <= RARE);
            }
        }
    }
    if all == 0 { 1.0 } else { (0.7 + 2.4 * f64::from(rare) / f64::from(all)).min(1.5) }
}

/// How well a topic is known: what is known under its own name, else under those it joins, else under one that shares
/// most of its words.
fn mastery(language: Language, name: &str, also: &[String], known: &[(String, f64)]) -> Option<f64> {
    let own = key(name, language);
    let exact = |wanted: &str| known.iter().find(|(topic, _)| key(topic, language) == wanted);
    let mean =
        |values: Vec<f64>| (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64);
    let joined = || also.iter().filter_map(|other| exact(&key(other, language))).map(|(_, value)| *value);
    let near = || {
        let stems: FxHashSet<String> = content(name, language).into_iter().collect();
        let close = |topic: &str| {
            let other: FxHashSet<String> = content(topic, language).into_iter().collect();
            let common = stems.intersection(&other).count();
            common > 0 && common * 2 >= stems.len().max(other.len())
        };
        mean(known.iter().filter(|(topic, _)| close(topic)).map(|(_, value)| *value).collect())
    };
    let found = exact(&own).map(|(_, value)| *value).or_else(|| mean(joined().collect())).or_else(near);
    found.filter(|value| value.is_finite()).map(|value| value.clamp(0.0, 1.0))
}

fn weighed(drafts: Vec<Draft>) -> Vec<StudyTopic<Passage>> {
    let raw: Vec<f64> = drafts
        .iter()
        .map(|draft| draft.words as f64 * draft.hardness * (1.0 - draft.mastery.unwrap_or(0.0)).max(KEPT))
        .collect();
    let sum: f64 = raw.iter().sum();
    let words: usize = drafts.iter().map(|draft| draft.words).sum();
    let most = drafts.iter().map(|draft| draft.words).max().filter(|_| drafts.len() > 1).unwrap_or(0);
    let mean = drafts.iter().map(|draft| draft.hardness).sum::<f64>() / drafts.len().max(1) as f64;
    let mut seen: FxHashMap<String, u32> = FxHashMap::default();
    let mut out = Vec::with_capacity(drafts.len());
    for (draft, raw) in drafts.into_iter().zip(raw) {
        let why = why(&draft, words, mean, draft.words == most);
        let times = seen.entry(draft.name.clone()).or_default();
        *times += 1;
        let name = if *times == 1 { draft.name } else { format!("{} ({times})", draft.name) };
        out.push(StudyTopic {
            topic: name,
            why,
            weight: raw / sum,
            words: u32::try_from(draft.words).unwrap_or(u32::MAX),
            mastery: draft.mastery,
            source: draft.source,
            verdict: None,
        });
    }
    out
}

/// Hardness above the mean from which it is a reason.
const HARDER: f64 = 0.12;
/// Mastery below which a topic is weak, and from which it is known.
const WEAK: f64 = 0.5;
const STRONG: f64 = 0.8;

/// One sentence: the strongest reason for the time it gets, with the figure behind it.
fn why(draft: &Draft, words: usize, mean: f64, largest: bool) -> String {
    let share = (100 * draft.words + words / 2) / words.max(1);
    let percent = |value: f64| (value * 100.0).round() as u32;
    let with = match &draft.also[..] {
        [] => String::new(),
        [one] => format!(", with “{one}”"),
        [one, two] => format!(", with “{one}” and “{two}”"),
        [one, two, rest @ ..] => format!(", with “{one}”, “{two}” and {} more", rest.len()),
    };
    match draft.mastery {
        Some(value) if value < WEAK => {
            format!("You know {} % of it so far, and it is {share} % of your notes{with}.", percent(value))
        }
        Some(value) if value >= STRONG => {
            format!("You know {} % of it already, so it only needs reviewing{with}.", percent(value))
        }
        Some(value) => format!("You know {} % of it; it is {share} % of your notes{with}.", percent(value)),
        None if largest => format!("It is the largest part of your notes, {share} % of them{with}."),
        None if draft.hardness > mean + HARDER => {
            format!("It is {share} % of your notes and fuller of terms than the rest{with}.")
        }
        None => format!("It is {share} % of your notes{with}."),
    }
}
