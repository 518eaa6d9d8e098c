//! Who may see what: every route of the table, five kinds of caller, own, foreign, random and malformed ids.
//!
//! The routes come from the router itself, so a new one that is not thought of here fails the test.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sharper_testkit::{Client, Postgres, Response, Server, ServerOptions, TempFolder};
use sharper_web::{Access, Route};

use crate::stage::{TEXT, make, program};

/// Stands in everything that the owner has, and must be in nothing that another gets.
const CANARY: &str = "Zyxomma";
const PASSWORD: &str = "correct horse battery";
/// An id that was never given out.
const RANDOM: &str = "0190f0b0-0000-7000-8000-00000000dead";
const KINDS: [&str; 7] = [
    "flashcard_generation",
    "quiz_generation",
    "exam_generation",
    "summary_generation",
    "note_analysis",
    "study_plan",
    "chat",
];

/// A server where everybody signs in. Limits are for another test.
pub(crate) fn server_with_accounts(options: ServerOptions) -> Server {
    let options = options
        .env("SIGN_IN", "required")
        .env("RATE_LIMIT_PER_MINUTE", "1000000")
        .env("RATE_LIMIT_PER_HOUR", "1000000")
        .env("RATE_LIMIT_SIGN_IN", "1000000");
    Server::start(program(), options)
}

/// A caller, with a session of their own.
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) client: Client,
}

/// Registers somebody; the first one is the administrator.
pub(crate) fn register(server: &Server, email: &str) -> Person {
    let answer = server
        .client()
        .post("/api/auth/register", &json!({"email": email, "password": PASSWORD}))
        .expect_status(201);
    person(server, &answer)
}

fn person(server: &Server, answer: &Response) -> Person {
    let cookie = answer.header("set-cookie").expect("signing in gives a cookie");
    let cookie = cookie.split(';').next().unwrap_or_default();
    let id = answer.json()["user"]["id"].as_str().expect("it says who signed in").to_owned();
    let client = server.client().with_header("Cookie", cookie).with_header("Origin", &server.url());
    Person { id, client }
}

/// The ids of everything that the owner has, under the names of the router's variable parts, by the path's beginning.
type Things = BTreeMap<&'static str, String>;

fn furnish(owner: &Person) -> Things {
    let text = format!("{TEXT}\n\n{CANARY} is a genus of crepuscular dragonflies.\n");
    let note = owner.client.post("/api/notes", &json!({"content": text, "title": CANARY})).expect_status(201);
    let note = note.json()["note"]["id"].as_str().unwrap_or_default().to_owned();
    let folder = owner.client.post("/api/folders", &json!({"name": CANARY})).expect_status(201).json();
    let mut things = Things::new();
    things.insert("/api/notes/", note.clone());
    things.insert("/api/embeddings/related/", note.clone());
    things.insert("/notes/", note.clone());
    things.insert("/api/folders/", text_of(&folder["folder"]["id"]));
    let binned = json!({"content": format!("{CANARY} in the bin."), "title": CANARY});
    let binned = owner.client.post("/api/notes", &binned).expect_status(201).json();
    let binned = text_of(&binned["note"]["id"]);
    owner.client.delete(&format!("/api/notes/{binned}")).expect_status(200);
    things.insert("/api/bin/", binned);
    for kind in KINDS {
        let message = if kind == "chat" { "What is a macrophage?" } else { CANARY };
        let body = json!({"type": kind, "message": message, "explicit_note_ids": [note],
            "options": {"duration_minutes": 30}});
        let log = make(&owner.client, &body);
        let end = log.last().expect("a stream has an end").json();
        assert_eq!(end["type"], "complete", "{kind}: {end}");
        let (session, saved) = (text_of(&log[0].json()["session_id"]), &end["saved"]);
        match kind {
            "flashcard_generation" => {
                for place in ["/sets/", "/study/", "/api/flashcards/sets/"] {
                    things.insert(place, text_of(&saved["set"]["id"]));
                }
                things.insert("/api/flashcards/", text_of(&saved["ids"][0]));
                things.insert("/making/", session.clone());
                things.insert("/api/ai/stream/", session);
            }
            "quiz_generation" => {
                for place in ["/quizzes/", "/api/quizzes/"] {
                    things.insert(place, text_of(&saved["quiz_id"]));
                }
            }
            "exam_generation" => {
                for place in ["/exams/", "/api/exams/"] {
                    things.insert(place, text_of(&saved["exam_id"]));
                }
            }
            "summary_generation" => drop(things.insert("/summaries/", text_of(&saved["summary_id"]))),
            "note_analysis" => drop(things.insert("/analyses/", text_of(&saved["analysis_id"]))),
            "study_plan" => {
                for place in ["/plans/", "/api/plans/"] {
                    things.insert(place, text_of(&saved["plan_id"]));
                }
            }
            _ => {
                things.insert("/api/chat/sessions/", session.clone());
                things.insert("/tutor/", session);
            }
        }
    }
    let start = format!("/api/quizzes/{}/attempts", things["/quizzes/"]);
    let attempt = owner.client.post(&start, &json!({})).expect_status(201).json();
    things.insert("/api/attempts/", text_of(&attempt["attempt"]["id"]));
    things.insert("/attempts/", text_of(&attempt["attempt"]["id"]));
    let said = json!({"content_type": "analysis", "content_id": CANARY, "rating": 4});
    let said = owner.client.post("/api/ai/feedback", &said).expect_status(200).json();
    things.insert("/api/ai/feedback/", text_of(&said["feedback_id"]));
    let token = owner.client.post("/api/auth/tokens", &json!({"name": CANARY})).expect_status(201).json();
    things.insert("/api/auth/tokens/", text_of(&token["token"]["id"]));
    let sessions = owner.client.get("/api/auth/sessions").expect_status(200).json();
    things.insert("/api/auth/sessions/", text_of(&sessions["sessions"][0]["id"]));
    things.insert("/api/ai/content-stats/", owner.id.clone());
    things.insert("/api/admin/user-activity/", owner.id.clone());
    things
}

fn text_of(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("an id was expected, not {value}")).to_owned()
}

/// What the variable part of a path is for the owner. Routes whose part names nobody's thing have a word of their own.
fn own(route: &Route, things: &Things) -> Option<String> {
    let (before, _) = route.path.split_once('{')?;
    match before {
        "/assets/" => return Some("app.css".to_owned()),
        "/docs/" => return Some("index.html".to_owned()),
        // Nobody has a file here: a hash that is none is not told from another's.
        "/media/" => return Some("0".repeat(64)),
        "/api/ai/generated-content/" => return Some("flashcards".to_owned()),
        // The card of a review, and the set of a list of cards.
        "/api/flashcards/" if route.path.ends_with("/cards") => {
            return things.get("/api/flashcards/sets/").cloned();
        }
        // What administrators look up is nobody's own; the routes say themselves what is not there.
        _ if route.access == Access::Admin => {
            return Some(things.get(before).cloned().unwrap_or_else(|| RANDOM.to_owned()));
        }
        _ => {}
    }
    let known = things
        .get(before)
        .unwrap_or_else(|| panic!("{}: whose thing is this? Add it to `furnish`", route.path));
    Some(known.clone())
}

/// The path with something in place of its variable part.
fn with(route: &Route, id: &str) -> String {
    let path = match (route.path.find('{'), route.path.find('}')) {
        (Some(from), Some(to)) => format!("{}{id}{}", &route.path[..from], &route.path[to + 1..]),
        _ => route.path.to_owned(),
    };
    let query = match route.path {
        "/api/flashcards/sets/{id}/export" => "?format=csv",
        path if path.ends_with("/export") && path != "/settings/export" && path != "/api/me/export" => {
            "?format=gift"
        }
        _ => "",
    };
    // The number of a version: the first is always there.
    format!("{}{query}", path.replace("{n}", "1").replace("{question_id}", RANDOM))
}

/// A body with which the route would do its work.
fn body(route: &Route) -> Value {
    match route.path {
        "/api/notes/{id}" => json!({"title": "Changed"}),
        "/api/folders/{id}" => json!({"name": "Changed"}),
        "/api/chat/sessions/{session_id}" => json!({"title": "Changed"}),
        "/api/flashcards/{id}/review" => json!({"rating": 3}),
        "/api/flashcards/{id}" => json!({"topic": "Changed"}),
        "/api/flashcards/sets/{id}" => json!({"title": "Changed"}),
        "/api/ai/feedback" => json!({"content_type": "flashcards", "content_id": RANDOM, "rating": 4}),
        _ => json!({}),
    }
}

fn ask(client: &Client, route: &Route, path: &str) -> Response {
    // A stream that waits for its request would wait for minutes; what it answers at once is all that counts here.
    match route.method.as_str() {
        "GET" => client.get(path),
        method => client.send_json(method, path, &body(route)),
    }
}

/// What an answer says, without what differs from one request to the next.
fn says(answer: &Response, id: &str) -> (u16, Vec<(String, String)>, String) {
    let own = ["x-request-id", "date", "content-length", "ratelimit-remaining", "ratelimit-reset"];
    let headers = answer.headers.iter().filter(|(name, _)| !own.contains(&name.as_str())).cloned().collect();
    let request = answer.header("x-request-id").unwrap_or_default().to_owned();
    let text = answer.text().replace(&request, "REQUEST").replace(id, "ID");
    (answer.status, headers, text)
}

/// Routes that end what the owner needs for the rest: asked last, and only by those who may not.
fn ends_something(route: &Route) -> bool {
    route.method == "DELETE" || route.path.ends_with("/sign-out") || route.path.ends_with("/cancel")
}

fn waits(route: &Route) -> bool {
    route.access == Access::Stream
}

#[test]
fn every_route_lets_in_whom_it_should_and_shows_nobody_anything_of_anybody_else() {
    look_at_every_route(ServerOptions::new());
}

#[test]
fn the_same_holds_on_postgresql() {
    let database = Postgres::database();
    look_at_every_route(ServerOptions::new().env("DATABASE_URL", &database.url));
}

fn look_at_every_route(options: ServerOptions) {
    let server = server_with_accounts(options.env("ADMIN_TOKEN", "a".repeat(40)));
    let admin = register(&server, "admin@example.org");
    let owner = register(&server, "owner@example.org");
    let other = register(&server, "other@example.org");
    let gone = register(&server, "gone@example.org");
    gone.client.post("/api/auth/sign-out", &json!({})).expect_status(200);
    let things = furnish(&owner);
    let routes = sharper_web::routes();
    assert!(routes.len() > 60, "the table was read");
    let own_answers = |things: &Things| -> Vec<(String, String)> {
        let readable = routes.iter().filter(|route| {
            route.method == "GET" && route.path.contains('{') && !waits(route) && route.access == Access::User
        });
        let told = readable.filter_map(|route| {
            let path = with(route, &own(route, things)?);
            // A study session begins anew with each look, and a calendar says when it was written.
            (!path.starts_with("/study/") && !path.ends_with("/calendar"))
                .then(|| (path.clone(), owner.client.get(&path).text()))
        });
        // What differs with the moment: the name of the request, and when a card would come back.
        let still = |text: String| {
            let text = text.split("request_id").next().unwrap_or_default();
            text.split("\"choices\"").next().unwrap_or_default().to_owned()
        };
        told.map(|(path, text)| (path, still(text))).collect()
    };
    let before = own_answers(&things);
    assert!(before.iter().filter(|(_, text)| text.contains(CANARY)).count() > 8, "the owner sees their own");

    let anonymous = server.client();
    let mut asked = 0;
    for route in &routes {
        let real = own(route, &things);
        let path = with(route, real.as_deref().unwrap_or_default());
        for nobody in [&anonymous, &gone.client] {
            let answer = ask(nobody, route, &path);
            let expected: &[u16] = match route.access {
                Access::Anybody | Access::Open => continue,
                Access::Admin if route.path.starts_with("/api/") || route.path == "/metrics" => &[403],
                // The guard of cookies comes first where nobody can be told from the cookie.
                _ => &[401, 303],
            };
            assert!(expected.contains(&answer.status), "{route:?} lets in nobody: {}", answer.status);
            assert!(!answer.text().contains(CANARY), "{route:?}");
            asked += 1;
        }
        if route.access == Access::Admin {
            for student in [&owner, &other] {
                let answer = ask(&student.client, route, &path);
                assert_eq!(answer.status, 403, "{route:?}");
                if route.path.starts_with("/api/") {
                    assert_eq!(answer.json(), json!({"error": "Unauthorized", "status": 403}), "{route:?}");
                }
                asked += 1;
            }
            assert_ne!(ask(&admin.client, route, &path).status, 403, "{route:?}");
            continue;
        }
        let Some(real) =
            real.filter(|_| !route.access.is_open() && things.values().any(|id| path.contains(id)))
        else {
            continue;
        };
        for stranger in [&other, &admin] {
            if waits(route) && route.method == "GET" {
                // A stream under an id of its own may be opened before its request: it says nothing of anybody's.
                let answer = stranger.client.clone().with_patience(std::time::Duration::from_millis(300));
                let heard =
                    answer.try_send("GET", &path, &[], b"").map(|answer| answer.text()).unwrap_or_default();
                assert!(!heard.contains(CANARY) && !heard.contains("flashcards"), "{route:?}: {heard}");
                continue;
            }
            let foreign = ask(&stranger.client, route, &path);
            let random = ask(&stranger.client, route, &with(route, RANDOM));
            assert_eq!(says(&foreign, &real), says(&random, RANDOM), "{route:?}: foreign and random differ");
            assert!(foreign.status >= 400 && foreign.status < 500, "{route:?}: {}", foreign.status);
            assert!(!foreign.text().contains(CANARY), "{route:?}");
            let malformed = ask(&stranger.client, route, &with(route, "%F0%9F%A6%8A'--"));
            assert!(malformed.status >= 400 && malformed.status < 500, "{route:?}: {}", malformed.status);
            asked += 3;
        }
    }
    assert!(asked > 200, "{asked}");
    assert_eq!(own_answers(&things), before, "nobody changed anything of the owner's");
    for route in routes.iter().filter(|route| ends_something(route) && route.path.contains('{')) {
        let path = with(route, &own(route, &things).unwrap_or_default());
        assert!(ask(&owner.client, route, &path).status < 500, "{route:?}");
    }
}

#[test]
fn a_user_id_that_is_not_the_callers_own_is_refused_wherever_it_stands() {
    let server = server_with_accounts(ServerOptions::new());
    let owner = register(&server, "owner@example.org");
    let other = register(&server, "other@example.org");
    for route in sharper_web::routes().iter().filter(|route| {
        route.access == Access::User
            && route.path.starts_with("/api/")
            && !route.path.starts_with("/api/auth/")
    }) {
        let path = with(route, RANDOM);
        let path = format!("{path}{}user_id={}", if path.contains('?') { '&' } else { '?' }, owner.id);
        let answer = ask(&other.client, route, &path);
        assert!((400..500).contains(&answer.status), "{route:?}: {}", answer.status);
    }
    let body = json!({"type": "chat", "message": "Hello", "user_id": owner.id});
    other.client.post("/api/ai/process-stream", &body).expect_status(403);
    let body = json!({"type": "chat", "message": "Hello", "user_id": other.id});
    other.client.post("/api/ai/process-stream", &body).expect_status(200);
    other.client.get(&format!("/api/ai/content-stats/{}", owner.id)).expect_status(403);
}

#[test]
fn what_a_request_refers_to_must_be_the_callers_own() {
    let server = server_with_accounts(ServerOptions::new());
    let owner = register(&server, "owner@example.org");
    let other = register(&server, "other@example.org");
    let things = furnish(&owner);
    let (note, folder) = (&things["/api/notes/"], &things["/api/folders/"]);
    let mine = other
        .client
        .post("/api/notes", &json!({"content": "My own text of a few words."}))
        .expect_status(201);
    let mine = text_of(&mine.json()["note"]["id"]);
    other.client.post("/api/notes", &json!({"content": "x y z", "folder_id": folder})).expect_status(404);
    other.client.put(&format!("/api/notes/{mine}"), &json!({"folder_id": folder})).expect_status(404);
    other.client.post("/api/folders", &json!({"name": "n", "parent_id": folder})).expect_status(404);
    let body = json!({"type": "flashcard_generation", "message": "cards", "explicit_note_ids": [note]});
    let answer = other.client.post("/api/ai/process-stream", &body);
    let text = match answer.status {
        200 => {
            let url = text_of(&answer.json()["stream_url"]);
            other.client.stream(&url, None).map(|event| event.data).collect::<String>()
        }
        _ => answer.text(),
    };
    assert!(!text.contains(CANARY), "{text}");
    let search =
        other.client.post(&format!("/api/ai/test-rag?query={CANARY}"), &json!({})).expect_status(200);
    assert!(!search.text().contains("dragonflies"));
}

#[test]
fn a_stream_ends_soon_after_its_reader_signed_out() {
    let folder = TempFolder::new();
    let settings = folder.path().join("settings.toml");
    std::fs::write(&settings, "[server.streams]\nkeepalive_seconds = 1\nrecheck_seconds = 1\n").unwrap();
    let settings = settings.to_str().expect("a path of letters");
    let server = server_with_accounts(ServerOptions::new().arguments(&["serve", "--config", settings]));
    let reader = register(&server, "reader@example.org");
    let mut stream = reader.client.stream("/api/ai/stream/5f0c7a52-7d0a-4b5e-9d5e-0c5f6a7b8c9d", None);
    assert_eq!(stream.next().expect("it waits").json()["type"], "keepalive");
    reader.client.post("/api/auth/sign-out", &json!({})).expect_status(200);
    // It ends, or this would be read for ten minutes.
    assert!(stream.count() < 20);
}

#[test]
fn a_stream_is_read_with_a_ticket_by_nobody_else() {
    let server = server_with_accounts(ServerOptions::new());
    let owner = register(&server, "owner@example.org");
    let other = register(&server, "other@example.org");
    let body = |text: &str| json!({"type": "flashcard_generation", "message": "cards", "options": {"content": text}});
    let url = text_of(
        &owner.client.post("/api/ai/process-stream", &body(TEXT)).expect_status(200).json()["stream_url"],
    );
    assert!(url.contains("?ticket="), "{url}");
    let log: Vec<_> = server.client().stream(&url, None).collect();
    assert_eq!(log.last().expect("an end").json()["type"], "complete");
    let (path, ticket) = url.split_once("?ticket=").expect("a ticket");
    server.client().get(path).expect_status(401);
    server.client().get(&format!("{path}?ticket={}x", &ticket[..ticket.len() - 1])).expect_status(401);
    let theirs = other.client.post("/api/ai/process-stream", &body(TEXT)).expect_status(200).json();
    let theirs = text_of(&theirs["session_id"]);
    server.client().get(&format!("/api/ai/stream/{theirs}?ticket={ticket}")).expect_status(401);
    server.client().get(&format!("/api/notes?ticket={ticket}")).expect_status(401);
}

#[test]
fn a_cookie_changes_nothing_unless_the_request_comes_from_our_own_pages() {
    let server = server_with_accounts(ServerOptions::new());
    let owner = register(&server, "owner@example.org");
    let cookie = {
        let answer = server
            .client()
            .post("/api/auth/sign-in", &json!({"email": "owner@example.org", "password": PASSWORD}))
            .expect_status(200);
        let line = answer.header("set-cookie").expect("a cookie").to_owned();
        line.split(';').next().unwrap_or_default().to_owned()
    };
    let bare = server.client().with_header("Cookie", &cookie);
    let url = server.url();
    let tricks: [&[(&str, &str)]; 6] = [
        &[],
        &[("Origin", "https://evil.example")],
        &[("Origin", "null")],
        &[("Sec-Fetch-Site", "cross-site")],
        &[("Sec-Fetch-Site", "same-site"), ("Origin", &url)],
        &[("Origin", "http://localhost:3000")],
    ];
    for route in sharper_web::routes().iter().filter(|route| route.method != "GET" && !route.access.is_open())
    {
        for headers in tricks {
            let all: Vec<(&str, &str)> =
                headers.iter().copied().chain([("Content-Type", "application/json")]).collect();
            let answer = bare.send(route.method.as_str(), &with(route, RANDOM), &all, b"{}");
            assert_eq!(answer.status, 403, "{route:?} {headers:?}: {}", answer.text());
        }
    }
    owner.client.post("/api/notes", &json!({"content": "From our own page."})).expect_status(201);
}
