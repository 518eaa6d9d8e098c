//! `GET /library`, `GET /library/bin`, and the one form of both: what is to be done with what is chosen.

use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use sharper_agents::library::FoundNote;
use sharper_domain::{Binned, FieldError, FolderId, NoteId, Problem, Span};
use sharper_pages::library::{BinPage, BinView, Choice, Hit, HitsPart, Leaf, LibraryPage, Sent, tree};
use sharper_store::StoreError;
use sharper_store::folders::FolderChange;
use sharper_store::notes::NoteChange;

use super::typed::Typed;
use super::{PageRefusal, Reader, html};
use crate::App;
use crate::door::problem::not_found;
use crate::routes::who::Me;

/// Notes that a search shows.
const HITS: u32 = 12;
/// Longest thing that is looked for, in characters.
const QUERY_CHARS: usize = 200;
/// Entries of the bin that are shown.
const BINNED: u32 = 200;
/// Longest name, in characters.
const NAME_CHARS: usize = 200;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    q: String,
    #[serde(default)]
    part: String,
    #[serde(default)]
    thrown: String,
}

pub(crate) async fn library(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Query(wanted): Query<Wanted>,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    if wanted.part == "hits" {
        return Ok(html(StatusCode::OK, &reader.hits(&wanted.q).await?));
    }
    reader.library_page(&wanted, None, Vec::new()).await
}

pub(crate) async fn bin(State(app): State<App>, me: Me, headers: HeaderMap) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let found = reader.had(app.store.bin(me.user().clone(), BINNED).await)?;
    let entries = found.entries.into_iter().map(|entry| BinView {
        name: match entry.kind {
            Binned::Note => format!("note:{}", entry.id),
            Binned::Folder => format!("folder:{}", entry.id),
        },
        title: entry.title,
        notes: (entry.kind == Binned::Folder).then_some(entry.notes),
        when: entry.deleted_at,
    });
    let page = BinPage { entries: entries.collect(), total: found.total, frame: reader.frame };
    Ok(html(StatusCode::OK, &page))
}

/// `POST /library/change`.
pub(crate) async fn change(State(app): State<App>, me: Me, headers: HeaderMap, request: Request) -> Response {
    let reader = Reader::of(&app, &me, &headers);
    let done = async {
        let typed = Typed::of(&app, request).await?;
        reader.do_with_chosen(&typed).await
    };
    match done.await {
        Ok(next) => Redirect::to(&next).into_response(),
        Err(problem) => {
            reader.library_page(&Wanted::default(), Some(problem), Vec::new()).await.into_response()
        }
    }
}

/// The library, with what became of each file that a form without a script has sent.
pub(crate) async fn after_upload(app: &App, me: &Me, headers: &HeaderMap, sent: Vec<Sent>) -> Response {
    let reader = Reader::of(app, me, headers);
    reader.library_page(&Wanted::default(), None, sent).await.into_response()
}

/// What the form names.
#[derive(Debug, Clone, Copy)]
enum Chosen {
    Note(NoteId),
    Folder(FolderId),
}

impl Chosen {
    fn read(name: &str) -> Option<Self> {
        let (kind, id) = name.split_once(':')?;
        match kind {
            "note" => id.parse().ok().map(Chosen::Note),
            "folder" => id.parse().ok().map(Chosen::Folder),
            _ => None,
        }
    }
}

/// Reads a folder of a form; nothing stands for none.
pub(super) fn folder_of(text: &str) -> Result<Option<FolderId>, Problem> {
    match text {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| not_found("folder")),
    }
}

impl Reader<'_> {
    /// Does what the form asks for with each thing that is chosen; the address to go on to.
    async fn do_with_chosen(&self, typed: &Typed) -> Result<String, Problem> {
        let (store, user, now) = (&self.app.store, self.me.user(), self.app.now());
        let names: Vec<&str> = typed.all("chosen").collect();
        let chosen: Option<Vec<Chosen>> = names.iter().map(|name| Chosen::read(name)).collect();
        let chosen = chosen.ok_or_else(|| not_found("note or folder"))?;
        let (what, to) = (typed.line("do"), folder_of(typed.line("to"))?);
        match what {
            "folder" => {
                let name = name_of(typed)?;
                store.add_folder(user.clone(), FolderId::new(now), to, name, now).await.map_err(told)?;
            }
            "rename" => {
                let [one] = chosen[..] else {
                    let detail = "must be exactly one note or folder to give it a name";
                    return Err(Problem::invalid(vec![FieldError::new("/chosen", detail)]));
                };
                self.rename(one, name_of(typed)?).await?;
            }
            "empty" => {
                store.empty_bin(user.clone()).await.map_err(told)?;
            }
            _ => {
                for one in chosen {
                    self.do_with(what, one, to).await?;
                }
            }
        }
        Ok(match what {
            "delete" => format!("/library?thrown={}", names.join(",")),
            _ if typed.line("back") == "/library/bin" => "/library/bin".to_owned(),
            _ => "/library".to_owned(),
        })
    }

    async fn rename(&self, one: Chosen, name: String) -> Result<(), Problem> {
        let (store, user, now) = (&self.app.store, self.me.user().clone(), self.app.now());
        let renamed = match one {
            Chosen::Note(id) => {
                let change = NoteChange { title: Some(name), ..NoteChange::default() };
                store.update_note(user, id, change, now).await.map(drop)
            }
            Chosen::Folder(id) => {
                let change = FolderChange { name: Some(name), ..FolderChange::default() };
                store.change_folder(user, id, change, now).await.map(drop)
            }
        };
        renamed.map_err(told)
    }

    async fn do_with(&self, what: &str, one: Chosen, to: Option<FolderId>) -> Result<(), Problem> {
        let (store, user, now) = (&self.app.store, self.me.user().clone(), self.app.now());
        let done = match (what, one) {
            ("move", Chosen::Note(id)) => {
                let change = NoteChange { folder_id: Some(to), ..NoteChange::default() };
                store.update_note(user, id, change, now).await.map(drop)
            }
            ("move", Chosen::Folder(id)) => {
                let change = FolderChange { parent_id: Some(to), ..FolderChange::default() };
                store.change_folder(user, id, change, now).await.map(drop)
            }
            ("duplicate", Chosen::Note(id)) => store.duplicate_note(user, id, now).await.map(drop),
            ("delete", Chosen::Note(id)) => already(store.delete_note(user, id, now).await),
            ("delete", Chosen::Folder(id)) => already(store.delete_folder(user, id, now).await.map(drop)),
            ("restore", Chosen::Note(id)) => store.restore_note(user, id).await.map(drop),
            ("restore", Chosen::Folder(id)) => store.restore_folder(user, id).await.map(drop),
            ("erase", Chosen::Note(NoteId(id)) | Chosen::Folder(FolderId(id))) => {
                store.delete_from_bin(user, id).await
            }
            ("duplicate", Chosen::Folder(_)) => {
                let detail = "must be notes: a folder is not duplicated";
                return Err(Problem::invalid(vec![FieldError::new("/chosen", detail)]));
            }
            _ => return Err(Problem::invalid(vec![FieldError::new("/do", "is nothing that can be done")])),
        };
        done.map_err(told)
    }

    async fn library_page(
        &self,
        wanted: &Wanted,
        problem: Option<Problem>,
        sent: Vec<Sent>,
    ) -> Result<Response, PageRefusal> {
        let found = self.had(self.app.store.library_tree(self.me.user().clone()).await)?;
        let notes = found.notes.into_iter().map(|note| {
            let kind = note.origin.as_ref().map(|origin| origin.kind.as_str().to_uppercase());
            let ago = self.frame.ago(note.updated_at);
            let fact = kind.map_or_else(|| ago.to_string(), |kind| format!("{kind} · {ago}"));
            (note.folder_id, Leaf { frame: self.frame.clone(), id: note.id, title: note.title, fact })
        });
        let folders: Vec<_> =
            found.folders.into_iter().map(|folder| (folder.id, folder.parent_id, folder.name)).collect();
        let (branches, loose, folders) = tree(&self.frame, &folders, notes.collect());
        let hits = match wanted.q.trim() {
            "" => None,
            query => Some(self.hits(query).await?),
        };
        let thrown = wanted.thrown.split(',').filter(|name| Chosen::read(name).is_some());
        let status = problem.as_ref().and_then(|problem| StatusCode::from_u16(problem.code.status()).ok());
        let page = LibraryPage {
            branches,
            loose,
            folders,
            more: found.more,
            hits,
            thrown: thrown.map(str::to_owned).collect(),
            problem,
            sent,
            most: self.app.intake.file_limits().and_then(|(most, _)| u64::try_from(most).ok()),
            frame: self.frame.clone(),
        };
        Ok(html(status.unwrap_or(StatusCode::OK), &page))
    }

    /// What a search finds.
    async fn hits(&self, query: &str) -> Result<HitsPart, PageRefusal> {
        let query: String = query.trim().chars().take(QUERY_CHARS).collect();
        let found = self.app.agents.search_notes(self.me.user(), query.clone(), HITS).await;
        let found = found.map_err(|problem| self.refuse(problem))?;
        let hits = found.into_iter().map(hit).collect();
        Ok(HitsPart { frame: self.frame.clone(), query, hits })
    }

    /// The folders of the reader, for choosing one.
    pub(super) async fn folder_choices(&self) -> Result<Vec<Choice>, PageRefusal> {
        let folders = self.had(self.app.store.folders(self.me.user().clone()).await)?;
        let folders: Vec<_> =
            folders.into_iter().map(|folder| (folder.id, folder.parent_id, folder.name)).collect();
        Ok(tree(&self.frame, &folders, Vec::new()).2)
    }
}

fn hit(found: FoundNote) -> Hit {
    let FoundNote { note, title_words, snippet } = found;
    let title = pieces(&note.title, &title_words);
    match snippet {
        Some(piece) => Hit {
            href: format!("/notes/{}?from={}&to={}#passage", note.id, piece.start, piece.end),
            title,
            words: pieces(&piece.text, &piece.words),
        },
        None => Hit { href: format!("/notes/{}", note.id), title, words: Vec::new() },
    }
}

/// A text in pieces, and which of them were looked for.
fn pieces(text: &str, wanted: &[Span]) -> Vec<(String, bool)> {
    let (mut pieces, mut at) = (Vec::new(), 0);
    for span in wanted {
        if let (Some(before), Some(word)) = (text.get(at..span.start), text.get(span.start..span.end)) {
            pieces.extend([(before.to_owned(), false), (word.to_owned(), true)]);
            at = span.end;
        }
    }
    pieces.push((text.get(at..).unwrap_or_default().to_owned(), false));
    pieces
}

fn name_of(typed: &Typed) -> Result<String, Problem> {
    match typed.name("name") {
        name if (1..=NAME_CHARS).contains(&name.chars().count()) => Ok(name),
        _ => {
            let detail = format!("must be a name of 1 to {NAME_CHARS} characters");
            Err(Problem::invalid(vec![FieldError::new("/name", detail)]))
        }
    }
}

/// What lay in a folder that was chosen too is thrown away with it already.
fn already(thrown: Result<(), StoreError>) -> Result<(), StoreError> {
    match thrown {
        Err(StoreError::NotFound) => Ok(()),
        thrown => thrown,
    }
}

/// What a person is told.
fn told(error: StoreError) -> Problem {
    match error {
        StoreError::NotFound => not_found("note or folder"),
        error => sharper_agents::problem_of(error),
    }
}
