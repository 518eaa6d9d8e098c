//! The library of one student: folders that move, a bin that gives back exactly what it took, versions, copies, pages of
//! notes, and the numbers that change with all of it.

use std::collections::HashSet;
use std::time::Duration;

use sharper_domain::{Anchor, AnchorKind, BinEntry, FolderId, Grade, Note, NoteId};
use sharper_store::feedback::NewFeedback;
use sharper_store::folders::{self, FolderChange};
use sharper_store::limits::Quotas;
use sharper_store::notes::{NoteChange, NoteOrder, NotesAsked, Within};
use sharper_store::retention::Shelf;
use sharper_store::revisions::Revisions;
use sharper_store::study::NewReview;
use sharper_store::{Durability, Store, StoreError};

use crate::stage::{Stage, at, begun, complete, note, set, told_to_both, user};

told_to_both!(
    of_two_moves_at_once_that_make_a_circle_one_is_refused,
    a_folder_comes_back_with_exactly_what_was_thrown_away_with_it,
    a_folder_that_comes_back_finds_a_place_and_a_name,
    what_lies_in_the_bin_is_found_by_nobody,
    a_note_whose_text_is_there_again_comes_back_as_a_copy,
    what_is_gone_for_good_takes_nothing_else_along,
    what_lies_in_the_bin_for_long_goes,
    versions_are_kept_with_their_anchors_and_the_oldest_go,
    copies_are_notes_of_their_own,
    notes_are_listed_page_by_page_in_every_order,
    a_page_with_texts_ends_where_they_are_too_long,
    titles_are_found_as_they_are_typed,
    whatever_is_written_raises_its_revision,
);

async fn folder(store: &Store, name: &str, parent: Option<FolderId>) -> FolderId {
    let id = FolderId::new(at(0));
    store.add_folder(user("ada"), id, parent, name.into(), at(0)).await.unwrap().id
}

async fn kept(store: &Store, text: &str, folder_id: Option<FolderId>, moment: i64) -> Note {
    let mut new = note(text);
    new.folder_id = folder_id;
    store.add_note(user("ada"), new, at(moment)).await.unwrap()
}

async fn bin(store: &Store) -> Vec<BinEntry> {
    store.bin(user("ada"), 100).await.unwrap().entries
}

fn refused<T: std::fmt::Debug>(answer: Result<T, StoreError>, why: &str) {
    assert!(matches!(&answer, Err(StoreError::Conflict(said)) if said.contains(why)), "{answer:?}");
}

fn into(parent: FolderId) -> FolderChange {
    FolderChange { parent_id: Some(Some(parent)), name: None }
}

async fn of_two_moves_at_once_that_make_a_circle_one_is_refused(stage: Stage) {
    let store = stage.store.clone();
    let (one, other) = (folder(&store, "One", None).await, folder(&store, "Other", None).await);
    let (moved, was_moved) = tokio::sync::oneshot::channel();
    let first = store.of(&user("ada")).write(Durability::Synced, move |conn| {
        let done = folders::change(conn, &user("ada"), one, &into(other), at(1));
        let _ = moved.send(());
        // Long enough for the other to look, were it let in.
        std::thread::sleep(Duration::from_millis(150));
        done
    });
    let second = async {
        was_moved.await.unwrap();
        store.change_folder(user("ada"), other, into(one), at(2)).await
    };
    let (first, second) = tokio::join!(first, second);
    assert_eq!(first.unwrap().parent_id, Some(other));
    refused(second, "itself");
}

async fn a_folder_comes_back_with_exactly_what_was_thrown_away_with_it(stage: Stage) {
    let store = &stage.store;
    let top = folder(store, "Biology", None).await;
    let below = folder(store, "Cells", Some(top)).await;
    let (before, outer, inner) = (
        kept(store, "Thrown away before.", Some(below), 1).await,
        kept(store, "In the outer one.", Some(top), 2).await,
        kept(store, "In the inner one.", Some(below), 3).await,
    );
    let beside = kept(store, "Beside.", None, 4).await;
    store.delete_note(user("ada"), before.id, at(5)).await.unwrap();
    let thrown = store.delete_folder(user("ada"), top, at(6)).await.unwrap();
    assert_eq!((thrown.notes, thrown.folders), (2, 1));
    let tree = store.library_tree(user("ada")).await.unwrap();
    assert_eq!((tree.folders.len(), tree.notes.len(), tree.notes[0].id), (0, 1, beside.id));
    let entries = bin(store).await;
    let told: Vec<_> = entries.iter().map(|entry| (entry.id, entry.notes, entry.folders)).collect();
    assert_eq!(told, [(top.0, 2, 1), (before.id.0, 0, 0)]);
    refused(store.restore_folder(user("ada"), below).await, "around it");
    assert!(matches!(store.delete_folder(user("ada"), top, at(7)).await, Err(StoreError::NotFound)));

    let back = store.restore_folder(user("ada"), top).await.unwrap();
    assert_eq!((back.notes, back.folders, back.folder.notes), (2, 1, 1));
    let folders = store.folders(user("ada")).await.unwrap();
    assert_eq!(folders.iter().map(|one| (one.id, one.notes)).collect::<Vec<_>>(), [(top, 1), (below, 1)]);
    for there in [outer, inner] {
        assert_eq!(store.note(user("ada"), there.id).await.unwrap(), there);
    }
    assert!(matches!(store.note(user("ada"), before.id).await, Err(StoreError::NotFound)));
    let back = store.restore_note(user("ada"), before.id).await.unwrap();
    assert_eq!(back.folder_id, Some(below));
    assert!(bin(store).await.is_empty());
    assert!(matches!(store.restore_note(user("ada"), before.id).await, Err(StoreError::NotFound)));
}

async fn a_folder_that_comes_back_finds_a_place_and_a_name(stage: Stage) {
    let store = &stage.store;
    let top = folder(store, "Biology", None).await;
    let below = folder(store, "Cells", Some(top)).await;
    let inside = kept(store, "Cells divide.", Some(below), 1).await;
    store.delete_folder(user("ada"), below, at(2)).await.unwrap();
    store.delete_folder(user("ada"), top, at(3)).await.unwrap();
    let taken = folder(store, "cells", None).await;
    let back = store.restore_folder(user("ada"), below).await.unwrap().folder;
    assert_eq!((back.name.as_str(), back.parent_id, back.notes), ("Cells (2)", None, 1));
    assert_eq!(store.note(user("ada"), inside.id).await.unwrap().folder_id, Some(below));
    store.restore_folder(user("ada"), top).await.unwrap();
    let same = FolderChange { name: Some("CELLS".into()), ..FolderChange::default() };
    refused(store.change_folder(user("ada"), below, same.clone(), at(4)).await, "this name");
    assert_eq!(store.change_folder(user("ada"), taken, same, at(4)).await.unwrap().name, "CELLS");
}

async fn what_lies_in_the_bin_is_found_by_nobody(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let gone = kept(store, "Chlorophyll absorbs light.", None, 1).await;
    store.delete_note(ada.clone(), gone.id, at(2)).await.unwrap();
    assert_eq!(store.count_notes(ada.clone()).await.unwrap(), 0);
    assert!(store.recent_notes(ada.clone(), 9).await.unwrap().is_empty());
    assert!(store.catalogue(ada.clone()).await.unwrap().notes.is_empty());
    assert!(store.notes_named(ada.clone(), vec![gone.id]).await.unwrap().is_empty());
    assert_eq!(store.notes_by_ids(ada.clone(), vec![gone.id]).await.unwrap().missing, [gone.id]);
    assert!(store.notes_titled(ada.clone(), "photo".into(), 9).await.unwrap().is_empty());
    assert_eq!(store.notes(ada.clone(), asked(NoteOrder::Title, 9)).await.unwrap().total, 0);
    let nothing = |end: Option<StoreError>| assert!(matches!(end, Some(StoreError::NotFound)), "{end:?}");
    nothing(store.note(ada.clone(), gone.id).await.err());
    nothing(store.note_versions(ada.clone(), gone.id, 9).await.err());
    nothing(store.note_version(ada.clone(), gone.id, 1).await.err());
    nothing(store.duplicate_note(ada.clone(), gone.id, at(3)).await.err());
    nothing(store.update_note(ada.clone(), gone.id, NoteChange::default(), at(3)).await.err());
    nothing(store.delete_note(ada.clone(), gone.id, at(3)).await.err());
    nothing(store.restore_note(user("eve"), gone.id).await.err());
    nothing(store.delete_from_bin(user("eve"), gone.id.0).await.err());
    assert_eq!(store.empty_bin(user("eve")).await.unwrap(), 0);
    assert_eq!(bin(store).await.len(), 1);
}

async fn a_note_whose_text_is_there_again_comes_back_as_a_copy(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let home = folder(store, "Biology", None).await;
    let first = kept(store, "Cells divide.", Some(home), 1).await;
    store.delete_folder(ada.clone(), home, at(2)).await.unwrap();
    let again = kept(store, "Cells divide.", None, 3).await;
    assert_ne!(again.id, first.id);
    store.restore_folder(ada.clone(), home).await.unwrap();
    let listed = store.brief_notes(ada.clone(), asked(NoteOrder::Created, 9)).await.unwrap().notes;
    let copies: Vec<_> = listed.iter().map(|note| (note.id, note.copy_of)).collect();
    assert_eq!(copies, [(again.id, None), (first.id, Some(again.id))]);
    assert_eq!(kept(store, "Cells divide.", None, 4).await.id, again.id);
}

async fn what_is_gone_for_good_takes_nothing_else_along(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let top = folder(store, "Biology", None).await;
    let below = folder(store, "Cells", Some(top)).await;
    let (inner, outer) =
        (kept(store, "Inner.", Some(below), 1).await, kept(store, "Outer.", Some(top), 1).await);
    store.delete_folder(ada.clone(), below, at(2)).await.unwrap();
    store.delete_folder(ada.clone(), top, at(3)).await.unwrap();
    store.delete_from_bin(ada.clone(), top.0).await.unwrap();
    assert!(matches!(store.restore_note(ada.clone(), outer.id).await, Err(StoreError::NotFound)));
    assert_eq!(bin(store).await.iter().map(|entry| entry.id).collect::<Vec<_>>(), [below.0]);
    store.restore_folder(ada.clone(), below).await.unwrap();
    assert_eq!(store.note(ada.clone(), inner.id).await.unwrap().folder_id, Some(below));
    assert!(matches!(store.delete_from_bin(ada.clone(), inner.id.0).await, Err(StoreError::NotFound)));
    store.delete_note(ada.clone(), inner.id, at(4)).await.unwrap();
    assert_eq!(store.empty_bin(ada.clone()).await.unwrap(), 1);
    assert_eq!((bin(store).await.len(), store.folders(ada).await.unwrap().len()), (0, 1));
}

async fn what_lies_in_the_bin_for_long_goes(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let old = folder(store, "Old", None).await;
    kept(store, "Old.", Some(old), 1).await;
    let (young, stays) = (kept(store, "Young.", None, 1).await, kept(store, "Stays.", None, 1).await);
    store.delete_folder(ada.clone(), old, at(10)).await.unwrap();
    store.delete_note(ada.clone(), young.id, at(20)).await.unwrap();
    assert_eq!(store.prune(Shelf::Bin, at(15), 99).await.unwrap(), 2);
    assert_eq!(bin(store).await.iter().map(|entry| entry.id).collect::<Vec<_>>(), [young.id.0]);
    assert_eq!(store.note(ada.clone(), stays.id).await.unwrap(), stays);
    assert_eq!(store.prune(Shelf::Bin, at(15), 99).await.unwrap(), 0);
}

async fn versions_are_kept_with_their_anchors_and_the_oldest_go(mut stage: Stage) {
    let quotas = Quotas { versions_per_note: 2, ..Quotas::default() };
    stage.reopened(|settings| settings.quotas = quotas).await;
    let (store, ada) = (&stage.store, user("ada"));
    let page = |at| Anchor { at, kind: AnchorKind::Page, label: "1".into() };
    let mut new = note("one");
    new.anchors = vec![page(0), page(2)];
    let id = store.add_note(ada.clone(), new, at(0)).await.unwrap().id;
    let text =
        |text: &str, anchors| NoteChange { content: Some(text.into()), anchors, ..NoteChange::default() };
    let second = store.update_note(ada.clone(), id, text("odds", None), at(1)).await.unwrap();
    assert_eq!(second.anchors, [page(0), page(2)][..1], "beyond what both begin with nothing is sure");
    let third = text("thé third", Some(vec![page(3), page(5), page(99)]));
    let third = store.update_note(ada.clone(), id, third, at(2)).await.unwrap();
    assert_eq!(third.anchors, [page(5)], "none in the middle of a character, none beyond the end");
    let first = store.note_version(ada.clone(), id, 1).await.unwrap();
    assert_eq!(
        (first.content.as_str(), first.anchors, first.current),
        ("one", vec![page(0), page(2)], false)
    );
    store.update_note(ada.clone(), id, text("the fourth", None), at(3)).await.unwrap();
    let listed = store.note_versions(ada.clone(), id, 9).await.unwrap();
    let told: Vec<_> = listed.iter().map(|one| (one.version, one.bytes, one.current)).collect();
    assert_eq!(told, [(4, 10, true), (3, 10, false), (2, 4, false)]);
    assert_eq!(store.note_versions(ada.clone(), id, 2).await.unwrap().len(), 2);
    assert!(matches!(store.note_version(ada.clone(), id, 1).await, Err(StoreError::NotFound)));
    assert_eq!(store.note_version(ada.clone(), id, 4).await.unwrap().content, "the fourth");
    assert_eq!(store.usage(ada.clone(), at(4)).await.unwrap().storage_bytes, 24);
    assert!(matches!(store.note_versions(user("eve"), id, 9).await, Err(StoreError::NotFound)));
}

async fn copies_are_notes_of_their_own(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let home = folder(store, "Biology", None).await;
    let first = kept(store, "Cells divide.", Some(home), 1).await;
    let copy = store.duplicate_note(ada.clone(), first.id, at(2)).await.unwrap();
    let second = store.duplicate_note(ada.clone(), copy.id, at(3)).await.unwrap();
    assert_eq!(
        (copy.title.as_str(), second.title.as_str()),
        ("Photosynthesis (copy)", "Photosynthesis (copy 2)")
    );
    assert_eq!((copy.folder_id, &copy.content, copy.version), (Some(home), &first.content, 1));
    assert_eq!(store.note(ada.clone(), copy.id).await.unwrap(), copy);
    let change = |text: &str| NoteChange { content: Some(text.into()), ..NoteChange::default() };
    store.update_note(ada.clone(), copy.id, change("Cells divide twice."), at(4)).await.unwrap();
    let back = store.update_note(ada.clone(), copy.id, change("Cells divide."), at(5)).await.unwrap();
    assert_eq!(back.version, 3, "a copy may say again what the first says");
    assert_eq!(kept(store, "Cells divide.", None, 6).await.id, first.id);
    assert_eq!(store.usage(ada, at(7)).await.unwrap().storage_bytes, 4 * 13 + 19);
}

fn asked(order: NoteOrder, limit: u32) -> NotesAsked {
    NotesAsked { order, limit, ..NotesAsked::default() }
}

async fn notes_are_listed_page_by_page_in_every_order(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let home = folder(store, "Biology", None).await;
    let mut ids: Vec<NoteId> = Vec::new();
    // Two at a moment: their ids tell them apart.
    for (place, title) in ["Éclair", "apple", "eclair", "Zebra", "b"].into_iter().enumerate() {
        let moment = i64::try_from(place / 2).unwrap();
        let folder_id = (place < 2).then_some(home);
        let mut new = note(title);
        (new.title, new.folder_id) = (title.into(), folder_id);
        ids.push(store.add_note(ada.clone(), new, at(moment)).await.unwrap().id);
    }
    let touch = NoteChange { title: Some("Éclair".into()), ..NoteChange::default() };
    store.update_note(ada.clone(), ids[0], touch, at(9)).await.unwrap();
    for (order, first) in
        [(NoteOrder::Updated, "Éclair"), (NoteOrder::Title, "apple"), (NoteOrder::Created, "b")]
    {
        let (mut cursor, mut titles, mut pages) = (None, Vec::new(), 0);
        loop {
            let one = NotesAsked { cursor, ..asked(order, 2) };
            let page = store.brief_notes(ada.clone(), one.clone()).await.unwrap();
            let whole = store.notes(ada.clone(), one).await.unwrap();
            let same = whole.notes.iter().map(|note| note.id).eq(page.notes.iter().map(|note| note.id));
            assert!(same && whole.next == page.next && page.total == 5);
            titles.extend(page.notes.into_iter().map(|note| note.title));
            pages += 1;
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!((titles[0].as_str(), pages), (first, 3), "{order:?}: {titles:?}");
        assert_eq!(titles.iter().collect::<HashSet<_>>().len(), 5, "{order:?}");
    }
    let within = |within| NotesAsked { within, ..asked(NoteOrder::Title, 9) };
    let titles = async |asked| -> Vec<String> {
        let page = store.brief_notes(user("ada"), asked).await.unwrap();
        page.notes.into_iter().map(|note| note.title).collect()
    };
    assert_eq!(titles(within(Within::Folder(home))).await, ["apple", "Éclair"]);
    assert_eq!(titles(within(Within::NoFolder)).await, ["b", "eclair", "Zebra"]);
    let hers = store.brief_notes(user("eve"), within(Within::Folder(home))).await;
    assert!(matches!(hers, Err(StoreError::NotFound)));
    let other = NotesAsked { cursor: Some("00".into()), ..asked(NoteOrder::Title, 2) };
    refused(store.brief_notes(ada, other).await, "cursor");
}

async fn a_page_with_texts_ends_where_they_are_too_long(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let half = |sign: &str| sign.repeat((2 << 20) + 1);
    for (moment, text) in
        (0..).zip([half("a"), half("b"), "short".into(), "shorter".into(), half("c").repeat(3)])
    {
        store.add_note(ada.clone(), note(&text), at(moment)).await.unwrap();
    }
    for order in [NoteOrder::Created, NoteOrder::Updated, NoteOrder::Title] {
        let (mut cursor, mut pages) = (None, Vec::new());
        loop {
            let one = NotesAsked { cursor, ..asked(order, 4) };
            let page = store.notes(ada.clone(), one).await.unwrap();
            assert_eq!(page.total, 5);
            pages.push(page.notes.iter().map(|note| note.content.len()).collect::<Vec<_>>());
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        let bytes: Vec<usize> = pages.iter().map(|page| page.iter().sum()).collect();
        assert!(
            pages.iter().zip(&bytes).all(|(page, bytes)| page.len() == 1 || *bytes <= 4 << 20),
            "{order:?}"
        );
        assert_eq!(pages.iter().flatten().count(), 5, "{order:?}: {bytes:?}");
        assert!(pages.len() >= 3, "{order:?}: {bytes:?}");
    }
}

async fn titles_are_found_as_they_are_typed(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    for (moment, title) in (0..).zip(["Biochemie", "Die Biologie", "Ökologie", "Geld"]) {
        let mut new = note(title);
        new.title = title.into();
        store.add_note(ada.clone(), new, at(moment)).await.unwrap();
    }
    for (query, wanted) in [
        ("bio", &["Biochemie", "Die Biologie"][..]),
        ("OKO", &["Ökologie"]),
        ("logie", &["Ökologie", "Die Biologie"]),
        ("biologie d", &["Die Biologie"]),
        ("x", &[]),
    ] {
        let found = store.notes_titled(ada.clone(), query.into(), 9).await.unwrap();
        assert_eq!(found.iter().map(|note| note.title.as_str()).collect::<Vec<_>>(), wanted, "{query}");
    }
}

/// Runs a write and asserts which of the two numbers it changed.
async fn raises<T>(
    store: &Store,
    what: &str,
    library: bool,
    learning: bool,
    write: impl Future<Output = Result<T, StoreError>>,
) -> T {
    let before: Revisions = store.revisions(user("ada")).await.unwrap();
    let done = write.await.unwrap();
    let after = store.revisions(user("ada")).await.unwrap();
    let begun = before == Revisions::default();
    assert_eq!(after.library != before.library, library, "{what}: library");
    assert_eq!(after.learning != before.learning, learning || begun, "{what}: learning");
    done
}

async fn whatever_is_written_raises_its_revision(stage: Stage) {
    let (store, ada) = (&stage.store, || user("ada"));
    assert_eq!(store.revisions(ada()).await.unwrap(), Revisions::default());
    let id = FolderId::new(at(0));
    let folder =
        raises(store, "a folder", true, false, store.add_folder(ada(), id, None, "B".into(), at(0))).await.id;
    let renamed = FolderChange { name: Some("C".into()), ..FolderChange::default() };
    raises(store, "a name", true, false, store.change_folder(ada(), folder, renamed, at(1))).await;
    let kept =
        raises(store, "a note", true, false, store.add_note(ada(), note("Cells divide."), at(1))).await;
    raises(store, "the same", false, false, store.add_note(ada(), note("Cells divide."), at(1))).await;
    let text = NoteChange { content: Some("Cells divide twice.".into()), ..NoteChange::default() };
    raises(store, "a text", true, false, store.update_note(ada(), kept.id, text, at(2))).await;
    let moved = NoteChange { folder_id: Some(Some(folder)), ..NoteChange::default() };
    raises(store, "a move", true, false, store.update_note(ada(), kept.id, moved, at(2))).await;
    let copy = raises(store, "a copy", true, false, store.duplicate_note(ada(), kept.id, at(3))).await;
    raises(store, "a note away", true, false, store.delete_note(ada(), copy.id, at(4))).await;
    raises(store, "a note back", true, false, store.restore_note(ada(), copy.id)).await;
    raises(store, "a folder away", true, false, store.delete_folder(ada(), folder, at(5))).await;
    raises(store, "a folder back", true, false, store.restore_folder(ada(), folder)).await;
    store.delete_note(ada(), copy.id, at(6)).await.unwrap();
    raises(store, "for good", true, false, store.delete_from_bin(ada(), copy.id.0)).await;
    raises(store, "the bin", true, false, store.empty_bin(ada())).await;

    let (_, lease) = begun(store, "ada", 10).await;
    let made = set("ada", 11, Some(kept.id));
    raises(store, "a job's material", false, true, store.finish_job(lease, complete(2, 12, made.clone())))
        .await;
    let more = set("ada", 13, None).into_material();
    raises(store, "material", false, true, store.add_material(more)).await;
    let study = store.start_study(ada(), made.set.id, at(14)).await.unwrap();
    let review = NewReview {
        id: None,
        card: made.cards[0].id,
        study: Some(study),
        grade: Grade::Good,
        at: at(15),
        took_ms: 5,
    };
    raises(store, "a review", false, true, store.record_review(ada(), review)).await;
    raises(store, "a review back", false, true, store.undo_review(ada(), study)).await;
    let said = NewFeedback {
        content_type: "flashcard".into(),
        content_id: "c".into(),
        rating: 5,
        feedback_text: None,
        issues: vec![],
    };
    raises(store, "feedback", false, true, store.add_feedback(ada(), said, at(16))).await;
    let mut job = crate::stage::job("ada", 17);
    job.note = Some(note("It came with a request."));
    raises(store, "a request's text", true, false, store.accept_job(job)).await;

    let last = store.revisions(ada()).await.unwrap();
    store.erase_user(ada(), at(20)).await.unwrap();
    assert_eq!(store.revisions(ada()).await.unwrap(), Revisions::default());
    store.add_note(ada(), note("Back again."), at(21)).await.unwrap();
    let anew = store.revisions(ada()).await.unwrap();
    assert!(anew.library > last.library && anew.learning > last.learning, "no number comes twice");
}
