//! Types of notes: which fields they have, and which cards their templates make of them. Ours never change their ids.

use serde::{Deserialize, Serialize};
use sharper_domain::CardStyle;

/// A type of notes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notetype {
    /// Its id in Anki.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Whether its cards are the gaps of a text.
    pub cloze: bool,
    /// The names of its fields, in order.
    pub fields: Vec<String>,
    /// What makes its cards, in order.
    pub templates: Vec<Template>,
    /// How its cards look.
    pub css: String,
}

/// What makes one card of a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// Its name.
    pub name: String,
    /// The front.
    pub front: String,
    /// The back.
    pub back: String,
}

/// The ids of our types: never to be changed, since a deck that was imported before is found again by them.
const IDS: [(CardStyle, i64); 3] = [
    (CardStyle::Basic, 1_764_028_800_001),
    (CardStyle::Reversed, 1_764_028_800_002),
    (CardStyle::Cloze, 1_764_028_800_003),
];

const CSS: &str = "\
.card { font-family: system-ui, sans-serif; font-size: 20px; line-height: 1.5; text-align: center; color: black; background-color: white; }
.cloze { font-weight: bold; color: #0b57d0; }
.nightMode .cloze { color: #8ab4f8; }
.extra { margin-top: 1em; font-size: 0.85em; }
pre, ul, ol, table { text-align: start; display: inline-block; }
td, th { padding: 0.2em 0.6em; border: 1px solid #888; }
table { border-collapse: collapse; }
";

const EXTRA: &str = "{{#Extra}}<div class=\"extra\">{{Extra}}</div>{{/Extra}}";

impl Notetype {
    /// Our type for notes of this style; `Reversed`: a pair of cards.
    pub(super) fn ours(style: CardStyle) -> Self {
        let template = |name: &str, front: &str, back: String| Template {
            name: name.to_owned(),
            front: front.to_owned(),
            back: format!("{back}{EXTRA}"),
        };
        let answer = |field: &str| format!("{{{{FrontSide}}}}\n<hr id=answer>\n{{{{{field}}}}}\n");
        let forward = template("Card 1", "{{Front}}", answer("Back"));
        let (name, fields, templates) = match style {
            CardStyle::Basic => ("Study Sharper", ["Front", "Back", "Extra"].as_slice(), vec![forward]),
            CardStyle::Reversed => {
                let backward = template("Card 2", "{{Back}}", answer("Front"));
                ("Study Sharper (both ways)", ["Front", "Back", "Extra"].as_slice(), vec![forward, backward])
            }
            CardStyle::Cloze => {
                let gap = template("Cloze", "{{cloze:Text}}", "{{cloze:Text}}\n".to_owned());
                ("Study Sharper (cloze)", ["Text", "Extra"].as_slice(), vec![gap])
            }
        };
        Self {
            id: IDS.iter().find(|(of, _)| *of == style).map_or(IDS[0].1, |(_, id)| *id),
            name: name.to_owned(),
            cloze: style == CardStyle::Cloze,
            fields: fields.iter().map(|field| (*field).to_owned()).collect(),
            templates,
            css: CSS.to_owned(),
        }
    }

    /// Which of our types this is. Another program may have given it another id, so name and fields tell.
    pub(super) fn our_style(&self) -> Option<CardStyle> {
        IDS.iter().map(|(style, _)| *style).find(|style| {
            let ours = Notetype::ours(*style);
            ours.name == self.name && ours.fields == self.fields
        })
    }
}
