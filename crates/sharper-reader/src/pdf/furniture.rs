//! What stands at the head and foot of every page and belongs to none: running titles and page numbers.

use std::collections::{HashMap, HashSet};

use super::lines::{Piece, rows};

/// Rows from the top and from the bottom that may be furniture.
const DEEP: usize = 3;
/// The part of a page's height, above and below, in which furniture stands.
const MARGIN: f64 = 0.14;

/// A row near the edge of a page.
struct Candidate {
    page: usize,
    /// Its base line, from the top, or from the bottom where it stands there.
    place: i64,
    bottom: bool,
    y: f64,
    size: f64,
    text: String,
}

/// Takes the furniture off pages. `pages` are the height of each and its pieces, from the top.
pub(super) fn remove(pages: &mut [(f64, Vec<Piece>)]) {
    let written = pages.iter().filter(|(_, pieces)| !pieces.is_empty()).count();
    if written < 2 {
        return;
    }
    let candidates: Vec<Candidate> =
        pages.iter().enumerate().flat_map(|(page, (height, pieces))| edges(page, *height, pieces)).collect();
    let mut taken: HashSet<(usize, i64)> = HashSet::new();
    let mut take = |candidate: &Candidate| {
        taken.insert((candidate.page, key(candidate.y)));
    };
    // The same words (digits aside) at the same place on most pages; on every second one, where left and right pages differ.
    let most = (written * 9 / 20).max(2);
    let mut same: HashMap<(bool, i64, String), Vec<&Candidate>> = HashMap::new();
    let mut slot: HashMap<(bool, i64), Vec<&Candidate>> = HashMap::new();
    for candidate in &candidates {
        for near in -1..=1 {
            same.entry((candidate.bottom, candidate.place + near, shape(&candidate.text)))
                .or_default()
                .push(candidate);
            slot.entry((candidate.bottom, candidate.place + near)).or_default().push(candidate);
        }
    }
    for group in same.values().filter(|group| group.len() >= most) {
        group.iter().copied().for_each(&mut take);
    }
    // A place that is filled on most pages, by a number that counts them or by the title of a chapter.
    for group in slot.values().filter(|group| written >= 3 && pages_of(group) * 5 >= written * 3) {
        let counting = counting(group);
        let mut times: HashMap<String, usize> = HashMap::new();
        for candidate in group {
            *times.entry(shape(&candidate.text)).or_default() += 1;
        }
        let numbered = counting.len() * 5 >= written * 3;
        let titles = times.len() * 2 <= group.len();
        for candidate in group {
            let again = times.get(&shape(&candidate.text)).is_some_and(|times| *times >= 2);
            if (numbered && counting.contains(&candidate.page)) || (titles && again) {
                take(candidate);
            }
        }
    }
    for (page, (_, pieces)) in pages.iter_mut().enumerate() {
        pieces.retain(|piece| !(-2..=2).any(|near| taken.contains(&(page, key(piece.y) + near))));
    }
}

/// A base line in tenths of a point, coarsely.
fn key(y: f64) -> i64 {
    (y * 2.0).round() as i64
}

/// The rows near the edges of a page.
fn edges(page: usize, height: f64, pieces: &[Piece]) -> Vec<Candidate> {
    let rows = rows(pieces.to_vec());
    let last = rows.len();
    let from_bottom = |y: f64| ((height - y) / 3.0).round() as i64;
    rows.iter()
        .enumerate()
        .filter_map(|(at, row)| {
            let top = at < DEEP && row.y < MARGIN * height;
            let bottom = last - at <= DEEP && row.y > (1.0 - MARGIN) * height;
            (top || bottom).then(|| Candidate {
                page,
                place: if bottom { from_bottom(row.y) } else { (row.y / 3.0).round() as i64 },
                bottom,
                y: row.y,
                size: row.size,
                text: row.text(),
            })
        })
        .filter(|candidate| candidate.size < 40.0 && candidate.text.chars().count() <= 160)
        .collect()
}

/// Words without their digits, so that "Page 3 of 9" and "Page 4 of 9" are the same.
fn shape(text: &str) -> String {
    let mut shape = String::new();
    for letter in text.chars().filter(|letter| !letter.is_whitespace()) {
        let letter = if letter.is_numeric() { '0' } else { letter.to_lowercase().next().unwrap_or(letter) };
        if !(letter == '0' && shape.ends_with('0')) {
            shape.push(letter);
        }
    }
    // A page number in Roman letters.
    if !shape.is_empty() && shape.chars().all(|letter| "ivxlc".contains(letter)) {
        "0".to_owned()
    } else {
        shape
    }
}

fn pages_of(group: &[&Candidate]) -> usize {
    group.iter().map(|candidate| candidate.page).collect::<HashSet<_>>().len()
}

/// The pages whose row holds a number that goes up with the pages.
fn counting(group: &[&Candidate]) -> HashSet<usize> {
    let mut offsets: HashMap<i64, HashSet<usize>> = HashMap::new();
    for candidate in group {
        let numbers = candidate
            .text
            .split(|letter: char| !letter.is_ascii_digit())
            .filter_map(|digits| digits.parse::<i64>().ok());
        for number in numbers {
            offsets.entry(number - candidate.page as i64).or_default().insert(candidate.page);
        }
    }
    offsets.into_values().max_by_key(HashSet::len).unwrap_or_default()
}
