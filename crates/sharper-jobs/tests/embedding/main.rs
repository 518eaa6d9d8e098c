//! Vectors from end to end, on both databases: made in the background, kept, and found by.

#![allow(clippy::unwrap_used, reason = "a test stops short at what cannot be")]

mod stage;

use std::sync::atomic::Ordering;
use std::time::Duration;

use sharper_agents::{Mode, Search};
use sharper_domain::Clock;
use sharper_store::spending::SpendLimits;
use stage::{Stage, user};

/// Tells each story to SQLite, and to PostgreSQL with pgvector and without.
macro_rules! told_to_all {
    ($($name:ident),* $(,)?) => {$(
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                super::$name(crate::stage::Stage::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                super::$name(crate::stage::Stage::postgres().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_pgvector() {
                super::$name(crate::stage::Stage::pgvector().await).await;
            }
        }
    )*};
}

told_to_all!(
    of_an_edited_note_only_the_passages_that_changed_are_sent,
    while_the_model_is_away_words_find_and_vectors_follow,
    calls_stand_in_the_ledger_and_who_has_spent_the_budget_waits,
    two_instances_never_embed_the_same_passage_twice,
    vectors_find_what_shares_no_word_in_the_named_notes_and_nobody_elses,
    instances_see_each_others_edits_at_the_next_search,
);

const CAR: &str = "Her car stood still until the motor was mended.";

/// Twelve notes on nothing in common, and the one about a car.
async fn library(stage: &Stage, whose: &str) {
    let nouns = ["Osmosis", "Copper", "Napoleon", "Sonnets", "Granite", "Tariffs"];
    let places = ["membranes", "wires"];
    for (noun, place) in nouns.iter().flat_map(|noun| places.map(|place| (noun, place))) {
        stage.note(whose, &format!("{noun} {place} {noun}like {place}like.")).await;
    }
    stage.note(whose, CAR).await;
}

async fn of_an_edited_note_only_the_passages_that_changed_are_sent(stage: Stage) {
    let one = stage.only();
    let section = |n: u32, word: &str| format!("# Part {n}\n\nHere stands something about {word}.\n\n");
    let text =
        |word: &str| (1..=4).map(|n| section(n, if n == 3 { word } else { "rivers" })).collect::<String>();
    let note = stage.note("ada", &text("mountains")).await;
    one.embed().await;
    assert_eq!(stage.model.seen().len(), 4);
    stage.edit(&stage.store, note.id, &text("valleys")).await;
    one.embed().await;
    assert_eq!(stage.model.seen(), ["Part 3\nHere stands something about valleys."]);
    let kept = stage.store.vectors(user("ada"), "words".into(), vec![note.id]).await.unwrap();
    let kept = &kept[&note.id];
    assert_eq!((kept.version, kept.chunks.len()), (2, 4));
    assert!(kept.chunks.iter().all(|chunk| chunk.embedding.len() == 512));
    one.embed().await;
    assert!(stage.model.seen().is_empty(), "nothing waits any more");
}

async fn while_the_model_is_away_words_find_and_vectors_follow(stage: Stage) {
    let one = stage.only();
    stage.model.away.store(true, Ordering::SeqCst);
    library(&stage, "ada").await;
    assert!(one.embedder.once().await.unwrap_err().contains("refused"));
    let search = Search::new("motor", 3);
    let found = one.find("ada", &search).await;
    assert_eq!((found.mode, found.notes[0].content.as_str()), (Mode::Lexical, CAR));
    stage.model.away.store(false, Ordering::SeqCst);
    one.embed().await;
    assert_eq!(stage.store.waiting_for_vectors().await.unwrap(), 0, "what was put off was caught up");
    let found = one.find("ada", &search).await;
    assert_eq!((found.mode, found.notes[0].content.as_str()), (Mode::Hybrid, CAR));
    stage.model.away.store(true, Ordering::SeqCst);
    let found = one.find("ada", &Search::new("Where is copper?", 3)).await;
    assert_eq!(found.mode, Mode::Lexical, "a question that nobody embeds is searched by its words");
    assert!(!found.passages.is_empty());
}

async fn calls_stand_in_the_ledger_and_who_has_spent_the_budget_waits(stage: Stage) {
    // A call is reserved by an estimate, more than ten tokens for each of these notes.
    let limits = SpendLimits { user_tokens_per_day: Some(30), ..SpendLimits::default() };
    let one = stage.instance(&stage.store, limits);
    for noun in ["Rivers", "Lakes", "Oceans", "Ponds", "Brooks"] {
        stage.note("ada", &format!("{noun} hold water that came from rain and from melting snow.")).await;
    }
    stage.note("eve", "Hers is a small note.").await;
    one.embed().await;
    let spent = stage.store.spent_today(user("ada"), stage.clock.now()).await.unwrap().user;
    let sent = stage.model.seen().len() as u64;
    assert!((2..6).contains(&sent), "{sent}: some of hers, and one of eve's");
    assert_eq!((spent.calls, spent.tokens), (sent - 1, 7 * (sent - 1)), "what the model said is counted");
    assert_eq!(stage.store.waiting_for_vectors().await.unwrap(), 6 - sent, "each of the others waits");
    stage.clock.go(Duration::from_secs(24 * 3_600));
    one.embed().await;
    assert!(stage.store.waiting_for_vectors().await.unwrap() < 6 - sent, "another day, another budget");
}

async fn two_instances_never_embed_the_same_passage_twice(stage: Stage) {
    let one = stage.only();
    let other = stage.instance(&stage.other().await, SpendLimits::default());
    library(&stage, "ada").await;
    tokio::join!(one.embed(), other.embed());
    // Who saw nothing to claim went away while the other was still at work.
    one.embed().await;
    let mut seen = stage.model.seen();
    seen.sort();
    let sent = seen.len();
    seen.dedup();
    assert_eq!((sent, seen.len()), (13, 13));
    assert_eq!(stage.store.waiting_for_vectors().await.unwrap(), 0);
}

async fn vectors_find_what_shares_no_word_in_the_named_notes_and_nobody_elses(stage: Stage) {
    let one = stage.only();
    library(&stage, "ada").await;
    library(&stage, "eve").await;
    one.embed().await;
    let asked = Search::new("vehicle engine repaired", 3);
    assert_eq!(one.texts("ada", &asked).await, [CAR]);
    let found = one.find("ada", &asked).await;
    assert!(found.notes.iter().all(|note| note.user_id == user("ada")));
    assert!(found.passages[0].similarity.unwrap() > 0.5);
    let others: Vec<_> = stage.store.recent_notes(user("ada"), 20).await.unwrap();
    let named =
        |of_car: bool| others.iter().filter(move |note| (note.content == CAR) == of_car).map(|note| note.id);
    let without = Search { notes: named(false).collect(), ..asked.clone() };
    assert_eq!(one.texts("ada", &without).await, [""; 0], "only the named notes are looked through");
    let by_word = Search { notes: named(true).collect(), ..Search::new("motor", 3) };
    assert_eq!(one.texts("ada", &by_word).await, [CAR]);
    assert_eq!(one.texts("eve", &by_word).await, [""; 0], "of another user's notes nothing is found");
    let deleted = named(true).next().unwrap();
    stage.store.delete_note(user("ada"), deleted, stage.clock.now()).await.unwrap();
    assert_eq!(one.texts("ada", &asked).await, [""; 0], "nor of what lies in the bin");
}

async fn instances_see_each_others_edits_at_the_next_search(stage: Stage) {
    let store = stage.other().await;
    let (one, other) = (stage.only(), stage.instance(&store, SpendLimits::default()));
    library(&stage, "ada").await;
    let note = stage.note("ada", "Glaciers carve valleys.").await;
    for instance in [&one, &other] {
        assert_eq!(instance.texts("ada", &Search::new("glaciers", 3)).await, ["Glaciers carve valleys."]);
    }
    stage.edit(&store, note.id, "Volcanoes build islands.").await;
    for instance in [&one, &other] {
        assert_eq!(instance.texts("ada", &Search::new("glaciers", 3)).await, [""; 0]);
        assert_eq!(instance.texts("ada", &Search::new("volcanoes", 3)).await, ["Volcanoes build islands."]);
    }
    other.embed().await;
    let found = one.find("ada", &Search::new("vehicle engine repaired", 3)).await;
    assert_eq!((found.mode, found.passages.len()), (Mode::Hybrid, 1), "and the vectors that another made");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pgvector_finds_what_the_scan_in_memory_finds() {
    let (memory, mut database) = (Stage::sqlite().await, Stage::pgvector().await);
    database.model = memory.model.clone();
    let mut found = Vec::new();
    for stage in [&memory, &database] {
        let one = stage.only();
        library(stage, "ada").await;
        stage
            .note("ada", "The motor of a ship drives a shaft. # Ships\n\nA vehicle of the sea floats.")
            .await;
        one.embed().await;
        let mut all = Vec::new();
        for question in ["vehicle engine repaired", "motor of a car", "copper wires", "osmosis and copper"] {
            let answer = one.find("ada", &Search::new(question, 6)).await;
            assert_eq!(answer.mode, Mode::Hybrid);
            assert!(!answer.passages.is_empty(), "{question}");
            for passage in &answer.passages {
                let text = answer.notes[passage.note].content.clone();
                all.push((text, passage.span, passage.score, passage.similarity.unwrap_or(-1.0)));
            }
        }
        let ship = stage.store.recent_notes(user("ada"), 1).await.unwrap()[0].id;
        let related = one.agents.related(&user("ada"), ship, 3).await.unwrap();
        for passage in &related.passages {
            let text = related.notes[passage.note].content.clone();
            all.push((text, passage.span, passage.score, passage.similarity.unwrap_or(-1.0)));
        }
        found.push(all);
    }
    let (memory, database) = (&found[0], &found[1]);
    assert_eq!(memory.len(), database.len());
    for (one, other) in memory.iter().zip(database) {
        assert_eq!((&one.0, one.1), (&other.0, other.1));
        assert!((one.2 - other.2).abs() < 1e-5 && (one.3 - other.3).abs() < 1e-5, "{one:?} {other:?}");
    }
}
