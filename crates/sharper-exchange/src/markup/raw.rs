//! What Anki says in the middle of HTML, before it is parsed: sounds and formulas between brackets.

use super::{Files, MEDIA, escape};

/// What a formula becomes before the HTML is parsed: an element that no page has.
pub(super) const FORMULA: &str = "tex-formula";

/// `[sound:x]` as a link to the file.
pub(super) fn sounds(html: &str, files: &dyn Files) -> String {
    replace(html, "[sound:", "]", |name| {
        let name = unescaped(name);
        match files.hash(&name) {
            Some(hash) => format!("<a href=\"{MEDIA}{hash}\">{}</a>", escape(&name)),
            None => String::new(),
        }
    })
}

/// `\(x\)`, `\[x\]` and their older forms as elements, but not inside code.
pub(super) fn formulas(html: &str) -> String {
    const FORMS: [(&str, &str, &str); 5] = [
        ("\\(", "\\)", "inline"),
        ("\\[", "\\]", "display"),
        ("[$$]", "[/$$]", "display"),
        ("[$]", "[/$]", "inline"),
        ("[latex]", "[/latex]", "inline"),
    ];
    let mut out = html.to_owned();
    for (open, close, mode) in FORMS {
        if out.contains(open) {
            out = outside_code(&out, |part| {
                replace(part, open, close, |tex| {
                    let tex = stripped(&tex.replace("<br>", "\n").replace("<br />", "\n"));
                    format!("<{FORMULA} mode=\"{mode}\">{}</{FORMULA}>", escape(&tex))
                })
            });
        }
    }
    out
}

/// Does it to what stands outside `<pre>` and `<code>`.
fn outside_code(html: &str, change: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    loop {
        let next = [("<pre", "</pre>"), ("<code", "</code>")];
        let found = next.iter().filter_map(|(open, close)| Some((rest.find(open)?, *close))).min();
        let Some((at, close)) = found else { break };
        out.push_str(&change(&rest[..at]));
        let end = rest[at..].find(close).map_or(rest.len(), |end| at + end + close.len());
        out.push_str(&rest[at..end]);
        rest = &rest[end..];
    }
    out.push_str(&change(rest));
    out
}

fn replace(text: &str, open: &str, close: &str, with: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, (inner, behind))) =
        rest.split_once(open).and_then(|(before, after)| Some((before, after.split_once(close)?)))
    {
        out.push_str(before);
        out.push_str(&with(inner));
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// Characters without the tags around them.
pub(super) fn stripped(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let is_tag =
            rest[at + 1..].starts_with(|sign: char| sign.is_ascii_alphabetic() || "/!".contains(sign));
        match rest[at..].find('>') {
            Some(end) if is_tag => rest = &rest[at + end + 1..],
            _ => {
                out.push('<');
                rest = &rest[at + 1..];
            }
        }
    }
    out.push_str(rest);
    unescaped(&out)
}

/// Characters that are written as entities.
fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape_with(text, quick_xml::escape::resolve_html5_entity)
        .map_or_else(|_| text.to_owned(), |text| text.into_owned())
}
