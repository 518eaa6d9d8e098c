//! The tutor's reply: the sentences of the notes that answer a question, and nothing where they do not.
//!
//! - `asked`: the question and its parts, what each wants;
//! - `signs`: what tells a passage that answers from one that only speaks of the same;
//! - `sentences`: the sentences that answer, the best first, so that each can be understood;
//! - `overall`: what is said to "What are my notes about?".

mod asked;
mod overall;
mod sentences;
mod signs;
mod weights;

use sharper_domain::{Passage, Span, Statement};

use crate::read::Document;
use crate::retrieve::{self, Index, Query};
use asked::Asked;
pub use signs::{SIGNS, Signs};

/// A passage that a search has found for a question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    /// Which of the texts, from 0.
    pub text: usize,
    /// The bytes of the passage in it.
    pub span: Span,
    /// The bytes of its sentence that fits best.
    pub sentence: Span,
    /// How well it fits, 0 to 1.
    pub score: f32,
    /// How likely it answers, 0 to 1, as the search sees it.
    pub answerable: f32,
}

impl From<&retrieve::Passage> for Evidence {
    fn from(found: &retrieve::Passage) -> Self {
        Evidence {
            text: found.note,
            span: found.span,
            sentence: found.sentence,
            score: found.score,
            answerable: found.answerable,
        }
    }
}

/// A reply as the offline author drafts it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reply {
    /// Whether the notes hold an answer; where they do not there are no statements.
    pub answerable: bool,
    /// How likely they do, 0 to 1; of several parts of a question, the likeliest.
    pub likelihood: f32,
    /// What is said: the answer to each part, what defines before what details.
    pub statements: Vec<Statement<Passage>>,
    /// What was seen of the best passage of the first part, to fit the weights on.
    pub signs: Signs,
}

/// Likelihood from which a passage is taken to answer. By `tools/fit/reply.py`, where the mean of answering what can be
/// answered and refusing what cannot is best.
const LEAST: f32 = 0.5;
/// Words of a reply to one question beyond which nothing is added.
const WORDS: usize = 52;
/// Passages that are looked for.
const PASSAGES: usize = 6;

/// The reply of the notes to a question. `index` holds the same texts as `docs`, by position.
///
/// ```
/// use sharper_study::{compose::reply, read::Document, retrieve::Index};
///
/// let notes = "Osmosis is the movement of water across a membrane. Diffusion needs no membrane.";
/// let mut index = Index::default();
/// index.add("", notes);
/// let docs = [Document::parse(notes)];
/// let said = reply("What is osmosis?", &docs, &index);
/// assert_eq!(said.statements[0].text, "Osmosis is the movement of water across a membrane.");
/// assert!(!reply("Who was Napoleon?", &docs, &index).answerable);
/// ```
pub fn reply(question: &str, docs: &[Document<'_>], index: &Index) -> Reply {
    reply_by(question, docs, |part| {
        let found = index.search(&Query { limit: PASSAGES, ..Query::new(part) });
        found.passages.iter().map(Evidence::from).collect()
    })
}

/// The reply of the notes to a question, by any search: `search` is called with each part of the question and gives
/// the passages of `docs` for it, best first.
pub fn reply_by(
    question: &str,
    docs: &[Document<'_>],
    mut search: impl FnMut(&str) -> Vec<Evidence>,
) -> Reply {
    if asked::is_about_everything(question) {
        return overall::reply(docs);
    }
    let parts = asked::parts(question);
    let budget = WORDS.max(WORDS * 2 / 3 * parts.len());
    let mut said = Reply::default();
    for (at, part) in parts.iter().enumerate() {
        let evidence: Vec<Evidence> = search(part).into_iter().filter(|one| one.text < docs.len()).collect();
        let Some(best) = evidence.first() else { continue };
        let asked = Asked::read(part, docs[best.text].language);
        let signs = Signs::of(&asked, &docs[best.text], best);
        let likelihood = signs.likelihood();
        if at == 0 {
            said.signs = signs;
        }
        said.likelihood = said.likelihood.max(likelihood);
        if likelihood >= LEAST {
            let found = sentences::answer(&asked, docs, &evidence, budget / parts.len());
            for statement in found {
                if !said.statements.iter().any(|known| known.text == statement.text) {
                    said.statements.push(statement);
                }
            }
        }
    }
    said.answerable = !said.statements.is_empty();
    said
}
