//! The same house on PostgreSQL, with two instances over one database.

use sharper_testkit::{Postgres, Server, ServerOptions};

use crate::stage::{TEXT, assert_whole, cards, kind, make, post, program};

#[test]
fn the_main_job_runs_on_postgresql() {
    let database = Postgres::database();
    let server = Server::start(program(), ServerOptions::new().env("DATABASE_URL", &database.url));
    let log = make(&server.client(), &cards("ana", 6, TEXT));
    assert_whole(&log);
    assert_eq!(server.client().get("/api/ai/content-stats/ana").json()["total_items"], 6);
}

#[test]
fn a_job_accepted_by_one_instance_streams_from_another_and_outlives_its_own() {
    let database = Postgres::database();
    let options = || ServerOptions::new().env("DATABASE_URL", &database.url);
    let mut first = Server::start(program(), options());
    let second = Server::start(program(), options());
    let url = post(&first.client(), &cards("ana", 5, TEXT));
    let log: Vec<_> = second.client().stream(&url, None).collect();
    assert_whole(&log);

    let long: String = (0..20).map(|n| format!("# Part {n}\n\n{TEXT}\n\n")).collect();
    let url = post(&first.client(), &cards("ben", 120, &long));
    first.kill_9();
    // The lease of the dead instance runs out after 15 s; the other takes its job over.
    let mut log: Vec<_> = Vec::new();
    let begun = std::time::Instant::now();
    while log.last().is_none_or(|event| kind(event) != "complete") {
        assert!(begun.elapsed().as_secs() < 60, "nobody took the job over");
        let last = log.last().and_then(|event: &sharper_testkit::StreamEvent| event.id.clone());
        log.extend(second.client().stream(&url, last.as_deref()).filter(|event| kind(event) != "keepalive"));
    }
    assert_whole(&log);
    first.restart();
}
