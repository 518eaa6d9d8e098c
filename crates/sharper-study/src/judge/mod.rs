//! The judge: item by item, is it well formed, borne out by the notes, new, and safe?
//!
//! [`Source`] indexes the notes once; [`ItemJudge`] checks one draft after another against them, whatever the task, and
//! remembers what was accepted. A verdict lists what is wrong in the order of the checks: structure, grounding, duplicates, safety,
//! scores. What was not computed scores 0 and is never a credit.

pub mod grounding;
pub mod quality;
pub mod safety;

mod card;
mod cited;
mod duplicates;
mod exam;
mod item;
mod options;
mod prose;
mod question;
mod reference;
mod source;
mod statement;
mod structure;
mod words;

pub use card::CardJudge;
pub use item::ItemJudge;
pub use options::options;
pub use source::Source;
pub use structure::{ANSWER_WORDS, EXPLANATION_WORDS, QUESTION_WORDS};
