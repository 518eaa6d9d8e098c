//! What is cited: the quotes that a text stands on, their neighbourhood, and whether they bear it out.

use sharper_domain::{Fault, Passage as Place};

use super::grounding::{self, Alignment, Part, Passage, alike, flips, is_figure, replaced, support, turned};
use super::source::Source;
use super::structure::is_blank;
use super::words::{Role, Word};
use crate::text::sentences;

/// How many sentences on either side of a quote belong to what it says.
const REACH: usize = 1;
/// Least share of a sentence's content words that must stand around the quotes.
const COVER: f64 = 0.6;
/// So many content words in a row that the notes' passage does not have are a claim of its own.
const CLAIM: usize = 3;
/// The same of words that the notes have nowhere.
const FOREIGN_CLAIM: usize = 4;
/// Share of a sentence's words, in order, from which on it is the quote itself and needs no weighing.
const VERBATIM: f64 = 0.95;
/// Share of the words that agree, from which on a swap of single words is told from another wording.
const CLOSE: f64 = 0.6;
/// The same for names: one of three words outweighs a short sentence.
const RENAMED: f64 = 0.4;

/// The quotes of an item.
pub(super) struct Cited<'s> {
    source: &'s Source,
    quotes: Vec<Quote<'s>>,
}

/// One quote.
struct Quote<'s> {
    /// The words of the sentences that it touches.
    words: Vec<Word>,
    /// Those sentences and their neighbours.
    near: Passage<'s>,
}

/// What was found of a text.
pub(super) struct Ground {
    /// From 0 to 1.
    pub(super) accuracy: f64,
    /// What is not borne out.
    pub(super) faults: Vec<Fault>,
}

impl<'s> Cited<'s> {
    /// The quotes at these places; `None` when there is none, or one of them is no text of the notes.
    pub(super) fn of(source: &'s Source, places: &[Place]) -> Option<Cited<'s>> {
        let quote = |place: &Place| {
            let said = source.text(place.text).and_then(|text| place.span.of(text))?;
            if said.is_empty() {
                return None;
            }
            let sentences = source.around(place.text, place.span, 0);
            let words = source.read(source.said(sentences));
            Some(Quote { words, near: Passage::of(source, source.around(place.text, place.span, REACH)) })
        };
        let quotes: Vec<Quote<'s>> = places.iter().map(quote).collect::<Option<_>>()?;
        // A part of a sentence out of which an aside was left may be its full stop, but some part says something.
        let says = |place: &Place| {
            source.text(place.text).and_then(|text| place.span.of(text)).is_some_and(|said| !is_blank(said))
        };
        places.iter().any(says).then_some(Cited { source, quotes })
    }

    /// Whether a word stands in a quoted sentence.
    pub(super) fn quotes(&self, word: &Word) -> bool {
        self.quotes.iter().any(|quote| quote.words.iter().any(|other| alike(word, other)))
    }

    /// Whether a quote itself has all these words twice.
    pub(super) fn repeats(&self, words: &[&Word]) -> bool {
        let twice = |quote: &Quote<'_>, word: &Word| {
            quote.words.iter().filter(|other| alike(word, other)).count() > 1
        };
        self.quotes.iter().any(|quote| words.iter().all(|word| twice(quote, word)))
    }

    /// Whether a word stands in a quoted sentence or beside one.
    fn holds(&self, word: &Word) -> bool {
        self.quotes(word) || self.quotes.iter().any(|quote| quote.near.holds(word))
    }

    /// Whether the quotes bear out what a text says, sentence by sentence.
    pub(super) fn bears_out(&self, text: &str) -> Ground {
        let mut ground = Ground { accuracy: 1.0, faults: Vec::new() };
        for span in sentences(text) {
            let sentence = span.of(text).unwrap_or("");
            if is_blank(sentence) {
                continue;
            }
            let found = self.sentence(sentence);
            ground.accuracy = ground.accuracy.min(found.accuracy);
            ground.faults.extend(found.faults);
        }
        ground
    }

    fn sentence(&self, text: &str) -> Ground {
        let read = self.source.read(text);
        let words: Vec<&Word> = read.iter().collect();
        let mut best: Option<(Vec<Fault>, f64, f64)> = None;
        for quote in &self.quotes {
            let other: Vec<&Word> = quote.words.iter().collect();
            let alignment = Alignment::of(&words, &other);
            let mut faults = against(text, &read, &quote.near);
            if alignment.cover() >= CLOSE {
                faults.extend(replaced(&alignment));
                faults.extend(flips(&words, &other).then_some(Fault::NegationDiffers));
                let close = alignment.cover() >= VERBATIM && turned(&words, &other);
                faults.extend(close.then_some(Fault::NegationDiffers));
            }
            let renamed = alignment.cover() >= RENAMED && other_name(&words, &words, &other);
            faults.extend(renamed.then_some(Fault::NameDiffers));
            let better = best.as_ref().is_none_or(|(least, most, _)| {
                alignment.cover() > *most || alignment.cover() == *most && faults.len() < least.len()
            });
            if better {
                best = Some((faults, alignment.cover(), alignment.in_order()));
            }
        }
        let (mut faults, _, in_order) = best.unwrap_or_default();
        faults.extend(self.joins_names(&read, text).then_some(Fault::NameDiffers));
        let content: Vec<&Word> = read.iter().filter(|word| word.role == Role::Content).collect();
        let (held, claims) = self.covered(&content);
        if held < COVER || claims || in_order < VERBATIM && !support(text, self.source).supported {
            faults.push(Fault::Unsupported);
        }
        let accuracy = if faults.is_empty() { 0.5 + 0.5 * held } else { 0.3f64.min(held) };
        Ground { accuracy, faults }
    }

    /// The share of the words that stand around the quotes, and whether several in a row do not.
    pub(super) fn covered(&self, content: &[&Word]) -> (f64, bool) {
        let held: Vec<bool> = content.iter().map(|word| self.holds(word)).collect();
        let share = held.iter().filter(|held| **held).count() as f64 / held.len().max(1) as f64;
        let claims = held.chunk_by(|a, b| a == b).any(|run| !run[0] && run.len() >= CLAIM);
        (if held.is_empty() { 1.0 } else { share }, claims)
    }

    /// What an item of two sides says otherwise than its quote, word for word: a number or name of the answer that the
    /// quote itself does not have, one put in another's place, a denial put in or taken out.
    pub(super) fn sides(
        &self,
        (question, asked): (&str, &[Word]),
        (answer, said): (&str, &[Word]),
    ) -> Vec<Fault> {
        let mut faults = Vec::new();
        for word in said.iter().filter(|word| !self.quotes(word)) {
            if is_figure(word) {
                faults.push(Fault::NumberDiffers);
            }
        }
        let both: Vec<&Word> = asked.iter().chain(said).collect();
        let quoted: Vec<&Word> = self.quotes.iter().flat_map(|quote| &quote.words).collect();
        let strange =
            both.iter().any(|word| is_figure(word) && !quoted.iter().any(|other| alike(word, other)));
        let rival = quoted.iter().any(|word| is_figure(word) && !both.iter().any(|other| alike(word, other)));
        faults.extend((strange && rival).then_some(Fault::NumberDiffers));
        // The first word of an answer has its capital from its place, unless it is a name and the quote lacks it.
        let opens = said.first().is_some_and(|first| {
            !said.iter().all(is_name) || quoted.iter().any(|word| word.stem == first.stem)
        });
        let named: Vec<&Word> = asked.iter().chain(&said[usize::from(opens)..]).collect();
        faults.extend(other_name(&named, &both, &quoted).then_some(Fault::NameDiffers));
        faults.extend(self.joins_names(asked, question).then_some(Fault::NameDiffers));
        faults.extend(self.joins_names(said, answer).then_some(Fault::NameDiffers));
        let alignment = Alignment::of(&both, &quoted);
        if alignment.cover() >= CLOSE {
            faults.extend(replaced(&alignment));
            let filled = self.source.read(&filled(question, answer));
            let filled: Vec<&Word> = filled.iter().collect();
            faults.extend(flips(&filled, &quoted).then_some(Fault::NegationDiffers));
        }
        let unknown = |words: &[Word]| {
            let content: Vec<bool> = words
                .iter()
                .filter(|word| word.role == Role::Content)
                .map(|word| self.source.stem(&word.stem).is_none())
                .collect();
            content.chunk_by(|a, b| a == b).any(|run| run[0] && run.len() >= FOREIGN_CLAIM)
        };
        faults.extend((unknown(asked) || unknown(said)).then_some(Fault::Unsupported));
        faults
    }

    /// Whether two capitalised words follow each other that do so nowhere in the notes: "United Type".
    fn joins_names(&self, words: &[Word], text: &str) -> bool {
        let mut end = 0;
        let first = |word: &Word, end: usize| {
            end == 0 || text.get(end..word.span.start).is_none_or(|gap| gap.trim() != "" && gap.trim() != "-")
        };
        words.windows(2).any(|two| {
            let opens = first(&two[0], end);
            end = two[0].span.end;
            let joined = text.get(two[0].span.end..two[1].span.start) == Some(" ");
            let stems = (self.source.stem(&two[0].stem), self.source.stem(&two[1].stem));
            let known = matches!(stems, (Some(one), Some(other)) if self.source.side_by_side(one, other));
            !opens && joined && is_name(&two[0]) && is_name(&two[1]) && !known
        })
    }

    /// How a statement that is to be false differs from the quote, when it does so in one thing and agrees in the rest.
    pub(super) fn contradicts(&self, text: &str) -> bool {
        let read = self.source.read(text);
        let words: Vec<&Word> = read.iter().collect();
        self.quotes.iter().any(|quote| {
            let other: Vec<&Word> = quote.words.iter().collect();
            let alignment = Alignment::of(&words, &other);
            if alignment.cover() < CLOSE {
                return false;
            }
            let swapped = alignment.swaps().iter().any(|swap| self.source.family(&swap.word.stem).is_some());
            swapped || !replaced(&alignment).is_empty() || flips(&words, &other)
        })
    }

    /// Whether a statement has a term of the notes in the place of another that the quote has there.
    pub(super) fn swaps_a_term(&self, text: &str) -> bool {
        let read = self.source.read(text);
        let words: Vec<&Word> = read.iter().collect();
        let swapped = |quote: &Quote<'_>| {
            let other: Vec<&Word> = quote.words.iter().collect();
            let alignment = Alignment::of(&words, &other);
            let known = |word: &Word| self.source.family(&word.stem).is_some();
            alignment.cover() >= CLOSE && alignment.swaps().iter().any(|swap| known(swap.word))
        };
        self.quotes.iter().all(swapped)
    }

    /// Whether a key has a capital word that no quote has, beside words that one has: "Romans revolutionaries" where the quote
    /// has "American revolutionaries". The first word of a key may have its capital from the answer's line alone.
    pub(super) fn renames(&self, key: &[Word]) -> bool {
        let quoted =
            |word: &Word| self.quotes.iter().any(|quote| quote.words.iter().any(|other| alike(word, other)));
        let content = || key.iter().filter(|word| word.role == Role::Content);
        content().any(|word| is_name(word) && !quoted(word)) && content().any(quoted)
    }

    /// Whether every content word of a statement stands in a quote.
    pub(super) fn says(&self, text: &str) -> bool {
        let read = self.source.read(text);
        let words: Vec<&Word> = read.iter().collect();
        self.quotes.iter().any(|quote| {
            let other: Vec<&Word> = quote.words.iter().collect();
            let alignment = Alignment::of(&words, &other);
            alignment.in_order() >= 0.8 && alignment.strange().next().is_none() && !flips(&words, &other)
        })
    }
}

/// The answer in the gap of its question, or behind it.
fn filled(question: &str, answer: &str) -> String {
    match (question.find("__"), question.rfind("__")) {
        (Some(from), Some(to)) => {
            let after = question[to..].trim_start_matches('_');
            format!("{}{answer}{after}", question[..from].trim_end_matches('_'))
        }
        _ => format!("{question} {answer}"),
    }
}

/// Whether the item has a name that the quote does not have, and the quote one that the item does not have.
fn other_name(named: &[&Word], item: &[&Word], quote: &[&Word]) -> bool {
    // "Republic Sense" where the quote says "a republic" is another name; the first word has its capital from the sentence.
    let strange = |word: &Word| !quote.iter().any(|other| other.stem == word.stem && other.capital);
    let rival = |word: &Word| !item.iter().any(|other| other.stem == word.stem && other.capital);
    named.iter().skip(1).any(|word| is_name(word) && strange(word))
        && quote.iter().skip(1).any(|word| is_name(word) && rival(word))
}

fn is_name(word: &Word) -> bool {
    word.capital && word.role == Role::Content && word.value.is_none()
}

/// What the neighbourhood of a quote does not state: numbers, names, or that it denies.
fn against(text: &str, read: &[Word], near: &Passage<'_>) -> Vec<Fault> {
    let mut issues = grounding::numbers(text, read, Part::Answer, near);
    issues.extend(grounding::names(text, read, Part::Answer, near));
    let words: Vec<&Word> = read.iter().collect();
    issues.extend(grounding::denial(&words, near));
    issues.into_iter().map(|issue| issue.fault).collect()
}
