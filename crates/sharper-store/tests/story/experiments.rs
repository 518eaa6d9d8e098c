//! Experiments: each run is kept with its job's end, and the results are what can be counted by hand.

use sharper_domain::{Grade, JobId};
use sharper_store::experiments::{Estimate, NewRun, VariantResults};
use sharper_store::feedback::NewFeedback;
use sharper_store::jobs::{End, Ending};
use sharper_store::spending::{CallId, NewCall, Settled, SpendLimits};
use sharper_store::study::NewReview;
use sharper_store::{Store, StoreError};

use crate::stage::{MadeSet, Stage, at, begun, cancelled, complete, set, told_to_both, user};

told_to_both!(
    the_results_are_what_can_be_counted_by_hand,
    a_run_is_kept_with_the_end_of_its_job_or_not_at_all,
    a_difference_is_told_once_there_are_enough_students,
);

fn run(variant: &str, accepted: u32, rejected: u32) -> NewRun {
    NewRun {
        experiment: "wording".into(),
        variant: variant.into(),
        control: variant == "usual",
        task: "flashcards".into(),
        accepted,
        rejected,
        degraded: accepted == 0,
    }
}

/// A job of this user that made a set under a variant.
async fn made_under(store: &Store, owner: &str, moment: i64, run: NewRun) -> (JobId, MadeSet) {
    let (new, lease) = begun(store, owner, moment).await;
    let made = set(owner, moment, None);
    let ending = Ending { trial: Some(run), ..complete(2, moment, made.clone()) };
    store.finish_job(lease, ending).await.unwrap();
    (new.id, made)
}

async fn results(store: &Store, since: i64) -> Vec<VariantResults> {
    store.experiment_results("wording".into(), at(since)).await.unwrap()
}

async fn called(store: &Store, owner: &str, job: JobId, tokens: u64, nano_usd: Option<u64>) {
    let new = NewCall {
        id: CallId::new(at(0)),
        user: user(owner),
        job: Some(job),
        task: "flashcards".into(),
        model: "some/model".into(),
        reserve_tokens: 1_000,
        reserve_nano_usd: 1_000,
        now: at(0),
    };
    store.reserve_call(new.clone(), SpendLimits::default()).await.unwrap();
    let settled = Settled {
        prompt_tokens: tokens,
        completion_tokens: 1,
        estimated: false,
        nano_usd,
        cost_reported: nano_usd.is_some(),
        cached: false,
        outcome: "ok",
        took_ms: 5,
        model: "some/model".into(),
        accepted_items: 0,
    };
    store.settle_call(new.id, settled, at(1)).await.unwrap();
}

async fn said(store: &Store, who: &str, made: &MadeSet, rating: u8) {
    let new = NewFeedback {
        content_type: "flashcards".into(),
        // As a client may write it.
        content_id: made.set.id.to_string().to_uppercase(),
        rating,
        feedback_text: None,
        issues: vec![],
    };
    store.add_feedback(user(who), new, at(50)).await.unwrap();
}

async fn studied(store: &Store, who: &str, made: &MadeSet, grades: &[Grade]) {
    for (grade, moment) in grades.iter().zip(60..) {
        let (card, grade) = (made.cards[0].id, *grade);
        let review = NewReview { id: None, card, study: None, grade, at: at(moment), took_ms: 5 };
        store.record_review(user(who), review).await.unwrap();
    }
}

async fn the_results_are_what_can_be_counted_by_hand(stage: Stage) {
    let store = &stage.store;
    made_under(store, "ada", 0, run("usual", 9, 9)).await;
    let (first, adas) = made_under(store, "ada", 10, run("usual", 6, 2)).await;
    let (second, bens) = made_under(store, "ben", 11, run("usual", 2, 0)).await;
    let (third, eves) = made_under(store, "eve", 12, run("short", 3, 5)).await;
    let (fourth, offline) = made_under(store, "eve", 13, run("short", 0, 4)).await;
    made_under(store, "eve", 14, NewRun { experiment: "other".into(), ..run("short", 7, 7) }).await;
    for (owner, job, tokens, nano_usd) in [
        ("ada", first, 99, Some(2_000)),
        ("ada", first, 199, None),
        ("ben", second, 499, Some(6_000)),
        ("eve", third, 9, None),
        ("eve", fourth, 19, None),
    ] {
        called(store, owner, job, tokens, nano_usd).await;
    }
    for (who, made, rating) in
        [("ada", &adas, 5), ("ben", &bens, 4), ("ada", &adas, 4), ("eve", &adas, 1), ("eve", &offline, 1)]
    {
        said(store, who, made, rating).await;
    }
    studied(store, "ada", &adas, &[Grade::Good, Grade::Again, Grade::Easy]).await;
    studied(store, "eve", &eves, &[Grade::Hard]).await;
    studied(store, "eve", &offline, &[Grade::Easy]).await;

    let found = results(store, 1).await;
    let names: Vec<&str> = found.iter().map(|one| one.variant.as_str()).collect();
    assert_eq!(names, ["usual", "short"], "the control comes first");
    let (usual, short) = (&found[0], &found[1]);
    let counts = |one: &VariantResults| (one.users, one.jobs, one.degraded_jobs, one.accepted, one.rejected);
    assert_eq!(counts(usual), (2, 2, 0, 8, 2));
    assert_eq!(counts(short), (1, 2, 1, 3, 9));
    assert_eq!(usual.acceptance, Estimate::of(8, 10));
    assert_eq!(short.acceptance.unwrap().rate, 0.25);
    assert_eq!(usual.compared, None);
    let compared = short.compared.unwrap();
    assert!(compared.too_few && compared.p_value.is_none());
    assert!((compared.difference + 0.55).abs() < 1e-12, "{compared:?}");
    assert_eq!(
        (usual.feedback.count, usual.feedback.mean),
        (3, Some(13.0 / 3.0)),
        "not what eve says of ada's"
    );
    assert_eq!((short.feedback.count, short.feedback.mean), (0, None), "no model wrote what she rated");
    let costs = |one: &VariantResults| (one.cost.calls, one.cost.calls_of_unknown_cost, one.cost.tokens);
    assert_eq!(costs(usual), (3, 1, 800));
    assert_eq!(costs(short), (2, 2, 30));
    assert_eq!((usual.cost.usd, usual.cost.usd_per_accepted), (Some(8e-6), Some(1e-6)));
    assert_eq!((short.cost.usd, short.cost.usd_per_accepted), (None, None));
    assert_eq!((usual.cost.tokens_per_accepted, short.cost.tokens_per_accepted), (Some(100.0), Some(10.0)));
    assert_eq!((usual.reviews.count, usual.reviews.known), (3, 2));
    assert_eq!((short.reviews.count, short.reviews.known), (1, 0), "not the cards of the offline author");

    assert_eq!(counts(&results(store, 0).await[0]), (2, 3, 0, 17, 11));
    assert!(results(store, 20).await.is_empty());
    assert_eq!(store.experiments_since(at(0)).await.unwrap(), ["other", "wording"]);
    assert_eq!(store.experiments_since(at(14)).await.unwrap(), ["other"]);
}

async fn a_run_is_kept_with_the_end_of_its_job_or_not_at_all(stage: Stage) {
    let store = &stage.store;
    let (_, lease) = begun(store, "ada", 0).await;
    let under = |ending| Ending { trial: Some(run("usual", 1, 1)), ..ending };
    let anothers = store.finish_job(lease, under(complete(2, 1, set("eve", 1, None)))).await;
    assert!(matches!(anothers, Err(StoreError::Internal(_))), "{anothers:?}");
    assert!(results(store, 0).await.is_empty());
    store.finish_job(lease, under(complete(2, 1, set("ada", 1, None)))).await.unwrap();
    let again = store.finish_job(lease, under(complete(3, 2, set("ada", 2, None)))).await;
    assert!(matches!(again, Err(StoreError::LeaseLost)), "{again:?}");
    let (_, lease) = begun(store, "ada", 3).await;
    store.finish_job(lease, under(cancelled(2, 4))).await.unwrap();
    let (_, lease) = begun(store, "ada", 5).await;
    store.finish_job(lease, Ending { end: End::Cancelled, ..cancelled(2, 6) }).await.unwrap();
    assert_eq!(
        results(store, 0).await[0].jobs,
        2,
        "a job that was cancelled counts too, one without a run does not"
    );
}

async fn a_difference_is_told_once_there_are_enough_students(stage: Stage) {
    let store = &stage.store;
    for number in 0..30 {
        let (usual, short) = (format!("u{number}"), format!("s{number}"));
        made_under(store, &usual, number, run("usual", 9 - (number % 2) as u32, 1)).await;
        made_under(store, &short, number, run("short", 5, 5 - (number % 2) as u32)).await;
    }
    let compared = results(store, 0).await[1].compared.unwrap();
    assert!(!compared.too_few && compared.p_value.is_some_and(|p| p < 0.001), "{compared:?}");
}
