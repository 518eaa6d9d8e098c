//! Two people: what is one's is nothing to the other.

use sharper_domain::{FolderId, Grade, Problem, TaskKind};
use sharper_store::StoreError;
use sharper_store::flashcards::ContentStats;
use sharper_store::notes::NoteChange;
use sharper_store::study::NewReview;

use crate::made::{is_cards, made, print_of};
use crate::stage::{Stage, at, begun, complete, job, note, session, set, told_to_both, user};

told_to_both!(nobody_sees_or_changes_what_is_anothers);

fn nothing<T: std::fmt::Debug>(answer: Result<T, StoreError>) {
    assert!(matches!(answer, Err(StoreError::NotFound)), "{answer:?}");
}

async fn nobody_sees_or_changes_what_is_anothers(stage: Stage) {
    let (store, ada, eve) = (&stage.store, user("ada"), user("eve"));
    let kept = store.add_note(ada.clone(), note("Chlorophyll absorbs light."), at(0)).await.unwrap();
    let eves = store.add_note(eve.clone(), note("Chlorophyll absorbs light."), at(0)).await.unwrap();
    assert_ne!((kept.id, &kept.user_id), (eves.id, &eves.user_id));
    let again = store.add_note(eve.clone(), note("Chlorophyll absorbs light."), at(1)).await.unwrap();
    assert_eq!(again.id, eves.id);
    store.add_folder(ada.clone(), FolderId::new(at(0)), None, "Biology".into(), at(0)).await.unwrap();
    let mut others = Vec::new();
    for (kind, moment) in TaskKind::ALL.into_iter().zip(1..).filter(|(kind, _)| !is_cards(*kind)) {
        let new = made(kind, "ada", moment, Some(kept.id));
        store.add_material(new.clone()).await.unwrap();
        others.push(new.material);
    }
    store.delete_note(eve.clone(), eves.id, at(9)).await.unwrap();

    let (new, lease) = begun(store, "ada", 0).await;
    let made = set("ada", 1, Some(kept.id));
    store.finish_job(lease, complete(2, 1, made.clone())).await.unwrap();
    let study = store.start_study(ada.clone(), made.set.id, at(2)).await.unwrap();
    let review = NewReview {
        id: None,
        card: made.cards[0].id,
        study: Some(study),
        grade: Grade::Good,
        at: at(3),
        took_ms: 5,
    };
    store.record_review(ada.clone(), review).await.unwrap();
    let waiting = job("ada", 4);
    store.accept_job(waiting.clone()).await.unwrap();

    nothing(store.note(eve.clone(), kept.id).await);
    nothing(store.update_note(eve.clone(), kept.id, NoteChange::default(), at(5)).await);
    nothing(store.delete_note(eve.clone(), kept.id, at(9)).await);
    assert_eq!(store.notes_by_ids(eve.clone(), vec![kept.id]).await.unwrap().missing, [kept.id]);
    assert!(store.recent_notes(eve.clone(), 9).await.unwrap().is_empty());
    nothing(store.job(eve.clone(), new.id).await);
    nothing(store.job_result(eve.clone(), new.id).await);
    nothing(store.job_by_session(new.session_id.clone(), Some(eve.clone())).await);
    nothing(store.request_cancel(eve.clone(), waiting.id, at(5)).await);
    assert!(store.recent_jobs(eve.clone(), 9).await.unwrap().is_empty());
    nothing(store.set(eve.clone(), made.set.id).await);
    nothing(store.cards_of_set(eve.clone(), made.set.id).await);
    assert!(store.sets(eve.clone(), 9).await.unwrap().is_empty());
    assert!(store.recent_flashcards(eve.clone(), 9).await.unwrap().is_empty());
    assert!(store.known_cards(eve.clone(), vec![kept.id], 9).await.unwrap().is_empty());
    assert!(store.known_cards(eve.clone(), vec![], 9).await.unwrap().is_empty());
    assert_eq!(store.content_stats(eve.clone()).await.unwrap(), ContentStats::default());
    nothing(store.start_study(eve.clone(), made.set.id, at(5)).await);
    nothing(store.record_review(eve.clone(), review).await);
    nothing(store.record_review(eve.clone(), NewReview { study: None, ..review }).await);
    nothing(store.undo_review(eve.clone(), study).await);
    nothing(store.finish_study(eve.clone(), study, at(5)).await);
    nothing(store.study_progress(eve.clone(), study).await);
    nothing(store.reviews_of_card(eve.clone(), made.cards[0].id).await);
    for material in &others {
        nothing(store.material(eve.clone(), material.kind(), material.id).await);
        assert!(store.recent_material(eve.clone(), material.kind(), 9).await.unwrap().is_empty());
        let print = print_of(material.kind());
        assert_eq!(store.material_answering(eve.clone(), material.kind(), print).await.unwrap(), None);
    }
    assert!(store.known_questions(eve.clone(), vec![kept.id], 9).await.unwrap().is_empty());
    assert!(store.known_questions(eve.clone(), vec![], 9).await.unwrap().is_empty());
    assert!(store.conversation(eve.clone(), session("talk"), 9).await.unwrap().is_empty());
    assert!(store.conversations(eve.clone(), 9).await.unwrap().is_empty());
    assert!(store.folders(eve).await.unwrap().is_empty());

    let all = ContentStats { flashcards: 2, quizzes: 1, exams: 1, summaries: 1 };
    assert_eq!(store.content_stats(ada.clone()).await.unwrap(), all);
    for material in others {
        assert_eq!(store.material(ada.clone(), material.kind(), material.id).await.unwrap(), material);
    }
    assert_eq!(store.note(ada.clone(), kept.id).await.unwrap(), kept);
    assert_eq!(store.study_progress(ada.clone(), study).await.unwrap().reviews.len(), 1);
    let nothing_wrong: Option<Problem> = store.job(ada, waiting.id).await.unwrap().problem;
    assert_eq!(nothing_wrong, None);
}
