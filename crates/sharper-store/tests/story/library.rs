//! A library as a whole: how much there is, what a catalogue says of it, and what was learned since when.

use sharper_domain::Grade;
use sharper_store::notes::NoteChange;
use sharper_store::study::{NewReview, Reviewed};

use crate::stage::{Stage, at, begun, complete, note, set, told_to_both, user};

told_to_both!(
    a_catalogue_names_the_notes_the_last_changed_first_and_its_mark_changes_with_them,
    reviews_are_added_up_since_a_moment
);

async fn a_catalogue_names_the_notes_the_last_changed_first_and_its_mark_changes_with_them(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let mut ids = Vec::new();
    for (moment, text) in (1..).zip(["12345", "äöüßé", "last"]) {
        ids.push(store.add_note(ada.clone(), note(text), at(moment)).await.unwrap().id);
    }
    let hers = store.add_note(user("eve"), note("hers"), at(9)).await.unwrap().id;
    assert_eq!(store.count_notes(ada.clone()).await.unwrap(), 3);
    assert_eq!(store.count_notes(user("nobody")).await.unwrap(), 0);
    let before = store.catalogue(ada.clone()).await.unwrap();
    let seen: Vec<_> = before.notes.iter().map(|note| (note.id, note.version, note.bytes)).collect();
    assert_eq!(seen, [(ids[2], 1, 4), (ids[1], 1, 10), (ids[0], 1, 5)]);
    assert_eq!(store.library_mark(ada.clone()).await.unwrap(), before.mark);
    let found = store.notes_named(ada.clone(), vec![ids[1], hers, ids[0]]).await.unwrap();
    assert_eq!(
        found.iter().map(|note| note.id).collect::<Vec<_>>(),
        [ids[1], ids[0]],
        "in their order, and no one else's"
    );
    let change = NoteChange { content: Some("123456".into()), ..NoteChange::default() };
    store.update_note(ada.clone(), ids[0], change, at(20)).await.unwrap();
    let after = store.catalogue(ada.clone()).await.unwrap();
    assert_eq!((after.notes[0].id, after.notes[0].version, after.notes[0].bytes), (ids[0], 2, 6));
    assert_ne!(after.mark, before.mark);
    store.delete_note(ada.clone(), ids[2], at(30)).await.unwrap();
    assert_ne!(store.library_mark(ada).await.unwrap(), after.mark);
}

async fn reviews_are_added_up_since_a_moment(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let kept = store.add_note(ada.clone(), note("Chlorophyll absorbs light."), at(0)).await.unwrap();
    let (_, lease) = begun(store, "ada", 0).await;
    let made = set("ada", 2, Some(kept.id));
    store.finish_job(lease, complete(2, 2, made.clone())).await.unwrap();
    for (moment, card, grade) in [(10, 0, Grade::Again), (20, 0, Grade::Good), (30, 1, Grade::Easy)] {
        let card = made.cards[card].id;
        let new = NewReview { id: None, card, study: None, grade, at: at(moment), took_ms: 1_500 };
        store.record_review(ada.clone(), new).await.unwrap();
    }
    let all = store.reviews_since(ada.clone(), at(10)).await.unwrap();
    assert_eq!(all, Reviewed { cards: 2, grades: [1, 0, 1, 1], took_ms: 4_500 });
    let late = store.reviews_since(ada, at(21)).await.unwrap();
    assert_eq!(late, Reviewed { cards: 1, grades: [0, 0, 0, 1], took_ms: 1_500 });
    assert_eq!(store.reviews_since(user("eve"), at(0)).await.unwrap(), Reviewed::default());
}
