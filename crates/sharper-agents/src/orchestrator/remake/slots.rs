//! The places of stale items: where in the note they stand, and what takes them.

use sharper_domain::{Event, Item, Span, Stage};
use sharper_store::passages::Placed;
use sharper_study::text::sentences;

use crate::tasks::desk::Region;

/// The sentences that changed, each with how many items stood on it.
pub(super) fn regions(group: &[Placed], text: &str) -> Vec<Region> {
    let mut spans: Vec<Span> = group.iter().map(|one| around(one.spot.span, text, 0)).collect();
    spans.sort_unstable();
    let mut regions: Vec<Region> = Vec::new();
    for span in spans {
        match regions.last_mut() {
            Some(last) if last.touches(span) => {
                last.span.end = last.span.end.max(span.end);
                last.wanted += 1;
            }
            _ => regions.push(Region { span, wanted: 1 }),
        }
    }
    regions
}

/// The whole sentences that a span touches, and so many more before and after.
pub(super) fn around(span: Span, text: &str, more: usize) -> Span {
    let all = sentences(text);
    let first = all.partition_point(|sentence| sentence.end <= span.start);
    let end = all.partition_point(|sentence| sentence.start < span.end);
    if first >= end {
        return span;
    }
    let last = (end - 1 + more).min(all.len() - 1);
    Span { start: all[first.saturating_sub(more)].start.min(span.start), end: all[last].end.max(span.end) }
}

/// The places that are to be filled, and by what.
pub(super) struct Slots {
    /// What was there, the region that it stands on, and the number of what takes its place.
    all: Vec<(Item, Region, Option<u32>)>,
}

impl Slots {
    pub(super) fn new(group: &[Placed], regions: &[Region]) -> Self {
        let region = |one: &Placed| {
            let own = regions.iter().find(|region| region.touches(one.spot.span)).copied();
            own.unwrap_or(Region { span: one.spot.span, wanted: 1 })
        };
        Self { all: group.iter().map(|one| (one.item.clone(), region(one), None)).collect() }
    }

    /// The item under the id, and in the place, of the one that it replaces; `None` where there is no place for it.
    pub(super) fn placed(&mut self, number: u32, item: Item) -> Option<Item> {
        let source = item.sources().first()?;
        let span = Span { start: source.start, end: source.end };
        let own = self.all.iter().position(|(_, _, taken)| *taken == Some(number));
        let free = || self.all.iter().position(|(_, region, taken)| taken.is_none() && region.touches(span));
        let at = own.or_else(free)?;
        let slot = self.all.get_mut(at)?;
        slot.2 = Some(number);
        Some(match (item, &slot.0) {
            (Item::Card(mut new), Item::Card(old)) => {
                (new.id, new.set_id, new.position, new.created_at) =
                    (old.id, old.set_id, old.position, old.created_at);
                Item::Card(new)
            }
            (Item::Question(mut new), Item::Question(old)) => {
                new.id = old.id;
                new.section.clone_from(&old.section);
                Item::Question(new)
            }
            _ => return None,
        })
    }

    /// An event of the author's as the stream tells it; its steps are the job's own to tell.
    pub(super) fn translated(&mut self, event: Event) -> Option<Event> {
        Some(match event {
            Event::Item { number, requested, material, author, item } => {
                let item = Box::new(self.placed(number, *item)?);
                Event::Item { number, requested, material, author, item }
            }
            Event::Withdrawn { number, fault } => {
                for slot in self.all.iter_mut().filter(|slot| slot.2 == Some(number)) {
                    slot.2 = None;
                }
                Event::Withdrawn { number, fault }
            }
            Event::Progress { stage: Stage::Safety, .. } => return None,
            other => other,
        })
    }
}
