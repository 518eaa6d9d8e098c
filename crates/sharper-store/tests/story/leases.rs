//! Claims, leases and fences: each job has one worker, and a worker that lost it writes nothing.

use std::collections::HashSet;

use sharper_domain::{Problem, ProblemCode};
use sharper_store::StoreError;
use sharper_store::jobs::{Expired, JobState, Lease};
use tokio::task::JoinSet;

use crate::stage::{
    Stage, at, begun, cancelled, complete, event, job, leased_job, set, told_to_both, user, worker,
};

told_to_both!(
    eight_workers_claim_two_hundred_jobs_once_each,
    a_full_queue_of_one_user_does_not_hold_up_another,
    a_worker_that_lost_its_lease_writes_nothing,
    a_lease_that_is_renewed_does_not_expire,
    a_job_that_kills_workers_is_set_aside,
    a_job_to_be_cancelled_is_not_given_to_another_worker,
    a_job_is_tried_again_when_its_time_has_come,
    a_released_job_waits_again_and_the_attempt_does_not_count,
);

async fn eight_workers_claim_two_hundred_jobs_once_each(stage: Stage) {
    for number in 0..200 {
        stage.store.accept_job(job(&format!("user{}", number % 20), number)).await.unwrap();
    }
    let mut workers = JoinSet::new();
    for name in 0..8 {
        let store = stage.store.clone();
        workers.spawn(async move {
            let mut mine = Vec::new();
            loop {
                let claimed =
                    store.claim_jobs(worker(&format!("w{name}")), at(300), at(400), 3).await.unwrap();
                if claimed.is_empty() && store.jobs_waiting().await.unwrap().queued == 0 {
                    return mine;
                }
                mine.extend(claimed.iter().map(|job| job.lease));
            }
        });
    }
    let leases: Vec<Lease> = workers.join_all().await.into_iter().flatten().collect();
    assert_eq!(leases.len(), 200);
    assert!(leases.iter().all(|lease| lease.fence == 1));
    assert_eq!(leases.iter().map(|lease| lease.job).collect::<HashSet<_>>().len(), 200);
}

async fn a_full_queue_of_one_user_does_not_hold_up_another(stage: Stage) {
    let store = &stage.store;
    for moment in 0..10 {
        store.accept_job(job("ada", moment)).await.unwrap();
    }
    let first = store.claim_jobs(worker("w1"), at(50), at(99), 2).await.unwrap();
    assert!(first.iter().all(|job| job.user_id == user("ada")));
    for moment in 20..22 {
        store.accept_job(job("eve", moment)).await.unwrap();
    }
    let next = store.claim_jobs(worker("w1"), at(50), at(99), 5).await.unwrap();
    let owners: Vec<_> = next.iter().map(|job| job.user_id.as_str()).collect();
    assert_eq!(owners, ["ada", "eve", "ada", "eve", "ada"]);
}

async fn a_worker_that_lost_its_lease_writes_nothing(stage: Stage) {
    let store = &stage.store;
    let (new, stale) = begun(store, "ada", 0).await;
    let expired = store.expire_leases(at(60)).await.unwrap();
    assert_eq!(expired, Expired { requeued: vec![new.id], ..Expired::default() });
    let refused = store.append_events(stale, vec![event(2, 61)]).await;
    assert!(matches!(refused, Err(StoreError::LeaseLost)));

    let claimed = store.claim_jobs(worker("w2"), at(62), at(99), 9).await.unwrap().remove(0);
    assert_eq!((claimed.lease.fence, claimed.attempts, claimed.next_seq), (2, 2, 2));
    assert!(matches!(store.append_events(stale, vec![event(2, 63)]).await, Err(StoreError::LeaseLost)));
    let done = complete(2, 63, set("ada", 63, None));
    assert!(matches!(store.finish_job(stale, done.clone()).await, Err(StoreError::LeaseLost)));
    assert!(matches!(store.release_job(stale, at(63)).await, Err(StoreError::LeaseLost)));
    let problem = Problem::new(ProblemCode::Unavailable, "away");
    assert!(matches!(store.retry_job(stale, at(64), problem, at(63)).await, Err(StoreError::LeaseLost)));
    let heartbeat = store.heartbeat(worker("w1"), vec![stale], at(200)).await.unwrap();
    assert_eq!(heartbeat.lost, [new.id]);
    assert!(store.sets(user("ada"), 9).await.unwrap().is_empty());

    store.append_events(claimed.lease, vec![event(2, 64)]).await.unwrap();
    store.finish_job(claimed.lease, complete(3, 65, set("ada", 65, None))).await.unwrap();
    assert_eq!(store.sets(user("ada"), 9).await.unwrap().len(), 1);
}

async fn a_lease_that_is_renewed_does_not_expire(stage: Stage) {
    let (_, lease) = begun(&stage.store, "ada", 0).await;
    assert_eq!(stage.store.heartbeat(worker("w1"), vec![lease], at(120)).await.unwrap().lost, []);
    assert_eq!(stage.store.expire_leases(at(119)).await.unwrap(), Expired::default());
    assert_eq!(stage.store.expire_leases(at(120)).await.unwrap().requeued, [lease.job]);
}

async fn a_job_that_kills_workers_is_set_aside(stage: Stage) {
    let store = &stage.store;
    let (new, _) = begun(store, "ada", 0).await;
    for crash in 1..3 {
        assert_eq!(store.expire_leases(at(100 * crash)).await.unwrap().requeued, [new.id]);
        let claimed = store.claim_jobs(worker("w2"), at(100 * crash), at(100 * crash + 50), 1).await.unwrap();
        assert_eq!(claimed.len(), 1);
    }
    assert_eq!(store.expire_leases(at(300)).await.unwrap().quarantined, [new.id]);
    let job = store.job(user("ada"), new.id).await.unwrap();
    assert_eq!((job.state, job.last_seq), (JobState::Failed, 2));
    assert!(job.problem.unwrap().detail.contains("3 times"));
    let log = store.events_after(new.id, 1, 9).await.unwrap();
    assert_eq!((log.len(), log[0].kind.as_str()), (1, "error"));
}

async fn a_job_to_be_cancelled_is_not_given_to_another_worker(stage: Stage) {
    let store = &stage.store;
    let (crashed, _) = begun(store, "ada", 0).await;
    store.request_cancel(user("ada"), crashed.id, at(1)).await.unwrap();
    assert_eq!(store.expire_leases(at(60)).await.unwrap().cancelled, [crashed.id]);
    let (given_back, lease) = begun(store, "ada", 100).await;
    store.request_cancel(user("ada"), given_back.id, at(101)).await.unwrap();
    assert_eq!(store.release_job(lease, at(102)).await.unwrap(), JobState::Cancelled);
    for id in [crashed.id, given_back.id] {
        let job = store.job(user("ada"), id).await.unwrap();
        assert_eq!((job.state, job.last_seq), (JobState::Cancelled, 2));
    }
    assert!(store.claim_jobs(worker("w2"), at(200), at(300), 9).await.unwrap().is_empty());
}

async fn a_job_is_tried_again_when_its_time_has_come(stage: Stage) {
    let store = &stage.store;
    let (new, lease) = begun(store, "ada", 0).await;
    let problem = Problem::new(ProblemCode::Unavailable, "The model is away.");
    assert_eq!(store.retry_job(lease, at(30), problem.clone(), at(5)).await.unwrap(), JobState::Queued);
    let waiting = store.job(user("ada"), new.id).await.unwrap();
    assert_eq!((waiting.state, waiting.attempts, waiting.problem), (JobState::Queued, 1, Some(problem)));
    assert!(store.claim_jobs(worker("w2"), at(29), at(99), 9).await.unwrap().is_empty());
    let claimed = store.claim_jobs(worker("w2"), at(30), at(99), 9).await.unwrap();
    assert_eq!((claimed[0].attempts, claimed[0].next_seq), (2, 2));
    store.finish_job(claimed[0].lease, cancelled(2, 31)).await.unwrap();
}

async fn a_released_job_waits_again_and_the_attempt_does_not_count(stage: Stage) {
    let store = &stage.store;
    let lease = store.accept_job(leased_job("ada", 0, "w1")).await.unwrap().lease.unwrap();
    assert_eq!(store.release_job(lease, at(1)).await.unwrap(), JobState::Queued);
    let claimed = store.claim_jobs(worker("w2"), at(1), at(99), 9).await.unwrap();
    assert_eq!((claimed[0].lease.fence, claimed[0].attempts), (2, 1));
}
