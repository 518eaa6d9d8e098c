//! The tale: a student pastes notes, gets cards, studies them, and says what they think.

use sharper_domain::{ExecutionId, FolderId, Grade, NoteId, Problem, ProblemCode};
use sharper_store::StoreError;
use sharper_store::executions::{Execution, ExecutionStatus};
use sharper_store::feedback::NewFeedback;
use sharper_store::flashcards::ContentStats;
use sharper_store::jobs::JobState;
use sharper_store::notes::NoteChange;
use sharper_store::study::NewReview;

use crate::stage::{Stage, at, complete, event, job, leased_job, note, set, told_to_both, user, worker};

told_to_both!(
    notes_become_cards_that_are_studied,
    the_same_text_is_kept_once_and_its_changes_are_kept_too,
    text_with_a_nul_is_kept_the_same_way_everywhere,
    folders_hold_notes,
    what_agents_did_and_students_say_is_kept,
    a_store_says_that_it_is_ready_until_it_is_closed,
);

async fn notes_become_cards_that_are_studied(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let mut new = leased_job("ada", 0, "w1");
    new.note = Some(note("Chlorophyll absorbs light."));
    let accepted = store.accept_job(new.clone()).await.unwrap();
    let (lease, note_id) = (accepted.lease.unwrap(), accepted.note_id.unwrap());
    assert_eq!((accepted.first_seq, lease.fence, accepted.repeated), (1, 1, false));

    store.append_events(lease, (1..=17).map(|seq| event(seq, 1)).collect()).await.unwrap();
    let made = set("ada", 2, Some(note_id));
    store.finish_job(lease, complete(18, 3, made.clone())).await.unwrap();

    let done = store.job_by_session(new.session_id.clone(), Some(ada.clone())).await.unwrap();
    assert_eq!((done.state, done.first_seq, done.last_seq), (JobState::Complete, 1, 18));
    assert_eq!((done.started_at, done.ended_at), (Some(at(0)), Some(at(3))));
    assert_eq!(store.job_result(ada.clone(), new.id).await.unwrap().unwrap()["success"], true);
    let events = store.events_after(new.id, 16, 100).await.unwrap();
    assert_eq!(events.iter().map(|event| event.seq).collect::<Vec<_>>(), [17, 18]);
    assert_eq!(events[0], event(17, 1));

    assert_eq!(store.sets(ada.clone(), 10).await.unwrap(), std::slice::from_ref(&made.set));
    assert_eq!(store.cards_of_set(ada.clone(), made.set.id).await.unwrap(), made.cards);
    assert_eq!(store.recent_flashcards(ada.clone(), 1).await.unwrap().len(), 1);
    let known = store.known_cards(ada.clone(), vec![note_id], 10).await.unwrap();
    assert_eq!(known.len(), 2);
    assert_eq!(known[0].answer, "Light");
    assert!(store.known_cards(ada.clone(), vec![NoteId::new(at(9))], 10).await.unwrap().is_empty());
    let stats = ContentStats { flashcards: 2, ..ContentStats::default() };
    assert_eq!(store.content_stats(ada.clone()).await.unwrap(), stats);

    let study = store.start_study(ada.clone(), made.set.id, at(10)).await.unwrap();
    for (moment, grade, card) in [(11, Grade::Again, 0), (12, Grade::Good, 1), (13, Grade::Easy, 0)] {
        let review = NewReview {
            id: None,
            card: made.cards[card].id,
            study: Some(study),
            grade,
            at: at(moment),
            took_ms: 900,
        };
        store.record_review(ada.clone(), review).await.unwrap();
    }
    assert_eq!(store.undo_review(ada.clone(), study).await.unwrap().grade, Grade::Easy);
    let progress = store.study_progress(ada.clone(), study).await.unwrap();
    assert_eq!(progress.cards, 2);
    assert_eq!(progress.reviews.iter().map(|r| r.grade).collect::<Vec<_>>(), [Grade::Again, Grade::Good]);
    store.finish_study(ada.clone(), study, at(20)).await.unwrap();
    store.finish_study(ada.clone(), study, at(30)).await.unwrap();
    assert_eq!(store.study_progress(ada.clone(), study).await.unwrap().finished_at, Some(at(20)));
    let late = NewReview {
        id: None,
        card: made.cards[0].id,
        study: Some(study),
        grade: Grade::Good,
        at: at(31),
        took_ms: 1,
    };
    assert!(matches!(store.record_review(ada.clone(), late).await, Err(StoreError::Conflict(_))));
    assert_eq!(store.reviews_of_card(ada, made.cards[0].id).await.unwrap().len(), 1);
}

async fn the_same_text_is_kept_once_and_its_changes_are_kept_too(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let first = store.add_note(ada.clone(), note("Osmosis."), at(1)).await.unwrap();
    let again = store.add_note(ada.clone(), note("Osmosis."), at(2)).await.unwrap();
    assert_eq!(first, again);
    let other = store.add_note(ada.clone(), note("Diffusion."), at(3)).await.unwrap();

    let change = NoteChange {
        content: Some("Osmosis is passive.".into()),
        from_version: Some(1),
        ..Default::default()
    };
    let changed = store.update_note(ada.clone(), first.id, change.clone(), at(4)).await.unwrap();
    assert_eq!((changed.version, changed.updated_at), (2, at(4)));
    assert_eq!(store.note(ada.clone(), first.id).await.unwrap(), changed);
    assert!(matches!(
        store.update_note(ada.clone(), first.id, change, at(5)).await,
        Err(StoreError::Changed { version: 2 })
    ));
    let taken = NoteChange { content: Some("Diffusion.".into()), ..Default::default() };
    assert!(matches!(
        store.update_note(ada.clone(), first.id, taken, at(5)).await,
        Err(StoreError::Conflict(_))
    ));
    let title = NoteChange { title: Some("Water".into()), ..Default::default() };
    assert_eq!(store.update_note(ada.clone(), first.id, title, at(6)).await.unwrap().version, 2);
    let id = first.id;
    let older = store
        .house()
        .read(move |conn| {
            let values = [id.into(), 1i64.into()];
            conn.query_one("SELECT content FROM note_versions WHERE note_id = $1 AND version = $2", &values)?
                .get::<String>("content")
        })
        .await;
    assert_eq!(older.unwrap(), "Osmosis.");

    let recent = store.recent_notes(ada.clone(), 10).await.unwrap();
    assert_eq!(recent.iter().map(|note| note.id).collect::<Vec<_>>(), [first.id, other.id]);
    let unknown = NoteId::new(at(7));
    let found = store.notes_by_ids(ada.clone(), vec![other.id, unknown, first.id]).await.unwrap();
    assert_eq!(found.notes.iter().map(|note| note.id).collect::<Vec<_>>(), [other.id, first.id]);
    assert_eq!(found.missing, [unknown]);
    store.delete_note(ada.clone(), first.id, at(9)).await.unwrap();
    assert!(matches!(store.note(ada, first.id).await, Err(StoreError::NotFound)));
}

async fn text_with_a_nul_is_kept_the_same_way_everywhere(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let kept = store.add_note(ada.clone(), note("a\0b"), at(1)).await.unwrap();
    assert_eq!(kept.content, "a\u{FFFD}b");
    assert_eq!(store.note(ada.clone(), kept.id).await.unwrap(), kept);
    assert_eq!(store.add_note(ada, note("a\0b"), at(2)).await.unwrap().id, kept.id);

    let mut new = job("ada", 3);
    new.request = serde_json::json!({"message": "a\u{0}b"});
    store.accept_job(new.clone()).await.unwrap();
    let claimed = store.claim_jobs(worker("w1"), at(4), at(9), 1).await.unwrap();
    assert_eq!(claimed[0].request, new.request);
}

async fn folders_hold_notes(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let (top, below) = (FolderId::new(at(0)), FolderId::new(at(1)));
    store.add_folder(ada.clone(), top, None, "Biology".into(), at(0)).await.unwrap();
    store.add_folder(ada.clone(), below, Some(top), "Cells".into(), at(1)).await.unwrap();
    let folders = store.folders(ada.clone()).await.unwrap();
    assert_eq!(
        folders.iter().map(|f| (f.id, f.parent_id)).collect::<Vec<_>>(),
        [(top, None), (below, Some(top))]
    );
    let mut new = note("A cell has a membrane.");
    new.folder_id = Some(below);
    assert_eq!(store.add_note(ada, new.clone(), at(2)).await.unwrap().folder_id, Some(below));
    assert!(matches!(store.add_note(user("eve"), new, at(2)).await, Err(StoreError::NotFound)));
}

async fn what_agents_did_and_students_say_is_kept(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let run = |seconds| Execution {
        id: ExecutionId::new(at(seconds)),
        user_id: Some(ada.clone()),
        session_id: None,
        request_id: Some("r1".into()),
        agent_name: "main_orchestrator".into(),
        input_data: None,
        output_data: Some(serde_json::json!({"cards": 10})),
        execution_time_ms: 2500,
        tokens_used: 1500,
        model_used: Some("offline".into()),
        status: ExecutionStatus::Success,
        error_message: None,
        created_at: at(seconds),
        items: vec![],
    };
    store.record_executions(vec![run(1), run(2)]).await.unwrap();
    let twice = run(3);
    let refused = store.record_executions(vec![run(4), twice.clone(), twice]).await;
    assert!(matches!(refused, Err(StoreError::Conflict(_))));

    let feedback = |rating| NewFeedback {
        content_type: "flashcard".into(),
        content_id: "c1".into(),
        rating,
        feedback_text: Some("Clear.".into()),
        issues: vec!["too_easy".into()],
    };
    store.add_feedback(ada.clone(), feedback(5), at(5)).await.unwrap();
    assert!(matches!(
        store.add_feedback(ada.clone(), feedback(6), at(5)).await,
        Err(StoreError::Conflict(_))
    ));

    let counts = store
        .house()
        .read(|conn| {
            let text = "SELECT (SELECT count(*) FROM agent_executions) AS runs, \
                (SELECT count(*) FROM content_feedback WHERE rating = 5) AS opinions";
            let row = conn.query_one(text, &[])?;
            Ok((row.get::<i64>("runs")?, row.get::<i64>("opinions")?))
        })
        .await;
    assert_eq!(counts.unwrap(), (2, 1));
}

async fn a_store_says_that_it_is_ready_until_it_is_closed(stage: Stage) {
    stage.store.ready().await.unwrap();
    let clone = stage.store.clone();
    stage.store.close().await;
    let closed = clone.ready().await.unwrap_err();
    assert!(matches!(closed, StoreError::Unavailable(_)));
    let Problem { code, retry_after, .. } = closed.problem();
    assert_eq!(code, ProblemCode::Unavailable);
    assert!(retry_after.is_some());
}
