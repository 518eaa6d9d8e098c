//! Monitoring at the door: who may read it, and that Prometheus takes it.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::json;
use sharper_testkit::{Server, ServerOptions};

use crate::stage::{TEXT, cards, make, program};

const TOKEN: &str = "an-admin-token-of-enough-characters-0123456789+/=";
const PATHS: [&str; 8] = [
    "/api/admin/metrics",
    "/api/admin/errors",
    "/api/admin/errors/groups",
    "/api/admin/user-activity/ana",
    "/api/admin/users",
    "/api/admin/requests/nobody",
    "/api/admin/quality",
    "/api/admin/alerts",
];

/// Runs promtool, which comes with the Debian package `prometheus`; `./test` installs it.
fn promtool(arguments: &[&str], input: &str) {
    let mut child = Command::new("promtool")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("promtool is missing: run ./test --prepare");
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    let told = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "promtool {arguments:?}: {told}");
}

#[test]
fn an_admin_route_takes_the_token_in_three_places_and_nothing_else() {
    let server = Server::start(program(), ServerOptions::new().env("ADMIN_TOKEN", TOKEN));
    let client = server.client();
    for path in PATHS {
        let found = if path.ends_with("nobody") { 404 } else { 200 };
        let bearer = client.clone().with_header("Authorization", &format!("Bearer {TOKEN}"));
        let own = client.clone().with_header("X-Admin-Token", TOKEN);
        bearer.get(path).expect_status(found);
        own.get(path).expect_status(found);
        client.get(&format!("{path}?admin_token={}", TOKEN.replace('+', "%2B"))).expect_status(found);
        let wrong = client.clone().with_header("X-Admin-Token", &TOKEN.replace('9', "8"));
        for refused in [client.get(path), wrong.get(path), client.get(&format!("{path}?admin_token="))] {
            let refused = refused.expect_status(403);
            assert_eq!(refused.text(), r#"{"error":"Unauthorized","status":403}"#, "{path}");
        }
    }
    assert!(!server.log().contains(TOKEN));
}

#[test]
fn prometheus_takes_the_figures_and_the_rules() {
    let server = Server::start(program(), ServerOptions::new());
    let client = server.client();
    make(&client, &cards("ana", 5, TEXT));
    let figures = client.get("/metrics").expect_status(200);
    assert!(figures.header("content-type").unwrap().starts_with("text/plain; version=0.0.4"));
    let text = figures.text();
    for name in [
        "study_sharper_http_requests_total{",
        "study_sharper_http_request_seconds_bucket{",
        "study_sharper_agent_runs_total{",
        "study_sharper_store_seconds_count{",
        "study_sharper_items_total{",
        "study_sharper_jobs_waiting 0",
        "process_resident_memory_bytes ",
        "process_start_time_seconds ",
    ] {
        assert!(text.contains(name), "{name} is missing:\n{text}");
    }
    promtool(&["check", "metrics"], &text);
    let deploy = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy");
    promtool(&["check", "rules", deploy.join("prometheus/alerts.yml").to_str().unwrap()], "");
    let config = deploy.join("prometheus/prometheus.yml");
    promtool(&["check", "config", "--syntax-only", config.to_str().unwrap()], "");
    // The dashboard and the rules ask for figures that there are.
    let known: BTreeSet<&str> =
        text.split_whitespace().filter(|word| word.starts_with("study_sharper_")).collect();
    for file in ["prometheus/alerts.yml", "grafana/study-sharper.json"] {
        let asks = std::fs::read_to_string(deploy.join(file)).unwrap();
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        for name in asks.split(|c| !is_name(c)).filter(|word| word.starts_with("study_sharper_")) {
            let said_anywhere = known.iter().any(|figure| figure.starts_with(name)) || SELDOM.contains(&name);
            assert!(said_anywhere, "{file} asks for {name}");
        }
    }
}

/// Figures that nothing has counted yet in a house that has just begun and has no model.
const SELDOM: [&str; 4] = [
    "study_sharper_rate_limited_total",
    "study_sharper_model_calls_total",
    "study_sharper_model_tokens_total",
    "study_sharper_model_cost_nanousd_total",
];

#[test]
fn however_many_addresses_are_tried_the_series_stay_as_many() {
    let server = Server::start(program(), ServerOptions::new().env("LOG_LEVEL", "error"));
    let client = server.client();
    let series = || {
        let text = client.get("/metrics").expect_status(200).text();
        text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).count()
    };
    let tried = |round: usize| {
        for number in 0..250 {
            let odd = round * 1_000 + number;
            client.get(&format!("/api/nothing/{odd}"));
            client.get(&format!("/api/ai/stream/{odd}/x"));
            client.get(&format!("/sets/{odd}?q={odd}"));
            client.send(&format!("ODD{odd}"), "/api/notes", &[("X-Odd", &odd.to_string())], b"");
        }
    };
    tried(0);
    series();
    let before = series();
    tried(1);
    assert_eq!(series(), before);
    assert!(before < 500, "{before} series");
}

#[test]
fn what_is_not_recorded_is_not_there_and_everything_else_works() {
    let options = ServerOptions::new().env("MONITORING", "false").env("ADMIN_TOKEN", TOKEN);
    let server = Server::start(program(), options);
    let client = server.client().with_header("X-Admin-Token", TOKEN);
    let log = make(&client, &cards("ana", 3, TEXT));
    assert_eq!(log.last().unwrap().json()["type"], "complete");
    let told = client.get("/api/admin/metrics").expect_status(200).json();
    assert_eq!(
        (&told["metrics"]["total_requests"], &told["metrics"]["agent_metrics"]),
        (&json!(0), &json!({}))
    );
    client.get("/metrics").expect_status(404);
}

#[test]
fn the_figures_are_for_administrators_and_for_prometheus() {
    let options = ServerOptions::new()
        .env("SIGN_IN", "required")
        .env("ADMIN_TOKEN", TOKEN)
        .env("METRICS_TOKEN", "a-token-of-prometheus-alone");
    let server = Server::start(program(), options);
    let client = server.client();
    let bearer = |token: &str| client.clone().with_header("Authorization", &format!("Bearer {token}"));
    bearer("a-token-of-prometheus-alone").get("/metrics").expect_status(200);
    bearer(TOKEN).get("/metrics").expect_status(200);
    for other in [client.clone(), bearer("a-token-of-prometheus-alonE"), bearer("x")] {
        let refused = other.get("/metrics").expect_status(403);
        assert_eq!(refused.text(), r#"{"error":"Unauthorized","status":403}"#);
    }
    bearer("a-token-of-prometheus-alone").get("/api/admin/metrics").expect_status(403);
}
