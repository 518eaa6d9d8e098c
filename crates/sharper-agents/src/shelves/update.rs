//! Bringing a shelf up to date: what changed is read and indexed anew, the rest stays as it stands.

use std::sync::Arc;

use sharper_domain::{NoteId, Problem, UserId};

use super::Shelf;
use super::holdings::Holdings;
use crate::{Agents, problem_of};

/// Text that is read and indexed in one go, in bytes: others get a turn at the desks, and searches at the shelf, between.
const BATCH_BYTES: usize = 512 * 1024;
/// Notes that are read in one go.
const BATCH_NOTES: usize = 200;

impl Agents {
    /// The user's shelf, as the library is now or was a moment ago. Whoever comes while it is brought up to date waits
    /// for that; who breaks off leaves what was indexed by then.
    pub(super) async fn shelf(&self, user: &UserId) -> Result<Arc<Shelf>, Problem> {
        let mark = self.store.library_mark(user.clone()).await.map_err(problem_of)?;
        let shelf = self.shelves.of(user);
        if shelf.read(|holdings| holdings.are_of(mark)) {
            return Ok(shelf);
        }
        let turn = shelf.updating.lock().await;
        if !shelf.read(|holdings| holdings.are_of(mark)) {
            self.bring_up_to_date(user, &shelf).await?;
        }
        drop(turn);
        Ok(shelf)
    }

    async fn bring_up_to_date(&self, user: &UserId, shelf: &Arc<Shelf>) -> Result<(), Problem> {
        let catalogue = self.store.catalogue(user.clone()).await.map_err(problem_of)?;
        let most = self.shelves.settings.user_bytes;
        let model = self.embedding_model();
        let difference = shelf.read(|holdings| holdings.difference(&catalogue, most, model.as_deref()));
        metrics::counter!("study_sharper_notes_indexed_total").increment(difference.changed.len() as u64);
        let (gone, removed) = (difference.gone, Arc::clone(shelf));
        if !gone.is_empty() {
            self.desk(move || removed.write(|holdings| gone.into_iter().for_each(|id| holdings.remove(id))))
                .await?;
        }
        for batch in batches(&difference.changed) {
            let notes = self.store.notes_named(user.clone(), batch).await.map_err(problem_of)?;
            let shelf = Arc::clone(shelf);
            self.desk(move || shelf.write(|holdings| notes.iter().for_each(|note| holdings.put(note))))
                .await?;
        }
        if let Some(model) = model {
            self.read_vectors(user, shelf, model, &difference.embedded).await?;
        }
        let shelf = Arc::clone(shelf);
        let settled = move || {
            shelf.write(|holdings| {
                holdings.settle(catalogue.mark);
                holdings.bytes()
            })
        };
        let bytes = self.desk(settled).await?;
        self.shelves.weigh(user, bytes);
        Ok(())
    }

    async fn read_vectors(
        &self,
        user: &UserId,
        shelf: &Arc<Shelf>,
        model: String,
        notes: &[NoteId],
    ) -> Result<(), Problem> {
        if self.store.finds_nearest() {
            let (notes, shelf) = (notes.to_vec(), Arc::clone(shelf));
            let there =
                move |holdings: &mut Holdings| notes.into_iter().for_each(|id| holdings.embedded_there(id));
            return self.desk(move || shelf.write(there)).await;
        }
        for batch in notes.chunks(BATCH_NOTES) {
            let vectors = self.store.vectors(user.clone(), model.clone(), batch.to_vec());
            let vectors = vectors.await.map_err(problem_of)?;
            let shelf = Arc::clone(shelf);
            let put =
                move |(id, vectors): (&NoteId, &_)| shelf.write(|holdings| holdings.embed(*id, vectors));
            self.desk(move || vectors.iter().for_each(put)).await?;
        }
        Ok(())
    }
}

/// The notes in stretches that are read in one go.
fn batches(notes: &[(NoteId, usize)]) -> Vec<Vec<NoteId>> {
    let mut batches: Vec<Vec<NoteId>> = Vec::new();
    let mut room = 0;
    for &(id, bytes) in notes {
        match batches.last_mut().filter(|batch| bytes <= room && batch.len() < BATCH_NOTES) {
            Some(batch) => batch.push(id),
            None => {
                batches.push(vec![id]);
                room = BATCH_BYTES;
            }
        }
        room = room.saturating_sub(bytes);
    }
    batches
}
