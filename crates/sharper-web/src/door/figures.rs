//! Figures for Prometheus: every request is counted under its route, and what the process counts is rendered.
//!
//! Labels come from closed sets alone: a route is the row of the table, never the path that was asked for, and a method that no
//! row has is `other`. So however many addresses are tried, the series stay as many.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use metrics::{Unit, counter, describe_counter, describe_gauge, describe_histogram, histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use sharper_domain::Secret;

/// Upper ends, in seconds, of the buckets for what takes a moment to minutes.
const SECONDS: [f64; 6] = [0.01, 0.05, 0.25, 1.0, 5.0, 30.0];
/// The same for units of work of the store.
const STORE_SECONDS: [f64; 6] = [0.0005, 0.002, 0.01, 0.05, 0.25, 1.0];

/// What the process counts, and who may read it beside administrators.
#[derive(Clone)]
pub struct Figures {
    handle: PrometheusHandle,
    token: Secret,
}

impl Figures {
    /// Begins to count, for the whole process. `token`: what a Prometheus server shows; empty where it is to show the admin
    /// token.
    ///
    /// # Errors
    /// Where the process counts already.
    pub fn begin(token: Secret) -> Result<Self, String> {
        let builder = PrometheusBuilder::new()
            .set_buckets(&SECONDS)
            .and_then(|builder| {
                let store = Matcher::Full("study_sharper_store_seconds".to_owned());
                builder.set_buckets_for_metric(store, &STORE_SECONDS)
            })
            .map_err(|error| error.to_string())?;
        let handle = builder.install_recorder().map_err(|error| error.to_string())?;
        describe();
        Ok(Self { handle, token })
    }

    /// Puts away what was measured since the last time. Whoever is never read would keep every measure otherwise.
    pub fn tidy(&self) {
        self.handle.run_upkeep();
    }

    /// The figures in Prometheus' text format.
    pub(crate) fn render(&self) -> String {
        self.handle.render()
    }

    /// Whether this is the token of a Prometheus server. The hashes are compared, so that the time it takes tells nothing.
    pub(crate) fn is_token(&self, token: &str) -> bool {
        let expected = self.token.expose();
        !expected.is_empty() && sharper_store::fingerprint(token) == sharper_store::fingerprint(expected)
    }
}

/// What each figure means, for whoever reads them.
fn describe() {
    let counters = [
        ("study_sharper_http_requests_total", "Requests by route, method and class of status"),
        ("study_sharper_rate_limited_total", "Requests turned away because of a limit, by route"),
        ("study_sharper_agent_runs_total", "Runs of agents by status"),
        ("study_sharper_model_calls_total", "Calls to models by task and outcome"),
        ("study_sharper_model_tokens_total", "Tokens of models, of prompts and of answers"),
        ("study_sharper_model_cost_nanousd_total", "What calls to models cost, in billionths of a US dollar"),
        ("study_sharper_items_total", "Items by task and what became of them"),
        ("study_sharper_jobs_total", "Ended jobs by kind and state"),
        ("study_sharper_executions_dropped_total", "Runs of agents that could not be put on record"),
    ];
    for (name, meaning) in counters {
        describe_counter!(name, meaning);
    }
    let gauges = [
        ("study_sharper_open_streams", "Event streams that are open"),
        ("study_sharper_jobs_waiting", "Jobs that wait, in all instances"),
        ("study_sharper_jobs_running", "Jobs that run, in all instances"),
        ("study_sharper_store_queue_depth", "Units of work that wait for the database"),
        ("study_sharper_budget_spent_tokens", "Tokens that everyone together spent today or has set aside"),
        (
            "study_sharper_budget_limit_tokens",
            "Tokens that everyone together may spend in a day; 0 sets no limit",
        ),
        ("study_sharper_budget_spent_usd", "US dollars that everyone together spent today or has set aside"),
        (
            "study_sharper_budget_limit_usd",
            "US dollars that everyone together may spend in a day; 0 sets no limit",
        ),
        ("process_resident_memory_bytes", "Resident memory"),
        ("process_virtual_memory_bytes", "Virtual memory"),
        ("process_open_fds", "Open file descriptors"),
        ("process_max_fds", "Most file descriptors"),
        ("process_threads", "Threads"),
        ("process_start_time_seconds", "When the process began, in seconds since 1970 UTC"),
    ];
    for (name, meaning) in gauges {
        describe_gauge!(name, meaning);
    }
    describe_counter!("process_cpu_seconds_total", "Processor time in whole seconds");
    describe_histogram!(
        "study_sharper_http_request_seconds",
        Unit::Seconds,
        "Time to the head of the answer, by route"
    );
    describe_histogram!("study_sharper_agent_seconds", Unit::Seconds, "Time of a run, by agent");
    describe_histogram!(
        "study_sharper_store_seconds",
        Unit::Seconds,
        "Time of a unit of work, waiting included"
    );
}

/// Counts a request under its route.
pub(crate) async fn layer(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.map_or_else(|| "unmatched".to_owned(), |path| path.as_str().to_owned());
    let method = method_of(request.method());
    let begun = Instant::now();
    let response = next.run(request).await;
    let status = response.status();
    counter!(
        "study_sharper_http_requests_total",
        "route" => route.clone(),
        "method" => method,
        "class" => class_of(status)
    )
    .increment(1);
    if status == StatusCode::TOO_MANY_REQUESTS {
        counter!("study_sharper_rate_limited_total", "route" => route.clone()).increment(1);
    }
    histogram!("study_sharper_http_request_seconds", "route" => route).record(begun.elapsed());
    response
}

fn method_of(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

fn class_of(status: StatusCode) -> &'static str {
    match status.as_u16() {
        100..=199 => "1xx",
        200..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        _ => "5xx",
    }
}
