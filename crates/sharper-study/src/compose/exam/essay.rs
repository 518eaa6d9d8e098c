//! Essays: several sentences of one part of the notes, asked for together, with a rubric that quotes each.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};
use sharper_domain::{CardForm, CorrectAnswer, Criterion, Difficulty, QuestionDraft, QuestionKind, Span};

use crate::compose::Candidate;
use crate::compose::outline::{Names, Part, cut, is_furniture, parts, term_of, words};
use crate::compose::summary::Concepts;
use crate::grammar::{Line, clause, core_of, lower_first, noun_phrases};
use crate::lexicon::commonness;
use crate::read::Document;
use crate::text::{Language, content, key};

/// Fewest and most criteria of an essay.
const CRITERIA: std::ops::RangeInclusive<usize> = 3..=5;
/// Words of a part up to which it makes one essay; a longer one makes several.
const PART: usize = 450;
/// Most words of a sentence that a criterion asks for.
const LONGEST: usize = 40;
/// Commonness (0 to 9) up to which a word is worth naming in the question.
const RARE: f32 = 4.0;
/// Least worth of a sentence that a criterion asks for, where no card's worth speaks for it.
const PLAIN: f32 = -2.5;

/// A sentence that an essay may be marked by.
struct Told {
    sentence: usize,
    worth: f32,
    card: Option<(CardForm, String, String)>,
}

/// Every essay that the notes allow, the richest first.
pub(super) fn essays(docs: &[Document<'_>], pool: &[Candidate]) -> Vec<QuestionDraft> {
    let concepts = Concepts::read(docs);
    let names = Names::of(docs, pool);
    let mut best: FxHashMap<(usize, usize), &Candidate> = FxHashMap::default();
    for candidate in pool.iter().filter(|candidate| candidate.draft.form != CardForm::Cloze) {
        let entry = best.entry((candidate.draft.text, candidate.sentence)).or_insert(candidate);
        if candidate.score > entry.score {
            *entry = candidate;
        }
    }
    let mut standing: FxHashSet<(usize, usize)> = FxHashSet::default();
    // A sentence out of which a tie or an aside would have to be cut leans on its neighbours.
    let whole = concepts
        .statements
        .iter()
        .filter(|one| one.pieces.len() == 1 && one.pieces[0] == docs[one.text].sentences[one.sentence].plain);
    standing.extend(whole.map(|one| (one.text, one.sentence)));
    let mut found: Vec<(f32, QuestionDraft)> = Vec::new();
    for part in parts(docs).into_iter().filter(|part| part.words > 0 && !is_furniture(&part.title)) {
        let document = &docs[part.text];
        let title = part.title.clone();
        for piece in cut(document, part, PART) {
            let own = Some(piece.title.clone()).filter(|own| !own.is_empty());
            let name = own.or_else(|| names.term(&piece)).unwrap_or_else(|| title.clone());
            let told = told(document, &piece, &best, &standing);
            if let Some(essay) = essay(document, &piece, &name, told) {
                found.push(essay);
            }
        }
    }
    found.sort_by(|(a, x), (b, y)| b.total_cmp(a).then(x.span.cmp(&y.span)));
    found.into_iter().map(|(_, essay)| essay).collect()
}

/// The sentences of a part that stand alone, those that cards would be made of first.
fn told(
    document: &Document<'_>,
    part: &Part,
    best: &FxHashMap<(usize, usize), &Candidate>,
    standing: &FxHashSet<(usize, usize)>,
) -> Vec<Told> {
    let fits = |at: &usize| {
        let sentence = &document.sentences[*at];
        let text = document.sentence_text(sentence);
        let whole = text.trim_start().starts_with(|c: char| c.is_uppercase() || !c.is_ascii());
        whole && standing.contains(&(part.text, *at)) && words(document, text) <= LONGEST
    };
    let mut found: Vec<Told> = part
        .sentences
        .clone()
        .filter(fits)
        .map(|sentence| match best.get(&(part.text, sentence)) {
            Some(candidate) => {
                let draft = &candidate.draft;
                let term = term_of(draft).unwrap_or_default();
                Told {
                    sentence,
                    worth: candidate.score,
                    card: Some((draft.form, term, draft.answer.clone())),
                }
            }
            None => Told { sentence, worth: PLAIN, card: None },
        })
        .collect();
    found.sort_by(|a, b| b.worth.total_cmp(&a.worth).then(a.sentence.cmp(&b.sentence)));
    found
}

/// The essay of a part, with what it is worth beside others; `None` where the part says too little for three criteria.
fn essay(document: &Document<'_>, part: &Part, name: &str, told: Vec<Told>) -> Option<(f32, QuestionDraft)> {
    let mut chosen: Vec<Told> = Vec::new();
    let mut openings: FxHashSet<String> = FxHashSet::default();
    for one in told {
        let opening = opening(document, one.sentence);
        if chosen.len() < *CRITERIA.end() && openings.insert(opening) {
            chosen.push(one);
        }
    }
    if chosen.len() < *CRITERIA.start()
        || name.chars().filter(|c| c.is_alphabetic()).count() < 3
        || name.contains(['<', '>', '{', '}'])
    {
        return None;
    }
    let worth = chosen.iter().map(|one| one.worth - PLAIN).sum::<f32>();
    chosen.sort_by_key(|one| one.sentence);
    let rubric: Vec<Criterion> = chosen.iter().map(|one| criterion(document, one)).collect();
    let text = |at: usize| document.sentence_text(&document.sentences[at]).trim().replace(['\n', '\t'], " ");
    let answer = chosen.iter().map(|one| text(one.sentence)).collect::<Vec<_>>().join(" ");
    let (first, last) = (chosen.first()?.sentence, chosen.last()?.sentence);
    let span = Span { start: document.sentences[first].span.start, end: document.sentences[last].span.end };
    let causes = chosen.iter().any(|one| matches!(&one.card, Some((CardForm::Cause, _, _))));
    let question = question(document, name, &chosen);
    Some((
        worth,
        QuestionDraft {
            kind: QuestionKind::Essay,
            question,
            options: Vec::new(),
            explanation: explanation(&rubric),
            correct_answer: CorrectAnswer::Text(answer),
            acceptable_answers: Vec::new(),
            points: rubric.iter().map(|criterion| criterion.points).sum(),
            rubric,
            section: None,
            topic: name.to_owned(),
            difficulty: if causes || chosen.len() > 3 { Difficulty::Hard } else { Difficulty::Medium },
            text: part.text,
            span,
        },
    ))
}

/// The first content words of a sentence: what it is about.
fn opening(document: &Document<'_>, sentence: usize) -> String {
    let stems = content(document.sentence_text(&document.sentences[sentence]), document.language);
    stems.into_iter().take(2).collect::<Vec<_>>().join(" ")
}

/// The sentence of the notes that earns most, in so many words: whatever else it said would have to stand in the notes too.
fn explanation(rubric: &[Criterion]) -> String {
    let most = rubric.iter().rev().max_by_key(|one| one.points);
    most.map(|one| one.quote.clone()).unwrap_or_default()
}

/// What a sentence earns: to define and to give a reason more than to state.
fn criterion(document: &Document<'_>, one: &Told) -> Criterion {
    let sentence = &document.sentences[one.sentence];
    let line = Line::new(document, one.sentence);
    let quote = sentence.span.of(document.text).unwrap_or_default().to_owned();
    let whole = document.sentence_text(sentence).trim().replace(['\n', '\t'], " ");
    let (criterion, points) = match &one.card {
        Some((CardForm::Definition, term, answer)) if !term.is_empty() => (
            format!(
                "Says what “{}” means: {}.",
                lower_unless_name(&line, term),
                lower_first(answer.trim_end_matches('.'))
            ),
            3,
        ),
        Some((CardForm::Cause, _, _)) => (format!("Gives this reason: {whole}"), 3),
        _ => (format!("Makes this point: {whole}"), 2),
    };
    Criterion { criterion, points, quote }
}

/// A term as it stands in the middle of a sentence.
fn lower_unless_name(line: &Line<'_>, term: &str) -> String {
    let inner = lower_first(term);
    let plain = line.text(0..line.len());
    if plain.contains(&format!(" {inner}")) || !plain.contains(&format!(" {term}")) && !has_capitals(term) {
        inner
    } else {
        term.to_owned()
    }
}

fn has_capitals(term: &str) -> bool {
    term.chars().skip(1).any(char::is_uppercase)
}

/// "Explain X, covering A, B and C.", A, B and C being what the criteria are about.
fn question(document: &Document<'_>, name: &str, chosen: &[Told]) -> String {
    let own = key(name, document.language);
    let mut about: Vec<String> = Vec::new();
    for one in chosen {
        let line = Line::new(document, one.sentence);
        let subject = match &one.card {
            Some((CardForm::Definition, term, _)) if !term.is_empty() => Some(lower_unless_name(&line, term)),
            _ => subject(&line, &own),
        };
        let Some(subject) = subject else { continue };
        let known = key(&subject, document.language);
        let new = |other: &String| {
            let other = key(other, document.language);
            !other.contains(&known) && !known.contains(&other)
        };
        if !known.is_empty() && known != own && !own.contains(&known) && about.iter().all(new) {
            about.push(subject);
        }
    }
    let topic = if name.contains(char::is_lowercase) {
        format!("“{name}”")
    } else {
        format!("“{}”", in_lower(name))
    };
    match &about[..] {
        [] | [_] => format!("Explain {topic} in full sentences. Make {} points.", chosen.len()),
        [rest @ .., last] => format!("Explain {topic}, covering {} and {last}.", rest.join(", ")),
    }
}

/// A heading in capitals as a phrase.
fn in_lower(name: &str) -> String {
    crate::compose::fronts::capital(&name.to_lowercase())
}

/// Words that begin a phrase which names nothing.
const VAGUE: &[&str] =
    &["large", "small", "little", "great", "many", "number", "lot", "part", "way", "kind", "case"];

/// What a sentence is about: its subject where that is a term, else the rarest of its short noun phrases.
fn subject(line: &Line<'_>, own: &str) -> Option<String> {
    let rarest = |core: &Range<usize>| {
        let content = core.clone().filter(|&i| !line.form(i).stop);
        content.map(|i| commonness(line.lower(i))).fold(9.0, f32::min)
    };
    let fits = |core: &Range<usize>| {
        let plain = core.clone().all(|i| line.lower(i).chars().all(|c| c.is_alphabetic() || c == '-'));
        !core.is_empty()
            && core.len() <= 3
            && plain
            && line.tag(core.end - 1).nominal()
            && !line.is(core.start, VAGUE)
            && rarest(core) <= RARE
            && key(&line.text(core.clone()), Language::English) != own
    };
    let first = clause(line).map(|clause| core_of(line, clause.subject)).filter(fits);
    let phrases = || noun_phrases(line).into_iter().map(|phrase| core_of(line, phrase)).filter(fits);
    let core = first
        .or_else(|| phrases().min_by(|a, b| rarest(a).total_cmp(&rarest(b)).then(a.start.cmp(&b.start))))?;
    Some(line.inner_text(core))
}
