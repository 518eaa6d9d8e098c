//! The numbers of a wanted answer held against those typed: the same amount in any unit of its kind, or none.

use sharper_domain::Span;

use super::amounts::{Amount, same};
use super::segments::Joint;
use super::short::{Asked, Said};
use super::why;

/// What the numbers of an answer are worth.
pub(super) enum Figures {
    /// None was wanted.
    None,
    /// Not the wanted ones; why, and whether that is sure.
    Wrong(&'static str, bool),
    /// The wanted ones, and where they stand.
    Right(Vec<Span>),
    /// The wanted ones, without their unit.
    Unitless(Vec<Span>),
}

/// How one typed amount stands to a wanted one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    Right,
    Unitless,
    OtherUnit,
    OtherNumber,
}

/// Holds the wanted amounts against the typed ones. Each typed amount stands for one wanted at most; another beside them that
/// neither the quote nor the question states is a guess.
pub(super) fn figures(asked: &Asked<'_>, wanted: &Said<'_>, said: &Said<'_>) -> Figures {
    if wanted.amounts.is_empty() {
        return Figures::None;
    }
    let mut open: Vec<&Amount> = said.amounts.iter().filter(|amount| !is_dismissed(said, amount)).collect();
    if open.is_empty() {
        return Figures::Wrong(why::MISSING, true);
    }
    let (mut spans, mut unitless) = (Vec::new(), false);
    for one in &wanted.amounts {
        let fits = open.iter().map(|other| fit(asked, one, other)).enumerate();
        let Some((at, found)) = fits.min_by_key(|&(_, fit)| fit as u8) else {
            return Figures::Wrong(why::MISSING, true);
        };
        match found {
            Fit::OtherNumber => return Figures::Wrong(why::NUMBER, true),
            Fit::OtherUnit => return Figures::Wrong(why::UNIT, true),
            Fit::Unitless => unitless = true,
            Fit::Right => {}
        }
        spans.push(open.swap_remove(at).span);
    }
    if open.iter().any(|other| is_guess(asked, said, other)) {
        return Figures::Wrong(why::GUESSES, true);
    }
    if unitless { Figures::Unitless(spans) } else { Figures::Right(spans) }
}

/// An amount beside the wanted ones is a guess where it is offered for choice, or stands in a list, and nothing states it.
/// "28 July 1914" offers nothing.
fn is_guess(asked: &Asked<'_>, said: &Said<'_>, other: &Amount) -> bool {
    let known = asked.amounts.iter().any(|known| fit(asked, known, other) != Fit::OtherNumber);
    let holds = |piece: &super::words::Piece| piece.span.overlaps(other.span);
    let place = said.segments.iter().position(|one| said.pieces[one.range.clone()].iter().any(holds));
    let Some(place) = place else { return !known };
    let bare = !said.pieces[said.segments[place].range.clone()]
        .iter()
        .any(|piece| piece.matters() && !piece.code && !holds(piece));
    let joints = said.segments[place..].iter().take(2).map(|one| one.joint);
    match (joints.clone().any(|joint| joint == Joint::Or), known) {
        (true, _) => true,
        (false, true) => false,
        (false, false) => bare || joints.into_iter().any(|joint| joint == Joint::Listed),
    }
}

fn is_dismissed(said: &Said<'_>, amount: &Amount) -> bool {
    let inside = said.pieces.iter().position(|piece| piece.span.overlaps(amount.span));
    inside.and_then(|at| said.segment(at)).is_some_and(|segment| segment.dismissed)
}

fn fit(asked: &Asked<'_>, wanted: &Amount, said: &Amount) -> Fit {
    let equal = |scale: &dyn Fn(f64) -> f64, other: &dyn Fn(f64) -> f64| {
        let about = wanted.about;
        wanted
            .readings
            .iter()
            .any(|&one| said.readings.iter().any(|&two| same(scale(one), other(two), about)))
    };
    let plain = |value: f64| value;
    match (wanted.unit, said.unit) {
        (Some(one), Some(two)) if one.dimension != two.dimension => Fit::OtherUnit,
        (Some(one), Some(two)) => {
            if equal(&|value| one.basic(value), &|value| two.basic(value)) {
                Fit::Right
            } else {
                Fit::OtherNumber
            }
        }
        _ if !equal(&plain, &plain) => Fit::OtherNumber,
        (None, None) => Fit::Right,
        (None, Some(_)) => Fit::OtherUnit,
        (Some(unit), None) => {
            if asked.asks_in(unit) {
                Fit::Right
            } else {
                Fit::Unitless
            }
        }
    }
}
