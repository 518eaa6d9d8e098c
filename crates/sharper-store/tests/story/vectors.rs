//! Vectors of passages: who makes them, and that they are of the text that is there.

use sharper_domain::Span;
use sharper_store::notes::NoteChange;
use sharper_store::vectors::{Asked, ChunkVector, NoteVectors, VectorPlace};

use crate::stage::{Stage, at, note, told_to_both, user};

/// The same story to PostgreSQL with pgvector.
macro_rules! told_to_pgvector {
    ($($story:ident as $name:ident),* $(,)?) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            let mut stage = Stage::postgres().await;
            stage.with_pgvector().await;
            $story(stage).await;
        }
    )*};
}

told_to_pgvector!(
    a_note_is_claimed_by_one_at_a_time_and_waits_no_more_once_it_has_vectors
        as notes_are_claimed_with_pgvector,
    vectors_of_a_text_that_was_changed_meanwhile_are_not_kept
        as vectors_of_another_text_are_not_kept_in_pgvector,
);

told_to_both!(
    a_note_is_claimed_by_one_at_a_time_and_waits_no_more_once_it_has_vectors,
    vectors_of_a_text_that_was_changed_meanwhile_are_not_kept,
    with_another_model_every_note_waits_again
);

fn vectors(version: i32, model: &str) -> NoteVectors {
    let chunk = ChunkVector { span: Span { start: 0, end: 4 }, hash: "h".into(), embedding: vec![0.6, -0.8] };
    NoteVectors {
        version,
        model: model.into(),
        chunks: vec![chunk.clone(), ChunkVector { hash: "i".into(), ..chunk }],
    }
}

async fn a_note_is_claimed_by_one_at_a_time_and_waits_no_more_once_it_has_vectors(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let kept = store.add_note(ada.clone(), note("Cells divide."), at(0)).await.unwrap();
    let claimed = store.claim_unembedded(at(1), at(60), 9).await.unwrap();
    assert_eq!(
        claimed.iter().map(|waiting| (waiting.id, waiting.version)).collect::<Vec<_>>(),
        [(kept.id, 1)]
    );
    assert_eq!(claimed[0].content, "Cells divide.");
    assert_eq!(store.claim_unembedded(at(2), at(60), 9).await.unwrap(), []);
    assert_eq!(
        store.claim_unembedded(at(60), at(90), 9).await.unwrap().len(),
        1,
        "who went silent is replaced"
    );
    let before = store.library_mark(ada.clone()).await.unwrap();
    assert!(store.keep_vectors(ada.clone(), kept.id, vectors(1, "m")).await.unwrap());
    assert_ne!(store.library_mark(ada.clone()).await.unwrap(), before, "searches learn of it");
    assert_eq!(store.waiting_for_vectors().await.unwrap(), 0);
    let found = store.vectors(ada.clone(), "m".into(), vec![kept.id]).await.unwrap();
    assert_eq!(found[&kept.id], vectors(1, "m"));
    assert!(store.vectors(ada.clone(), "n".into(), vec![kept.id]).await.unwrap().is_empty());
    assert!(store.vectors(user("eve"), "m".into(), vec![kept.id]).await.unwrap().is_empty());
}

async fn vectors_of_a_text_that_was_changed_meanwhile_are_not_kept(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let kept = store.add_note(ada.clone(), note("Cells divide."), at(0)).await.unwrap();
    let change = NoteChange { content: Some("Cells fuse.".into()), ..NoteChange::default() };
    store.update_note(ada.clone(), kept.id, change, at(1)).await.unwrap();
    assert!(!store.keep_vectors(ada.clone(), kept.id, vectors(1, "m")).await.unwrap());
    assert!(!store.keep_vectors(user("eve"), kept.id, vectors(2, "m")).await.unwrap());
    assert!(store.vectors(ada.clone(), "m".into(), vec![kept.id]).await.unwrap().is_empty());
    store.put_off_embedding(ada, kept.id, at(50)).await.unwrap();
    assert_eq!(store.claim_unembedded(at(49), at(60), 9).await.unwrap(), []);
    assert_eq!(store.claim_unembedded(at(50), at(60), 9).await.unwrap().len(), 1);
}

async fn with_another_model_every_note_waits_again(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let kept = store.add_note(ada.clone(), note("Cells divide."), at(0)).await.unwrap();
    store.keep_vectors(ada.clone(), kept.id, vectors(1, "m")).await.unwrap();
    assert_eq!(store.embed_with("m".into()).await.unwrap(), 0);
    assert_eq!(store.embed_with("n".into()).await.unwrap(), 1);
    assert_eq!(store.waiting_for_vectors().await.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn vectors_kept_as_bytes_move_into_pgvector_once_it_is_there() {
    let mut stage = Stage::postgres().await;
    let ada = user("ada");
    let kept = stage.store.add_note(ada.clone(), note("Cells divide."), at(0)).await.unwrap();
    stage.store.keep_vectors(ada.clone(), kept.id, vectors(1, "m")).await.unwrap();
    let place = async |stage: &Stage| {
        let settings = stage.settings.clone();
        let seen = tokio::task::spawn_blocking(move || sharper_store::examine(&settings)).await.unwrap();
        seen.unwrap().unwrap().vectors
    };
    assert_eq!((stage.store.finds_nearest(), place(&stage).await), (false, VectorPlace::NotUsed));
    stage.with_pgvector().await;
    assert!(matches!(place(&stage).await, VectorPlace::Database(_)));
    let found = stage.store.vectors(ada.clone(), "m".into(), vec![kept.id]).await.unwrap();
    assert_eq!(found[&kept.id], vectors(1, "m"), "letter for letter");
    stage.reopened(|settings| settings.migrate_at_start = false).await;
    assert!(stage.store.finds_nearest(), "who may not migrate uses what is there");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_nearest_are_the_users_own_as_they_stand() {
    let mut stage = Stage::postgres().await;
    stage.with_pgvector().await;
    let (store, ada) = (&stage.store, user("ada"));
    let mut ids = Vec::new();
    for (n, (whose, x, y)) in
        (0..).zip([("ada", 1.0, 0.0), ("ada", 0.6, 0.8), ("ada", 0.0, 0.0), ("eve", 1.0, 0.0)])
    {
        let kept = store.add_note(user(whose), note(&format!("Note {n}.")), at(n)).await.unwrap();
        let chunk = ChunkVector { embedding: vec![x, y], ..vectors(1, "m").chunks.remove(0) };
        let new = NoteVectors { chunks: vec![chunk], ..vectors(1, "m") };
        assert!(store.keep_vectors(user(whose), kept.id, new).await.unwrap());
        ids.push(kept.id);
    }
    let near = async |most, also: &[(sharper_domain::NoteId, usize)], notes: &[sharper_domain::NoteId]| {
        let (model, vector) = ("m".to_owned(), vec![1.0, 0.0]);
        let asked = Asked { model, vector, most, also: also.to_vec(), notes: notes.to_vec() };
        let found = store.nearest(user("ada"), asked).await.unwrap();
        let passages: Vec<_> = found.passages.iter().map(|near| (near.note, near.cosine)).collect();
        (passages, found.mean, found.deviation)
    };
    let (found, mean, deviation) = near(2, &[], &[]).await;
    assert_eq!(found, [(ids[0], 1.0), (ids[1], 0.6)], "eve's is not among them");
    assert!((mean - 1.6 / 3.0).abs() < 1e-6 && (deviation - 0.410_961).abs() < 1e-5, "{mean} {deviation}");
    assert_eq!(near(1, &[(ids[2], 0), (ids[3], 0)], &[]).await.0, [(ids[0], 1.0), (ids[2], 0.0)]);
    assert_eq!(near(2, &[], &ids[1..2]).await.0, [(ids[1], 0.6)]);
    assert_eq!(near(2, &[], &ids[3..]).await.0, []);
    store.delete_note(ada.clone(), ids[0], at(9)).await.unwrap();
    assert_eq!(near(1, &[], &[]).await.0, [(ids[1], 0.6)], "nothing is near that lies in the bin");
    let mean = store.mean_vector(ada.clone(), "m".into(), ids[1]).await.unwrap();
    assert_eq!(mean, Some(vec![0.6, 0.8]));
    assert_eq!(store.mean_vector(ada, "m".into(), ids[3]).await.unwrap(), None);
}
