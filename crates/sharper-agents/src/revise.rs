//! Edits of notes: what was made from a note is moved with its words, and what does not stand in it any more is stale.

use std::collections::HashMap;

use sharper_domain::outcome::{MakeAgain, StaysStale};
use sharper_domain::{MaterialId, Note, NoteId, Request, Timestamp, UserId};
use sharper_store::StoreError;
use sharper_store::notes::{NoteChange, as_kept};
use sharper_store::passages::{Moved, Placed, Rewriting, Spot};
use sharper_study::revise::Revision;
use uuid::Uuid;

use crate::Agents;
use crate::orchestrator::remake;

/// How often an edit whose caller named no version is worked out anew when somebody else's comes first.
const ATTEMPTS: u32 = 4;
/// Notes that are settled at once when all of a user's stale items are asked for.
const NOTES_SETTLED: u32 = 20;

/// A note that was changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Edited {
    /// The note, as it is now.
    pub note: Note,
    /// How many items made from it are stale.
    pub stale: u32,
}

/// What can be done about the stale items of a note.
#[derive(Debug, Clone, PartialEq)]
pub struct ToRemake {
    /// The request that writes them anew; `None` where there is nothing of which it could.
    pub request: Option<Request>,
    /// How many items it is about.
    pub items: u32,
    /// Those whose passages are gone altogether: they stay.
    pub stays: Vec<StaysStale>,
    /// What can only be made again as a whole.
    pub make_again: Vec<MakeAgain>,
    /// Of the items asked for, those that are no card or question of this note that is stale or was turned down.
    pub unknown: Vec<Uuid>,
}

/// One of the sources of an item.
type Place = (MaterialId, u32, u32);

impl Agents {
    /// Changes a note. A new text moves all that was made from the note, and marks what does not stand in it any more, in
    /// the transaction that keeps it.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` when the note is not at the version that the change was made from, or another note has this
    /// text; `NotesFull`.
    pub async fn edit_note(
        &self,
        user: UserId,
        id: NoteId,
        change: NoteChange,
        now: Timestamp,
    ) -> Result<Edited, StoreError> {
        let mut attempts = 1;
        loop {
            let note = self.store.note(user.clone(), id).await?;
            let version = note.version;
            match self.try_edit(&user, note, &change, now).await {
                Err(StoreError::Conflict(_) | StoreError::Changed { .. })
                    if change.from_version.is_none()
                        && attempts < ATTEMPTS
                        && self.store.note(user.clone(), id).await?.version != version =>
                {
                    attempts += 1;
                }
                answer => return answer,
            }
        }
    }

    async fn try_edit(
        &self,
        user: &UserId,
        note: Note,
        change: &NoteChange,
        now: Timestamp,
    ) -> Result<Edited, StoreError> {
        let (id, from_version) = (note.id, note.version);
        if change.from_version.is_some_and(|version| version != from_version) {
            return Err(StoreError::Changed { version: from_version });
        }
        let text = change.content.as_deref().map(as_kept).filter(|text| *text != note.content);
        let Some(text) = text else {
            let note = self.store.update_note(user.clone(), id, change.clone(), now).await?;
            let stale = self.store.count_stale(user.clone(), id).await?;
            return Ok(Edited { note, stale });
        };
        let spots = self.store.spots_of_note(user.clone(), id).await?;
        let standing = self.standing(user, &note, spots).await?;
        let given = change.anchors.clone();
        let worked_out = move || Rewriting {
            from_version,
            anchors: given.unwrap_or_else(|| Revision::between(&note.content, &text).anchors(&note.anchors)),
            moved: standing.moved_to(&text),
        };
        let worked_out = self.compute(worked_out).await?;
        let (note, stale) =
            self.store.rewrite_note(user.clone(), id, change.clone(), worked_out, now).await?;
        Ok(Edited { note, stale })
    }

    /// Moves what was made from older versions of a note, by a job that began before an edit and ended after it, to the
    /// newest.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn settle(&self, user: &UserId, id: NoteId, now: Timestamp) -> Result<(), StoreError> {
        let note = self.store.note(user.clone(), id).await?;
        let mut spots = self.store.spots_of_note(user.clone(), id).await?;
        spots.retain(|spot| spot.note_version != note.version);
        if spots.is_empty() {
            return Ok(());
        }
        let standing = self.standing(user, &note, spots).await?;
        let version = note.version;
        let moved = self.compute(move || standing.moved_to(&note.content)).await?;
        self.store.move_passages(user.clone(), id, moved, version, now).await
    }

    /// What was made from a note, passage by passage in the order of its text; at most `passages::SHOWN`.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn items_of_note(
        &self,
        user: &UserId,
        id: NoteId,
        now: Timestamp,
    ) -> Result<Vec<Placed>, StoreError> {
        self.settle(user, id, now).await?;
        self.store.passages_of_note(user.clone(), id).await
    }

    /// The items whose passages changed: of one note, or of all.
    ///
    /// # Errors
    /// `NotFound` when the note is not the user's.
    pub async fn stale_items(
        &self,
        user: &UserId,
        note: Option<NoteId>,
        now: Timestamp,
    ) -> Result<Vec<Placed>, StoreError> {
        match note {
            Some(note) => self.settle(user, note, now).await?,
            None => self.settle_all(user, now).await?,
        }
        self.store.stale_items(user.clone(), note).await
    }

    /// What can be written anew of a note: its stale items, and those of `named` that the user turned down.
    ///
    /// # Errors
    /// `NotFound` when the note is not the user's.
    pub(crate) async fn to_write_anew(
        &self,
        user: &UserId,
        note: NoteId,
        named: &[Uuid],
        now: Timestamp,
    ) -> Result<Vec<Placed>, StoreError> {
        let mut all = self.stale_items(user, Some(note), now).await?;
        if !named.is_empty() {
            all.extend(self.store.rejected_items(user.clone(), note, named.to_vec()).await?);
        }
        Ok(all)
    }

    /// What can be done about the stale items of a note, or about some of them; or about items that were turned down.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn to_remake(
        &self,
        user: &UserId,
        id: NoteId,
        items: Vec<Uuid>,
        now: Timestamp,
    ) -> Result<ToRemake, StoreError> {
        let all = self.to_write_anew(user, id, &items, now).await?;
        let is_known =
            |id: &Uuid| all.iter().any(|one| one.is_remade_alone() && one.spot.item_id == Some(*id));
        let unknown = items.iter().filter(|id| !is_known(id)).copied().collect();
        Ok(ToRemake { unknown, ..remake::Stale::of(all, &items).to_remake(id, items) })
    }

    /// Moves what was made from older versions of any of a user's notes, a few notes at a time.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn settle_all(&self, user: &UserId, now: Timestamp) -> Result<(), StoreError> {
        for id in self.store.notes_behind(user.clone(), NOTES_SETTLED).await? {
            self.settle(user, id, now).await?;
        }
        Ok(())
    }

    /// What is needed to move these passages of a note.
    async fn standing(&self, user: &UserId, note: &Note, spots: Vec<Spot>) -> Result<Standing, StoreError> {
        let mut texts = HashMap::from([(note.version, Some(note.content.clone()))]);
        let mut versions: Vec<i32> = spots.iter().map(|spot| spot.note_version).collect();
        versions.sort_unstable();
        versions.dedup();
        versions.retain(|version| *version != note.version);
        for version in versions {
            texts.insert(version, self.store.text_at(user.clone(), note.id, version).await?);
        }
        let lost = |spot: &Spot| spot.stale_since.is_some() || texts[&spot.note_version].is_none();
        let quotes = if spots.iter().any(lost) {
            let all = self.store.passages_of_note(user.clone(), note.id).await?;
            all.into_iter().map(|one| (place_of(&one.spot), one.source.quote)).collect()
        } else {
            HashMap::new()
        };
        Ok(Standing { spots, texts, quotes })
    }

    async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, StoreError> {
        self.desk(work).await.map_err(|problem| StoreError::internal(problem.detail))
    }
}

fn place_of(spot: &Spot) -> Place {
    (spot.material_id, spot.number, spot.place)
}

/// Passages, the texts that their spans count in, and the words of those that did not stand there.
struct Standing {
    spots: Vec<Spot>,
    /// By version; `None` where the version is not kept any more.
    texts: HashMap<i32, Option<String>>,
    quotes: HashMap<Place, String>,
}

impl Standing {
    /// Where they stand in a text.
    fn moved_to(&self, text: &str) -> Vec<Moved> {
        let mut revisions = HashMap::new();
        for (version, old) in &self.texts {
            // Nothing was kept of a text that is not known.
            let old = old.as_deref().unwrap_or_default();
            revisions.insert(*version, Revision::between(old, text));
        }
        self.spots.iter().map(|spot| self.moved(spot, &revisions[&spot.note_version])).collect()
    }

    fn moved(&self, spot: &Spot, revision: &Revision<'_>) -> Moved {
        let quote = self.quotes.get(&place_of(spot));
        let found = match (spot.stale_since, quote) {
            // What was stale stands again where its words do: an edit was taken back.
            (Some(_), quote) => quote.and_then(|quote| revision.find(quote, spot.span)),
            (None, Some(quote)) if self.texts[&spot.note_version].is_none() => {
                revision.find(quote, spot.span)
            }
            (None, _) => revision.place(spot.span),
        };
        Moved {
            material_id: spot.material_id,
            number: spot.number,
            place: spot.place,
            from_version: spot.note_version,
            span: found.unwrap_or_else(|| revision.around(spot.span)),
            stale: found.is_none(),
        }
    }
}
