//! The signs of Markdown: put around words, and kept from being taken for signs.

use super::tree::Element;

/// Every sign that Markdown may take for one of its own, escaped. A bracket behind a backslash would open a formula.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '[' => out.push_str("&#91;"),
            '\\' | '`' | '*' | '_' | '<' | '>' | '$' | '&' | '#' | '~' | '=' | '|' | '!' | '+' | '-'
            | '.' | ')' => {
                out.push('\\');
                out.push(sign);
            }
            sign => out.push(sign),
        }
    }
    out
}

/// Marks around each line, with the spaces at its ends outside.
pub(super) fn wrapped(words: &str, open: &str, close: &str) -> String {
    let of = |line: &str| {
        let inner = line.trim();
        let doubled = inner.starts_with(open) && inner.ends_with(close) && inner.len() > open.len();
        if inner.is_empty() || (doubled && open.len() == 2) {
            return line.to_owned();
        }
        let from = line.find(inner).unwrap_or_default();
        format!("{}{open}{inner}{close}{}", &line[..from], &line[from + inner.len()..])
    };
    words.split('\n').map(of).collect::<Vec<_>>().join("\n")
}

pub(super) fn code(text: &str) -> String {
    let text = text.replace('\n', " ");
    if text.trim().is_empty() {
        return String::new();
    }
    let longest = text.split(|sign| sign != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

pub(super) fn fenced(element: &Element) -> String {
    let text = element.text();
    let text = text.trim_end_matches('\n');
    let class =
        element.elements().find(|child| child.name == "code").map_or("", |code| code.attribute("class"));
    let language = class.strip_prefix("language-").unwrap_or_default();
    let language = if language.chars().all(|sign| sign.is_alphanumeric() || "+-#".contains(sign)) {
        language
    } else {
        ""
    };
    let longest = text.split(|sign| sign != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{text}\n{fence}")
}

/// A formula between dollars. Dollars in it that are not escaped would end it.
pub(super) fn formula(tex: &str, mode: &str) -> String {
    // A gap in a formula.
    let tex = tex.trim().replace(crate::apkg::cloze::GAP, "\\boxed{?}");
    let mut safe = String::with_capacity(tex.len());
    for sign in tex.chars() {
        if sign == '$' && !safe.ends_with('\\') {
            safe.push('\\');
        }
        safe.push(sign);
    }
    match (safe.is_empty(), mode) {
        (true, _) => String::new(),
        (_, "display") => format!("$${safe}$$"),
        _ => format!("${safe}$"),
    }
}

pub(super) fn label(text: &str) -> String {
    text.chars().map(|sign| if "[]\n\\".contains(sign) { ' ' } else { sign }).collect()
}

/// An address as Markdown takes it.
pub(super) fn address(text: &str) -> String {
    let text = text.trim();
    if text.contains([' ', '(', ')', '<', '>']) {
        let safe = text.replace(' ', "%20").replace('(', "%28").replace(')', "%29");
        return safe.replace('<', "%3C").replace('>', "%3E");
    }
    text.to_owned()
}

/// A name whose letters are written as `%20`.
pub(super) fn percent(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let digits = behind.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match digits.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            _ => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
