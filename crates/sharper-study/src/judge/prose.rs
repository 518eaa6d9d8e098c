//! Prose: whether a sentence stands where one should, rather than markup, a prompt's remnant or broken characters.

/// Pieces of markup and code.
const MARKUP: &[&str] = &[
    "```",
    "**",
    "##",
    "](",
    "<br",
    "</",
    "/>",
    "&nbsp;",
    "&amp;",
    "&lt;",
    "&quot;",
    "&#",
    "{{",
    "}}",
    "<|",
    "|>",
    "[INST",
    "[/INST",
    "<<SYS",
    "|--",
    "{\"",
    "\":",
    "://",
    "\\n",
    "\\u",
    "<?",
    "${",
    "====",
    "----",
    "[[",
    "]]",
    "[object",
    "[insert",
    "[your ",
    "[placeholder",
    "<placeholder",
];

/// Tags of markup and of chat templates.
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

/// Text in UTF-8 that was read as Latin-1: "Ã©" for "é", "â€™" for an apostrophe.
const MOJIBAKE: &[&str] = &[
    "Ã©", "Ã¨", "Ã¤", "Ã¶", "Ã¼", "ÃŸ", "Ã¡", "Ã\u{AD}", "Ã³", "Ãº", "Ã±", "Ã§", "Ã\u{A0}", "â€", "Â°",
    "Â\u{A0}", "Ð°", "ï»¿", "ï¿½",
];

/// Words with which a model's chatter begins, in lower case.
const CHATTER: &[&str] = &[
    "question:",
    "answer:",
    "q:",
    "a:",
    "front:",
    "back:",
    "sure,",
    "sure!",
    "certainly!",
    "of course!",
    "here is your",
    "here is the flashcard",
    "here are",
    "here's a",
    "as an ai",
    "i'm sorry",
    "i am sorry",
    "i cannot",
    "i can't",
    "note to",
    "option a",
    "frage:",
    "antwort:",
    "pregunta:",
    "respuesta:",
    "flashcard ",
];

/// What only a model's chatter says, in lower case, beginning at the beginning of a word.
const REMNANTS: &[&str] = &[
    "as an ai",
    "language model",
    "lorem ipsum",
    "insert answer",
    "todo:",
    "system prompt",
    "json object",
    "flashcard question",
    "answer here",
    "question here",
];

/// Whether markup, code, a prompt's remnant or broken characters stand where a sentence should.
pub(super) fn is_not_prose(text: &str) -> bool {
    has_markup(text) || is_broken(text) || stammers(text)
}

/// Broken characters or a prompt's remnants: what no text should have, though it may have light markup.
pub(super) fn is_broken(text: &str) -> bool {
    has_broken_characters(text) || has_remnant(text)
}

fn has_markup(text: &str) -> bool {
    const MARKS: &[char] =
        &['`', '*', '#', ']', '[', '<', '>', '&', '{', '}', '|', '"', ':', '\\', '$', '=', '-'];
    if !text.contains(MARKS) {
        return false;
    }
    text.starts_with("# ")
        || MARKUP.iter().any(|mark| text.contains(mark))
        || text.contains('<') && has_tag(text)
}

/// `<b>`, `</p>`, `<a href="…">`; not the signs of "a < b and b > c".
fn has_tag(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let rest = &text[at + 1..];
        let Some(end) = rest.find('>').filter(|&end| end < 60) else { return false };
        let name = rest[..end].trim_start_matches('/').split([' ', '/']).next().unwrap_or("");
        TAGS.contains(&name.to_ascii_lowercase().as_str())
    })
}

fn has_broken_characters(text: &str) -> bool {
    let broken = |c: char| {
        c.is_control() && !matches!(c, '\n' | '\t' | '\r')
            || matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{FFF0}'..='\u{FFFF}')
    };
    text.chars().any(broken) || !text.is_ascii() && MOJIBAKE.iter().any(|broken| text.contains(broken))
}

fn has_remnant(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    let nothing =
        matches!(lower.as_str(), "null" | "none." | "undefined" | "nan" | "n/a" | "tbd" | "todo" | "...");
    nothing || CHATTER.iter().any(|start| lower.starts_with(start)) || says_remnant(&lower)
}

fn says_remnant(lower: &str) -> bool {
    let mut inside = false;
    lower.bytes().enumerate().any(|(at, byte)| {
        let begins = !inside && byte.is_ascii_alphabetic();
        inside = byte.is_ascii_alphanumeric() || !byte.is_ascii();
        begins && REMNANTS.iter().any(|remnant| lower.as_bytes()[at..].starts_with(remnant.as_bytes()))
    })
}

/// The same word three times on end, or more marks than letters.
fn stammers(text: &str) -> bool {
    let mut run = 0;
    let mut last = "";
    for word in text.split_whitespace() {
        let same =
            !last.is_empty() && word.eq_ignore_ascii_case(last) && word.chars().any(char::is_alphabetic);
        run = if same && word == last { run + 1 } else { 0 };
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, prose: bool) {
        assert_eq!(!is_not_prose(text), prose, "{text}");
    }

    #[test]
    fn markup_remnants_and_broken_characters_are_not_prose() {
        for text in [
            "What is **osmosis**?",
            "<b>Osmosis</b>",
            "<a href=\"x\">Osmosis",
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
            "I must say that, as an AI, I do not know",
            "Sure! Osmosis is movement.",
            "!!!???!!!???!!! ok",
        ] {
            check(text, false);
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
            "Of course, some cells divide.",
            "According to Kennan, containment",
            "The genotypes are YY, Yy, yY or yy.",
        ] {
            check(text, true);
        }
    }
}
