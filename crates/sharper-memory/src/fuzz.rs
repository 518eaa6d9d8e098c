//! Which day exactly: chance inside a narrow range, and the emptiest days of it first.

use jiff::civil::Date;
use sharper_domain::CardId;

use crate::days::days_after;

/// How many reviews are due on a day already.
pub(crate) type Load<'a> = &'a dyn Fn(Date) -> u32;

/// By how much an interval may be off, per day of it that lies in the range: Anki's own figures.
const RANGES: [(f64, f64, f64); 3] = [(2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, f64::MAX, 0.05)];

/// Intervals up to this many days are moved to emptier days; later ones are spread by chance alone, as in Anki.
const LONGEST_BALANCED: u32 = 90;

/// The first and the last interval, in days, that may stand for an ideal one. Never below `least` or above `most`.
pub(crate) fn bounds(ideal: f64, least: u32, most: u32) -> (u32, u32) {
    let least = least.min(most);
    let ideal = ideal.clamp(f64::from(least), f64::from(most));
    let delta = if ideal < 2.5 {
        0.0
    } else {
        RANGES.iter().fold(1.0, |sum, (from, to, share)| sum + share * (ideal.min(*to) - from).max(0.0))
    };
    let whole = |days: f64| (days.round() as u32).clamp(least, most);
    let (lower, upper) = (whole(ideal - delta), whole(ideal + delta));
    if upper == lower && upper > 2 && upper < most { (lower, lower + 1) } else { (lower, upper) }
}

/// One of the intervals from `lower` to `upper`: one whose day has the fewest reviews, and which of those is chance.
pub(crate) fn pick(lower: u32, upper: u32, chance: Chance, today: Date, load: Load<'_>) -> u32 {
    if upper > LONGEST_BALANCED {
        return lower + chance.below(upper - lower + 1);
    }
    let with_load: Vec<(u32, u32)> =
        (lower..=upper).map(|days| (load(days_after(today, days)), days)).collect();
    let fewest = with_load.iter().map(|(load, _)| *load).min().unwrap_or(0);
    let emptiest: Vec<u32> =
        with_load.into_iter().filter(|(load, _)| *load == fewest).map(|(_, days)| days).collect();
    let one = chance.below(u32::try_from(emptiest.len()).unwrap_or(1));
    emptiest.get(one as usize).copied().unwrap_or(lower)
}

/// What looks random: the same for the same card and number of reviews, so that the interval that a button shows is
/// the one it gives.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn of(card: CardId, reviews: u32) -> Self {
        let id = card.0.as_u128();
        // SplitMix64 (Steele, Lea, Flood 2014): every bit of the id and the number reaches every bit of the result.
        let seed = (id >> 64) as u64 ^ mixed(id as u64 ^ mixed(u64::from(reviews)));
        Self(mixed(seed))
    }

    /// A number below another, which is at least 1.
    pub(crate) fn below(self, bound: u32) -> u32 {
        ((u128::from(self.0) * u128::from(bound.max(1))) >> 64) as u32
    }
}

fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use sharper_domain::CardId;
    use uuid::Uuid;

    use super::{Chance, bounds, pick};

    #[test]
    fn the_range_is_that_of_anki() {
        let check = |ideal, least, most, expected| {
            assert_eq!(bounds(ideal, least, most), expected, "{ideal} in {least}..={most}");
        };
        check(1.0, 1, 36_500, (1, 1));
        check(2.49, 1, 36_500, (2, 2));
        check(2.5, 1, 36_500, (2, 4));
        check(7.0, 1, 36_500, (5, 9));
        check(17.0, 1, 36_500, (14, 20));
        check(37.0, 1, 36_500, (33, 41));
        check(100.0, 1, 36_500, (93, 107));
        check(100.0, 99, 101, (99, 101));
        check(1e12, 1, 365, (345, 365));
        check(5.0, 9, 4, (4, 4));
    }

    #[test]
    fn the_emptiest_day_is_picked_and_chance_decides_among_equals() {
        let today = date(2026, 11, 24);
        let chance = |reviews| Chance::of(CardId(Uuid::from_u128(7)), reviews);
        let load = |day| if day == date(2026, 12, 1) { 3 } else { 5 };
        assert_eq!(pick(5, 9, chance(1), today, &load), 7);
        let mut seen = [0; 10];
        for reviews in 0..1000 {
            seen[pick(5, 9, chance(reviews), today, &|_| 0) as usize] += 1;
        }
        assert!(seen[5..].iter().all(|times| (150..250).contains(times)), "{seen:?}");
        assert_eq!(seen[..5], [0; 5]);
    }
}
