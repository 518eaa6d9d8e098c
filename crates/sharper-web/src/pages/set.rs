//! `GET /sets/{id}`: a set with its cards and the words they stand on.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use sharper_domain::{Flashcard, FlashcardSet, SetId};
use sharper_pages::{CardView, SetPage};

use super::{PageRefusal, Reader, html};
use crate::App;
use crate::routes::who::Me;

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
