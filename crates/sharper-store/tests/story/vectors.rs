//! Vectors of passages: who makes them, and that they are of the text that is there.

use sharper_domain::Span;
use sharper_store::notes::NoteChange;
use sharper_store::vectors::{ChunkVector, NoteVectors};

use crate::stage::{Stage, at, note, told_to_both, user};

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
