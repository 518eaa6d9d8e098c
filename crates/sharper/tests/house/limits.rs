//! How often one may ask: the wire's exact answer, who counts together, three instances on one Redis, spoofed addresses,
//! and quotas.

use std::thread::{self, sleep};
use std::time::Duration;

use serde_json::{Value, json};
use sharper_testkit::{Client, Postgres, PrivateRedis, Response, Server, ServerOptions};

use crate::access::{register, server_with_accounts};
use crate::stage::{TEXT, cards, program};

const JOB: &str = "/api/ai/process-stream";
const LIST: &str = "/api/ai/generated-content/flashcards";

fn usual(change: impl FnOnce(ServerOptions) -> ServerOptions) -> Server {
    Server::start(program(), change(ServerOptions::new().usual_limits()))
}

fn question() -> Value {
    json!({"type": "chat", "message": "What is an enzyme?"})
}

/// The three headers.
#[track_caller]
fn told(answer: &Response) -> [u64; 3] {
    ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"]
        .map(|name| answer.header(name).unwrap_or_else(|| panic!("{name}: {answer:?}")).parse().unwrap())
}

/// The wire's answer to the letter.
#[track_caller]
fn assert_refused(answer: &Response, limit: &str) {
    assert_eq!(answer.status, 429);
    assert_eq!(answer.text(), format!(r#"{{"error":"Rate limit exceeded","detail":"{limit}"}}"#));
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let wait: u64 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait) && told(answer)[1..] == [0, wait], "{wait} {:?}", told(answer));
}

#[test]
fn of_eleven_requests_half_a_second_apart_the_eleventh_is_refused_to_the_letter() {
    let server = usual(|options| options);
    let client = server.client();
    for left in (0..10).rev() {
        let answer = client.post(JOB, &question()).expect_status(200);
        assert_eq!(told(&answer)[..2], [10, left]);
        sleep(Duration::from_millis(500));
    }
    assert_refused(&client.post(JOB, &question()), "10 per 1 minute");

    // The pages start work too, and count with it; a browser is shown a page.
    let form = [("Accept", "text/html"), ("Content-Type", "application/x-www-form-urlencoded")];
    for path in ["/make", "/tutor"] {
        let page = client.send("POST", path, &form, b"text=x");
        assert_eq!((page.status, page.header("retry-after").is_some()), (429, true));
        assert!(
            page.text().contains("It opens again in") && page.text().contains("10 per 1 minute"),
            "{path}"
        );
        assert_refused(&client.post(path, &json!({})), "10 per 1 minute");
    }

    // Everything else has counters of its own, or none.
    let agent = client.post("/api/ai/test-safety", &json!({"content": "Enzymes are proteins."}));
    assert_eq!((agent.status, &told(&agent)[..2]), (200, &[60, 59][..]));
    assert_eq!(told(&client.get(LIST).expect_status(200))[..2], [30, 29]);
    assert_eq!(client.get("/health").header("ratelimit-limit"), None);
    assert_eq!(client.get("/health").json()["components"]["rate_limiting"], "operational");
}

#[test]
fn whoever_signs_in_has_a_count_of_their_own_and_strangers_share_that_of_their_address() {
    let server = server_with_accounts(ServerOptions::new().env("RATE_LIMIT_CONTENT", "2"));
    let [ada, bea] = ["ada@example.org", "bea@example.org"].map(|email| register(&server, email).client);
    let statuses = |client: &Client| [(); 3].map(|()| client.get(LIST).status);
    assert_eq!((statuses(&ada), statuses(&bea)), ([200, 200, 429], [200, 200, 429]));
    assert_eq!(
        server.client().get(LIST).status,
        401,
        "a stranger is asked who they are, before anything is counted"
    );
}

#[test]
fn a_thousand_spoofed_addresses_are_one() {
    let statuses = |client: &Client, count: usize, spoof: &dyn Fn(usize) -> String| -> usize {
        let ask = |n| client.send("GET", LIST, &[("X-Forwarded-For", &spoof(n))], b"").status;
        (0..count).map(ask).filter(|status| *status == 200).count()
    };
    let direct = usual(|options| options.env("RATE_LIMIT_SIGN_IN", "5"));
    let spoofed = |n: usize| format!("10.{}.{}.{}", n % 7, n / 250, n % 250);
    assert_eq!(statuses(&direct.client(), 1000, &spoofed), 30);
    let tries = (0..6).map(|n| {
        let body = json!({"email": format!("{n}@example.org"), "password": "not the right one"});
        let headers =
            [("X-Forwarded-For", format!("10.0.0.{n}")), ("Content-Type", "application/json".into())];
        let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
        direct.client().send("POST", "/api/auth/sign-in", &headers, body.to_string().as_bytes())
    });
    let tries: Vec<Response> = tries.collect();
    assert!(tries[..5].iter().all(|answer| answer.status == 401), "{tries:?}");
    assert_refused(&tries[5], "5 per 1 minute");

    let behind = usual(|options| options.env("PROXY_HOPS", "1"));
    assert_eq!(statuses(&behind.client(), 100, &|n| format!("{}, 203.0.113.9", spoofed(n))), 30);
    assert_eq!(statuses(&behind.client(), 100, &|n| format!("2001:db8:1:2::{n:x}")), 30);
    assert_eq!(statuses(&behind.client(), 40, &|n| format!("1.1.1.1, 203.0.113.{}", 10 + n)), 40);
}

/// So many clients of one address at once, in turn at each server: how many jobs were accepted.
fn accepted(servers: &[Server], clients: usize, address: &str) -> usize {
    let ask = |n: usize| {
        let client = servers[n % servers.len()].client().with_header("X-Forwarded-For", address);
        move || client.post(JOB, &question()).status
    };
    let asking: Vec<_> = (0..clients).map(|n| thread::spawn(ask(n))).collect();
    let statuses: Vec<u16> = asking.into_iter().map(|asking| asking.join().unwrap()).collect();
    assert!(statuses.iter().all(|status| matches!(status, 200 | 429)), "{statuses:?}");
    statuses.iter().filter(|status| **status == 200).count()
}

fn until_counting_is(servers: &[Server], state: &str) {
    for server in servers {
        while server.client().get("/health").json()["components"]["rate_limiting"] != state {
            // A connection that broke is noticed by whoever asks next.
            server.client().get(LIST);
            sleep(Duration::from_millis(50));
        }
    }
}

#[test]
fn three_instances_on_one_redis_admit_exactly_ten_of_fifty_and_never_all_without_it() {
    let (database, mut redis) = (Postgres::database(), PrivateRedis::start());
    let servers = [(); 3].map(|()| {
        usual(|options| {
            let options = options.env("DATABASE_URL", &database.url).env("PROXY_HOPS", "1");
            options.env("REDIS_URL", redis.url()).env("INSTANCES", "3")
        })
    });
    // Where Redis is too slow for a moment, an instance takes its share alone: such a round says nothing about Redis.
    let lost = || servers.iter().map(|server| server.log().matches("Redis is away").count()).sum::<usize>();
    let rounds = (1..=20).find(|round| {
        until_counting_is(&servers, "operational");
        let (before, address) = (lost(), format!("192.0.2.{round}"));
        let count = accepted(&servers, 50, &address);
        assert!(count <= 19, "what Redis admits, and three shares: {count}");
        let undisturbed = lost() == before;
        assert!(!undisturbed || count == 10, "{count}");
        undisturbed
    });
    let last = format!("192.0.2.{}", rounds.expect("Redis answers in one of twenty rounds"));
    redis.kill_9();
    // Alone, each lets through a third of ten, less what it had let through itself.
    let more = accepted(&servers, 60, &last);
    assert!(more <= 9, "{more}");
    assert_eq!(accepted(&servers, 30, &last), 0);
    until_counting_is(&servers, "degraded");
    redis.restart();
    until_counting_is(&servers, "operational");
    assert_eq!(servers[0].client().get("/health").json()["status"], "healthy");
}

#[test]
fn a_day_that_is_used_up_and_notes_without_room_say_what_to_do() {
    let options = ServerOptions::new().env("QUOTA_GENERATIONS", "1").env("QUOTA_STORAGE", "1000");
    let server = Server::start(program(), options);
    let client = server.client();
    let full = client.post(JOB, &cards("ana", 5, TEXT)).expect_status(413).json();
    assert_eq!(full["code"], "notes_full");
    client.post("/api/notes", &json!({"user_id": "ana", "content": TEXT})).expect_status(413);
    let small = cards(
        "ana",
        1,
        &TEXT[..TEXT.char_indices().map(|(at, _)| at).take_while(|at| *at < 900).last().unwrap()],
    );
    let keyed = |body: &Value| {
        let headers = [("Content-Type", "application/json"), ("Idempotency-Key", "once")];
        client.send("POST", JOB, &headers, body.to_string().as_bytes())
    };
    assert_eq!((keyed(&small).status, keyed(&small).status), (200, 200), "sent twice is counted once");
    let over = client.post(JOB, &small);
    assert_eq!((over.status, over.json()["code"].as_str()), (429, Some("daily_limit")));
    let wait: u64 = over.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=86_400).contains(&wait), "{wait}");
}
