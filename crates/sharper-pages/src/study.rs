//! `GET /study/{set_id}`: Study. One card at a time; without a script by links and forms, with one in place.

use std::borrow::Cow;
use std::collections::BTreeMap;

use askama::Template;
use serde::Serialize;
use sharper_domain::{SetId, Timestamp};

use crate::{CardView, Frame, Grade, Review, Session};

/// A set that is studied: its id and title, whether it is empty, and whether all of it is studied though it does not wait.
pub type StudiedSet = (SetId, String, bool, bool);

/// The page Study: a card to think about, the same card with its answer, or the end of the session.
#[derive(Debug, Clone, Template)]
#[template(path = "study.html")]
pub struct StudyPage {
    frame: Frame,
    /// `None`: what waits of all sets.
    set: Option<StudiedSet>,
    session_id: String,
    cards: Vec<CardView>,
    reviews: Vec<Review>,
    session: Session,
    current: Option<usize>,
    shown: bool,
    /// When the next card comes back that does not wait yet.
    next_at: Option<Timestamp>,
    /// The card that was graded last, to be taken back.
    last: Option<String>,
    /// The name of the grade that the form would give.
    review: String,
}

/// What the script is given.
#[derive(Serialize)]
struct Desk<'p> {
    session_id: &'p str,
    base: String,
    cards: &'p [CardView],
    reviews: Vec<(&'p str, u8)>,
    words: BTreeMap<&'static str, String>,
}

impl StudyPage {
    /// The page for the cards of a sitting; `set` is `None` where they are of all sets.
    ///
    /// `session_id` names the sitting (empty where it has none), `reviews` are the grades given in it so far, oldest first.
    pub fn new(
        frame: Frame,
        set: Option<StudiedSet>,
        cards: Vec<CardView>,
        session_id: String,
        reviews: Vec<Review>,
    ) -> Self {
        let session = Session::replay(cards.iter().map(|card| card.id.as_str()), &reviews);
        let current = session.queue.first().copied();
        let (shown, next_at, last, review) = (false, None, None, String::new());
        Self { frame, set, session_id, cards, reviews, session, current, shown, next_at, last, review }
    }

    /// With the moment at which the next card comes back.
    #[must_use]
    pub fn coming_back(mut self, next_at: Option<Timestamp>) -> Self {
        self.next_at = next_at;
        self
    }

    /// Where the address stands: the card that it names (another than the first, where it waits), whether it shows the answer,
    /// the card graded before, and the name that its next grade would have. Where the card named is not one that waits (a back button, a second tab), the next one
    /// is shown, its answer hidden.
    #[must_use]
    pub fn at(mut self, card: Option<String>, show: bool, last: Option<String>, review: String) -> Self {
        self.review = review;
        self.shown = show && self.current.is_some_and(|place| card.as_deref() == Some(&self.cards[place].id));
        self.last =
            last.filter(|last| last.len() == 36 && last.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-'));
        self
    }

    /// The address of this sitting.
    fn base(&self) -> String {
        match &self.set {
            None => "/study".to_owned(),
            Some((set, _, _, all)) => {
                format!("/study/{set}?session={}{}", self.session_id, if *all { "&all=1" } else { "" })
            }
        }
    }

    /// The address that shows the answer of the card in turn.
    fn show_href(&self) -> String {
        let base = self.base();
        let sign = if base.contains('?') { '&' } else { '?' };
        format!("{base}{sign}card={}&show=1", self.card().id)
    }

    /// The address of all cards of the set.
    fn all_href(&self) -> Option<String> {
        self.set.as_ref().map(|(set, ..)| format!("/study/{set}?all=1"))
    }

    fn is_empty(&self) -> bool {
        self.set.as_ref().is_some_and(|(_, _, empty, _)| *empty)
    }

    fn heading(&self) -> Cow<'_, str> {
        match &self.set {
            Some((_, title, ..)) => Cow::Borrowed(title),
            None => self.frame.t("study-all-heading"),
        }
    }

    /// How long it is until the card in turn comes back by a grade, where that is known.
    fn interval(&self, grade: &Grade) -> &str {
        let card = self.current.map(|place| &self.cards[place]);
        let interval = card.and_then(|card| card.intervals.get(usize::from(grade.number()) - 1));
        interval
            .filter(|_| self.session.grades[self.current.unwrap_or_default()].is_empty())
            .map_or("", String::as_str)
    }

    /// When the next card comes back, in words.
    fn next_line(&self) -> Option<Cow<'static, str>> {
        let seconds = self.next_at?.as_second().saturating_sub(self.frame.now.as_second());
        let when = crate::figure::interval(self.frame.locale, u64::try_from(seconds).unwrap_or_default());
        Some(self.frame.locale.with("study-next", &[("when", when.into())]))
    }

    /// The card in turn; a blank one when the session is over, for the script to fill after an undo.
    fn card(&self) -> Cow<'_, CardView> {
        self.current.map_or_else(|| Cow::Owned(CardView::blank()), |card| Cow::Borrowed(&self.cards[card]))
    }

    fn title(&self) -> Cow<'static, str> {
        let heading = self.heading().into_owned();
        self.frame.locale.with("study-title", &[("set", heading.into())])
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
            session_id: &self.session_id,
            base: self.base(),
            cards: &self.cards,
            reviews: self.reviews.iter().map(|r| (r.card_id.as_str(), r.grade.number())).collect(),
            words: BTreeMap::from([("left", left.into_owned())]),
        }
    }
}
