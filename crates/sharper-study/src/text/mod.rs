//! Text as the study science sees it: normalised forms, tokens, sentences, stems, languages, canonical keys.

mod canonical;
mod language;
mod normalise;
mod sentences;
mod stems;
mod stopwords;
mod tokens;

pub use canonical::{content, key};
pub use language::{Language, guess};
pub use normalise::{Normalised, normalise};
pub use sentences::sentences;
pub use stems::{stem, stem_of};
pub use stopwords::is_stop_word;
pub use tokens::{Token, TokenKind, Tokens, tokens};
