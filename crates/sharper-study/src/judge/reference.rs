//! References: whether an item points at something that is not on it ("this", "the figure above").

use crate::text::{Language, is_stop_word};

/// What a page has and a card has not.
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
/// What in the notes cannot be meant otherwise: "in the text", not "in the section".
const NOTES: &[&str] = &[
    "passage",
    "text",
    "excerpt",
    "notes",
    "figure",
    "diagram",
    "reading",
    "lecture",
    "handout",
    "paragraph",
];
const PRONOUNS: &[&str] = &["it", "they", "he", "she", "its", "their", "his", "them", "him"];

/// Whether the text refers to something that is not on the card. An answer may refer to its question.
pub(super) fn dangles(text: &str, is_question: bool, language: Language) -> bool {
    if language != Language::English {
        return false;
    }
    let bare = |word: &str| match word.trim_matches(|c: char| !c.is_alphanumeric()) {
        "" if word.contains("__") => "__".to_owned(),
        word => word.to_lowercase().replace('’', "'"),
    };
    let lower: Vec<String> = text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    points_at_the_page(&lower) || is_question && (points_back(&lower) || begins_with_pronoun(&lower))
}

/// "the figure above", "according to the passage", "in this chapter", "Table 3".
fn points_at_the_page(words: &[&str]) -> bool {
    words.windows(2).enumerate().any(|(at, two)| {
        let before = at.checked_sub(1).map_or("", |at| words[at]);
        let (one, two) = (two[0], two[1]);
        let (page, notes) = (PAGE.contains(&two), NOTES.contains(&two));
        match one {
            "this" | "these" | "following" | "above" | "preceding" | "previous" if page => true,
            "figure" | "fig" | "table" | "chapter" | "section" | "page" | "slide" | "equation"
            | "example" => {
                two.starts_with(|c: char| c.is_ascii_digit()) || matches!(two, "above" | "below" | "shown")
            }
            "the" | "your" if before == "to" && page => at >= 2 && words[at - 2] == "according",
            "the" if matches!(before, "in" | "from") && notes => true,
            "the" => matches!(two, "above" | "aforementioned"),
            "shown" | "described" | "mentioned" | "listed" | "given" | "discussed" | "noted" | "see"
            | "seen" => {
                matches!(two, "above" | "below" | "earlier" | "previously")
            }
            one => PAGE.contains(&one) && matches!(two, "above" | "below" | "shown"),
        }
    })
}

/// "this", "these", "those" that nothing on the card explains.
fn points_back(words: &[&str]) -> bool {
    words.iter().enumerate().any(|(at, &word)| {
        let next = words.get(at + 1).copied().unwrap_or("");
        let before = at.checked_sub(1).map_or("", |at| words[at]);
        match word {
            // "When light bends, what is this called?" has said what it means.
            "this" | "these" => {
                at < 4 || !matches!(next, "" | "called" | "known" | "is" | "process" | "happen" | "occur")
            }
            "those" => {
                at < 5 && !is_explained(next) && !matches!(before, "than" | "to" | "from" | "and" | "or")
            }
            "that" => {
                let article = matches!(next, "a" | "an" | "the" | "all" | "are" | "is");
                next.is_empty()
                    || at < 3 && matches!(before, "does" | "did" | "is" | "was" | "of") && !article
            }
            "here" | "aforementioned" => true,
            "latter" | "former" => before == "the" && at < 4,
            _ => false,
        }
    })
}

/// "those who …", "those used in …": what follows says who is meant.
fn is_explained(next: &str) -> bool {
    const LINKS: &[&str] = &[
        "that", "which", "of", "in", "with", "from", "for", "at", "on", "without", "found", "not", "over",
        "under", "between", "like",
    ];
    LINKS.contains(&next) || next.starts_with("who") || next.ends_with("ed") || next.ends_with("ing")
}

/// "What does it do?", "When did they leave?": a pronoun before anything that it could stand for.
fn begins_with_pronoun(words: &[&str]) -> bool {
    let Some(at) = words.iter().position(|word| PRONOUNS.contains(word)) else { return false };
    if words[..at].iter().any(|word| !is_stop_word(word, Language::English)) {
        return false;
    }
    let owns = matches!(words[at], "its" | "their" | "his");
    // "What is still in its infancy?": what is asked for owns it.
    let asked_for = owns && matches!(words[0], "what" | "who" | "which");
    // "Why is it important to …", "What does it mean when …", "How long does it take …".
    let empty = words[at] == "it"
        && words[at + 1..].iter().any(|word| {
            matches!(
                *word,
                "to" | "that" | "when" | "if" | "for" | "called" | "take" | "takes" | "mean" | "means"
            )
        });
    // "In their work, what did historians …" names them later.
    let named_later = owns
        && at > 0
        && words.len() > at + 4
        && matches!(words[0], "in" | "despite" | "after" | "before" | "during");
    !(asked_for || empty || named_later)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, is: bool) {
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
            "Which of the cells described above divide?",
            "Why did those states secede?",
        ] {
            check(text, true);
        }
    }

    #[test]
    fn relative_empty_and_explained_words_do_not_dangle() {
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
            "What is still in its infancy?",
            "____ at his death was among the richest men.",
            "What is a periodic table used for?",
        ] {
            check(text, false);
        }
    }

    #[test]
    fn an_answer_may_refer_to_its_question_but_not_to_the_page() {
        assert!(!dangles("It makes proteins", false, Language::English));
        assert!(dangles("It is the organelle in the figure above", false, Language::English));
    }
}
