//! Passages: where items stand in their notes, from the day they are made through each edit.

use sharper_domain::{Anchor, AnchorKind, Body, Item, MaterialId, NoteId, Span, TaskKind};
use sharper_store::jobs::{End, Ending};
use sharper_store::notes::NoteChange;
use sharper_store::passages::{Moved, Placed, Remade, Rewriting, Spot};
use sharper_store::{Dialect, Durability, StoreError};

use crate::made::made;
use crate::stage::{Stage, at, begun, cancelled, note, told_to_both, user};

told_to_both!(
    items_of_every_kind_are_written_down_with_their_passages,
    a_database_from_before_has_the_same_rows,
    an_edit_moves_what_stands_in_the_note_and_marks_what_does_not,
    an_edit_that_was_worked_out_from_another_version_changes_nothing,
    what_was_moved_meanwhile_is_left_as_it_is,
    stale_items_of_a_note_in_the_bin_are_not_told,
    what_is_written_anew_takes_the_place_of_what_was_there_with_the_end_of_the_job,
);

const TEXT: &str = "Chlorophyll absorbs light. It gives its energy on.";

/// A note, and something of every kind made from it.
async fn all_made(stage: &Stage) -> NoteId {
    let kept = stage.store.add_note(user("ada"), note(TEXT), at(0)).await.unwrap();
    for (kind, moment) in TaskKind::ALL.into_iter().zip(1..) {
        stage.store.add_material(made(kind, "ada", moment, Some(kept.id))).await.unwrap();
    }
    kept.id
}

fn line(placed: &Placed) -> String {
    let Spot { kind, number, place, span, .. } = placed.spot;
    let own = if placed.spot.item_id.is_some() { "its own id" } else { "no id" };
    format!("{kind} {number}.{place} {}..{} {own}: {}", span.start, span.end, placed.front())
}

async fn items_of_every_kind_are_written_down_with_their_passages(stage: Stage) {
    let id = all_made(&stage).await;
    let found = stage.store.passages_of_note(user("ada"), id).await.unwrap();
    let mut lines: Vec<String> = found.iter().map(line).collect();
    lines.sort();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let asked = "What does chlorophyll absorb?";
    assert_eq!(
        lines,
        [
            "chat 1.1 3..28 no id: Chlorophyll absorbs light.",
            "chat 2.1 3..28 no id: It gives its energy on.",
            &format!("exam_generation 1.1 3..28 its own id: {asked} (true_false)"),
            &format!("exam_generation 2.1 3..28 its own id: {asked} (essay)"),
            "flashcard_generation 1.1 0..25 its own id: What does chlorophyll absorb? (0)",
            "flashcard_generation 2.1 0..25 its own id: What does chlorophyll absorb? (1)",
            "note_analysis 1.1 3..28 no id: Two lines on light differ.",
            "note_analysis 1.2 3..28 no id: Two lines on light differ.",
            &format!("quiz_generation 1.1 3..28 its own id: {asked} (multiple_choice)"),
            &format!("quiz_generation 2.1 3..28 its own id: {asked} (true_false)"),
            &format!("quiz_generation 3.1 3..28 its own id: {asked} (short_answer)"),
            "study_plan 1.1 3..28 no id: Light",
            "summary_generation 1.1 3..28 no id: Chlorophyll absorbs light.",
            "summary_generation 1.2 3..28 no id: Chlorophyll absorbs light.",
            "summary_generation 2.1 3..28 no id: chlorophyll",
        ]
    );
    assert!(found.iter().all(|one| !one.is_stale() && !one.title.is_empty()));
    assert!(stage.store.passages_of_note(user("eve"), id).await.unwrap().is_empty());
}

async fn a_database_from_before_has_the_same_rows(stage: Stage) {
    let id = all_made(&stage).await;
    let store = &stage.store;
    let sorted = |mut spots: Vec<Spot>| {
        spots.sort_by_key(|spot| (spot.kind, spot.material_id, spot.number, spot.place));
        spots
    };
    let written = sorted(store.spots_of_note(user("ada"), id).await.unwrap());
    let migration = match store.dialect() {
        Dialect::Sqlite => include_str!("../../migrations/sqlite/0005_library.sql"),
        Dialect::Postgres => include_str!("../../migrations/postgres/0005_library.sql"),
    };
    let plain: Vec<&str> = migration.lines().filter(|line| !line.starts_with("--")).collect();
    let plain: &'static str = Box::leak(plain.join("\n").into_boxed_str());
    let filling: Vec<&'static str> =
        plain.split(';').map(str::trim).filter(|one| one.starts_with("INSERT INTO passages")).collect();
    assert_eq!(filling.len(), 8);
    let again = store.house().write(Durability::Relaxed, move |conn| {
        conn.execute("DELETE FROM passages", &[])?;
        for statement in filling {
            conn.execute(statement, &[])?;
        }
        Ok(())
    });
    again.await.unwrap();
    assert_eq!(sorted(store.spots_of_note(user("ada"), id).await.unwrap()), written);
}

/// What an edit means for these passages: the first of each item moves on by so much, the others are stale.
fn worked_out(spots: &[Spot], by: usize) -> Rewriting {
    let moved = |spot: &Spot| Moved {
        material_id: spot.material_id,
        number: spot.number,
        place: spot.place,
        from_version: spot.note_version,
        span: Span { start: spot.span.start + by, end: spot.span.end + by },
        stale: spot.place > 1,
    };
    Rewriting {
        from_version: 1,
        anchors: vec![Anchor { at: by, kind: AnchorKind::Page, label: "1".into() }],
        moved: spots.iter().map(moved).collect(),
    }
}

fn text(text: &str) -> NoteChange {
    NoteChange { content: Some(text.into()), ..NoteChange::default() }
}

async fn an_edit_moves_what_stands_in_the_note_and_marks_what_does_not(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let id = all_made(&stage).await;
    let spots = store.spots_of_note(ada.clone(), id).await.unwrap();
    let edit = worked_out(&spots, 5);
    let (note, stale) =
        store.rewrite_note(ada.clone(), id, text("Leaf. Chlorophyll…"), edit.clone(), at(9)).await.unwrap();
    assert_eq!((note.version, stale), (2, 2));
    assert_eq!(store.note(ada.clone(), id).await.unwrap().anchors, edit.anchors);
    let now = store.spots_of_note(ada.clone(), id).await.unwrap();
    assert_eq!(now.len(), spots.len());
    assert!(now.iter().all(|spot| spot.note_version == 2 && spot.span.start >= 5));
    let stale = store.stale_items(ada.clone(), Some(id)).await.unwrap();
    assert_eq!(stale.len(), 2);
    assert!(stale.iter().all(|one| one.spot.place == 2 && one.spot.stale_since == Some(at(9))));
    assert_eq!(store.stale_items(ada.clone(), None).await.unwrap().len(), 2);
    assert!(store.stale_items(user("eve"), None).await.unwrap().is_empty());
    assert!(store.notes_behind(ada, 9).await.unwrap().is_empty());
}

async fn an_edit_that_was_worked_out_from_another_version_changes_nothing(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let id = all_made(&stage).await;
    let spots = store.spots_of_note(ada.clone(), id).await.unwrap();
    let edit = worked_out(&spots, 5);
    store.update_note(ada.clone(), id, text("Somebody was quicker."), at(8)).await.unwrap();
    let refused = store.rewrite_note(ada.clone(), id, text("Late."), edit, at(9)).await;
    assert!(matches!(refused, Err(StoreError::Changed { version: 2 })), "{refused:?}");
    assert_eq!(store.spots_of_note(ada.clone(), id).await.unwrap(), spots);
    assert_eq!(store.note(ada, id).await.unwrap().content, "Somebody was quicker.");
}

async fn what_was_moved_meanwhile_is_left_as_it_is(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let kept = store.add_note(ada.clone(), note(TEXT), at(0)).await.unwrap();
    let mut new = made(TaskKind::SummaryGeneration, "ada", 1, Some(kept.id));
    if let Body::Summary { points, .. } = &mut new.material.body {
        points.iter_mut().flat_map(|point| &mut point.sources).for_each(|source| source.note_version = 1);
    }
    store.add_material(new).await.unwrap();
    store.update_note(ada.clone(), kept.id, text("Leaf. Chlorophyll absorbs light."), at(2)).await.unwrap();
    // The term counts in version 2, and so it is left; so is everything once the note has gone on.
    let spots = store.spots_of_note(ada.clone(), kept.id).await.unwrap();
    assert_eq!(store.notes_behind(ada.clone(), 9).await.unwrap(), [kept.id]);
    let moved: Vec<Moved> =
        worked_out(&spots, 6).moved.into_iter().map(|one| Moved { from_version: 1, ..one }).collect();
    for (version, starts) in [(1, [3, 3, 3]), (2, [3, 9, 9])] {
        store.move_passages(ada.clone(), kept.id, moved.clone(), version, at(3)).await.unwrap();
        let mut now: Vec<usize> = store
            .spots_of_note(ada.clone(), kept.id)
            .await
            .unwrap()
            .iter()
            .map(|spot| spot.span.start)
            .collect();
        now.sort_unstable();
        assert_eq!(now, starts, "to version {version}");
    }
    assert!(store.notes_behind(ada.clone(), 9).await.unwrap().is_empty());
    let other = store.move_passages(user("eve"), kept.id, vec![], 2, at(4)).await;
    assert!(matches!(other, Err(StoreError::NotFound)));
}

async fn stale_items_of_a_note_in_the_bin_are_not_told(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let id = all_made(&stage).await;
    let edit = worked_out(&store.spots_of_note(ada.clone(), id).await.unwrap(), 5);
    store.rewrite_note(ada.clone(), id, text("Leaf."), edit, at(9)).await.unwrap();
    let sets: Vec<MaterialId> = store
        .recent_material(ada.clone(), TaskKind::FlashcardGeneration, 9)
        .await
        .unwrap()
        .iter()
        .map(|set| set.id)
        .collect();
    assert!(store.stale_in(ada.clone(), sets).await.unwrap().is_empty(), "its cards were moved");
    let bin = "UPDATE notes SET deleted_at = 1 WHERE user_id = 'ada'";
    store.house().write(Durability::Relaxed, move |conn| conn.execute(bin, &[])).await.unwrap();
    assert!(store.stale_items(ada, None).await.unwrap().is_empty());
}

/// The card or question that is to replace another: other words, from another place.
fn anew(item: &Item) -> Item {
    let mut item = item.clone();
    match &mut item {
        Item::Card(card) => {
            card.question = "What does a leaf absorb?".into();
            if let Some(source) = &mut card.source {
                (source.note_version, source.start, source.end) = (2, 6, 31);
            }
        }
        Item::Question(question) => {
            (question.question, question.points) = ("What does a leaf absorb?".into(), 7);
            (question.source.note_version, question.source.start, question.source.end) = (2, 6, 31);
        }
        other => panic!("{other:?} is not replaced by itself"),
    }
    item
}

async fn what_is_written_anew_takes_the_place_of_what_was_there_with_the_end_of_the_job(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let id = all_made(&stage).await;
    let mut edit = worked_out(&store.spots_of_note(ada.clone(), id).await.unwrap(), 5);
    edit.moved.iter_mut().for_each(|one| one.stale = true);
    store.rewrite_note(ada.clone(), id, text("Leaf. Chlorophyll absorbs light."), edit, at(9)).await.unwrap();
    let (set, quiz) = (TaskKind::FlashcardGeneration, TaskKind::QuizGeneration);
    let first = async |kind| store.recent_material(ada.clone(), kind, 1).await.unwrap().remove(0);
    let (cards, questions) = (first(set).await, first(quiz).await);
    let ending = |remade: Vec<Item>| Ending {
        end: End::Complete {
            result: serde_json::json!({}),
            made: None,
            remade: remade.into_iter().map(|item| Remade { item }).collect(),
        },
        ..cancelled(2, 10)
    };
    let wanted = vec![anew(&cards.items()[1]), anew(&questions.items()[0])];

    // Another's job does not reach them, and one that cannot end replaces nothing.
    let (_, hers) = begun(store, "eve", 9).await;
    store.finish_job(hers, ending(wanted.clone())).await.unwrap();
    let (_, lease) = begun(store, "ada", 9).await;
    let no_item = made(TaskKind::StudyPlan, "ada", 9, Some(id)).material.items().remove(0);
    let refused = store.finish_job(lease, ending([wanted.clone(), vec![no_item]].concat())).await;
    assert!(matches!(refused, Err(StoreError::Internal(_))), "{refused:?}");
    assert_eq!((first(set).await, first(quiz).await), (cards.clone(), questions.clone()));

    let elsewhere = made(set, "ada", 9, Some(id)).material.items().remove(0);
    store.finish_job(lease, ending([wanted.clone(), vec![anew(&elsewhere)]].concat())).await.unwrap();
    assert_eq!(first(set).await.items(), [cards.items()[0].clone(), wanted[0].clone()]);
    let [_, second, third] = questions.items().try_into().unwrap();
    assert_eq!(first(quiz).await.items(), [wanted[1].clone(), second, third]);
    let spots = store.spots_of_note(ada.clone(), id).await.unwrap();
    let stands = |spot: &&Spot| spot.stale_since.is_none();
    let standing: Vec<Spot> = spots.iter().filter(stands).copied().collect();
    assert_eq!((standing.len(), spots.len()), (2, 15));
    assert!(standing.iter().all(|spot| spot.span == Span { start: 6, end: 31 } && spot.note_version == 2));
    let stale = store.stale_in(ada, vec![cards.id, questions.id]).await.unwrap();
    assert_eq!(stale.len(), 3, "one card and two questions");
}
