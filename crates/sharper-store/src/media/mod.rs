//! Media: images and sounds of cards, under the SHA-256 of their bytes.

use sharper_domain::{DeckMedia, Timestamp, UserId};

use crate::conn::{Conn, params};
use crate::{Store, StoreError, fingerprint_of_file};

/// How a card refers to a file that it shows or plays: this, and the SHA-256 of the bytes.
const SCHEME: &str = "media:";

const KEEP: &str = "INSERT INTO media (user_id, hash, name, kind, bytes, created_at) VALUES ($1, $2, $3, $4, $5, $6) \
    ON CONFLICT (user_id, hash) DO NOTHING";
const GET: &str = "SELECT hash, name, kind, bytes FROM media WHERE user_id = $1 AND hash = $2";

/// Keeps a file, unless it is there already. Answers whether it is new.
///
/// # Errors
/// `Conflict` when its bytes have another SHA-256.
pub(crate) fn keep(
    conn: &mut Conn<'_>,
    user: &UserId,
    file: DeckMedia,
    now: Timestamp,
) -> Result<bool, StoreError> {
    if fingerprint_of_file(&file.bytes) != file.hash {
        return Err(StoreError::Conflict("a file of the deck is not what its name says; export it again"));
    }
    Ok(conn.execute(KEEP, params![user, file.hash, file.name, file.kind, file.bytes, now])? > 0)
}

/// A file of the user's, if it is there.
pub(crate) fn get(conn: &mut Conn<'_>, user: &UserId, hash: &str) -> Result<Option<DeckMedia>, StoreError> {
    let Some(row) = conn.query_opt(GET, params![user, hash])? else { return Ok(None) };
    let (hash, name) = (row.get("hash")?, row.get("name")?);
    Ok(Some(DeckMedia { hash, name, kind: row.get("kind")?, bytes: row.get("bytes")? }))
}

/// The files that a text refers to.
pub(crate) fn hashes(text: &str) -> impl Iterator<Item = String> {
    text.split(SCHEME).skip(1).filter_map(|rest| {
        let hash = rest.get(..64)?;
        hash.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| hash.to_ascii_lowercase())
    })
}

impl Store {
    /// A file that the user's cards show or play.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn media(&self, user: UserId, hash: String) -> Result<DeckMedia, StoreError> {
        self.of(&user).read(move |conn| get(conn, &user, &hash)?.ok_or(StoreError::NotFound)).await
    }
}

#[cfg(test)]
mod tests {
    use super::hashes;

    #[test]
    fn a_text_names_the_files_that_it_shows() {
        let hash = "ab".repeat(32);
        let text = format!("![a cell](media:{hash}) and [sound](media:{hash}) but not media:short");
        assert_eq!(hashes(&text).collect::<Vec<_>>(), [hash.clone(), hash]);
    }
}
