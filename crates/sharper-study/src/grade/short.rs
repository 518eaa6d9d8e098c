//! Short answers: each form of the wanted answer held against what was typed.

use sharper_domain::attempt::worth;
use sharper_domain::{GradedBy, Question, Span};

use super::alike::Alike;
use super::amounts::{Amount, amounts};
use super::figures::{Figures, figures};
use super::forms::forms;
use super::matching::{content, matched};
use super::polarity::{opposed, trend};
use super::segments::{Segment, is_denied, is_hedge, segments};
use super::terms::Terms;
use super::units::{Unit, unit};
use super::words::{Kind, Piece, pieces};
use super::{Assessment, extent, grading, list, point, why};
use crate::lexicon::commonness;
use crate::text::{Language, guess};

/// Content words up to which an answer is a term, all of whose words count.
pub(super) const TERM: usize = 4;
/// Least share of the matter of a longer answer that must be said.
const ENOUGH: f32 = 0.72;
/// Share below which nothing was said.
const NOTHING: f32 = 0.2;

/// What was typed, read once.
pub(super) struct Said<'a> {
    pub(super) text: &'a str,
    pub(super) pieces: Vec<Piece>,
    pub(super) segments: Vec<Segment>,
    pub(super) amounts: Vec<Amount>,
}

impl<'a> Said<'a> {
    pub(super) fn read(text: &'a str, language: Language) -> Said<'a> {
        let pieces = pieces(text, language);
        let segments = segments(&pieces, text);
        // "First World War", "one of the": a small number in words beside other words is a word.
        let beside = pieces.iter().filter(|piece| piece.matters()).count() > 1;
        let small = |amount: &Amount| !amount.digits && amount.unit.is_none() && amount.readings[0] <= 3.0;
        let amounts = amounts(text).into_iter().filter(|amount| !(beside && small(amount))).collect();
        Said { text, segments, amounts, pieces }
    }

    /// The segment that a piece stands in.
    pub(super) fn segment(&self, at: usize) -> Option<&Segment> {
        self.segments.iter().find(|segment| segment.range.contains(&at))
    }
}

/// What the question says: its words are given away, its quote is what the notes say.
pub(super) struct Asked<'q> {
    pub(super) question: &'q Question,
    pub(super) stem: Vec<Piece>,
    pub(super) quote: Vec<Piece>,
    /// The amounts that the quote and the question state.
    pub(super) amounts: Vec<Amount>,
    /// Whether several elements are wanted.
    pub(super) listed: bool,
    pub(super) alike: Alike<'q>,
}

impl Asked<'_> {
    /// Whether the question itself says a word.
    pub(super) fn gives(&self, piece: &Piece) -> bool {
        self.stem.iter().any(|known| known.matters() && known.stem == piece.stem)
    }

    /// Whether the question itself names this unit: "how many kilometres".
    pub(super) fn asks_in(&self, wanted: Unit) -> bool {
        let words =
            self.question.question.split(|c: char| c.is_whitespace() || matches!(c, '?' | ',' | '(' | ')'));
        words.filter(|word| word.len() > 1 || *word == "%").filter_map(unit).any(|found| found == wanted)
    }
}

/// What one form of the answer earned.
#[derive(Debug, Clone)]
pub(super) struct Outcome {
    /// The share of the point, in hundredths.
    pub(super) share: u32,
    /// The words that earned it.
    pub(super) words: Vec<Span>,
    /// Why not all.
    pub(super) why: Option<&'static str>,
    /// Whether the rules are sure.
    pub(super) certain: bool,
}

impl Outcome {
    pub(super) fn lost(why: &'static str, certain: bool) -> Outcome {
        Outcome { share: 0, words: Vec::new(), why: Some(why), certain }
    }
}

/// Grades a short answer.
pub(super) fn assess(question: &Question, text: &str, terms: &Terms) -> Assessment {
    let language = guess(&format!("{} {}", question.question, question.source.quote));
    let mut own = Terms::default();
    let around = [&question.source.quote, &question.question, &question.explanation];
    around.into_iter().chain(&question.options).for_each(|text| own.add(text));
    let elements = list::elements(question, language);
    let asked = Asked {
        question,
        stem: pieces(&question.question, language),
        quote: pieces(&question.source.quote, language),
        amounts: [&question.source.quote, &question.question, &question.explanation]
            .into_iter()
            .flat_map(|text| amounts(text))
            .collect(),
        listed: elements.len() > 1,
        alike: Alike { terms: [terms, &own], language },
    };
    let said = Said::read(text, language);
    let forms = forms(question);
    if asked.listed {
        return list::assess(&asked, &said, &elements, &forms);
    }
    let outcome = best(&asked, &said, &forms);
    let of = worth(question);
    let earned = of * outcome.share / 100;
    let part = point(question.correct_answer.as_str(), question, of, earned, outcome.words, outcome.why);
    Assessment { grading: Some(grading(vec![part], GradedBy::Rules)), certain: outcome.certain }
}

/// The best that any form earned; with nothing earned, what the key says.
pub(super) fn best(asked: &Asked<'_>, said: &Said<'_>, forms: &[String]) -> Outcome {
    if !said.pieces.iter().any(|piece| piece.kind != Kind::Mark) && said.amounts.is_empty() {
        return Outcome::lost(why::MISSING, true);
    }
    let mut found: Option<Outcome> = None;
    for form in forms {
        let outcome = hold(asked, said, form, forms);
        let better = found.as_ref().is_none_or(|best| outcome.share > best.share);
        // A form that is there but denied or guessed is not saved by another that is not.
        if better {
            found = Some(outcome);
        }
    }
    found.unwrap_or_else(|| Outcome::lost(why::MISSING, true))
}

/// Holds one form against what was typed.
pub(super) fn hold(asked: &Asked<'_>, said: &Said<'_>, form: &str, forms: &[String]) -> Outcome {
    let wanted = Said::read(form, asked.alike.language);
    let numbers = figures(asked, &wanted, said);
    if let Figures::Wrong(why, certain) = numbers {
        return Outcome::lost(why, certain);
    }
    let content = content(&wanted);
    let matches = matched(asked, said, &content);
    let mut share = 100;
    let (mut words, mut lacking): (Vec<Span>, Option<&'static str>) = match numbers {
        Figures::Right(spans) => (spans, None),
        Figures::Unitless(spans) => {
            share = 50;
            (spans, Some(why::UNIT))
        }
        _ => (Vec::new(), None),
    };
    let counted = !wanted.amounts.is_empty();
    let enough = coverage(asked, &content, &matches, counted);
    if enough.share < enough.wanted {
        return missed(asked, said, &content, &matches, enough.share);
    }
    if counted && enough.counted_missing {
        share = 50;
        lacking = Some(why::UNIT);
    }
    let places: Vec<usize> = matches.into_iter().flatten().collect();
    let earning = places.iter().map(|&at| said.pieces[at].span);
    words.extend(earning);
    if let Some(fault) = fault(asked, said, &wanted, &places, content.len(), forms) {
        return fault;
    }
    let certain = content.len() <= TERM || enough.share >= 0.85;
    Outcome { share, words: joined(words), why: lacking, certain }
}

/// What speaks against words that are all there: a denial, an opposite, a longer term, other answers beside it.
fn fault(
    asked: &Asked<'_>,
    said: &Said<'_>,
    wanted: &Said<'_>,
    places: &[usize],
    size: usize,
    forms: &[String],
) -> Option<Outcome> {
    if denied(said, wanted, places) {
        return Some(Outcome::lost(why::NEGATION, true));
    }
    if turned(said, wanted, places) {
        return Some(Outcome::lost(why::CONTRADICTION, true));
    }
    if size <= TERM && extent::is_part_of_longer(asked, said, wanted, places) {
        return Some(Outcome::lost(why::OTHER_TERM, false));
    }
    extent::guesses(asked, said, wanted, places, size, forms).then(|| Outcome::lost(why::GUESSES, true))
}

/// How much of the wanted matter was said, and how much must be.
struct Coverage {
    share: f32,
    wanted: f32,
    /// Whether the number stands without the thing that it counts.
    counted_missing: bool,
}

fn coverage(asked: &Asked<'_>, content: &[&Piece], matches: &[Option<usize>], counted: bool) -> Coverage {
    let given: Vec<bool> = content.iter().map(|piece| asked.gives(piece)).collect();
    let required = given.iter().filter(|given| !**given).count();
    let all = content.iter().all(|piece| piece.kind == Kind::Sign);
    let weight = |at: usize| match (given[at], required) {
        (true, 1..) => 0.0,
        _ => 1.0 + (9.0 - commonness(&content[at].folded)) / 9.0,
    };
    let total: f32 = (0..content.len()).map(weight).sum();
    let met: f32 = (0..content.len()).filter(|&at| matches[at].is_some()).map(weight).sum();
    if counted {
        let none = required > 0 && required <= 2 && met == 0.0;
        let share = if total == 0.0 || required == 0 { 1.0 } else { met / total };
        let wanted = if required <= 2 { 0.0 } else { ENOUGH };
        return Coverage { share, wanted, counted_missing: none && !is_count(asked) };
    }
    let share = if total == 0.0 { 0.0 } else { met / total };
    let term = required <= TERM && !(all && content.len() >= 7);
    Coverage { share, wanted: if term { 0.999 } else { ENOUGH }, counted_missing: false }
}

/// Whether a question asks for nothing but a number.
fn is_count(asked: &Asked<'_>) -> bool {
    const COUNTS: &[&str] = &[
        "how many",
        "how much",
        "what number",
        "cuant",
        "cuánt",
        "wie viel",
        "wieviel",
        "combien",
        "сколько",
        "多少",
        "几",
        "何",
        "몇",
        "كم",
        "כמה",
        "กี่",
    ];
    let lower = asked.question.question.to_lowercase();
    COUNTS.iter().any(|word| lower.contains(word))
}

/// Too little was said: what was said instead?
fn missed(
    asked: &Asked<'_>,
    said: &Said<'_>,
    content: &[&Piece],
    matches: &[Option<usize>],
    share: f32,
) -> Outcome {
    let own: Vec<usize> = matches.iter().flatten().copied().collect();
    let others: Vec<&Piece> = said
        .pieces
        .iter()
        .enumerate()
        .filter(|(at, piece)| piece.matters() && !own.contains(at) && !is_hedge(piece) && !asked.gives(piece))
        .map(|(_, piece)| piece)
        .collect();
    let opposite = content.iter().any(|piece| others.iter().any(|other| opposed(&piece.stem, &other.stem)));
    let named = others.iter().any(|piece| content.len() <= TERM || asked.alike.is_word(piece));
    let reason = match (opposite, named) {
        (true, _) => why::CONTRADICTION,
        (false, true) => why::OTHER_TERM,
        (false, false) => why::MISSING,
    };
    let plain = content.len() <= TERM && others.len() <= 2;
    Outcome::lost(
        reason,
        opposite || others.is_empty() || plain && share < NOTHING || share < 0.05 && others.len() <= 3,
    )
}

/// Whether the matched words are denied where the wanted ones are not, or the other way round.
fn denied(said: &Said<'_>, wanted: &Said<'_>, places: &[usize]) -> bool {
    let turned = is_denied(&wanted.pieces, wanted.text);
    let mut own: Vec<&Segment> = Vec::new();
    for segment in places.iter().filter_map(|&at| said.segment(at)) {
        if !own.iter().any(|known| known.range == segment.range) {
            own.push(segment);
        }
    }
    if own.is_empty() {
        return false;
    }
    let denying = own.iter().any(|segment| segment.denied || segment.dismissed);
    let trailing = !turned && is_taken_back(said);
    denying != turned || trailing
}

/// "… is wrong", "… is false" in a segment of its own that holds nothing else.
fn is_taken_back(said: &Said<'_>) -> bool {
    said.segments.iter().any(|segment| {
        let mut matter = said.pieces[segment.range.clone()].iter().filter(|piece| piece.matters());
        segment.denied
            && matter.all(|piece| piece.is(&["false", "wrong", "incorrect", "untrue"]))
            && said.pieces[segment.range.clone()]
                .iter()
                .any(|piece| piece.is(&["false", "wrong", "incorrect", "untrue"]))
    })
}

/// Whether the answer says more where less is wanted, or the other way round.
fn turned(said: &Said<'_>, wanted: &Said<'_>, places: &[usize]) -> bool {
    let words = |pieces: &[Piece]| {
        pieces.iter().filter(|piece| piece.kind != Kind::Mark).cloned().collect::<Vec<_>>()
    };
    let (there, here) = (words(&wanted.pieces), words(&said.pieces));
    let (there, here) = (trend(&there.iter().collect::<Vec<_>>()), trend(&here.iter().collect::<Vec<_>>()));
    let opposite = said.pieces.iter().enumerate().any(|(at, piece)| {
        let aside = said.segment(at).is_some_and(|segment| segment.dismissed);
        let stands = |stem: &str| wanted.pieces.iter().any(|known| known.stem == stem);
        !aside
            && !places.contains(&at)
            && !stands(&piece.stem)
            && wanted.pieces.iter().any(|known| known.matters() && opposed(&known.stem, &piece.stem))
            && wanted.pieces.iter().filter(|known| known.matters()).count() > 1
    });
    there * here < 0 || opposite && there != 0
}

/// Spans in order, those that touch or overlap as one.
pub(super) fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable_by_key(|span| (span.start, span.end));
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}
