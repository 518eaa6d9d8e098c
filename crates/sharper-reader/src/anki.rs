//! Decks of Anki (`.apkg`) as notes: the words of a collection, which `sharper-exchange` gets out of its database.

use sharper_domain::{Document, FileFault, FileKind};
use sharper_exchange::apkg::{self, RawNote};

use crate::Limits;
use crate::html;
use crate::paper::Paper;

/// Most notes of a deck.
const MOST_NOTES: usize = 50_000;

/// A deck.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, FileFault> {
    let most = apkg::Limits { unpacked: limits.unpacked, cards: MOST_NOTES, text: limits.text };
    let collection = apkg::notes(bytes, &most)?;
    let mut paper = Paper::new(limits);
    let mut media = false;
    for note in &collection.notes {
        media |= note.fields.iter().any(|field| field.contains("<img") || field.contains("[sound:"));
        let names = collection.notetypes.get(&note.notetype).map_or(&[][..], |notetype| &notetype.fields);
        paper.block(&card(note, names, limits)?);
    }
    if media {
        paper.warn("Pictures and sounds of the deck were left out.");
    }
    if collection.cut {
        paper.warn("The deck has more notes than are read; the rest was left out.");
    }
    paper.finish(FileKind::Apkg, None)
}

/// A note as text. `Front: back` where it has two short fields, since these become cards; else field by field.
fn card(note: &RawNote, names: &[String], limits: &Limits) -> Result<String, FileFault> {
    let mut fields = Vec::new();
    for (index, field) in note.fields.iter().enumerate() {
        let words = html::fragment(&tex(&clozes(&without_sounds(field))), limits)?;
        if !words.is_empty() {
            fields.push((names.get(index).map(String::as_str).unwrap_or_default(), words));
        }
    }
    let mut text = match fields.as_slice() {
        [(_, front), (_, back)] if !front.contains('\n') && !back.contains("\n\n") => {
            let joint = if front.ends_with(['?', ':', '？', '：']) { " " } else { ": " };
            format!("{front}{joint}{back}")
        }
        [(_, front), rest @ ..] => {
            let named = |(name, words): &(&str, String)| {
                if name.is_empty() { words.clone() } else { format!("{name}: {words}") }
            };
            std::iter::once(front.clone()).chain(rest.iter().map(named)).collect::<Vec<_>>().join("\n\n")
        }
        [] => return Ok(String::new()),
    };
    let tags = note.tags.split_whitespace().collect::<Vec<_>>().join(", ");
    if !tags.is_empty() {
        text.push_str(&format!("\n\n*[tags: {}]*", crate::paper::escape(&tags)));
    }
    Ok(text)
}

fn without_sounds(field: &str) -> String {
    let mut out = String::with_capacity(field.len());
    let mut rest = field;
    while let Some((before, after)) = rest.split_once("[sound:") {
        out.push_str(before);
        rest = after.split_once(']').map_or("", |(_, behind)| behind);
    }
    out.push_str(rest);
    out
}

/// `{{c1::Paris::city}}` is `Paris`; one in another is resolved from inside out.
fn clozes(field: &str) -> String {
    // Each open cloze: where its words begin in `out`, and whether its hint has begun.
    let mut open: Vec<usize> = Vec::new();
    let mut out = String::with_capacity(field.len());
    let mut rest = field;
    while !rest.is_empty() {
        if let Some(words) = cloze_start(rest) {
            open.push(out.len());
            rest = words;
        } else if let (Some(start), Some(behind)) = (open.last().copied(), rest.strip_prefix("}}")) {
            if let Some(hint) = out[start..].find("::") {
                out.truncate(start + hint);
            }
            open.pop();
            rest = behind;
        } else {
            let next = rest.chars().next().map_or(1, char::len_utf8);
            out.push_str(&rest[..next]);
            rest = &rest[next..];
        }
    }
    out
}

fn cloze_start(text: &str) -> Option<&str> {
    let (number, words) = text.strip_prefix("{{c")?.split_once("::")?;
    (!number.is_empty()
        && number.len() <= 4
        && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b','))
    .then_some(words)
}

/// `\(x\)`, `[$]x[/$]` and `[latex]x[/latex]` as elements that the reader of HTML turns into formulas.
fn tex(field: &str) -> String {
    let mut out = field.to_owned();
    let pairs = [
        ("\\(", "\\)", ""),
        ("\\[", "\\]", "; mode=display"),
        ("[$$]", "[/$$]", "; mode=display"),
        ("[$]", "[/$]", ""),
        ("[latex]", "[/latex]", ""),
    ];
    for (open, close, mode) in pairs {
        let mut done = String::with_capacity(out.len());
        let mut rest = out.as_str();
        while let Some((before, (formula, behind))) =
            rest.split_once(open).and_then(|(before, after)| Some((before, after.split_once(close)?)))
        {
            done.push_str(before);
            let formula =
                formula.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("</", "< /");
            done.push_str(&format!("<script type=\"math/tex{mode}\">{formula}</script>"));
            rest = behind;
        }
        done.push_str(rest);
        out = done;
    }
    out
}
