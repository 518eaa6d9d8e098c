//! Weights are fitted to a student's own reviews, and adopted only where they foretell better.
#![allow(clippy::unwrap_used, reason = "a test stops short at what cannot be")]

#[path = "world/chance.rs"]
mod chance;

use chance::Chance;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use sharper_domain::{CardId, Grade, StudyRules};
use sharper_memory::{Days, NEEDED_REVIEWS, Weights, fit, replay, retrievability};

const DAYS: Days = Days { zone: TimeZone::UTC, starts: 4 };

/// What a student with such weights would have graded: after each review some days pass.
fn histories(truth: &Weights, cards: u64, seed: u64) -> Vec<Vec<(Grade, Timestamp)>> {
    let mut chance = Chance::new(seed);
    let began: Timestamp = "2026-01-01T10:00:00Z".parse().unwrap();
    (0..cards)
        .map(|card| {
            let mut at = began + SignedDuration::from_hours(24 * (card as i64 % 40));
            let mut history = vec![(Grade::ALL[chance.one_of(&[0.25, 0.1, 0.5, 0.15])], at)];
            for _ in 0..6 {
                at += SignedDuration::from_hours(24 * chance.between(0.0, 3.5).exp() as i64);
                let memory =
                    replay(truth, &StudyRules::default(), &DAYS, CardId(uuid::Uuid::nil()), &history)
                        .unwrap();
                let known = chance.share() < retrievability(truth, &memory, at);
                history.push((if known { Grade::Good } else { Grade::Again }, at));
            }
            history
        })
        .collect()
}

#[test]
fn a_student_who_forgets_faster_gets_weights_that_foretell_better() {
    let mut faster = Weights::default().as_slice().to_vec();
    for weight in &mut faster[..4] {
        *weight *= 0.2;
    }
    faster[8] = 1.0;
    faster[20] = 0.3;
    let histories = histories(&Weights::from_stored(&faster).unwrap(), 150, 1);
    let fitted = fit(&histories, &Weights::default(), &DAYS).unwrap();
    assert!(fitted.reviews >= NEEDED_REVIEWS && fitted.weights != Weights::default());
    assert!(fitted.log_loss_after < fitted.log_loss_before - 0.02, "{fitted:?}");
    assert_eq!(
        fit(&histories, &Weights::default(), &DAYS).unwrap(),
        fitted,
        "the same reviews, the same weights"
    );
    // What is right already stays, or becomes better; never worse.
    let again = fit(&histories, &fitted.weights, &DAYS).unwrap();
    assert!(again.log_loss_after <= again.log_loss_before && again.weights == fitted.weights);
}

#[test]
fn weights_that_foretell_worse_are_never_adopted() {
    for seed in 0..4 {
        let fitted = fit(&histories(&Weights::default(), 90, seed), &Weights::default(), &DAYS).unwrap();
        assert!(fitted.log_loss_after <= fitted.log_loss_before, "{fitted:?}");
        assert_eq!(fitted.weights == Weights::default(), fitted.log_loss_after == fitted.log_loss_before);
    }
}

#[test]
fn too_few_reviews_fit_nothing() {
    let few = fit(&histories(&Weights::default(), 10, 3), &Weights::default(), &DAYS).unwrap_err();
    assert!(few.have < few.needed && few.needed == NEEDED_REVIEWS);
    assert_eq!(fit(&[], &Weights::default(), &DAYS).unwrap_err().have, 0);
    // All on one day: nothing could have been forgotten.
    let crammed = vec![vec![(Grade::Good, Timestamp::UNIX_EPOCH); 1000]];
    assert_eq!(fit(&crammed, &Weights::default(), &DAYS).unwrap_err().have, 0);
}
