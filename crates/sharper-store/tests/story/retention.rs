//! Retention: what is old goes a few rows at a time, and nothing else does. And alerts: one of many instances tells.

use std::time::Duration;

use sharper_domain::{ExecutionId, JobId, Timestamp};
use sharper_store::Durability;
use sharper_store::alerts::AlertState;
use sharper_store::executions::{Execution, ExecutionStatus};
use sharper_store::retention::Shelf;

use crate::stage::{Stage, at, begun, event, last_event, session, set, told_to_both, user};

told_to_both!(
    what_is_old_goes_a_few_rows_at_a_time,
    the_events_of_ended_jobs_go_but_for_the_last,
    of_many_who_see_a_change_one_makes_it,
);

const DAY: i64 = 86_400;

fn run(when: Timestamp) -> Execution {
    Execution {
        id: ExecutionId::new(when),
        user_id: Some(user("ada")),
        session_id: Some(session("s")),
        request_id: None,
        agent_name: "quiz_agent".into(),
        input_data: None,
        output_data: None,
        execution_time_ms: 1,
        tokens_used: 1,
        model_used: None,
        status: ExecutionStatus::Success,
        error_message: None,
        created_at: when,
        items: vec![],
    }
}

async fn rows(stage: &Stage, table: &'static str) -> u64 {
    let count = match table {
        "agent_executions" => "SELECT count(*) AS n FROM agent_executions",
        "minutes" => "SELECT count(*) AS n FROM execution_rollups WHERE grain = 'minute'",
        "hours" => "SELECT count(*) AS n FROM execution_rollups WHERE grain = 'hour'",
        "model_calls" => "SELECT count(*) AS n FROM model_calls",
        "spending" => "SELECT count(*) AS n FROM spending",
        "sign_ins" => "SELECT count(*) AS n FROM sign_ins",
        _ => "SELECT count(*) AS n FROM admin_log",
    };
    stage.store.house().read(move |conn| conn.query_one(count, &[])?.get("n")).await.unwrap()
}

async fn what_is_old_goes_a_few_rows_at_a_time(stage: Stage) {
    stage.store.record_executions((0..10).map(|day| run(at(day * DAY))).collect()).await.unwrap();
    let fill = [
        "INSERT INTO model_calls (id, user_id, task, model, day, reserved_tokens, reserved_nano_usd, created_at) \
         VALUES ('00000000-0000-7000-8000-000000000001', 'ada', 'quiz', 'm', 0, 1, 0, 5)",
        "INSERT INTO model_calls (id, user_id, task, model, day, reserved_tokens, reserved_nano_usd, created_at, settled_at, \
         outcome, prompt_tokens, completion_tokens) \
         VALUES ('00000000-0000-7000-8000-000000000002', 'ada', 'quiz', 'm', 0, 1, 0, 5, 6, 'ok', 1, 1)",
        "INSERT INTO spending VALUES (0, 'ada', 0, 0, 1, 1, 1), (20000, 'ada', 0, 0, 1, 1, 1), (30000, 'ada', 0, 0, 1, 1, 1)",
        "INSERT INTO sign_ins VALUES ('a', NULL, '', 1, 1, 2), ('b', NULL, '', 1, 1, 4000000000000000)",
        "INSERT INTO admin_log (id, actor, action, request_id, status, at) \
         VALUES ('00000000-0000-7000-8000-000000000003', 'a', 'b', 'c', 200, 4)",
    ];
    let filling = stage.store.house().write(Durability::Relaxed, move |conn| {
        fill.iter().try_for_each(|statement| conn.execute(*statement, &[]).map(drop))
    });
    filling.await.unwrap();
    let before = at(6 * DAY - 3_600);
    let prune = |shelf, limit| stage.store.prune(shelf, before, limit);
    assert_eq!(prune(Shelf::Executions, 4).await.unwrap(), 4);
    assert_eq!(prune(Shelf::Executions, 4).await.unwrap(), 2);
    assert_eq!(prune(Shelf::Executions, 4).await.unwrap(), 0);
    assert_eq!((rows(&stage, "agent_executions").await, rows(&stage, "minutes").await), (4, 10));
    assert_eq!(prune(Shelf::Minutes, 99).await.unwrap(), 6);
    assert_eq!((rows(&stage, "minutes").await, rows(&stage, "hours").await), (4, 10));
    // The hours still know of everything.
    let told = stage.store.metrics(at(9 * DAY), 10 * 24).await.unwrap();
    assert_eq!(told.agent_metrics["quiz_agent"].count, 10);
    assert_eq!(prune(Shelf::Hours, 99).await.unwrap(), 6);
    // A call that is under way stays, and so does the day that is not over.
    for (shelf, table, left) in [
        (Shelf::ModelCalls, "model_calls", 1),
        (Shelf::Days, "spending", 1),
        (Shelf::Credentials, "sign_ins", 1),
        (Shelf::AdminLog, "admin_log", 0),
        (Shelf::AlertHistory, "admin_log", 0),
    ] {
        prune(shelf, 99).await.unwrap();
        assert_eq!(rows(&stage, table).await, left, "{shelf:?}");
    }
}

async fn the_events_of_ended_jobs_go_but_for_the_last(stage: Stage) {
    let store = &stage.store;
    let mut ended: Vec<JobId> = Vec::new();
    for moment in [0, 10, 20, 40 * DAY] {
        let (new, lease) = begun(store, "ada", moment).await;
        store.append_events(lease, vec![event(2, moment)]).await.unwrap();
        let made = set("ada", moment, None);
        let ending = crate::stage::complete(3, moment + 1, made);
        store.finish_job(lease, ending).await.unwrap();
        ended.push(new.id);
    }
    let (running, _) = begun(store, "ada", 30).await;
    let before = at(30 * DAY);
    let first = store.prune_events(None, before, 2).await.unwrap();
    assert_eq!((first.events, first.last), (4, Some(ended[1])));
    let second = store.prune_events(first.last, before, 2).await.unwrap();
    assert_eq!((second.events, second.last), (2, Some(ended[2])));
    assert_eq!(store.prune_events(second.last, before, 2).await.unwrap().last, None);
    assert_eq!(store.prune_events(None, before, 2).await.unwrap().last, None, "nothing is left to do");
    for (job, left) in [(ended[0], 1), (ended[2], 1), (ended[3], 3), (running.id, 1)] {
        let events = store.events_after(job, 0, 9).await.unwrap();
        assert_eq!(events.len(), left, "{job}");
        assert!(left != 1 || job == running.id || events[0].seq == last_event(3, 0).seq);
    }
}

async fn of_many_who_see_a_change_one_makes_it(stage: Stage) {
    let state = |firing, minute| AlertState {
        rule: "budget".into(),
        firing,
        value: Some(91.5),
        since: at(60 * minute),
        checked_at: at(60 * minute),
        told_at: None,
        streak: 0,
    };
    let mut before = None;
    for (minute, firing) in [(1, true), (2, false)] {
        let mut moving = tokio::task::JoinSet::new();
        for instance in 0..6 {
            let store = stage.store.clone();
            let mut next = state(firing, minute);
            next.checked_at += Duration::from_millis(instance);
            moving.spawn(
                async move { store.move_alert(next, before, Some("It is so.".into())).await.unwrap() },
            );
        }
        let moved = moving.join_all().await;
        assert_eq!(moved.iter().filter(|moved| **moved).count(), 1);
        let now = stage.store.alert_state("budget".into()).await.unwrap().unwrap();
        assert_eq!((now.firing, now.value, now.since), (firing, Some(91.5), at(60 * minute)));
        before = Some(now.checked_at);
    }
    let history = stage.store.alert_history(9).await.unwrap();
    let told: Vec<_> = history.iter().map(|change| (change.firing, change.detail.as_str())).collect();
    assert_eq!(told, [(false, "It is so."), (true, "It is so.")]);
    assert_eq!(stage.store.alert_states().await.unwrap().len(), 1);
}
