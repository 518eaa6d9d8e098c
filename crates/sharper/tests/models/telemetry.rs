//! What the program tells of itself: traces arrive whole and without a text of anybody, errors arrive at Sentry, and
//! no secret is in any of it, nor in the log.

use std::collections::BTreeMap;

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value as Any;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;
use sharper_domain::TaskKind;
use sharper_llm::testing::Act;
use sharper_testkit::Postgres;

use crate::collector::{Collector, Posted};
use crate::house::{CELLS, House, Setup, end, good, make, message, request};
use crate::wire::answer;
use crate::writer::Writer;

fn spans(posted: &[Posted]) -> Vec<Span> {
    let requests = posted.iter().map(|one| ExportTraceServiceRequest::decode(&*one.body).unwrap());
    let resources = requests.flat_map(|request| request.resource_spans);
    resources.flat_map(|resource| resource.scope_spans).flat_map(|scope| scope.spans).collect()
}

fn attributes(span: &Span) -> BTreeMap<&str, String> {
    let text = |value: &Any| match value {
        Any::StringValue(text) => text.clone(),
        Any::IntValue(number) => number.to_string(),
        other => format!("{other:?}"),
    };
    let pairs = span.attributes.iter();
    pairs.filter_map(|one| Some((one.key.as_str(), text(one.value.as_ref()?.value.as_ref()?)))).collect()
}

/// The names from a span up to the root of its trace.
fn path(span: &Span, all: &[Span]) -> Vec<String> {
    let mut names = vec![span.name.clone()];
    let mut above = span.parent_span_id.clone();
    while let Some(parent) = all.iter().find(|one| one.span_id == above) {
        names.push(parent.name.clone());
        above = parent.parent_span_id.clone();
    }
    names
}

#[test]
fn the_spans_of_one_generation_are_one_trace_and_hold_no_text() {
    let collector = Collector::start();
    let endpoint = format!("http://{}", collector.address);
    let setup =
        Setup { settings: "", env: &[("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint), ("LOG_LEVEL", "warn")] };
    let mut house = House::with(&setup, good(CELLS));
    let kind = TaskKind::FlashcardGeneration;
    let done = end(&make(&house.client(), &request(kind, "ana", "Cards with a canary-wish, please.", CELLS)));
    assert_eq!(done["type"], "complete");
    assert!(house.server.terminate().success());
    // Stopping has sent the rest: nothing is waited for.
    let posted = collector.all();
    assert!(posted.iter().all(|one| one.head.starts_with("POST /v1/traces ")));
    let all = spans(&posted);
    let named = |name: &str| all.iter().filter(|span| span.name == name).collect::<Vec<_>>();
    let calls = named("chat test/model");
    assert!(calls.len() >= 2, "a writer's call and a judge's: {:?}", calls.len());
    for call in &calls {
        let path = path(call, &all);
        assert_eq!(path.last().unwrap(), "job flashcard_generation", "{path:?}");
        assert!(path.contains(&"invoke_agent main_orchestrator".to_owned()), "{path:?}");
        let about = attributes(call);
        for (name, value) in [
            ("gen_ai.operation.name", "chat"),
            ("gen_ai.provider.name", "other"),
            ("gen_ai.request.model", "test/model"),
            ("gen_ai.response.model", "test/model-1"),
        ] {
            assert_eq!(about[name], value, "{about:?}");
        }
        assert!(about["gen_ai.usage.input_tokens"].parse::<u64>().unwrap() > 0, "{about:?}");
        assert!(about["gen_ai.usage.output_tokens"].parse::<u64>().unwrap() > 0, "{about:?}");
    }
    let job = named("job flashcard_generation")[0];
    assert!(all.iter().filter(|span| span.trace_id == job.trace_id).count() >= 8);
    let asked = named("POST /api/ai/process-stream")[0];
    // A job that had to wait for a place is claimed from the table, and comes without.
    let names_it = job.links.iter().all(|link| link.span_id == asked.span_id);
    assert!(names_it, "the job names the request that it came with");
    for agent in ["invoke_agent rag_agent", "invoke_agent quality_agent", "invoke_agent flashcard_agent"] {
        assert_eq!(named(agent)[0].trace_id, job.trace_id, "{agent}");
    }
    let bytes: Vec<u8> = posted.iter().flat_map(|one| one.body.clone()).collect();
    let sent = String::from_utf8_lossy(&bytes);
    for text in ["canary-wish", "mitochondri", "Mitochondri"] {
        assert!(!sent.contains(text), "{text} is in a trace");
    }
}

/// Secrets of the settings; the inputs carry each of them back, as a careless client would.
const SECRETS: [(&str, &str); 7] = [
    ("ADMIN_TOKEN", "canary-admin-4fb1c09e7d2a8356e1d0"),
    ("LLM_API_KEY", "canary-model-key-93c1"),
    ("SUPABASE_JWT_SECRET", "canary-jwt-\"quoted\"-2f0d4a7c91b35e68"),
    ("SUPABASE_URL", "https://project.invalid"),
    ("SMTP_URL", "smtp://u:canary-smtp@127.0.0.1:1?tls=required"),
    ("MAIL_FROM", "Study <study@example.org>"),
    ("OTEL_EXPORTER_OTLP_HEADERS", "x-key=canary-otlp-key"),
];

/// Goes to every kind of door with every secret in every place, and answers with what must not be seen anywhere.
fn plant(house: &House) -> Vec<String> {
    let client = house.client();
    let planted: Vec<String> = SECRETS
        .iter()
        .filter(|(name, _)| !["MAIL_FROM", "SUPABASE_URL"].contains(name))
        .map(|(_, value)| {
            value.strip_prefix("smtp://u:").map_or(*value, |rest| rest.split('@').next().unwrap())
        })
        .map(|value| value.strip_prefix("x-key=").unwrap_or(value).to_owned())
        .chain(["ssk_canaryTokenOfSomebody123456", "canary-ticket", "canary-session"].map(str::to_owned))
        .collect();
    for secret in &planted {
        let plain = secret.replace('"', "%22");
        let bearer = format!("Bearer {secret}");
        let cookie = format!("session={secret}; __Host-session={secret}");
        // A request id is for the log: what nobody can know for a secret is not sent as one.
        let own_id = if plain.starts_with("canary-ticket") || plain.starts_with("canary-session") {
            "r-1"
        } else {
            secret
        };
        let headers = [
            ("Authorization", bearer.as_str()),
            ("X-Admin-Token", secret),
            ("Cookie", &cookie),
            ("X-Request-ID", own_id),
            ("User-Agent", secret),
            ("Content-Type", "application/json"),
        ];
        for path in [
            format!("/api/ai/content-stats/ana?admin_token={plain}"),
            format!("/api/ai/stream/none?ticket={plain}"),
            format!("/nowhere/at/all?admin_token={plain}"),
            "/api/notes".to_owned(),
        ] {
            client.send("GET", &path, &headers, b"");
        }
        let body = serde_json::json!({"title": secret, "text": format!("Cells. {secret}"), "x": secret});
        client.send("POST", "/api/notes", &headers, body.to_string().as_bytes());
        client.send("POST", "/api/notes", &headers, format!("{{\"broken\": {secret}").as_bytes());
    }
    planted
}

#[test]
fn secrets_planted_in_every_input_appear_in_no_log_and_no_trace() {
    let collector = Collector::start();
    let endpoint = format!("http://{}", collector.address);
    let mut env = SECRETS.to_vec();
    env.extend([
        ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint.as_str()),
        ("LOG_LEVEL", "debug"),
        ("LOG_FORMAT", "json"),
    ]);
    let writer = Writer::of(CELLS);
    // The model's server is as careless as can be: its errors say the key that was sent to it.
    let mut house = House::with(&Setup { settings: "", env: &env }, move |asked| {
        let key = "canary-model-key-93c1";
        match asked.is_judging() {
            true => Act::json(
                500,
                &serde_json::json!({"error": {"message": format!("bad key {key}"), "code": key}}),
            ),
            false => answer(asked, &writer.write(asked)),
        }
    });
    let planted = plant(&house);
    for kind in [TaskKind::FlashcardGeneration, TaskKind::SummaryGeneration] {
        end(&make(&house.client(), &request(kind, "ana", message(kind), CELLS)));
    }
    assert!(house.server.terminate().success());
    let (log, sent) = (house.server.log(), collector.all());
    assert!(log.lines().count() > 50 && !sent.is_empty(), "something was told: {log}");
    let told = |text: &str| {
        log.contains(text) || sent.iter().any(|one| String::from_utf8_lossy(&one.body).contains(text))
    };
    for secret in planted {
        assert!(!told(&secret), "{secret} was told: {}", line_with(&log, &secret));
    }
    // A line of JSON each, but for the welcome, which is for the terminal.
    let lines = log.lines().filter(|line| line.starts_with('{'));
    let fields: Vec<serde_json::Value> = lines.map(|line| serde_json::from_str(line).unwrap()).collect();
    let answered = fields
        .iter()
        .filter(|line| line["message"].as_str().is_some_and(|text| text.starts_with("answered")));
    assert!(answered.clone().count() > 30 && answered.clone().all(|line| line["request_id"].is_string()));
    assert!(fields.iter().any(|line| line["job"].is_string()), "a line of a job names it");
}

fn line_with<'l>(log: &'l str, text: &str) -> &'l str {
    log.lines().find(|line| line.contains(text)).unwrap_or("in a trace")
}

#[test]
fn an_error_arrives_at_sentry_with_the_request_and_without_a_secret() {
    let collector = Collector::start();
    let dsn = format!("http://canarysentrykey@{}/7", collector.address);
    let database = Postgres::database();
    let url = database.url.replace("sharper@", "sharper:canary-database-password@");
    let setup = Setup { settings: "", env: &[("SENTRY_DSN", &dsn), ("DATABASE_URL", &url)] };
    let mut house = House::with(&setup, good(CELLS));
    database.execute("ALTER TABLE folders RENAME TO folders_gone");
    let headers = [("X-Request-ID", "request-7"), ("Cookie", "session=canary-session")];
    let broken = house.client().send("GET", "/api/folders?admin_token=canary-admin", &headers, b"");
    assert_eq!(broken.status, 500);
    let came = |posted: &[Posted]| posted.iter().any(|one| one.text().contains("request-7"));
    let posted = collector.wait_for(came);
    assert!(posted.iter().any(|one| one.text().contains("the store failed")), "{posted:?}");
    for one in &posted {
        let body = String::from_utf8_lossy(&one.body);
        assert!(body.contains("development") && body.contains("study-sharper@"), "{body}");
        assert!(!body.contains("canary"), "{body}");
    }
    assert!(house.server.terminate().success());
    assert!(!house.server.log().contains("canary"), "{}", house.server.log());
}
