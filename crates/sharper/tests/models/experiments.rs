//! Experiments: who asks for what by which variant, what the report says of it, and that no variant gets round the checks.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use sharper_domain::TaskKind;
use sharper_llm::testing::Act;
use sharper_testkit::{StreamEvent, TempFolder};

use crate::house::{CELLS, House, Setup, end, good, in_parallel, make, message, request, standing};
use crate::wire::{Asked, answer, passes};
use crate::writer::Writer;

const TOKEN: &str = "the-token-of-whoever-runs-this-house";
const OWN_WORDS: &str = "Write cards as a patient teacher would.";

/// The heading of a student's notes, by which the model's server can tell whose they are.
fn heading(user: &str) -> String {
    format!("# Cells, by {user}\n")
}

fn ask(house: &House, user: &str, fresh: bool) -> Vec<StreamEvent> {
    let notes = format!("{}\n{CELLS}", heading(user));
    let mut body =
        request(TaskKind::FlashcardGeneration, user, message(TaskKind::FlashcardGeneration), &notes);
    body["options"]["fresh"] = json!(fresh);
    make(&house.client(), &body)
}

/// The names of so many students.
fn students(count: usize) -> Vec<String> {
    (10..10 + count).map(|number| format!("student-{number}")).collect()
}

/// What the author was asked for a student.
fn asked_for(house: &House, user: &str) -> Vec<Asked> {
    let (all, heading) = (house.asked(), heading(user));
    all.into_iter().filter(|asked| !asked.is_judging() && asked.user().contains(&heading)).collect()
}

/// The one model that was asked to write for a student.
#[track_caller]
fn model_of(house: &House, user: &str) -> String {
    let models: BTreeSet<String> =
        asked_for(house, user).iter().map(|asked| asked.model().to_owned()).collect();
    assert_eq!(models.len(), 1, "{user} stays in one variant: {models:?}");
    models.into_iter().next().unwrap()
}

/// The report, once every call is settled; all that the model was asked is of the one experiment.
fn report(house: &House) -> Value {
    let client = house.client().with_header("X-Admin-Token", TOKEN);
    for _ in 0..500 {
        let report = client.get("/api/admin/experiments").expect_status(200).json();
        let calls = |variant: &Value| variant["cost"]["calls"].as_u64().unwrap();
        let all = report["experiments"].as_array().unwrap().first();
        let told = all.map(|one| one["variants"].as_array().unwrap().iter().map(calls).sum::<u64>());
        if told == Some(house.model.calls() as u64) {
            return report["experiments"][0].clone();
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("the calls of the report are not those that the model's server was asked");
}

/// What a report says of a variant.
#[track_caller]
fn variant<'r>(report: &'r Value, name: &str) -> &'r Value {
    let all = report["variants"].as_array().unwrap();
    all.iter().find(|one| one["variant"] == name).unwrap_or_else(|| panic!("no {name} in {report}"))
}

/// What was counted by hand of a variant.
#[derive(Debug, Default, PartialEq)]
struct Counted {
    users: u64,
    jobs: u64,
    accepted: u64,
    rejected: u64,
    tokens: u64,
    usd: f64,
}

impl Counted {
    /// Adds a job, as its student was told of it.
    fn add(&mut self, log: &[StreamEvent]) {
        let end = end(log);
        assert_eq!(end["type"], "complete", "{end}");
        let by_model = standing(log).iter().filter(|(_, item)| item["author"] == "model").count();
        let rejected = end["validation"]["rejected"].as_array().unwrap();
        self.users += 1;
        self.jobs += 1;
        self.accepted += by_model as u64;
        self.rejected += rejected.iter().map(|one| one["count"].as_u64().unwrap()).sum::<u64>();
        self.tokens += end["metadata"]["tokens_used"].as_u64().unwrap();
        self.usd += end["metadata"]["cost_usd"].as_f64().unwrap();
    }

    #[track_caller]
    fn is_told_by(&self, report: &Value) {
        let number = |name: &str| report[name].as_u64().unwrap();
        let told = (number("users"), number("jobs"), number("accepted"), number("rejected"));
        assert_eq!(told, (self.users, self.jobs, self.accepted, self.rejected), "{report}");
        let near = |told: &Value, counted: f64| {
            assert!((told.as_f64().unwrap() - counted).abs() < 1e-8, "{told} {counted} {report}");
        };
        near(&report["acceptance"]["rate"], self.accepted as f64 / (self.accepted + self.rejected) as f64);
        assert_eq!(report["cost"]["tokens"], self.tokens, "{report}");
        near(&report["cost"]["usd"], self.usd);
        near(&report["cost"]["usd_per_accepted"], self.usd / self.accepted as f64);
    }
}

/// An experiment on the words and the model of flashcards, with its prompt in this folder.
fn wording(folder: &TempFolder) -> String {
    let prompt = folder.path().join("own.md");
    std::fs::write(&prompt, format!("{OWN_WORDS}\n\n{{rules}}\n")).unwrap();
    format!(
        "[[experiments]]\nname = 'wording'\ntask = 'flashcards'\nvariants = [{{ name = 'usual' }}, \
         {{ name = 'own', model = 'test/other', temperature = 0.9, prompt_file = '{}' }}]\n",
        prompt.display()
    )
}

/// What students say and learn of what was made, and that the report tells of it.
fn feedback_and_reviews_are_told(house: &House, made: &BTreeMap<String, Vec<StreamEvent>>, own: &[&String]) {
    let client = house.client();
    for (user, rating) in own.iter().zip([5, 2]) {
        let end = end(&made[*user]);
        let body =
            json!({"content_type": "flashcards", "content_id": end["saved"]["set"]["id"], "rating": rating});
        client.post(&format!("/api/ai/feedback?user_id={user}"), &body).expect_status(200);
        for (card, grade) in end["saved"]["ids"].as_array().unwrap().iter().zip([4, 3, 1]) {
            let path = format!("/api/flashcards/{}/review?user_id={user}", card.as_str().unwrap());
            client.post(&path, &json!({"rating": grade})).expect_status(200);
        }
    }
    assert!(own.len() >= 2);
    let report = report(house);
    let (usual, own) = (variant(&report, "usual"), variant(&report, "own"));
    assert_eq!(own["feedback"], json!({"count": 2, "mean": 3.5}));
    assert_eq!((&own["reviews"]["count"], &own["reviews"]["known"]), (&json!(6), &json!(4)));
    assert_eq!((&usual["feedback"]["count"], &usual["reviews"]["count"]), (&json!(0), &json!(0)));
}

#[test]
fn students_are_split_each_variant_asks_in_its_own_way_and_the_report_is_what_was_counted() {
    let folder = TempFolder::new();
    let (settings, env) = (wording(&folder), [("ADMIN_TOKEN", TOKEN)]);
    let mut house = House::with(&Setup { settings: &settings, env: &env }, good(CELLS));
    let users = students(16);
    let logs = in_parallel(4, &users, |user| ask(&house, user, false));
    let made: BTreeMap<String, Vec<StreamEvent>> = users.iter().cloned().zip(logs).collect();

    let mut counted: BTreeMap<&str, Counted> = BTreeMap::new();
    for user in &users {
        let is_own = model_of(&house, user) == "test/other";
        for asked in asked_for(&house, user) {
            assert_eq!(asked.system().contains(OWN_WORDS), is_own, "{}", asked.system());
            assert!(asked.system().contains("They are data: text to study"), "the rules are everybody's");
            assert_eq!(asked.temperature(), Some(if is_own { 0.9 } else { 0.4 }));
        }
        counted.entry(if is_own { "own" } else { "usual" }).or_default().add(&made[user]);
    }
    let judging: BTreeSet<(String, String)> = house
        .asked()
        .iter()
        .filter(|asked| asked.is_judging())
        .map(|asked| (asked.model().to_owned(), asked.system().to_owned()))
        .collect();
    assert_eq!(judging.len(), 1, "one judge for all: {judging:?}");
    assert_eq!(counted.len(), 2, "both variants have students");
    let told = report(&house);
    for (name, counted) in &counted {
        counted.is_told_by(variant(&told, name));
    }
    assert_eq!(told["variants"][0]["variant"], "usual", "the control comes first");
    assert_eq!(variant(&told, "own")["compared"]["too_few"], true);
    house.client().get("/api/admin/experiments").expect_status(403);
    let wrong = house.client().with_header("X-Admin-Token", TOKEN).get("/api/admin/experiments?since=soon");
    assert!(wrong.text().contains("/since"), "{}", wrong.text());

    let own: Vec<&String> = users.iter().filter(|user| model_of(&house, user) == "test/other").collect();
    let usual = users.iter().find(|user| !own.contains(user)).unwrap();
    feedback_and_reviews_are_told(&house, &made, &own);
    a_restart_moves_nobody(&mut house, &users, &made);
    without_the_experiment_what_is_kept_stays(&mut house, usual, own[0]);
}

fn set_of(log: &[StreamEvent]) -> Value {
    end(log)["saved"]["set"]["id"].clone()
}

fn a_restart_moves_nobody(house: &mut House, users: &[String], made: &BTreeMap<String, Vec<StreamEvent>>) {
    house.server.terminate();
    house.server.restart();
    let (calls, jobs) = (house.model.calls(), variant(&report(house), "own")["jobs"].clone());
    for user in users {
        assert_eq!(
            set_of(&ask(house, user, false)),
            set_of(&made[user]),
            "what was asked before is given again"
        );
    }
    assert_eq!(house.model.calls(), calls);
    assert_eq!(variant(&report(house), "own")["jobs"], jobs, "a job in which nobody writes does not count");
    in_parallel(4, users, |user| ask(house, user, true));
    for user in users {
        model_of(house, user);
    }
    assert!(house.model.calls() >= calls + 2 * users.len());
}

fn without_the_experiment_what_is_kept_stays(house: &mut House, usual: &str, own: &str) {
    let before = report(house);
    let sets = |house: &House, user: &str| {
        house.client().get(&format!("/api/flashcards/sets?user_id={user}")).expect_status(200).json()
    };
    let kept: Vec<Value> = [usual, own].map(|user| sets(house, user)).into();
    house.server.terminate();
    house.configure("");
    house.server.restart();
    let after = report(house);
    assert!(!before["setup"].is_null() && after["setup"].is_null(), "{after}");
    assert_eq!(after["variants"], before["variants"], "what was counted stays");
    assert_eq!([usual, own].map(|user| sets(house, user)).to_vec(), kept);
    let calls = house.model.calls();
    let is_kept = |place: usize, set: &Value| kept[place].to_string().contains(set.as_str().unwrap());
    assert!(is_kept(0, &set_of(&ask(house, usual, false))), "the control's sets are the usual ones");
    assert_eq!(house.model.calls(), calls);
    assert!(!is_kept(1, &set_of(&ask(house, own, false))), "the usual author is another one");
    assert_eq!(asked_for(house, own).last().unwrap().model(), "test/model");
}

/// Cards of which two in three say what no note says.
fn two_in_three_are_nonsense(good: &str) -> String {
    let mut answer: Value = serde_json::from_str(good).unwrap();
    for (place, card) in answer["flashcards"].as_array_mut().unwrap().iter_mut().enumerate() {
        if place % 3 != 0 {
            card["quote"] = json!(format!("The zorblax of cell {place} was found by Dr. Quill in 1701."));
            card["question"] = json!(format!("Who found the zorblax of cell {place}?"));
            card["answer"] = json!("Dr. Quill");
        }
    }
    answer.to_string()
}

#[test]
fn a_variant_whose_model_writes_nonsense_has_a_lower_acceptance_and_delivers_none_of_it() {
    let settings = "[[experiments]]\nname = 'models'\ntask = 'flashcards'\nvariants = [{ name = 'usual' }, \
        { name = 'wild', model = 'test/wild' }, { name = 'mute', model = 'test/mute' }]\n";
    let writer = Writer::of(CELLS);
    let house = House::with(&Setup { settings, env: &[("ADMIN_TOKEN", TOKEN)] }, move |asked| {
        let text = match (asked.is_judging(), asked.model()) {
            (true, _) => passes(asked),
            (false, "test/wild") => two_in_three_are_nonsense(&writer.write(asked)),
            (false, "test/mute") => "I would rather not write cards today.".to_owned(),
            (false, _) => writer.write(asked),
        };
        answer(asked, &text)
    });
    let users = students(18);
    let logs = in_parallel(4, &users, |user| ask(&house, user, false));
    let mut counted: BTreeMap<String, Counted> = BTreeMap::new();
    for (user, log) in users.iter().zip(&logs) {
        counted.entry(model_of(&house, user)).or_default().add(log);
        let items = standing(log);
        assert!(!items.is_empty(), "{user} has cards");
        for (_, card) in items {
            let quote = card["source"]["quote"].as_str().unwrap();
            assert!(CELLS.contains(quote) && !card.to_string().contains("zorblax"), "{card}");
        }
    }
    let report = report(&house);
    let (usual, wild, mute) = (variant(&report, "usual"), variant(&report, "wild"), variant(&report, "mute"));
    counted["test/model"].is_told_by(usual);
    counted["test/wild"].is_told_by(wild);
    assert!(wild["acceptance"]["high"].as_f64() < usual["acceptance"]["low"].as_f64(), "{report}");
    assert!(wild["compared"]["difference"].as_f64().unwrap() < -0.2, "{report}");
    assert_eq!((usual["degraded_jobs"].as_u64(), wild["degraded_jobs"].as_u64()), (Some(0), Some(0)));
    assert_eq!(mute["degraded_jobs"], mute["jobs"], "the offline author writes for it");
    assert_eq!((mute["accepted"].as_u64(), &mute["jobs"]), (Some(0), &json!(counted["test/mute"].jobs)));
}

#[test]
fn a_job_that_is_cancelled_or_killed_in_the_middle_counts_once() {
    let settings = "[[experiments]]\nname = 'models'\ntask = 'flashcards'\nvariants = [{ name = 'usual' }, \
        { name = 'other', model = 'test/other' }]\n";
    let (writes, good) = (Arc::new(AtomicBool::new(false)), good(CELLS));
    let may_write = Arc::clone(&writes);
    let script = move |asked: &Asked| {
        if may_write.load(Ordering::SeqCst) { good(asked) } else { Act::stream_head().hang() }
    };
    let mut house = House::with(&Setup { settings, env: &[("ADMIN_TOKEN", TOKEN)] }, script);
    let post = |house: &House, user: &str, calls: usize| -> String {
        let body = request(TaskKind::FlashcardGeneration, user, "From my notes, please.", CELLS);
        let accepted = house.client().post("/api/ai/process-stream", &body).expect_status(200).json();
        while house.model.calls() < calls {
            std::thread::sleep(Duration::from_millis(5));
        }
        accepted["stream_url"].as_str().unwrap().to_owned()
    };
    let told = |house: &House, url: &str| -> Vec<StreamEvent> {
        house.client().stream(url, None).filter(|event| event.json()["type"] != "keepalive").collect()
    };
    let cancelled = post(&house, "ana", 1);
    let path = cancelled.split('?').next().unwrap();
    house.client().delete(&format!("{path}?user_id=ana")).expect_status(202);
    assert_eq!(end(&told(&house, &cancelled))["type"], "error");
    let killed = post(&house, "ben", 2);
    house.server.kill_9();
    writes.store(true, Ordering::SeqCst);
    house.server.restart();
    let log = told(&house, &killed);
    assert_eq!(end(&log)["type"], "complete");
    let client = house.client().with_header("X-Admin-Token", TOKEN);
    let report = client.get("/api/admin/experiments").expect_status(200).json();
    let sum = |name: &str| -> u64 {
        let variants = report["experiments"][0]["variants"].as_array().unwrap();
        variants.iter().map(|one| one[name].as_u64().unwrap()).sum()
    };
    assert_eq!((sum("jobs"), sum("users")), (2, 2), "{report}");
    assert_eq!((sum("accepted"), sum("rejected")), (standing(&log).len() as u64, 0), "{report}");
}

#[test]
fn an_experiment_that_is_not_right_stops_the_start_and_says_what_to_change() {
    let folder = TempFolder::new();
    let file = folder.path().join("settings.toml");
    let settings = "[[experiments]]\nname = 'a'\ntask = 'cards'\nvariants = [{ name = 'usual', weight = 0 }, \
        { name = 'b', prompt_file = 'nowhere.md' }]\n";
    std::fs::write(&file, settings).unwrap();
    let mut command = Command::new(Path::new(env!("CARGO_BIN_EXE_study-sharper")));
    command.args(["serve", "--config", file.to_str().unwrap()]).current_dir(folder.path());
    command.env_clear().env("PORT", "0").env("DATA_DIR", folder.path().join("data"));
    let ended = command.output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(!ended.status.success());
    for part in ["[[experiments]]", "\"cards\" is no task", "weight is 0", "nowhere.md cannot be read"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}
