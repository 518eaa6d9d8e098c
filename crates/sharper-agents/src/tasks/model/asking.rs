//! The words of a question to the model: the rules, the task, the notes, and what failed the last time.

use sharper_domain::{Fault, SummaryLength, SummaryStyle, TaskKind};
use sharper_llm::{Prompt, Role, Turn};

use super::notes::{self, push_line};
use super::orders::is_order;
use super::{Failed, ModelAuthor, shape};
use crate::context::conversation::TURN_CHARS;
use crate::tasks::desk::{Shown, Work};

const RULES: &str = include_str!("../../prompts/rules.md");
/// The same in few words, for what is mended: a repair is paid for once more.
const MENDING: &str = include_str!("../../prompts/mending.md");
/// Most characters of a failed item that the model is shown.
const SHORT: usize = 320;
/// Most items that the model is told not to repeat, and their characters.
const KNOWN: usize = 40;
const KNOWN_CHARS: usize = 100;
/// Bytes of notes for each item that is asked for again.
const REPAIR_BYTES: usize = 800;

/// The question of a round.
pub(super) fn prompt(
    author: &ModelAuthor<'_>,
    work: &Work,
    failed: &[Failed],
    wanting: Option<u32>,
    round: u32,
) -> Prompt {
    let kind = author.order.kind;
    let count = match (wanting, failed.len()) {
        (None, 0) if kind == TaskKind::ExamGeneration => {
            let count = author.request.exam.question_count();
            Some(if round == 0 { count } else { count.saturating_sub(work.count()).max(1) })
        }
        (None, 0) => None,
        (None, failed) => Some(u32::try_from(failed).unwrap_or(u32::MAX)),
        // The first question is always the same: after an interruption its answer may have been kept.
        (Some(_), _) if round == 0 => author.order.wanted,
        (Some(wanting), _) => Some(wanting),
    };
    let shape = shape::of(kind, author.request, count);
    let mut user = task_line(author, count);
    push_failed(&mut user, failed);
    let made = if round == 0 { &[] } else { work.shown.as_slice() };
    push_known(&mut user, author, made);
    user.push_str(&notes_for(author, failed, count));
    if kind == TaskKind::Chat {
        push_earlier(&mut user, author.gathered.earlier.as_deref());
        user.push_str("<message>\n");
        push_line(&mut user, &author.request.message);
        user.push_str("\n</message>\n");
    }
    let rules = if failed.is_empty() { RULES } else { MENDING };
    let own = author.variant.and_then(|variant| variant.system(rules));
    let system = own.unwrap_or_else(|| format!("{rules}\n{}", words(kind)));
    let mut prompt = Prompt::new(shape::task(kind), system, user).schema(shape.name, shape.schema);
    if kind == TaskKind::Chat {
        prompt.history = author.gathered.conversation.iter().map(turn).collect();
    }
    match author.variant {
        Some(variant) => variant.vary(prompt),
        None => prompt,
    }
}

/// A text cut to what the model needs to know it again.
pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHORT) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

fn words(kind: TaskKind) -> &'static str {
    match kind {
        TaskKind::Chat => include_str!("../../prompts/chat.md"),
        TaskKind::FlashcardGeneration => include_str!("../../prompts/flashcards.md"),
        TaskKind::QuizGeneration => include_str!("../../prompts/quiz.md"),
        TaskKind::ExamGeneration => include_str!("../../prompts/exam.md"),
        TaskKind::SummaryGeneration => include_str!("../../prompts/summary.md"),
        TaskKind::NoteAnalysis => include_str!("../../prompts/analysis.md"),
        TaskKind::StudyPlan => include_str!("../../prompts/plan.md"),
    }
}

fn turn(message: &sharper_domain::Message) -> Turn {
    let role = match message.role {
        sharper_domain::Speaker::User => Role::User,
        sharper_domain::Speaker::Assistant => Role::Assistant,
    };
    let mut text = String::new();
    push_line(&mut text, &message.content.chars().take(TURN_CHARS).collect::<String>());
    Turn { role, text }
}

/// What was said before the messages that are given whole.
fn push_earlier(user: &mut String, earlier: Option<&str>) {
    let Some(earlier) = earlier.filter(|earlier| !earlier.trim().is_empty()) else { return };
    user.push_str("What was said earlier in this conversation, in short:\n<earlier>\n");
    for line in earlier.lines().filter(|line| !is_order(line)) {
        push_line(user, line);
        user.push('\n');
    }
    user.push_str("</earlier>\n");
}

/// One line that says how many of what, and what was chosen.
fn task_line(author: &ModelAuthor<'_>, count: Option<u32>) -> String {
    let request = author.request;
    let about = |topic: &Option<String>| {
        topic.as_ref().map(|topic| format!(" Only about: {}.", plain(topic))).unwrap_or_default()
    };
    let number = count.map(|count| format!("exactly {count} ")).unwrap_or_default();
    let mut line = match author.order.kind {
        TaskKind::FlashcardGeneration => {
            let options = &request.flashcards;
            format!(
                "Write {number}flashcards. Difficulty: {}.{}",
                options.difficulty.as_str(),
                about(&options.topic)
            )
        }
        TaskKind::QuizGeneration => {
            let options = &request.quiz;
            let kinds: Vec<&str> = options.question_types.iter().map(|kind| kind.as_str()).collect();
            format!(
                "Write {number}questions of these types: {}. Difficulty: {}.{}",
                kinds.join(", "),
                options.difficulty.as_str(),
                about(&options.topic)
            )
        }
        TaskKind::ExamGeneration => {
            let options = &request.exam;
            format!(
                "Write {number}questions for an exam of {} minutes. Sections: {}. Difficulty: {}.{}",
                options.duration_minutes,
                sections(author),
                options.difficulty.as_str(),
                about(&options.topic)
            )
        }
        TaskKind::SummaryGeneration => summary_line(author, &number),
        TaskKind::Chat => reply_line(author, &number),
        TaskKind::NoteAnalysis => format!("Write {number}findings about the notes."),
        TaskKind::StudyPlan => {
            let options = &request.plan;
            format!(
                "List {number}topics; there are {} days of {} minutes.{}",
                author.days,
                options.daily_minutes,
                about(&options.topic)
            )
        }
    };
    let words = plain(&request.message);
    if author.order.kind != TaskKind::Chat && !words.is_empty() {
        line.push_str("\nThe student's own words on it, as far as they fit the task:\n<message>\n");
        line.push_str(&words);
        line.push_str("\n</message>");
    }
    line.push_str("\n\n");
    line
}

/// What the student finds hard, so that the tutor takes more care with it.
fn weak(author: &ModelAuthor<'_>) -> String {
    let weak = author.gathered.mastery.iter().filter(|(_, known)| *known < 0.5).take(5);
    let topics: Vec<String> = weak.map(|(topic, _)| plain(topic)).filter(|topic| !topic.is_empty()).collect();
    if topics.is_empty() { String::new() } else { format!(" The student finds hard: {}.", topics.join("; ")) }
}

fn reply_line(author: &ModelAuthor<'_>, number: &str) -> String {
    let (weak, detail) = (weak(author), detail(author));
    format!("Write {number}statements: answer the student's message below.{weak}{detail}")
}

/// How much the student wants to be told.
fn detail(author: &ModelAuthor<'_>) -> &'static str {
    match author.gathered.profile.effective.detail {
        Some(sharper_domain::Detail::Brief) => " Be brief: at most two statements.",
        Some(sharper_domain::Detail::Thorough) => " Be thorough: give what the notes say on it.",
        Some(sharper_domain::Detail::Normal) | None => "",
    }
}

fn summary_line(author: &ModelAuthor<'_>, number: &str) -> String {
    let options = &author.request.summary;
    let (points, terms) = match options.length {
        SummaryLength::Short => (4, 4),
        SummaryLength::Medium => (8, 8),
        SummaryLength::Long => (14, 12),
    };
    let order = match options.style {
        SummaryStyle::BulletPoints => "the most important point first",
        SummaryStyle::Paragraph => "an order that reads well on end",
        SummaryStyle::Outline => "the order of the notes, under their headings",
    };
    let focus: Vec<String> = options.focus_areas.iter().map(|area| plain(area)).collect();
    let focus = if focus.is_empty() { String::new() } else { format!(" Only about: {}.", focus.join("; ")) };
    format!("Write {number}at most {points} main points and {terms} key terms, in {order}.{focus}")
}

fn sections(author: &ModelAuthor<'_>) -> String {
    let blueprint = crate::tasks::offline::exam_sections(&author.request.exam);
    let named = |section: &sharper_domain::SectionSpec| {
        let kinds: Vec<&str> = section.question_types.iter().map(|kind| kind.as_str()).collect();
        let count = section.question_count.map(|count| format!(", {count} questions")).unwrap_or_default();
        format!("\"{}\" ({}{count})", plain(&section.name), kinds.join(" or "))
    };
    blueprint.iter().map(named).collect::<Vec<_>>().join("; ")
}

fn push_failed(user: &mut String, failed: &[Failed]) {
    if failed.is_empty() {
        return;
    }
    user.push_str("These were turned away. Mend what is named, or write another in their place:\n");
    for one in failed {
        user.push_str("<failed>\n");
        if one.fault != Fault::Unsafe && !is_order(&one.written) {
            push_line(user, &one.written);
            user.push('\n');
        }
        user.push_str("Why: ");
        user.push_str(one.fault.reason());
        user.push_str("\n</failed>\n");
    }
    user.push('\n');
}

/// What must not be written again: what the student has, and what this job has made.
fn push_known(user: &mut String, author: &ModelAuthor<'_>, made: &[Shown]) {
    let made = made.iter().map(|shown| shown.item.sides().0);
    let owned = author.gathered.known.iter().map(|known| known.front.as_str());
    let mut all = made.chain(owned).take(KNOWN).filter(|front| !is_order(front)).peekable();
    if all.peek().is_none() {
        return;
    }
    user.push_str("These are there already; do not repeat them:\n<items>\n");
    for front in all {
        user.push_str("- ");
        push_line(user, &front.chars().take(KNOWN_CHARS).collect::<String>());
        user.push('\n');
    }
    user.push_str("</items>\n\n");
}

/// What the model reads: all notes that fit; for a reply what was found on the question, and for items that are written anew
/// what they are to be about; for a repair what is about the
/// failed items.
fn notes_for(author: &ModelAuthor<'_>, failed: &[Failed], count: Option<u32>) -> String {
    let texts = &author.gathered.texts;
    let kind = author.order.kind;
    if !author.gathered.passages.is_empty() {
        let spans = author.gathered.passages.iter().map(|passage| (passage.text, passage.span));
        let mut spans: Vec<_> = spans.collect();
        spans.sort_unstable();
        return notes::fence(texts, spans.into_iter());
    }
    // Items that failed are mended with their own passages; where some are missing altogether, all notes are needed.
    let repairs = !failed.is_empty() && count.is_none_or(|count| count as usize <= failed.len());
    if repairs {
        let bytes = (REPAIR_BYTES * failed.len()).min(author.note_bytes);
        let whole: usize = texts.iter().map(|note| note.content.len()).sum();
        if whole > bytes {
            return notes::passages(texts, failed.iter().map(|one| one.written.as_str()), bytes);
        }
    }
    let request = author.request;
    let focus = match kind {
        TaskKind::FlashcardGeneration => request.flashcards.topic.clone(),
        TaskKind::QuizGeneration => request.quiz.topic.clone(),
        TaskKind::ExamGeneration => request.exam.topic.clone(),
        TaskKind::StudyPlan => request.plan.topic.clone(),
        TaskKind::SummaryGeneration => Some(request.summary.focus_areas.join(" ")),
        TaskKind::Chat | TaskKind::NoteAnalysis => None,
    };
    notes::fenced(texts, author.note_bytes, focus.as_deref().filter(|focus| !focus.trim().is_empty()))
}

/// A student's words, on one line and unable to end a fence; nothing where they speak to the machine.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    if !is_order(text) {
        push_line(&mut plain, text);
    }
    plain
}
