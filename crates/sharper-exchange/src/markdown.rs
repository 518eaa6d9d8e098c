//! Decks as Markdown: questions and answers that people can read and edit.
//!
//! ```text
//! # Title
//!
//! <!-- guid#0 basic -->
//! **Q:** What is osmosis?
//!
//! **A:** Water through a membrane.
//! ```

use sharper_domain::{CardStyle, Deck, DeckCard};

/// The marks at which a part of a card begins, and how else people write them.
const MARKS: [(Part, &[&str]); 5] = [
    (Part::Question, &["**Q:**", "Q:", "Question:", "**Question:**"]),
    (Part::Answer, &["**A:**", "A:", "Answer:", "**Answer:**"]),
    (Part::Explanation, &["**E:**", "Explanation:", "**Explanation:**"]),
    (Part::Cloze, &["**C:**", "Cloze:", "**Cloze:**"]),
    (Part::Tags, &["**T:**", "Tags:", "**Tags:**"]),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Question,
    Answer,
    Explanation,
    Cloze,
    Tags,
}

/// Why a text cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing in it is a question with an answer.
    #[error("There are no questions with answers in this text. Begin lines with `Q:` and `A:`.")]
    NoCards,
    /// More cards than are taken.
    #[error("The text has more than {0} cards. Send it in parts.")]
    TooMany(usize),
}

/// A deck as text. Reviews, flags and files are not in it.
pub fn write(deck: &Deck) -> String {
    let mut out = format!("# {}\n", deck.title.replace('\n', " "));
    for card in &deck.cards {
        let style = match card.style {
            CardStyle::Basic => "basic",
            CardStyle::Reversed => "reversed",
            CardStyle::Cloze => "cloze",
        };
        let guid = card.guid.replace("--", "");
        out.push_str(&format!("\n<!-- {guid}#{} {style} -->\n", card.ordinal));
        let parts = [
            (Part::Question, Some(card.question.clone())),
            (Part::Answer, Some(card.answer.clone())),
            (Part::Explanation, card.explanation.clone()),
            (Part::Cloze, card.cloze.clone()),
            (Part::Tags, Some(card.tags.join(" "))),
        ];
        let said =
            parts.into_iter().filter_map(|(part, text)| Some((part, text.filter(|text| !text.is_empty())?)));
        let said: Vec<String> =
            said.map(|(part, text)| format!("{} {}\n", mark(part), guarded(&text))).collect();
        out.push_str(&said.join("\n"));
    }
    out
}

fn mark(part: Part) -> &'static str {
    MARKS.iter().find(|(of, _)| *of == part).map_or("", |(_, marks)| marks[0])
}

/// Lines that look like a part's beginning, or like our note of the card, with a backslash before them.
fn guarded(text: &str) -> String {
    let of = |line: &str| {
        if begins(line.trim_start_matches('\\')) { format!("\\{line}") } else { line.to_owned() }
    };
    text.lines().map(of).collect::<Vec<_>>().join("\n")
}

fn begins(line: &str) -> bool {
    part(line).is_some() || note(line).is_some() || line.starts_with("# ")
}

fn part(line: &str) -> Option<(Part, &str)> {
    let of = |(part, marks): &(Part, &[&str])| {
        let behind = marks.iter().find_map(|mark| line.strip_prefix(mark))?;
        Some((*part, behind.strip_prefix(' ').unwrap_or(behind)))
    };
    MARKS.iter().find_map(of)
}

/// Our note of a card: its identity and its style.
fn note(line: &str) -> Option<(&str, u32, CardStyle)> {
    let (id, style) = line.trim().strip_prefix("<!-- ")?.strip_suffix(" -->")?.rsplit_once(' ')?;
    let (guid, ordinal) = id.rsplit_once('#')?;
    let style = match style {
        "basic" => CardStyle::Basic,
        "reversed" => CardStyle::Reversed,
        "cloze" => CardStyle::Cloze,
        _ => return None,
    };
    Some((guid, ordinal.parse().ok()?, style))
}

/// The cards of a text that `write` wrote, or that has lines beginning with `Q:` and `A:`.
///
/// # Errors
/// `NoCards`, or `TooMany` where there are more than `most`.
pub fn read(text: &str, title: &str, most: usize) -> Result<Deck, ReadError> {
    let mut reading = Reading::default();
    for line in text.strip_prefix('\u{feff}').unwrap_or(text).lines() {
        reading.line(line);
        if reading.cards.len() > most {
            return Err(ReadError::TooMany(most));
        }
    }
    reading.end();
    match reading.cards.len() {
        0 => Err(ReadError::NoCards),
        count if count > most => Err(ReadError::TooMany(most)),
        _ => Ok(crate::deck(reading.title.as_deref().unwrap_or(title), reading.cards)),
    }
}

#[derive(Default)]
struct Reading {
    title: Option<String>,
    cards: Vec<DeckCard>,
    note: Option<(String, u32, CardStyle)>,
    parts: Vec<(Part, String)>,
}

impl Reading {
    fn line(&mut self, line: &str) {
        if let Some((guid, ordinal, style)) = note(line) {
            self.end();
            self.note = Some((guid.to_owned(), ordinal, style));
        } else if let Some((part, words)) = part(line) {
            if part == Part::Question && !self.parts.is_empty() {
                self.end();
            }
            self.parts.push((part, words.to_owned()));
        } else if let Some(words) = line.strip_prefix("# ").filter(|_| self.title.is_none()) {
            self.title = Some(words.trim().to_owned());
        } else if let Some((_, said)) = self.parts.last_mut() {
            let line =
                line.strip_prefix('\\').filter(|line| begins(line.trim_start_matches('\\'))).unwrap_or(line);
            said.push('\n');
            said.push_str(line);
        }
    }

    /// Ends the card that has begun.
    fn end(&mut self) {
        let parts = std::mem::take(&mut self.parts);
        let note = self.note.take();
        let said = |wanted: Part| {
            let text = parts.iter().find(|(part, _)| *part == wanted).map(|(_, text)| text.trim().to_owned());
            text.filter(|text| !text.is_empty())
        };
        let (Some(question), Some(answer)) = (said(Part::Question), said(Part::Answer)) else { return };
        let mut card = DeckCard {
            explanation: said(Part::Explanation),
            cloze: said(Part::Cloze),
            tags: said(Part::Tags).unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
            ..crate::card(&question, &answer)
        };
        if card.cloze.is_some() {
            card.style = CardStyle::Cloze;
        }
        if let Some((guid, ordinal, style)) = note {
            (card.ordinal, card.style) = (ordinal, style);
            if !guid.is_empty() {
                card.guid = guid;
            }
        }
        self.cards.push(card);
    }
}
