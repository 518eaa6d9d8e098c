//! `GET /metrics`: what this process counts, in Prometheus' text format.

use std::sync::atomic::Ordering;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use metrics::{counter, gauge};
use sharper_domain::{Problem, ProblemCode};

use crate::App;
use crate::door::problem::Refusal;

/// The figures. What is not counted while it happens is looked up now.
pub(crate) async fn metrics(State(app): State<App>) -> Result<Response, Refusal> {
    let Some(figures) = &app.figures else {
        let detail = "Nothing is counted here: monitoring.record is false.";
        return Err(Problem::new(ProblemCode::NotFound, detail).into());
    };
    gauge!("study_sharper_open_streams").set(app.open_streams.load(Ordering::Relaxed) as f64);
    gauge!("study_sharper_store_queue_depth").set(app.store.waiting_units() as f64);
    counter!("study_sharper_executions_dropped_total").absolute(app.agents.records_dropped());
    // Where the database does not answer, the rest is told all the same.
    if let Ok(depth) = app.store.jobs_waiting().await {
        gauge!("study_sharper_jobs_waiting").set(depth.queued as f64);
        gauge!("study_sharper_jobs_running").set(depth.running as f64);
    }
    if let Ok(spent) = app.store.spent_by_all_today(app.now()).await {
        gauge!("study_sharper_budget_spent_tokens").set((spent.tokens + spent.reserved_tokens) as f64);
        let nano_usd = spent.nano_usd + spent.reserved_nano_usd;
        gauge!("study_sharper_budget_spent_usd").set(nano_usd as f64 / 1e9);
    }
    process::tell();
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    Ok((kind, figures.render()).into_response())
}

/// What the system says of this process. (The crates that read it bring a dozen others, most of them for other systems.)
mod process {
    use std::fs;

    use metrics::{counter, gauge};

    /// Ticks of the kernel's clock in a second, as Linux tells them to programs.
    const TICKS: u64 = 100;

    pub(super) fn tell() {
        let read = |file: &str| fs::read_to_string(file).unwrap_or_default();
        let status = read("/proc/self/status");
        let of_status = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            line.and_then(|rest| rest.split_whitespace().next()).and_then(|number| number.parse::<u64>().ok())
        };
        let set = |name: &'static str, value: Option<u64>| {
            if let Some(value) = value {
                gauge!(name).set(value as f64);
            }
        };
        set("process_resident_memory_bytes", of_status("VmRSS:").map(|kib| kib * 1024));
        set("process_virtual_memory_bytes", of_status("VmSize:").map(|kib| kib * 1024));
        set("process_threads", of_status("Threads:"));
        set("process_open_fds", fs::read_dir("/proc/self/fd").ok().map(|all| all.count() as u64));
        let limits = read("/proc/self/limits");
        let most = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
        set("process_max_fds", most.and_then(|rest| rest.split_whitespace().next()?.parse().ok()));
        // The name in the second field may hold blanks; what follows its bracket does not.
        let stat = read("/proc/self/stat");
        let fields: Vec<&str> =
            stat.rsplit_once(')').map(|(_, rest)| rest.split_whitespace().collect()).unwrap_or_default();
        let field = |place: usize| fields.get(place).and_then(|text| text.parse::<u64>().ok());
        if let (Some(user), Some(system)) = (field(11), field(12)) {
            counter!("process_cpu_seconds_total").absolute((user + system) / TICKS);
        }
        let system = read("/proc/stat");
        let booted = system.lines().find_map(|line| line.strip_prefix("btime ")?.trim().parse::<u64>().ok());
        set(
            "process_start_time_seconds",
            booted.zip(field(19)).map(|(booted, begun)| booted + begun / TICKS),
        );
    }
}
