//! Money: budgets that hold however many call at once, and a ledger that adds up.

use std::time::Duration;

use sharper_domain::{JobId, ProblemCode, Timestamp};
use sharper_store::spending::{
    CallId, JobSpending, ModelSpending, NewCall, Reserved, Settled, SpendLimits, Spent, Today,
};
use sharper_store::{BudgetOf, Store, StoreError};
use tokio::task::JoinSet;

use crate::stage::{Stage, at, told_to_both, user};

told_to_both!(
    a_budget_is_never_exceeded_by_fifty_calls_at_once,
    calls_of_many_users_at_once_stay_within_what_all_may_spend,
    a_call_is_settled_once_and_at_what_it_cost,
    a_cost_that_nobody_can_tell_is_what_was_set_aside,
    calls_that_nobody_settled_are_counted_in_full,
    a_new_day_has_a_budget_of_its_own,
    a_budget_survives_a_restart,
    every_budget_holds_and_says_whose_it_is,
    what_was_spent_is_told_by_job_and_by_model,
);

fn call(owner: &str, tokens: u64, now: Timestamp) -> NewCall {
    NewCall {
        id: CallId::new(now),
        user: user(owner),
        job: None,
        task: "flashcard_generation".into(),
        model: "some/model".into(),
        reserve_tokens: tokens,
        reserve_nano_usd: tokens * 10,
        now,
    }
}

fn settled(prompt_tokens: u64, completion_tokens: u64) -> Settled {
    Settled {
        prompt_tokens,
        completion_tokens,
        estimated: false,
        nano_usd: Some((prompt_tokens + completion_tokens) * 10),
        cost_reported: true,
        cached: false,
        outcome: "ok",
        took_ms: 900,
        model: "some/model".into(),
        accepted_items: 3,
    }
}

fn user_tokens(limit: u64) -> SpendLimits {
    SpendLimits { user_tokens_per_day: Some(limit), ..SpendLimits::default() }
}

fn over(answer: Result<Reserved, StoreError>) -> BudgetOf {
    match answer {
        Err(StoreError::OverBudget { whose, .. }) => whose,
        other => panic!("it is not over budget: {other:?}"),
    }
}

async fn spent(store: &Store, owner: &str, now: Timestamp) -> Today {
    store.spent_today(user(owner), now).await.unwrap()
}

/// Everybody's reservations at once; how many were granted.
async fn granted(stage: &Stage, calls: impl Iterator<Item = NewCall>, limits: SpendLimits) -> usize {
    let mut calling = JoinSet::new();
    for new in calls {
        let store = stage.store.clone();
        calling.spawn(async move { store.reserve_call(new, limits).await });
    }
    let answers = calling.join_all().await;
    assert!(
        answers.iter().all(|one| matches!(one, Ok(_) | Err(StoreError::OverBudget { .. }))),
        "{answers:?}"
    );
    answers.iter().filter(|one| one.is_ok()).count()
}

async fn a_budget_is_never_exceeded_by_fifty_calls_at_once(stage: Stage) {
    let calls = (0..50).map(|_| call("ada", 100, at(0)));
    assert_eq!(granted(&stage, calls, user_tokens(1_050)).await, 10);
    let today = spent(&stage.store, "ada", at(0)).await;
    assert_eq!((today.user.reserved_tokens, today.user.tokens, today.user.calls), (1_000, 0, 10));
    assert_eq!(today.everyone, today.user);
    // What is left still fits a smaller call, and no token more.
    let store = &stage.store;
    assert_eq!(over(store.reserve_call(call("ada", 51, at(0)), user_tokens(1_050)).await), BudgetOf::User);
    store.reserve_call(call("ada", 50, at(0)), user_tokens(1_050)).await.unwrap();
    assert_eq!(over(store.reserve_call(call("ada", 1, at(0)), user_tokens(1_050)).await), BudgetOf::User);
}

async fn calls_of_many_users_at_once_stay_within_what_all_may_spend(stage: Stage) {
    let limits = SpendLimits {
        user_tokens_per_day: Some(500),
        all_nano_usd_per_day: Some(20_000),
        ..SpendLimits::default()
    };
    let calls = (0..50).map(|n| call(&format!("u{}", n % 10), 100, at(0)));
    assert_eq!(granted(&stage, calls, limits).await, 20);
    let mut sum = 0;
    for n in 0..10 {
        sum += spent(&stage.store, &format!("u{n}"), at(0)).await.user.reserved_nano_usd;
    }
    assert_eq!(sum, 20_000);
    assert_eq!(spent(&stage.store, "u0", at(0)).await.everyone.reserved_nano_usd, 20_000);
}

async fn a_call_is_settled_once_and_at_what_it_cost(stage: Stage) {
    let store = &stage.store;
    let new = call("ada", 1_000, at(0));
    let reserved = store.reserve_call(new.clone(), user_tokens(1_000)).await.unwrap();
    assert_eq!(reserved, Reserved { call: new.id, tokens: 1_000, nano_usd: 10_000 });
    let again = store.reserve_call(new.clone(), SpendLimits::default()).await;
    assert!(matches!(again, Err(StoreError::Conflict(_))));
    for _ in 0..2 {
        store.settle_call(new.id, settled(200, 100), at(5)).await.unwrap();
        let expected = Spent { tokens: 300, nano_usd: 3_000, calls: 1, ..Spent::default() };
        assert_eq!(spent(store, "ada", at(0)).await, Today { user: expected, everyone: expected });
    }
    let mut settling = JoinSet::new();
    let second = call("ada", 700, at(6));
    store.reserve_call(second.clone(), user_tokens(1_000)).await.unwrap();
    for n in 0..8 {
        let store = store.clone();
        settling.spawn(async move { store.settle_call(second.id, settled(n, 0), at(7)).await.unwrap() });
    }
    settling.join_all().await;
    let today = spent(store, "ada", at(0)).await;
    assert!((300..308).contains(&today.user.tokens), "{today:?}");
    assert_eq!((today.user.reserved_tokens, today.everyone), (0, today.user));
    let unknown = store.settle_call(CallId::new(at(9)), settled(1, 1), at(9)).await;
    assert!(matches!(unknown, Err(StoreError::NotFound)));
}

async fn a_cost_that_nobody_can_tell_is_what_was_set_aside(stage: Stage) {
    let store = &stage.store;
    let new = call("ada", 100, at(0));
    store.reserve_call(new.clone(), SpendLimits::default()).await.unwrap();
    store.settle_call(new.id, Settled { nano_usd: None, ..settled(30, 30) }, at(1)).await.unwrap();
    let today = spent(store, "ada", at(0)).await;
    assert_eq!((today.user.tokens, today.user.nano_usd, today.user.reserved_nano_usd), (60, 1_000, 0));
}

async fn calls_that_nobody_settled_are_counted_in_full(stage: Stage) {
    let store = &stage.store;
    let (lost, late, open) = (call("ada", 400, at(0)), call("eve", 50, at(1)), call("ada", 100, at(10)));
    for new in [&lost, &late, &open] {
        store.reserve_call(new.clone(), user_tokens(500)).await.unwrap();
    }
    assert_eq!(store.release_stale_calls(at(5), at(20)).await.unwrap(), 2);
    assert_eq!(store.release_stale_calls(at(5), at(20)).await.unwrap(), 0);
    store.settle_call(late.id, settled(1, 1), at(21)).await.unwrap();
    let today = spent(store, "ada", at(0)).await;
    assert_eq!((today.user.tokens, today.user.nano_usd), (400, 4_000));
    assert_eq!((today.user.reserved_tokens, today.everyone.tokens), (100, 450));
    assert_eq!(over(store.reserve_call(call("ada", 1, at(22)), user_tokens(500)).await), BudgetOf::User);
    let told = store.spending_between(at(0), at(9)).await.unwrap();
    assert_eq!((told[0].calls, told[0].failed, told[0].prompt_tokens), (2, 2, 450));
}

async fn a_new_day_has_a_budget_of_its_own(stage: Stage) {
    let store = &stage.store;
    let second = |n| Timestamp::from_second(n).unwrap();
    let midnight = 20_000 * 86_400;
    let before = second(midnight - 1);
    let last = call("ada", 100, before);
    store.reserve_call(last.clone(), user_tokens(100)).await.unwrap();
    match store.reserve_call(call("ada", 1, before), user_tokens(100)).await {
        Err(error @ StoreError::OverBudget { until, .. }) => {
            assert_eq!(until, second(midnight));
            let problem = error.problem();
            assert_eq!(
                (problem.code, problem.retry_after),
                (ProblemCode::BudgetSpent, Some(Duration::from_secs(1)))
            );
        }
        other => panic!("{other:?}"),
    }
    store.reserve_call(call("ada", 100, second(midnight)), user_tokens(100)).await.unwrap();
    // A call that ends on the next day belongs to the day on which it began.
    store.settle_call(last.id, settled(20, 20), second(midnight + 5)).await.unwrap();
    assert_eq!(spent(store, "ada", before).await.user.tokens, 40);
    let today = spent(store, "ada", second(midnight + 86_399)).await.user;
    assert_eq!((today.tokens, today.reserved_tokens), (0, 100));
    assert_eq!(spent(store, "ada", second(midnight + 86_400)).await, Today::default());
}

async fn a_budget_survives_a_restart(mut stage: Stage) {
    let (done, open) = (call("ada", 300, at(0)), call("ada", 600, at(1)));
    stage.store.reserve_call(done.clone(), user_tokens(1_000)).await.unwrap();
    stage.store.reserve_call(open.clone(), user_tokens(1_000)).await.unwrap();
    stage.store.settle_call(done.id, settled(200, 100), at(2)).await.unwrap();
    let before = spent(&stage.store, "ada", at(2)).await;
    stage.reopened(|_| {}).await;
    assert_eq!(spent(&stage.store, "ada", at(3)).await, before);
    let store = &stage.store;
    assert_eq!(over(store.reserve_call(call("ada", 101, at(3)), user_tokens(1_000)).await), BudgetOf::User);
    store.settle_call(open.id, settled(1, 0), at(4)).await.unwrap();
    store.reserve_call(call("ada", 699, at(5)), user_tokens(1_000)).await.unwrap();
}

async fn every_budget_holds_and_says_whose_it_is(stage: Stage) {
    let store = &stage.store;
    let none = SpendLimits::default();
    for (limits, whose) in [
        (user_tokens(99), BudgetOf::User),
        (SpendLimits { user_nano_usd_per_day: Some(999), ..none }, BudgetOf::User),
        (SpendLimits { all_tokens_per_day: Some(99), ..none }, BudgetOf::Everyone),
        (SpendLimits { all_nano_usd_per_day: Some(999), ..none }, BudgetOf::Everyone),
    ] {
        assert_eq!(over(store.reserve_call(call("ada", 100, at(0)), limits).await), whose);
        assert_eq!(spent(store, "ada", at(0)).await, Today::default(), "a refusal sets nothing aside");
    }
    let zero = user_tokens(0);
    assert_eq!(over(store.reserve_call(call("ada", 1, at(0)), zero).await), BudgetOf::User);
    let endless = NewCall { reserve_tokens: u64::MAX, reserve_nano_usd: u64::MAX, ..call("ada", 1, at(0)) };
    assert_eq!(over(store.reserve_call(endless, user_tokens(1_000_000_000)).await), BudgetOf::User);
    store.reserve_call(call("ada", 100, at(0)), user_tokens(100)).await.unwrap();
    // One user's budget is nothing to another.
    store.reserve_call(call("eve", 100, at(0)), user_tokens(100)).await.unwrap();
}

async fn what_was_spent_is_told_by_job_and_by_model(stage: Stage) {
    let store = &stage.store;
    let job = JobId::new(at(0));
    let ends = [
        settled(100, 50),
        Settled { outcome: "timeout", accepted_items: 0, ..settled(10, 0) },
        Settled { cached: true, ..settled(0, 0) },
    ];
    for (end, moment) in ends.into_iter().zip(0..) {
        let new = NewCall { job: Some(job), ..call("ada", 500, at(moment)) };
        store.reserve_call(new.clone(), SpendLimits::default()).await.unwrap();
        store.settle_call(new.id, end, at(moment)).await.unwrap();
    }
    let open = NewCall { job: Some(job), ..call("ada", 500, at(3)) };
    store.reserve_call(open.clone(), SpendLimits::default()).await.unwrap();

    let of_job = store.spent_by_job(user("ada"), job).await.unwrap();
    assert_eq!(of_job, JobSpending { calls: 2, tokens: 160, nano_usd: Some(1_600) });
    let hers = store.spent_by_job(user("eve"), job).await.unwrap();
    assert_eq!(hers, JobSpending { calls: 0, tokens: 0, nano_usd: Some(0) });
    let expected = ModelSpending {
        model: "some/model".into(),
        task: "flashcard_generation".into(),
        calls: 3,
        failed: 1,
        cached: 1,
        prompt_tokens: 110,
        completion_tokens: 50,
        nano_usd: 1_600,
        cost_unknown: 0,
        accepted_items: 6,
        took_ms: 2_700,
    };
    assert_eq!(store.spending_between(at(0), at(9)).await.unwrap(), [expected]);
    assert!(store.spending_between(at(4), at(9)).await.unwrap().is_empty());

    let answered_by_another = Settled { nano_usd: None, model: "other/model".into(), ..settled(7, 0) };
    store.settle_call(open.id, answered_by_another, at(9)).await.unwrap();
    assert_eq!(store.spent_by_job(user("ada"), job).await.unwrap().nano_usd, None);
    let told = store.spending_between(at(3), at(4)).await.unwrap();
    assert_eq!((told[0].model.as_str(), told[0].cost_unknown, told[0].nano_usd), ("other/model", 1, 5_000));
}
