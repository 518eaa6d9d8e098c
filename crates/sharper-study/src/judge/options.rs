//! Options: whether a question's choices are all different, with exactly one key.

use std::ops::RangeInclusive;

use sharper_domain::Fault;

use super::structure::is_blank;
use crate::text::{Language, key};

/// How many options a question may have.
const COUNT: RangeInclusive<usize> = 2..=10;

/// The faults of a question's options: two that say the same, or not exactly one key.
///
/// `keys` says for each option whether it is a right answer; a list of another length than `options` is a fault.
pub fn options(options: &[&str], keys: &[bool], language: Language) -> Vec<Fault> {
    let mut faults = Vec::new();
    let blank = options.iter().any(|option| is_blank(option));
    if blank || !COUNT.contains(&options.len()) || keys.len() != options.len() {
        faults.push(Fault::MissingField);
    }
    let mut said: Vec<String> = options.iter().map(|option| canonical(option, language)).collect();
    said.sort_unstable();
    if said.windows(2).any(|two| two[0] == two[1]) {
        faults.push(Fault::RepeatedOption);
    }
    if keys.iter().filter(|&&key| key).count() != 1 {
        faults.push(Fault::NotOneKey);
    }
    faults
}

/// What an option says: its key, or itself where nothing is left of it.
fn canonical(option: &str, language: Language) -> String {
    let option = option.trim();
    let said = match option.as_bytes() {
        // "A) osmosis" and "b. osmosis" say "osmosis".
        [letter, b')' | b'.' | b':', b' ', ..] if letter.is_ascii_alphabetic() => &option[3..],
        _ => option,
    };
    let key = key(said, language);
    if key.is_empty() { said.to_lowercase() } else { key }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(texts: &[&str], keys: &[bool], wanted: &[Fault]) {
        assert_eq!(options(texts, keys, Language::English), wanted, "{texts:?}");
    }

    #[test]
    fn different_options_with_one_key_are_faultless() {
        check(&["osmosis", "diffusion", "meiosis"], &[true, false, false], &[]);
        check(&["1945", "1946"], &[true, false], &[]);
    }

    #[test]
    fn options_that_say_the_same_are_found_in_any_dress() {
        check(&["Osmosis", "the osmosis"], &[true, false], &[Fault::RepeatedOption]);
        check(&["A) osmosis", "B) osmosis"], &[true, false], &[Fault::RepeatedOption]);
        check(&["the cells", "cell", "tissue"], &[true, false, false], &[Fault::RepeatedOption]);
    }

    #[test]
    fn there_is_exactly_one_key() {
        check(&["osmosis", "diffusion"], &[true, true], &[Fault::NotOneKey]);
        check(&["osmosis", "diffusion"], &[false, false], &[Fault::NotOneKey]);
    }

    #[test]
    fn an_empty_lonely_or_unmarked_option_is_missing_something() {
        check(&["osmosis", ""], &[true, false], &[Fault::MissingField]);
        check(&["osmosis"], &[true], &[Fault::MissingField]);
        check(&["osmosis", "diffusion"], &[true], &[Fault::MissingField]);
        check(&[], &[], &[Fault::MissingField, Fault::NotOneKey]);
    }
}
