//! Subtitles (SRT, WebVTT): what was said, as sentences and paragraphs, with the moments at which it was.

use sharper_domain::{AnchorKind, Document, FileFault, FileKind};

use crate::Limits;
use crate::encoding;
use crate::paper::Paper;

/// A pause after which a paragraph begins, in milliseconds.
const PAUSE: u64 = 2_500;
/// Longest paragraph before the next end of a sentence, in characters.
const PARAGRAPH: usize = 600;
/// Longest paragraph of speech without stops.
const UNSTOPPED: usize = 1_000;

/// A caption.
#[derive(Debug, Default)]
struct Cue {
    /// First moment, in milliseconds.
    from: u64,
    /// Last moment.
    to: u64,
    speaker: Option<String>,
    lines: Vec<String>,
}

/// Subtitles; `kind` says which.
pub(crate) fn read(bytes: &[u8], kind: FileKind, limits: &Limits) -> Result<Document, FileFault> {
    let (text, _) = encoding::decode(bytes, None).ok_or(FileFault::Damaged)?;
    let text = encoding::tidy(&text);
    if text.len() > limits.text.saturating_mul(4) {
        return Err(FileFault::TooMuch);
    }
    let cues = without_repeats(cues(&text));
    let mut paper = Paper::new(limits);
    let mut open = String::new();
    let mut speaker: Option<String> = None;
    let mut last = 0;
    for cue in cues {
        let ended = open.ends_with(['.', '!', '?', '…', '。', '！', '？', '"', '”', '»']);
        let long = open.chars().count();
        let other = cue.speaker.is_some() && cue.speaker != speaker;
        let pause = cue.from.saturating_sub(last) >= PAUSE;
        if other || (pause && (ended || long > PARAGRAPH)) || (ended && long > PARAGRAPH) || long > UNSTOPPED
        {
            paper.block(&open);
            open.clear();
        }
        if open.is_empty() {
            paper.anchor(AnchorKind::Time, moment(cue.from));
            if other && let Some(name) = &cue.speaker {
                open.push_str(&format!("{name}: "));
            }
        }
        if cue.speaker.is_some() {
            speaker = cue.speaker;
        }
        for line in cue.lines {
            join(&mut open, &line);
        }
        last = cue.to;
    }
    paper.block(&open);
    paper.finish(kind, None)
}

/// Adds a line to a paragraph; scripts without spaces are joined without one.
fn join(open: &mut String, line: &str) {
    let wide = |character: char| matches!(u32::from(character), 0x0e00..=0x0e7f | 0x3000..=0x9fff | 0xff00..=0xffef | 0x20000..=0x3ffff);
    let joined = open.is_empty() || open.ends_with(' ') || (open.ends_with(wide) && line.starts_with(wide));
    if !joined {
        open.push(' ');
    }
    open.push_str(line);
}

fn cues(text: &str) -> Vec<Cue> {
    let mut out: Vec<Cue> = Vec::new();
    let mut inside = false;
    let mut before: Option<&str> = None;
    for line in text.lines().map(str::trim) {
        if let Some((from, to)) = times(line) {
            // The line before the times is the number or the name of the caption, and no words.
            if let (Some(name), Some(cue)) = (before, out.last_mut())
                && name.parse::<u64>().is_ok()
                && cue.lines.last().is_some_and(|line| line == name)
            {
                cue.lines.pop();
            }
            out.push(Cue { from, to, ..Cue::default() });
            inside = true;
        } else if line.is_empty() {
            inside = false;
        } else if inside && let Some(cue) = out.last_mut() {
            let (speaker, words) = words(line);
            cue.speaker = cue.speaker.take().or(speaker);
            if !words.is_empty() {
                cue.lines.push(words);
            }
        }
        before = Some(line);
    }
    out
}

/// `00:01:02,500 --> 00:01:04.000 align:start` in milliseconds.
pub(crate) fn times(line: &str) -> Option<(u64, u64)> {
    let (from, to) = line.split_once("-->")?;
    Some((milliseconds(from.trim())?, milliseconds(to.split_whitespace().next()?)?))
}

fn milliseconds(text: &str) -> Option<u64> {
    let (whole, part) = text.split_once([',', '.']).unwrap_or((text, "0"));
    let seconds = whole
        .split(':')
        .try_fold(0_u64, |sum, part| sum.checked_mul(60)?.checked_add(part.trim().parse().ok()?))?;
    let part = part.get(..3).unwrap_or(part);
    seconds.checked_mul(1_000)?.checked_add(part.parse().ok()?)
}

fn moment(milliseconds: u64) -> String {
    let seconds = milliseconds / 1_000;
    format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

/// The words of a line without tags, and who says them.
fn words(line: &str) -> (Option<String>, String) {
    let mut out = String::new();
    let mut speaker = None;
    let mut rest = line;
    while let Some(at) = rest.find(['<', '{']) {
        out.push_str(&rest[..at]);
        let close = if rest[at..].starts_with('<') { '>' } else { '}' };
        let tag = &rest[at + 1..];
        // `{\an8}` is a place on the screen; other braces are words.
        let is_tag = close == '>' && tag.starts_with(|first: char| first.is_alphanumeric() || first == '/')
            || tag.starts_with('\\');
        match tag.find(close).filter(|_| is_tag) {
            Some(end) => {
                if let Some(name) = tag[..end].strip_prefix("v ").or_else(|| {
                    tag[..end].strip_prefix("v.").and_then(|voice| Some(voice.split_once(' ')?.1))
                }) {
                    speaker = Some(name.trim().to_owned());
                }
                rest = &tag[end + 1..];
            }
            None => {
                out.push_str(&rest[at..=at]);
                rest = tag;
            }
        }
    }
    out.push_str(rest);
    for (reference, character) in [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&lrm;", ""),
        ("&rlm;", ""),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        out = out.replace(reference, character);
    }
    let words = out.split_whitespace().collect::<Vec<_>>().join(" ");
    // `>> ` marks a change of speaker in live captions; a dash alone one in films.
    let words = words.trim_start_matches(">>").trim_start().to_owned();
    let is_word = words.chars().any(char::is_alphanumeric);
    (speaker, if is_word { words } else { String::new() })
}

/// Captions that roll up repeat the line before: it is said once.
fn without_repeats(cues: Vec<Cue>) -> Vec<Cue> {
    let mut out: Vec<Cue> = Vec::new();
    let mut shown: Vec<String> = Vec::new();
    let mut until: u64 = 0;
    for mut cue in cues {
        let rolls = cue.from <= until.saturating_add(100);
        let now = cue.lines.clone();
        if rolls {
            // The longest end of what is shown that this caption begins with.
            let most = shown.len().min(cue.lines.len());
            let repeated = (1..=most)
                .rev()
                .find(|count| shown[shown.len() - count..] == cue.lines[..*count])
                .unwrap_or(0);
            cue.lines.drain(..repeated);
            if let (Some(first), Some(last)) = (cue.lines.first_mut(), shown.last())
                && last.split_whitespace().count() > 1
                && let Some(rest) = first.strip_prefix(last.as_str())
            {
                *first = rest.trim_start().to_owned();
            }
        }
        until = cue.to;
        cue.lines.retain(|line| !line.is_empty());
        if !now.is_empty() {
            shown = now;
        }
        if !cue.lines.is_empty() {
            out.push(cue);
        }
    }
    out
}
