//! Postings: in which chunks a term stands, how often, and whether in a title or a heading.

/// Where one term stands. Chunks ascend; those of removed notes stay until the index is packed.
#[derive(Debug, Clone, Default)]
pub(super) struct Postings {
    chunks: Vec<u32>,
    /// How often in the text (6 bits, no more than 63), and bits for title and heading.
    uses: Vec<u8>,
    /// In how many chunks of notes that are still there.
    pub(super) live: u32,
}

/// How a term is used in a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Uses(u8);

const TITLE: u8 = 1 << 6;
const HEADING: u8 = 1 << 7;

impl Uses {
    /// Once more in the text.
    pub(super) fn in_text(self) -> Self {
        if self.0 & 63 == 63 { self } else { Uses(self.0 + 1) }
    }

    /// In the title of the note.
    pub(super) fn in_title(self) -> Self {
        Uses(self.0 | TITLE)
    }

    /// In a heading above the chunk.
    pub(super) fn in_heading(self) -> Self {
        Uses(self.0 | HEADING)
    }

    /// How often in the text, no more than 63.
    pub(super) fn count(self) -> u8 {
        self.0 & 63
    }

    /// Whether in the title.
    pub(super) fn is_in_title(self) -> bool {
        self.0 & TITLE != 0
    }

    /// Whether in a heading.
    pub(super) fn is_in_heading(self) -> bool {
        self.0 & HEADING != 0
    }
}

impl Postings {
    /// Notes the uses in a chunk that comes after all chunks before.
    pub(super) fn push(&mut self, chunk: u32, uses: Uses) {
        self.chunks.push(chunk);
        self.uses.push(uses.0);
        self.live += 1;
    }

    /// Chunks and uses, chunks ascending, those of removed notes among them.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, Uses)> + '_ {
        self.chunks.iter().zip(&self.uses).map(|(&chunk, &uses)| (chunk, Uses(uses)))
    }

    /// Bytes in use.
    pub(super) fn bytes(&self) -> usize {
        self.chunks.capacity() * 4 + self.uses.capacity()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uses_count_to_sixty_three_and_keep_their_fields() {
        let mut uses = Uses::default().in_title();
        for _ in 0..100 {
            uses = uses.in_text();
        }
        assert_eq!(uses.count(), 63);
        assert!(uses.is_in_title() && !uses.is_in_heading());
        assert!(uses.in_heading().is_in_heading());
    }
}
