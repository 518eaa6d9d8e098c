//! The library as a student searches it, letter by letter: notes by their titles, and by passages of their texts.

use std::collections::HashMap;

use serde::Serialize;
use sharper_domain::{BriefNote, Note, NoteId, Problem, Span, UserId};
use sharper_store::notes::fold;
use sharper_study::text::{TokenKind, guess, stem, tokens};

use crate::{Agents, Search, problem_of};

/// Bytes of a snippet at most, about.
const SNIPPET: usize = 320;

/// A note that was found.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct FoundNote {
    /// The note, without its text.
    #[serde(flatten)]
    pub note: BriefNote,
    /// The words of its title that fit, in bytes.
    pub title_words: Vec<Span>,
    /// Where in its text it was found; `None` where only its title fits.
    pub snippet: Option<Snippet>,
}

/// A piece of a note's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Snippet {
    /// The piece.
    pub text: String,
    /// The byte of the note at which it begins.
    pub start: usize,
    /// One past the byte at which it ends.
    pub end: usize,
    /// The words in it that fit, in bytes of `text`.
    pub words: Vec<Span>,
    /// The page (or slide, chapter, moment) that it stands on, where the note has such.
    pub page: Option<String>,
}

impl Agents {
    /// The notes for what a student types, best first, at most so many: first those whose titles fit, then those in whose
    /// texts something fits. The last word may be only begun.
    ///
    /// # Errors
    /// `Unavailable` and the like when the store cannot be read.
    pub async fn search_notes(
        &self,
        user: &UserId,
        query: String,
        limit: u32,
    ) -> Result<Vec<FoundNote>, Problem> {
        if query.is_empty() {
            return Ok(Vec::new());
        }
        let search =
            Search { once_per_note: true, unfinished: true, ..Search::new(query.clone(), limit as usize) };
        let titled = self.store.notes_titled(user.clone(), query.clone(), limit);
        let (titled, found) =
            tokio::try_join!(async { titled.await.map_err(problem_of) }, self.find(user, &search))?;
        let asked = Asked::read(&query);
        let mut snippets: HashMap<NoteId, Snippet> = HashMap::new();
        let mut rest = Vec::new();
        for passage in &found.passages {
            let note = &found.notes[passage.note];
            let page = passage.anchor.as_ref().map(|anchor| anchor.label.clone());
            let snippet = snippet(&note.content, passage.sentence, &asked, page);
            snippets.insert(note.id, snippet);
            if titled.iter().all(|other| other.id != note.id) {
                rest.push(brief(note));
            }
        }
        let told = |note: BriefNote| FoundNote {
            title_words: asked.words_in(&note.title),
            snippet: snippets.remove(&note.id),
            note,
        };
        Ok(titled.into_iter().chain(rest).take(limit as usize).map(told).collect())
    }
}

fn brief(note: &Note) -> BriefNote {
    BriefNote {
        id: note.id,
        folder_id: note.folder_id,
        title: note.title.clone(),
        version: note.version,
        origin: note.origin.clone(),
        copy_of: None,
        created_at: note.created_at,
        updated_at: note.updated_at,
    }
}

/// The words of a query.
struct Asked {
    /// In any form: their stems.
    whole: Vec<String>,
    /// The last one, which may be only begun.
    begun: Option<String>,
}

impl Asked {
    fn read(query: &str) -> Self {
        let language = guess(query);
        let whole = words_of(query).map(|(word, _)| fold(&stem(word, language))).collect();
        Self { whole, begun: words_of(query).last().map(|(word, _)| fold(word)) }
    }

    /// The words of a text that fit.
    fn words_in(&self, text: &str) -> Vec<Span> {
        let language = guess(text);
        let fits = |word: &str| {
            let plain = fold(word);
            self.begun.as_ref().is_some_and(|begun| plain.starts_with(begun.as_str()))
                || self.whole.contains(&plain)
                || self.whole.contains(&fold(&stem(word, language)))
        };
        let words = words_of(text);
        words.filter(|(word, _)| fits(word)).map(|(_, span)| span).collect()
    }
}

/// The words of a text and where they stand, without the articles before them that lost their vowels: `l'école`.
fn words_of(text: &str) -> impl Iterator<Item = (&str, Span)> {
    tokens(text).filter(|token| token.kind != TokenKind::Mark).map(|token| {
        let parts = token.text.split_once(['\'', '’']);
        let word = parts.filter(|(article, _)| article.chars().count() <= 2).map(|(_, word)| word);
        let word = word.unwrap_or(token.text);
        (word, Span { start: token.span.end - word.len(), end: token.span.end })
    })
}

/// The sentence at `at`, cut where it is long to what stands around its first word that fits.
fn snippet(text: &str, at: Span, asked: &Asked, page: Option<String>) -> Snippet {
    let sentence = text.get(at.start..at.end).unwrap_or_default();
    let first = asked.words_in(sentence).first().map_or(0, |word| word.start);
    let from = if sentence.len() <= SNIPPET { 0 } else { first.saturating_sub(SNIPPET / 4) };
    let from = boundary(sentence, from);
    let to = boundary(sentence, (from + SNIPPET).min(sentence.len()));
    let text = sentence[from..to].to_owned();
    let words = asked.words_in(&text);
    Snippet { text, start: at.start + from, end: at.start + to, words, page }
}

/// The first boundary of characters at or before a byte.
fn boundary(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, text: &str, wanted: &[&str]) {
        let words = Asked::read(query).words_in(text);
        assert_eq!(
            words.iter().map(|span| &text[span.start..span.end]).collect::<Vec<_>>(),
            wanted,
            "{query}"
        );
    }

    #[test]
    fn words_fit_in_any_form_and_the_last_one_also_begun() {
        check("cell divid", "Cells divide. A cell is dividing.", &["Cells", "divide", "cell", "dividing"]);
        check("divid cell", "Cells are divided.", &["Cells", "divided"]);
        check("ECOLE", "À l'école, les écoles", &["école", "écoles"]);
        check("l'école", "À l'école, l’école", &["école", "école"]);
        check("", "Cells divide.", &[]);
        check("?!", "Cells divide?!", &[]);
        check("1,025", "It was 1,025.", &["1,025"]);
    }

    #[test]
    fn a_snippet_is_cut_around_what_fits_and_says_where_it_stands() {
        let long = format!("{}the membrane lets water through{}", "ü ".repeat(400), " ö".repeat(400));
        let text = format!("Before. {long}");
        let asked = Asked::read("membr");
        let found = snippet(&text, Span { start: 8, end: text.len() }, &asked, Some("3".into()));
        assert_eq!(&text[found.start..found.end], found.text);
        assert!(found.text.len() <= SNIPPET + 4 && found.words.len() == 1, "{found:?}");
        let word = found.words[0];
        assert_eq!(&found.text[word.start..word.end], "membrane");
        let whole = snippet("Water flows.", Span { start: 0, end: 12 }, &Asked::read("water"), None);
        assert_eq!((whole.text.as_str(), whole.words[0]), ("Water flows.", Span { start: 0, end: 5 }));
        let nowhere = snippet("x", Span { start: 3, end: 9 }, &asked, None);
        assert_eq!(nowhere.text, "");
    }
}
