//! What a person may do with their own: take it along, and have it erased.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;
use sharper_domain::JobId;
use sharper_store::notes::NoteChange;
use sharper_store::spending::{CallId, NewCall, Settled, SpendLimits};
use sharper_store::{Conn, Dialect, Durability, Sql, Store, StoreError};

use crate::everything::fill;
use crate::stage::{Stage, at, begun, event, job, note, told_to_both, user};

told_to_both!(
    every_table_with_a_users_rows_is_exported_and_erased,
    an_export_holds_every_row_of_mine_and_none_of_anothers,
    an_erased_user_is_nowhere_and_nobody_else_is_touched,
    a_job_that_runs_on_after_its_user_was_erased_leaves_nothing,
    what_an_agent_alone_wrote_for_somebody_without_an_account_is_swept_and_what_is_new_stays,
    what_was_spent_stays_in_the_sum_of_everyone,
);

/// Tables that name a user, and those whose rows belong to rows that do.
const OF_USERS: Sql = Sql::each(
    "WITH named AS (SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c ON c.name = 'user_id' \
         WHERE m.type = 'table') \
     SELECT name FROM named UNION \
     SELECT m.name FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f ON f.\"table\" IN (SELECT name FROM named) \
         WHERE m.type = 'table'",
    "WITH named AS (SELECT table_name::text AS name FROM information_schema.columns \
         WHERE table_schema = current_schema() AND column_name = 'user_id') \
     SELECT name FROM named UNION \
     SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f' AND confrelid::regclass::text IN (SELECT name FROM named)",
);

async fn every_table_with_a_users_rows_is_exported_and_erased(stage: Stage) {
    let store = &stage.store;
    let names =
        store.house().read(|conn| conn.query(OF_USERS, &[])?.iter().map(|row| row.get("name")).collect());
    let expected: BTreeSet<String> = names.await.unwrap();
    let erased = store.rows_of_user(user("ada")).await.unwrap();
    assert_eq!(erased.keys().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>(), expected);
    let exported = exported(store, "ada").await;
    assert_eq!(exported["tables"].as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>(), expected);
}

async fn exported(store: &Store, name: &str) -> Json {
    let mut export = store.export_user(user(name), at(0));
    let mut text = String::new();
    while let Some(piece) = export.next().await.unwrap() {
        text.push_str(&piece);
    }
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn counts(export: &Json) -> BTreeMap<&str, u64> {
    let tables = export["tables"].as_object().unwrap();
    tables.iter().map(|(name, rows)| (name.as_str(), rows.as_array().unwrap().len() as u64)).collect()
}

async fn an_export_holds_every_row_of_mine_and_none_of_anothers(stage: Stage) {
    let store = &stage.store;
    fill(store, "ada", 1, "adaword").await;
    fill(store, "eve", 2, "eveword").await;
    for (owner, many) in [("ada", 200), ("eve", 3)] {
        for number in 0..many {
            store.add_note(user(owner), note(&format!("Fact {number}.")), at(number)).await.unwrap();
        }
    }
    let export = exported(store, "ada").await;
    assert_eq!(counts(&export), store.rows_of_user(user("ada")).await.unwrap());
    assert_eq!(counts(&export)["notes"], 201);
    assert!(counts(&export).values().all(|rows| *rows > 0));
    let ids: BTreeSet<_> =
        export["tables"]["notes"].as_array().unwrap().iter().map(|note| note["id"].as_str()).collect();
    assert_eq!(ids.len(), 201);
    let text = export.to_string();
    assert!(text.contains("adaword") && !text.contains("eveword"));
    assert!(!text.contains("password_hash") && !text.contains("token_hash"));
    let filled = &export["tables"]["jobs"][0];
    assert_eq!((&filled["request"]["said"], &filled["cancel_requested"]), (&"adaword".into(), &false.into()));
    assert_eq!(filled["ended_at"], "1970-01-01T00:00:00.000002Z");
    assert_eq!(counts(&exported(store, "nobody").await).values().sum::<u64>(), 0);
}

async fn an_erased_user_is_nowhere_and_nobody_else_is_touched(stage: Stage) {
    let (store, canary) = (&stage.store, "canaryword");
    // Long texts overflow their pages; changed and deleted ones leave their place to others.
    let long = |number: i64| format!("{number} {canary} ").repeat(2000);
    for number in 0..8 {
        let kept = store.add_note(user("ada"), note(&long(number)), at(number)).await.unwrap();
        let change = NoteChange { content: Some(long(number + 100)), ..NoteChange::default() };
        store.update_note(user("ada"), kept.id, change, at(number)).await.unwrap();
        if number % 2 == 0 {
            store.delete_note(user("ada"), kept.id, at(9)).await.unwrap();
        }
        store.add_note(user("eve"), note(&"Osmosis. ".repeat(300)), at(number)).await.unwrap();
    }
    fill(store, "ada", 1, canary).await;
    fill(store, "eve", 2, "eveword").await;
    let eves = exported(store, "eve").await;
    let mut waiting = job("ada", 5);
    waiting.note = Some(note(canary));
    store.accept_job(waiting).await.unwrap();

    let erased = store.erase_user(user("ada"), at(10)).await.unwrap();
    assert!(erased.rows > 30 && erased.stopped.is_empty(), "{erased:?}");
    let mut left = store.rows_of_user(user("ada")).await.unwrap();
    // What is still to be looked after: the row of `fill`, and one because there was an account.
    assert_eq!(left.remove("erasures"), Some(2));
    assert_eq!(left.values().sum::<u64>(), 0, "{left:?}");
    assert_eq!(store.finish_erasures(at(20)).await.unwrap(), 0);
    let late = "INSERT INTO folders (id, user_id, name, created_at) VALUES ('00000009-0000-7000-8000-000000000001', 'ada', 'late', 1)";
    store.house().write(Durability::Relaxed, move |conn| conn.execute(late, &[])).await.unwrap();
    assert_eq!(store.finish_erasures(at(311)).await.unwrap(), 1);
    assert_eq!(store.rows_of_user(user("ada")).await.unwrap().values().sum::<u64>(), 1);
    assert_eq!(exported(store, "eve").await, eves);

    let figures = |conn: &mut Conn<'_>| -> Result<(i64, i64), StoreError> {
        let count = |conn: &mut Conn<'_>, text: &'static str| conn.query_one(text, &[])?.get("rows");
        let calls =
            count(conn, "SELECT count(*) AS rows FROM model_calls WHERE user_id = '' AND prompt_tokens = 5")?;
        let runs = "SELECT count(*) AS rows FROM agent_executions WHERE user_id IS NULL AND tokens_used = 7";
        Ok((calls, count(conn, runs)?))
    };
    assert_eq!(store.house().read(figures).await.unwrap(), (1, 1));
    if store.dialect() == Dialect::Sqlite {
        for file in std::fs::read_dir(&stage.settings.data_dir).unwrap() {
            let path = file.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            let at = bytes.windows(canary.len()).position(|window| window == canary.as_bytes());
            assert_eq!(at, None, "{}", path.display());
        }
    }
}

fn call(owner: &str, number: JobId) -> NewCall {
    NewCall {
        id: CallId::new(at(0)),
        user: user(owner),
        job: Some(number),
        task: "chat".into(),
        model: "m".into(),
        reserve_tokens: 10,
        reserve_nano_usd: 10,
        now: at(1),
    }
}

fn settled() -> Settled {
    Settled {
        prompt_tokens: 4,
        completion_tokens: 3,
        estimated: false,
        nano_usd: Some(5),
        cost_reported: true,
        cached: false,
        outcome: "ok",
        took_ms: 1,
        model: "m".into(),
        accepted_items: 0,
    }
}

async fn a_job_that_runs_on_after_its_user_was_erased_leaves_nothing(stage: Stage) {
    let store = &stage.store;
    let (new, lease) = begun(store, "ada", 0).await;
    let erased = store.erase_user(user("ada"), at(10)).await.unwrap();
    assert_eq!(erased.stopped, [new.id]);
    assert!(matches!(store.append_events(lease, vec![event(2, 11)]).await, Err(StoreError::LeaseLost)));
    // Its worker had not heard of it yet.
    let late = call("ada", new.id);
    store.reserve_call(late.clone(), SpendLimits::default()).await.unwrap();
    assert_eq!(store.rows_of_user(user("ada")).await.unwrap()["spending"], 1);
    assert_eq!(store.finish_erasures(at(60)).await.unwrap(), 0);
    assert_eq!(store.finish_erasures(at(60 + 301)).await.unwrap(), 2);
    // Today's sum counts on, since they keep their name, and goes after midnight.
    let rest = store.rows_of_user(user("ada")).await.unwrap();
    assert_eq!(
        (rest["spending"], rest["usage_days"], rest["erasures"], rest.values().sum::<u64>()),
        (1, 1, 1, 3),
        "{rest:?}"
    );
    store.settle_call(late.id, settled(), at(400)).await.unwrap();
    let midnight = 86_400 - at(0).as_second() % 86_400;
    assert_eq!(store.finish_erasures(at(midnight + 299)).await.unwrap(), 0);
    assert_eq!(store.finish_erasures(at(midnight + 300)).await.unwrap(), 1);
    assert_eq!(store.rows_of_user(user("ada")).await.unwrap().values().sum::<u64>(), 0);
    // Who comes again under the same name keeps what is new.
    store.add_note(user("ada"), note("New."), at(86_800)).await.unwrap();
    assert_eq!(store.finish_erasures(at(200_000)).await.unwrap(), 0);
    assert_eq!(store.rows_of_user(user("ada")).await.unwrap()["notes"], 1);
}

async fn what_an_agent_alone_wrote_for_somebody_without_an_account_is_swept_and_what_is_new_stays(
    stage: Stage,
) {
    let store = &stage.store;
    store.add_note(user("ada"), note("Old."), at(0)).await.unwrap();
    store.erase_user(user("ada"), at(10)).await.unwrap();
    // Four minutes may pass before it has its answer; meanwhile its user comes back.
    let late = |second| NewCall { job: None, now: at(second), ..call("ada", job("ada", 0).id) };
    store.reserve_call(late(250), SpendLimits::default()).await.unwrap();
    store.add_note(user("ada"), note("New."), at(260)).await.unwrap();
    assert_eq!(store.finish_erasures(at(309)).await.unwrap(), 0);
    assert_eq!(store.finish_erasures(at(310)).await.unwrap(), 1);
    let rest = store.rows_of_user(user("ada")).await.unwrap();
    assert_eq!((rest["model_calls"], rest["notes"]), (0, 1), "{rest:?}");
}

async fn what_was_spent_stays_in_the_sum_of_everyone(stage: Stage) {
    let store = &stage.store;
    let open = call("ada", job("ada", 0).id);
    store.reserve_call(open.clone(), SpendLimits::default()).await.unwrap();
    store.erase_user(user("ada"), at(2)).await.unwrap();
    store.settle_call(open.id, settled(), at(3)).await.unwrap();
    let today = store.spent_today(user("ada"), at(4)).await.unwrap();
    assert_eq!((today.everyone.tokens, today.everyone.nano_usd, today.everyone.reserved_tokens), (7, 5, 0));
    assert_eq!(today.user.calls, 1, "who keeps their name has no second budget today");
}
