//! The summary: what the notes say that matters most, in their own sentences.
//!
//! - `standing`: which sentences stand alone, and what may be cut out of them;
//! - `ties`: the words that tie a sentence to its neighbours;
//! - `concepts`: the stems and pairs of stems that the notes are about, described;
//! - `choose`: the sentences that together say most of them (weights fitted to experts' summaries);
//! - `arrange`: points, what supports them, their order;
//! - `glossary`: the terms that the notes define.

mod arrange;
mod choose;
mod concepts;
mod glossary;
pub(super) mod standing;
mod ties;
mod weights;

use sharper_domain::{Passage, Summary, SummaryContent, SummaryLength, SummaryOptions};

use self::choose::Worth;
use self::concepts::Statement;
use crate::read::Document;
use crate::text::content;

pub use concepts::Concepts;

/// Words of a summary of each length.
fn words(length: SummaryLength) -> usize {
    match length {
        SummaryLength::Short => 120,
        SummaryLength::Medium => 260,
        SummaryLength::Long => 400,
    }
}

/// Terms of a summary of each length.
fn terms(length: SummaryLength) -> usize {
    match length {
        SummaryLength::Short => 5,
        SummaryLength::Medium => 8,
        SummaryLength::Long => 12,
    }
}

/// The largest share of the notes that a summary of them may be, in percent of their words.
const SHARE: usize = 40;

/// A summary of the notes: sentences of theirs, each with its passage, and nothing else. Short notes give a short
/// summary; notes that say nothing (on the focus areas) give none.
pub fn summary(docs: &[Document<'_>], options: &SummaryOptions) -> SummaryContent<Passage> {
    let concepts = Concepts::read(docs);
    let focus = Focus::of(docs, &concepts, &options.focus_areas);
    let named: Vec<u32> = focus.areas.iter().flatten().copied().collect();
    let worth = Worth::of(&concepts, &named);
    let all: usize = docs.iter().flat_map(|document| &document.sentences).map(|s| s.words.len()).sum();
    let budget = words(options.length).min(all * SHARE / 100);
    let allowed = |at: usize| focus.wants(docs, &concepts, &concepts.statements[at]);
    let chosen = choose::choose(&concepts, &worth, budget, allowed);
    let about = |term: &str, meaning: &str| focus.wants_text(docs, &concepts, &format!("{term} {meaning}"));
    SummaryContent::of(Summary {
        title: title(docs),
        main_points: arrange::arrange(docs, &concepts, &worth, &chosen, options.style),
        key_terms: glossary::terms(docs, &concepts, &worth.stems, terms(options.length), about),
    })
}

/// The first heading of each text, up to three.
fn title(docs: &[Document<'_>]) -> String {
    let mut titles: Vec<&str> = Vec::new();
    for document in docs {
        let first =
            document.sections.iter().map(|section| section.title.as_str()).find(|title| !title.is_empty());
        titles.extend(first.filter(|title| !titles.contains(title)));
    }
    titles.truncate(3);
    titles.join(" · ")
}

/// What the summary is to be about.
#[derive(Debug, Default)]
struct Focus {
    /// Whether anything was named.
    any: bool,
    /// The stems of each area that the notes have in full.
    areas: Vec<Vec<u32>>,
}

impl Focus {
    fn of(docs: &[Document<'_>], concepts: &Concepts, areas: &[String]) -> Self {
        let language = docs.first().map(|document| document.language).unwrap_or_default();
        let named = areas.iter().map(|area| content(area, language)).filter(|stems| !stems.is_empty());
        let mut focus = Self::default();
        for stems in named {
            focus.any = true;
            focus.areas.extend(stems.iter().map(|stem| concepts.stem_of(stem)).collect::<Option<Vec<u32>>>());
        }
        focus
    }

    /// Whether a sentence, with the heading it stands under, is about one of the areas.
    fn wants(&self, docs: &[Document<'_>], concepts: &Concepts, statement: &Statement) -> bool {
        if !self.any {
            return true;
        }
        let document = &docs[statement.text];
        let heading: Vec<u32> = content(&document.sections[statement.section].title, document.language)
            .iter()
            .filter_map(|stem| concepts.stem_of(stem))
            .collect();
        self.areas
            .iter()
            .any(|area| area.iter().all(|id| statement.stems.contains(id) || heading.contains(id)))
    }

    fn wants_text(&self, docs: &[Document<'_>], concepts: &Concepts, text: &str) -> bool {
        let language = docs.first().map(|document| document.language).unwrap_or_default();
        let stems = || content(text, language);
        !self.any || {
            let has: Vec<u32> = stems().iter().filter_map(|stem| concepts.stem_of(stem)).collect();
            self.areas.iter().any(|area| area.iter().all(|id| has.contains(id)))
        }
    }
}
