//! Money: budgets hold however many ask at once and whatever happens to the program, the ledger is the bill, and what
//! was answered before costs nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};
use sharper_domain::{TaskKind, Timestamp, UserId};
use sharper_llm::TokenEstimate;

use crate::house::{
    CELLS, House, Kept, Setup, end, good, in_parallel, make, message, request, short, standing,
};
use crate::wire::{answer, cost, passes};
use crate::writer::{TASKS, Writer};

fn user(name: &str) -> UserId {
    name.parse().unwrap()
}

/// Today's tokens of a user: spent, set aside.
fn spent(kept: &Kept, name: &str) -> (u64, u64) {
    let now = jiff::Timestamp::now();
    let today = kept.now(kept.store.spent_today(user(name), now)).unwrap();
    (today.user.tokens, today.user.reserved_tokens)
}

/// All lines of the ledger together: calls, tokens, billionths of a dollar.
fn ledger(kept: &Kept) -> (u64, u64, u64) {
    let lines = kept.now(kept.store.spending_between(Timestamp::UNIX_EPOCH, Timestamp::MAX)).unwrap();
    lines.iter().filter(|line| line.failed == 0).fold((0, 0, 0), |sum, line| {
        (sum.0 + line.calls, sum.1 + line.prompt_tokens + line.completion_tokens, sum.2 + line.nano_usd)
    })
}

/// A request that is asked anew each time: a student has never enough summaries.
fn anew(name: &str, number: usize) -> Value {
    let mut body = request(TaskKind::SummaryGeneration, name, &format!("Shelf {number}."), short());
    body["options"]["fresh"] = json!(true);
    body
}

#[test]
fn the_ledger_is_the_bill_of_the_server_and_each_result_says_what_it_cost() {
    let bill: Arc<AtomicU64> = Arc::default();
    let (writer, billed) = (Writer::of(short()), Arc::clone(&bill));
    let mut house = House::with(&Setup::default(), move |asked| {
        let text = if asked.is_judging() { passes(asked) } else { writer.write(asked) };
        billed.fetch_add(u64::from(asked.tokens() + TokenEstimate::of(&text)), Ordering::SeqCst);
        answer(asked, &text)
    });
    let client = house.client();
    let mut told = 0.0;
    for kind in TASKS {
        let end = end(&make(&client, &request(kind, "ana", message(kind), short())));
        let metadata = &end["metadata"];
        let (whole, each) =
            (metadata["cost_usd"].as_f64().unwrap(), metadata["cost_per_item_usd"].as_f64().unwrap());
        let delivered = end["validation"]["delivered"].as_f64().unwrap();
        assert!((each * delivered - whole).abs() < 1e-9, "{kind}: {metadata}");
        told += whole;
    }
    let (asked, tokens) = (house.model.calls() as u64, bill.load(Ordering::SeqCst));
    let kept = house.closed();
    let (calls, counted, nano_usd) = ledger(&kept);
    println!(
        "{calls} calls, {counted} tokens, {nano_usd} billionths of a dollar; the server's bill: {tokens} tokens"
    );
    assert_eq!((calls, counted), (asked, tokens), "every token of the bill is in the ledger, once");
    assert!((nano_usd as f64 / 1e9 - told).abs() < 1e-9, "{nano_usd} {told}");
    assert!((told - cost(u32::try_from(tokens).unwrap())).abs() < 1e-8, "{told}");
    assert_eq!(spent(&kept, "ana"), (tokens, 0), "nothing stays set aside");
}

#[test]
fn however_many_ask_at_once_a_student_s_budget_holds_and_the_offline_author_takes_over() {
    const LIMIT: u64 = 60_000;
    let limit = LIMIT.to_string();
    let env = [("SPENDING_USER_TOKENS", limit.as_str())];
    let settings = "[store]\njobs_per_user = 100\n";
    let mut house = House::with(&Setup { settings, env: &env }, good(short()));
    let numbers: Vec<usize> = (0..50).collect();
    let ends = in_parallel(50, &numbers, |number| end(&make(&house.client(), &anew("ana", *number))));
    let degraded = |end: &&Value| end["metadata"]["degraded"].is_string();
    assert!(ends.iter().all(|end| end["type"] == "complete"), "{ends:?}");
    let reason = ends.iter().find(degraded).expect("the budget is spent")["metadata"]["degraded"].clone();
    println!("50 at once: {} degraded ({reason})", ends.iter().filter(degraded).count());
    assert!(
        reason.as_str().unwrap().to_lowercase().contains("budget")
            || reason.as_str().unwrap().contains("spent"),
        "{reason}"
    );

    // Another student is not affected, and a restart gives nothing back.
    assert!(end(&make(&house.client(), &anew("ben", 1)))["metadata"]["degraded"].is_null());
    let is_spent = |house: &House, number| degraded(&&end(&make(&house.client(), &anew("ana", number))));
    let used_up = (0..100).position(|number| is_spent(&house, number));
    println!("used up by {used_up:?} more, one after the other");
    let before = house.model.calls();
    house.server.terminate();
    house.server.restart();
    // One whose words are fewer may still fit; after a few none does, and the sums below show that nothing was given back.
    assert!((0..20).any(|number| is_spent(&house, number)), "the budget survives a restart");
    let after = house.model.calls() - before;
    let kept = house.closed();
    let (tokens, set_aside) = spent(&kept, "ana");
    println!("spent {tokens} of {LIMIT}, set aside {set_aside}; {after} calls after the restart");
    assert!(tokens + set_aside <= LIMIT, "{tokens} + {set_aside}");
    assert!(tokens > 0);
    let calls = kept.now(kept.store.spent_today(user("ben"), jiff::Timestamp::now())).unwrap().user.calls;
    assert_eq!(calls, 2);
}

#[test]
fn what_was_answered_before_costs_nothing_and_is_another_student_s_never() {
    let mut house = House::good();
    let client = house.client();
    let all: Vec<TaskKind> = TASKS.into_iter().filter(|kind| *kind != TaskKind::Chat).collect();
    for kind in &all {
        let ask = |name: &str| end(&make(&client, &request(*kind, name, message(*kind), CELLS)));
        let first = ask("ana");
        let before = house.model.calls();
        let second = ask("ana");
        assert_eq!(house.model.calls(), before, "{kind} is not asked again");
        assert_eq!(second["metadata"]["tokens_used"], 0, "{}", second["metadata"]);
        assert_eq!(second["saved"]["ids"], first["saved"]["ids"], "{kind}");
        ask("ben");
        assert_eq!(house.model.calls(), before + 2, "{kind}: another student's answer is his own");
    }
    let kept = house.closed();
    assert_eq!(spent(&kept, "ana"), spent(&kept, "ben"));
}

#[test]
fn a_chat_is_never_answered_from_before() {
    let house = House::good();
    let client = house.client();
    for asked in 1..=3 {
        let mut body = request(TaskKind::Chat, "ana", message(TaskKind::Chat), CELLS);
        body["session_id"] = json!(format!("chat-{asked}"));
        let log = make(&client, &body);
        assert!(!standing(&log).is_empty());
        assert_eq!(house.model.calls(), asked * 2, "author and judge are asked each time");
    }
}

#[test]
fn what_one_student_wrote_is_in_no_question_for_another() {
    let house = House::good();
    let client = house.client();
    let canary = "The Quillfeather constant of a cell membrane is the number of lipids in it.";
    let note = json!({"user_id": "ana", "title": "Quillfeather", "content": format!("{CELLS}\n\n{canary}")});
    client.post("/api/notes", &note).expect_status(201);
    for kind in TASKS {
        make(&client, &request(kind, "ana", message(kind), &format!("{}\n\n{canary}", short())));
    }
    let before = house.asked().len();
    assert!(house.asked().iter().any(|asked| asked.whole().contains("Quillfeather")));
    let question = "What is the Quill feather constant of a cell membrane?";
    for kind in TASKS {
        let said = if kind == TaskKind::Chat { question } else { message(kind) };
        make(&client, &request(kind, "ben", said, short()));
    }
    let asked = house.asked();
    assert!(asked.len() >= before + 13, "{}", asked.len() - before);
    for asked in &asked[before..] {
        assert!(!asked.whole().contains("Quillfeather"), "{}", asked.whole());
    }
}
