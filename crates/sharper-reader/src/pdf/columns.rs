//! The order in which the parts of a page are read: down one column, then down the next.

use super::lines::Piece;

/// Columns within columns, at most.
const DEPTH: usize = 4;

/// The columns of a page in reading order, each with its pieces. What spans two columns stands for itself.
pub(super) fn order(pieces: Vec<Piece>, rightward: bool) -> Vec<Vec<Piece>> {
    let mut columns = Vec::new();
    cut(pieces, rightward, DEPTH, &mut columns);
    columns
}

fn cut(pieces: Vec<Piece>, rightward: bool, depth: usize, columns: &mut Vec<Vec<Piece>>) {
    if pieces.is_empty() {
        return;
    }
    let Some(gutter) = (depth > 0).then(|| gutter(&pieces)).flatten() else {
        columns.push(pieces);
        return;
    };
    let (mut left, mut right, mut across) = (Vec::new(), Vec::new(), Vec::new());
    let mut flush = |left: &mut Vec<Piece>, right: &mut Vec<Piece>| {
        let sides = if rightward { [right, left] } else { [left, right] };
        for side in sides {
            cut(std::mem::take(side), rightward, depth - 1, columns);
        }
    };
    let mut bands: Vec<(Vec<Piece>, Vec<Piece>, Vec<Piece>)> = Vec::new();
    for piece in pieces {
        if piece.x0 < gutter && piece.x1 > gutter {
            across.push(piece);
            continue;
        }
        // Something beside the gutter below something across it: a new band begins.
        let below =
            across.last().is_some_and(|last: &Piece| piece.y > last.y + 0.35 * last.size.max(piece.size));
        if below {
            bands.push((std::mem::take(&mut left), std::mem::take(&mut right), std::mem::take(&mut across)));
        }
        if piece.x1 <= gutter { left.push(piece) } else { right.push(piece) }
    }
    bands.push((left, right, across));
    for (mut left, mut right, across) in bands {
        flush(&mut left, &mut right);
        let mut whole = across;
        flush(&mut whole, &mut Vec::new());
    }
}

/// A white strip down the page with running text on both sides, which few pieces cross.
fn gutter(pieces: &[Piece]) -> Option<f64> {
    let from = pieces.iter().map(|piece| piece.x0).fold(f64::MAX, f64::min);
    let to = pieces.iter().map(|piece| piece.x1).fold(f64::MIN, f64::max);
    let bins = (to - from).clamp(0.0, 5000.0) as usize;
    if bins < 40 {
        return None;
    }
    let mut covered = vec![0_usize; bins + 1];
    for piece in pieces {
        let (first, last) = ((piece.x0 - from) as usize, (piece.x1 - from).ceil() as usize);
        covered[first.min(bins)..=last.saturating_sub(1).clamp(first, bins).min(bins)]
            .iter_mut()
            .for_each(|n| *n += 1);
    }
    let bearable = pieces.len() / 8;
    let mut best: Option<(f64, f64)> = None;
    let mut at = 1;
    while at < bins {
        if covered[at] > bearable {
            at += 1;
            continue;
        }
        let until = (at..bins).find(|bin| covered[*bin] > bearable).unwrap_or(bins);
        // The middle of the strip's clearest part.
        let least = covered[at..until].iter().min().copied().unwrap_or(0);
        let clear: Vec<usize> = (at..until).filter(|bin| covered[*bin] == least).collect();
        if let Some(middle) = clear.get(clear.len() / 2) {
            let x = from + *middle as f64 + 0.5;
            if let Some(worth) = worth(pieces, x)
                && best.is_none_or(|(most, _)| worth > most)
            {
                best = Some((worth, x));
            }
        }
        at = until + 1;
    }
    best.map(|(_, x)| x)
}

/// How well `x` parts columns of running text; `None` where it does not.
fn worth(pieces: &[Piece], x: f64) -> Option<f64> {
    let left: Vec<&Piece> = pieces.iter().filter(|piece| piece.x1 <= x).collect();
    let right: Vec<&Piece> = pieces.iter().filter(|piece| piece.x0 >= x).collect();
    let across = pieces.len() - left.len() - right.len();
    let (few, many) = (lines(&left), lines(&right));
    let less = few.min(many);
    if less < 4 || across * 4 > less * 3 {
        return None;
    }
    let words = |side: &[&Piece], lines: usize| {
        side.iter().map(|piece| piece.words()).sum::<usize>() as f64 / lines as f64
    };
    let letters = |side: &[&Piece], lines: usize| {
        side.iter().map(|piece| piece.text.chars().count()).sum::<usize>() as f64 / lines as f64
    };
    // The cells of a table stand beside each other on one base line and hold a few words; columns hold lines.
    let level = right.iter().filter(|r| left.iter().any(|l| (l.y - r.y).abs() < 0.2 * r.size)).count() as f64
        / right.len() as f64;
    let (least_words, least_letters) =
        (words(&left, few).min(words(&right, many)), letters(&left, few).min(letters(&right, many)));
    let prose = least_words >= 3.4 || least_letters >= 24.0;
    if !prose && (level > 0.6 || least_letters < 14.0) {
        return None;
    }
    let edge = |side: &[&Piece], edge: fn(&Piece) -> f64| {
        let mut edges: Vec<f64> = side.iter().map(|piece| edge(piece)).collect();
        edges.sort_by(f64::total_cmp);
        edges
    };
    let inner_left = edge(&left, |piece| piece.x1).last().copied().unwrap_or(x);
    let inner_right = edge(&right, |piece| piece.x0).first().copied().unwrap_or(x);
    let size = pieces.iter().map(|piece| piece.size).sum::<f64>() / pieces.len() as f64;
    let wide = inner_right - inner_left;
    if wide < 0.6 * size {
        return None;
    }
    let balance = less as f64 / few.max(many) as f64;
    let clear = 1.0 - across as f64 / pieces.len() as f64;
    Some(
        least_words.min(8.0)
            * balance
            * clear
            * (wide / size).min(4.0).sqrt()
            * if level < 0.6 { 2.0 } else { 1.0 },
    )
}

/// The base lines among pieces, which are sorted from the top.
fn lines(side: &[&Piece]) -> usize {
    let mut count = 0;
    let mut last = f64::MIN;
    for piece in side {
        if piece.y - last > 0.35 * piece.size {
            count += 1;
            last = piece.y;
        }
    }
    count
}
