//! Grounding: is the quote in the notes, and do the notes bear out what is said?

mod agreement;
mod alignment;
mod clauses;
mod conflicts;
mod coverage;
mod features;
mod locate;
mod overlay;
mod polarity;
mod quantities;
mod support;
mod weights;

pub use agreement::Issue;
pub use locate::locate;
pub use support::{Support, measures, support};

pub(super) use agreement::{Part, Passage, names, numbers};
pub(super) use alignment::{Alignment, alike, flips, is_figure, replaced, turned};
pub(super) use clauses::{begins_clause, denial, turn};
pub(super) use locate::{locate_in, locate_undressed};
pub(crate) use polarity::{direction, opposites};
