//! Retrieval without a model: which passages of a student's notes a question is about, and whether they answer it.
//!
//! [`Index`] holds notes by their position and can add, replace or remove one without touching the rest;
//! [`Index::search`] ranks their passages. How it works: `docs/decisions/0006-retrieval-without-a-model.md`.
//!
//! ```
//! use sharper_study::retrieve::{Index, Query};
//!
//! let mut index = Index::default();
//! let cells = index.add("Cells", "# Transport\n\nOsmosis is the movement of water across a membrane.");
//! let found = index.search(&Query::new("How does water move through membranes?"));
//! assert_eq!(found.passages[0].note, cells);
//! assert_eq!(found.passages[0].path, ["Transport"]);
//! assert!(index.search(&Query::new("Who was Napoleon?")).passages.is_empty());
//! ```

mod chunks;
mod diversity;
mod forward;
mod fusion;
mod index;
mod likeness;
mod near;
mod postings;
mod question;
mod rank;
mod search;
mod terms;
mod vocabulary;
mod weights;

pub use fusion::{Cut, Near, Nearness, passages};
pub use index::Index;
pub use rank::Measures;
pub use search::{Candidates, Found, Passage, Query};
