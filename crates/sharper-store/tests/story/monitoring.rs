//! Monitoring: what is told of runs is what a count over the rows says, and every request has its whole story.

use std::collections::BTreeMap;
use std::time::Duration;

use sharper_domain::{ExecutionId, Fault, JobId, TaskKind, Timestamp};
use sharper_store::executions::{Execution, ExecutionStatus, ItemCount, ItemOutcome, Metrics, REQUESTS};
use sharper_store::feedback::NewFeedback;
use sharper_store::spending::{CallId, NewCall, Settled, SpendLimits};
use sharper_store::{Durability, Store, StoreError};

use crate::stage::{Stage, at, begun, session, told_to_both, user};

told_to_both!(
    metrics_equal_a_count_over_the_rows_whatever_the_window,
    metrics_without_old_minutes_are_the_same,
    instances_that_record_at_once_lose_nothing,
    errors_come_newest_first_and_in_groups,
    a_request_has_its_whole_story_and_its_user_their_sums,
    items_are_counted_by_fate_and_fault,
    a_curve_has_every_request_once,
    requests_are_counted_by_when_they_ended,
    the_requests_of_a_user_are_all_counted_however_many_runs_there_are,
);

/// Numbers that look like chance and are the same each time.
struct Chance(u64);

impl Chance {
    fn under(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

fn micros(at: Timestamp, micros: i64) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond() + micros).unwrap()
}

fn run(agent: &str, when: Timestamp, status: ExecutionStatus) -> Execution {
    Execution {
        id: ExecutionId::new(when),
        user_id: Some(user("ada")),
        session_id: Some(session("s")),
        request_id: Some("r".into()),
        agent_name: agent.into(),
        input_data: None,
        output_data: None,
        execution_time_ms: 40,
        tokens_used: 7,
        model_used: Some("offline".into()),
        status,
        error_message: None,
        created_at: when,
        items: vec![],
    }
}

/// Runs of five agents over three days, some failing, many at the very edges of minutes and hours.
fn many(count: u64, seed: u64) -> Vec<Execution> {
    let mut chance = Chance(seed);
    let agents = [REQUESTS, "rag_agent", "quiz_agent", "quality_agent", "flashcard_agent"];
    let one = |_| {
        let hour = at(0).as_microsecond() / 3_600_000_000 * 3_600_000_000;
        let offset = match chance.under(4) {
            0 => chance.under(72) as i64 * 3_600_000_000 - chance.under(2) as i64,
            1 => chance.under(72 * 60) as i64 * 60_000_000 - chance.under(2) as i64,
            _ => chance.under(72 * 3_600_000_000) as i64,
        };
        let status = [ExecutionStatus::Success, ExecutionStatus::Failure, ExecutionStatus::Timeout]
            [chance.under(5).saturating_sub(2) as usize];
        let when = Timestamp::from_microsecond(hour + offset).unwrap();
        let size = chance.under(20);
        let execution_time_ms = chance.under(1 << size);
        let agent = agents[chance.under(5) as usize];
        Execution { execution_time_ms, tokens_used: chance.under(9_000), ..run(agent, when, status) }
    };
    (0..count).map(one).collect()
}

/// What the metrics of a window must say: agent, runs, successes, timeouts, milliseconds, tokens.
type Count = BTreeMap<String, (u64, u64, u64, u64, u64)>;

fn counted(runs: &[Execution], now: Timestamp, hours: i64) -> Count {
    let mut all = Count::new();
    for run in runs {
        if run.created_at < micros(now, -hours * 3_600_000_000) || run.created_at > now {
            continue;
        }
        let of = all.entry(run.agent_name.clone()).or_default();
        of.0 += 1;
        of.1 += u64::from(run.status == ExecutionStatus::Success);
        of.2 += u64::from(run.status == ExecutionStatus::Timeout);
        of.3 += run.execution_time_ms;
        of.4 += run.tokens_used;
    }
    all
}

fn hold(told: &Metrics, wanted: &Count, case: &str) {
    assert_eq!(told.agent_metrics.keys().collect::<Vec<_>>(), wanted.keys().collect::<Vec<_>>(), "{case}");
    let mean = |sum: u64, count: u64| ((sum as f64 / count as f64) * 100.0).round() / 100.0;
    for (agent, (runs, good, late, ms, tokens)) in wanted {
        let of = &told.agent_metrics[agent];
        let figures = (of.count, of.failed, of.timeouts, of.total_tokens);
        assert_eq!(figures, (*runs, runs - good, *late, *tokens), "{agent}, {case}");
        assert_eq!((of.avg_time_ms, of.success_rate), (mean(*ms, *runs), mean(good * 100, *runs)), "{case}");
        assert!(of.p50_ms <= of.p95_ms && of.p95_ms <= of.p99_ms && of.p50_ms.is_some(), "{case}");
    }
    let (runs, good, late, ms, _) = wanted.get(REQUESTS).copied().unwrap_or_default();
    assert_eq!((told.total_requests, told.successful, told.failed), (runs, good, runs - good), "{case}");
    assert_eq!(told.timeouts, late, "{case}");
    assert_eq!(told.avg_execution_time_ms, if runs == 0 { 0.0 } else { mean(ms, runs) }, "{case}");
    let others = wanted.iter().filter(|(agent, _)| *agent != REQUESTS);
    assert_eq!(told.total_tokens_used, others.map(|(_, of)| of.4).sum::<u64>(), "{case}");
}

/// Windows that end and begin anywhere, on edges too.
async fn compare(store: &Store, runs: &[Execution], seed: u64) {
    let mut chance = Chance(seed);
    for number in 0..40 {
        let minute = at(0).as_microsecond() / 60_000_000 * 60_000_000;
        let offset = match number % 3 {
            0 => chance.under(80 * 60) as i64 * 60_000_000 - chance.under(3) as i64,
            _ => chance.under(80 * 3_600_000_000) as i64,
        };
        let now = Timestamp::from_microsecond(minute + offset).unwrap();
        let hours = [1, 2, 24, 100][chance.under(4) as usize];
        let told = store.metrics(now, hours).await.unwrap();
        hold(&told, &counted(runs, now, i64::from(hours)), &format!("{hours} h before {now}"));
    }
}

async fn metrics_equal_a_count_over_the_rows_whatever_the_window(stage: Stage) {
    let runs = many(1_500, 1);
    for batch in runs.chunks(97) {
        stage.store.record_executions(batch.to_vec()).await.unwrap();
    }
    compare(&stage.store, &runs, 2).await;
    // The times are in the histogram of every window: all requests of the three days.
    let all = stage.store.metrics(at(300_000), 200).await.unwrap();
    let mut times: Vec<u64> =
        runs.iter().filter(|run| run.agent_name == REQUESTS).map(|run| run.execution_time_ms).collect();
    times.sort_unstable();
    for (told, share) in [(all.p50_ms, 0.5), (all.p95_ms, 0.95), (all.p99_ms, 0.99)] {
        let real = times[((times.len() as f64 * share).ceil() as usize) - 1] as f64;
        let told = told.unwrap();
        assert!(told >= real && told <= real.max(1.0) * 1.19, "{share}: {told} for {real}");
    }
}

async fn metrics_without_old_minutes_are_the_same(stage: Stage) {
    let runs = many(600, 3);
    stage.store.record_executions(runs.clone()).await.unwrap();
    let before = micros(at(0), 30 * 3_600_000_000 + 1_234_567);
    let forget = "DELETE FROM execution_rollups WHERE grain = 'minute' AND start < $1";
    let forgotten =
        stage.store.house().write(Durability::Relaxed, move |conn| conn.execute(forget, &[before.into()]));
    assert!(forgotten.await.unwrap() > 100);
    compare(&stage.store, &runs, 4).await;
}

async fn instances_that_record_at_once_lose_nothing(stage: Stage) {
    let runs = many(800, 5);
    let mut recording = tokio::task::JoinSet::new();
    for mut batch in runs.chunks(50).map(<[Execution]>::to_vec) {
        let store = stage.store.clone();
        // Each in another order.
        batch.rotate_left(17);
        recording.spawn(async move { store.record_executions(batch).await });
    }
    assert!(recording.join_all().await.iter().all(Result::is_ok));
    compare(&stage.store, &runs, 6).await;
}

async fn errors_come_newest_first_and_in_groups(stage: Stage) {
    let mut runs: Vec<Execution> = (0..6)
        .map(|n| Execution {
            error_message: Some(format!("the model took {n} seconds")),
            request_id: Some(format!("request-{n}")),
            ..run("quiz_agent", at(n), ExecutionStatus::Timeout)
        })
        .collect();
    runs.push(Execution {
        error_message: Some("the model is away".into()),
        user_id: None,
        ..run(REQUESTS, at(9), ExecutionStatus::Failure)
    });
    runs.push(run(REQUESTS, at(10), ExecutionStatus::Success));
    stage.store.record_executions(runs).await.unwrap();
    let errors = stage.store.errors(3, at(0)).await.unwrap();
    assert_eq!(errors.iter().map(|error| error.created_at).collect::<Vec<_>>(), [at(9), at(5), at(4)]);
    assert_eq!((errors[0].status, errors[1].request_id.as_deref()), ("failure", Some("request-5")));
    let groups = stage.store.error_groups(at(1)).await.unwrap();
    let told: Vec<_> = groups.iter().map(|group| (group.shape.as_str(), group.count, group.users)).collect();
    assert_eq!(told, [("the model took # seconds", 5, 1), ("the model is away", 1, 0)]);
    assert_eq!((groups[0].first, groups[0].last), (at(1), at(5)));
    assert_eq!(groups[0].latest_request_id.as_deref(), Some("request-5"));
}

async fn call(store: &Store, job: Option<JobId>, task: &str, tokens: u64, seconds: i64) {
    let new = NewCall {
        id: CallId::new(at(seconds)),
        user: user("ada"),
        job,
        task: task.into(),
        model: "small".into(),
        reserve_tokens: 5_000,
        reserve_nano_usd: 9,
        now: at(seconds),
    };
    let settled = Settled {
        prompt_tokens: tokens,
        completion_tokens: 1,
        estimated: false,
        nano_usd: (tokens > 10).then_some(2_000_000_000),
        cost_reported: true,
        cached: false,
        outcome: "ok",
        took_ms: 12,
        model: "small".into(),
        accepted_items: 0,
    };
    let id = new.id;
    store.reserve_call(new, SpendLimits::default()).await.unwrap();
    store.settle_call(id, settled.clone(), at(seconds + 1)).await.unwrap();
    store.settle_call(id, settled, at(seconds + 2)).await.unwrap();
}

async fn a_request_has_its_whole_story_and_its_user_their_sums(stage: Stage) {
    let store = &stage.store;
    let (job, _) = begun(store, "ada", 0).await;
    let request = job.id.to_string();
    let of = |agent: &str, seconds| Execution {
        request_id: Some(request.clone()),
        input_data: Some(serde_json::json!({"notes": 2})),
        ..run(agent, at(seconds), ExecutionStatus::Success)
    };
    store.record_executions(vec![of(REQUESTS, 1), of("quiz_agent", 2)]).await.unwrap();
    store.record_executions(vec![run(REQUESTS, at(3), ExecutionStatus::Failure)]).await.unwrap();
    call(store, Some(job.id), "quiz", 100, 4).await;
    call(store, Some(job.id), "judge", 50, 5).await;
    call(store, None, "chat", 10, 6).await;

    let story = store.request_story(request.clone()).await.unwrap();
    let told = story.job.as_ref().map(|job| (job.state, job.kind, job.user_id.clone()));
    assert_eq!(told, Some(("running", TaskKind::FlashcardGeneration, user("ada"))));
    assert_eq!(
        story.runs.iter().map(|run| run.agent_name.as_str()).collect::<Vec<_>>(),
        [REQUESTS, "quiz_agent"]
    );
    assert_eq!(story.runs[0].input_data, Some(serde_json::json!({"notes": 2})));
    assert_eq!(story.calls.iter().map(|call| call.task.as_str()).collect::<Vec<_>>(), ["quiz", "judge"]);
    assert_eq!((story.tokens, story.cost_usd), (152, Some(4.0)));
    assert!(matches!(store.request_story("nobody's".into()).await, Err(StoreError::NotFound)));
    assert_eq!(store.request_story("r".into()).await.unwrap().runs.len(), 1);

    let told = store.metrics(at(60), 1).await.unwrap();
    assert_eq!((told.ledger_tokens, told.model_calls, told.cost_unknown), (163, 3, 1));
    assert_eq!(told.cost_usd, 4.000_000_009);
    assert_eq!(told.agent_metrics["quiz_agent"].cost_usd, 2.0);
    let before = store.metrics(at(5), 1).await.unwrap();
    assert_eq!((before.ledger_tokens, before.model_calls), (152, 2), "the end is in the window");

    let users = store.users(at(60), 1, 9).await.unwrap();
    assert_eq!(users.len(), 1);
    assert_eq!((users[0].requests, users[0].failed, users[0].tokens, users[0].last_seen), (2, 1, 163, at(3)));
    let activity = store.user_activity(user("ada"), 2).await.unwrap();
    let told: Vec<_> = activity.iter().map(|run| (run.agent_name.as_str(), run.status)).collect();
    assert_eq!(told, [(REQUESTS, "failure"), ("quiz_agent", "success")]);
    assert!(store.user_activity(user("eve"), 9).await.unwrap().is_empty());
}

async fn items_are_counted_by_fate_and_fault(stage: Stage) {
    let task = TaskKind::QuizGeneration;
    let count = |outcome, fault, count| ItemCount { task, outcome, fault, count };
    let items = vec![
        count(ItemOutcome::Accepted, None, 6),
        count(ItemOutcome::Withdrawn, Some(Fault::Unsafe), 1),
        count(ItemOutcome::Rejected, Some(Fault::Duplicate), 2),
        count(ItemOutcome::Rejected, Some(Fault::Unsafe), 3),
    ];
    let one =
        |seconds| Execution { items: items.clone(), ..run(REQUESTS, at(seconds), ExecutionStatus::Success) };
    stage.store.record_executions(vec![one(0), one(1)]).await.unwrap();
    stage.store.record_executions(vec![one(-7_200 * 20)]).await.unwrap();
    for rating in [5, 4, 1] {
        let content_type = "quiz".to_owned();
        let new =
            NewFeedback { content_type, content_id: "q".into(), rating, feedback_text: None, issues: vec![] };
        stage.store.add_feedback(user("ada"), new, at(2)).await.unwrap();
    }
    let quality = stage.store.quality(at(3), 24).await.unwrap();
    let told = &quality.tasks["quiz_generation"];
    assert_eq!((told.accepted, told.withdrawn, told.rejected, told.pass_rate), (12, 2, 10, 50.0));
    let faults: Vec<_> =
        told.faults.iter().map(|fault| (fault.fault.as_str(), fault.withdrawn, fault.rejected)).collect();
    assert_eq!(faults, [("unsafe", 2, 6), ("duplicate", 0, 4)]);
    let said = &quality.feedback["quiz"];
    assert_eq!((said.count, said.rating, said.low), (3, 3.33, 1));
}

async fn a_curve_has_every_request_once(stage: Stage) {
    let runs = many(500, 8);
    stage.store.record_executions(runs.clone()).await.unwrap();
    let now = at(72 * 3_600);
    for (hours, points) in [(80, 40), (80, 1_000), (80, 2)] {
        let series = stage.store.series(now, hours, points).await.unwrap();
        let step = i64::from(series.step_minutes) * 60_000_000;
        for point in &series.points {
            let within = |run: &&Execution| {
                (0..step).contains(&(run.created_at.as_microsecond() - point.start.as_microsecond()))
            };
            let all: Vec<&Execution> = runs.iter().filter(within).collect();
            let requests = all.iter().filter(|run| run.agent_name == REQUESTS).count() as u64;
            let tokens = all.iter().filter(|run| run.agent_name != REQUESTS).map(|run| run.tokens_used);
            assert_eq!((point.requests, point.tokens), (requests, tokens.sum()), "{}", point.start);
            assert_eq!(point.avg_ms.is_some(), requests > 0);
        }
        let all: u64 = series.points.iter().map(|point| point.requests).sum();
        assert_eq!(all, runs.iter().filter(|run| run.agent_name == REQUESTS).count() as u64);
    }
}

async fn requests_are_counted_by_when_they_ended(stage: Stage) {
    let store = &stage.store;
    let one = |began, seconds: u64, status| Execution {
        execution_time_ms: seconds * 1_000,
        ..run(REQUESTS, at(began), status)
    };
    let other = Execution { agent_name: "quiz_agent".into(), ..one(-300, 300, ExecutionStatus::Failure) };
    let all = vec![
        one(-900, 900, ExecutionStatus::Timeout),
        one(-300, 1, ExecutionStatus::Failure),
        one(-301, 1, ExecutionStatus::Failure),
        one(-10, 5, ExecutionStatus::Success),
        one(-10, 11, ExecutionStatus::Success),
        other,
    ];
    store.record_executions(all).await.unwrap();
    let longest = Duration::from_secs(900);
    let check = async |from, to, wanted| {
        let ended = store.requests_ended(at(from), at(to), longest).await.unwrap();
        assert_eq!(ended, wanted, "after {from} until {to}");
    };
    check(-300, 0, (3, 2, 906_000)).await;
    check(-301, -1, (3, 2, 7_000)).await;
    check(0, 1, (1, 0, 11_000)).await;
    check(1, 60, (0, 0, 0)).await;
}

async fn the_requests_of_a_user_are_all_counted_however_many_runs_there_are(stage: Stage) {
    let store = &stage.store;
    let of = |name: &str, agent: &str, when: i64, status| Execution {
        user_id: Some(user(name)),
        ..run(agent, at(when), status)
    };
    let mut all: Vec<Execution> =
        (0..1_500).map(|n| of("ada", "quiz_agent", n, ExecutionStatus::Failure)).collect();
    all.extend((0..7).map(|n| of("ada", REQUESTS, n, ExecutionStatus::Success)));
    all.push(of("ada", REQUESTS, 8, ExecutionStatus::Timeout));
    all.push(of("eve", REQUESTS, 9, ExecutionStatus::Success));
    store.record_executions(all).await.unwrap();
    assert_eq!(store.requests_of_user(user("ada"), at(0)).await.unwrap(), (8, 1));
    assert_eq!(store.requests_of_user(user("ada"), at(6)).await.unwrap(), (2, 1));
}
