//! Conversations: what was said stands in its order, for the one who said it.

use sharper_domain::{NoteId, SessionId, Speaker, TaskKind};
use sharper_store::Store;
use sharper_store::conversations::Conversation;
use tokio::task::JoinSet;

use crate::made::{made, reply};
use crate::stage::{Stage, at, session, told_to_both, user};

told_to_both!(
    a_conversation_is_told_in_its_order_whatever_the_clock_says,
    conversations_are_listed_by_what_was_said_last,
    replies_that_are_kept_at_once_stand_one_behind_the_other,
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
        updated_at: at(moment),
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
