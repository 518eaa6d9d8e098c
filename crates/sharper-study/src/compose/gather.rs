//! Gathering: every card that the sentences and lines of a document allow, described for the ranker.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};
use sharper_domain::{CardDraft, Span};

use super::candidate::{Candidate, Pair, Pattern, TermFacts, features};
use super::lines::LineCard;
use super::{FEATURES, abroad, cloze, english, gates, lines, listing, rank};
use crate::extract::{TermKey, TermTable, findings, term_key};
use crate::grammar::{Line, Tag, core_of, noun_phrase, noun_phrases};
use crate::lexicon::{commonness, is_plural_noun};
use crate::read::Document;
use crate::text::{Language, content, key};

/// Every card that could be made of the notes, ranked one by one but not yet chosen among.
pub fn candidates(docs: &[Document<'_>]) -> Vec<Candidate> {
    let mut all = Vec::new();
    for (text, document) in docs.iter().enumerate() {
        all.extend(
            lines::find(document)
                .into_iter()
                .map(|card| from_line(document, text, card, Pattern::Line, rank::LINE)),
        );
        if document.language == Language::English {
            all.extend(
                listing::find(document)
                    .into_iter()
                    .map(|card| from_line(document, text, card, Pattern::List, rank::LIST)),
            );
            from_sentences(document, text, &mut all);
        } else {
            let found = abroad::find(document).into_iter();
            all.extend(found.map(|(card, worth)| from_line(document, text, card, Pattern::Line, worth)));
        }
    }
    all
}

fn from_line(
    document: &Document<'_>,
    text: usize,
    card: LineCard,
    pattern: Pattern,
    score: f32,
) -> Candidate {
    let mut described = [0.0; FEATURES];
    described[pattern as usize] = 1.0;
    Candidate {
        draft: CardDraft {
            topic: topic_of(document, card.section, &card.term),
            question: card.question,
            answer: card.answer,
            explanation: None,
            difficulty: card.difficulty,
            form: card.form,
            text,
            span: card.span,
        },
        features: described,
        score,
        term: hash(&card.term),
        section: card.section,
        // No sentence of the document is counted twice because of a line: lines are numbered from the other end.
        sentence: usize::MAX - card.span.start,
    }
}

fn hash(term: &str) -> TermKey {
    use std::hash::{Hash, Hasher};
    let mut hasher = rustc_hash::FxHasher::default();
    key(term, Language::English).hash(&mut hasher);
    hasher.finish()
}

/// The nearest heading, or the term itself where there is none.
fn topic_of(document: &Document<'_>, section: usize, term: &str) -> String {
    let title = &document.sections[section].title;
    if title.is_empty() { super::fronts::capital(term) } else { title.clone() }
}

/// What a document knows of its terms while its candidates are described.
struct Gatherer<'d> {
    document: &'d Document<'d>,
    text: usize,
    terms: TermTable,
    heading_stems: FxHashSet<String>,
    headings: FxHashSet<String>,
    title: String,
    definitions: FxHashMap<TermKey, u32>,
}

fn from_sentences(document: &Document<'_>, text: usize, all: &mut Vec<Candidate>) {
    let lines: Vec<Line<'_>> =
        (0..document.sentences.len()).map(|sentence| Line::new(document, sentence)).collect();
    let mut terms = TermTable::default();
    lines.iter().for_each(|line| terms.read(line));
    let titles = || document.sections.iter().map(|section| section.title.as_str());
    let mut gatherer = Gatherer {
        document,
        text,
        terms,
        heading_stems: titles().flat_map(|title| content(title, Language::English)).collect(),
        headings: titles().map(|title| key(title, Language::English)).collect(),
        title: format!(
            " {} ",
            titles()
                .find(|title| !title.is_empty())
                .map(|title| key(title, Language::English))
                .unwrap_or_default()
        ),
        definitions: FxHashMap::default(),
    };
    let mut pairs: Vec<(usize, Pair)> = Vec::new();
    let mut of_line = Vec::new();
    for (i, line) in lines.iter().enumerate().filter(|(_, line)| worth_reading(line)) {
        for finding in findings(line) {
            english::pairs(line, &finding, &mut of_line);
        }
        pairs.extend(of_line.drain(..).filter(gates::passes).map(|pair| (i, pair)));
    }
    for (i, pair) in pairs.iter().filter(|(_, pair)| pair.pattern.defines()) {
        let key = term_key(&lines[*i], core_of(&lines[*i], pair.term.clone()));
        *gatherer.definitions.entry(key).or_default() += 1;
    }
    all.extend(pairs.into_iter().map(|(i, pair)| gatherer.candidate(&lines[i], pair)));
    for line in lines.iter().filter(|line| worth_reading(line)) {
        gatherer.gaps(line, all);
    }
}

/// Questions, lead-ins and headings are no facts.
fn worth_reading(line: &Line<'_>) -> bool {
    let text = line.document.sentence_text(&line.document.sentences[line.sentence]);
    text.ends_with(['.', '!', '”', ')', '*']) && (4..=70).contains(&line.len()) && line.words[0].capital
}

/// A word this common (0 to 9) is no term by itself.
const EVERYDAY: f32 = 6.0;

impl Gatherer<'_> {
    fn candidate(&self, line: &Line<'_>, pair: Pair) -> Candidate {
        let document = self.document;
        let core = core_of(line, pair.term.clone());
        let facts = self.facts(line, &pair, core.clone());
        let sentence = &document.sentences[line.sentence];
        let described = features(line, &pair, &facts);
        let start = if pair.with_previous {
            document.sentences[line.sentence - 1].span.start
        } else {
            sentence.span.start
        };
        Candidate {
            score: rank::score(&described) + rank::prior(pair.form, pair.pattern, &pair.question),
            features: described,
            term: term_key(line, core.clone()),
            section: sentence.section,
            sentence: line.sentence,
            draft: CardDraft {
                topic: topic_of(document, sentence.section, &line.text(core)),
                question: pair.question,
                answer: pair.answer,
                explanation: None,
                difficulty: pair.difficulty,
                form: pair.form,
                text: self.text,
                span: Span { start, end: sentence.span.end },
            },
        }
    }

    fn facts(&self, line: &Line<'_>, pair: &Pair, core: Range<usize>) -> TermFacts {
        if core.is_empty() {
            return TermFacts::default();
        }
        let document = self.document;
        let stems: Vec<&str> = core.clone().map(|i| document.words.stem(line.form(i).stem)).collect();
        let name = stems.join(" ");
        let levels: Vec<f32> =
            core.clone().filter(|&i| !line.form(i).stop).map(|i| commonness(line.lower(i))).collect();
        let sum: f32 = levels.iter().sum();
        let (first, last) = (&line.words[core.start], &line.words[core.end - 1]);
        let after = document.plain.text[last.end as usize..].trim_start_matches(['”', ' ']);
        let key = term_key(line, core.clone());
        let usage = self.terms.get(key);
        let share = |i: usize| {
            usage.count as f32 / document.words.stem_count[line.form(i).stem as usize].max(1) as f32
        };
        TermFacts {
            usage,
            family: self.terms.family(line.form(core.end - 1).stem),
            cohesion: [share(core.end - 1), share(core.start)],
            words: core.len(),
            in_heading: stems.iter().all(|stem| self.heading_stems.contains(*stem)),
            is_heading: self.headings.contains(&name),
            in_title: self.title.contains(&format!(" {name} ")),
            marked: document.is_marked(&(first.start as usize..last.end as usize)),
            name: core.clone().any(|i| line.tag(i) == Tag::Name),
            commonness: [
                sum / levels.len().max(1) as f32,
                levels.iter().copied().fold(0.0, f32::max),
                levels.iter().copied().fold(9.0, f32::min),
                commonness(line.lower(core.end - 1)),
            ],
            learned: is_learned(line.lower(core.end - 1)),
            quoted: core.start > 0 && line.is(core.start - 1, &["“", "\"", "‘"]),
            bare: core.start == pair.term.start,
            definite: pair.term.start < core.start && line.is(pair.term.start, &["the"]),
            plural: is_plural_noun(line.lower(core.end - 1)),
            bracket: after.starts_with('('),
            definitions: self.definitions.get(&key).copied().unwrap_or(0),
            capital: first.capital,
            letters: core.clone().map(|i| line.lower(i).len()).sum(),
        }
    }

    /// Gaps for the terms of a line that could be worth one.
    fn gaps(&self, line: &Line<'_>, all: &mut Vec<Candidate>) {
        for core in gap_terms(line, &self.terms) {
            let rarest = core
                .clone()
                .filter(|&i| !line.form(i).stop)
                .map(|i| commonness(line.lower(i)))
                .fold(9.0, f32::min);
            if core.is_empty() || rarest > EVERYDAY || core.len() > 5 {
                continue;
            }
            if let Some(pair) = cloze::cloze(line, &core).filter(gates::passes) {
                all.push(self.candidate(line, pair));
            }
        }
    }
}

/// What a gap could be made for: noun phrases, their ends where those are terms of their own, "X of Y" where it is used
/// again, and rare adjectives.
fn gap_terms(line: &Line<'_>, terms: &TermTable) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for phrase in noun_phrases(line) {
        let core = core_of(line, phrase.clone());
        for start in core.start + 1..core.end {
            let tail = start..core.end;
            let usage = terms.get(term_key(line, tail.clone()));
            if usage.whole >= 1 && usage.count >= 2 {
                found.push(tail);
            }
        }
        if line.is(core.end, &["of"])
            && let Some(second) = noun_phrase(line, core.end + 1)
            && terms.get(term_key(line, core.start..second.end)).count >= 2
        {
            found.push(core.start..second.end);
        }
        found.push(core);
    }
    let adjectives = (0..line.len()).filter(|&i| {
        line.tag(i) == Tag::Adjective
            && !line.tag(i + 1).nominal()
            && line.lower(i).len() > 5
            && commonness(line.lower(i)) <= 2.0
    });
    found.extend(adjectives.map(|i| i..i + 1));
    found
}

/// Endings of learned words.
fn is_learned(word: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "ism", "osis", "esis", "asis", "ology", "tion", "sion", "ment", "ance", "ence", "ity", "ium",
        "phyte", "cyte", "some", "gen", "oid", "graphy", "archy", "cracy", "lysis", "plasm", "phil", "meter",
        "nomy", "isms", "itis", "ancy", "ency",
    ];
    word.len() > 5
        && ENDINGS.iter().any(|ending| {
            word.ends_with(ending) || word.strip_suffix('s').is_some_and(|one| one.ends_with(ending))
        })
}
