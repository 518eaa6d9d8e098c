//! Series: things that are taught side by side, so that each is a fair wrong answer for another. General knowledge,
//! for notes that name only the right one.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::kind::{other_number, without_article};

/// One series a line: members by commas, the nearest to each other side by side; after `|` the noun that each member
/// may be followed by.
const SERIES: &str = include_str!("series.txt");

/// A member's place: its series and its index there.
type Places = FxHashMap<String, Vec<(usize, usize)>>;

struct Series {
    lines: Vec<(Vec<&'static str>, &'static str)>,
    places: Places,
}

fn series() -> &'static Series {
    static TABLE: OnceLock<Series> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Series { lines: Vec::new(), places: Places::default() };
        for line in SERIES.lines().filter(|line| !line.trim().is_empty()) {
            let (members, noun) = line.split_once('|').unwrap_or((line, ""));
            let members: Vec<&str> = members.split(',').map(str::trim).collect();
            for (at, member) in members.iter().enumerate() {
                let place = (table.lines.len(), at);
                table.places.entry(form(member)).or_default().push(place);
            }
            table.lines.push((members, noun.trim()));
        }
        table
    })
}

/// A text in lower case, without its article, in the singular where the rules reach.
fn form(text: &str) -> String {
    let lower = without_article(text.trim()).to_lowercase();
    let singular = super::kind::is_plural(&lower).then(|| other_number(&lower)).flatten();
    singular.unwrap_or(lower)
}

/// What is taught beside `answer`, the nearest first; followed by its series' noun where the answer is.
pub(super) fn beside(answer: &str) -> Vec<String> {
    let table = series();
    let wanted = form(answer);
    let mut found = Vec::new();
    let mut from = |places: &[(usize, usize)], noun: &str| {
        for &(line, at) in places {
            let mut others: Vec<usize> = (0..table.lines[line].0.len()).filter(|&i| i != at).collect();
            others.sort_by_key(|&i| (i.abs_diff(at), i));
            for member in others.into_iter().map(|i| table.lines[line].0[i]) {
                found.push(if noun.is_empty() { member.to_owned() } else { format!("{member} {noun}") });
            }
        }
    };
    if let Some(places) = table.places.get(&wanted) {
        from(places, "");
        return found;
    }
    // "the nervous system": a member with the noun of its series.
    let Some((front, last)) = wanted.rsplit_once(' ') else { return found };
    let written = answer.split_whitespace().last().unwrap_or_default();
    if let Some(places) = table.places.get(front) {
        let fitting: Vec<_> =
            places.iter().copied().filter(|&(line, _)| form(table.lines[line].1) == last).collect();
        from(&fitting, written);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taught_beside_an_answer_is_found_with_and_without_its_noun() {
        assert!(beside("the mantle").contains(&"outer core".to_owned()));
        assert!(beside("Nervous systems").iter().any(|other| other == "endocrine systems"));
        assert!(beside("nervous").iter().any(|other| other == "endocrine"));
        assert!(beside("encomienda").is_empty());
    }

    #[test]
    fn no_series_names_a_member_twice_or_has_fewer_than_three() {
        for (members, _) in &series().lines {
            let mut keys: Vec<String> = members.iter().map(|member| form(member)).collect();
            keys.sort();
            keys.dedup();
            assert_eq!(keys.len(), members.len(), "{members:?}");
            assert!(members.len() >= 3, "{members:?}");
            assert!(keys.iter().all(|key| !key.is_empty()), "{members:?}");
        }
    }
}
