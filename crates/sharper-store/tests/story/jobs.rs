//! Accepting and ending jobs: limits, keys, streams, all or nothing, exactly once.

use sharper_domain::ProblemCode;
use sharper_store::jobs::{CancelAnswer, End, Ending, JobState, QueueDepth};
use sharper_store::{QueueLimit, StoreError};
use tokio::task::JoinSet;

use crate::stage::{
    Stage, at, begun, cancelled, complete, event, job, last_event, leased_job, note, set, told_to_both, user,
    worker,
};

told_to_both!(
    a_user_may_have_twenty_unfinished_jobs,
    all_users_together_may_have_so_many_unfinished_jobs,
    the_last_free_place_is_given_once,
    one_key_makes_one_job,
    a_stream_has_one_job_at_a_time_and_never_repeats_a_number,
    the_log_has_no_gap_and_no_duplicate,
    a_fault_in_the_middle_of_the_end_leaves_nothing,
    a_job_makes_nothing_for_another_user,
    a_waiting_job_is_cancelled_at_once,
    a_running_job_is_asked_to_end,
    either_done_or_cancelled_wins_and_never_both,
);

async fn a_user_may_have_twenty_unfinished_jobs(stage: Stage) {
    let store = &stage.store;
    for moment in 0..19 {
        store.accept_job(job("ada", moment)).await.unwrap();
    }
    let last = store.accept_job(leased_job("ada", 19, "w1")).await.unwrap();
    let refused = store.accept_job(job("ada", 20)).await.unwrap_err();
    assert!(matches!(refused, StoreError::QueueFull { scope: QueueLimit::User, limit: 20 }), "{refused:?}");
    assert_eq!(refused.problem().code, ProblemCode::QueueFull);
    store.accept_job(job("eve", 20)).await.unwrap();
    assert_eq!(store.jobs_waiting().await.unwrap(), QueueDepth { queued: 20, running: 1 });
    let failed = End::Failed { problem: refused.problem() };
    let ending = Ending { events: vec![last_event(1, 21)], end: failed, trial: None, now: at(21) };
    store.finish_job(last.lease.unwrap(), ending).await.unwrap();
    store.accept_job(job("ada", 22)).await.unwrap();
}

async fn all_users_together_may_have_so_many_unfinished_jobs(mut stage: Stage) {
    stage.reopened(|settings| settings.jobs_in_all = 3).await;
    for owner in ["ada", "bob", "cyd"] {
        stage.store.accept_job(job(owner, 0)).await.unwrap();
    }
    let refused = stage.store.accept_job(job("dan", 1)).await;
    assert!(matches!(refused, Err(StoreError::QueueFull { scope: QueueLimit::Everyone, limit: 3 })));
}

async fn the_last_free_place_is_given_once(stage: Stage) {
    let mut tries = JoinSet::new();
    for moment in 0..40 {
        let store = stage.store.clone();
        tries.spawn(async move { store.accept_job(job("ada", moment)).await.is_ok() });
    }
    assert_eq!(tries.join_all().await.into_iter().filter(|accepted| *accepted).count(), 20);
}

async fn one_key_makes_one_job(stage: Stage) {
    let mut tries = JoinSet::new();
    let keyed = |moment: i64| {
        let mut new = job("ada", moment);
        new.note = Some(note("Osmosis."));
        new.idempotency_key = Some("k1".into());
        new
    };
    for moment in 0..10 {
        let (store, new) = (stage.store.clone(), keyed(moment));
        tries.spawn(async move { store.accept_job(new).await.unwrap() });
    }
    let answers = tries.join_all().await;
    assert_eq!(answers.iter().filter(|answer| !answer.repeated).count(), 1);
    assert!(
        answers.iter().all(|answer| answer.job == answers[0].job && answer.note_id == answers[0].note_id)
    );
    assert!(answers.iter().all(|answer| answer.session_id == answers[0].session_id));

    let mut other = keyed(20);
    other.request = serde_json::json!({"type": "chat"});
    assert!(matches!(stage.store.accept_job(other).await, Err(StoreError::KeyReused)));
    let mut eves = keyed(21);
    eves.user_id = user("eve");
    assert!(!stage.store.accept_job(eves).await.unwrap().repeated);
    let a_day_later = stage.store.accept_job(keyed(10 + 24 * 60 * 60)).await.unwrap();
    assert!(!a_day_later.repeated);
}

async fn a_stream_has_one_job_at_a_time_and_never_repeats_a_number(stage: Stage) {
    let store = &stage.store;
    let (first, lease) = begun(store, "ada", 0).await;
    let mut second = leased_job("ada", 1, "w1");
    second.session_id = first.session_id.clone();
    assert!(matches!(store.accept_job(second.clone()).await, Err(StoreError::Conflict(_))));
    let mut eves = job("eve", 1);
    eves.session_id = first.session_id.clone();
    // Another user's events under the same name would be told to whoever watches it.
    assert!(matches!(store.accept_job(eves).await, Err(StoreError::Conflict(_))));

    store.finish_job(lease, cancelled(2, 2)).await.unwrap();
    let accepted = store.accept_job(second.clone()).await.unwrap();
    assert_eq!(accepted.first_seq, 3);
    store.append_events(accepted.lease.unwrap(), vec![event(3, 3)]).await.unwrap();
    let newest = |owner: Option<&str>| store.job_by_session(first.session_id.clone(), owner.map(user));
    let newest_of_ada = newest(Some("ada")).await.unwrap();
    assert_eq!((newest_of_ada.id, newest_of_ada.first_seq, newest_of_ada.last_seq), (second.id, 3, 3));
    assert_eq!(newest(None).await.unwrap().id, second.id);
    assert!(matches!(newest(Some("eve")).await, Err(StoreError::NotFound)));
    assert!(matches!(newest(Some("bob")).await, Err(StoreError::NotFound)));
}

async fn the_log_has_no_gap_and_no_duplicate(stage: Stage) {
    let (new, lease) = begun(&stage.store, "ada", 0).await;
    for wrong in [0, 1, 3, -1, i64::MAX] {
        let refused = stage.store.append_events(lease, vec![event(wrong, 1)]).await;
        assert!(matches!(refused, Err(StoreError::Conflict(_))), "{wrong}: {refused:?}");
    }
    let half_wrong = stage.store.append_events(lease, vec![event(2, 1), event(4, 1)]).await;
    assert!(matches!(half_wrong, Err(StoreError::Conflict(_))));
    let gap_at_the_end = stage.store.finish_job(lease, cancelled(3, 2)).await;
    assert!(matches!(gap_at_the_end, Err(StoreError::Conflict(_))));
    stage.store.append_events(lease, vec![event(2, 1)]).await.unwrap();
    let log = stage.store.events_after(new.id, 0, 100).await.unwrap();
    assert_eq!(log.iter().map(|event| event.seq).collect::<Vec<_>>(), [1, 2]);
}

async fn a_fault_in_the_middle_of_the_end_leaves_nothing(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let (new, lease) = begun(store, "ada", 0).await;
    let mut made = set("ada", 1, None);
    made.cards[1].id = made.cards[0].id;
    assert!(matches!(store.finish_job(lease, complete(2, 1, made)).await, Err(StoreError::Conflict(_))));
    assert!(store.sets(ada.clone(), 9).await.unwrap().is_empty());
    assert!(store.recent_flashcards(ada.clone(), 9).await.unwrap().is_empty());
    assert_eq!(store.events_after(new.id, 0, 9).await.unwrap().len(), 1);
    assert_eq!(store.job(ada.clone(), new.id).await.unwrap().state, JobState::Running);

    store.finish_job(lease, complete(2, 1, set("ada", 1, None))).await.unwrap();
    let again = store.finish_job(lease, complete(3, 2, set("ada", 2, None))).await;
    assert!(matches!(again, Err(StoreError::LeaseLost)));
    assert_eq!(store.sets(ada, 9).await.unwrap().len(), 1);
}

async fn a_job_makes_nothing_for_another_user(stage: Stage) {
    let (_, lease) = begun(&stage.store, "ada", 0).await;
    let end = stage.store.finish_job(lease, complete(2, 1, set("eve", 1, None))).await;
    assert!(matches!(end, Err(StoreError::Internal(_))));
    assert!(stage.store.sets(user("eve"), 9).await.unwrap().is_empty());
}

async fn a_waiting_job_is_cancelled_at_once(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let new = job("ada", 0);
    store.accept_job(new.clone()).await.unwrap();
    assert_eq!(store.request_cancel(ada.clone(), new.id, at(1)).await.unwrap(), CancelAnswer::Cancelled);
    let ended = CancelAnswer::Ended(JobState::Cancelled);
    assert_eq!(store.request_cancel(ada.clone(), new.id, at(2)).await.unwrap(), ended);
    let log = store.events_after(new.id, 0, 9).await.unwrap();
    assert_eq!((log.len(), log[0].seq, log[0].kind.as_str()), (1, 1, "error"));
    assert!(log[0].body.contains(r#""code":"cancelled""#));
    let kept = store.job(ada, new.id).await.unwrap();
    assert_eq!((kept.state, kept.last_seq), (JobState::Cancelled, 1));
    assert_eq!(kept.problem.unwrap().code, ProblemCode::Cancelled);
    assert!(store.claim_jobs(worker("w1"), at(3), at(9), 9).await.unwrap().is_empty());
}

async fn a_running_job_is_asked_to_end(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let (new, lease) = begun(store, "ada", 0).await;
    assert_eq!(store.request_cancel(ada.clone(), new.id, at(1)).await.unwrap(), CancelAnswer::Asked);
    assert_eq!(store.cancel_wishes(worker("w1")).await.unwrap(), [new.id]);
    assert!(store.cancel_wishes(worker("w2")).await.unwrap().is_empty());
    let heartbeat = store.heartbeat(worker("w1"), vec![lease], at(99)).await.unwrap();
    assert_eq!((heartbeat.cancel, heartbeat.lost), (vec![new.id], vec![]));
    store.finish_job(lease, cancelled(2, 2)).await.unwrap();
    assert_eq!(store.job(ada, new.id).await.unwrap().state, JobState::Cancelled);
}

async fn either_done_or_cancelled_wins_and_never_both(stage: Stage) {
    for round in 0..20 {
        let (new, lease) = begun(&stage.store, "ada", round * 100).await;
        let done = complete(2, round * 100, set("ada", round * 100, None));
        let (left, right) = (stage.store.clone(), stage.store.clone());
        let finishing = tokio::spawn(async move { left.finish_job(lease, done).await });
        let cancelling = tokio::spawn(async move { right.finish_job(lease, cancelled(2, 1)).await });
        let (finished, cancelled) = (finishing.await.unwrap(), cancelling.await.unwrap());
        assert!(finished.is_ok() != cancelled.is_ok(), "{finished:?} {cancelled:?}");
        let state = stage.store.job(user("ada"), new.id).await.unwrap().state;
        assert_eq!(state, if finished.is_ok() { JobState::Complete } else { JobState::Cancelled });
        assert_eq!(stage.store.events_after(new.id, 0, 9).await.unwrap().len(), 2);
    }
    let (claimed, mut cancelled) = (stage.store.clone(), 0);
    for round in 0..20 {
        let new = job("eve", round);
        stage.store.accept_job(new.clone()).await.unwrap();
        let claiming = tokio::spawn({
            let store = claimed.clone();
            async move { store.claim_jobs(worker("w1"), at(round), at(9999), 1).await.unwrap() }
        });
        let answer = stage.store.request_cancel(user("eve"), new.id, at(round)).await.unwrap();
        let got = claiming.await.unwrap();
        assert_eq!(got.is_empty(), answer == CancelAnswer::Cancelled, "{answer:?}");
        for job in got {
            cancelled += 1;
            stage.store.finish_job(job.lease, crate::stage::cancelled(job.next_seq, round)).await.unwrap();
        }
    }
    assert!(cancelled <= 20);
}
