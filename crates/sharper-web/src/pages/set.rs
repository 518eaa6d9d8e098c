//! `GET /sets`: all sets. `GET /sets/{id}`: a set with its cards and the words they stand on.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use sharper_domain::{Flashcard, FlashcardSet, SetId};
use sharper_pages::{CardView, SetPage, SetsPage};

use super::{PageRefusal, Reader, html};
use crate::App;
use crate::routes::who::Me;

/// Most sets that are listed.
const SETS: u32 = 200;

pub(crate) async fn sets(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let sets = reader.had(app.store.study_sets(me.user().clone(), SETS).await)?;
    let waiting = reader.had(app.agents.sit(me.user(), None, 1, app.now()).await)?.waiting;
    let most = app.intake.file_limits().map(|(most, _)| most as u64);
    Ok(html(StatusCode::OK, &SetsPage { sets, waiting, most, frame: reader.frame }))
}

pub(crate) async fn set(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let (set, cards) = reader.set(&id).await?;
    let page = SetPage {
        frame: reader.frame,
        id: set.id,
        title: set.title,
        created_at: set.created_at,
        cards: cards.iter().map(CardView::from).collect(),
    };
    Ok(html(StatusCode::OK, &page))
}

impl Reader<'_> {
    /// The set that an address names, with its cards.
    pub(super) async fn set(&self, id: &str) -> Result<(FlashcardSet, Vec<Flashcard>), PageRefusal> {
        let id: SetId = id.parse().map_err(|_| self.no_such("set"))?;
        let (store, user) = (&self.app.store, self.me.user());
        let set = self.had(store.set(user.clone(), id).await)?;
        let cards = self.had(store.cards_of_set(user.clone(), id).await)?;
        Ok((set, cards))
    }
}
