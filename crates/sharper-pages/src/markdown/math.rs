//! Formulas: TeX as MathML, or as it was typed where it cannot be read.

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser, Storage, push_mathml};

use super::escape;

/// Longest formula that is typeset, in bytes.
const LONGEST: usize = 4_096;
/// Deepest nesting of braces that is typeset.
const DEEPEST: usize = 40;
/// A formula that defines commands is shown as it was typed: what a definition may unfold to has no bound worth trusting.
const DEFINITIONS: [&str; 6] = ["\\def", "\\gdef", "\\edef", "\\let", "\\newcommand", "\\renewcommand"];

/// The elements of MathML Core that a formula is made of.
const ELEMENTS: [&str; 22] = [
    "math",
    "mrow",
    "mi",
    "mn",
    "mo",
    "mtext",
    "mspace",
    "mfrac",
    "msqrt",
    "mroot",
    "msub",
    "msup",
    "msubsup",
    "munder",
    "mover",
    "munderover",
    "mtable",
    "mtr",
    "mtd",
    "mpadded",
    "menclose",
    "mphantom",
];
/// Their attributes. Not among them: `style`, which the policy of our pages forbids, and whatever could name an address.
const ATTRIBUTES: [&str; 17] = [
    "class",
    "depth",
    "display",
    "displaystyle",
    "height",
    "largeop",
    "linethickness",
    "mathvariant",
    "maxsize",
    "minsize",
    "movablelimits",
    "scriptlevel",
    "stretchy",
    "symmetric",
    "width",
    "lspace",
    "rspace",
];

/// A formula between the words of a note.
pub(super) struct Formula {
    /// Its TeX, without the signs around it.
    pub(super) tex: String,
    /// Whether it stands on a line of its own.
    pub(super) display: bool,
}

impl Formula {
    /// Adds it to a page, from left to right whatever the language around it.
    pub(super) fn write(&self, html: &mut String) {
        match mathml(&self.tex, self.display) {
            Some(mathml) if self.display => {
                html.push_str("<span class=\"formula display\" dir=\"ltr\" tabindex=\"0\">");
                html.push_str(&mathml);
                html.push_str("</span>");
            }
            Some(mathml) => {
                html.push_str("<span class=\"formula\" dir=\"ltr\">");
                html.push_str(&mathml);
                html.push_str("</span>");
            }
            None => {
                html.push_str("<code class=\"tex\" dir=\"ltr\">");
                escape(&self.tex, html);
                html.push_str("</code>");
            }
        }
    }
}

/// The MathML of TeX; `None` where it cannot be typeset.
fn mathml(tex: &str, display: bool) -> Option<String> {
    let too_deep = tex.bytes().filter(|byte| *byte == b'{').count() > DEEPEST * 8 || depth(tex) > DEEPEST;
    if tex.len() > LONGEST || too_deep || DEFINITIONS.iter().any(|word| tex.contains(word)) {
        return None;
    }
    let storage = Storage::new();
    let events: Vec<_> = Parser::new(tex, &storage).collect::<Result<_, _>>().ok()?;
    let mut html = String::new();
    let display_mode = if display { DisplayMode::Block } else { DisplayMode::Inline };
    let sound = events.into_iter().map(Ok::<_, std::convert::Infallible>);
    push_mathml(&mut html, sound, RenderConfig { display_mode, ..RenderConfig::default() }).ok()?;
    checked(&html)
}

/// How deep braces nest.
fn depth(tex: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in tex.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// The same MathML without styles, if there is nothing in it but elements and attributes of the lists above, properly
/// nested. It comes from a library that escapes what was typed; this holds even where it should forget to.
fn checked(html: &str) -> Option<String> {
    let mut kept = String::with_capacity(html.len());
    let mut open = Vec::new();
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        kept.push_str(text);
        if !tag.starts_with(|sign: char| sign == '/' || sign.is_ascii_lowercase())
            || tag.starts_with("/") && tag[1..].starts_with(|sign: char| !sign.is_ascii_lowercase())
        {
            // The sign for "less than" as it was typed.
            kept.push_str("&lt;");
            rest = tag;
            continue;
        }
        if let Some(closing) = tag.strip_prefix('/') {
            let (name, after) = closing.split_once('>')?;
            (open.pop()? == name).then_some(())?;
            kept.push_str("</");
            kept.push_str(name);
            rest = after;
        } else {
            let name = &tag[..tag.find(|c: char| !c.is_ascii_lowercase())?];
            ELEMENTS.contains(&name).then_some(())?;
            kept.push('<');
            kept.push_str(name);
            let (empty, after) = attributes(&tag[name.len()..], &mut kept)?;
            if empty {
                kept.push_str("></");
                kept.push_str(name);
            } else {
                open.push(name);
            }
            rest = after;
        }
        kept.push('>');
    }
    (open.is_empty() && rest.is_empty()).then_some(kept)
}

/// Adds the attributes of a tag that are let through; whether the tag is empty, and what comes after it.
fn attributes<'h>(mut tag: &'h str, kept: &mut String) -> Option<(bool, &'h str)> {
    loop {
        tag = tag.trim_start();
        if let Some(after) = tag.strip_prefix('>') {
            return Some((false, after));
        }
        if let Some(after) = tag.strip_prefix("/>") {
            return Some((true, after));
        }
        let (name, value) = tag.split_once("=\"")?;
        let (value, after) = value.split_once('"')?;
        (!value.contains(['<', '>'])).then_some(())?;
        if ATTRIBUTES.contains(&name) {
            kept.push_str(&format!(" {name}=\"{value}\""));
        } else if name != "style" {
            return None;
        }
        tag = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_that_can_be_read_is_typeset_and_any_other_stands_as_it_was_typed() {
        for tex in [
            "x",
            "x^2",
            "\\frac{1}{2}",
            "\\int_0^1 x\\,dx",
            "\\sqrt[3]{a}",
            "\\sum_{i=1}^n i",
            "\\vec{v}\\cdot\\hat{w}",
            "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}",
            "\\left(\\frac ab\\right)",
            "\\text{if } a<b",
            "\\alpha\\to\\infty",
            "\\begin{cases}1&x>0\\\\0&x\\le 0\\end{cases}",
            "\\overbrace{a+b}^{c}",
            "\\mathbb{R}",
            "\\color{red}{x}",
            "\\lim_{x\\to0}",
        ] {
            let html = mathml(tex, true).unwrap_or_else(|| panic!("{tex}"));
            assert!(
                html.starts_with("<math") && html.ends_with("</math>") && !html.contains("style="),
                "{html}"
            );
        }
        let deep = "{".repeat(3000);
        for tex in [
            "\\frac{1",
            "\\nosuchcommand",
            "\\def\\a{\\a\\a}\\a",
            "\\left(",
            "\\href{javascript:alert(1)}{x}",
            "}",
            &deep,
        ] {
            assert_eq!(mathml(tex, false), None, "{tex}");
        }
    }

    #[test]
    fn what_is_typed_into_a_formula_is_never_markup() {
        for tex in [
            "<img src=x onerror=alert(1)>",
            "\\text{<script>alert(1)</script>}",
            "\\text{</math><svg onload=x>}",
            "a<b>c",
            "\"'&amp;",
        ] {
            let mut html = String::new();
            Formula { tex: tex.to_owned(), display: false }.write(&mut html);
            for tag in ["<img", "<script", "<svg", "<b>"] {
                assert!(!html.contains(tag), "{html}");
            }
        }
    }

    #[test]
    fn mathml_with_anything_that_is_not_of_a_formula_is_refused() {
        let check = |html: &str, sound: bool| assert_eq!(checked(html).is_some(), sound, "{html}");
        check("<math><mi>x</mi></math>", true);
        check("<math><mspace width=\"1em\" /></math>", true);
        check("<math><mi style=\"color: red\">x</mi></math>", true);
        check("<math><mi onclick=\"x\">x</mi></math>", false);
        check("<math><mi href=\"javascript:x\">x</mi></math>", false);
        check("<math><script>x</script></math>", false);
        check("<math><mi>x</math></mi>", false);
        check("<math><mi>x</mi>", false);
        check("<math><mi class=x>x</mi></math>", false);
        check("<math></math></div>", false);
        check("<math></math>x", false);
        check("<math><annotation encoding=\"text/html\"></annotation></math>", false);
    }
}
