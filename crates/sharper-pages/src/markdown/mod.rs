//! A note's Markdown as HTML that can do nothing: read by comrak, cleaned by ammonia, with formulas as MathML.
//!
//! Each block says which bytes of the note it comes from (`data-from`, `data-to`), so that a passage can be shown in it.
//! No picture is loaded: what a picture shows stands there in words. What a browser could run is taken out by the
//! sanitiser, block by block; only then are our own tags, code and formulas put around and between.

mod blocks;
mod card;
mod clean;
mod code;
mod math;
mod source;

use std::ops::Range;

use comrak::{Arena, Options, parse_document};
use sharper_domain::{Anchor, AnchorKind};

use crate::Locale;
use blocks::Blocks;
pub use card::side;

/// How a note is shown.
#[derive(Debug, Clone, Default)]
pub struct Reading<'a> {
    /// The language of our own words between the note's.
    pub locale: Locale,
    /// What the page is called: a first heading that says the same is not shown again.
    pub title: &'a str,
    /// Whether a line of the text is a line on the page, as whoever typed it meant; else lines flow together.
    pub keeps_lines: bool,
    /// Where pages, slides, chapters begin; marked in the margin.
    pub anchors: &'a [Anchor],
    /// The bytes to show: the blocks that hold them are marked, the first as `#passage`.
    pub passage: Option<Range<usize>>,
    /// The bytes that something was made from. `None`: nothing is said of blocks without.
    pub covered: Option<&'a [Range<usize>]>,
}

/// A note, shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// Its HTML, safe to stand in a page as it is.
    pub html: String,
    /// Blocks that something could be made from, …
    pub blocks: u32,
    /// … and those of them that nothing was made from yet.
    pub uncovered: u32,
}

/// The HTML of a text.
pub fn render(text: &str, reading: &Reading<'_>) -> Shown {
    let arena = Arena::new();
    let options = options(reading.keeps_lines);
    let root = parse_document(&arena, text, &options);
    Blocks::of(text, reading, &options).walk(&arena, root)
}

/// The dialect: CommonMark, GitHub's tables, tasks and links, and what students' tools add to them.
fn options(keeps_lines: bool) -> Options<'static> {
    let mut options = Options::default();
    let extension = &mut options.extension;
    extension.strikethrough = true;
    extension.table = true;
    extension.autolink = true;
    extension.tasklist = true;
    extension.highlight = true;
    extension.math_dollars = true;
    extension.math_latex = true;
    extension.math_code = true;
    extension.wikilinks_title_after_pipe = true;
    extension.cjk_friendly_emphasis = true;
    extension.front_matter_delimiter = Some("---".to_owned());
    options.render.hardbreaks = keeps_lines;
    // What is written in HTML goes through to the sanitiser, which comes after.
    options.render.r#unsafe = true;
    options
}

/// The mark of an anchor: `p. 12`, a moment, the title of a chapter.
pub fn anchor_mark(anchor: &Anchor, locale: Locale) -> String {
    let key = match anchor.kind {
        AnchorKind::Page => "note-page",
        AnchorKind::Slide => "note-slide",
        AnchorKind::Chapter | AnchorKind::Time | AnchorKind::Sheet => return anchor.label.clone(),
    };
    locale.with(key, &[("label", anchor.label.as_str().into())]).into_owned()
}

/// Text as HTML shows it.
fn escape(text: &str, into: &mut String) {
    for sign in text.chars() {
        match sign {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' => into.push_str("&quot;"),
            '\'' => into.push_str("&#39;"),
            _ => into.push(sign),
        }
    }
}

#[cfg(test)]
mod tests;
