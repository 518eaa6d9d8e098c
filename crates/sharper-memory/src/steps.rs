//! The steps of minutes that a new or a forgotten card goes through, as in Anki.

const DAY: u32 = 86_400;

/// The seconds until a card comes again that was not known.
pub(crate) fn again(steps: &[u32]) -> Option<u32> {
    steps.first().copied()
}

/// The seconds until a card comes again that was hard: on its first step between that and the next, later its own step.
pub(crate) fn hard(steps: &[u32], step: u32) -> Option<u32> {
    let first = again(steps)?;
    if step > 0 {
        return steps.get(step as usize).or(steps.last()).copied();
    }
    Some(match steps.get(1) {
        Some(second) => first.midpoint(*second),
        None => first.saturating_add((first / 2).min(DAY)),
    })
}

/// The seconds until a card comes again that was known; none when that was the last step.
pub(crate) fn good(steps: &[u32], step: u32) -> Option<u32> {
    steps.get(step as usize + 1).copied()
}

#[cfg(test)]
mod tests {
    use super::{again, good, hard};

    #[test]
    fn steps_are_those_of_anki() {
        let check = |steps: &[u32], step, expected: (Option<u32>, Option<u32>, Option<u32>)| {
            assert_eq!((again(steps), hard(steps, step), good(steps, step)), expected, "{steps:?} at {step}");
        };
        check(&[60, 600], 0, (Some(60), Some(330), Some(600)));
        check(&[60, 600], 1, (Some(60), Some(600), None));
        check(&[600], 0, (Some(600), Some(900), None));
        check(&[864_000], 0, (Some(864_000), Some(950_400), None));
        check(&[60, 600, 3600], 1, (Some(60), Some(600), Some(3600)));
        // Steps were taken away while the card was on them.
        check(&[60], 5, (Some(60), Some(60), None));
        check(&[], 0, (None, None, None));
        check(&[u32::MAX], 0, (Some(u32::MAX), Some(u32::MAX), None));
    }
}
