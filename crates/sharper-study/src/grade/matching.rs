//! Which typed word stands for which wanted one.

use super::alike::Likeness;
use super::polarity::trend;
use super::short::{Asked, Said};
use super::words::{Kind, Piece};

/// The pieces of a form that must be said: those with matter outside its amounts.
pub(super) fn content<'w>(wanted: &'w Said<'_>) -> Vec<&'w Piece> {
    let numbers = |piece: &&Piece| wanted.amounts.iter().any(|amount| amount.span.overlaps(piece.span));
    let mut found: Vec<&Piece> = wanted
        .pieces
        .iter()
        .filter(|piece| piece.matters() && !super::polarity::denies(piece, wanted.text))
        .filter(|piece| !numbers(piece))
        .collect();
    if found.is_empty() && wanted.amounts.is_empty() {
        found = wanted.pieces.iter().filter(|piece| piece.kind != Kind::Mark).collect();
    }
    found
}

/// For each wanted piece, the piece of the answer that stands for it.
pub(super) fn matched(asked: &Asked<'_>, said: &Said<'_>, content: &[&Piece]) -> Vec<Option<usize>> {
    let mut taken = vec![false; said.pieces.len()];
    let mut out: Vec<Option<usize>> = vec![None; content.len()];
    let mut at = 0;
    while at < content.len() {
        if content[at].kind == Kind::Sign {
            let end =
                (at..content.len()).find(|&end| content[end].kind != Kind::Sign).unwrap_or(content.len());
            run(said, &content[at..end], &mut taken, &mut out[at..end]);
            at = end;
        } else {
            at += 1;
        }
    }
    compounds(said, content, &mut taken, &mut out);
    for wished in [Likeness::Same, Likeness::Typo, Likeness::Synonym] {
        for (place, piece) in content.iter().enumerate().filter(|(_, piece)| piece.kind == Kind::Word) {
            if out[place].is_some() {
                continue;
            }
            let free = |at: &usize| !taken[*at] && said.pieces[*at].kind == Kind::Word;
            let fits = |at: &usize| asked.alike.of(piece, &said.pieces[*at]) == Some(wished);
            let dismissed = |at: &usize| said.segment(*at).is_some_and(|segment| segment.dismissed);
            let places: Vec<usize> = (0..said.pieces.len()).filter(free).filter(fits).collect();
            let chosen = places.iter().copied().find(|at| !dismissed(at)).or(places.first().copied());
            if let Some(at) = chosen {
                taken[at] = true;
                out[place] = Some(at);
            }
        }
    }
    for (place, piece) in content.iter().enumerate() {
        let way = trend(&[*piece]);
        if out[place].is_none() && way != 0 {
            let same = |at: &usize| !taken[*at] && trend(&going(&said.pieces, *at)) * way > 0;
            out[place] = (0..said.pieces.len()).find(same);
        }
    }
    out
}

/// A piece with the one before it: "up" says more after "goes" only.
fn going(pieces: &[Piece], at: usize) -> Vec<&Piece> {
    pieces[at.saturating_sub(1)..=at].iter().collect()
}

/// Words that one of the two writes as one and the other with a hyphen or a space: "semipermeable", "semi-permeable".
fn compounds(said: &Said<'_>, content: &[&Piece], taken: &mut [bool], out: &mut [Option<usize>]) {
    let typed: Vec<&Piece> = said.pieces.iter().collect();
    let long = |piece: &Piece| piece.folded.chars().count() > 4;
    for (place, piece) in content.iter().enumerate().filter(|(_, piece)| long(piece)) {
        if let Some(at) = pair(&typed, &piece.folded) {
            (taken[at], taken[at + 1], out[place]) = (true, true, Some(at));
        }
    }
    for (at, piece) in typed.iter().enumerate().filter(|(_, piece)| long(piece)) {
        if let Some(place) = pair(content, &piece.folded) {
            (taken[at], out[place], out[place + 1]) = (true, Some(at), Some(at));
        }
    }
}

/// Where two words stand that together are `whole`.
fn pair(pieces: &[&Piece], whole: &str) -> Option<usize> {
    pieces.windows(2).position(|pair| {
        let words = pair.iter().all(|one| one.kind == Kind::Word);
        words && whole.strip_prefix(pair[0].folded.as_str()) == Some(pair[1].folded.as_str())
    })
}

/// Signs are found where they stand together; a long run of them by its pairs.
fn run(said: &Said<'_>, wanted: &[&Piece], taken: &mut [bool], out: &mut [Option<usize>]) {
    let signs = &said.pieces;
    let whole = (0..signs.len().saturating_sub(wanted.len() - 1))
        .find(|&at| wanted.iter().zip(&signs[at..]).all(|(a, b)| a.folded == b.folded));
    if let Some(start) = whole {
        for (place, slot) in out.iter_mut().enumerate() {
            taken[start + place] = true;
            *slot = Some(start + place);
        }
        return;
    }
    if wanted.len() < 7 {
        return;
    }
    for place in 1..wanted.len() {
        let pair = (1..signs.len()).find(|&at| {
            signs[at - 1].folded == wanted[place - 1].folded && signs[at].folded == wanted[place].folded
        });
        if let Some(at) = pair {
            for (place, at) in [(place - 1, at - 1), (place, at)] {
                taken[at] = true;
                out[place] = Some(at);
            }
        }
    }
}
