//! Material: of every kind, what was kept is found again as it was.

use sharper_domain::{Body, MaterialId, NoteId, QuestionKind, TaskKind};
use sharper_store::StoreError;
use sharper_store::flashcards::ContentStats;
use sharper_store::jobs::JobState;

use crate::made::{made, print_of, question};
use crate::stage::{Stage, at, begun, complete_with, note, session, told_to_both, user};

told_to_both!(
    material_of_every_kind_is_read_back_as_it_was_kept,
    the_newest_material_comes_first_and_whole,
    a_request_finds_what_answered_it_save_in_a_chat,
    a_job_keeps_all_that_it_made_or_nothing,
    questions_of_quizzes_and_exams_are_known_by_their_notes,
    material_stays_when_its_note_goes,
);

async fn material_of_every_kind_is_read_back_as_it_was_kept(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let kept = store.add_note(ada.clone(), note("Chlorophyll absorbs light."), at(0)).await.unwrap();
    for (kind, moment) in TaskKind::ALL.into_iter().zip(1..) {
        let new = made(kind, "ada", moment, Some(kept.id));
        let (job, lease) = begun(store, "ada", moment).await;
        store.finish_job(lease, complete_with(2, moment, new.clone())).await.unwrap();
        assert_eq!(store.job(ada.clone(), job.id).await.unwrap().state, JobState::Complete);
        let id = new.material.id;
        assert_eq!(store.material(ada.clone(), kind, id).await.unwrap(), new.material, "{kind}");
        assert_eq!(store.recent_material(ada.clone(), kind, 9).await.unwrap(), [new.material], "{kind}");
        for other in TaskKind::ALL.into_iter().filter(|other| *other != kind) {
            let found = store.material(ada.clone(), other, id).await;
            assert!(matches!(found, Err(StoreError::NotFound)), "{kind} as {other}: {found:?}");
        }
    }
    let all = ContentStats { flashcards: 2, quizzes: 1, exams: 1, summaries: 1 };
    assert_eq!(store.content_stats(ada).await.unwrap(), all);
}

async fn the_newest_material_comes_first_and_whole(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    for kind in TaskKind::ALL {
        let all: Vec<_> = [3, 1, 2].map(|moment| made(kind, "ada", moment, None)).into();
        for new in all.clone() {
            store.add_material(new).await.unwrap();
        }
        store.add_material(made(kind, "eve", 9, None)).await.unwrap();
        let [third, first, second] = all.try_into().unwrap();
        let newest = store.recent_material(ada.clone(), kind, 2).await.unwrap();
        assert_eq!(newest, [third.material, second.material], "{kind}");
        assert_eq!(store.recent_material(ada.clone(), kind, 9).await.unwrap()[2], first.material);
    }
}

async fn a_request_finds_what_answered_it_save_in_a_chat(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    for kind in TaskKind::ALL {
        let (older, newer) = (made(kind, "ada", 1, None), made(kind, "ada", 2, None));
        store.add_material(newer.clone()).await.unwrap();
        store.add_material(older).await.unwrap();
        let found = store.material_answering(ada.clone(), kind, print_of(kind)).await.unwrap();
        let expected = (kind != TaskKind::Chat).then_some(newer.material);
        assert_eq!(found, expected, "{kind}");
        assert_eq!(store.material_answering(ada.clone(), kind, "another".into()).await.unwrap(), None);
    }
}

async fn a_job_keeps_all_that_it_made_or_nothing(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    for (kind, moment) in TaskKind::ALL.into_iter().zip(1..) {
        let first = made(kind, "eve", moment, None);
        store.add_material(first.clone()).await.unwrap();
        let (job, lease) = begun(store, "ada", moment).await;
        let mut taken = made(kind, "ada", moment, None);
        taken.material.id = first.material.id;
        if let Body::Flashcards(cards) = &mut taken.material.body {
            cards.iter_mut().for_each(|card| card.set_id = first.material.set_id());
        }
        let refused = store.finish_job(lease, complete_with(2, moment, taken)).await;
        assert!(matches!(refused, Err(StoreError::Conflict(_))), "{kind}: {refused:?}");
        let foreign =
            store.finish_job(lease, complete_with(2, moment, made(kind, "eve", moment, None))).await;
        assert!(matches!(foreign, Err(StoreError::Internal(_))), "{kind}: {foreign:?}");
        assert!(store.recent_material(ada.clone(), kind, 9).await.unwrap().is_empty());
        assert_eq!(store.recent_material(user("eve"), kind, 9).await.unwrap(), [first.material]);
        assert_eq!(store.job(ada.clone(), job.id).await.unwrap().state, JobState::Running);
        assert_eq!(store.events_after(job.id, 0, 9).await.unwrap().len(), 1);
    }
    assert!(store.conversation(ada.clone(), session("talk"), 9).await.unwrap().is_empty());
    assert!(store.conversations(ada.clone(), 9).await.unwrap().is_empty());

    // Half of a quiz is no quiz either.
    let mut quiz = made(TaskKind::QuizGeneration, "ada", 20, None);
    let twice = question(QuestionKind::TrueFalse, 20, NoteId::new(at(0)));
    quiz.material.body = Body::Quiz(vec![twice.clone(), twice]);
    assert!(matches!(store.add_material(quiz).await, Err(StoreError::Conflict(_))));
    assert_eq!(store.content_stats(ada).await.unwrap(), ContentStats::default());
}

async fn questions_of_quizzes_and_exams_are_known_by_their_notes(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let (light, water) = (NoteId::new(at(0)), NoteId::new(at(0)));
    let first = store.add_note(ada.clone(), note("Chlorophyll absorbs light."), at(0)).await.unwrap().id;
    store.add_material(made(TaskKind::QuizGeneration, "ada", 1, Some(first))).await.unwrap();
    store.add_material(made(TaskKind::ExamGeneration, "ada", 2, Some(first))).await.unwrap();
    let mut other = made(TaskKind::QuizGeneration, "ada", 3, None);
    other.material.body = Body::Quiz(vec![question(QuestionKind::ShortAnswer, 3, light)]);
    store.add_material(other).await.unwrap();

    let known = |notes: Vec<NoteId>, limit| store.known_questions(ada.clone(), notes, limit);
    let of_first = known(vec![first], 9).await.unwrap();
    assert_eq!(of_first.len(), 5);
    assert_eq!(of_first[0].question, "What does chlorophyll absorb? (true_false)");
    assert_eq!((of_first[0].answer.as_str(), of_first[1].answer.as_str()), ("True", "light"));
    assert_eq!(known(vec![light], 9).await.unwrap().len(), 1);
    assert_eq!(known(vec![light, first], 9).await.unwrap().len(), 6);
    assert_eq!(known(vec![], 9).await.unwrap().len(), 6);
    assert_eq!(known(vec![], 2).await.unwrap()[1..], of_first[..1]);
    assert!(known(vec![water], 9).await.unwrap().is_empty());
}

async fn material_stays_when_its_note_goes(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let kept = store.add_note(ada.clone(), note("Chlorophyll absorbs light."), at(0)).await.unwrap();
    let all = TaskKind::ALL.map(|kind| made(kind, "ada", 1, Some(kept.id)));
    for new in all.clone() {
        store.add_material(new).await.unwrap();
    }
    store.delete_note(ada.clone(), kept.id, at(9)).await.unwrap();
    store.delete_from_bin(ada.clone(), kept.id.0).await.unwrap();
    for mut new in all {
        new.material.note_id = None;
        let (kind, id) = (new.material.kind(), new.material.id);
        assert_eq!(store.material(ada.clone(), kind, id).await.unwrap(), new.material, "{kind}");
    }
    let unknown = store.material(ada, TaskKind::QuizGeneration, MaterialId::new(at(1))).await;
    assert!(matches!(unknown, Err(StoreError::NotFound)));
}
