//! Characters become lines: runs as they were painted, pieces of a line without a wide gap, rows.

use super::script;
use super::sheet::Glyph;

/// A gap this wide (in ems) ends a piece: there a column or a cell may begin.
const APART: f64 = 0.8;

/// A stretch of one line without a wide gap.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) x0: f64,
    pub(super) x1: f64,
    /// Its base line.
    pub(super) y: f64,
    /// The font size of most of its characters.
    pub(super) size: f64,
    pub(super) text: String,
    /// The width of each character, where all are equally wide (a typewriter's font).
    pub(super) pitch: Option<f64>,
}

impl Piece {
    pub(super) fn words(&self) -> usize {
        self.text.split_whitespace().count()
    }
}

/// The pieces of one base line within a column.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) x0: f64,
    pub(super) x1: f64,
    pub(super) y: f64,
    pub(super) size: f64,
    pub(super) pieces: Vec<Piece>,
}

impl Row {
    /// Its text, the pieces apart by a space.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let rightward =
            self.pieces.iter().flat_map(|piece| piece.text.chars()).filter(|l| script::rightward(*l)).count();
        let letters =
            self.pieces.iter().flat_map(|piece| piece.text.chars()).filter(|l| l.is_alphabetic()).count();
        let mut add = |piece: &Piece| {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&piece.text);
        };
        if rightward * 2 > letters {
            self.pieces.iter().rev().for_each(&mut add);
        } else {
            self.pieces.iter().for_each(&mut add);
        }
        text
    }

    /// The width of a typewriter's character, where the whole row is set in one.
    pub(super) fn pitch(&self) -> Option<f64> {
        let pitch = self.pieces.first()?.pitch?;
        let same = |piece: &Piece| piece.pitch.is_some_and(|other| (other - pitch).abs() < 0.02 * pitch);
        self.pieces.iter().all(same).then_some(pitch)
    }
}

/// Characters painted one after another on one base line.
struct Run<'a> {
    x0: f64,
    x1: f64,
    y: f64,
    size: f64,
    glyphs: Vec<&'a Glyph>,
}

/// The pieces of the lines that run in one direction, from the top of the page.
pub(super) fn pieces(glyphs: &[Glyph], turn: u8) -> Vec<Piece> {
    let mut runs = runs(glyphs, turn);
    settle(&mut runs);
    runs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut pieces = Vec::new();
    let mut rest = runs.into_iter().peekable();
    while let Some(first) = rest.next() {
        let (y, size) = (first.y, first.size);
        let mut line = vec![first];
        while let Some(run) = rest.next_if(|run| run.y - y < 0.35 * run.size.max(size)) {
            line.push(run);
        }
        split(&line, &mut pieces);
    }
    pieces
}

fn runs(glyphs: &[Glyph], turn: u8) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    for glyph in glyphs.iter().filter(|glyph| glyph.turn == turn) {
        if let Some(run) = runs.last_mut() {
            let gap = glyph.x0 - run.x1;
            let level =
                (glyph.y - run.y).abs() < 0.05 * run.size && (glyph.size - run.size).abs() < 0.1 * run.size;
            if level && gap > -0.5 * run.size && gap < APART * run.size {
                run.x1 = run.x1.max(glyph.x1);
                run.glyphs.push(glyph);
                continue;
            }
        }
        runs.push(Run { x0: glyph.x0, x1: glyph.x1, y: glyph.y, size: glyph.size, glyphs: vec![glyph] });
    }
    // Spaces alone make no line.
    runs.retain(|run| {
        run.glyphs.iter().any(|glyph| glyph.text.as_deref().is_none_or(|text| !text.trim().is_empty()))
    });
    runs
}

/// What stands raised or lowered in small type beside a word (an exponent, an index, the mark of a footnote) comes onto
/// that word's base line.
fn settle(runs: &mut [Run<'_>]) {
    let mut large: Vec<(f64, f64, f64, f64)> =
        runs.iter().map(|run| (run.y, run.x0, run.x1, run.size)).collect();
    large.sort_by(|a, b| a.0.total_cmp(&b.0));
    let tallest = large.iter().map(|run| run.3).fold(0.0, f64::max);
    for run in runs {
        let from = large.partition_point(|other| other.0 < run.y - 0.6 * tallest);
        let near = large[from..].iter().take_while(|other| other.0 < run.y + 0.6 * tallest).find(
            |(y, x0, x1, size)| {
                let gap = if run.x0 >= *x1 - 0.2 * size { run.x0 - x1 } else { x0 - run.x1 };
                run.size < 0.85 * size
                    && (run.y - y).abs() < 0.55 * size
                    && gap > -0.25 * size
                    && gap < 0.35 * size
            },
        );
        if let Some((y, ..)) = near {
            run.y = *y;
        }
    }
}

/// Cuts the characters of a line where the gap is wide.
fn split(line: &[Run<'_>], pieces: &mut Vec<Piece>) {
    let mut glyphs: Vec<&Glyph> = line.iter().flat_map(|run| run.glyphs.iter().copied()).collect();
    glyphs.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let y = line.iter().max_by(|a, b| (a.x1 - a.x0).total_cmp(&(b.x1 - b.x0))).map_or(0.0, |run| run.y);
    let mut from = 0;
    let mut right = f64::MIN;
    for (at, glyph) in glyphs.iter().enumerate() {
        let blank = glyph.text.as_deref().is_some_and(|text| text.trim().is_empty());
        if !blank {
            if at > from && right > f64::MIN && glyph.x0 - right > APART * glyph.size {
                pieces.extend(piece(&glyphs[from..at], y));
                from = at;
            }
            right = right.max(glyph.x1);
        }
    }
    pieces.extend(piece(&glyphs[from..], y));
}

fn piece(glyphs: &[&Glyph], y: f64) -> Option<Piece> {
    let text = script::text_of(glyphs);
    if text.is_empty() {
        return None;
    }
    let seen =
        || glyphs.iter().filter(|glyph| glyph.text.as_deref().is_none_or(|text| !text.trim().is_empty()));
    let mut sizes: Vec<f64> = seen().map(|glyph| glyph.size).collect();
    sizes.sort_by(f64::total_cmp);
    Some(Piece {
        x0: seen().map(|glyph| glyph.x0).fold(f64::MAX, f64::min),
        x1: seen().map(|glyph| glyph.x1).fold(f64::MIN, f64::max),
        y,
        size: sizes.get(sizes.len() / 2).copied().unwrap_or(10.0),
        text,
        pitch: pitch(&seen().copied().collect::<Vec<_>>()),
    })
}

/// The common width of characters, where they differ as letters and not in width.
fn pitch(glyphs: &[&Glyph]) -> Option<f64> {
    let first = glyphs.first()?;
    let wide = first.x1 - first.x0;
    let even = glyphs.iter().all(|glyph| {
        let ascii = glyph.text.as_deref().is_some_and(|text| text.is_ascii() && text.len() == 1);
        ascii && (glyph.x1 - glyph.x0 - wide).abs() < 0.02 * wide
    });
    (even && wide > 0.0).then_some(wide)
}

/// Pieces of one column as rows, from the top.
pub(super) fn rows(mut pieces: Vec<Piece>) -> Vec<Row> {
    pieces.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut rows: Vec<Row> = Vec::new();
    for piece in pieces {
        match rows.last_mut() {
            Some(row) if piece.y - row.y < 0.35 * piece.size.max(row.size) => {
                row.x0 = row.x0.min(piece.x0);
                row.x1 = row.x1.max(piece.x1);
                row.size = row.size.max(piece.size);
                row.pieces.push(piece);
            }
            _ => rows.push(Row {
                x0: piece.x0,
                x1: piece.x1,
                y: piece.y,
                size: piece.size,
                pieces: vec![piece],
            }),
        }
    }
    for row in &mut rows {
        row.pieces.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    }
    rows
}
