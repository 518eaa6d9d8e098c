//! Statements: the form of a text that says something, and what all of them are held to whatever they are about.

use sharper_domain::{Fault, Scores, Verdict};

use super::cited::Cited;
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
    /// What may not be missing beside.
    pub(super) required: &'t str,
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
    let blank = is_blank(texts.main) || is_blank(texts.required);
    let found = [(blank, Fault::MissingField), (long, Fault::TooLong)];
    let unread: Vec<Fault> = found.into_iter().filter(|(is, _)| *is).map(|(_, fault)| fault).collect();
    if !unread.is_empty() {
        return Err(Verdict { scores, faults: unread });
    }
    let (source, language) = (judge.source, judge.source.language());
    let words = source.read(said);
    let foreign = is_in_another_language(said, "", &words.iter().collect::<Vec<_>>(), source);
    let all = std::iter::once(&texts.main).chain(texts.more);
    let not_prose = all.clone().any(|text| is_not_prose(text));
    let opens = words.first().map_or("", |word| word.lower.as_str());
    let dangling = texts.statements && matches!(opens, "this" | "these" | "those" | "it" | "they" | "he" | "she")
        || dangles(texts.main, false, language)
        || texts.more.iter().any(|text| dangles(text, false, language));
    let safety = judge.safety(&all.copied().collect::<Vec<_>>());
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

/// So many content words in a row, neither of the notes nor of the talk about studying, are a claim of its own.
const CLAIM: usize = 4;
/// The stems of the talk about notes and studying.
const STUDYING: &[&str] = &[
    "note", "text", "section", "head", "topic", "term", "sentenc", "passag", "paragraph", "page", "studi", "learn",
    "review", "practis", "practic", "read", "recal", "repeat", "test", "quiz", "exam", "question", "answer", "card",
    "flashcard", "time", "day", "minut", "hour", "week", "need", "give", "get", "take", "room", "most", "much", "weight",
    "share", "word", "master", "masteri", "know", "known", "weak", "strong", "yet", "well", "clear", "clearli",
    "unclear", "explain", "explan", "defin", "definit", "exampl", "state", "say", "said", "tell", "mention", "announc",
    "use", "contradict", "conflict", "differ", "disagre", "miss", "gap", "add", "check", "compar", "write", "name",
    "detail", "point", "long", "short", "part", "step", "first", "next", "import", "depend", "build", "understand",
    "understood", "hard", "easi", "difficult", "dwell", "cover", "singl", "separ", "place", "twice", "mean", "connect",
];

/// What a text about the notes says that the notes do not have: numbers, names, claims.
pub(super) fn not_in_the_notes(text: &str, source: &Source) -> Vec<Fault> {
    let words = source.read(text);
    let mut faults = Vec::new();
    let (mut before, mut run, mut strange, mut all) = (0, 0, 0, 0);
    for word in words.iter().filter(|word| word.role == Role::Content) {
        let gap = text.get(before..word.span.start).unwrap_or("");
        let first = before == 0 || gap.contains(['.', '?', '!', ':', '\n', '“', '"']);
        before = word.span.end;
        let known = source.stem(&word.stem).is_some();
        if let Some(value) = word.value {
            if value.digits && source.holding_number(value.amount).is_empty() {
                faults.push(Fault::NumberDiffers);
            }
        } else if word.capital && !first && !known {
            faults.push(Fault::NameDiffers);
        }
        let plain = known || STUDYING.contains(&word.stem.as_str());
        run = if plain { 0 } else { run + 1 };
        strange += usize::from(!plain);
        all += 1;
        if run == CLAIM {
            faults.push(Fault::Unsupported);
        }
    }
    if strange >= CLAIM && strange * 2 > all {
        faults.push(Fault::Unsupported);
    }
    faults
}
