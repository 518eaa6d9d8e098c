//! What may be concluded from counts: an interval for a share, and whether two shares differ.

use serde::Serialize;

/// Users that each side must have before a difference is tested: below, the normal distribution is no fair picture.
const USERS: u64 = 30;
/// Items that must have passed, and must have failed, on both sides together.
const ITEMS: u64 = 5;
/// Of the normal distribution: 95 % lie within so many standard deviations.
const Z: f64 = 1.959_963_984_540_054;

/// A share, with the interval that holds the true one 95 times out of 100.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// The share, 0 to 1.
    pub rate: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end of the interval.
    pub high: f64,
}

impl Estimate {
    /// `count` of `of`, with Wilson's score interval (E. B. Wilson, 1927), which takes each as independent of the others.
    /// `None` where there are none.
    pub fn of(count: u64, of: u64) -> Option<Self> {
        if of == 0 {
            return None;
        }
        let (n, rate) = (of as f64, count as f64 / of as f64);
        let scale = 1.0 + Z * Z / n;
        let middle = (rate + Z * Z / (2.0 * n)) / scale;
        let half = Z / scale * (rate * (1.0 - rate) / n + Z * Z / (4.0 * n * n)).sqrt();
        Some(Self { rate, low: (middle - half).max(0.0), high: (middle + half).min(1.0) })
    }
}

/// How a variant's share of accepted items stands to the control's.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Compared {
    /// The variant's share minus the control's.
    pub difference: f64,
    /// How often a difference as large, either way, would come by chance alone; `None` where there are too few to tell.
    pub p_value: Option<f64>,
    /// Whether there are too few users or items to tell.
    pub too_few: bool,
}

/// Accepted items `a` out of `n`, user by user, as the sums that a comparison needs.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct ByUser {
    /// Users with an item, accepted or not.
    pub(super) users: u64,
    /// Σ a
    pub(super) accepted: u64,
    /// Σ n
    pub(super) items: u64,
    /// Σ a²
    pub(super) accepted_squared: f64,
    /// Σ a·n
    pub(super) accepted_by_items: f64,
    /// Σ n²
    pub(super) items_squared: f64,
}

impl ByUser {
    fn rate(&self) -> f64 {
        self.accepted as f64 / self.items as f64
    }

    /// The variance of the rate, from how the users differ: that of a ratio of sums over clusters (W. G. Cochran,
    /// Sampling Techniques, 1977, 6.4). Items of one user are alike; that users were assigned, not items, is so paid for.
    fn variance(&self) -> f64 {
        let (p, users) = (self.rate(), self.users as f64);
        let squares = self.accepted_squared - 2.0 * p * self.accepted_by_items + p * p * self.items_squared;
        squares.max(0.0) / (self.items as f64).powi(2) * users / (users - 1.0)
    }

    /// How this stands to the control; `None` where one of them has no item.
    pub(super) fn compared(&self, control: &Self) -> Option<Compared> {
        if self.items == 0 || control.items == 0 {
            return None;
        }
        let difference = self.rate() - control.rate();
        let accepted = self.accepted + control.accepted;
        let rejected = self.items + control.items - accepted;
        let too_few = self.users.min(control.users) < USERS || accepted.min(rejected) < ITEMS;
        let p_value = (!too_few).then(|| {
            let deviation = (self.variance() + control.variance()).sqrt();
            if deviation == 0.0 {
                return if difference == 0.0 { 1.0 } else { 0.0 };
            }
            two_sided(difference / deviation)
        });
        Some(Compared { difference, p_value, too_few })
    }
}

/// The probability that a standard normal number lies as far from 0 as this, either way: to within 1.5e-7 by formula
/// 7.1.26 of M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions, 1964.
fn two_sided(z: f64) -> f64 {
    const A: [f64; 5] = [0.254_829_592, -0.284_496_736, 1.421_413_741, -1.453_152_027, 1.061_405_429];
    let x = z.abs() / std::f64::consts::SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * x);
    let polynomial = A.iter().rev().fold(0.0, |sum, a| (sum + a) * t);
    (polynomial * (-x * x).exp()).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 5e-5, "{found} is not {expected}");
    }

    /// Sums over users of (accepted, items).
    fn by_user(all: impl IntoIterator<Item = (u32, u32)>) -> ByUser {
        all.into_iter().filter(|(_, n)| *n > 0).fold(ByUser::default(), |sum, (a, n)| ByUser {
            users: sum.users + 1,
            accepted: sum.accepted + u64::from(a),
            items: sum.items + u64::from(n),
            accepted_squared: sum.accepted_squared + f64::from(a * a),
            accepted_by_items: sum.accepted_by_items + f64::from(a * n),
            items_squared: sum.items_squared + f64::from(n * n),
        })
    }

    #[test]
    fn wilsons_interval_is_that_of_the_tables() {
        for (count, of, low, high) in [
            (0, 10, 0.0, 0.27753),
            (10, 10, 0.72247, 1.0),
            (81, 263, 0.25527, 0.36620),
            (15, 148, 0.06239, 0.16052),
        ] {
            let estimate = Estimate::of(count, of).unwrap();
            near(estimate.low, low);
            near(estimate.high, high);
        }
        assert_eq!(Estimate::of(0, 0), None);
    }

    #[test]
    fn the_normal_distribution_is_that_of_the_tables() {
        for (z, p) in [(0.0, 1.0), (1.0, 0.31731), (-1.959964, 0.05), (2.575829, 0.01), (5.0, 5.7e-7)] {
            near(two_sided(z), p);
        }
    }

    #[test]
    fn with_one_item_a_user_it_is_the_usual_test_of_two_shares() {
        let of = |accepted: u32, users: u32| by_user((0..users).map(|user| (u32::from(user < accepted), 1)));
        let compared = of(80, 100).compared(&of(90, 100)).unwrap();
        // z = 0.1 / √(0.8·0.2/99 + 0.9·0.1/99) = 1.98997
        near(compared.p_value.unwrap(), 0.04659);
        near(compared.difference, -0.1);
        assert!(!compared.too_few);
    }

    #[test]
    fn items_of_one_user_that_are_all_alike_count_as_little_more_than_one() {
        let of = |accepted: u32, users: u32, each: u32| {
            by_user((0..users).map(|user| (if user < accepted { each } else { 0 }, each)))
        };
        let one = of(80, 100, 1).compared(&of(90, 100, 1)).unwrap();
        let fifty = of(80, 100, 50).compared(&of(90, 100, 50)).unwrap();
        near(one.p_value.unwrap(), fifty.p_value.unwrap());
    }

    #[test]
    fn a_few_users_or_a_few_faults_are_too_few_to_tell() {
        let of = |users: u32, accepted: u32, items: u32| by_user((0..users).map(|_| (accepted, items)));
        for (variant, control) in [
            (of(29, 1, 10), of(100, 9, 10)),
            (of(100, 1, 10), of(29, 9, 10)),
            (of(40, 10, 10), of(40, 10, 10)),
        ] {
            let compared = variant.compared(&control).unwrap();
            assert!(compared.too_few && compared.p_value.is_none(), "{compared:?}");
        }
        assert_eq!(of(40, 1, 2).compared(&ByUser::default()), None);
        assert_eq!(of(40, 1, 2).compared(&of(40, 1, 2)).unwrap().p_value, Some(1.0));
        assert_eq!(of(40, 1, 2).compared(&of(40, 2, 2)).unwrap().p_value, Some(0.0));
    }
}
