//! Monitoring: what operators are told is what stands in the rows, and the tokens are those of the model's own bill.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use sharper_domain::TaskKind;
use sharper_llm::TokenEstimate;
use sharper_llm::testing::Act;
use sharper_testkit::Client;

use crate::house::{House, Kept, Setup, end, in_parallel, make, message, request, short};
use crate::wire::{answer, passes};
use crate::writer::{TASKS, Writer};

const TOKEN: &str = "an-admin-token-of-enough-characters-0123456789";

/// The metrics, once so many requests are on record and so many tokens settled; or as they are after ten seconds.
fn metrics(client: &Client, requests: usize, tokens: u64) -> Value {
    let mut told = Value::Null;
    for _ in 0..500 {
        told = client.get("/api/admin/metrics?hours=1").expect_status(200).json()["metrics"].clone();
        let all = told["total_requests"].as_u64() >= Some(requests as u64);
        if all && told["ledger_tokens"].as_u64() >= Some(tokens) {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    told
}

/// Of each agent: runs, those that ended well, milliseconds, tokens.
fn rows(kept: &Kept) -> BTreeMap<String, (u64, u64, u64, u64)> {
    let look = kept.store.house().read(|conn| {
        let all = "SELECT agent_name, status, execution_time_ms, tokens_used FROM agent_executions";
        let mut sums = BTreeMap::<String, (u64, u64, u64, u64)>::new();
        for row in conn.query(all, &[])? {
            let of = sums.entry(row.get("agent_name")?).or_default();
            of.0 += 1;
            of.1 += u64::from(row.get::<String>("status")? == "success");
            of.2 += row.get::<u64>("execution_time_ms")?;
            of.3 += row.get::<u64>("tokens_used")?;
        }
        Ok(sums)
    });
    kept.now(look).unwrap()
}

/// The ids of all jobs.
fn jobs(kept: &Kept) -> Vec<String> {
    let look = kept.store.house().read(|conn| {
        conn.query("SELECT id FROM jobs", &[])?.iter().map(|row| row.get::<String>("id")).collect()
    });
    kept.now(look).unwrap()
}

#[test]
fn what_is_told_equals_the_rows_and_the_models_own_bill() {
    let bill: Arc<AtomicU64> = Arc::default();
    let (writer, billed) = (Writer::of(short()), Arc::clone(&bill));
    let setup = Setup { settings: "", env: &[("ADMIN_TOKEN", TOKEN)] };
    let mut house = House::with(&setup, move |asked| {
        let text = if asked.is_judging() { passes(asked) } else { writer.write(asked) };
        billed.fetch_add(u64::from(asked.tokens() + TokenEstimate::of(&text)), Ordering::SeqCst);
        answer(asked, &text)
    });
    let mut wanted: Vec<(TaskKind, &str, &str)> = TASKS.iter().map(|kind| (*kind, "ana", short())).collect();
    wanted.extend(TASKS.iter().map(|kind| (*kind, "ben", short())));
    // Notes of which nothing can be made.
    wanted.extend([
        (TaskKind::QuizGeneration, "cia", "Hm. Well. Yes and no!"),
        (TaskKind::FlashcardGeneration, "cia", "Well. Hm. No and yes!"),
    ]);
    let alone = json!({"content": short(), "length": "short"});
    house.client().post("/api/ai/test-summary?user_id=dan", &alone).expect_status(200);
    let ends = in_parallel(4, &wanted, |(kind, user, text)| {
        end(&make(&house.client(), &request(*kind, user, message(*kind), text)))
    });
    let failed = ends.iter().filter(|end| end["type"] == "error").count();
    assert!(failed > 0, "some were to fail");

    let client = house.client().with_header("X-Admin-Token", TOKEN);
    let bill = bill.load(Ordering::SeqCst);
    let told = metrics(&client, wanted.len(), bill);
    let groups = client.get("/api/admin/errors/groups").expect_status(200).json();
    let quality = client.get("/api/admin/quality").expect_status(200).json();
    let users = client.get("/api/admin/users").expect_status(200).json();
    let figures = house.client().get("/metrics").expect_status(200).text();
    let kept = house.closed();

    let rows = rows(&kept);
    assert_eq!(told["agent_metrics"].as_object().unwrap().len(), rows.len());
    for (agent, (runs, good, ms, _)) in &rows {
        let of = &told["agent_metrics"][agent];
        assert_eq!(
            (of["count"].as_u64(), of["failed"].as_u64()),
            (Some(*runs), Some(runs - good)),
            "{agent}"
        );
        let mean = (*ms as f64 / *runs as f64 * 100.0).round() / 100.0;
        assert_eq!(of["avg_time_ms"].as_f64(), Some(mean), "{agent}");
    }
    let requests = rows["main_orchestrator"];
    assert_eq!((requests.0, requests.0 - requests.1), (wanted.len() as u64, failed as u64));
    assert_eq!(
        (told["total_requests"].as_u64(), told["failed"].as_u64()),
        (Some(requests.0), Some(failed as u64))
    );

    // Tokens: by the agents, by the ledger, by the model's server, and by Prometheus' counter.
    let tokens =
        rows.iter().filter(|(agent, _)| *agent != "main_orchestrator").map(|(_, of)| of.3).sum::<u64>();
    assert_eq!(
        (tokens, told["total_tokens_used"].as_u64(), told["ledger_tokens"].as_u64()),
        (bill, Some(bill), Some(bill))
    );
    assert_eq!(counted(&figures, "study_sharper_model_tokens_total"), bill);
    assert_eq!(counted(&figures, "study_sharper_executions_dropped_total"), 0);
    assert_eq!(
        counted(&figures, "study_sharper_agent_runs_total"),
        rows.values().map(|of| of.0).sum::<u64>()
    );
    assert_eq!(counted(&figures, "study_sharper_jobs_total"), wanted.len() as u64);

    // What was delivered is what was accepted.
    let delivered: u64 = ends.iter().filter_map(|end| end["validation"]["delivered"].as_u64()).sum();
    let accepted: u64 = quality["quality"]["tasks"]
        .as_object()
        .unwrap()
        .values()
        .filter_map(|of| of["accepted"].as_u64())
        .sum();
    assert_eq!(accepted, delivered, "{quality}");
    assert_eq!(groups["groups"][0]["agent_name"], "main_orchestrator", "{groups}");
    let names: Vec<&str> =
        users["users"].as_array().unwrap().iter().filter_map(|user| user["user_id"].as_str()).collect();
    assert!(["ana", "ben", "cia", "dan"].iter().all(|name| names.contains(name)), "{names:?}");

    // Every request has its whole story.
    let jobs = jobs(&kept);
    assert_eq!(jobs.len(), wanted.len());
    for job in jobs {
        let story = kept.now(kept.store.request_story(job)).unwrap();
        let runs: Vec<&str> = story.runs.iter().map(|run| run.agent_name.as_str()).collect();
        assert!(["main_orchestrator", "rag_agent"].iter().all(|agent| runs.contains(agent)), "{runs:?}");
        let whole = story.runs.iter().find(|run| run.agent_name == "main_orchestrator").unwrap();
        assert_eq!((whole.tokens_used, story.job.is_some()), (story.tokens, true), "{story:?}");
        assert!(story.runs.iter().all(|run| run.input_data.is_some()), "{story:?}");
    }
}

/// All series of a counter together.
fn counted(figures: &str, name: &str) -> u64 {
    let lines = figures.lines().filter(|line| line.starts_with(name));
    lines.filter_map(|line| line.rsplit(' ').next()?.parse::<u64>().ok()).sum()
}

#[test]
fn what_a_stopped_job_took_is_on_record() {
    let writer = Writer::of(short());
    let mut house = House::with(&Setup::default(), move |asked| {
        if asked.is_judging() {
            // The judge never ends: by then the author is paid.
            Act::stream_head().hang()
        } else {
            answer(asked, &writer.write(asked))
        }
    });
    let client = house.client();
    let body = request(TaskKind::FlashcardGeneration, "ana", "From my notes.", short());
    let accepted = client.post("/api/ai/process-stream", &body).expect_status(200).json();
    let url = accepted["stream_url"].as_str().unwrap();
    let mut stream = client.stream(url, None);
    assert!(
        stream.any(|event| event.json()["data"]["current_agent"] == "quality_agent"),
        "it is being judged"
    );
    client.delete(&format!("{url}?user_id=ana")).expect_status(202);
    assert!(stream.any(|event| event.json()["type"] == "error"), "it was cancelled");
    let kept = house.closed();
    let rows = rows(&kept);
    assert!(!rows.contains_key("main_orchestrator"), "no request came to its end: {rows:?}");
    let now = jiff::Timestamp::now();
    let spent = kept.now(kept.store.spent_by_all_today(now)).unwrap();
    assert_eq!((rows["flashcard_agent"].1, rows["flashcard_agent"].3), (0, spent.tokens), "{rows:?}");
}
