//! The passages of items that their student turned down, with the items, so that others can be written in their places.

use sharper_domain::{Item, MaterialId, NoteId, TaskKind, UserId};
use uuid::Uuid;

use super::{Placed, SHOWN, Spot, id_of, read};
use crate::conn::{Conn, Sql, Value, params};
use crate::{Store, StoreError, flashcards, material};

macro_rules! of_items {
    ($ids:literal) => {
        concat!(
            "SELECT kind, material_id, number, place, item_id, note_id, note_version, span_start, span_end, stale_since \
             FROM passages WHERE user_id = $1 AND note_id = $2 AND item_id IN (",
            $ids,
            ") ORDER BY span_start, span_end, material_id, number, place LIMIT $4"
        )
    };
}
const OF_ITEMS: Sql = Sql::each(
    of_items!("SELECT value FROM json_each($3)"),
    of_items!("SELECT CAST(value AS UUID) FROM json_array_elements_text($3)"),
);

fn rejected(
    conn: &mut Conn<'_>,
    user: &UserId,
    note: NoteId,
    ids: &[Uuid],
) -> Result<Vec<Placed>, StoreError> {
    let list = Value::json(&ids)?;
    let rows = conn.query(OF_ITEMS, params![user, note, list.clone(), SHOWN])?;
    let spots = rows.iter().map(read).collect::<Result<Vec<Spot>, _>>()?;
    if spots.is_empty() {
        return Ok(Vec::new());
    }
    let cards = flashcards::hidden(conn, user, list.clone())?.into_iter().map(Item::Card);
    let mut items: Vec<Item> = cards.collect();
    items.extend(material::hidden_questions(conn, user, list)?.into_iter().map(Item::Question));
    let mut all = Vec::new();
    for spot in spots {
        let Some(item) = items.iter().find(|item| id_of(item) == spot.item_id) else { continue };
        let place = usize::try_from(spot.place).unwrap_or_default();
        let Some(source) = place.checked_sub(1).and_then(|at| item.sources().get(at)) else { continue };
        let title = title(conn, user, spot.kind, spot.material_id)?;
        all.push(Placed { spot, title, source: source.clone(), item: item.clone() });
    }
    Ok(all)
}

fn title(conn: &mut Conn<'_>, user: &UserId, kind: TaskKind, id: MaterialId) -> Result<String, StoreError> {
    Ok(material::by_ids(conn, user, kind, &[id])?.pop().map(|made| made.title).unwrap_or_default())
}

impl Store {
    /// Those of these cards and questions that the user turned down and that stand in this note; at most `SHOWN`.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn rejected_items(
        &self,
        user: UserId,
        note: NoteId,
        ids: Vec<Uuid>,
    ) -> Result<Vec<Placed>, StoreError> {
        self.of(&user).read(move |conn| rejected(conn, &user, note, &ids)).await
    }
}
