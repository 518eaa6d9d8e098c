//! The way back of imported notes: the same guid, type and fields, with what was edited since put into its field.

use sharper_domain::{Deck, DeckCard};

use super::notes::{Note, single, tags};
use super::notetype::Notetype;
use super::read::{Sides, sides};
use super::{ForeignDeck, ForeignNote};
use crate::markup::{Files, from_html, to_html};

/// The types that the imported notes of a deck are of.
pub(super) fn notetypes(deck: &Deck) -> Vec<Notetype> {
    let shared = deck.foreign.clone().and_then(|shared| serde_json::from_value::<ForeignDeck>(shared).ok());
    shared.unwrap_or_default().notetypes
}

/// Cards of one imported note as that note. A card whose edit does not fit into the note's fields becomes a note of ours
/// with an identity of its own. False where the group is no imported note, or its type is not known.
pub(super) fn foreign<'a>(
    group: &[&'a DeckCard],
    notetypes: &[Notetype],
    files: &dyn Files,
    out: &mut Vec<Note<'a>>,
) -> bool {
    let was = group.iter().find_map(|card| serde_json::from_value::<ForeignNote>(card.foreign.clone()?).ok());
    let Some(was) = was else { return false };
    let Some(notetype) = notetypes.iter().find(|notetype| notetype.id == was.notetype) else { return false };
    let mut fields = was.fields.clone();
    for card in group {
        if let Some(edited) = edited(card, notetype, &was, &fields, files) {
            fields = edited;
        }
    }
    let says = |card: &DeckCard| now(card, notetype, &was, &fields, files) == Some(wanted(card));
    let (kept, others): (Vec<&DeckCard>, Vec<&DeckCard>) = group.iter().partition(|card| says(card));
    if !kept.is_empty() {
        let cards: Vec<(u32, &DeckCard)> = kept.iter().map(|card| (card.ordinal, *card)).collect();
        let edited_at = cards.iter().filter_map(|(_, card)| card.edited_at).max();
        let (guid, tags) = (was.guid.clone(), tags(&cards));
        out.push(Note { guid, notetype: notetype.id, fields, tags, edited_at, cards });
    }
    for card in others {
        let note = single(card, files);
        out.push(Note { guid: format!("{}~{}", was.guid, card.ordinal), ..note });
    }
    true
}

fn wanted(card: &DeckCard) -> Sides {
    Sides {
        question: card.question.clone(),
        answer: card.answer.clone(),
        explanation: card.explanation.clone().filter(|text| !text.is_empty()),
        cloze: card.cloze.clone(),
    }
}

fn now(
    card: &DeckCard,
    notetype: &Notetype,
    was: &ForeignNote,
    fields: &[String],
    files: &dyn Files,
) -> Option<Sides> {
    sides(notetype, fields, &was.tags, card.ordinal, files)
}

/// The fields with the edits of a card in them; `None` where there are none, or they fit nowhere.
fn edited(
    card: &DeckCard,
    notetype: &Notetype,
    was: &ForeignNote,
    fields: &[String],
    files: &dyn Files,
) -> Option<Vec<String>> {
    let before = now(card, notetype, was, fields, files)?;
    let after = wanted(card);
    if before == after {
        return None;
    }
    let mut fields = fields.to_vec();
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut changes = vec![(said(&before.explanation), said(&after.explanation))];
    match (&before.cloze, &after.cloze) {
        (Some(old), Some(new)) => changes.push((old.clone(), new.clone())),
        _ => {
            changes.extend([(before.question, after.question.clone()), (before.answer, after.answer.clone())])
        }
    }
    for (old, new) in changes.iter().filter(|(old, new)| old != new) {
        put(&mut fields, old, new, files)?;
    }
    let fits = now(card, notetype, was, &fields, files) == Some(after);
    fits.then_some(fields)
}

/// Puts what was edited into the field that says it: the one that says all of it, or the one within which it was edited.
fn put(fields: &mut [String], old: &str, new: &str, files: &dyn Files) -> Option<()> {
    let said: Vec<String> = fields.iter().map(|field| from_html(field, files)).collect();
    if let Some(at) = said.iter().position(|said| said == old) {
        fields[at] = to_html(new, files);
        return Some(());
    }
    for (at, said) in said.iter().enumerate().filter(|(_, said)| !said.is_empty()) {
        let Some((before, after)) = old.split_once(said.as_str()) else { continue };
        let within = new.strip_prefix(before).and_then(|new| new.strip_suffix(after));
        if let Some(within) = within {
            fields[at] = to_html(within, files);
            return Some(());
        }
    }
    None
}
