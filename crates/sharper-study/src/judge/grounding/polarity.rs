//! Opposites and directions: "increase" against "decrease", more against less.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::text::{Language, stem};

/// English opposites, `word:word`, parted by white space.
const OPPOSITES: &str = include_str!("opposites.txt");

const MORE: &str = "increase more higher raise greater enhance promote improve upregulate elevate stimulate activate \
augment rise grow growth gain induce accelerate boost strengthen larger longer high faster worsen expand";

const LESS: &str = "decrease less lower reduce reduction inhibit suppress prevent impair downregulate diminish decline \
loss lose attenuate block weaken smaller shorter fewer drop fall low slow lack absence deficient protect deplete";

#[derive(Default)]
struct Table {
    opposites: FxHashMap<String, Vec<String>>,
    directions: FxHashMap<String, i32>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Table::default();
        for (one, two) in OPPOSITES.split_whitespace().filter_map(|pair| pair.split_once(':')) {
            let (one, two) = (stem(one, Language::English), stem(two, Language::English));
            let of_one = table.opposites.entry(one.clone()).or_default();
            if !of_one.contains(&two) {
                of_one.push(two.clone());
            }
            let of_two = table.opposites.entry(two).or_default();
            if !of_two.contains(&one) {
                of_two.push(one);
            }
        }
        for (words, sign) in [(MORE, 1), (LESS, -1)] {
            table
                .directions
                .extend(words.split_whitespace().map(|word| (stem(word, Language::English), sign)));
        }
        table
    })
}

/// The stems of the words that mean the opposite of `stem`.
pub(crate) fn opposites(stem: &str) -> &'static [String] {
    table().opposites.get(stem).map_or(&[], Vec::as_slice)
}

/// Whether the word says that something is less, last or weak: a claim that is rarer and needs more support.
pub(in crate::judge) fn is_less(stem: &str) -> bool {
    const MARKED: &[&str] =
        &["least", "fewer", "never", "old", "last", "weak", "late", "small", "narrow", "private"];
    table().directions.get(stem) == Some(&-1) || MARKED.contains(&stem)
}

/// The words of more minus the words of less.
pub(crate) fn direction<'w>(stems: impl Iterator<Item = &'w str>) -> i32 {
    let directions = &table().directions;
    stems.filter_map(|stem| directions.get(stem)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opposites_go_both_ways_by_stem() {
        let increase = stem("increased", Language::English);
        let decrease = stem("decreasing", Language::English);
        assert!(opposites(&increase).contains(&decrease));
        assert!(opposites(&decrease).contains(&increase));
        assert!(opposites("ribosom").is_empty());
    }

    #[test]
    fn more_and_less_have_signs() {
        assert_eq!(direction(["increas", "cell"].into_iter()), 1);
        assert_eq!(direction(["inhibit", "reduc"].into_iter()), -2);
    }
}
