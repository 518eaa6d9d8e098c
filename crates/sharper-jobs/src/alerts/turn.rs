//! What follows from a look at a rule: pure, so that a table of cases shows it.

use std::time::Duration;

use sharper_domain::Timestamp;
use sharper_store::alerts::AlertState;

use super::rules::{Reading, Rule};

/// Looks in a row that must say otherwise before a rule changes.
const LOOKS: i32 = 2;

/// What follows.
pub(super) struct Turn {
    /// Where the rule stands now.
    pub(super) next: AlertState,
    /// Whether it began or ceased to fire.
    pub(super) changed: bool,
    /// Whether people are told.
    pub(super) tell: bool,
}

/// What follows from a reading. A rule fires once it has held at two looks in a row, and is over once it has not at two.
pub(super) fn turn(
    before: Option<&AlertState>,
    rule: Rule,
    reading: &Reading,
    now: Timestamp,
    repeat: Duration,
) -> Turn {
    let was = before.is_some_and(|state| state.firing);
    let streak = if reading.bad == was { 0 } else { before.map_or(0, |state| state.streak) + 1 };
    let changed = streak >= LOOKS;
    let firing = was != changed;
    let told_at = before.and_then(|state| state.told_at);
    // What fires and was told to nobody is still owed.
    let due = told_at.is_none_or(|told| !repeat.is_zero() && now >= told + repeat);
    let again = firing && !changed && due;
    let tell = changed || again;
    let next = AlertState {
        rule: rule.as_str().to_owned(),
        firing,
        value: reading.value,
        since: before.filter(|_| !changed).map_or(now, |state| state.since),
        checked_at: now,
        told_at: if tell { Some(now) } else { told_at },
        streak: if changed { 0 } else { streak },
    };
    Turn { next, changed, tell }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks a minute apart; `!` is a bad one. Answers with a mark a look: `F` fires and tells, `R` recovers and tells,
    /// `f` tells again, `.` says nothing.
    fn played(looks: &str, repeat_minutes: u64) -> String {
        let mut state: Option<AlertState> = None;
        let look = |(minute, look): (usize, char)| {
            let now = Timestamp::from_second(60 * minute as i64).unwrap();
            let reading = Reading { value: None, bad: look == '!', detail: String::new() };
            let repeat = Duration::from_secs(60 * repeat_minutes);
            let Turn { next, changed, tell } = turn(state.as_ref(), Rule::Budget, &reading, now, repeat);
            let mark = match (next.firing, changed, tell) {
                (true, true, true) => 'F',
                (false, true, true) => 'R',
                (true, false, true) => 'f',
                (_, false, false) => '.',
                other => panic!("{other:?}"),
            };
            state = Some(next);
            mark
        };
        looks.chars().enumerate().map(look).collect()
    }

    #[test]
    fn a_rule_changes_after_two_looks_and_is_told_of_once() {
        let check = |looks: &str, told: &str| assert_eq!(played(looks, 240), told, "{looks}");
        check("-----", ".....");
        check("!-!-!-", "......");
        check("!!!!!!", ".F....");
        check("!!-!--", ".F...R");
        check("!!--!!--", ".F.R.F.R");
    }

    #[test]
    fn what_still_holds_is_told_of_again() {
        assert_eq!(played("!!!!!!!!!!", 3), ".F..f..f..");
        assert_eq!(played("!!!!!!", 0), ".F....");
        assert_eq!(played("!!-!-!-!--!!", 3), ".F..f..f.R.F");
    }
}
