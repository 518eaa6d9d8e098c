//! What of HTML is let through: words, their emphasis, lists, tables and links; nothing that loads, runs or is filled in.

use std::collections::HashMap;
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

/// Elements that ammonia lets through and a note does not need: what loads something, what is ours (one `h1` is on the
/// page, and its landmarks), and what sets the direction behind our back.
const NOT_HERE: [&str; 14] = [
    "img", "map", "area", "h1", "article", "aside", "footer", "header", "nav", "hgroup", "bdo", "center",
    "dialog", "main",
];

/// The empty element that holds the place of a formula until the text around it is clean.
pub(super) const PLACE: &str = "var";
/// Its attribute: which formula.
pub(super) const WHICH: &str = "data-tex";

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::default();
    cleaner
        .rm_tags(&NOT_HERE)
        .add_tags(&["mark"])
        .add_tag_attributes(PLACE, &[WHICH])
        .url_schemes(["http", "https", "mailto"].into())
        // A note lies at no address that another could be near to.
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener nofollow noreferrer"))
        .allowed_classes(HashMap::new());
    cleaner
});

/// The fragment without anything that a browser could run or load, well-formed whatever was in it.
pub(super) fn clean(html: &str) -> String {
    CLEANER.clean(html).to_string()
}
