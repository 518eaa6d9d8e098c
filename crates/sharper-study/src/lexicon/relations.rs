//! Words that stand for others: synonyms, words derived from each other, and the genus of a word. English.
//!
//! Made from WordNet 3.1 (Princeton University, `relations-LICENSE.txt`) by `tools/fit/relations.py`.

/// A stem a line, then the stems that stand for it, each with a weight of 1 to 9 as its last character.
const RELATIONS: &str = include_str!("relations.txt");

/// The stems that stand for this one, the best first, and how well: above 0 and up to 1.
pub(crate) fn related(stem: &str) -> impl Iterator<Item = (&'static str, f32)> {
    let list = line_of(stem).unwrap_or_default();
    list.split(' ').filter_map(|entry| {
        let (stem, weight) = entry.split_at_checked(entry.len().checked_sub(1)?)?;
        Some((stem, weight.parse::<f32>().ok()? / 9.0))
    })
}

/// What stands after a stem in its line. The lines are in the order of their stems' bytes.
fn line_of(stem: &str) -> Option<&'static str> {
    let (mut from, mut to) = (0, RELATIONS.len());
    while from < to {
        let middle = (from + to) / 2;
        let start =
            RELATIONS.as_bytes()[..middle].iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let end = RELATIONS.as_bytes()[middle..]
            .iter()
            .position(|&byte| byte == b'\n')
            .map_or(to, |at| middle + at);
        let (key, list) = RELATIONS[start..end].split_once(' ')?;
        match key.cmp(stem) {
            std::cmp::Ordering::Less => from = end + 1,
            std::cmp::Ordering::Greater => to = start,
            std::cmp::Ordering::Equal => return Some(list),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found_by_its_stem() {
        let mut before = "";
        for line in RELATIONS.lines() {
            let (stem, list) = line.split_once(' ').unwrap();
            assert!(before < stem, "{stem} is not in order");
            before = stem;
            assert_eq!(line_of(stem), Some(list));
            assert!(related(stem).count() > 0);
        }
        for unknown in ["", "a", "zzzz", "startx", "\u{fffd}"] {
            assert_eq!(related(unknown).count(), 0, "{unknown}");
        }
    }

    #[test]
    fn words_of_one_meaning_stand_for_each_other() {
        for (one, other) in [("begin", "start"), ("physician", "doctor"), ("die", "death"), ("big", "larg")] {
            assert!(related(one).any(|(stem, weight)| stem == other && weight > 0.3), "{one}: {other}");
        }
    }
}
