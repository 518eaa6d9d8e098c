//! A rule: so many requests within so long.

use std::fmt;
use std::time::Duration;

const WEEK: Duration = Duration::from_secs(7 * 24 * 3600);

/// At most `most` requests in any window of the length `per`. Written as in `10 per 1 minute`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitRule {
    most: u32,
    per: Duration,
}

impl LimitRule {
    /// What the answer names when there was no rule.
    pub(super) const NONE: Self = Self { most: u32::MAX, per: Duration::from_secs(1) };

    /// At most `most` requests in any window of the length `per`.
    ///
    /// # Panics
    /// When `most` is 0, or `per` is shorter than a millisecond or longer than a week.
    pub const fn new(most: u32, per: Duration) -> Self {
        assert!(most > 0, "a limit of no requests at all is no limit: close the route");
        assert!(per.as_millis() > 0 && per.as_millis() <= WEEK.as_millis(), "a window lasts 1 ms to 7 days");
        Self { most, per }
    }

    /// How many.
    pub const fn most(&self) -> u32 {
        self.most
    }

    /// Within how long.
    pub const fn per(&self) -> Duration {
        self.per
    }

    /// The part of one of `instances`, which is at least one request.
    pub(super) fn share(self, instances: u32) -> Self {
        Self { most: (self.most / instances).max(1), ..self }
    }
}

/// `10 per 1 minute`, as the wire contract has it.
impl fmt::Display for LimitRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = [("hour", 3_600_000), ("minute", 60_000), ("second", 1000), ("millisecond", 1)];
        let per = self.per.as_millis();
        let unit = units.into_iter().find(|(_, length)| per.is_multiple_of(*length));
        let (name, length) = unit.unwrap_or(("millisecond", 1));
        let many = per / length;
        write!(f, "{} per {many} {name}{}", self.most, if many == 1 { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(most: u32, millis: u64, expected: &str) {
        assert_eq!(LimitRule::new(most, Duration::from_millis(millis)).to_string(), expected);
    }

    #[test]
    fn a_rule_is_written_as_the_wire_contract_has_it() {
        check(10, 60_000, "10 per 1 minute");
        check(100, 3_600_000, "100 per 1 hour");
        check(1, 7_200_000, "1 per 2 hours");
        check(5, 90_000, "5 per 90 seconds");
        check(5, 1_500, "5 per 1500 milliseconds");
    }

    #[test]
    fn a_share_is_never_nothing_and_never_more_than_a_fair_part() {
        let rule = LimitRule::new(10, Duration::from_secs(60));
        assert_eq!([1, 3, 10, 11, 1000].map(|instances| rule.share(instances).most()), [10, 3, 1, 1, 1]);
    }
}
