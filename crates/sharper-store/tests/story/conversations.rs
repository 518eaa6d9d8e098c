//! Conversations: what was said stands in its order, for the one who said it.

use sharper_domain::{NoteId, SessionId, Speaker, TaskKind};
use sharper_store::Store;
use sharper_store::conversations::Conversation;
use sharper_store::jobs::NewJob;
use tokio::task::JoinSet;

use crate::made::{made, reply};
use crate::stage::{Stage, at, event, leased_job, session, told_to_both, user};

told_to_both!(
    a_conversation_is_told_in_its_order_whatever_the_clock_says,
    conversations_are_listed_by_what_was_said_last,
    replies_that_are_kept_at_once_stand_one_behind_the_other,
    a_conversation_is_found_named_ended_and_opened_again,
    what_is_deleted_is_gone_with_its_jobs_and_nobody_elses,
    a_summary_only_goes_forward,
);

async fn say(store: &Store, owner: &str, to: &str, moment: i64, question: &str) {
    let mut new = made(TaskKind::Chat, owner, moment, None);
    new.material.body = reply(question, NoteId::new(at(0)));
    new.session_id = session(to);
    store.add_material(new).await.unwrap();
}

async fn said(store: &Store, owner: &str, to: SessionId, limit: u32) -> Vec<String> {
    let all = store.conversation(user(owner), to, limit).await.unwrap();
    all.into_iter().map(|message| message.content).collect()
}

const ANSWER: &str = "Chlorophyll absorbs light. [1]\n\nIt gives its energy on. [1]";

async fn a_conversation_is_told_in_its_order_whatever_the_clock_says(stage: Stage) {
    let store = &stage.store;
    for (moment, question) in [(5, "one"), (5, "two"), (4, "three")] {
        say(store, "ada", "talk", moment, question).await;
    }
    say(store, "eve", "talk", 5, "mine").await;
    say(store, "ada", "other", 5, "elsewhere").await;
    let all = said(store, "ada", session("talk"), 9).await;
    assert_eq!(all, ["one", ANSWER, "two", ANSWER, "three", ANSWER]);
    assert_eq!(said(store, "ada", session("talk"), 3).await, [ANSWER, "three", ANSWER]);
    assert_eq!(said(store, "eve", session("talk"), 9).await, ["mine", ANSWER]);
    assert!(said(store, "ada", session("nowhere"), 9).await.is_empty());
    let first = &store.conversation(user("ada"), session("talk"), 9).await.unwrap()[..2];
    assert_eq!((first[0].role, first[1].role), (Speaker::User, Speaker::Assistant));
    assert_eq!(first[0].created_at, at(5));
}

async fn conversations_are_listed_by_what_was_said_last(stage: Stage) {
    let store = &stage.store;
    say(store, "ada", "a", 1, "What is\n light?").await;
    say(store, "ada", "b", 2, "And water?").await;
    say(store, "ada", "a", 3, "Why?").await;
    say(store, "eve", "a", 4, "Mine").await;
    let listed = |name: &str, title: &str, moment, messages| Conversation {
        session_id: session(name),
        title: title.into(),
        named: false,
        created_at: at(if name == "a" { 1 } else { 2 }),
        updated_at: at(moment),
        ended_at: None,
        messages,
    };
    let expected = [listed("a", "What is light?", 3, 4), listed("b", "And water?", 2, 2)];
    assert_eq!(store.conversations(user("ada"), 9).await.unwrap(), expected);
    assert_eq!(store.conversations(user("ada"), 1).await.unwrap(), expected[..1]);
}

async fn replies_that_are_kept_at_once_stand_one_behind_the_other(stage: Stage) {
    let mut saying = JoinSet::new();
    for n in 0..12 {
        let store = stage.store.clone();
        saying.spawn(async move { say(&store, "ada", "talk", 1, &format!("question {n}")).await });
    }
    saying.join_all().await;
    let all = said(&stage.store, "ada", session("talk"), 99).await;
    assert_eq!(all.len(), 24);
    assert!(all.chunks(2).all(|pair| pair[0].starts_with("question") && pair[1] == ANSWER), "{all:?}");
}

async fn a_conversation_is_found_named_ended_and_opened_again(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    say(store, "ada", "a", 1, "What is 100% light_ness?").await;
    say(store, "ada", "b", 2, "And water?").await;
    say(store, "eve", "c", 3, "And water?").await;
    let found = async |words: &str| -> Vec<String> {
        let found = store.find_conversations(user("ada"), words, 9).await.unwrap();
        found.iter().map(|one| one.session_id.to_string()).collect()
    };
    assert_eq!(found("WATER").await, ["b"]);
    assert_eq!(found("chlorophyll").await, ["b", "a"]);
    assert_eq!((found("100% l").await, found("100_ l").await.len()), (vec!["a".to_owned()], 0));
    store.rename_conversation(ada.clone(), session("a"), "Optics".into()).await.unwrap();
    store.end_conversation(ada.clone(), session("a"), at(5)).await.unwrap();
    store.end_conversation(ada.clone(), session("a"), at(6)).await.unwrap();
    let one = store.conversation_session(ada.clone(), session("a")).await.unwrap();
    assert_eq!((one.title.as_str(), one.named, one.ended_at), ("Optics", true, Some(at(5))));
    say(store, "ada", "a", 7, "More?").await;
    let one = store.conversation_session(ada.clone(), session("a")).await.unwrap();
    assert_eq!((one.title.as_str(), one.ended_at, one.messages), ("Optics", None, 4));
    let eve = user("eve");
    for (name, owner) in [("a", &eve), ("nowhere", &ada)] {
        let name = session(name);
        let none = Err(sharper_store::StoreError::NotFound.to_string());
        let told = |result: Result<(), sharper_store::StoreError>| result.map_err(|error| error.to_string());
        assert_eq!(told(store.rename_conversation(owner.clone(), name.clone(), "x".into()).await), none);
        assert_eq!(told(store.end_conversation(owner.clone(), name.clone(), at(9)).await), none);
        assert_eq!(told(store.delete_conversation(owner.clone(), name.clone()).await), none);
        assert!(store.conversation_session(owner.clone(), name).await.is_err());
    }
    let said = store.conversation_said(ada, session("a"), 9).await.unwrap();
    assert_eq!(said.iter().map(|one| one.position).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert!(said[0].reply.is_none() && matches!(said[1].reply, Some(sharper_domain::Body::Reply { .. })));
}

async fn what_is_deleted_is_gone_with_its_jobs_and_nobody_elses(stage: Stage) {
    let store = &stage.store;
    let mut jobs = Vec::new();
    for (n, (owner, kind)) in
        (0..).zip([("ada", TaskKind::Chat), ("eve", TaskKind::Chat), ("ada", TaskKind::FlashcardGeneration)])
    {
        let stream = if owner == "ada" { "talk" } else { "hers" };
        let new = NewJob { kind, session_id: session(stream), ..leased_job(owner, n, "w1") };
        let lease = store.accept_job(new.clone()).await.unwrap().lease.unwrap();
        store.append_events(lease, vec![event(lease_first(&stage, &new).await, n)]).await.unwrap();
        jobs.push((owner, new.id, lease));
    }
    say(store, "ada", "talk", 5, "secret words").await;
    say(store, "eve", "talk", 5, "hers").await;
    store.delete_conversation(user("ada"), session("talk")).await.unwrap();
    assert!(said(store, "ada", session("talk"), 9).await.is_empty());
    assert_eq!(said(store, "eve", session("talk"), 9).await, ["hers", ANSWER]);
    let is_there = async |n: usize| store.job(user(jobs[n].0), jobs[n].1).await.is_ok();
    assert_eq!([is_there(0).await, is_there(1).await, is_there(2).await], [false, true, true]);
    assert!(store.events_after(jobs[0].1, 0, 9).await.unwrap().is_empty());
    // The worker that was at it keeps nothing.
    let late = store.append_events(jobs[0].2, vec![event(2, 9)]).await;
    assert!(matches!(late, Err(sharper_store::StoreError::LeaseLost)), "{late:?}");
}

async fn lease_first(stage: &Stage, new: &NewJob) -> i64 {
    stage.store.job(new.user_id.clone(), new.id).await.unwrap().first_seq
}

async fn a_summary_only_goes_forward(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    for n in 0..3 {
        say(store, "ada", "talk", n, &format!("question {n}")).await;
    }
    let keep = async |text: &str, to: u32, better: bool| {
        let (ada, talk) = (user("ada"), session("talk"));
        store.keep_conversation_summary(ada, talk, text.into(), to, better).await.unwrap();
        let memory = store.conversation_memory(user("ada"), session("talk"), 3).await.unwrap();
        (memory.summary.unwrap_or_default(), memory.summary_to)
    };
    let memory = store.conversation_memory(ada, session("talk"), 3).await.unwrap();
    assert_eq!((memory.summary, memory.summary_to), (None, 0));
    assert_eq!(memory.newest.iter().map(|said| said.position).collect::<Vec<_>>(), [4, 5, 6]);
    assert_eq!(keep("two", 2, false).await, ("two".into(), 2));
    assert_eq!(keep("one", 1, true).await, ("two".into(), 2));
    assert_eq!(keep("again", 2, false).await, ("two".into(), 2));
    assert_eq!(keep("better", 2, true).await, ("better".into(), 2));
    assert_eq!(keep("four", 4, false).await, ("four".into(), 4));
    let nothing = store.conversation_memory(user("eve"), session("talk"), 3).await.unwrap();
    assert_eq!(nothing, sharper_store::conversations::Memory::default());
}
