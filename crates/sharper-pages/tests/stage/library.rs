//! The library, a note and its editor, in each of their states.

use sharper_domain::{Anchor, AnchorKind, FileFault, FolderId, NoteId, Problem, ProblemCode, TaskKind};
use sharper_pages::library::{BinPage, BinView, Hit, HitsPart, Leaf, LibraryPage, Sent, tree};
use sharper_pages::markdown::{Reading, render};
use sharper_pages::note::{Conflict, EditPage, Edition, Group, NoteItem, NotePage};
use sharper_pages::{Locale, Template};

use super::{EVIL, ID, frame, moment};

fn note_id() -> NoteId {
    ID.parse().expect("an id")
}

fn sent() -> Vec<Sent> {
    let one = |fault, problem| Sent { name: EVIL.into(), note: None, fault, problem };
    vec![
        Sent { note: Some(note_id()), ..one(None, None) },
        one(Some(FileFault::Unsupported { found: Some(EVIL.into()) }), None),
        one(None, Some(ProblemCode::PayloadTooLarge)),
        one(None, Some(ProblemCode::Unavailable)),
    ]
}

fn library(locale: Locale, full: bool) -> LibraryPage {
    let folder: FolderId = ID.parse().expect("an id");
    let inner: FolderId = "01890a5d-ac96-774b-bcce-b302099a8058".parse().expect("an id");
    let leaf = |folder| {
        (folder, Leaf { frame: frame(locale), id: note_id(), title: EVIL.into(), fact: EVIL.into() })
    };
    let folders = [(folder, None, EVIL.to_owned()), (inner, Some(folder), "Empty".to_owned())];
    let (branches, loose, folders) = match full {
        true => tree(&frame(locale), &folders, vec![leaf(Some(folder)), leaf(None)]),
        false => (vec![], vec![], vec![]),
    };
    let problem = Problem::new(ProblemCode::Conflict, EVIL);
    let hit = Hit {
        href: format!("/notes/{ID}"),
        title: vec![(EVIL.into(), true)],
        words: vec![(EVIL.into(), false), (EVIL.into(), true)],
    };
    let part = HitsPart { frame: frame(locale), query: EVIL.into(), hits: vec![hit] };
    LibraryPage {
        frame: frame(locale),
        branches,
        loose,
        folders,
        more: full,
        hits: full.then_some(part),
        thrown: if full { vec![format!("note:{ID}")] } else { vec![] },
        problem: full.then_some(problem),
        sent: if full { sent() } else { vec![] },
        most: full.then_some(25 << 20),
    }
}

fn bin(locale: Locale, full: bool) -> BinPage {
    let entry = |notes| BinView {
        name: format!("note:{ID}"),
        title: EVIL.into(),
        notes,
        when: moment("2026-11-20T12:00:00Z"),
    };
    let entries = if full { vec![entry(None), entry(Some(3))] } else { vec![] };
    BinPage { frame: frame(locale), total: 2, entries }
}

pub(crate) fn note(locale: Locale, version: i32, stale: bool) -> NotePage {
    let text = format!(
        "# Cells\n\n{EVIL} and a few more words of it.\n\nThe second of the paragraphs here, which nothing covers."
    );
    let anchors = [Anchor { at: 0, kind: AnchorKind::Page, label: EVIL.into() }];
    let first = 9..30;
    let covered = [first];
    let reading = Reading {
        locale,
        title: "Cells",
        anchors: &anchors,
        passage: Some(9..20),
        covered: Some(&covered),
        ..Reading::default()
    };
    let item = |stale| NoteItem {
        front: EVIL.into(),
        href: format!("/sets/{ID}"),
        span: (9, 20),
        quote: EVIL.into(),
        stale,
    };
    NotePage {
        frame: frame(locale),
        id: note_id(),
        title: EVIL.into(),
        version,
        current: 2,
        when: moment("2026-11-20T12:00:00Z"),
        folder: Some(EVIL.into()),
        origin: Some((EVIL.into(), vec![EVIL.into()])),
        shown: render(&text, &reading),
        passage: Some(EVIL.into()),
        gone: stale.then(|| EVIL.into()),
        groups: vec![Group { kind: TaskKind::FlashcardGeneration, items: vec![item(false), item(stale)] }],
        stale: u32::from(stale),
        versions: vec![2, 1]
            .into_iter()
            .map(|version| Edition { version, when: moment("2026-11-20T12:00:00Z") })
            .collect(),
        saved: stale,
    }
}

fn editor(locale: Locale, id: Option<NoteId>, conflict: bool) -> EditPage {
    EditPage {
        frame: frame(locale),
        id,
        title: EVIL.into(),
        content: EVIL.into(),
        version: 1,
        folders: library(locale, true).folders,
        preview: conflict.then(|| render(EVIL, &Reading::default()).html),
        problem: conflict.then(|| Problem::new(ProblemCode::Conflict, EVIL)),
        conflict: conflict.then(|| Conflict { title: EVIL.into(), content: EVIL.into() }),
    }
}

/// All of them.
pub(crate) fn pages(locale: Locale) -> Vec<String> {
    let shown = |page: Result<String, _>| page.expect("renders");
    vec![
        shown(library(locale, true).render()),
        shown(library(locale, false).render()),
        shown(bin(locale, true).render()),
        shown(bin(locale, false).render()),
        shown(note(locale, 2, true).render()),
        shown(note(locale, 2, false).render()),
        shown(note(locale, 1, false).render()),
        shown(editor(locale, None, false).render()),
        shown(editor(locale, Some(note_id()), true).render()),
    ]
}
