//! Key terms: how often each noun phrase is used, and where.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHasher};

use crate::grammar::{Line, core_of, noun_phrase, noun_phrases};

/// What identifies a term within its document: its stems, hashed.
pub(crate) type TermKey = u64;

/// What is known of a term.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct TermUse {
    /// In how many noun phrases it is the whole, or the end.
    pub(crate) count: u32,
    /// In how many it is the whole.
    pub(crate) whole: u32,
    /// The first sentence that has it.
    pub(crate) first: u32,
}

/// The terms of a document.
#[derive(Debug, Default)]
pub(crate) struct TermTable {
    uses: FxHashMap<TermKey, TermUse>,
    /// How many distinct longer terms end in a stem.
    families: FxHashMap<u32, u32>,
}

/// Longest term that is counted, in words.
const LONGEST: usize = 5;

impl TermTable {
    /// Counts the noun phrases of a line, and every shorter phrase with the same head.
    pub(crate) fn read(&mut self, line: &Line<'_>) {
        for phrase in noun_phrases(line) {
            let core = core_of(line, phrase);
            if line.is(core.end, &["of"])
                && let Some(second) = noun_phrase(line, core.end + 1)
            {
                let entry = self.uses.entry(term_key(line, core.start..second.end)).or_default();
                if entry.count == 0 {
                    entry.first = line.sentence as u32;
                }
                entry.count += 1;
                entry.whole += 1;
            }
            for start in core.start.max(core.end.saturating_sub(LONGEST))..core.end {
                let entry = self.uses.entry(term_key(line, start..core.end)).or_default();
                if entry.count == 0 {
                    entry.first = line.sentence as u32;
                    if core.end - start >= 2 {
                        *self.families.entry(line.form(core.end - 1).stem).or_default() += 1;
                    }
                }
                entry.count += 1;
                entry.whole += u32::from(start == core.start);
            }
        }
    }

    /// How many distinct terms of several words end in this stem.
    pub(crate) fn family(&self, stem: u32) -> u32 {
        self.families.get(&stem).copied().unwrap_or(0)
    }

    /// What is known of a term; nothing if it is no noun phrase of the document.
    pub(crate) fn get(&self, key: TermKey) -> TermUse {
        self.uses.get(&key).copied().unwrap_or_default()
    }
}

/// The key of a stretch of words: marks and determiners do not count.
pub(crate) fn term_key(line: &Line<'_>, range: Range<usize>) -> TermKey {
    let mut hasher = FxHasher::default();
    for i in range {
        let form = line.form(i);
        if form.lower.starts_with(char::is_alphanumeric) && !matches!(&*form.lower, "a" | "an" | "the") {
            form.stem.hash(&mut hasher);
        }
    }
    hasher.finish()
}
