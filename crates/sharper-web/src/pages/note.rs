//! `GET /notes/{id}`: a note with what was made from it; `?from=…&to=…` shows a passage, `?v=…` an earlier version.

use std::ops::Range;

use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use sharper_domain::{Anchor, FileKind, Note, NoteId, Problem, SessionId, TaskKind, Timestamp};
use sharper_pages::kind::{self, address};
use sharper_pages::markdown::{Reading, Shown, render};
use sharper_pages::note::{Edition, Group, NoteItem, NotePage};
use sharper_store::notes::NoteChange;
use sharper_store::passages::Placed;

use super::typed::Typed;
use super::{PageRefusal, Reader, html};
use crate::App;
use crate::routes::who::Me;

/// Versions that are shown.
const VERSIONS: u32 = 50;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    from: Option<usize>,
    to: Option<usize>,
    v: Option<i32>,
    #[serde(default)]
    saved: String,
}

pub(crate) async fn note(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let note = reader.note(&id).await?;
    let passage = wanted.from.zip(wanted.to).filter(|(from, to)| from < to).map(|(from, to)| from..to);
    let page = match (passage, wanted.v) {
        (None, Some(version)) if version != note.version => reader.old_page(note, version).await?,
        (Some(passage), Some(version)) if version != note.version => {
            let quote = reader.quote_then(&note, version, passage.clone()).await?;
            let place = quote.as_deref().and_then(|quote| nearest(&note.content, quote, passage.start));
            let gone = quote.filter(|_| place.is_none());
            reader.note_page(note, place, gone).await?
        }
        (passage, _) => reader.note_page(note, passage, None).await?,
    };
    Ok(html(StatusCode::OK, &NotePage { saved: wanted.saved == "1", ..page }))
}

/// `POST /notes/{id}/restore`: an earlier version becomes the newest one.
pub(crate) async fn restore(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let reader = Reader::of(&app, &me, &headers);
    let done = async {
        let note = reader.note(&id).await?;
        let typed = Typed::of(&app, request).await.map_err(|problem| reader.refuse(problem))?;
        let version = typed.line("version").parse().map_err(|_| reader.no_such("version"))?;
        let from_version = typed.line("current").parse().ok();
        let old = reader.had(app.store.note_version(me.user().clone(), note.id, version).await)?;
        let change = NoteChange {
            title: Some(old.title),
            content: Some(old.content),
            anchors: Some(old.anchors),
            from_version,
            ..NoteChange::default()
        };
        reader.save(note.id, change).await.map_err(|problem| reader.refuse(problem))?;
        Ok::<_, PageRefusal>(format!("/notes/{}?saved=1", note.id))
    };
    match done.await {
        Ok(next) => Redirect::to(&next).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

impl Reader<'_> {
    /// The note that an address names, if it is the reader's.
    pub(super) async fn note(&self, id: &str) -> Result<Note, PageRefusal> {
        let id: NoteId = id.parse().map_err(|_| self.no_such("note"))?;
        self.had(self.app.store.note(self.me.user().clone(), id).await)
    }

    /// Changes a note, with what was made from it.
    pub(super) async fn save(&self, id: NoteId, change: NoteChange) -> Result<Note, Problem> {
        let user = self.me.user().clone();
        let edited = self.app.agents.edit_note(user, id, change, self.app.now()).await;
        edited.map(|edited| edited.note).map_err(sharper_agents::problem_of)
    }

    /// The words of a passage in an earlier version; `None` where there are none.
    async fn quote_then(
        &self,
        note: &Note,
        version: i32,
        passage: Range<usize>,
    ) -> Result<Option<String>, PageRefusal> {
        match self.app.store.note_version(self.me.user().clone(), note.id, version).await {
            Err(sharper_store::StoreError::NotFound) => Ok(None),
            found => Ok(self.had(found)?.content.get(passage).map(str::to_owned)),
        }
    }

    async fn note_page(
        &self,
        note: Note,
        passage: Option<Range<usize>>,
        gone: Option<String>,
    ) -> Result<NotePage, PageRefusal> {
        let placed = self.had(self.app.store.passages_of_note(self.me.user().clone(), note.id).await)?;
        let stale = placed.iter().filter(|one| one.is_stale()).count();
        let covered: Vec<Range<usize>> = placed
            .iter()
            .filter(|one| !one.is_stale() && one.spot.kind != TaskKind::Chat)
            .map(|one| one.spot.span.start..one.spot.span.end)
            .collect();
        let passage = passage.filter(|passage| note.content.get(passage.clone()).is_some());
        let quote = passage.clone().and_then(|passage| note.content.get(passage)).map(str::to_owned);
        let text = Text {
            title: note.title.clone(),
            content: note.content,
            anchors: note.anchors,
            keeps_lines: note.origin.as_ref().is_none_or(|origin| origin.kind == FileKind::Text),
            covered: (!covered.is_empty()).then_some(covered),
            passage,
        };
        let shown = self.shown(text).await;
        Ok(NotePage {
            id: note.id,
            title: note.title,
            version: note.version,
            current: note.version,
            when: note.updated_at,
            folder: self.folder_path(note.folder_id).await?,
            origin: note.origin.map(|origin| (origin.name, origin.warnings)),
            shown,
            passage: quote,
            gone,
            groups: groups(&placed),
            stale: u32::try_from(stale).unwrap_or(u32::MAX),
            versions: self.editions(note.id).await?,
            saved: false,
            frame: self.frame.clone(),
        })
    }

    /// An earlier version, without what was made from the newest.
    async fn old_page(&self, note: Note, version: i32) -> Result<NotePage, PageRefusal> {
        let old = self.had(self.app.store.note_version(self.me.user().clone(), note.id, version).await)?;
        let text = Text {
            title: old.title.clone(),
            content: old.content,
            anchors: old.anchors,
            keeps_lines: note.origin.as_ref().is_none_or(|origin| origin.kind == FileKind::Text),
            covered: None,
            passage: None,
        };
        Ok(NotePage {
            id: note.id,
            title: old.title,
            version,
            current: note.version,
            when: old.created_at,
            folder: self.folder_path(note.folder_id).await?,
            origin: note.origin.map(|origin| (origin.name, origin.warnings)),
            shown: self.shown(text).await,
            passage: None,
            gone: None,
            groups: Vec::new(),
            stale: 0,
            versions: self.editions(note.id).await?,
            saved: false,
            frame: self.frame.clone(),
        })
    }

    async fn editions(&self, id: NoteId) -> Result<Vec<Edition>, PageRefusal> {
        let found = self.had(self.app.store.note_versions(self.me.user().clone(), id, VERSIONS).await)?;
        let edition = |version: sharper_domain::BriefVersion| Edition {
            version: version.version,
            when: version.created_at,
        };
        Ok(found.into_iter().map(edition).collect())
    }

    async fn folder_path(&self, id: Option<sharper_domain::FolderId>) -> Result<Option<String>, PageRefusal> {
        let Some(id) = id else { return Ok(None) };
        let folders = self.folder_choices().await?;
        Ok(folders.into_iter().find(|folder| folder.id == id).map(|folder| folder.path))
    }

    /// A text as HTML, made beside the threads that answer: a book takes a while.
    pub(super) async fn shown(&self, text: Text) -> Shown {
        let locale = self.frame.locale;
        let drawn = tokio::task::spawn_blocking(move || {
            let reading = Reading {
                locale,
                title: &text.title,
                keeps_lines: text.keeps_lines,
                anchors: &text.anchors,
                passage: text.passage,
                covered: text.covered.as_deref(),
            };
            render(&text.content, &reading)
        });
        drawn.await.unwrap_or_default()
    }
}

/// A text that is to be shown.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) title: String,
    pub(super) content: String,
    pub(super) anchors: Vec<Anchor>,
    pub(super) keeps_lines: bool,
    pub(super) covered: Option<Vec<Range<usize>>>,
    pub(super) passage: Option<Range<usize>>,
}

/// Where words stand, as near as can be to where they stood.
fn nearest(text: &str, words: &str, was: usize) -> Option<Range<usize>> {
    let places = text.match_indices(words).map(|(at, _)| at);
    places.min_by_key(|at| at.abs_diff(was)).map(|at| at..at + words.len())
}

/// What was made, by kind, each item once and at its first passage.
fn groups(placed: &[Placed]) -> Vec<Group> {
    let mut groups = Vec::new();
    for wanted in kind::OFFERED {
        let mut items: Vec<NoteItem> = Vec::new();
        let mut known = Vec::new();
        for one in placed.iter().filter(|one| one.spot.kind == wanted) {
            let spot = &one.spot;
            let place = (spot.material_id, spot.number);
            // Replies of the tutor are found in their conversations; here they have no page of their own.
            if wanted == TaskKind::Chat || known.contains(&place) {
                continue;
            }
            known.push(place);
            items.push(NoteItem {
                front: one.front().to_owned(),
                href: page_of(wanted, one),
                span: (spot.span.start, spot.span.end),
                quote: one.source.quote.clone(),
                stale: one.is_stale(),
            });
        }
        if !items.is_empty() {
            groups.push(Group { kind: wanted, items });
        }
    }
    groups
}

/// The page on which an item is to be seen; cards stand in their set.
fn page_of(kind: TaskKind, one: &Placed) -> String {
    match kind {
        TaskKind::FlashcardGeneration => format!("/sets/{}", one.spot.material_id),
        // Only a reply is found by its session, and none is among these.
        kind => address(kind, one.spot.material_id, &SessionId::new(Timestamp::UNIX_EPOCH)),
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn words_are_found_where_they_are_nearest_to_where_they_stood() {
        let check = |words: &str, was: usize, wanted: Option<usize>| {
            assert_eq!(nearest("a cell. a cell. é cell.", words, was).map(|place| place.start), wanted);
        };
        check("cell", 0, Some(2));
        check("cell", 11, Some(10));
        check("cell", 900, Some(19));
        check("none", 2, None);
    }
}
