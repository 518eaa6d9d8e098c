//! Every fault of a server, over a real socket: the right error in time, and nothing partial passed off as whole.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::time::Duration;

use sharper_llm::settings::Settings;
use sharper_llm::testing::{Act, Fault, SystemClock, Upstream, cards, prompt_for_cards, settings_for};
use sharper_llm::{CallBudget, Class, Error, Found, ItemParser, Model, Piece, Remote};

fn remote(settings: Settings) -> Remote {
    Remote::new(settings, SystemClock, 7).expect("the settings for tests are right")
}

/// Asks and reads to the end. The text, and whether the answer was said to be whole.
async fn read(remote: &Remote, budget: &CallBudget) -> (String, Result<(), Error>) {
    let mut text = String::new();
    let mut reply = match remote.ask(prompt_for_cards(3), budget).await {
        Ok(reply) => reply,
        Err(error) => return (text, Err(error)),
    };
    while let Some(piece) = reply.next().await {
        match piece {
            Ok(Piece::Delta { text: more }) => text.push_str(&more),
            Ok(Piece::Done(_)) => return (text, Ok(())),
            Err(error) => {
                assert!(reply.next().await.is_none(), "nothing comes after an error");
                return (text, Err(error));
            }
        }
    }
    panic!("an answer ends with Done or an error");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_fault_that_happens_each_time_ends_in_time_with_its_class_and_nothing_whole() {
    let mut wrong = Vec::new();
    for &fault in Fault::ALL {
        let upstream = Upstream::start(move |_| fault.act()).await.unwrap();
        let (remote, budget) = (remote(settings_for(&upstream.base_url())), CallBudget::default());
        let limit = Duration::from_secs(4);
        let Ok((text, end)) = tokio::time::timeout(limit, read(&remote, &budget)).await else {
            wrong.push(format!("{fault:?} did not end in {limit:?}"));
            continue;
        };
        let class = end.as_ref().err().map(Error::class);
        if class != Some(fault.class()) {
            wrong.push(format!("{fault:?} became {end:?}, not {:?}", fault.class()));
        }
        let mut parser = ItemParser::new("flashcards");
        let items = parser.push(&text).iter().filter(|found| matches!(found, Found::Item { .. })).count();
        if items >= 3 || upstream.calls() > 3 || budget.used() as usize != upstream.calls() {
            wrong.push(format!("{fault:?}: {items} items of {} calls, {budget:?}", upstream.calls()));
        }
        let shown = end.err().map(|error| format!("{error} {error:?} {:?}", error.cause()));
        if shown.is_some_and(|shown| shown.contains("canary")) {
            wrong.push(format!("{fault:?} shows what the body or the key says"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn each_fault_that_may_pass_and_comes_before_any_text_is_mended_by_another_try() {
    let before_text = [
        Fault::RateLimitSeconds,
        Fault::RateLimitNonsense,
        Fault::RateLimit,
        Fault::Status500,
        Fault::Status502,
        Fault::Status503,
        Fault::Status504,
        Fault::Reset,
        Fault::ClosedAtOnce,
        Fault::HangBeforeHead,
        Fault::HangBeforeBody,
        Fault::TruncatedJson,
        Fault::Page,
        Fault::ErrorInside,
        Fault::NoChoices,
        Fault::EmptyAnswer,
        Fault::NotHttp,
    ];
    for fault in before_text {
        let script = move |seen: &sharper_llm::testing::Seen| match seen.number {
            0 => fault.act(),
            _ => Act::stream(&cards(3)),
        };
        let upstream = Upstream::start(script).await.unwrap();
        let remote = remote(settings_for(&upstream.base_url()));
        let (text, end) = read(&remote, &CallBudget::default()).await;
        assert!(end.is_ok(), "{fault:?}: {end:?}");
        assert_eq!((text, upstream.calls()), (cards(3), 2), "{fault:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_caller_has_read_is_never_begun_anew() {
    for fault in
        [Fault::ErrorInStream, Fault::CutInChunk, Fault::HangInBody, Fault::EndsEarly, Fault::BadUtf8]
    {
        let upstream = Upstream::start(move |seen| match seen.number {
            // The pause parts the first text from the fault, as the time of writing does.
            0 => Act::stream_head().delta("{\"flash").pause(Duration::from_millis(30)).chunk("").close(),
            _ => fault.act(),
        });
        let upstream = upstream.await.unwrap();
        let (text, end) = read(&remote(settings_for(&upstream.base_url())), &CallBudget::default()).await;
        assert_eq!((text.as_str(), end.is_err(), upstream.calls()), ("{\"flash", true, 1), "{fault:?}");
    }
}

#[tokio::test]
async fn a_refused_connection_is_unavailable() {
    let gone = Upstream::start(|_| Act::new()).await.unwrap();
    let base = gone.base_url();
    drop(gone);
    tokio::time::sleep(Duration::from_millis(20)).await;
    let (_, end) = read(&remote(settings_for(&base)), &CallBudget::default()).await;
    assert_eq!(end.unwrap_err().class(), Class::Unavailable);
}

#[tokio::test]
async fn a_hang_ends_by_the_limit_of_its_place_and_not_by_the_total() {
    for (fault, limit) in [
        (Fault::HangBeforeHead, "no head"),
        (Fault::HangInHead, "no head"),
        (Fault::HangBeforeBody, "no first byte"),
        (Fault::HangInBody, "paused"),
    ] {
        let upstream = Upstream::start(move |_| fault.act()).await.unwrap();
        let mut settings = settings_for(&upstream.base_url());
        settings.timeouts.total = Duration::from_secs(60);
        settings.retry.tries = 1;
        let (remote, budget) = (remote(settings), CallBudget::default());
        let read = tokio::time::timeout(Duration::from_secs(3), read(&remote, &budget));
        let (_, end) = read.await.unwrap_or_else(|_| panic!("{fault:?} has not ended"));
        let cause = end.unwrap_err().cause().map(ToString::to_string).unwrap_or_default();
        assert!(cause.contains(limit), "{fault:?}: {cause}");
    }
}

#[tokio::test]
async fn an_answer_that_goes_on_and_on_is_cut_off_at_the_total() {
    let endless =
        (0..200).fold(Act::stream_head(), |act, _| act.delta("on and ").pause(Duration::from_millis(50)));
    let upstream = Upstream::start(move |_| endless.clone()).await.unwrap();
    let mut settings = settings_for(&upstream.base_url());
    settings.timeouts.total = Duration::from_millis(400);
    let (text, end) = read(&remote(settings), &CallBudget::default()).await;
    assert_eq!(end.unwrap_err().class(), Class::Timeout);
    assert!(!text.is_empty() && text.len() < 20 * "on and ".len(), "{} bytes", text.len());
}

#[tokio::test]
async fn a_server_that_never_ends_the_tls_handshake_is_a_timeout() {
    let silent = Upstream::start(|_| Act::new().hang()).await.unwrap();
    let mut settings = settings_for(&silent.base_url().replace("http:", "https:"));
    settings.timeouts.connect = Duration::from_millis(100);
    let (_, end) = read(&remote(settings), &CallBudget::default()).await;
    let error = end.unwrap_err();
    assert_eq!(error.class(), Class::Timeout);
    assert!(error.cause().unwrap().to_string().contains("no connection"), "{error:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_redirect_is_followed() {
    let inside = Upstream::start(|_| Act::stream("secret")).await.unwrap();
    let target = inside.base_url();
    for status in [301, 302, 303, 307, 308] {
        let location = format!("{target}/chat/completions");
        let upstream = Upstream::start(move |_| Act::respond(status, &[("Location", &location)], ""));
        let upstream = upstream.await.unwrap();
        let (_, end) = read(&remote(settings_for(&upstream.base_url())), &CallBudget::default()).await;
        assert_eq!(end.unwrap_err().class(), Class::Refused);
    }
    assert_eq!(inside.calls(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_but_good_streams_are_read_whole() {
    let text = cards(2);
    let (first, second) = text.split_at(40);
    let head = Act::stream_head;
    let good: Vec<(&str, Act)> = vec![
        ("a whole completion", Act::whole(&text)),
        ("no [DONE]", head().delta(first).delta(second).finish("stop").end()),
        ("no usage", head().delta(first).delta(second).finish("stop").done()),
        ("no reason", head().delta(first).delta(second).done()),
        ("a reason with the last text, twice", {
            let last =
                serde_json::json!({"choices": [{"delta": {"content": second}, "finish_reason": "stop"}]});
            head().delta(first).event(last.to_string()).finish("stop").usage().usage().done()
        }),
        ("a hang after the end", head().delta(&text).finish("stop").hang()),
        ("a cut after the end", head().delta(&text).finish("stop").send("ff\r\ndat").close()),
        (
            "comments and empty events",
            head().chunk(": x\n\n\n\n").delta(first).chunk(":\r\n").delta(second).done(),
        ),
        ("no empty line at the end", head().delta(&text).chunk("data: [DONE]").end()),
        ("text in an event that nothing ends", {
            let last =
                serde_json::json!({"choices": [{"delta": {"content": second}, "finish_reason": "stop"}]});
            head().delta(first).chunk(format!("data: {last}")).end()
        }),
        ("no length", {
            let event = serde_json::json!({"choices": [{"delta": {"content": text}}]});
            Act::new()
                .send(format!(
                    "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\ndata: {event}\n\ndata: [DONE]\n\n"
                ))
                .close()
        }),
        ("a byte order mark", head().chunk("\u{feff}").delta(&text).done()),
        ("one byte at a time", {
            let event =
                serde_json::json!({"choices": [{"delta": {"content": text}, "finish_reason": "stop"}]});
            let body = format!("data: {event}\n\n");
            Act::new()
                .send(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len()))
                .drip(body, Duration::from_micros(200))
        }),
    ];
    for (what, act) in good {
        let upstream = Upstream::start(move |_| act.clone()).await.unwrap();
        let (read, end) = read(&remote(settings_for(&upstream.base_url())), &CallBudget::default()).await;
        assert!(end.is_ok(), "{what}: {end:?}");
        assert_eq!(read, text, "{what}");
    }
}
