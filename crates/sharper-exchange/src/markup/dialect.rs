//! The dialect of Markdown that cards are written in: CommonMark, GitHub's tables, formulas between dollars.

use comrak::Options;

/// A line of the text is a line of the card.
pub(super) fn options() -> Options<'static> {
    let mut options = Options::default();
    let extension = &mut options.extension;
    extension.strikethrough = true;
    extension.table = true;
    extension.highlight = true;
    extension.math_dollars = true;
    extension.math_latex = true;
    extension.cjk_friendly_emphasis = true;
    options.render.hardbreaks = true;
    // Every tag that reaches the writer was looked at before.
    options.render.r#unsafe = true;
    options
}

/// The only tags that Markdown of ours may hold: looks that it has no sign of its own for.
pub(super) const TAGS: [&str; 5] = ["sub", "sup", "u", "kbd", "small"];

/// Whether an address may stand in a card: a page, a mailbox, or a file of the deck.
pub(super) fn is_harmless(address: &str) -> bool {
    let address = address.trim().to_ascii_lowercase();
    ["http://", "https://", "mailto:", super::MEDIA].iter().any(|start| address.starts_with(start))
}
