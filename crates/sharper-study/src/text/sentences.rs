//! Sentences: where they end, in spite of abbreviations, initials, decimals, quotes and brackets.

use sharper_domain::Span;

/// Abbreviations that end with a point in the middle of a sentence, in lower case, without their last point.
const ABBREVIATIONS: &[&str] = &[
    "al", "approx", "art", "bzw", "ca", "capt", "cf", "ch", "co", "col", "corp", "dept", "dr", "e.g", "ed",
    "eds", "eg", "eq", "esp", "est", "etc", "ex", "fig", "figs", "gen", "gov", "hon", "i.e", "ie", "inc",
    "jr", "lt", "ltd", "m", "max", "min", "mr", "mrs", "ms", "mt", "no", "nos", "nr", "op", "p", "pp",
    "prof", "rep", "resp", "rev", "sec", "sen", "sgt", "sp", "spp", "sr", "sra", "st", "subsp", "u.a",
    "univ", "usw", "v", "var", "vgl", "viz", "vol", "vs", "z.b",
];

/// Abbreviations that may well end a sentence: there the next word decides.
const OFTEN_LAST: &[&str] = &["al", "co", "corp", "etc", "inc", "jr", "ltd", "no", "sp", "spp", "sr", "usw"];

/// Words that, in capitals, begin a sentence rather than go on with a name.
const STARTERS: &[&str] = &[
    "A", "After", "All", "Although", "An", "And", "As", "At", "Because", "Both", "But", "By", "Das", "Der",
    "Die", "During", "Each", "Ein", "Eine", "El", "En", "Even", "For", "From", "He", "Her", "His", "How",
    "However", "I", "If", "In", "It", "Its", "La", "Le", "Les", "Los", "Many", "Most", "No", "Not", "On",
    "One", "Other", "Our", "She", "Since", "So", "Some", "Such", "That", "The", "Their", "Then", "There",
    "These", "They", "This", "Those", "Thus", "To", "Un", "Under", "Une", "We", "What", "When", "While",
    "With", "You",
];

/// Longest bracket, in bytes, within which no sentence ends.
const BRACKET: usize = 400;

/// The sentences of `text`, as spans without the white space around them. An empty line always ends a sentence;
/// a single line break does not.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut spans = Vec::with_capacity(text.len() / 90 + 1);
    let mut start = 0;
    let mut bracket_until = 0;
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at] {
            b'\n' => blank_line(text, at),
            b'(' | b'[' if at >= bracket_until => {
                bracket_until = closing(bytes, at).unwrap_or(bracket_until);
                None
            }
            b'.' | b'!' | b'?' if at >= bracket_until => boundary(text, at),
            0xE2 | 0xE3 | 0xEF => wide_stop(text, at),
            _ => None,
        };
        match end {
            Some(end) => {
                push_trimmed(&mut spans, text, start, end);
                start = end;
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    push_trimmed(&mut spans, text, start, text.len());
    spans
}

fn push_trimmed(spans: &mut Vec<Span>, text: &str, start: usize, end: usize) {
    let raw = &text[start..end];
    let trimmed = raw.trim();
    if !trimmed.is_empty() {
        let from = start + (raw.len() - raw.trim_start().len());
        spans.push(Span { start: from, end: from + trimmed.len() });
    }
}

/// The byte after an empty line that begins with the line break at `at`.
fn blank_line(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at + 1..];
    let line = rest.find('\n')?;
    rest[..line].trim().is_empty().then_some(at + 1 + line)
}

/// Where the bracket that opens at `at` closes, if it does so soon and in the same paragraph.
fn closing(bytes: &[u8], at: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (i, &byte) in bytes.iter().enumerate().skip(at).take(BRACKET) {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b'\n' if bytes.get(i + 1) == Some(&b'\n') => return None,
            _ => {}
        }
        if depth == 0 {
            return Some(i);
        }
    }
    None
}

/// The end of a sentence whose stop is one of `…`, `。`, `！`, `？`.
fn wide_stop(text: &str, at: usize) -> Option<usize> {
    let c = text.get(at..)?.chars().next()?;
    let end = at + c.len_utf8();
    match c {
        '。' | '！' | '？' => {
            Some(end + text[end..].find(|c| !matches!(c, '」' | '』' | '）' | '”')).unwrap_or(0))
        }
        '…' => starts_sentence(&text[end..]).then_some(end),
        _ => None,
    }
}

/// The end of the sentence that the stop at `at` closes, or `None` when it closes none.
fn boundary(text: &str, at: usize) -> Option<usize> {
    let mut end = at + 1;
    while let Some(c) = text[end..].chars().next() {
        if !matches!(c, '.' | '!' | '?' | '"' | '”' | '’' | '\'' | ')' | ']' | '»' | '*' | '_') {
            break;
        }
        end += c.len_utf8();
    }
    let after = &text[end..];
    if after.is_empty() {
        return Some(end);
    }
    let word = last_word(&text[..at]);
    if !after.starts_with(char::is_whitespace) {
        return glued(word, after, end - at).then_some(end);
    }
    let next = after.trim_start();
    if text.as_bytes()[at] == b'.' && end == at + 1 && is_abbreviation(word, text, at, next) {
        return None;
    }
    starts_sentence(after).then_some(end)
}

/// A full stop without a space after it ("stroma.It") still ends a sentence between two plain words.
fn glued(word: &str, after: &str, stop: usize) -> bool {
    let mut chars = after.chars();
    stop == 1
        && word.len() >= 4
        && word.chars().all(char::is_lowercase)
        && chars.next().is_some_and(char::is_uppercase)
        && chars.next().is_some_and(char::is_lowercase)
}

/// The letters (with inner points) right before a stop.
fn last_word(before: &str) -> &str {
    let start = before
        .char_indices()
        .rev()
        .find(|(_, c)| !c.is_alphanumeric() && *c != '.')
        .map_or(0, |(i, c)| i + c.len_utf8());
    &before[start..]
}

fn is_abbreviation(word: &str, text: &str, at: usize, next: &str) -> bool {
    let follower: &str = &next[..next.find(|c: char| !c.is_alphanumeric()).unwrap_or(next.len())];
    let starter = STARTERS.binary_search(&follower).is_ok();
    let letters = word.chars().count();
    if letters == 1 && word.chars().all(char::is_uppercase) {
        // "J. Watson" goes on; "vitamin C. The" and "plan B. It" end.
        let preceded = last_word(text[..at - word.len()].trim_end());
        return !(starter && preceded.chars().next().is_some_and(char::is_lowercase));
    }
    if letters == 1 && word.chars().all(char::is_numeric) {
        // "1. First" at the start of a line is a list number.
        let line = text[..at].rfind('\n').map_or(0, |i| i + 1);
        return text[line..at].trim() == word;
    }
    if word.contains('.') && word.chars().all(|c| c == '.' || c.is_uppercase()) {
        return !starter;
    }
    if word.len() > 6 {
        return false;
    }
    let lower = word.to_lowercase();
    if ABBREVIATIONS.binary_search(&lower.as_str()).is_err() {
        return false;
    }
    if lower == "no" || lower == "nos" {
        return follower.starts_with(|c: char| c.is_ascii_digit());
    }
    !(OFTEN_LAST.contains(&lower.as_str()) && starter)
}

/// Whether what follows a stop can begin a sentence: a capital, a digit, a caseless letter, an opening mark.
fn starts_sentence(after: &str) -> bool {
    let trimmed =
        after.trim_start().trim_start_matches(['"', '“', '‘', '\'', '(', '[', '«', '¿', '¡', '*', '_', '„']);
    match trimmed.chars().next() {
        None => true,
        Some(c) => !c.is_lowercase() && !matches!(c, ',' | ';' | ':' | ')' | '.' | '-' | '–' | '—'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: &[&str]) {
        let found: Vec<&str> = sentences(text).iter().filter_map(|span| span.of(text)).collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn the_tables_are_sorted() {
        assert!(ABBREVIATIONS.iter().all(|word| !word.is_empty()));
        let mut sorted = ABBREVIATIONS.to_vec();
        sorted.sort_unstable();
        assert_eq!(ABBREVIATIONS, sorted);
        let mut sorted = STARTERS.to_vec();
        sorted.sort_unstable();
        assert_eq!(STARTERS, sorted);
    }

    #[test]
    fn stops_question_marks_and_exclamations_end_sentences() {
        check("Cells divide. Do they? Yes! They do.", &["Cells divide.", "Do they?", "Yes!", "They do."]);
    }

    #[test]
    fn abbreviations_titles_and_initials_do_not() {
        check(
            "Dr. J. Watson met F. Crick, e.g. in 1953. It worked.",
            &["Dr. J. Watson met F. Crick, e.g. in 1953.", "It worked."],
        );
        check("See Fig. 3 and No. 7 of approx. 20 items.", &["See Fig. 3 and No. 7 of approx. 20 items."]);
        check("The U.S. Constitution is old.", &["The U.S. Constitution is old."]);
    }

    #[test]
    fn a_letter_or_an_abbreviation_may_be_last() {
        check(
            "Oranges hold vitamin C. The body needs it.",
            &["Oranges hold vitamin C.", "The body needs it."],
        );
        check("It left the U.S. The war began.", &["It left the U.S.", "The war began."]);
        check("The answer is no. Then stop.", &["The answer is no.", "Then stop."]);
    }

    #[test]
    fn decimals_quotes_and_brackets_stay_whole() {
        check(
            "Pi is 3.14. He said “Stop.” Then he left.",
            &["Pi is 3.14.", "He said “Stop.”", "Then he left."],
        );
        check(
            "It grows (see above. Or below.) fast. End.",
            &["It grows (see above. Or below.) fast.", "End."],
        );
    }

    #[test]
    fn a_line_break_goes_on_and_an_empty_line_ends() {
        check(
            "One line\ngoes on. Next\n\nNo stop here\n\nEnd",
            &["One line\ngoes on.", "Next", "No stop here", "End"],
        );
    }

    #[test]
    fn a_lost_space_and_wide_stops_still_end() {
        check("It is in the stroma.It is green.", &["It is in the stroma.", "It is green."]);
        check("細胞は単位である。核は中心だ。", &["細胞は単位である。", "核は中心だ。"]);
    }
}
