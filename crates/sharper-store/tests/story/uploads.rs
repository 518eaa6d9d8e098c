//! Files that are sent: each on record with what became of it, known again by its checksum, so many in a day, and let go of
//! in time.

use sharper_domain::{FileFault, FileKind, NoteId};
use sharper_store::limits::Quotas;
use sharper_store::notes::NewNote;
use sharper_store::retention::Shelf;
use sharper_store::uploads::{Became, SentFile};
use sharper_store::{Store, StoreError};

use crate::stage::{Stage, at, note, told_to_both, user};

told_to_both!(
    a_file_is_on_record_with_its_note_and_known_again_by_its_owner_alone,
    a_file_whose_note_is_thrown_away_is_not_known_any_more,
    a_day_has_so_many_files_read_or_not_and_of_many_at_once_no_more_are_kept,
    records_of_files_are_let_go_of_and_their_notes_stay,
);

fn sent(sha256: &str) -> SentFile {
    let (name, sha256) = ("cells.pdf".to_owned(), sha256.to_owned());
    SentFile { name, kind: Some(FileKind::Pdf), bytes: 7, sha256, took_ms: 3 }
}

fn read(text: &str) -> Became {
    Became::Read(NewNote { id: NoteId::new(at(1)), ..note(text) })
}

async fn records(store: &Store) -> u64 {
    store.rows_of_user(user("ada")).await.unwrap()["uploads"]
}

async fn a_file_is_on_record_with_its_note_and_known_again_by_its_owner_alone(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let kept = store.keep_file(ada.clone(), sent("s1"), read("Cells divide."), at(1)).await.unwrap().unwrap();
    let known = |who: &str| store.note_of_file(user(who), "s1".into(), at(2));
    assert_eq!((known("ada").await.unwrap(), known("bea").await.unwrap()), (Some(kept.id), None));
    let again = store.keep_file(ada.clone(), sent("s1"), Became::Known(kept.id), at(2)).await.unwrap();
    assert_eq!(again.as_ref(), Some(&kept));
    // Another file with the same text is the same note.
    let same = store.keep_file(ada.clone(), sent("s2"), read("Cells divide."), at(3)).await.unwrap().unwrap();
    assert_eq!(same.id, kept.id);
    let none = store.keep_file(ada.clone(), sent("s3"), Became::Refused(FileFault::Damaged), at(4)).await;
    assert_eq!((none.unwrap(), records(store).await), (None, 4));
    assert_eq!(store.note_of_file(ada, "s3".into(), at(5)).await.unwrap(), None);
    let foreign = store.keep_file(user("bea"), sent("s1"), Became::Known(kept.id), at(5)).await;
    assert!(matches!(foreign, Err(StoreError::NotFound)), "{foreign:?}");
}

async fn a_file_whose_note_is_thrown_away_is_not_known_any_more(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let kept = store.keep_file(ada.clone(), sent("s1"), read("Cells divide."), at(1)).await.unwrap().unwrap();
    store.delete_note(ada.clone(), kept.id, at(2)).await.unwrap();
    assert_eq!(store.note_of_file(ada.clone(), "s1".into(), at(3)).await.unwrap(), None);
    store.restore_note(ada.clone(), kept.id).await.unwrap();
    assert_eq!(store.note_of_file(ada.clone(), "s1".into(), at(3)).await.unwrap(), Some(kept.id));
    store.delete_note(ada.clone(), kept.id, at(4)).await.unwrap();
    store.empty_bin(ada.clone()).await.unwrap();
    assert_eq!(store.note_of_file(ada, "s1".into(), at(5)).await.unwrap(), None);
    assert_eq!(records(store).await, 1, "that it was sent stays on record");
}

async fn a_day_has_so_many_files_read_or_not_and_of_many_at_once_no_more_are_kept(mut stage: Stage) {
    stage.reopened(|settings| settings.quotas = Quotas { files_per_day: 3, ..Quotas::default() }).await;
    let store = stage.store.clone();
    let mut sending = tokio::task::JoinSet::new();
    for number in 0..12 {
        let store = store.clone();
        let became = if number % 2 == 0 {
            read(&format!("Cell {number}."))
        } else {
            Became::Refused(FileFault::Empty)
        };
        sending.spawn(async move {
            store.keep_file(user("ada"), sent(&format!("s{number}")), became, at(1)).await.is_ok()
        });
    }
    let kept = sending.join_all().await.into_iter().filter(|kept| *kept).count();
    assert_eq!((kept, records(&store).await), (3, 3));
    let more = store.note_of_file(user("ada"), "s9".into(), at(2)).await;
    assert!(matches!(more, Err(StoreError::FilesUsedUp { limit: 3, .. })), "{more:?}");
    store.note_of_file(user("bea"), "s9".into(), at(2)).await.unwrap();
    store.note_of_file(user("ada"), "s9".into(), at(86_400)).await.unwrap();
}

async fn records_of_files_are_let_go_of_and_their_notes_stay(stage: Stage) {
    let (store, ada) = (&stage.store, user("ada"));
    let old = store.keep_file(ada.clone(), sent("s1"), read("Cells divide."), at(1)).await.unwrap().unwrap();
    store.keep_file(ada.clone(), sent("s2"), Became::Refused(FileFault::Empty), at(9)).await.unwrap();
    assert_eq!(store.prune(Shelf::Uploads, at(9), 100).await.unwrap(), 1);
    assert_eq!((records(store).await, store.note(ada, old.id).await.unwrap()), (1, old));
}
