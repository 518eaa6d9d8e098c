//! `GET /library/bin`: what was thrown away and can still be brought back.

use askama::Template;
use sharper_domain::Timestamp;

use crate::Frame;

/// The page of the bin.
#[derive(Debug, Clone, Template)]
#[template(path = "library/bin.html")]
pub struct BinPage {
    /// What is around it.
    pub frame: Frame,
    /// What lies in it, the last thrown away first.
    pub entries: Vec<BinView>,
    /// How many entries there are in all.
    pub total: u64,
}

/// Something in the bin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BinView {
    /// As the form names it: `note:…` or `folder:…`.
    pub name: String,
    /// Title or name.
    pub title: String,
    /// Notes in it, where it is a folder.
    pub notes: Option<u32>,
    /// When it was thrown away.
    pub when: Timestamp,
}

impl BinPage {
    fn fact(&self, entry: &BinView) -> String {
        let ago = self.frame.ago(entry.when);
        match entry.notes {
            Some(notes) => format!("{} · {ago}", self.frame.locale.n("library-folder-holds", notes)),
            None => ago.into_owned(),
        }
    }
}
