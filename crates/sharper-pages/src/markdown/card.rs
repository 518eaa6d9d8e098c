//! A side of a card as safe HTML: Markdown where a person wrote it, plain words with formulas where an author made it of a note,
//! and the pictures and sounds that came with an imported deck.

use super::{Reading, render};

/// What stands before the SHA-256 of a file in the Markdown of a card.
const MEDIA: &str = "(media:";
/// Hexadecimal digits of a SHA-256.
const HASH: usize = 64;
/// Stand for a file while the sanitiser works: signs of no script, which are taken out of the text first.
const MARKS: (char, char) = ('\u{e000}', '\u{e001}');

/// The HTML of a side. `markdown`: whether a person wrote it.
pub fn side(text: &str, markdown: bool) -> String {
    let text: String = text.chars().filter(|sign| *sign != MARKS.0 && *sign != MARKS.1).collect();
    let reading = Reading { keeps_lines: true, ..Reading::default() };
    if !markdown {
        return without_places(render(&plain(&text), &reading).html);
    }
    let (text, files) = without_files(&text);
    let mut html = without_places(render(&text, &reading).html);
    for (number, file) in files.iter().enumerate() {
        html = html.replace(&format!("{}{number}{}", MARKS.0, MARKS.1), file);
    }
    html
}

/// Without the places in the text, which say something of a note and nothing of a card.
fn without_places(mut html: String) -> String {
    while let Some(at) = html.find(" data-from=") {
        let end = html[at..].find('>').map_or(html.len(), |end| at + end);
        html.replace_range(at..end, "");
    }
    html
}

/// The same words, with every sign that Markdown would read set free; formulas stay.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        if let Some(length) = formula(rest) {
            out.push_str(&rest[..length]);
            rest = &rest[length..];
            continue;
        }
        if sign.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(sign);
        rest = &rest[sign.len_utf8()..];
    }
    out
}

/// The length of the formula that a text begins with, as pandoc reads dollars: no space inside them, no digit after.
fn formula(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('$')?;
    let end = inner.find(['$', '\n']).filter(|end| *end > 0 && inner[*end..].starts_with('$'))?;
    let words = &inner[..end];
    let after = inner[end + 1..].chars().next();
    let sound = !words.starts_with(char::is_whitespace)
        && !words.ends_with(char::is_whitespace)
        && !after.is_some_and(|sign| sign.is_ascii_digit() || sign == '$');
    sound.then_some(end + 2)
}

/// The text with marks in the places of its files, and the HTML of each.
fn without_files(text: &str) -> (String, Vec<String>) {
    let (mut out, mut files) = (String::with_capacity(text.len()), Vec::new());
    let mut rest = text;
    while let Some(at) = rest.find(MEDIA) {
        let (before, address) = (&rest[..at], &rest[at + MEDIA.len()..]);
        let hash = address.get(..HASH).filter(|hash| hash.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let whole = hash.filter(|_| address[HASH..].starts_with(')'));
        let opened = before.strip_suffix(']').and_then(|before| Some((before.rfind('[')?, before)));
        let (Some(hash), Some((open, before))) = (whole, opened) else {
            out.push_str(&rest[..at + MEDIA.len()]);
            rest = address;
            continue;
        };
        let name = escaped(&before[open + 1..]);
        let is_picture = before[..open].ends_with('!');
        out.push_str(&before[..if is_picture { open - 1 } else { open }]);
        out.push_str(&format!("{}{}{}", MARKS.0, files.len(), MARKS.1));
        files.push(if is_picture {
            format!("<img src=\"/media/{hash}\" alt=\"{name}\" loading=\"lazy\">")
        } else {
            format!("<audio controls preload=\"none\" src=\"/media/{hash}\"><a href=\"/media/{hash}\">{name}</a></audio>")
        });
        rest = &address[HASH + 1..];
    }
    out.push_str(rest);
    (out, files)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands in its one block.
    fn html(text: &str, markdown: bool) -> String {
        let html = side(text, markdown);
        let inner = html.strip_prefix("<div class=\"block\" dir=\"auto\">").unwrap_or(&html);
        inner.strip_suffix("</div>").unwrap_or(inner).trim().to_owned()
    }

    #[test]
    fn what_an_author_made_is_words_and_formulas_and_never_markdown() {
        let check = |text: &str, expected: &str| assert_eq!(html(text, false), expected, "{text}");
        check("1945.", "<p>1945.</p>");
        check("a *b* _____ <b>", "<p>a *b* _____ &lt;b&gt;</p>");
        check("It costs $5 or $6", "<p>It costs $5 or $6</p>");
        assert!(
            html("Energy is $mc^2$ *here*", false).contains("<math"),
            "{}",
            html("Energy is $mc^2$", false)
        );
    }

    #[test]
    fn what_a_person_wrote_is_markdown_with_the_pictures_of_their_deck() {
        let hash = "a".repeat(64);
        assert_eq!(html("**bold**", true), "<p><strong>bold</strong></p>");
        let picture = html(&format!("![a \"<cell>](media:{hash}) here"), true);
        assert_eq!(
            picture,
            format!("<p><img src=\"/media/{hash}\" alt=\"a &quot;&lt;cell&gt;\" loading=\"lazy\"> here</p>")
        );
        assert!(html(&format!("[word](media:{hash})"), true).contains("<audio controls"));
        for none in
            ["![x](media:abc)", "](media:", &format!("(media:{hash})"), "![x](https://evil.example/a.png)"]
        {
            let html = html(none, true);
            assert!(!html.contains("<img") && !html.contains("<audio"), "{html}");
        }
        assert!(
            !html("<script>alert(1)</script><img src=x onerror=alert(1)>", true).contains("<"),
            "nothing runs"
        );
    }
}
