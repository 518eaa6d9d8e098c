//! Statements: the form of a text that says something, and what all of them are held to whatever they are about.

use sharper_domain::{Fault, Scores, Verdict};

use super::cited::Cited;
use super::grounding::is_figure;
use super::item::{ItemJudge, among};
use super::prose::is_not_prose;
use super::quality;
use super::reference::dangles;
use super::source::Source;
use super::structure::{EXPLANATION_WORDS, QUESTION_WORDS, is_blank, is_in_another_language, is_too_long};
use super::words::{Role, Word};

/// What dangling and broken prose cost a text.
const BROKEN: f64 = 0.5;

/// The texts of an item that says something.
pub(super) struct Texts<'t> {
    /// What it says.
    pub(super) main: &'t str,
    /// What it says beside.
    pub(super) more: &'t [&'t str],
    /// Whether it stands alone, so that it may not refer to what is not there.
    pub(super) statements: bool,
}

/// The scores but for accuracy, and the faults, of its form; the whole verdict, when there is nothing to read further.
pub(super) fn form(
    texts: &Texts<'_>,
    said: &str,
    judge: &ItemJudge<'_>,
) -> Result<(Scores, Vec<Fault>), Verdict> {
    let mut scores = Scores { safety: 0.0, quality: 0.0, accuracy: 0.0 };
    let longest = if texts.statements { QUESTION_WORDS } else { EXPLANATION_WORDS };
    let long = is_too_long(texts.main, longest)
        || texts.more.iter().any(|text| is_too_long(text, EXPLANATION_WORDS));
    let found = [(is_blank(texts.main), Fault::MissingField), (long, Fault::TooLong)];
    let unread: Vec<Fault> = found.into_iter().filter(|(is, _)| *is).map(|(_, fault)| fault).collect();
    if !unread.is_empty() {
        return Err(Verdict { scores, faults: unread });
    }
    let (source, language) = (judge.source, judge.source.language());
    let words = source.read(said);
    let foreign = is_in_another_language(said, "", &words.iter().collect::<Vec<_>>(), source);
    let all = std::iter::once(&texts.main).chain(texts.more);
    let not_prose = all.clone().any(|text| is_not_prose(text));
    let dangling = dangles(texts.main, texts.statements, language)
        || texts.more.iter().any(|text| dangles(text, false, language));
    let safety = judge.cards.assess(&all.copied().collect::<Vec<_>>().join("\n"));
    scores.safety = safety.score;
    scores.quality = quality::of_text(said, language).score;
    let found = [
        (foreign, Fault::WrongLanguage),
        (not_prose, Fault::NotProse),
        (dangling, Fault::DanglingReference),
        (!safety.is_safe, Fault::Unsafe),
    ];
    scores.quality -= if not_prose || dangling { BROKEN.min(scores.quality) } else { 0.0 };
    Ok((scores, found.into_iter().filter(|(is, _)| *is).map(|(_, fault)| fault).collect()))
}

/// Whether an explanation explains its term by itself: all words of the term come again after "X is", though the quote
/// has them only once.
pub(super) fn circular(term: &[Word], said: &[Word], cited: &Cited<'_>) -> bool {
    let content = |word: &&Word| word.role == Role::Content;
    let term: Vec<&Word> = term.iter().filter(content).collect();
    let named = term.iter().filter(|word| among(said, word)).count();
    let opens = said.iter().filter(content).take(term.len()).all(|word| term.iter().any(|one| one.stem == word.stem));
    let rest = if opens {
        let last = said.iter().enumerate().filter(|(_, word)| word.role == Role::Content).nth(term.len().max(1) - 1);
        &said[last.map_or(said.len(), |(at, _)| at + 1)..]
    } else {
        said
    };
    let again = !term.is_empty() && term.iter().all(|word| rest.iter().any(|other| other.stem == word.stem));
    again && named == term.len() && !cited.repeats(&term)
}

/// The numbers and names of a text about the notes that the notes do not have.
pub(super) fn not_in_the_notes(text: &str, source: &Source) -> Vec<Fault> {
    let words = source.read(text);
    let mut faults = Vec::new();
    let mut sentence_start = 0;
    for word in &words {
        let gap = text.get(sentence_start..word.span.start).unwrap_or("");
        let first = sentence_start == 0 || gap.contains(['.', '?', '!', ':', '\n', '“', '"']);
        sentence_start = word.span.end;
        if is_figure(word) {
            let amount = word.value.map_or(0.0, |value| value.amount);
            let digits = word.value.is_some_and(|value| value.digits);
            if digits && source.holding_number(amount).is_empty() {
                faults.push(Fault::NumberDiffers);
            }
        } else if word.capital && !first && word.role == Role::Content && source.family(&word.stem).is_none() {
            faults.push(Fault::NameDiffers);
        }
    }
    faults
}
