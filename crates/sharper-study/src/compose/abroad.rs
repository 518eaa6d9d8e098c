//! Notes in other languages: definitions in German, Spanish and French, and gaps where no grammar is needed.

use std::ops::Range;

use rustc_hash::FxHashMap;
use sharper_domain::{CardForm, Difficulty};

use super::cloze::GAP;
use super::fronts::capital;
use super::lines::LineCard;
use crate::grammar::lower_first;
use crate::read::{Document, Sentence, Word};
use crate::text::{Language, TokenKind, is_stop_word};

/// How a language asks what something is.
struct Asking {
    singular: &'static str,
    plural: &'static str,
    articles: &'static [&'static str],
    pointing: &'static [&'static str],
    /// What stands before "X" in the question, for one and for many, and what after.
    question: [&'static str; 3],
}

const GERMAN: Asking = Asking {
    singular: "ist",
    plural: "sind",
    articles: &["ein", "eine", "einer", "der", "die", "das", "jede", "jeder", "jedes"],
    pointing: &[
        "das", "dies", "diese", "dieser", "dieses", "es", "er", "sie", "hier", "da", "was", "wie", "wo",
        "dort", "sein", "seine", "ihr", "ihre",
    ],
    question: ["Was ist ", "Was sind ", "?"],
};

const SPANISH: Asking = Asking {
    singular: "es",
    plural: "son",
    articles: &["un", "una", "unos", "unas", "el", "la", "los", "las", "cualquier"],
    pointing: &[
        "este", "esta", "esto", "estos", "estas", "ese", "esa", "eso", "él", "ella", "ellos", "qué", "su",
        "sus", "lo", "aquí",
    ],
    question: ["¿Qué es ", "¿Qué son ", "?"],
};

const FRENCH: Asking = Asking {
    singular: "est",
    plural: "sont",
    articles: &["un", "une", "des", "le", "la", "les", "tout", "toute"],
    pointing: &[
        "ce", "cet", "cette", "ces", "il", "elle", "ils", "elles", "c", "ceci", "cela", "son", "sa", "ses",
        "ici", "c'est",
    ],
    question: ["Qu'est-ce que ", "Que sont ", " ?"],
};

/// A card with what it is worth.
pub(crate) type Valued = (LineCard, f32);

/// Cards from the sentences of a note that is not in English.
pub(crate) fn find(document: &Document<'_>) -> Vec<Valued> {
    let asking = match document.language {
        Language::German => Some(GERMAN),
        Language::Spanish => Some(SPANISH),
        Language::French => Some(FRENCH),
        Language::English | Language::Other => None,
    };
    let mut uses: FxHashMap<u32, u32> = FxHashMap::default();
    for word in &document.all_words {
        *uses.entry(document.words.form(word.id).stem).or_default() += 1;
    }
    let mut found = Vec::new();
    for sentence in &document.sentences {
        let text = document.sentence_text(sentence);
        if !text.ends_with(['.', '!', '。', '।']) {
            continue;
        }
        let definition = asking.as_ref().and_then(|asking| definition(document, sentence, asking));
        match definition {
            Some(card) => found.push((card, 2.0)),
            None => found.extend(gap(document, sentence, &uses)),
        }
    }
    found
}

fn card(
    sentence: &Sentence,
    question: String,
    answer: String,
    term: String,
    form: CardForm,
    difficulty: Difficulty,
) -> LineCard {
    LineCard { question, answer, term, form, difficulty, span: sentence.span, section: sentence.section }
}

/// "X ist ein Y, das …" and its like, with X at the beginning of the sentence.
fn definition(document: &Document<'_>, sentence: &Sentence, asking: &Asking) -> Option<LineCard> {
    let words = &document.all_words[sentence.words.clone()];
    let lower = |i: usize| words.get(i).map_or("", |word| &*document.words.form(word.id).lower);
    let verb = (1..words.len().min(7)).find(|&i| lower(i) == asking.singular || lower(i) == asking.plural)?;
    let plain = words[..verb].iter().all(|word| word.kind == TokenKind::Word);
    let nouns = words[..verb].iter().any(|word| !document.words.form(word.id).stop);
    let defined = asking.articles.contains(&lower(verb + 1)) || lower(verb) == asking.plural;
    if !plain || !nouns || !defined || asking.pointing.contains(&lower(0)) || !words[0].capital {
        return None;
    }
    let last = words.len() - 1;
    let mut end = last;
    let size = end - verb;
    if size > 26 {
        end = (verb + 6..last).rev().find(|&i| i - verb <= 26 && lower(i) == ",")?;
    }
    if !(4..=34).contains(&(end - verb)) {
        return None;
    }
    let text = |range: Range<usize>| {
        document.plain.text[words[range.start].start as usize..words[range.end - 1].end as usize].to_owned()
    };
    let subject = text(0..verb);
    let article = asking.articles.contains(&lower(0)) || lower(0).starts_with("l'");
    let subject = if article || (document.language != Language::German && !words[1].capital) {
        lower_first(&subject)
    } else {
        subject
    };
    let [one, many, after] = asking.question;
    let mut before = if lower(verb) == asking.plural { many } else { one }.to_owned();
    if document.language == Language::French
        && before.ends_with("que ")
        && subject.starts_with(['a', 'e', 'i', 'o', 'u', 'é', 'h'])
        && !article
    {
        before = "Qu'est-ce qu'".to_owned();
    }
    let question = format!("{before}{subject}{after}");
    Some(card(
        sentence,
        question,
        capital(&text(verb + 1..end)),
        subject,
        CardForm::Definition,
        Difficulty::Medium,
    ))
}

/// A gap for a bold term, or for the rarest long word that the note uses more than once.
fn gap(document: &Document<'_>, sentence: &Sentence, uses: &FxHashMap<u32, u32>) -> Option<Valued> {
    let words = &document.all_words[sentence.words.clone()];
    let letters = words.iter().filter(|word| word.kind == TokenKind::Word).count();
    let text = document.sentence_text(sentence);
    let unspaced = letters >= 1 && !text.is_ascii() && (12..=120).contains(&text.chars().count());
    if !(5..=35).contains(&letters) && !unspaced {
        return None;
    }
    let marked = document
        .marked
        .iter()
        .find(|range| range.start >= sentence.plain.start && range.end <= sentence.plain.end);
    let (range, worth) = match marked {
        Some(range) => (range.clone(), 1.2),
        None => (rare(document, words, uses)?, 0.0),
    };
    let term = document.plain.text[range.clone()].trim().to_owned();
    let rest = text.replacen(&term, "", 1);
    if term.is_empty()
        || term.split_whitespace().count() > 5
        || rest.contains(&term)
        || rest.chars().filter(|c| c.is_alphanumeric()).count() < 8
    {
        return None;
    }
    let question = format!(
        "{}{GAP}{}",
        &document.plain.text[sentence.plain.start..range.start],
        &document.plain.text[range.end..sentence.plain.end]
    );
    Some((card(sentence, question, term.clone(), term, CardForm::Cloze, Difficulty::Easy), worth))
}

fn rare(document: &Document<'_>, words: &[Word], uses: &FxHashMap<u32, u32>) -> Option<Range<usize>> {
    let german = document.language == Language::German;
    words
        .iter()
        .enumerate()
        .filter(|(i, word)| {
            let form = document.words.form(word.id);
            word.kind == TokenKind::Word
                && !is_stop_word(&form.lower, document.language)
                && form.lower.chars().count() >= 7
                && (!german || word.capital && *i > 0)
                && uses.get(&form.stem).is_some_and(|&count| (2..=12).contains(&count))
        })
        .max_by_key(|(i, word)| (document.words.form(word.id).lower.len(), usize::MAX - i))
        .map(|(_, word)| word.start as usize..word.end as usize)
}
