//! Allotting: minutes shared out in steps of five, by weight, so that what is given adds up to what there is.

/// Minutes come in steps of this many.
pub(super) const STEP: u32 = 5;

/// `steps` shared out by weight: first one for each of the weightiest, then by what each still lacks of its share
/// (largest remainder). A weight that is no number above 0 gets only what is left over.
pub(super) fn allot(weights: &[f64], steps: u32) -> Vec<u32> {
    let clean: Vec<f64> = weights.iter().map(|w| if w.is_finite() && *w > 0.0 { *w } else { 0.0 }).collect();
    let sum: f64 = clean.iter().sum();
    let mut order: Vec<usize> = (0..clean.len()).collect();
    order.sort_by(|&a, &b| clean[b].total_cmp(&clean[a]).then(a.cmp(&b)));
    let mut given = vec![0u32; clean.len()];
    let mut left = steps;
    for &at in order.iter().take(steps as usize) {
        given[at] = 1;
        left -= 1;
    }
    let share =
        |at: usize| if sum > 0.0 { clean[at] / sum } else { 1.0 / clean.len() as f64 } * f64::from(steps);
    for &at in &order {
        let more = ((share(at) - f64::from(given[at])).floor().max(0.0) as u32).min(left);
        given[at] += more;
        left -= more;
    }
    while left > 0
        && let Some(&at) = order.iter().max_by(|&&a, &&b| {
            let lack = |at: usize| share(at) - f64::from(given[at]);
            lack(a).total_cmp(&lack(b)).then(b.cmp(&a))
        })
    {
        given[at] += 1;
        left -= 1;
    }
    given
}

/// Minutes rounded down to whole steps.
pub(super) fn steps(minutes: u32) -> u32 {
    minutes / STEP
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(weights: &[f64], steps: u32, wanted: &[u32]) {
        assert_eq!(allot(weights, steps), wanted, "{weights:?} {steps}");
    }

    #[test]
    fn each_gets_its_share_and_nothing_is_lost() {
        check(&[0.5, 0.25, 0.25], 8, &[4, 2, 2]);
        check(&[0.6, 0.4], 5, &[3, 2]);
        check(&[1.0, 1.0, 1.0], 4, &[2, 1, 1]);
        check(&[], 4, &[]);
    }

    #[test]
    fn where_there_is_not_enough_the_weightiest_come_first() {
        check(&[0.1, 0.7, 0.2], 2, &[0, 1, 1]);
        check(&[0.1, 0.9], 0, &[0, 0]);
    }

    #[test]
    fn weights_that_are_no_numbers_take_nothing_from_the_others() {
        check(&[f64::NAN, 1.0, -1.0], 6, &[1, 4, 1]);
    }
}
