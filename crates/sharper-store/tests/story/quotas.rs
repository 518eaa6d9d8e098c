//! Quotas: what one user may start in a day, and how much of their text is kept.

use std::time::Duration;

use sharper_domain::{NoteId, ProblemCode, Timestamp};
use sharper_store::jobs::NewJob;
use sharper_store::limits::{Quotas, Usage};
use sharper_store::notes::{self, NewNote, NoteChange};
use sharper_store::{Durability, Store, StoreError};
use tokio::task::JoinSet;

use crate::stage::{Stage, at, job, told_to_both, user};

told_to_both!(
    fifty_at_once_start_exactly_what_a_day_has,
    a_refusal_says_when_the_next_day_begins_and_then_it_does,
    what_is_sent_twice_or_refused_is_counted_once_or_never,
    no_quota_is_no_limit_and_is_counted_all_the_same,
    fifty_notes_at_once_take_no_more_room_than_there_is,
    a_note_that_is_not_committed_yet_takes_room_already,
    older_versions_take_room_and_deleting_gives_it_back,
    a_job_whose_text_does_not_fit_is_not_accepted,
);

async fn with(stage: &mut Stage, generations_per_day: u32, storage_bytes: u64) -> Store {
    let quotas = Quotas { generations_per_day, storage_bytes, ..Quotas::default() };
    stage.reopened(|settings| settings.quotas = quotas).await;
    stage.store.clone()
}

fn text(bytes: usize) -> NewNote {
    let (id, title) = (NoteId::new(at(0)), "Light".to_owned());
    let content = format!("{:0>bytes$}", id.to_string());
    NewNote { id, folder_id: None, title, content, origin: None, anchors: Vec::new() }
}

async fn used(store: &Store, moment: Timestamp) -> (u32, u64) {
    let Usage { generations_today, storage_bytes } = store.usage(user("ada"), moment).await.unwrap();
    (generations_today, storage_bytes)
}

async fn fifty_at_once_start_exactly_what_a_day_has(mut stage: Stage) {
    let store = with(&mut stage, 7, 0).await;
    let mut asking = JoinSet::new();
    for moment in 0..50 {
        let store = store.clone();
        asking.spawn(async move { store.accept_job(job("ada", moment)).await.is_ok() });
    }
    let accepted = asking.join_all().await.into_iter().filter(|accepted| *accepted).count();
    assert_eq!((accepted, used(&store, at(0)).await.0), (7, 7));
    store.accept_job(job("bea", 60)).await.unwrap();
}

async fn a_refusal_says_when_the_next_day_begins_and_then_it_does(mut stage: Stage) {
    let store = with(&mut stage, 1, 0).await;
    // The story begins at 14:13:20 UTC.
    let midnight = 35_200;
    store.accept_job(job("ada", 0)).await.unwrap();
    let Err(error @ StoreError::DayIsUsedUp { until, .. }) =
        store.accept_job(job("ada", midnight - 90)).await
    else {
        panic!("a second one was accepted")
    };
    assert_eq!(until, at(midnight));
    let problem = error.problem();
    assert_eq!(
        (problem.code, problem.retry_after),
        (ProblemCode::DayIsUsedUp, Some(Duration::from_secs(90)))
    );
    assert!(problem.detail.contains("(1)") && problem.detail.contains("00:00 UTC"), "{problem}");
    store.accept_job(job("ada", midnight)).await.unwrap();
    assert_eq!((used(&store, at(0)).await.0, used(&store, at(midnight)).await.0), (1, 1));
}

async fn what_is_sent_twice_or_refused_is_counted_once_or_never(mut stage: Stage) {
    let store = with(&mut stage, 2, 0).await;
    let keyed = NewJob { idempotency_key: Some("key".into()), ..job("ada", 0) };
    assert!(!store.accept_job(keyed.clone()).await.unwrap().repeated);
    for _ in 0..3 {
        assert!(store.accept_job(keyed.clone()).await.unwrap().repeated);
    }
    let busy = NewJob { session_id: keyed.session_id.clone(), ..job("ada", 1) };
    assert!(matches!(store.accept_job(busy).await, Err(StoreError::Conflict(_))));
    assert_eq!(used(&store, at(0)).await.0, 1);
    store.accept_job(job("ada", 2)).await.unwrap();
    assert!(
        store.accept_job(keyed).await.unwrap().repeated,
        "what was accepted stays so on a day that is used up"
    );
    assert!(matches!(store.accept_job(job("ada", 3)).await, Err(StoreError::DayIsUsedUp { .. })));
}

async fn no_quota_is_no_limit_and_is_counted_all_the_same(stage: Stage) {
    for moment in 0..5 {
        stage.store.accept_job(job("ada", moment)).await.unwrap();
    }
    stage.store.add_note(user("ada"), text(1000), at(5)).await.unwrap();
    assert_eq!(used(&stage.store, at(9)).await, (5, 1000));
}

async fn fifty_notes_at_once_take_no_more_room_than_there_is(mut stage: Stage) {
    let store = with(&mut stage, 0, 1000).await;
    let mut adding = JoinSet::new();
    for moment in 0..50 {
        let store = store.clone();
        adding.spawn(async move {
            if moment % 2 == 0 {
                store.add_note(user("ada"), text(100), at(moment)).await.is_ok()
            } else {
                store.accept_job(NewJob { note: Some(text(100)), ..job("ada", moment) }).await.is_ok()
            }
        });
    }
    let added = adding.join_all().await.into_iter().filter(|added| *added).count();
    assert_eq!((added, used(&store, at(0)).await.1), (10, 1000));
    store.add_note(user("bea"), text(1000), at(60)).await.unwrap();
}

async fn a_note_that_is_not_committed_yet_takes_room_already(mut stage: Stage) {
    let store = with(&mut stage, 0, 1000).await;
    let quotas = Quotas { storage_bytes: 1000, ..Quotas::default() };
    let (added, was_added) = tokio::sync::oneshot::channel();
    let first = store.house().write(Durability::Synced, move |conn| {
        let note = notes::add(conn, &user("ada"), &text(600), &quotas, at(0));
        let _ = added.send(());
        // Long enough for the other to look, were it let in.
        std::thread::sleep(Duration::from_millis(150));
        note
    });
    let second = async {
        was_added.await.unwrap();
        store.add_note(user("ada"), text(600), at(1)).await
    };
    let (first, second) = tokio::join!(first, second);
    assert!(first.is_ok() && matches!(second, Err(StoreError::NotesFull { limit: 1000 })), "{second:?}");
}

async fn older_versions_take_room_and_deleting_gives_it_back(mut stage: Stage) {
    let store = with(&mut stage, 0, 1000).await;
    let note = store.add_note(user("ada"), text(400), at(0)).await.unwrap();
    assert_eq!(
        store
            .add_note(user("ada"), NewNote { id: NoteId::new(at(1)), ..twin(&note.content) }, at(1))
            .await
            .unwrap()
            .id,
        note.id
    );
    let change = |content: &str| NoteChange { content: Some(content.into()), ..NoteChange::default() };
    let renamed = NoteChange { title: Some("Dark".into()), ..NoteChange::default() };
    store.update_note(user("ada"), note.id, renamed, at(2)).await.unwrap();
    assert_eq!(used(&store, at(2)).await.1, 400, "neither the same text nor a title takes room");
    store.update_note(user("ada"), note.id, change(&"é".repeat(300)), at(3)).await.unwrap();
    assert_eq!(used(&store, at(3)).await.1, 1000, "bytes, of both versions");
    let refused = store.update_note(user("ada"), note.id, change("short"), at(4)).await.unwrap_err();
    assert_eq!(refused.problem().code, ProblemCode::NotesFull);
    assert_eq!(store.note(user("ada"), note.id).await.unwrap().version, 2, "nothing of it was kept");
    store.delete_note(user("ada"), note.id, at(5)).await.unwrap();
    assert_eq!(used(&store, at(5)).await.1, 1000, "what lies in the bin takes room");
    store.delete_from_bin(user("ada"), note.id.0).await.unwrap();
    assert_eq!(used(&store, at(5)).await.1, 0);
    store.add_note(user("ada"), text(1000), at(6)).await.unwrap();
}

fn twin(content: &str) -> NewNote {
    NewNote { content: content.into(), ..text(100) }
}

async fn a_job_whose_text_does_not_fit_is_not_accepted(mut stage: Stage) {
    let store = with(&mut stage, 2, 100).await;
    let refused = store.accept_job(NewJob { note: Some(text(101)), ..job("ada", 0) }).await.unwrap_err();
    let problem = refused.problem();
    assert_eq!((problem.code, problem.code.status()), (ProblemCode::NotesFull, 413));
    assert!(problem.detail.contains("100 bytes"), "{problem}");
    assert_eq!(used(&store, at(0)).await, (0, 0), "it is not counted either");
    let fits = text(100);
    store.accept_job(NewJob { note: Some(fits.clone()), ..job("ada", 1) }).await.unwrap();
    // The same text once more takes no room.
    store.accept_job(NewJob { note: Some(twin(&fits.content)), ..job("ada", 2) }).await.unwrap();
}
