//! Watching: rules over a real store, by two instances, minute by minute.

#![allow(clippy::unwrap_used, reason = "a test stops short at what cannot be")]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sharper_domain::{Clock, ExecutionId, Secret, Timestamp};
use sharper_jobs::alerts::{AlertSettings, Watch};
use sharper_post::{Post, PostSettings};
use sharper_store::executions::{Execution, ExecutionStatus, REQUESTS};
use sharper_store::spending::SpendLimits;
use sharper_store::{Store, StoreSettings};

/// A clock that a test sets.
struct Hand(Mutex<Timestamp>);

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

fn request(at: Timestamp, status: ExecutionStatus) -> Execution {
    Execution {
        id: ExecutionId::new(at),
        user_id: None,
        session_id: None,
        request_id: None,
        agent_name: REQUESTS.into(),
        input_data: None,
        output_data: None,
        execution_time_ms: 100,
        tokens_used: 0,
        model_used: None,
        status,
        error_message: None,
        created_at: at,
        items: vec![],
    }
}

fn settings() -> AlertSettings {
    AlertSettings {
        webhook: Secret::new(""),
        email: "ops@school.test".into(),
        success_percent: 95.0,
        request_seconds: 5.0,
        window_minutes: 15,
        least_requests: 20,
        burst: 30,
        budget_percent: 90.0,
        repeat_hours: 4,
    }
}

/// A store in a folder that must live as long.
async fn opened() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let of_store = StoreSettings { data_dir: folder.path().to_owned(), ..StoreSettings::default() };
    let store = Store::open(&of_store).await.unwrap();
    (folder, store)
}

fn begin() -> Timestamp {
    Timestamp::from_second(1_790_000_000).unwrap()
}

const fn minutes(count: u64) -> Duration {
    Duration::from_secs(60 * count)
}

async fn firing(store: &Store) -> Vec<String> {
    let states = store.alert_states().await.unwrap();
    states.into_iter().filter(|state| state.firing).map(|state| state.rule).collect()
}

#[tokio::test]
async fn requests_that_hang_until_their_deadline_are_seen_when_they_end() {
    let (_folder, store) = opened().await;
    let clock = Arc::new(Hand(Mutex::new(begin())));
    let (post, _delivery) = Post::new(&PostSettings::default()).unwrap();
    let settings = AlertSettings { burst: 20, ..settings() };
    let mut watch = Watch::new(store.clone(), clock.clone(), post, settings, SpendLimits::default());
    // As one is put on record that ran out of time: it began as long ago as it took.
    let hung = Execution {
        execution_time_ms: 15 * 60 * 1_000,
        ..request(begin() - minutes(15), ExecutionStatus::Timeout)
    };
    let each = |_| Execution { id: ExecutionId::new(hung.created_at), ..hung.clone() };
    store.record_executions((0..20).map(each).collect()).await.unwrap();
    watch.look().await;
    *clock.0.lock().unwrap() = begin() + minutes(1);
    watch.look().await;
    assert_eq!(firing(&store).await, ["error_burst", "request_time", "success_rate"]);
    store.close().await;
}

/// A server that takes JSON, but not at the first time. Answers with its address, and with what was sent to it.
fn webhook_that_fails_first() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let taken: Arc<Mutex<Vec<String>>> = Arc::default();
    let also = taken.clone();
    std::thread::spawn(move || {
        for (number, socket) in listener.incoming().enumerate() {
            let mut socket = socket.unwrap();
            let (mut bytes, mut piece) = (Vec::new(), [0; 4096]);
            while !bytes.ends_with(b"}") {
                let length = socket.read(&mut piece).unwrap();
                bytes.extend_from_slice(&piece[..length]);
            }
            let status = if number == 0 { "503 Service Unavailable" } else { "200 OK" };
            let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            socket.write_all(answer.as_bytes()).unwrap();
            also.lock().unwrap().push(String::from_utf8_lossy(&bytes).into_owned());
        }
    });
    (format!("http://{address}/alerts"), taken)
}

#[tokio::test]
async fn an_alert_that_the_webhook_did_not_take_is_told_again_at_the_next_look() {
    let (_folder, store) = opened().await;
    let clock = Arc::new(Hand(Mutex::new(begin())));
    let (post, _delivery) = Post::new(&PostSettings::default()).unwrap();
    let (url, taken) = webhook_that_fails_first();
    let settings = AlertSettings {
        burst: 20,
        webhook: Secret::new(&*url),
        request_seconds: 900.0,
        success_percent: 0.0,
        repeat_hours: 0,
        ..settings()
    };
    let mut watch = Watch::new(store.clone(), clock.clone(), post, settings, SpendLimits::default());
    let failed = |_| request(begin() - Duration::from_secs(1), ExecutionStatus::Failure);
    store.record_executions((0..20).map(failed).collect()).await.unwrap();
    for minute in 0..4 {
        *clock.0.lock().unwrap() = begin() + minutes(minute);
        watch.look().await;
    }
    let taken = taken.lock().unwrap().clone();
    assert_eq!(taken.len(), 2, "refused once, taken once, and not told a third time: {taken:?}");
    assert!(
        taken[1].contains("\"rule\":\"error_burst\"") && taken[1].contains("\"firing\":true"),
        "{taken:?}"
    );
    // A clock that was ahead mutes nothing when it is right again.
    *clock.0.lock().unwrap() = begin() + minutes(600);
    watch.look().await;
    let ahead = store.alert_states().await.unwrap()[0].checked_at;
    *clock.0.lock().unwrap() = begin() + minutes(5);
    watch.look().await;
    assert!(store.alert_states().await.unwrap()[0].checked_at < ahead);
    store.close().await;
}

#[tokio::test]
async fn a_rule_that_is_broken_fires_once_for_all_instances_and_is_over_when_it_is_mended() {
    let (_folder, store) = opened().await;
    let begin = begin();
    let clock = Arc::new(Hand(Mutex::new(begin)));
    let (post, _delivery) = Post::new(&PostSettings::default()).unwrap();
    let limits = SpendLimits::default();
    let watch = || Watch::new(store.clone(), clock.clone(), post.clone(), settings(), limits);
    let mut instances = [watch(), watch()];
    for (minute, failed) in [(0, 0), (1, 6), (2, 6), (3, 6), (20, 0), (21, 0), (22, 0)] {
        let now = begin + minutes(minute);
        *clock.0.lock().unwrap() = now;
        let status = |n| if n < failed { ExecutionStatus::Failure } else { ExecutionStatus::Success };
        store
            .record_executions((0..25).map(|n| request(now - Duration::from_secs(1), status(n))).collect())
            .await
            .unwrap();
        for instance in &mut instances {
            instance.look().await;
        }
    }
    let history = store.alert_history(9).await.unwrap();
    let told: Vec<_> = history.iter().map(|change| (change.rule.as_str(), change.firing)).collect();
    assert_eq!(told, [("success_rate", false), ("success_rate", true)], "{history:?}");
    assert!(history[1].detail.contains("of the 75 requests"), "{history:?}");
    let states = store.alert_states().await.unwrap();
    assert_eq!(states.len(), 4);
    assert!(states.iter().all(|state| !state.firing), "{states:?}");
    store.close().await;
}
