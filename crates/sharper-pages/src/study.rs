//! `GET /study/{set_id}`: Study. One card at a time; without a script by links and forms, with one in place.

use std::borrow::Cow;
use std::collections::BTreeMap;

use askama::Template;
use serde::Serialize;
use sharper_domain::SetId;

use crate::{CardView, Frame, Grade, Review, Session};

/// The page Study: a card to think about, the same card with its answer, or the end of the session.
#[derive(Debug, Clone, Template)]
#[template(path = "study.html")]
pub struct StudyPage {
    frame: Frame,
    set_id: SetId,
    set_title: String,
    session_id: String,
    cards: Vec<CardView>,
    reviews: Vec<Review>,
    session: Session,
    current: Option<usize>,
    shown: bool,
}

/// What the script is given.
#[derive(Serialize)]
struct Desk<'p> {
    set_id: SetId,
    session_id: &'p str,
    cards: &'p [CardView],
    reviews: Vec<(&'p str, u8)>,
    words: BTreeMap<&'static str, String>,
}

impl StudyPage {
    /// The page for a set and a session of study in it.
    ///
    /// `session_id` names the session (a new id where the address has none), `reviews` are the grades given in it
    /// so far, oldest first. `shown` is the id of the card whose answer the address asks for, if it does: where
    /// that is not the card in turn (a back button, a second tab), the card in turn is shown, its answer hidden.
    pub fn new(
        frame: Frame,
        (set_id, set_title): (SetId, String),
        cards: Vec<CardView>,
        session_id: String,
        reviews: Vec<Review>,
        shown: Option<&str>,
    ) -> Self {
        let session = Session::replay(cards.iter().map(|card| card.id.as_str()), &reviews);
        let current = session.queue.first().copied();
        let shown = current.is_some_and(|card| shown == Some(&cards[card].id));
        Self { frame, set_id, set_title, session_id, cards, reviews, session, current, shown }
    }

    /// The card in turn; a blank one when the session is over, for the script to fill after an undo.
    fn card(&self) -> Cow<'_, CardView> {
        self.current.map_or_else(|| Cow::Owned(CardView::blank()), |card| Cow::Borrowed(&self.cards[card]))
    }

    fn title(&self) -> Cow<'static, str> {
        self.frame.locale.with("study-title", &[("set", self.set_title.as_str().into())])
    }

    fn left(&self) -> Cow<'static, str> {
        self.frame.locale.n("study-left", self.session.queue.len())
    }

    fn total(&self) -> Cow<'static, str> {
        self.frame.locale.n("study-done-count", self.cards.len())
    }

    fn grades(&self) -> [(Grade, Cow<'static, str>, usize); 4] {
        let key = |grade| match grade {
            Grade::Again => "grade-again",
            Grade::Hard => "grade-hard",
            Grade::Good => "grade-good",
            Grade::Easy => "grade-easy",
        };
        Grade::ALL.map(|grade| (grade, self.frame.t(key(grade)), self.session.first_graded(grade)))
    }

    fn to_look_at(&self) -> Vec<&CardView> {
        self.session.to_look_at().into_iter().map(|card| &self.cards[card]).collect()
    }

    fn blank(&self) -> CardView {
        CardView::blank()
    }

    fn desk(&self) -> Desk<'_> {
        let left = self.frame.locale.with("study-left", &[("count", "{count}".into())]);
        Desk {
            set_id: self.set_id,
            session_id: &self.session_id,
            cards: &self.cards,
            reviews: self.reviews.iter().map(|r| (r.card_id.as_str(), r.grade.number())).collect(),
            words: BTreeMap::from([("left", left.into_owned())]),
        }
    }
}
