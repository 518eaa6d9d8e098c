//! Cards of a student's own: written, edited, marked, found, studied, taken back, and carried as decks.

use sharper_domain::{
    CardStyle, Deck, DeckCard, DeckMedia, DeckReview, Difficulty, Grade, Memory, MemoryState, SetId,
    SetRules, StudyCard, StudyRules,
};
use sharper_store::flashcards::{CardEdit, CardFilter, CardStyling, Mark, NewCard};
use sharper_store::study::{Asked, CardStanding, Grading, Learned, ReviewKind};
use sharper_store::{Store, StoreError};
use uuid::Uuid;

use crate::stage::{Stage, at, told_to_both, user};

told_to_both!(
    a_note_becomes_cards_that_change_together,
    a_review_is_kept_once_and_taken_back_exactly,
    of_two_grades_of_one_showing_the_later_counts,
    the_queue_holds_to_the_day_its_limits_and_one_card_of_a_note,
    many_cards_are_marked_found_moved_and_merged,
    a_deck_comes_in_whole_and_never_doubles,
);

fn written(question: &str, styling: CardStyling) -> NewCard {
    NewCard {
        question: question.into(),
        answer: "Proteins".into(),
        explanation: None,
        topic: "Enzymes".into(),
        difficulty: Difficulty::Medium,
        tags: vec!["bio".into()],
        flag: 0,
        styling,
    }
}

async fn set(store: &Store) -> SetId {
    store.add_set(user("ann"), "Enzymes".into(), SetRules::default(), at(0)).await.unwrap().set.id
}

async fn add(store: &Store, set: SetId, question: &str, styling: CardStyling) -> Vec<StudyCard> {
    store.add_card(user("ann"), set, written(question, styling), at(1)).await.unwrap()
}

async fn a_note_becomes_cards_that_change_together(stage: Stage) {
    let store = &stage.store;
    let set = set(store).await;
    let pair = add(store, set, "What are enzymes?", CardStyling::BothWays).await;
    assert_eq!(
        pair.iter().map(|card| card.style).collect::<Vec<_>>(),
        [CardStyle::Basic, CardStyle::Reversed]
    );
    assert_eq!((pair[1].card.question.as_str(), pair[1].group_id), ("Proteins", pair[0].group_id));
    let edit = CardEdit { answer: Some("Catalysts".into()), ..CardEdit::default() };
    store.edit_card(user("ann"), pair[0].card.id, edit, at(2)).await.unwrap();
    assert_eq!(store.card(user("ann"), pair[1].card.id).await.unwrap().card.question, "Catalysts");

    let text = "{{c1::Paris}} is in {{c2::France}}";
    let cloze = add(store, set, "", CardStyling::Cloze(text.into())).await;
    assert_eq!(cloze[1].card.question, "Paris is in […]");
    let edit = CardEdit { cloze: Some("{{c1::Paris}} is in {{c3::Europe}}".into()), ..CardEdit::default() };
    let kept = store.edit_card(user("ann"), cloze[0].card.id, edit, at(3)).await.unwrap();
    assert_eq!(kept.card.question, "[…] is in Europe");
    let all = store.study_cards_of_set(user("ann"), set).await.unwrap();
    let ordinals: Vec<u32> =
        all.iter().filter(|card| card.cloze.is_some()).map(|card| card.ordinal).collect();
    assert_eq!(ordinals, [0, 2], "a gap that is gone takes its card with it, a new one is a card");
    let gone = CardEdit { cloze: Some("{{c3::Europe}}".into()), ..CardEdit::default() };
    let refused = store.edit_card(user("ann"), cloze[0].card.id, gone, at(4)).await;
    assert!(matches!(refused, Err(StoreError::Conflict(_))));
    assert!(matches!(store.card(user("ben"), cloze[0].card.id).await, Err(StoreError::NotFound)));
    store.delete_set(user("ann"), set).await.unwrap();
    assert!(matches!(store.card(user("ann"), kept.card.id).await, Err(StoreError::NotFound)));
}

fn memory(moment: i64, due: i64, reviews: u32) -> Memory {
    Memory {
        state: MemoryState::Review,
        step: 0,
        stability: 3.5,
        difficulty: 5.25,
        due_at: at(due),
        last_review_at: at(moment),
        reviews,
        lapses: 0,
    }
}

fn grading(card: &StudyCard, moment: i64, seen: Option<u32>) -> Grading {
    Grading {
        id: Uuid::new_v4(),
        card: card.card.id,
        study: None,
        grade: Grade::Good,
        at: at(moment),
        took_ms: 900,
        kind: ReviewKind::Card,
        seen,
    }
}

async fn standing(store: &Store, new: Grading) -> CardStanding {
    store.standing_of(user("ann"), new).await.unwrap()
}

/// Keeps a grade with this memory.
async fn grade(store: &Store, new: Grading, memory: Memory) {
    let seen = standing(store, new).await;
    let learned = Learned { memory, leech: true, suspend: true, bury_until: Some(at(90_000)) };
    store.keep_review(user("ann"), new, seen, learned).await.unwrap();
}

async fn a_review_is_kept_once_and_taken_back_exactly(stage: Stage) {
    let store = &stage.store;
    let set = set(store).await;
    let pair = add(store, set, "Q", CardStyling::BothWays).await;
    let before = store.study_cards_of_set(user("ann"), set).await.unwrap();
    let new = grading(&pair[0], 10, None);
    let seen = standing(store, new).await;
    grade(store, new, memory(10, 86_400, 1)).await;
    assert!(standing(store, new).await.settled, "the same again changes nothing");
    let learned = Learned { memory: memory(11, 99, 1), leech: false, suspend: false, bury_until: None };
    let late = store.keep_review(user("ann"), grading(&pair[0], 11, None), seen, learned).await;
    assert!(
        matches!(late, Err(StoreError::Conflict(_))),
        "what was worked out from another memory is not kept"
    );
    let after = store.study_cards_of_set(user("ann"), set).await.unwrap();
    assert_eq!(after[0].memory, Some(memory(10, 86_400, 1)));
    assert_eq!((after[1].buried_until, after[0].suspended_at), (Some(at(90_000)), Some(at(10))));
    let second = grading(&pair[0], 20, None);
    grade(store, second, memory(20, 900_000, 2)).await;
    let first = store.undo_last_review(user("ann"), pair[0].card.id, Some(new.id)).await;
    assert!(matches!(first, Err(StoreError::Conflict(_))), "only the last is taken back");
    for _ in 0..2 {
        assert!(store.undo_last_review(user("ann"), pair[0].card.id, None).await.unwrap());
    }
    assert!(!store.undo_last_review(user("ann"), pair[0].card.id, None).await.unwrap());
    assert_eq!(store.study_cards_of_set(user("ann"), set).await.unwrap(), before);
}

async fn of_two_grades_of_one_showing_the_later_counts(stage: Stage) {
    let store = &stage.store;
    let set = set(store).await;
    let card = add(store, set, "Q", CardStyling::Basic).await.remove(0);
    grade(store, grading(&card, 10, Some(0)), memory(10, 100_000, 1)).await;
    assert!(standing(store, grading(&card, 9, Some(0))).await.settled, "an earlier one comes too late");
    let later = grading(&card, 11, Some(0));
    let seen = standing(store, later).await;
    assert_eq!((seen.base, seen.replaces.len()), (None, 1));
    grade(store, later, memory(11, 200_000, 1)).await;
    let kept = store.card(user("ann"), card.card.id).await.unwrap();
    assert_eq!(kept.memory, Some(memory(11, 200_000, 1)));
    assert_eq!(store.reviews_of_card(user("ann"), card.card.id).await.unwrap().len(), 1);
}

fn asked(set: Option<SetId>, now: i64, rules: StudyRules) -> Asked {
    Asked { set, now: at(now), day_from: at(0), day_to: at(86_400), ahead: at(now + 1_200), rules, limit: 50 }
}

async fn the_queue_holds_to_the_day_its_limits_and_one_card_of_a_note(stage: Stage) {
    let store = &stage.store;
    let set = set(store).await;
    let mut cards = Vec::new();
    for question in ["a", "b", "c", "d"] {
        cards.extend(add(store, set, question, CardStyling::Basic).await);
    }
    add(store, set, "pair", CardStyling::BothWays).await;
    let rules = StudyRules::default();
    let waiting = |rules: StudyRules, set| async move {
        let queue = store.queue(user("ann"), asked(set, 100, rules)).await.unwrap();
        (queue.waiting.review, queue.waiting.new, queue.cards.len())
    };
    assert_eq!(waiting(rules.clone(), Some(set)).await, (0, 5, 5), "one card of the pair");
    let both = StudyRules { bury_siblings: false, ..rules.clone() };
    assert_eq!(waiting(both, None).await, (0, 6, 6));
    for (card, due) in [(&cards[0], 50), (&cards[1], 90_000), (&cards[2], 80)] {
        let new = Grading { kind: ReviewKind::Card, ..grading(card, 10, None) };
        let seen = standing(store, new).await;
        let learned = Learned { memory: memory(10, due, 1), leech: false, suspend: false, bury_until: None };
        store.keep_review(user("ann"), new, seen, learned).await.unwrap();
    }
    let queue = store.queue(user("ann"), asked(Some(set), 100, rules.clone())).await.unwrap();
    let order: Vec<&str> = queue.cards.iter().map(|card| card.card.question.as_str()).collect();
    assert_eq!(order, ["a", "d", "c", "pair"], "the most overdue first, new ones among them");
    assert_eq!(queue.next_at, Some(at(90_000)));
    let few = StudyRules { new_per_day: 4, reviews_per_day: 1, ..rules.clone() };
    assert_eq!(waiting(few, Some(set)).await, (1, 1, 2), "three new cards were met today already");
    store.mark_cards(user("ann"), vec![cards[0].card.id], Mark::Suspend(true), at(20)).await.unwrap();
    store
        .mark_cards(user("ann"), vec![cards[2].card.id], Mark::Bury(Some(at(86_400))), at(20))
        .await
        .unwrap();
    assert_eq!(waiting(rules, Some(set)).await.0, 0);
}

async fn many_cards_are_marked_found_moved_and_merged(stage: Stage) {
    let store = &stage.store;
    let (set, other) = (set(store).await, set(store).await);
    let first = add(store, set, "Was ist ÖSTROGEN?", CardStyling::Basic).await.remove(0);
    let second = add(store, set, "What is oestrogen?", CardStyling::Basic).await.remove(0);
    let ids = vec![first.card.id, second.card.id];
    let marked =
        store.mark_cards(user("ann"), ids.clone(), Mark::Tag(vec!["exam".into()]), at(2)).await.unwrap();
    assert_eq!(marked[1].tags, ["bio", "exam"]);
    store.mark_cards(user("ann"), vec![second.card.id], Mark::Flag(3), at(2)).await.unwrap();
    let count =
        |filter: CardFilter| async move { store.find_cards(user("ann"), filter, 0, 10).await.unwrap().total };
    let usual = CardFilter::default;
    assert_eq!(count(CardFilter { query: "östrogen EXAM".into(), ..usual() }).await, 1);
    assert_eq!(count(CardFilter { set: Some(set), tag: Some("exam".into()), ..usual() }).await, 2);
    assert_eq!(count(CardFilter { flag: Some(3), leech: Some(false), ..usual() }).await, 1);
    assert_eq!(count(CardFilter { suspended: Some(true), ..usual() }).await, 0);
    assert_eq!(count(CardFilter { state: "new".parse().ok(), ..usual() }).await, 2);
    let foreign = store.mark_cards(user("ben"), ids.clone(), Mark::Delete, at(3)).await;
    assert!(matches!(foreign, Err(StoreError::NotFound)));
    grade(store, grading(&first, 10, None), memory(10, 100, 1)).await;
    grade(store, grading(&second, 20, None), memory(20, 200, 1)).await;
    store.mark_cards(user("ann"), vec![second.card.id], Mark::Move(other), at(30)).await.unwrap();
    let merged = store.mark_cards(user("ann"), ids, Mark::Merge, at(31)).await.unwrap();
    assert_eq!((merged.len(), merged[0].memory), (1, Some(memory(20, 200, 2))));
    assert_eq!(store.reviews_of_card(user("ann"), first.card.id).await.unwrap().len(), 2);
    assert_eq!(store.study_set(user("ann"), other).await.unwrap().set.card_count, 0);
}

fn deck(cards: u32) -> Deck {
    let bytes = b"a picture".to_vec();
    let hash = sharper_store::fingerprint_of_file(&bytes);
    let card = |n: u32| DeckCard {
        guid: format!("note-{}", n / 2),
        ordinal: n % 2,
        style: if n.is_multiple_of(2) { CardStyle::Basic } else { CardStyle::Reversed },
        question: format!("سؤال {n} ![cell](media:{hash})"),
        answer: format!("$x^{n}$ 🧬"),
        explanation: None,
        cloze: None,
        tags: vec!["bio".into()],
        flag: 1,
        suspended: false,
        memory: Some(memory(5, 500, 1)),
        reviews: vec![DeckReview { at: at(5), grade: Grade::Hard, took_ms: 700 }],
        edited_at: None,
        foreign: Some(serde_json::json!({"model": n})),
    };
    let media =
        vec![DeckMedia { hash: hash.clone(), name: "cell.png".into(), kind: "image/png".into(), bytes }];
    Deck {
        guid: "deck-1".into(),
        title: "Bio::Cells".into(),
        cards: (0..cards).map(card).collect(),
        media,
        foreign: Some(serde_json::json!({"types": []})),
        warnings: Vec::new(),
    }
}

async fn a_deck_comes_in_whole_and_never_doubles(stage: Stage) {
    let store = &stage.store;
    let sent = deck(1_200);
    let done = store.import_deck(user("ann"), sent.clone(), at(100)).await.unwrap();
    assert_eq!((done.added, done.updated, done.media), (1_200, 0, 1));
    let back = store.export_deck(user("ann"), done.set).await.unwrap();
    assert_eq!(back, sent, "every field comes back");
    let card = store.study_cards_of_set(user("ann"), done.set).await.unwrap().remove(0);
    let new = grading(&card, 600, None);
    let seen = standing(store, new).await;
    let learned = Learned { memory: memory(600, 9_000, 2), leech: false, suspend: false, bury_until: None };
    store.keep_review(user("ann"), new, seen, learned).await.unwrap();
    let edit = CardEdit { answer: Some("mine".into()), ..CardEdit::default() };
    store.edit_card(user("ann"), card.card.id, edit, at(700)).await.unwrap();
    let again = store.import_deck(user("ann"), sent, at(800)).await.unwrap();
    assert_eq!((again.set, again.added, again.updated, again.media), (done.set, 0, 1_200, 0));
    let kept = store.card(user("ann"), card.card.id).await.unwrap();
    assert_eq!((kept.memory, kept.card.answer.as_str()), (Some(memory(600, 9_000, 2)), "mine"));
    assert_eq!(store.reviews_of_card(user("ann"), card.card.id).await.unwrap().len(), 2);
    let own = set(store).await;
    add(store, own, "made here", CardStyling::BothWays).await;
    let out = store.export_deck(user("ann"), own).await.unwrap();
    let home = store.import_deck(user("ann"), out, at(900)).await.unwrap();
    assert_eq!((home.set, home.added, home.updated), (own, 0, 2), "what was made here finds itself again");
    let theirs = store.import_deck(user("ben"), deck(2), at(1)).await.unwrap();
    assert_ne!(theirs.set, done.set);
}
