//! Cards as notes: those of one identity are one note, as long as one note can say what they say.

use std::collections::{BTreeSet, HashMap};

use sharper_domain::{CardStyle, Deck, DeckCard, Timestamp};

use super::cloze::{self, GAP};
use super::foreign::{foreign, notetypes};
use super::notetype::Notetype;
use crate::markup::{Files, to_html};

/// A note on its way out.
pub(super) struct Note<'a> {
    pub(super) guid: String,
    pub(super) notetype: i64,
    /// HTML.
    pub(super) fields: Vec<String>,
    pub(super) tags: Vec<String>,
    pub(super) edited_at: Option<Timestamp>,
    /// Its cards, each with the number of its template or gap, from 0.
    pub(super) cards: Vec<(u32, &'a DeckCard)>,
}

/// The notes of a deck, and the types that they are of.
pub(super) fn notes<'a>(deck: &'a Deck, files: &dyn Files) -> (Vec<Note<'a>>, Vec<Notetype>) {
    let mut groups: Vec<Vec<&DeckCard>> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for card in &deck.cards {
        let at = *known.entry(&card.guid).or_insert(groups.len());
        if at == groups.len() {
            groups.push(Vec::new());
        }
        groups[at].push(card);
    }
    let theirs = notetypes(deck);
    let mut notes = Vec::with_capacity(groups.len());
    for mut group in groups {
        group.sort_by_key(|card| card.ordinal);
        group.dedup_by_key(|card| card.ordinal);
        if !foreign(&group, &theirs, files, &mut notes) {
            ours(&group, files, &mut notes);
        }
    }
    let used: BTreeSet<i64> = notes.iter().map(|note: &Note<'_>| note.notetype).collect();
    let all = [CardStyle::Basic, CardStyle::Reversed, CardStyle::Cloze].map(Notetype::ours);
    let types = all.into_iter().chain(theirs).filter(|notetype| used.contains(&notetype.id)).collect();
    (notes, types)
}

/// Cards of one identity as notes of ours: one, where they are gaps of one sentence or both ways of one pair; else each
/// card that says something else becomes a note of its own.
fn ours<'a>(group: &[&'a DeckCard], files: &dyn Files, out: &mut Vec<Note<'a>>) {
    let Some(first) = group.first() else { return };
    let is_pair = group.iter().any(|card| card.style == CardStyle::Reversed);
    let mut taken = Vec::new();
    let note = if let Some(text) = sentence(first) {
        let numbers = cloze::numbers(&text);
        let fits = |card: &&&DeckCard| {
            sentence(card).as_ref() == Some(&text) && numbers.contains(&(card.ordinal + 1))
        };
        taken.extend(group.iter().filter(fits).map(|card| (card.ordinal, *card)));
        Some((CardStyle::Cloze, vec![to_html(&guarded(&text), files)]))
    } else if is_pair {
        let sides = |card: &DeckCard| match card.style {
            CardStyle::Reversed => (card.answer.clone(), card.question.clone()),
            _ => (card.question.clone(), card.answer.clone()),
        };
        let (front, back) = sides(first);
        let fits = |card: &&&DeckCard| {
            card.style != CardStyle::Cloze && sides(card) == (front.clone(), back.clone())
        };
        let way = |card: &DeckCard| u32::from(card.style == CardStyle::Reversed);
        taken.extend(group.iter().filter(fits).map(|card| (way(card), *card)));
        taken.dedup_by_key(|(way, _)| *way);
        Some((CardStyle::Reversed, vec![to_html(&front, files), to_html(&back, files)]))
    } else {
        None
    };
    if let Some((style, mut fields)) = note.filter(|_| !taken.is_empty()) {
        let extra = taken.iter().find_map(|(_, card)| card.explanation.as_deref()).unwrap_or_default();
        fields.push(to_html(extra, files));
        out.push(note_of(first.guid.clone(), &Notetype::ours(style), fields, taken.clone()));
    }
    for card in group.iter().filter(|card| !taken.iter().any(|(_, taken)| std::ptr::eq(*taken, **card))) {
        out.push(single(card, files));
    }
}

/// A card as a note of its own.
pub(super) fn single<'a>(card: &'a DeckCard, files: &dyn Files) -> Note<'a> {
    let guid = if card.ordinal == 0 { card.guid.clone() } else { format!("{}.{}", card.guid, card.ordinal) };
    let sides = [&card.question, &card.answer, card.explanation.as_ref().unwrap_or(&String::new())]
        .map(|side| to_html(side, files));
    note_of(guid, &Notetype::ours(CardStyle::Basic), sides.into(), vec![(0, card)])
}

fn note_of<'a>(
    guid: String,
    notetype: &Notetype,
    fields: Vec<String>,
    cards: Vec<(u32, &'a DeckCard)>,
) -> Note<'a> {
    let tags = tags(&cards);
    let edited_at = cards.iter().filter_map(|(_, card)| card.edited_at).max();
    Note { guid, notetype: notetype.id, fields, tags, edited_at, cards }
}

/// All tags of the cards, each once, without the spaces that would part them.
pub(super) fn tags(cards: &[(u32, &DeckCard)]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for tag in cards.iter().flat_map(|(_, card)| &card.tags) {
        let tag = tag.split_whitespace().collect::<Vec<_>>().join("_");
        if !tag.is_empty() && !out.contains(&tag) {
            out.push(tag);
        }
    }
    out
}

/// The sentence of a cloze with its gaps; one without marks gets them where its gap stands.
fn sentence(card: &DeckCard) -> Option<String> {
    if card.style != CardStyle::Cloze {
        return None;
    }
    let marked = || {
        let (before, after) = card.question.split_once(GAP)?;
        Some(format!("{before}{{{{c1::{}}}}}{after}", card.answer))
    };
    let number = card.ordinal + 1;
    card.cloze.clone().filter(|text| cloze::numbers(text).contains(&number)).or_else(marked)
}

/// Braces of formulas that would end a gap, apart.
fn guarded(sentence: &str) -> String {
    let mut out = String::with_capacity(sentence.len());
    for (at, part) in sentence.split('$').enumerate() {
        if at > 0 {
            out.push('$');
        }
        // Between dollars: only what closes more than a gap was open for is part of the formula.
        let opened = part.matches("{{c").count();
        let closed = part.matches("}}").count();
        if at % 2 == 1 && closed > opened && opened == 0 {
            out.push_str(&part.replace("}}", "} }"));
        } else {
            out.push_str(part);
        }
    }
    out
}
