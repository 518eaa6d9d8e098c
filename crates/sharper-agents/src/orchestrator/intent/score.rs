//! The score: how much each phrase of a message speaks for its kind, judged by what stands around it. Pure.

use std::ops::Range;

use sharper_domain::TaskKind;

use super::lexicon::Cue;
use super::role::Role;

/// A wish of at least this score is granted; below it, the message is a chat.
pub(super) const ENOUGH: f64 = 1.75;
/// Of wishes this close to the strongest, the first one counts.
pub(super) const CLOSE: f64 = 0.5;

/// What a phrase weighs by itself …
const ACT: f64 = 3.0;
const THING: f64 = 2.0;
const HINT: f64 = 1.0;
/// … what raises it …
const WISHED: f64 = 1.5;
const POLITE: f64 = 0.75;
const OPENING: f64 = 1.0;
const OF_NOTES: f64 = 1.5;
/// … and what lowers it.
const ASKED_ABOUT: f64 = -1.5;
const AIMED_AT: f64 = -1.5;
const SAID_OF: f64 = -1.5;
const KNOWN: f64 = -1.0;
const BURIED: f64 = -1.0;
const SECOND: f64 = -1.0;
const REFUSED: f64 = -4.0;

/// How many words may stand between a phrase and the "don't", "for" or "the" that governs it.
const NOT_REACH: usize = 4;
const AIM_REACH: usize = 3;
const KNOWN_REACH: usize = 1;
/// After so many words that say nothing here, a thing that nobody asks for is only spoken of.
const BURIED_FROM: usize = 4;
/// A clause of so few words is a heading, and a heading is a wish: "ten day plan".
const HEADING: usize = 3;

/// A wish, and how strongly the message speaks for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Wish {
    /// What is wished for.
    pub(super) kind: TaskKind,
    /// The sum of the weights.
    pub(super) score: f64,
}

/// The main wish of a message and the strongest for any other kind, where there are such.
///
/// `words_of` tells which words a clause holds.
pub(super) fn wishes(cues: &[Cue], words_of: impl Fn(u16) -> Range<usize>) -> (Option<Wish>, Option<Wish>) {
    let mut found: Vec<Wish> = Vec::new();
    let mut then = false;
    for clause in cues.chunk_by(|a, b| a.clause == b.clause) {
        let words = words_of(clause[0].clause);
        for (nth, cue) in clause.iter().enumerate() {
            then |= cue.role == Role::Then && !found.is_empty();
            if let Some(kind) = cue.role.kind() {
                let (before, after) = (&clause[..nth], &clause[nth + 1..]);
                let score = Around { before, cue, after, words: &words }.score();
                found.push(Wish { kind, score: score + if then { SECOND } else { 0.0 } });
            }
        }
    }
    let top = found.iter().map(|wish| wish.score).fold(f64::NEG_INFINITY, f64::max);
    let main = found.iter().find(|wish| wish.score >= top - CLOSE && (wish.score >= ENOUGH || top < ENOUGH));
    let others = found.iter().filter(|wish| main.is_some_and(|main| main.kind != wish.kind));
    (main.copied(), others.max_by(|a, b| a.score.total_cmp(&b.score)).copied())
}

/// A phrase that names a kind, among the other phrases of its clause.
struct Around<'c> {
    before: &'c [Cue],
    cue: &'c Cue,
    after: &'c [Cue],
    words: &'c Range<usize>,
}

impl Around<'_> {
    fn score(&self) -> f64 {
        let asked = self.questioned();
        let moved = self.raised(asked) + self.lowered(asked);
        match self.cue.role {
            // A wish by itself needs no "please", which only makes up for what speaks against it.
            Role::Act(_) => (ACT + moved).min(ACT),
            Role::Thing(_) => THING + moved + self.told(asked),
            Role::Hint(_) => HINT + moved + self.told(asked),
            Role::Flaw if self.any(Role::Notes) => HINT + OF_NOTES,
            _ => f64::NEG_INFINITY,
        }
    }

    /// What speaks for a wish.
    fn raised(&self, asked: bool) -> f64 {
        let wished = !asked && self.any(Role::Wish);
        let polite = !asked && self.any(Role::Please);
        let analysis = self.cue.role.kind() == Some(TaskKind::NoteAnalysis);
        sum([
            (wished, WISHED),
            (polite && !wished, POLITE),
            (!wished && self.opens(), OPENING),
            (analysis && self.any(Role::Notes), OF_NOTES),
        ])
    }

    /// What speaks against it.
    fn lowered(&self, asked: bool) -> f64 {
        sum([(asked, ASKED_ABOUT), (self.aimed_at(), AIMED_AT), (self.refused(), REFUSED)])
    }

    /// What makes it a thing that is there already, and is only told about.
    fn told(&self, asked: bool) -> f64 {
        let asked_for = !asked && (self.any(Role::Wish) || self.any(Role::Please));
        sum([
            (self.next(Role::Given) || self.next(Role::Is), SAID_OF),
            (self.governed(Role::Known, KNOWN_REACH), KNOWN),
            (!asked_for && self.buried(), BURIED),
        ])
    }

    fn any(&self, role: Role) -> bool {
        self.before.iter().chain(self.after).any(|cue| cue.role == role)
    }

    fn next(&self, role: Role) -> bool {
        self.after.first().is_some_and(|cue| cue.role == role && cue.at <= self.cue.end + 1)
    }

    fn governed(&self, role: Role, reach: usize) -> bool {
        let mut near = self.before.iter().rev().take_while(|cue| self.cue.at - cue.end <= reach);
        near.any(|cue| cue.role == role)
    }

    /// Whether the phrase is asked about; "make cards on how cells divide" is a wish first.
    fn questioned(&self) -> bool {
        let place = |role| self.before.iter().position(|cue| cue.role == role);
        let asked = match (place(Role::Question), place(Role::Wish)) {
            (Some(question), Some(wish)) => question < wish,
            (question, _) => question.is_some(),
        };
        let is_it = self.before.first().is_some_and(|cue| cue.role == Role::Is && cue.at == self.words.start);
        asked || is_it || (self.any(Role::Asked) && !self.any(Role::Wish))
    }

    /// Whether the phrase is what something is for, up to the wish itself: "for my final make cards".
    fn aimed_at(&self) -> bool {
        let mut near =
            self.before.iter().rev().take_while(|cue| !matches!(cue.role, Role::Wish | Role::Notes));
        near.any(|cue| cue.role == Role::Aim && self.cue.at - cue.end <= AIM_REACH)
    }

    /// Whether the phrase is refused: "instead of a quiz make cards" refuses the quiz alone.
    fn refused(&self) -> bool {
        let mut near = self.before.iter().rev().take_while(|cue| cue.role.kind().is_none());
        near.any(|cue| cue.role == Role::Not && self.cue.at - cue.end <= NOT_REACH)
            || self.next(Role::Unwanted)
    }

    /// Whether many words that say nothing here stand before the phrase.
    fn buried(&self) -> bool {
        let read: usize = self.before.iter().map(|cue| cue.end - cue.at).sum();
        self.cue.at - self.words.start - read >= BURIED_FROM
    }

    /// Whether a word that may be a wish stands where a wish stands: first, after "please", or in a heading.
    fn opens(&self) -> bool {
        let polite = self.before.iter().take_while(|cue| cue.role == Role::Please).last();
        let first = self.cue.at == polite.map_or(self.words.start, |cue| cue.end);
        matches!(self.cue.role, Role::Hint(_)) && (first || self.words.len() <= HEADING)
    }
}

/// The weights of what holds.
fn sum<const N: usize>(weights: [(bool, f64); N]) -> f64 {
    weights.iter().filter(|(holds, _)| *holds).map(|(_, weight)| weight).sum()
}
