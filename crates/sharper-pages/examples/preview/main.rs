//! Serves every page with made-up data, so that a template can be looked at: `cargo run --example preview [port]`.
//!
//! `/` (`?first=1`, `?problem=empty_notes`), `/making/demo` (`?seen=12`, `?end=failed`), `/study/demo`, `/sets/demo`,
//! `/quiz`, `/exam`, `/summaries/x` (`?style=outline`), `/analysis`, `/plan`, `/tutor`, `/problem/rate_limited`; those of people
//! and settings (`/sign-in`, `/register`, `/consent`, `/settings/tokens`, … with `?state=wrong` and others), and those
//! below `/admin` (`?state=empty`); each takes `?lang=` and `?who=nobody|student|admin`. The stream of Making is played by a script at a human pace.
#![allow(clippy::print_stdout, reason = "the example tells where it listens")]

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use sharper_domain::{Problem, ProblemCode, SetId, TaskKind};
use sharper_pages::{
    Amount, AuthorInUse, CardView, Frame, Grade, Locale, MakeForm, Making, MakingPage, ProblemPage, Recent,
    Review, Sample, SetPage, StudyPage, Template, TodayPage, Visitor, assets,
};

mod admin;
mod materials;
mod people;

const SET: &str = "01890a5d-ac96-774b-bcce-b302099a8057";
const TITLE: &str = "Photosynthesis";
const SECURITY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; \
                        connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Question, answer, explanation, topic, difficulty, quote.
const CARDS: &[[&str; 6]] = &[
    [
        "What is photosynthesis?",
        "The process by which plants turn light energy into chemical energy stored in glucose.",
        "",
        "Overview",
        "medium",
        "Photosynthesis is the process by which plants, algae and some bacteria turn light energy into chemical energy stored in glucose.",
    ],
    [
        "Where in the cell do the light-dependent reactions take place?",
        "In the thylakoid membranes of the chloroplast.",
        "The Calvin cycle runs next to them, in the stroma.",
        "Light reactions",
        "easy",
        "The light-dependent reactions take place in the thylakoid membranes",
    ],
    [
        "How many turns of the Calvin cycle does it take to make one molecule of glucose?",
        "Six",
        "",
        "Calvin cycle",
        "medium",
        "It takes six turns of the cycle to build one molecule of glucose.",
    ],
    [
        "Why do leaves look green?",
        "Chlorophyll absorbs red and blue light and reflects green.",
        "",
        "Pigments",
        "medium",
        "Because chlorophyll absorbs mostly red and blue light, the green is reflected, and the leaf looks green.",
    ],
    [
        "Name the two products of the light reactions that drive the Calvin cycle.",
        "ATP and NADPH",
        "",
        "Light reactions",
        "hard",
        "The light reactions hand over ATP and NADPH, which drive the Calvin cycle.",
    ],
    [
        "Which enzyme fixes carbon dioxide?",
        "RuBisCO, ribulose-1,5-bisphosphate carboxylase/oxygenase",
        "It is thought to be the most abundant protein on Earth.",
        "Calvin cycle",
        "hard",
        "Carbon dioxide is fixed by RuBisCO (ribulose-1,5-bisphosphate carboxylase/oxygenase).",
    ],
    [
        "من أين يأتي الأكسجين في عملية التمثيل الضوئي؟",
        "من الماء",
        "",
        "الأكسجين",
        "medium",
        "ينطلق الأكسجين من الماء وليس من ثاني أكسيد الكربون.",
    ],
    [
        "What does $E = h\\nu$ <b>say</b> about blue & red light?",
        "Blue light has the higher frequency ν, so each photon carries more energy.",
        "",
        "Light",
        "hard",
        "the energy of a photon grows with its frequency, E = hν",
    ],
];

const FAULTS: [&str; 3] = ["unsupported", "duplicate", "unsupported"];

type Sessions = Arc<Mutex<HashMap<String, Vec<Review>>>>;

fn main() -> io::Result<()> {
    let port = std::env::args().nth(1).unwrap_or_else(|| "8300".into());
    let listener = TcpListener::bind(format!("127.0.0.1:{port}"))?;
    println!("http://{}/", listener.local_addr()?);
    let sessions = Sessions::default();
    for stream in listener.incoming() {
        let (stream, sessions) = (stream?, sessions.clone());
        thread::spawn(move || serve(stream, &sessions));
    }
    Ok(())
}

struct Asked {
    method: String,
    path: String,
    query: HashMap<String, String>,
    headers: HashMap<String, String>,
    body: String,
}

impl Asked {
    fn read(stream: &TcpStream) -> io::Result<Self> {
        let mut lines = BufReader::new(stream);
        let mut first = String::new();
        lines.read_line(&mut first)?;
        let mut headers = HashMap::new();
        loop {
            let mut line = String::new();
            lines.read_line(&mut line)?;
            let Some((name, value)) = line.trim().split_once(": ") else { break };
            headers.insert(name.to_lowercase(), value.to_owned());
        }
        let length = headers.get("content-length").and_then(|n| n.parse().ok()).unwrap_or(0);
        let mut body = vec![0; length];
        lines.read_exact(&mut body)?;
        let mut words = first.split_whitespace();
        let method = words.next().unwrap_or_default().to_owned();
        let address = words.next().unwrap_or("/");
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let body = String::from_utf8_lossy(&body).into_owned();
        Ok(Self { method, path: path.to_owned(), query: pairs(query), headers, body })
    }

    fn choice(&self, name: &str) -> &str {
        self.query.get(name).map_or("", String::as_str)
    }

    fn frame(&self) -> Frame {
        let header = self.headers.get("accept-language").map_or("", String::as_str);
        let author = match self.choice("author") {
            "model" => AuthorInUse::Model("llama-3.3-70b".into()),
            "away" => AuthorInUse::ModelAway("llama-3.3-70b".into()),
            _ => AuthorInUse::Offline,
        };
        let locale = Locale::from_tag(self.choice("lang")).unwrap_or_else(|| Locale::negotiate(header));
        let email = "mira.lindqvist@example.org".to_owned();
        let visitor = match self.choice("who") {
            "nobody" => Visitor::Nobody,
            "student" => Visitor::Account { email, admin: false },
            "admin" => Visitor::Account { email, admin: true },
            _ if self.path.starts_with("/admin") => Visitor::Account { email, admin: true },
            _ if self.path.starts_with("/settings") => Visitor::Account { email, admin: false },
            _ => Visitor::Local,
        };
        let now = "2026-11-23T18:30:00Z".parse().expect("a moment");
        Frame { locale, now, author, visitor, version: "0.1.0" }
    }
}

fn pairs(text: &str) -> HashMap<String, String> {
    let pair = |part: &str| part.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()));
    text.split('&').filter_map(pair).collect()
}

fn serve(mut stream: TcpStream, sessions: &Sessions) {
    let Ok(asked) = Asked::read(&stream) else { return };
    let parts: Vec<&str> = asked.path.trim_matches('/').split('/').collect();
    let sent = match (asked.method.as_str(), parts.as_slice()) {
        ("GET", ["assets", rest @ ..]) => send_asset(&mut stream, &rest.join("/")),
        ("GET", ["api", "ai", "stream", _]) => play(&mut stream, &asked),
        ("POST", ["api", "flashcards", card, "review"]) => {
            let review: Value = serde_json::from_str(&asked.body).unwrap_or_default();
            let grade = review["rating"].as_u64().and_then(|n| Grade::from_number(n as u8));
            keep(sessions, review["session_id"].as_str().unwrap_or_default(), card, grade);
            send(&mut stream, "200 OK", "application/json", b"{\"status\":\"success\"}")
        }
        ("POST", ["study", _, "grade"]) => {
            let form = pairs(&asked.body);
            let grade = form.get("grade").and_then(|n| n.parse().ok()).and_then(Grade::from_number);
            keep(sessions, &form["session"], &form["card"], grade);
            see_other(&mut stream, &format!("/study/demo?session={}", form["session"]))
        }
        ("POST", ["sign-out"]) => see_other(&mut stream, "/signed-out?who=nobody"),
        ("POST", ["make"]) => see_other(&mut stream, "/making/demo"),
        ("POST", ["making", _, "cancel"]) => see_other(&mut stream, "/making/demo?end=cancelled"),
        _ => {
            send(&mut stream, "200 OK", "text/html; charset=utf-8", page(&asked, &parts, sessions).as_bytes())
        }
    };
    // A browser that goes away in the middle is no fault of the preview.
    drop(sent);
}

fn keep(sessions: &Sessions, session: &str, card: &str, grade: Option<Grade>) {
    let Some(grade) = grade else { return };
    let mut sessions = sessions.lock().unwrap_or_else(PoisonError::into_inner);
    sessions.entry(session.to_owned()).or_default().push(Review { card_id: card.to_owned(), grade });
}

fn page(asked: &Asked, parts: &[&str], sessions: &Sessions) -> String {
    let set_id: SetId = SET.parse().expect("an id");
    let made =
        |page: Result<String, _>| page.unwrap_or_else(|error: sharper_pages::RenderError| error.to_string());
    if let Some(page) = people::page(asked.frame(), &parts.join("/"), asked.choice("state")) {
        return made(page);
    }
    if let ["admin", rest @ ..] = parts
        && let Some(page) = admin::page(asked.frame(), rest, &asked.query)
    {
        return made(page);
    }
    match parts {
        [""] => made(today(asked, set_id).render()),
        ["making", _] => made(making(asked).render()),
        ["study", _] => {
            let session = match asked.choice("session") {
                "" => format!("s{}", std::process::id()),
                named => named.to_owned(),
            };
            let sessions = sessions.lock().unwrap_or_else(PoisonError::into_inner);
            let reviews = sessions.get(&session).cloned().unwrap_or_default();
            let shown = (asked.choice("show") == "1").then(|| asked.choice("card"));
            made(
                StudyPage::new(
                    asked.frame(),
                    Some((set_id, TITLE.into(), false, false)),
                    cards(),
                    session,
                    reviews,
                )
                .at(shown.map(str::to_owned), shown.is_some(), None, String::new())
                .render(),
            )
        }
        ["sets", _] => {
            let created_at = "2026-11-23T09:00:00Z".parse().expect("a moment");
            made(
                SetPage {
                    frame: asked.frame(),
                    id: set_id,
                    title: TITLE.into(),
                    created_at,
                    exam: None,
                    new_per_day: None,
                    ready: None,
                    cards: cards(),
                }
                .render(),
            )
        }
        ["quiz"] => made(materials::quiz(asked.frame()).render()),
        ["exam"] => made(materials::exam(asked.frame()).render()),
        ["summaries", _] => made(materials::summary(asked.frame(), asked.choice("style")).render()),
        ["analysis"] => made(materials::analysis(asked.frame()).render()),
        ["plan"] => made(materials::plan(asked.frame()).render()),
        ["tutor"] => made(materials::tutor(asked.frame()).render()),
        ["problem", code] => made(problem(asked, code).render()),
        _ => made(problem(asked, "not_found").render()),
    }
}

fn code_named(word: &str) -> ProblemCode {
    serde_json::from_value(json!(word)).unwrap_or(ProblemCode::Internal)
}

fn problem(asked: &Asked, code: &str) -> ProblemPage {
    let mut problem = Problem::new(code_named(code), "");
    if problem.code == ProblemCode::RateLimited {
        problem = problem.retry_after(Duration::from_secs(34));
    }
    ProblemPage { frame: asked.frame(), problem, request_id: "01997a3e-7d1c-7e09".into() }
}

fn today(asked: &Asked, id: SetId) -> TodayPage {
    let one = |kind, title: &str, amount, when: &str| Recent {
        kind,
        href: if kind == TaskKind::FlashcardGeneration { format!("/study/{id}") } else { "/quiz".into() },
        title: title.into(),
        amount,
        when: when.parse().expect("a moment"),
    };
    let sample = |id: &str, title: &str, attribution: &str| Sample {
        id: id.into(),
        title: title.into(),
        attribution: attribution.into(),
    };
    let recent = match asked.choice("first") {
        "1" => vec![],
        _ => vec![
            one(
                TaskKind::FlashcardGeneration,
                TITLE,
                Amount::Cards { cards: 20, studied: 12 },
                "2026-11-23T16:10:00Z",
            ),
            one(TaskKind::QuizGeneration, TITLE, Amount::Questions(10), "2026-11-23T15:10:00Z"),
            one(
                TaskKind::SummaryGeneration,
                "The French Revolution, causes and course (lecture 4)",
                Amount::Points(8),
                "2026-11-21T10:00:00Z",
            ),
            one(
                TaskKind::FlashcardGeneration,
                "علم الأحياء: الخلية",
                Amount::Cards { cards: 10, studied: 0 },
                "2026-11-20T18:29:30Z",
            ),
        ],
    };
    let problem = Some(asked.choice("problem")).filter(|code| !code.is_empty());
    TodayPage {
        due: 3,
        frame: asked.frame(),
        form: MakeForm::default(),
        problem: problem.map(|code| Problem::new(code_named(code), "")),
        samples: vec![
            sample("cell", "The structure of the cell", "OpenStax, Concepts of Biology, CC BY 4.0"),
            sample("markets", "Supply, demand and markets", "OpenStax, Principles of Economics, CC BY 4.0"),
        ],
        most: Some(25 << 20),
        recent,
    }
}

fn cards() -> Vec<CardView> {
    let card = |n: usize| {
        let [question, answer, explanation, topic, difficulty, quote] = CARDS[n].map(str::to_owned);
        let explanation = Some(explanation).filter(|text| !text.is_empty());
        let difficulty = difficulty.parse().expect("a difficulty");
        CardView {
            id: format!("card-{n}"),
            front: sharper_pages::markdown::side(&question, false),
            back: sharper_pages::markdown::side(&answer, false),
            question,
            answer,
            explanation,
            topic,
            difficulty,
            quote: Some(quote),
            intervals: ["1 min", "6 min", "10 min", "4 d"].map(str::to_owned).into(),
            ..CardView::blank()
        }
    };
    (0..CARDS.len()).map(card).collect()
}

fn item(n: usize) -> Value {
    let [question, answer, explanation, topic, difficulty, quote] = CARDS[n % CARDS.len()];
    let explanation = Some(explanation).filter(|text| !text.is_empty());
    json!({"type": "item", "kind": "card", "number": n + 1, "requested": 10, "data": {
        "id": SET, "set_id": SET, "position": n, "question": question, "answer": answer, "explanation": explanation,
        "topic": topic, "difficulty": difficulty, "form": "fact", "author": "offline", "verdict": null,
        "created_at": "2026-11-23T18:29:30Z",
        "source": {"note_id": SET, "note_version": 1, "start": 0, "end": quote.len(), "quote": quote}}})
}

/// The events of one job, each with the pause before it in milliseconds.
fn script(ending: &str) -> Vec<(u64, Value)> {
    let step = |step: u32, agent: &str, message: &str| {
        json!({"type": "progress", "data": {"step": step, "total_steps": 6, "current_agent": agent,
            "message": message, "timestamp": 1.0, "percentage": 100 * step / 6}})
    };
    let mut events = vec![
        (0, json!({"type": "start", "session_id": "demo"})),
        (300, step(1, "main_orchestrator", "Understanding what you asked for")),
        (600, step(2, "rag_retrieval", "Reading your notes: 1,840 words in 6 passages")),
        (600, step(3, "flashcard_generation", "Writing cards and checking each against its passage")),
    ];
    for n in 0..CARDS.len() {
        events.push((700, item(n)));
        if let Some(fault) =
            n.checked_sub(2).filter(|late| late % 2 == 0).and_then(|late| FAULTS.get(late / 2))
        {
            events.push((300, json!({"type": "rejected", "data": {"fault": fault, "count": n}})));
        }
    }
    events.push((600, json!({"type": "withdrawn", "data": {"number": 2, "fault": "low_accuracy"}})));
    events.push((500, step(4, "safety_validation", "Checking once more that all is safe")));
    events.push((400, step(5, "formatter", "Putting the cards in order")));
    events.push(match ending {
        "failed" => (
            400,
            json!({"type": "error", "code": "unavailable",
            "error": "The store is away at the moment. Your notes are safe; try again in a minute."}),
        ),
        "cancelled" => (400, json!({"type": "error", "code": "cancelled", "error": "Cancelled."})),
        _ => (
            400,
            json!({"type": "complete", "success": true, "saved": {"type": "flashcards", "saved": true, "set": {"id": SET}},
            "metadata": {"degraded": "llama-3.3-70b did not answer within 20 s."},
            "message": "8 of 10 cards; 2 were not supported by your notes, 1 repeated another."}),
        ),
    });
    events
}

fn making(asked: &Asked) -> MakingPage {
    let events = script(asked.choice("end"));
    let seen = match (asked.choice("seen"), asked.choice("end")) {
        ("", "") => 0,
        ("", _) => events.len(),
        (seen, _) => seen.parse().unwrap_or(0),
    };
    let log: Vec<(u64, String)> =
        (1..).zip(events.iter().take(seen).map(|(_, event)| event.to_string())).collect();
    MakingPage {
        frame: asked.frame(),
        session_id: "demo".parse().expect("an id"),
        title: TITLE.into(),
        kind: TaskKind::FlashcardGeneration,
        requested: 10,
        making: Making::replay(log.iter().map(|(number, json)| (*number, json.as_str()))),
    }
}

fn play(stream: &mut TcpStream, asked: &Asked) -> io::Result<()> {
    let after: u64 = asked.headers.get("last-event-id").and_then(|id| id.parse().ok()).unwrap_or(0);
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\nConnection: close\r\n\r\n"
    )?;
    for (number, (pause, event)) in (1..).zip(script("")) {
        if number <= after {
            continue;
        }
        thread::sleep(Duration::from_millis(pause));
        write!(stream, "id: {number}\ndata: {event}\n\n")?;
        stream.flush()?;
    }
    Ok(())
}

fn send_asset(stream: &mut TcpStream, path: &str) -> io::Result<()> {
    match assets::get(path) {
        Some(asset) => send(stream, "200 OK", asset.content_type, asset.bytes),
        None => send(stream, "404 Not Found", "text/plain", b"no such asset"),
    }
}

fn send(stream: &mut TcpStream, status: &str, content_type: &str, body: &[u8]) -> io::Result<()> {
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\
         Content-Security-Policy: {SECURITY}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    stream.write_all(body)
}

fn see_other(stream: &mut TcpStream, to: &str) -> io::Result<()> {
    write!(
        stream,
        "HTTP/1.1 303 See Other\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    )
}
