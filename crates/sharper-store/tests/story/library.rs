//! A library as a whole: how much there is, as many notes as fit, and what was learned since when.

use sharper_domain::Grade;
use sharper_store::study::{NewReview, Reviewed};

use crate::stage::{Stage, at, begun, complete, note, set, told_to_both, user};

told_to_both!(as_many_notes_as_fit_the_last_changed_first, reviews_are_added_up_since_a_moment);

async fn as_many_notes_as_fit_the_last_changed_first(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    for (moment, text) in (1..).zip(["12345", "äöüßé", "last"]) {
        store.add_note(ada.clone(), note(text), at(moment)).await.unwrap();
    }
    store.add_note(user("eve"), note("hers"), at(9)).await.unwrap();
    assert_eq!(store.count_notes(ada.clone()).await.unwrap(), 3);
    assert_eq!(store.count_notes(user("nobody")).await.unwrap(), 0);
    for (chars, notes, wanted) in [
        (14, 9, &["last", "äöüßé", "12345"][..]),
        (13, 9, &["last", "äöüßé"]),
        (9, 9, &["last", "äöüßé"]),
        (14, 1, &["last"]),
        (3, 9, &[]),
    ] {
        let found = store.notes_within(ada.clone(), chars, notes).await.unwrap();
        let texts: Vec<&str> = found.iter().map(|note| note.content.as_str()).collect();
        assert_eq!(texts, wanted, "{chars} characters, {notes} notes");
    }
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
