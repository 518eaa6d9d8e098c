//! Structure: what can be told from the item alone. Fields, lengths, prose, references, options, language.

use std::ops::RangeInclusive;

use sharper_domain::Fault;

use super::source::Source;
use super::words::{Role, Stems, Word, words};
use crate::text::{Language, guess, key};

/// Longest question, in words.
pub const QUESTION_WORDS: usize = 60;
/// Longest answer, in words.
pub const ANSWER_WORDS: usize = 60;
/// Longest explanation, in words.
pub const EXPLANATION_WORDS: usize = 120;
/// Longest word, in characters: no language that is studied here needs more.
const WORD_CHARS: usize = 80;
/// How many options a question may have.
const OPTIONS: RangeInclusive<usize> = 2..=10;

/// Whether the text has nothing that a person could read.
pub(super) fn is_blank(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
}

/// Whether the text is too long for so many words.
pub(super) fn is_too_long(text: &str, limit: usize) -> bool {
    let mut count = 0;
    text.split_whitespace().any(|word| {
        count += 1;
        count > limit || word.chars().count() > WORD_CHARS
    })
}

/// Whether the answer stands in the question: all its content words, or the whole of it when it has none.
pub(super) fn gives_away(question: &[Word], answer: &[Word]) -> bool {
    let said = |word: &Word| question.iter().any(|other| other.stem == word.stem);
    let mut content = answer.iter().filter(|word| word.role == Role::Content).peekable();
    if content.peek().is_some() {
        return content.all(said) && !offers_a_choice(question);
    }
    let yes_or_no = matches!(answer, [only] if matches!(only.lower.as_str(), "yes" | "no" | "not" | "true" | "false" | "ja" | "nein" | "sí" | "oui" | "non"));
    !answer.is_empty()
        && !yes_or_no
        && question
            .windows(answer.len())
            .any(|window| window.iter().zip(answer).all(|(a, b)| a.lower == b.lower))
}

/// "Is light a wave or a particle?" must name its answer.
fn offers_a_choice(question: &[Word]) -> bool {
    question.iter().any(|word| matches!(word.lower.as_str(), "or" | "oder" | "ou" | "o"))
        && question.first().is_some_and(|word| {
            matches!(
                word.lower.as_str(),
                "is" | "are" | "was" | "were" | "do" | "does" | "did" | "which" | "can" | "will"
            )
        })
}

/// Whether markup, code, a prompt's remnant or broken characters stand where a sentence should.
pub(super) fn is_not_prose(text: &str) -> bool {
    has_markup(text) || has_broken_characters(text) || has_remnant(text) || stammers(text)
}

fn has_markup(text: &str) -> bool {
    const MARKUP: &[&str] = &[
        "```", "**", "##", "](", "](http", "<br", "</", "/>", "&nbsp;", "&amp;", "&lt;", "&quot;", "&#",
        "{{", "}}", "<|", "|>", "[INST", "[/INST", "<<SYS", "|--", "{\"", "\":", "://", "\\n", "\\u",
        "```json", "<script", "<?", "$(", "${", "====", "----", "[[", "]]",
    ];
    let tag = text.match_indices('<').any(|(at, _)| {
        let rest = &text[at + 1..];
        let name = rest.trim_start_matches('/').chars().take_while(char::is_ascii_alphabetic).count();
        name > 0
            && rest
                .find('>')
                .is_some_and(|end| end < 60 && !rest[..end].contains('<') && looks_like_tag(&rest[..end]))
    });
    tag || text.starts_with("# ") || MARKUP.iter().any(|mark| text.contains(mark))
}

/// `b`, `/p`, `a href="…"`; not the `a` of "a < b and b > c", which has spaces after the sign.
fn looks_like_tag(inside: &str) -> bool {
    let name: &str = inside.trim_start_matches('/').split([' ', '/']).next().unwrap_or("");
    const TAGS: &[&str] = &[
        "a",
        "b",
        "i",
        "u",
        "p",
        "em",
        "strong",
        "div",
        "span",
        "br",
        "img",
        "h1",
        "h2",
        "h3",
        "h4",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "sub",
        "sup",
        "code",
        "pre",
        "script",
        "style",
        "html",
        "body",
        "iframe",
        "svg",
        "input",
        "system",
        "user",
        "assistant",
        "instruction",
        "instructions",
        "prompt",
    ];
    TAGS.contains(&name.to_ascii_lowercase().as_str())
}

fn has_broken_characters(text: &str) -> bool {
    let control = |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\r');
    let private = |c: char| matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{FFF0}'..='\u{FFFF}');
    // Text in UTF-8 that was read as Latin-1: "Ã©" for "é", "â€™" for an apostrophe.
    const MOJIBAKE: &[&str] = &[
        "Ã©", "Ã¨", "Ã¤", "Ã¶", "Ã¼", "ÃŸ", "Ã¡", "Ã­", "Ã³", "Ãº", "Ã±", "Ã§", "Ã ", "â€", "Â°", "Â ", "Ð°",
        "ï»¿", "ï¿½",
    ];
    text.chars().any(|c| control(c) || private(c)) || MOJIBAKE.iter().any(|broken| text.contains(broken))
}

fn has_remnant(text: &str) -> bool {
    const STARTS: &[&str] = &[
        "question:",
        "answer:",
        "q:",
        "a:",
        "front:",
        "back:",
        "card ",
        "flashcard",
        "sure,",
        "sure!",
        "certainly",
        "of course,",
        "here is",
        "here are",
        "here's a",
        "as an ai",
        "i'm sorry",
        "i am sorry",
        "i cannot",
        "i can't",
        "note to",
        "option a",
        "json",
        "frage:",
        "antwort:",
        "pregunta:",
        "respuesta:",
    ];
    const ANYWHERE: &[&str] = &[
        "as an ai",
        "language model",
        "lorem ipsum",
        "<placeholder",
        "[placeholder",
        "[insert",
        "[your ",
        "insert answer",
        "n/a",
        "todo:",
        "the user",
        "system prompt",
        "json object",
        "flashcard question",
        "answer here",
        "question here",
        "undefined",
        "null,",
        "[object",
        "nan,",
    ];
    let lower = text.trim_start().to_lowercase();
    let whole =
        matches!(lower.trim(), "null" | "none." | "undefined" | "nan" | "n/a" | "tbd" | "todo" | "...");
    whole
        || STARTS.iter().any(|start| lower.starts_with(start)) && !starts_as_prose(&lower)
        || ANYWHERE.iter().any(|part| lower.contains(part))
}

/// "Card games" and "Of course, …" may be about their subject; "card 3" is not.
fn starts_as_prose(lower: &str) -> bool {
    lower.strip_prefix("card ").is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Broken characters or a prompt's remnants in a longer text, where light markup is welcome.
pub(super) fn has_broken_text(text: &str) -> bool {
    has_broken_characters(text) || has_remnant(text)
}

/// The same word three times on end, or hardly a letter in it.
fn stammers(text: &str) -> bool {
    let mut run = 0;
    let mut last = "";
    for word in text.split_whitespace() {
        let same =
            !last.is_empty() && word.eq_ignore_ascii_case(last) && word.chars().any(char::is_alphabetic);
        run = if same { run + 1 } else { 0 };
        if run >= 2 {
            return true;
        }
        last = word;
    }
    let (mut solid, mut marks) = (0usize, 0usize);
    for c in text.chars().filter(|c| !c.is_whitespace() && *c != '_') {
        if c.is_alphanumeric() {
            solid += 1;
        } else {
            marks += 1;
        }
    }
    marks > 12 && marks > solid
}

/// Whether the text refers to something that is not on the card.
pub(super) fn dangles(text: &str, part_is_question: bool, language: Language) -> bool {
    if language != Language::English {
        return false;
    }
    let lower: Vec<String> = text
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'"))
        .filter(|word| !word.is_empty())
        .collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    points_at_the_page(&lower) || part_is_question && (points_back(&lower) || begins_with_pronoun(&lower))
}

/// "the figure above", "according to the passage", "in this chapter", "Table 3".
fn points_at_the_page(words: &[&str]) -> bool {
    const PAGE: &[&str] = &[
        "figure",
        "fig",
        "table",
        "diagram",
        "passage",
        "text",
        "excerpt",
        "paragraph",
        "chapter",
        "section",
        "page",
        "image",
        "picture",
        "slide",
        "sentence",
        "article",
        "author",
        "notes",
        "reading",
        "lecture",
        "graph",
        "illustration",
        "equation",
        "example",
        "handout",
    ];
    let page = |word: &str| PAGE.contains(&word);
    words.windows(2).enumerate().any(|(at, two)| {
        let before = at.checked_sub(1).map_or("", |at| words[at]);
        let numbered = two[1].starts_with(|c: char| c.is_ascii_digit())
            && matches!(
                two[0],
                "figure"
                    | "fig"
                    | "table"
                    | "chapter"
                    | "section"
                    | "page"
                    | "slide"
                    | "equation"
                    | "example"
            );
        let this = matches!(two[0], "this" | "these" | "following" | "above" | "preceding" | "previous")
            && page(two[1]);
        let above = page(two[0]) && matches!(two[1], "above" | "below" | "shown");
        let to_the_page = before == "to"
            && matches!(two[0], "the" | "your")
            && page(two[1])
            && at >= 2
            && words[at - 2] == "according";
        let in_the_page = matches!(before, "in" | "from")
            && two[0] == "the"
            && matches!(
                two[1],
                "passage"
                    | "text"
                    | "excerpt"
                    | "notes"
                    | "figure"
                    | "diagram"
                    | "reading"
                    | "lecture"
                    | "handout"
                    | "paragraph"
            );
        let shown = matches!(
            two,
            [
                "shown"
                    | "described"
                    | "mentioned"
                    | "listed"
                    | "given"
                    | "discussed"
                    | "noted"
                    | "see"
                    | "seen",
                "above" | "below" | "earlier" | "previously"
            ]
        );
        numbered
            || this
            || above
            || to_the_page
            || in_the_page
            || shown
            || matches!(two, ["the", "above"] | ["the", "aforementioned"])
    })
}

/// "this", "these", "those", "such a" that nothing on the card explains.
fn points_back(words: &[&str]) -> bool {
    words.iter().enumerate().any(|(at, &word)| {
        let next = words.get(at + 1).copied().unwrap_or("");
        let before = at.checked_sub(1).map_or("", |at| words[at]);
        match word {
            // "this" after the subject has been named: "When light bends, what is this called?"
            "this" | "these" => {
                at < 4 || !matches!(next, "" | "called" | "known" | "is" | "process" | "happen" | "occur")
            }
            "those" => {
                !matches!(
                    next,
                    "who"
                        | "which"
                        | "that"
                        | "of"
                        | "in"
                        | "with"
                        | "whose"
                        | "from"
                        | "for"
                        | "at"
                        | "on"
                        | "without"
                        | "found"
                        | "used"
                        | "not"
                ) && !matches!(before, "than" | "to" | "from" | "and" | "or")
            }
            "that" => {
                next.is_empty()
                    || at < 3
                        && matches!(before, "does" | "did" | "is" | "was" | "of")
                        && !matches!(next, "a" | "an" | "the" | "all" | "are" | "is")
            }
            "here" | "aforementioned" => true,
            "latter" | "former" => before == "the" && at < 4,
            _ => false,
        }
    })
}

/// "What does it do?", "When did they leave?": a pronoun before anything that it could stand for.
fn begins_with_pronoun(words: &[&str]) -> bool {
    const PRONOUNS: [&str; 9] = ["it", "they", "he", "she", "its", "their", "his", "them", "him"];
    let Some(at) = words.iter().position(|word| PRONOUNS.contains(word)) else { return false };
    let named = words[..at].iter().any(|word| !crate::text::is_stop_word(word, Language::English));
    if named {
        return false;
    }
    // "Why is it important to …", "What does it mean when …", "How long does it take …"
    let expletive = words[at] == "it"
        && words[at + 1..].iter().any(|word| {
            matches!(
                *word,
                "to" | "that" | "when" | "if" | "for" | "called" | "take" | "takes" | "mean" | "means"
            )
        });
    // A noun may come first after all: "In their work, what did historians …" names it later.
    let later = matches!(words[at], "its" | "their" | "his")
        && words.len() > at + 4
        && at > 0
        && matches!(words[0], "in" | "despite" | "after" | "before" | "during");
    !expletive && !later
}

/// The faults of a question's options: two that say the same, or not exactly one key.
///
/// `keys` says for each option whether it is a right answer; a list of another length than `options` is a fault.
pub fn options(options: &[&str], keys: &[bool], language: Language) -> Vec<Fault> {
    let mut faults = Vec::new();
    let blank = options.iter().any(|option| is_blank(option));
    if blank || !OPTIONS.contains(&options.len()) || keys.len() != options.len() {
        faults.push(Fault::MissingField);
    }
    let mut said: Vec<String> = options.iter().map(|option| canonical(option, language)).collect();
    said.sort_unstable();
    if said.windows(2).any(|two| two[0] == two[1]) {
        faults.push(Fault::RepeatedOption);
    }
    if keys.iter().filter(|&&key| key).count() != 1 {
        faults.push(Fault::NotOneKey);
    }
    faults
}

/// What an option says: its key, or itself where nothing is left of it ("+", "%").
fn canonical(option: &str, language: Language) -> String {
    let label = option.trim();
    let label = match label.as_bytes() {
        // "A) osmosis" and "b. osmosis" say "osmosis".
        [letter, b')' | b'.' | b':', b' ', ..] if letter.is_ascii_alphabetic() => &label[3..],
        _ => label,
    };
    let key = key(label, language);
    if key.is_empty() { label.to_lowercase() } else { key }
}

/// Whether the item is in another language than the notes.
pub(super) fn is_in_another_language(question: &str, answer: &str, source: &Source) -> bool {
    let item = guess(&format!("{question} {answer}"));
    if item == source.language() || source.sentences().is_empty() {
        return false;
    }
    // Short items have few tell-tale words; one whose words are those of the notes is in their language.
    let read = words(&format!("{question} {answer}"), source.language(), &mut Stems::default());
    let known = read.iter().filter(|word| source.family(&word.stem).is_some()).count();
    known * 2 < read.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(text: &str) -> Vec<Word> {
        words(text, Language::English, &mut Stems::default())
    }

    #[test]
    fn an_answer_in_the_question_is_given_away_unless_the_question_offers_a_choice() {
        assert!(gives_away(&reads("What do ribosomes in ribosomes do?"), &reads("The ribosome")));
        assert!(!gives_away(&reads("Is light a wave or a particle in this model?"), &reads("a wave")));
        assert!(!gives_away(&reads("What makes proteins?"), &reads("Ribosomes")));
        assert!(!gives_away(&reads("Is a virus alive, yes or no?"), &reads("No")));
    }

    fn prose(text: &str, is: bool) {
        assert_eq!(!is_not_prose(text), is, "{text}");
    }

    #[test]
    fn markup_remnants_and_broken_characters_are_not_prose() {
        for text in [
            "What is **osmosis**?",
            "<b>Osmosis</b>",
            "Answer: osmosis",
            "{\"question\": \"x\"}",
            "As an AI I cannot say",
            "It’s cafÃ© time",
            "It\u{0}",
            "the the the cell",
            "See https://example.org",
            "# Cells",
            "Caf\u{FFFD}",
            "[INST] write [/INST]",
            "{{answer}}",
            "null",
        ] {
            prose(text, false);
        }
    }

    #[test]
    fn formulas_comparisons_and_gaps_are_prose() {
        for text in [
            "If a < b and b > c, what follows?",
            "The ____ makes proteins.",
            "F = m · a",
            "What is the none-of-us problem?",
            "Card games need what?",
            "P(X ≤ x) = 1 – e^(–mx)",
            "$5 (five dollars)",
            "Who wrote “Émile”?",
            "1945",
        ] {
            prose(text, true);
        }
    }

    fn dangling(text: &str, is: bool) {
        assert_eq!(dangles(text, true, Language::English), is, "{text}");
    }

    #[test]
    fn references_to_the_page_or_to_nothing_dangle() {
        for text in [
            "What does this show?",
            "What is shown in the figure above?",
            "According to the passage, what is osmosis?",
            "What does it do?",
            "When did they leave?",
            "What is the result of that?",
            "In Figure 3, what is X?",
            "What are these called?",
            "Who was he?",
            "What are the following terms in this section?",
        ] {
            dangling(text, true);
        }
    }

    #[test]
    fn relative_expletive_and_explained_words_do_not_dangle() {
        for text in [
            "What is the term for a cell that divides?",
            "Why is it important to wash hands?",
            "What do we call those who study cells?",
            "When light bends at a border, what is this called?",
            "What is the freezing point below which water is ice?",
            "How high above sea level is Denver?",
            "What did Mendel learn from his peas?",
            "What does it mean when a cell is haploid?",
            "How do plant cells differ from those of animals?",
        ] {
            dangling(text, false);
        }
    }

    fn option_faults(texts: &[&str], keys: &[bool], wanted: &[Fault]) {
        assert_eq!(options(texts, keys, Language::English), wanted, "{texts:?}");
    }

    #[test]
    fn options_must_differ_and_have_one_key() {
        option_faults(&["osmosis", "diffusion", "meiosis"], &[true, false, false], &[]);
        option_faults(&["Osmosis", "the osmosis"], &[true, false], &[Fault::RepeatedOption]);
        option_faults(&["A) osmosis", "B) osmosis"], &[true, false], &[Fault::RepeatedOption]);
        option_faults(&["osmosis", "diffusion"], &[true, true], &[Fault::NotOneKey]);
        option_faults(&["osmosis", "diffusion"], &[false, false], &[Fault::NotOneKey]);
        option_faults(&["osmosis", ""], &[true, false], &[Fault::MissingField]);
        option_faults(&["osmosis"], &[true], &[Fault::MissingField]);
    }

    #[test]
    fn options_that_differ_in_a_number_or_a_sign_differ() {
        option_faults(&["1945", "1946"], &[true, false], &[]);
        option_faults(&["+", "-"], &[true, false], &[Fault::MissingField]);
    }
}
