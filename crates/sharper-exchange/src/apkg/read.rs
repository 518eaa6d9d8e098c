//! A stranger's deck becomes decks of ours: one for each of Anki's decks that has cards.

use std::collections::{BTreeMap, HashMap};

use sharper_domain::{CardStyle, Deck, DeckCard, FileFault, Timestamp};

use super::collection::{Collection, RawCard, RawNote, collect, database};
use super::media::Media;
use super::notetype::Notetype;
use super::template::{Making, Side, gapped, render};
use super::{ForeignDeck, ForeignNote, MARK, cloze, schedule};
use crate::archive::{Archive, MOST_OF_ANY};
use crate::markup::{Files, from_html};

/// What reading a deck may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes that the archive may unpack to, files and all.
    pub unpacked: u64,
    /// Most notes, and most cards.
    pub cards: usize,
    /// Most bytes of text on all cards together.
    pub text: usize,
}

/// The notes of a deck as they are kept, for whoever wants only their words.
///
/// # Errors
/// Those of `read`.
pub fn notes(bytes: &[u8], limits: &Limits) -> Result<Collection, FileFault> {
    let mut archive = Archive::open(bytes, limits.unpacked, MOST_OF_ANY)?;
    let (bytes, _) = database(&mut archive)?;
    collect(bytes, limits.cards, false)
}

/// The decks in an `.apkg` of any of its three forms. Hostile input: call it only where it may die.
///
/// # Errors
/// The verdict on a file that cannot be read: `Damaged`, `Encrypted`, `TooMuch`, `NoText` where there are no cards.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Deck>, FileFault> {
    let mut archive = Archive::open(bytes, limits.unpacked, MOST_OF_ANY)?;
    let (bytes, is_new) = database(&mut archive)?;
    let collection = collect(bytes, limits.cards, true)?;
    let media = Media::read(&mut archive, is_new)?;
    Reading { collection: &collection, media: &media, text: limits.text }.decks()
}

struct Reading<'a> {
    collection: &'a Collection,
    media: &'a Media,
    text: usize,
}

impl Reading<'_> {
    fn decks(&self) -> Result<Vec<Deck>, FileFault> {
        let notes: HashMap<i64, &RawNote> =
            self.collection.notes.iter().map(|note| (note.id, note)).collect();
        let mut cards: Vec<&RawCard> = self.collection.cards.iter().collect();
        cards.sort_by_key(|card| (card.note, card.ordinal, card.id));
        let mut decks: BTreeMap<i64, Deck> = BTreeMap::new();
        let (mut left, mut without) = (self.text, 0_usize);
        let mut of_note: (i64, Vec<DeckCard>, i64) = (0, Vec::new(), 0);
        for raw in cards {
            let Some((note, notetype)) = notes
                .get(&raw.note)
                .and_then(|note| Some((*note, self.collection.notetypes.get(&note.notetype)?)))
            else {
                without += 1;
                continue;
            };
            if of_note.0 != raw.note {
                of_note = (raw.note, Vec::new(), raw.deck);
            }
            let Some(card) = self.card(raw, note, notetype, of_note.1.first()) else {
                without += 1;
                continue;
            };
            let text = card.question.len()
                + card.answer.len()
                + card.foreign.as_ref().map_or(0, |_| note.fields.iter().map(String::len).sum());
            left = left.checked_sub(text).ok_or(FileFault::TooMuch)?;
            of_note.1.push(card.clone());
            decks.entry(raw.deck).or_insert_with(|| self.deck(raw.deck)).cards.push(card);
        }
        self.finish(decks, without)
    }

    fn finish(&self, decks: BTreeMap<i64, Deck>, without: usize) -> Result<Vec<Deck>, FileFault> {
        let mut out: Vec<Deck> = decks.into_values().collect();
        out.sort_by(|left, right| left.title.cmp(&right.title));
        for deck in &mut out {
            let mut used: Vec<i64> = deck
                .cards
                .iter()
                .filter_map(|card| card.foreign.as_ref().and_then(|foreign| foreign["notetype"].as_i64()))
                .collect();
            used.sort_unstable();
            used.dedup();
            let notetypes: Vec<Notetype> =
                used.iter().filter_map(|id| self.collection.notetypes.get(id).cloned()).collect();
            if !notetypes.is_empty() {
                deck.foreign = serde_json::to_value(ForeignDeck { notetypes }).ok();
            }
            deck.media = self.media.of(&deck.cards);
        }
        let first = out.first_mut().ok_or(FileFault::NoText)?;
        if self.collection.cut {
            first.warnings.push("The deck has more cards than are read; the rest was left out.".to_owned());
        }
        if without > 0 {
            first.warnings.push(format!("{without} cards have no words on their front and were left out."));
        }
        first.warnings.extend(self.media.warning());
        Ok(out)
    }

    fn deck(&self, id: i64) -> Deck {
        let (title, said) = self.collection.decks.get(&id).cloned().unwrap_or_default();
        let title = if title.trim().is_empty() { "Anki".to_owned() } else { title };
        let ours =
            said.split_once(MARK).and_then(|(_, guid)| guid.split_whitespace().next().map(str::to_owned));
        let deck = crate::deck(&title, Vec::new());
        Deck { guid: ours.unwrap_or_else(|| deck.guid.clone()), ..deck }
    }

    /// A card; `None` where it has no front. `before`: the first card of its note.
    fn card(
        &self,
        raw: &RawCard,
        note: &RawNote,
        notetype: &Notetype,
        before: Option<&DeckCard>,
    ) -> Option<DeckCard> {
        let ours = notetype.our_style();
        let sides = match ours {
            Some(style) => our_sides(style, note, raw.ordinal, self.media)?,
            None => sides(notetype, &note.fields, &note.tags, raw.ordinal, self.media)?,
        };
        let is_back = |first: &DeckCard| first.question == sides.answer && first.answer == sides.question;
        let style = match ours {
            Some(CardStyle::Reversed) if raw.ordinal == 0 => CardStyle::Basic,
            Some(style) => style,
            None if notetype.cloze => CardStyle::Cloze,
            None if before.is_some_and(is_back) => CardStyle::Reversed,
            None => CardStyle::Basic,
        };
        let foreign = ours.is_none().then(|| {
            let media = self.media.named_in(&note.fields);
            let (guid, fields) = (note.guid.clone(), note.fields.clone());
            serde_json::to_value(ForeignNote {
                guid,
                notetype: note.notetype,
                fields,
                tags: note.tags.clone(),
                media,
            })
            .ok()
        });
        let reviews = schedule::reviews(self.collection.log.get(&raw.id).cloned().unwrap_or_default());
        Some(DeckCard {
            guid: note.guid.clone(),
            ordinal: raw.ordinal,
            style,
            question: sides.question,
            answer: sides.answer,
            explanation: sides.explanation,
            cloze: sides.cloze,
            tags: note.tags.split_whitespace().map(str::to_owned).collect(),
            flag: raw.flag,
            suspended: raw.schedule.queue == -1,
            memory: schedule::memory(&raw.schedule, self.collection.beginning, &reviews),
            reviews,
            edited_at: Timestamp::from_second(note.modified).ok(),
            foreign: foreign.flatten(),
        })
    }
}

/// What stands on a card, as Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sides {
    pub(super) question: String,
    pub(super) answer: String,
    pub(super) explanation: Option<String>,
    pub(super) cloze: Option<String>,
}

/// A card of one of our own types: its fields are its sides.
fn our_sides(style: CardStyle, note: &RawNote, ordinal: u32, files: &dyn Files) -> Option<Sides> {
    let field = |at: usize| note.fields.get(at).map(|field| from_html(field, files)).unwrap_or_default();
    let (question, answer, extra, cloze) = match style {
        CardStyle::Cloze => {
            let text = field(0);
            let (question, answer) = cloze::sides(&text, ordinal + 1)?;
            (question, answer, field(1), Some(text))
        }
        CardStyle::Reversed if ordinal == 1 => (field(1), field(0), field(2), None),
        _ => (field(0), field(1), field(2), None),
    };
    let explanation = Some(extra).filter(|extra| !extra.is_empty());
    (!question.is_empty()).then_some(Sides { question, answer, explanation, cloze })
}

/// A card of another type, as its templates make it; `None` where its front is empty.
pub(super) fn sides(
    notetype: &Notetype,
    fields: &[String],
    tags: &str,
    ordinal: u32,
    files: &dyn Files,
) -> Option<Sides> {
    let side = |side| from_html(&render(&Making { notetype, fields, tags, ordinal, side }), files);
    let question = Some(side(Side::Front)).filter(|question| !question.is_empty())?;
    if !notetype.cloze {
        return Some(Sides { question, answer: side(Side::Back), explanation: None, cloze: None });
    }
    let has_gap = |text: &&String| cloze::numbers(text).contains(&(ordinal + 1));
    let at = |name: &&str| notetype.fields.iter().position(|field| field == name);
    let names = gapped(notetype);
    let text = names.iter().filter_map(|name| fields.get(at(name)?)).find(has_gap)?;
    let answer = from_html(&cloze::sides(text, ordinal + 1)?.1, files);
    let explanation = Some(side(Side::Remarks)).filter(|remarks| !remarks.is_empty());
    Some(Sides { question, answer, explanation, cloze: Some(from_html(text, files)) })
}
