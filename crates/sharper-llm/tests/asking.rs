//! Asking well: dialects, fallback, budgets, Retry-After, the circuit, usage and cost, embeddings, connections.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;
use sharper_llm::settings::{EmbeddingSettings, Price, Provider, Settings, Tiers, TranscriptionSettings};
use sharper_llm::testing::{Act, Fault, Seen, SystemClock, Upstream, cards, prompt_for_cards, settings_for};
use sharper_llm::{CallBudget, Class, Cost, Done, Error, Finish, Model, Prompt, Remote, Task};

fn remote(settings: Settings) -> Remote {
    Remote::new(settings, SystemClock, 7).expect("the settings for tests are right")
}

async fn ask(remote: &Remote) -> Result<(String, Done), Error> {
    remote.ask(prompt_for_cards(3), &CallBudget::default()).await?.text().await
}

fn with_models(base: &str, models: &[&str]) -> Settings {
    let fast = models.iter().map(|&model| model.to_owned()).collect();
    Settings { models: Tiers { fast, strong: Vec::new() }, ..settings_for(base) }
}

#[tokio::test]
async fn a_good_answer_has_its_text_usage_cost_and_model() {
    let upstream = Upstream::start(|_| Act::stream(&cards(3))).await.unwrap();
    let (text, done) = ask(&remote(settings_for(&upstream.base_url()))).await.unwrap();
    assert_eq!(text, cards(3));
    assert_eq!((done.finish, done.model.as_str()), (Finish::Stop, "test/model-1"));
    assert_eq!(
        (done.usage.prompt_tokens, done.usage.completion_tokens, done.usage.estimated),
        (11, 22, false)
    );
    assert_eq!(done.cost, Some(Cost { nano_usd: 500_000, reported: true }));
    let seen = &upstream.seen()[0];
    assert_eq!(seen.line, "POST /v1/chat/completions");
    let headers = seen.headers.to_lowercase();
    assert!(headers.contains("authorization: bearer sk-canary-0123456789"), "{headers}");
    assert!(headers.contains("accept-encoding: identity"), "{headers}");
}

#[tokio::test]
async fn without_usage_it_is_estimated_and_priced_by_the_table() {
    let upstream = Upstream::start(|_| Act::stream_head().delta("One two three.").finish("length").done());
    let upstream = upstream.await.unwrap();
    let mut settings = settings_for(&upstream.base_url());
    settings.prices.insert("test/model".to_owned(), Price { prompt: 0.0, completion: 2.0 });
    let (_, done) = ask(&remote(settings)).await.unwrap();
    assert_eq!((done.usage.completion_tokens, done.usage.estimated, done.finish), (4, true, Finish::Length));
    assert_eq!(done.cost, Some(Cost { nano_usd: 8_000, reported: false }));
}

#[tokio::test]
async fn what_a_server_does_not_know_is_left_out_and_remembered() {
    let old_server = |seen: &Seen| {
        let complaint =
            |what: &str| Act::json(400, &json!({"error": {"message": format!("{what} is not supported")}}));
        match &seen.body {
            body if !body["stream_options"].is_null() => complaint("stream_options"),
            body if body["response_format"]["type"] == "json_schema" => {
                complaint("response_format json_schema")
            }
            body if !body["response_format"].is_null() => complaint("response_format"),
            body if !body["temperature"].is_null() => complaint("'temperature'"),
            body if body["max_tokens"].is_null() => Act::stream("fine"),
            _ => complaint(
                "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead; max_tokens",
            ),
        }
    };
    let upstream = Upstream::start(old_server).await.unwrap();
    let remote = remote(settings_for(&upstream.base_url()));
    assert_eq!(ask(&remote).await.unwrap().0, "fine");
    assert_eq!(upstream.calls(), 6);
    assert_eq!(ask(&remote).await.unwrap().0, "fine");
    assert_eq!(upstream.calls(), 7);
    let system = upstream.seen()[6].body["messages"][0]["content"].as_str().unwrap().to_owned();
    assert!(system.contains("JSON Schema"), "the shape is told in words: {system}");
}

#[tokio::test]
async fn a_refusal_that_no_dialect_mends_is_not_remembered() {
    let upstream = Upstream::start(|seen| match seen.number {
        0 | 1 => Act::respond(400, &[], "Bad Request"),
        _ => Act::stream("fine"),
    });
    let upstream = upstream.await.unwrap();
    let remote = remote(settings_for(&upstream.base_url()));
    assert_eq!(ask(&remote).await.unwrap_err().class(), Class::Refused);
    ask(&remote).await.unwrap();
    assert_eq!(upstream.seen()[2].body["response_format"]["type"], "json_schema");
}

#[tokio::test]
async fn a_refusal_without_a_reason_leaves_all_options_out_and_only_the_second_is_remembered() {
    let upstream = Upstream::start(|seen| match (seen.number, seen.body["response_format"].is_null()) {
        (0 | 3.., false) => Act::respond(400, &[], "Bad Request"),
        _ => Act::stream("fine"),
    });
    let upstream = upstream.await.unwrap();
    let remote = remote(settings_for(&upstream.base_url()));
    for (calls, why) in [
        (2, "refused once, then asked for the least"),
        (3, "once is no rule: the best is asked for again"),
        (5, "refused again"),
        (7, "and again, which is now remembered"),
        (8, "the least is asked for at once"),
    ] {
        assert_eq!(ask(&remote).await.unwrap().0, "fine");
        assert_eq!(upstream.calls(), calls, "{why}");
    }
}

#[tokio::test]
async fn openrouter_is_asked_for_the_cost() {
    let upstream = Upstream::start(|_| Act::stream("x")).await.unwrap();
    let settings = Settings { provider: Provider::Openrouter, ..settings_for(&upstream.base_url()) };
    ask(&remote(settings)).await.unwrap();
    assert_eq!(upstream.seen()[0].body["usage"], json!({"include": true}));
}

#[tokio::test]
async fn the_next_model_is_asked_when_one_fails_and_the_reason_is_kept() {
    for fault in [Fault::NoModel, Fault::Status503, Fault::RateLimitDay, Fault::Page, Fault::LongPrompt] {
        let upstream = Upstream::start(move |seen| match seen.body["model"].as_str() {
            Some("a") => fault.act(),
            _ => Act::stream("from b"),
        });
        let upstream = upstream.await.unwrap();
        let remote = remote(with_models(&upstream.base_url(), &["a", "b"]));
        let reply = remote.ask(prompt_for_cards(3), &CallBudget::default()).await.unwrap();
        assert_eq!(reply.model(), "b");
        assert_eq!(reply.passed_over().map(Error::class), Some(fault.class()), "{fault:?}");
        assert_eq!(reply.text().await.unwrap().0, "from b");
    }
}

#[tokio::test]
async fn a_key_that_is_refused_is_not_tried_with_other_models() {
    let upstream = Upstream::start(|_| Fault::WrongKey.act()).await.unwrap();
    let error = ask(&remote(with_models(&upstream.base_url(), &["a", "b", "c"]))).await.unwrap_err();
    assert_eq!((error.class(), upstream.calls()), (Class::Refused, 1));
}

#[tokio::test]
async fn no_request_makes_more_calls_than_its_budget() {
    let upstream = Upstream::start(|_| Fault::Status503.act()).await.unwrap();
    let remote = remote(with_models(&upstream.base_url(), &["a", "b", "c"]));
    let budget = CallBudget::new(2);
    let error = remote.ask(prompt_for_cards(3), &budget).await.unwrap_err();
    assert_eq!((error.class(), upstream.calls(), budget.left()), (Class::Unavailable, 2, 0));
    let error = remote.ask(prompt_for_cards(3), &budget).await.unwrap_err();
    assert_eq!((error.class(), upstream.calls()), (Class::OverBudget, 2));
}

#[tokio::test]
async fn a_server_that_asks_for_a_second_is_left_alone_for_a_second_by_everybody() {
    let upstream = Upstream::start(|seen| match seen.number {
        0 => Fault::RateLimitSeconds.act(),
        _ => Act::stream("fine"),
    });
    let upstream = upstream.await.unwrap();
    let remote = remote(settings_for(&upstream.base_url()));
    let begun = Instant::now();
    let later = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        ask(&remote).await
    };
    let (first, second) = tokio::join!(ask(&remote), later);
    assert!(first.is_ok() && second.is_ok(), "{first:?} {second:?}");
    assert!(begun.elapsed() >= Duration::from_secs(1), "it came back after {:?}", begun.elapsed());
    assert_eq!(upstream.calls(), 3);
}

#[tokio::test]
async fn a_long_wait_is_told_and_not_waited_for() {
    let upstream = Upstream::start(|_| Fault::RateLimitDate.act()).await.unwrap();
    let remote = remote(settings_for(&upstream.base_url()));
    for _ in 0..3 {
        match ask(&remote).await.unwrap_err() {
            Error::Busy { retry_after: Some(wait), .. } => {
                assert!(wait > Duration::from_secs(1700) && wait <= Duration::from_secs(1800), "{wait:?}");
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(upstream.calls(), 1, "nobody comes back before the time");
}

#[tokio::test]
async fn an_outage_is_met_with_few_calls_and_found_to_be_over() {
    let down = Arc::new(AtomicBool::new(true));
    let state = Arc::clone(&down);
    let upstream = Upstream::start(move |_| match state.load(Ordering::SeqCst) {
        true => Fault::Status502.act(),
        false => Act::stream("fine"),
    });
    let upstream = upstream.await.unwrap();
    let mut settings = settings_for(&upstream.base_url());
    settings.retry.probe_every = Duration::from_millis(800);
    let remote = remote(settings);
    for _ in 0..50 {
        assert_eq!(ask(&remote).await.unwrap_err().class(), Class::Unavailable);
    }
    assert_eq!(upstream.calls(), 5, "the circuit opens after five failures");
    tokio::time::sleep(Duration::from_millis(850)).await;
    for _ in 0..50 {
        assert!(ask(&remote).await.is_err());
    }
    assert_eq!(upstream.calls(), 6, "one call looks whether it is back");
    down.store(false, Ordering::SeqCst);
    tokio::time::sleep(Duration::from_millis(850)).await;
    for _ in 0..5 {
        assert!(ask(&remote).await.is_ok());
    }
}

#[tokio::test]
async fn tries_are_repeated_for_a_fifth_of_the_calls_only() {
    let upstream = Upstream::start(|_| Fault::Page.act()).await.unwrap();
    let remote = remote(settings_for(&upstream.base_url()));
    for _ in 0..100 {
        assert_eq!(ask(&remote).await.unwrap_err().class(), Class::Malformed);
    }
    assert_eq!(upstream.calls(), 120);
}

#[tokio::test]
async fn a_connection_is_used_again() {
    let upstream = Upstream::start(|_| Act::stream(&cards(3))).await.unwrap();
    let remote = remote(settings_for(&upstream.base_url()));
    for _ in 0..20 {
        ask(&remote).await.unwrap();
    }
    let connections = upstream.seen().iter().map(|seen| seen.connection).max().unwrap() + 1;
    assert!(connections <= 3, "{connections} connections for 20 calls");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_calls_are_under_way_than_allowed_and_one_too_many_is_busy() {
    let upstream = Upstream::start(|_| Act::new().hang()).await.unwrap();
    let mut settings = Settings { concurrency: 2, queue: 1, ..settings_for(&upstream.base_url()) };
    settings.retry.tries = 1;
    let remote = Arc::new(remote(settings));
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let remote = Arc::clone(&remote);
        calls.spawn(async move { ask(&remote).await.unwrap_err().class() });
    }
    while upstream.calls() < 2 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(upstream.calls(), 2, "the third waits until one has ended");
    let classes = calls.join_all().await;
    let busy = classes.iter().filter(|class| **class == Class::Busy).count();
    assert_eq!((busy, upstream.calls()), (1, 3));
}

#[tokio::test]
async fn an_open_answer_holds_its_place_until_it_has_ended() {
    let upstream = Upstream::start(|_| Act::stream("some text")).await.unwrap();
    let remote = remote(Settings { concurrency: 1, queue: 0, ..settings_for(&upstream.base_url()) });
    let mut open = remote.ask(prompt_for_cards(1), &CallBudget::default()).await.unwrap();
    assert_eq!(ask(&remote).await.unwrap_err().class(), Class::Busy);
    while open.next().await.is_some() {}
    assert!(ask(&remote).await.is_ok(), "the answer is still there, its place is free");
}

#[tokio::test]
async fn dropping_an_answer_ends_the_call() {
    let upstream = Upstream::start(|_| Act::stream_head().delta("begun").hang()).await.unwrap();
    let settings = Settings { concurrency: 1, queue: 0, ..settings_for(&upstream.base_url()) };
    let remote = remote(settings);
    for _ in 0..3 {
        let mut reply = remote.ask(prompt_for_cards(1), &CallBudget::default()).await.unwrap();
        assert!(reply.next().await.unwrap().is_ok());
        assert!(reply.so_far().estimated && reply.so_far().completion_tokens == 1);
    }
    assert_eq!(upstream.calls(), 3);
}

#[tokio::test]
async fn a_server_at_home_is_asked_which_model_it_has() {
    let upstream = Upstream::start(|seen| match seen.line.as_str() {
        "GET /v1/models" => Act::json(200, &json!({"data": [{"id": "nomic-embed-text"}, {"id": "llama"}]})),
        _ => Act::stream("fine"),
    });
    let upstream = upstream.await.unwrap();
    let settings = Settings { models: Tiers::default(), ..settings_for(&upstream.base_url()) };
    let remote = remote(settings);
    for _ in 0..2 {
        assert_eq!(ask(&remote).await.unwrap().0, "fine");
    }
    assert_eq!(upstream.seen()[1].body["model"], "llama");
    assert_eq!(upstream.calls(), 3, "it is asked once");
}

#[tokio::test]
async fn a_prompt_may_ask_for_less_than_its_task_but_not_for_more() {
    let upstream = Upstream::start(|_| Act::stream("x")).await.unwrap();
    let remote = remote(settings_for(&upstream.base_url()));
    for (asked, sent) in [(10, 10), (1_000_000, 200)] {
        let prompt = Prompt::new(Task::Intent, "s", "u").max_tokens(asked);
        remote.ask(prompt, &CallBudget::default()).await.unwrap().text().await.unwrap();
        assert_eq!(upstream.seen().last().unwrap().body["max_tokens"], sent);
    }
}

mod recordings {
    use super::*;
    use sharper_llm::{Audio, Transcript};

    fn audio() -> Audio {
        let bytes = b"RIFF\0\0\0\0WAVE study-sharper-recording-00000000 \xff\xfe";
        Audio { bytes: bytes.as_slice().into(), name: "recording.wav", media_type: "audio/wav" }
    }

    fn settings(base: &str, timestamps: bool) -> Settings {
        let model = Some("whisper-1".to_owned());
        let transcription =
            TranscriptionSettings { model, timestamps, usd_per_minute: 0.006, ..Default::default() };
        Settings { transcription, ..settings_for(base) }
    }

    async fn answered(act: Act, timestamps: bool) -> (Result<Transcript, Error>, Vec<u8>) {
        let upstream = Upstream::start(move |_| act.clone()).await.unwrap();
        let remote = remote(settings(&upstream.base_url(), timestamps));
        let transcript = remote.transcribe(&audio(), &CallBudget::default()).await;
        let seen = upstream.seen();
        assert_eq!(seen[0].line, "POST /v1/audio/transcriptions");
        (transcript, seen[0].bytes.clone())
    }

    #[tokio::test]
    async fn a_recording_is_sent_as_a_form_and_comes_back_with_its_times_and_its_price() {
        let body = json!({"text": " Cells divide. Then rest. ", "duration": "90.0", "segments": [
            {"start": 0.0, "end": 3.5, "text": " Cells divide."}, {"start": 3.5, "end": 90.0, "text": " Then rest."}]});
        let (transcript, sent) = answered(Act::json(200, &body), true).await;
        let transcript = transcript.unwrap();
        assert_eq!(transcript.text, "Cells divide. Then rest.");
        let times: Vec<f64> = transcript.segments.iter().map(|segment| segment.start).collect();
        assert_eq!((times, transcript.seconds), (vec![0.0, 3.5], Some(90.0)));
        assert_eq!(transcript.cost.unwrap().nano_usd, 9_000_000);
        // The line between the parts is none that the recording holds.
        let sent = String::from_utf8_lossy(&sent).into_owned();
        assert!(sent.starts_with("--study-sharper-recording-00000001\r\n"), "{sent}");
        assert!(sent.contains("name=\"response_format\"\r\n\r\nverbose_json\r\n"), "{sent}");
        assert!(sent.contains("filename=\"recording.wav\"\r\nContent-Type: audio/wav\r\n\r\nRIFF"), "{sent}");
    }

    #[tokio::test]
    async fn recordings_go_to_a_server_of_their_own_and_no_key_goes_to_the_wrong_one() {
        let general = Upstream::start(|_| Act::stream("x")).await.unwrap();
        let own = Upstream::start(|_| Act::json(200, &json!({"text": "Cells."}))).await.unwrap();
        let url = Some(own.base_url());
        let sent = async |base_url: Option<String>, key: Option<&str>| {
            let mut all = settings(&general.base_url(), true);
            all.api_key = Some("general".to_owned().into());
            all.transcription.base_url = base_url.clone();
            all.transcription.api_key = key.map(|key| key.to_owned().into());
            let _ = remote(all).transcribe(&audio(), &CallBudget::default()).await;
            let seen = if base_url.is_some() { own.seen() } else { general.seen() };
            let headers = seen.last().unwrap().headers.clone();
            let line = headers.lines().find(|line| line.to_lowercase().starts_with("authorization:"));
            line.map(|line| line["authorization:".len()..].trim().to_owned())
        };
        assert_eq!(sent(url.clone(), Some("own")).await.as_deref(), Some("Bearer own"));
        assert_eq!(sent(url, None).await, None, "the general key stays with the general server");
        assert!(general.seen().is_empty());
        assert_eq!(sent(None, Some("own")).await.as_deref(), Some("Bearer own"));
        assert_eq!(sent(None, None).await.as_deref(), Some("Bearer general"));
    }

    #[tokio::test]
    async fn a_server_without_times_gives_its_text_as_json_or_plain() {
        let usage = json!({"type": "tokens", "input_tokens": 40, "output_tokens": 4});
        let (transcript, sent) =
            answered(Act::json(200, &json!({"text": "Cells.", "usage": usage})), false).await;
        assert_eq!(transcript.unwrap().usage.total(), 44);
        assert!(String::from_utf8_lossy(&sent).contains("\r\n\r\njson\r\n"));
        let (transcript, _) = answered(Act::respond(200, &[], "Cells divide.\n"), true).await;
        assert_eq!(transcript.unwrap().text, "Cells divide.");
    }

    #[tokio::test]
    async fn what_is_no_transcript_is_an_error_and_without_a_model_nothing_is_sent() {
        assert_eq!(
            answered(Act::json(200, &json!({"x": 1})), true).await.0.unwrap_err().class(),
            Class::Malformed
        );
        assert_eq!(answered(Act::error(400, "x"), true).await.0.unwrap_err().class(), Class::Refused);
        let upstream = Upstream::start(|_| Act::json(200, &json!({"text": "x"}))).await.unwrap();
        let none = remote(settings_for(&upstream.base_url()));
        let error = none.transcribe(&audio(), &CallBudget::default()).await.unwrap_err();
        assert_eq!((error.class(), upstream.calls()), (Class::Refused, 0));
    }
}

mod embeddings {
    use super::*;

    fn settings(base: &str, dimensions: Option<usize>) -> Settings {
        let embedding = EmbeddingSettings { model: Some("e".to_owned()), dimensions, batch: 2 };
        Settings { embedding, ..settings_for(base) }
    }

    fn texts(n: usize) -> Vec<String> {
        (0..n).map(|i| format!("text {i}")).collect()
    }

    async fn class_of(body: serde_json::Value, dimensions: Option<usize>) -> Class {
        let upstream = Upstream::start(move |_| Act::json(200, &body)).await.unwrap();
        let remote = remote(settings(&upstream.base_url(), dimensions));
        remote.embed(&texts(2), &CallBudget::default()).await.unwrap_err().class()
    }

    #[tokio::test]
    async fn texts_are_embedded_in_batches_and_in_order() {
        let upstream = Upstream::start(|seen| {
            let input = seen.body["input"].as_array().cloned().unwrap_or_default();
            // The last first, as a server may.
            let vector = |(i, text): (usize, &serde_json::Value)| {
                let number: f32 =
                    text.as_str().and_then(|t| t.strip_prefix("text ")?.parse().ok()).unwrap_or(-1.0);
                json!({"index": i, "embedding": [number, 1.0]})
            };
            let data: Vec<_> = input.iter().enumerate().map(vector).rev().collect();
            Act::json(200, &json!({"data": data, "usage": {"prompt_tokens": 3}}))
        });
        let upstream = upstream.await.unwrap();
        let remote = remote(settings(&upstream.base_url(), Some(2)));
        let got = remote.embed(&texts(5), &CallBudget::default()).await.unwrap();
        let firsts: Vec<f32> = got.vectors.iter().map(|vector| vector[0]).collect();
        assert_eq!(firsts, [0.0, 1.0, 2.0, 3.0, 4.0]);
        assert_eq!((got.usage.prompt_tokens, upstream.calls()), (9, 3));
        assert_eq!(upstream.seen()[0].line, "POST /v1/embeddings");
    }

    #[tokio::test]
    async fn vectors_that_cannot_be_used_are_turned_away() {
        let vectors = |a: serde_json::Value, b: serde_json::Value| json!({"data": [{"embedding": a}, {"embedding": b}]});
        assert_eq!(class_of(vectors(json!([1.0]), json!([1.0, 2.0])), None).await, Class::Malformed);
        assert_eq!(class_of(vectors(json!([]), json!([])), None).await, Class::Malformed);
        assert_eq!(class_of(vectors(json!([1e39]), json!([1.0])), None).await, Class::Malformed);
        assert_eq!(class_of(vectors(json!(["x"]), json!([1.0])), None).await, Class::Malformed);
        assert_eq!(class_of(vectors(json!([1.0]), json!([1.0])), Some(2)).await, Class::Refused);
        assert_eq!(class_of(json!({"data": [{"embedding": [1.0]}]}), None).await, Class::Malformed);
        let twice = json!({"data": [{"index": 0, "embedding": [1.0]}, {"index": 0, "embedding": [1.0]}]});
        assert_eq!(class_of(twice, None).await, Class::Malformed);
    }

    #[tokio::test]
    async fn without_a_model_for_it_nothing_is_asked() {
        let upstream = Upstream::start(|_| Act::new()).await.unwrap();
        let remote = remote(settings_for(&upstream.base_url()));
        let error = remote.embed(&texts(1), &CallBudget::default()).await.unwrap_err();
        assert_eq!((error.class(), upstream.calls()), (Class::Refused, 0));
    }
}
