//! `/notes/new`, `/notes/{id}/edit` and `/notes/preview`: a note is written, looked at and saved.

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use sharper_agents::intake::note_of_text;
use sharper_domain::{Note, Problem, ProblemCode};
use sharper_pages::note::{Conflict, EditPage, PreviewPage};
use sharper_store::StoreError;
use sharper_store::notes::NoteChange;

use super::library::folder_of;
use super::note::Text;
use super::typed::Typed;
use super::{PageRefusal, Reader, html};
use crate::App;
use crate::door::body::FORM_BYTES;
use crate::door::problem::not_found;
use crate::routes::who::Me;

/// Percent-encoding takes up to three bytes for one.
const LARGEST: usize = 3 * FORM_BYTES;
/// Longest title, in characters.
const TITLE_CHARS: usize = 200;

pub(crate) async fn new_note(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let page = EditPage { folders: reader.folder_choices().await?, ..blank(&reader) };
    Ok(html(StatusCode::OK, &page))
}

pub(crate) async fn edit(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let note = reader.note(&id).await?;
    let page = EditPage {
        id: Some(note.id),
        title: note.title,
        content: note.content,
        version: note.version,
        ..blank(&reader)
    };
    Ok(html(StatusCode::OK, &page))
}

pub(crate) async fn add_note(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    request: Request,
) -> Response {
    save(&Reader::of(&app, &me, &headers), None, request).await.unwrap_or_else(IntoResponse::into_response)
}

pub(crate) async fn save_note(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let reader = Reader::of(&app, &me, &headers);
    let saved = async {
        let note = reader.note(&id).await?;
        save(&reader, Some(note), request).await
    };
    saved.await.unwrap_or_else(IntoResponse::into_response)
}

/// `POST /notes/preview`: how a text will look, as a part of a page.
pub(crate) async fn preview(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let typed = Typed::within(&app, request, LARGEST).await.map_err(|problem| reader.refuse(problem))?;
    let html_of_text = reader.preview_of(&typed).await;
    Ok(html(StatusCode::OK, &PreviewPage { html: html_of_text }))
}

/// Saves what was typed, or shows it: how it will look, or why it cannot be saved, with all that was typed.
async fn save(reader: &Reader<'_>, note: Option<Note>, request: Request) -> Result<Response, PageRefusal> {
    let typed =
        Typed::within(reader.app, request, LARGEST).await.map_err(|problem| reader.refuse(problem))?;
    let mut page = EditPage {
        id: note.as_ref().map(|note| note.id),
        title: typed.name("title"),
        content: text_of(&typed),
        version: typed.line("version").parse().unwrap_or_default(),
        folders: reader.folder_choices().await?,
        ..blank(reader)
    };
    if typed.line("do") == "preview" {
        page.preview = Some(reader.preview_of(&typed).await);
        return Ok(html(StatusCode::OK, &page));
    }
    let problem = match keep(reader, note.as_ref(), &page, &typed).await {
        Ok(saved) => return Ok(Redirect::to(&format!("/notes/{}?saved=1", saved.id)).into_response()),
        Err(problem) => problem,
    };
    if let Some(note) = note.filter(|_| problem.code == ProblemCode::Conflict) {
        let now = reader.note(&note.id.to_string()).await?;
        if now.version != page.version {
            // Saved again, it is saved over what is shown beside it, and over nothing that came after.
            page.version = now.version;
            page.conflict = Some(Conflict { title: now.title, content: now.content });
        }
    }
    let status = StatusCode::from_u16(problem.code.status()).unwrap_or(StatusCode::BAD_REQUEST);
    page.problem = Some(problem);
    Ok(html(status, &page))
}

async fn keep(
    reader: &Reader<'_>,
    note: Option<&Note>,
    page: &EditPage,
    typed: &Typed,
) -> Result<Note, Problem> {
    let (app, now) = (reader.app, reader.app.now());
    let title: String = page.title.chars().take(TITLE_CHARS).collect();
    let title = Some(title).filter(|title| !title.is_empty());
    // A text that could not be a new note cannot become an old one.
    let mut new = note_of_text(page.content.clone(), None, now)?;
    match note {
        Some(note) => {
            let change = NoteChange {
                title,
                content: Some(new.content),
                from_version: Some(page.version),
                ..NoteChange::default()
            };
            reader.save(note.id, change).await
        }
        None => {
            new.title = title.unwrap_or(new.title);
            new.folder_id = folder_of(typed.line("folder"))?;
            let added = app.store.add_note(reader.me.user().clone(), new, now).await;
            added.map_err(|error| match error {
                StoreError::NotFound => not_found("folder"),
                error => sharper_agents::problem_of(error),
            })
        }
    }
}

fn blank(reader: &Reader<'_>) -> EditPage {
    EditPage {
        frame: reader.frame.clone(),
        id: None,
        title: String::new(),
        content: String::new(),
        version: 0,
        folders: Vec::new(),
        preview: None,
        problem: None,
        conflict: None,
    }
}

/// Browsers send lines with two signs at their ends.
fn text_of(typed: &Typed) -> String {
    typed.text("content").replace("\r\n", "\n")
}

impl Reader<'_> {
    async fn preview_of(&self, typed: &Typed) -> String {
        let title = typed.name("title");
        let text = Text { title, content: text_of(typed), keeps_lines: true, ..Text::default() };
        self.shown(text).await.html
    }
}
