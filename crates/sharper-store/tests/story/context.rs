//! What the context agents ask: preferences, opinions, how learning stands, and whether anything has changed.

use sharper_domain::{Detail, Difficulty, Grade, Preferences, TaskKind};
use sharper_store::feedback::NewFeedback;
use sharper_store::study::{NewReview, TopicReviews};

use crate::made::made;
use crate::stage::{Stage, at, set, told_to_both, user};

told_to_both!(
    what_was_chosen_is_read_again_by_the_one_who_chose_it,
    an_opinion_is_told_with_what_is_known_of_the_thing,
    learning_stands_where_the_reviews_left_it,
    every_change_of_learning_raises_the_revision_of_its_user_alone,
);

async fn what_was_chosen_is_read_again_by_the_one_who_chose_it(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    assert_eq!(store.preferences(ada.clone()).await.unwrap(), Preferences::default());
    for detail in [Detail::Brief, Detail::Thorough] {
        let chosen = Preferences {
            detail: Some(detail),
            time_zone: Some("Asia/Tokyo".into()),
            ..Preferences::default()
        };
        store.set_preferences(ada.clone(), chosen.clone(), at(1)).await.unwrap();
        assert_eq!(store.preferences(ada.clone()).await.unwrap(), chosen);
    }
    assert_eq!(store.preferences(user("eve")).await.unwrap(), Preferences::default());
}

async fn an_opinion_is_told_with_what_is_known_of_the_thing(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let cards = set("ada", 0, None);
    let theirs = set("eve", 0, None);
    let card = cards.cards[0].id.to_string();
    let hers = theirs.cards[0].id.to_string();
    for new in [cards.into_material(), theirs.into_material(), made(TaskKind::QuizGeneration, "ada", 1, None)]
    {
        store.add_material(new).await.unwrap();
    }
    let questions = store.known_questions(ada.clone(), vec![], 9).await.unwrap();
    assert!(!questions.is_empty());
    let said = [
        ("flashcard", card.as_str()),
        ("flashcard", hers.as_str()),
        ("summary", "no id at all"),
        ("quiz", "00000000-0000-0000-0000-00000000zzzz"),
    ];
    for (moment, (kind, id)) in (2..).zip(said) {
        let new = NewFeedback {
            content_type: kind.into(),
            content_id: id.into(),
            rating: 2,
            feedback_text: None,
            issues: vec!["too_easy".into()],
        };
        store.add_feedback(ada.clone(), new, at(moment)).await.unwrap();
    }
    let opinions = store.opinions(ada.clone(), 9).await.unwrap();
    let told: Vec<_> = opinions.iter().map(|one| (one.content_type.as_str(), one.difficulty)).collect();
    // Another's card says nothing.
    assert_eq!(
        told,
        [("quiz", None), ("summary", None), ("flashcard", None), ("flashcard", Some(Difficulty::Easy))]
    );
    assert_eq!((opinions[3].rating, opinions[3].form.as_deref()), (2, Some("fact")));
    assert_eq!(opinions[3].issues, ["too_easy"]);
    assert_eq!(store.opinions(ada, 1).await.unwrap().len(), 1);
    assert!(store.opinions(user("eve"), 9).await.unwrap().is_empty());
}

async fn learning_stands_where_the_reviews_left_it(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let cards = set("ada", 0, None);
    let card = cards.cards[0].id;
    store.add_material(cards.into_material()).await.unwrap();
    for (moment, grade) in [(0, Grade::Again), (10, Grade::Good), (4000, Grade::Easy)] {
        let new = NewReview { id: None, card, study: None, grade, at: at(moment), took_ms: 1 };
        store.record_review(ada.clone(), new).await.unwrap();
    }
    let standing = store.standing(ada.clone(), at(-10_000)).await.unwrap();
    let topic = TopicReviews { topic: "Chlorophyll".into(), reviews: 3, remembered: 2, cards: 1 };
    assert_eq!((standing.cards_studied, standing.cards_new), (1, 1));
    assert_eq!((standing.reviews, standing.remembered, standing.topics), (3, 2, vec![topic]));
    assert_eq!(standing.quarters.len(), 2);
    assert!(standing.quarters[0] <= at(4000) && standing.quarters[0] > at(3000));
    assert_eq!(store.standing(ada, at(3000)).await.unwrap().quarters.len(), 1);
    assert_eq!(store.standing(user("eve"), at(-9)).await.unwrap(), sharper_store::study::Standing::default());
}

async fn every_change_of_learning_raises_the_revision_of_its_user_alone(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let learning = async || store.revisions(user("ada")).await.unwrap().learning;
    assert_eq!(learning().await, 0);
    let cards = set("ada", 0, None);
    let card = cards.cards[0].id;
    let study = cards.set.id;
    store.add_material(cards.into_material()).await.unwrap();
    let first = learning().await;
    assert!(first > 0);
    let sitting = store.start_study(ada.clone(), study, at(0)).await.unwrap();
    let new = NewReview { id: None, card, study: Some(sitting), grade: Grade::Good, at: at(1), took_ms: 1 };
    store.record_review(ada.clone(), new).await.unwrap();
    assert_eq!(learning().await - first, 1);
    store.undo_review(ada.clone(), sitting).await.unwrap();
    assert_eq!(learning().await - first, 2);
    store.set_preferences(ada.clone(), Preferences::default(), at(2)).await.unwrap();
    assert_eq!(learning().await - first, 3);
    let said = NewFeedback {
        content_type: "flashcard".into(),
        content_id: card.to_string(),
        rating: 5,
        feedback_text: None,
        issues: vec![],
    };
    store.add_feedback(ada.clone(), said, at(3)).await.unwrap();
    assert_eq!(learning().await - first, 4);
    assert_eq!(store.revisions(user("eve")).await.unwrap().learning, 0);
}
