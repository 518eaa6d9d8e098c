//! `GET /sets/{id}`: a set, with every card and the words of the notes it stands on. Fit to be printed.

use std::borrow::Cow;

use askama::Template;
use sharper_domain::{SetId, Timestamp};

use crate::card::difficulty_key;
use crate::{CardView, Frame};

/// The page of a set.
#[derive(Debug, Clone, Template)]
#[template(path = "set.html")]
pub struct SetPage {
    /// What is around it.
    pub frame: Frame,
    /// The set.
    pub id: SetId,
    /// A line for people.
    pub title: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Its cards, in order.
    pub cards: Vec<CardView>,
}

impl SetPage {
    fn facts(&self) -> String {
        let ago = self.frame.ago(self.created_at);
        format!("{} · {ago}", self.frame.locale.n("cards-count", self.cards.len()))
    }

    fn difficulty(&self, card: &CardView) -> Cow<'static, str> {
        self.frame.t(difficulty_key(card.difficulty))
    }
}
