//! Who takes part, and in which variant: by hashing alone, so that nothing has to be remembered.
//!
//! The same user is in the same variant after a restart, on every instance and in whatever order the variants stand.
//! Variants are chosen by weighted rendezvous hashing (D. G. Thaler and C. V. Ravishankar, 1998; weights as in C. Schindelhauer
//! and G. Schomaker, 2005): each draws a score for the user, and the highest has it. So a variant that is added takes users
//! from the others in proportion and moves nobody between them; one that is removed leaves its own to the others.

use sha2::{Digest, Sha256};
use sharper_domain::UserId;

/// Whether a user is among the `share` (0 to 1) that takes part. A larger share leaves in whoever was.
pub(super) fn takes_part(experiment: &str, user: &UserId, share: f64) -> bool {
    // Whoever takes part must be spread over all variants: this draw is independent of theirs.
    number(&["takes part", experiment, user.as_str()]) <= share
}

/// The place of the user's variant among these, each with its name and weight. `None` of none.
pub(super) fn variant<'v>(
    experiment: &str,
    user: &UserId,
    variants: impl Iterator<Item = (&'v str, f64)>,
) -> Option<usize> {
    let score = |(name, weight): (&'v str, f64)| {
        // An exponential waiting time of this rate: the shortest of several is each one's with a chance like its weight.
        (-number(&["variant", experiment, user.as_str(), name]).ln() / weight, name)
    };
    let scores = variants.map(score).enumerate();
    scores.min_by(|(_, a), (_, b)| a.0.total_cmp(&b.0).then(a.1.cmp(b.1))).map(|(place, _)| place)
}

/// A number above 0 and up to 1 for these words, by SHA-256: evenly spread, and always the same.
fn number(words: &[&str]) -> f64 {
    /// As many bits as a number can hold exactly.
    const BITS: u32 = 53;
    let mut digest = Sha256::new();
    for word in words {
        // No name and no id holds the separator, so no two lists of words run together into the same text.
        digest.update(word.as_bytes());
        digest.update([0]);
    }
    let first = digest.finalize().iter().take(8).fold(0, |sum, byte| sum << 8 | u64::from(*byte));
    ((first >> (64 - BITS)) + 1) as f64 / (1_u64 << BITS) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const USERS: u32 = 100_000;

    fn user(number: u32) -> UserId {
        format!("user-{number}").parse().unwrap()
    }

    /// The name of the variant that a user is in.
    fn name_of<'v>(user: &UserId, variants: &[(&'v str, f64)]) -> &'v str {
        variants[variant("wording", user, variants.iter().copied()).unwrap()].0
    }

    /// Within five standard deviations of what a fair draw gives.
    #[track_caller]
    fn fair(count: u32, of: u32, share: f64) {
        let (expected, of) = (f64::from(of) * share, f64::from(of));
        let deviation = (of * share * (1.0 - share)).sqrt();
        assert!((f64::from(count) - expected).abs() < 5.0 * deviation, "{count} of {of} is not {share}");
    }

    #[test]
    fn users_are_spread_by_weight_and_taking_part_says_nothing_of_the_variant() {
        let variants = [("usual", 1.0), ("short", 1.0), ("long", 2.0)];
        let (mut all, mut in_part, mut taking_part) = ([0; 3], [0; 3], 0);
        for number in 0..USERS {
            let user = user(number);
            let place = variant("wording", &user, variants.iter().copied()).unwrap();
            all[place] += 1;
            if takes_part("wording", &user, 0.3) {
                taking_part += 1;
                in_part[place] += 1;
            }
        }
        fair(taking_part, USERS, 0.3);
        for (place, share) in [(0, 0.25), (1, 0.25), (2, 0.5)] {
            fair(all[place], USERS, share);
            fair(in_part[place], taking_part, share);
        }
    }

    #[test]
    fn a_variant_that_is_added_moves_only_those_whom_it_takes() {
        let before = [("usual", 1.0), ("short", 1.0)];
        // In another order, too.
        let after = [("new", 1.0), ("short", 1.0), ("usual", 1.0)];
        let mut moved = 0;
        for number in 0..USERS / 10 {
            let user = user(number);
            let (was, is) = (name_of(&user, &before), name_of(&user, &after));
            assert!(is == was || is == "new", "{user} went from {was} to {is}");
            moved += u32::from(is == "new");
        }
        fair(moved, USERS / 10, 1.0 / 3.0);
    }

    #[test]
    fn a_larger_weight_and_a_larger_share_only_add() {
        for number in 0..2_000 {
            let user = user(number);
            let was = name_of(&user, &[("usual", 1.0), ("short", 1.0)]);
            let is = name_of(&user, &[("usual", 1.0), ("short", 3.0)]);
            assert!(is == was || is == "short", "{user}");
            assert!(takes_part("wording", &user, 0.5) || !takes_part("wording", &user, 0.4), "{user}");
            assert!(takes_part("wording", &user, 1.0) && !takes_part("wording", &user, 0.0), "{user}");
        }
    }

    #[test]
    fn two_experiments_draw_independently() {
        let variants = [("usual", 1.0), ("short", 1.0)];
        let place =
            |experiment: &str, user: &UserId| variant(experiment, user, variants.iter().copied()).unwrap();
        let same = (0..4_000).map(user).filter(|user| place("one", user) == place("two", user)).count();
        fair(u32::try_from(same).unwrap(), 4_000, 0.5);
    }

    #[test]
    fn the_draw_is_the_same_for_ever() {
        let variants = [("usual", 1.0), ("short", 1.0)];
        let drawn: String = (0..16).map(|number| &name_of(&user(number), &variants)[..1]).collect();
        assert_eq!(
            drawn, "uuuussuussusssss",
            "whoever changes this moves every user of every running experiment"
        );
    }
}
