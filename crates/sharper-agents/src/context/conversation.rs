//! The conversation agent: the newest messages that fit a budget of tokens, and in short what was said before them.
//!
//! Without a model the summary is an extract: each question with the first sentence of its answer. It is cut from the
//! middle, so that what the conversation began with can still be asked about.

use sharper_domain::{Message, Speaker};
use sharper_llm::TokenEstimate;
use sharper_store::conversations::Memory;

use crate::ContextSettings;

/// Messages that are read of a conversation: more than fit any budget, and than can wait to be summarised.
pub(super) const READ: u32 = 200;
/// Characters of a message that are remembered word by word.
pub(crate) const TURN_CHARS: usize = 600;
/// Characters of a question and of the first sentence of its answer in a summary.
const QUESTION_CHARS: usize = 120;
const ANSWER_CHARS: usize = 160;
/// What a question and its answer begin with in a summary.
const QUESTION: &str = "- Q: ";
const ANSWER: &str = " A: ";
/// Entries at the beginning of a conversation that are the last to be cut.
const FIRST: usize = 2;

/// What the tutor remembers.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Window {
    /// The newest messages, the oldest of them first.
    pub(crate) messages: Vec<Message>,
    /// What was said before them, in short.
    pub(crate) summary: Option<String>,
    /// What is to be kept as the summary, up to which position.
    pub(crate) fold: Option<Fold>,
}

/// A stretch of the conversation that has left the window and is to be summarised.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fold {
    /// The summary that is kept so far.
    pub(crate) before: Option<String>,
    /// What was said since.
    pub(crate) said: Vec<Message>,
    /// All of it as an extract.
    pub(crate) extract: String,
    /// The position that it reaches.
    pub(crate) to: u32,
}

/// What of a conversation fits the budget.
pub(crate) fn window(memory: &Memory, settings: &ContextSettings) -> Window {
    let cost = |message: &Message| TokenEstimate::of(&cut(&message.content, TURN_CHARS));
    let mut left = settings.window_tokens;
    let fits = |said: &&sharper_store::conversations::Said| {
        let cost = cost(&said.message);
        let fits = cost <= left;
        left = left.saturating_sub(cost);
        fits
    };
    let inside = memory.newest.iter().rev().take_while(fits).count();
    let (outside, inside) = memory.newest.split_at(memory.newest.len() - inside);
    let tail: Vec<_> = outside.iter().filter(|said| said.position > memory.summary_to).collect();
    let said: Vec<Message> = tail.iter().map(|said| said.message.clone()).collect();
    let messages = inside.iter().map(|said| said.message.clone()).collect();
    let Some(last) = tail.last() else {
        return Window { messages, summary: memory.summary.clone(), fold: None };
    };
    let extract = extract(memory.summary.as_deref(), &said, settings.summary_tokens);
    let waiting = said.iter().map(cost).fold(0, u32::saturating_add);
    let fold = (waiting >= settings.summarise_tokens).then(|| Fold {
        before: memory.summary.clone(),
        said,
        extract: extract.clone(),
        to: last.position,
    });
    Window { messages, summary: Some(extract), fold }
}

/// A summary with what was said since, as an extract of at most so many tokens.
pub(crate) fn extract(before: Option<&str>, said: &[Message], tokens: u32) -> String {
    let mut lines: Vec<String> = before.unwrap_or_default().lines().map(str::to_owned).collect();
    for message in said {
        match message.role {
            Speaker::User => {
                lines.push(format!("{QUESTION}{}", cut(&one_line(&message.content), QUESTION_CHARS)))
            }
            Speaker::Assistant => {
                let first = cut(&one_line(&first_sentence(&message.content)), ANSWER_CHARS);
                match lines.last_mut().filter(|line| !first.is_empty() && line.starts_with(QUESTION)) {
                    Some(line) if !line.contains(ANSWER) => line.push_str(&format!("{ANSWER}{first}")),
                    _ => {}
                }
            }
        }
    }
    squeeze(lines, tokens)
}

/// Lines that fit: first answers are cut, from the middle outwards, then whole lines.
fn squeeze(mut lines: Vec<String>, tokens: u32) -> String {
    let fits = |lines: &[String]| TokenEstimate::of(&lines.join("\n")) <= tokens;
    let middle_first = |count: usize| {
        let mut places: Vec<usize> = (FIRST.min(count)..count).collect();
        let middle = (FIRST + count) / 2;
        places.sort_by_key(|place| place.abs_diff(middle));
        places
    };
    for place in middle_first(lines.len()) {
        if fits(&lines) {
            break;
        }
        if let Some(at) = lines[place].find(ANSWER) {
            lines[place].truncate(at);
        }
    }
    while !fits(&lines) && lines.len() > 1 {
        let place = middle_first(lines.len()).first().copied().unwrap_or(lines.len() - 1);
        lines.remove(place);
    }
    lines.join("\n")
}

/// The questions that a summary tells of, the first first.
pub(crate) fn questions(summary: &str) -> impl Iterator<Item = &str> {
    let question = |line: &'_ str| line.strip_prefix(QUESTION).map(str::len);
    summary.lines().filter_map(move |line| {
        let asked = &line[line.len() - question(line)?..];
        Some(asked.split(ANSWER).next().unwrap_or(asked))
    })
}

/// The first sentence, without the numbers of its passages.
fn first_sentence(text: &str) -> String {
    let first = sharper_study::text::sentences(text).into_iter().next();
    let first = first.and_then(|span| span.of(text)).unwrap_or(text);
    let mut plain = String::new();
    let mut rest = first;
    while let Some(at) = rest.find('[') {
        let digits = rest[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
        let end = at + 1 + digits;
        if digits > 0 && rest[end..].starts_with(']') {
            plain.push_str(rest[..at].trim_end());
            rest = &rest[end + 1..];
        } else {
            plain.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
        }
    }
    plain.push_str(rest);
    plain
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first `most` characters.
fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sharper_domain::{MaterialId, Timestamp};
    use sharper_store::conversations::Said;

    fn settings() -> ContextSettings {
        ContextSettings {
            window_tokens: 300,
            summary_tokens: 400,
            summarise_tokens: 200,
            cache_seconds: 60,
            cached_users: 9,
        }
    }

    fn said(position: u32) -> Said {
        let n = position.div_ceil(2);
        let (role, content) = if position % 2 == 1 {
            (Speaker::User, format!("What is the use of part number {n} of the cell?"))
        } else {
            (Speaker::Assistant, format!("Part {n} keeps the cell alive. [1] It does more than that. [2]"))
        };
        let message = Message { role, content, created_at: Timestamp::UNIX_EPOCH };
        Said { id: MaterialId::new(Timestamp::UNIX_EPOCH), position, message, reply: None }
    }

    /// A conversation of so many turns as it is remembered when each is answered before the next is asked.
    fn talk(turns: u32) -> (Memory, Vec<Window>) {
        let mut memory = Memory::default();
        let mut windows = Vec::new();
        for turn in 1..=turns {
            memory.newest.extend([said(2 * turn - 1), said(2 * turn)]);
            let window = window(&memory, &settings());
            if let Some(fold) = &window.fold {
                (memory.summary, memory.summary_to) = (Some(fold.extract.clone()), fold.to);
            }
            windows.push(window);
        }
        (memory, windows)
    }

    #[test]
    fn a_short_conversation_is_remembered_word_by_word() {
        let (_, windows) = talk(3);
        assert_eq!((windows[2].messages.len(), &windows[2].summary, &windows[2].fold), (6, &None, &None));
    }

    #[test]
    fn sixty_turns_stay_within_the_budget_and_the_first_is_not_forgotten() {
        let (memory, windows) = talk(60);
        for window in &windows {
            let words: u32 = window.messages.iter().map(|one| TokenEstimate::of(&one.content)).sum();
            assert!(words <= 300, "{words}");
            let summary = window.summary.as_deref().unwrap_or_default();
            assert!(TokenEstimate::of(summary) <= 400, "{summary}");
        }
        let last = windows.last().unwrap();
        let summary = last.summary.as_deref().unwrap();
        assert!(last.messages.last().unwrap().content.starts_with("Part 60 "));
        assert!(questions(summary).next().unwrap().contains("part number 1 of"), "{summary}");
        assert!(summary.contains("A: Part 1 keeps the cell alive."), "{summary}");
        assert!(questions(summary).last().unwrap().contains("number 5"), "{summary}");
        // It is written now and then, and not with every turn.
        let folds = windows.iter().filter(|window| window.fold.is_some()).count();
        assert!((3..20).contains(&folds) && memory.summary_to > 90, "{folds} {}", memory.summary_to);
    }

    #[test]
    fn one_endless_message_does_not_break_the_budget() {
        let mut memory = Memory { newest: vec![said(1), said(2)], ..Memory::default() };
        memory.newest[0].message.content = "word ".repeat(9_000);
        memory.newest[1].message.content = "字".repeat(9_000);
        let window = window(&memory, &settings());
        assert_eq!(window.messages, []);
        assert!(TokenEstimate::of(window.summary.as_deref().unwrap()) <= 400);
    }

    #[test]
    fn an_answer_is_told_by_its_first_sentence_without_its_marks() {
        assert_eq!(first_sentence("It divides. [1] [2] It grows. [3]"), "It divides.");
        assert_eq!(first_sentence("An array [n] of cells [1]."), "An array [n] of cells.");
        assert_eq!(first_sentence(""), "");
    }
}
