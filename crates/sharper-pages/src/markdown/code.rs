//! Code: comments, strings, numbers and the words that many languages keep for themselves, told apart by four classes.
//!
//! One small reader for all languages: it knows how comments begin in the one that is named. A grammar for each would
//! weigh more than the rest of the page's program together, for notes in which code is rare.

use super::escape;

/// Words that are reserved in one of the languages that notes are about.
const RESERVED: [&str; 88] = [
    "abstract",
    "and",
    "as",
    "async",
    "await",
    "bool",
    "boolean",
    "break",
    "case",
    "catch",
    "char",
    "class",
    "const",
    "continue",
    "def",
    "default",
    "del",
    "do",
    "double",
    "elif",
    "else",
    "end",
    "enum",
    "except",
    "export",
    "extends",
    "extern",
    "false",
    "final",
    "finally",
    "float",
    "fn",
    "for",
    "from",
    "func",
    "function",
    "global",
    "go",
    "if",
    "impl",
    "implements",
    "import",
    "in",
    "int",
    "interface",
    "is",
    "lambda",
    "let",
    "long",
    "loop",
    "match",
    "mod",
    "mut",
    "new",
    "nil",
    "none",
    "not",
    "null",
    "or",
    "package",
    "pass",
    "private",
    "protected",
    "pub",
    "public",
    "raise",
    "ref",
    "return",
    "select",
    "self",
    "static",
    "struct",
    "super",
    "switch",
    "then",
    "this",
    "throw",
    "trait",
    "true",
    "try",
    "type",
    "use",
    "using",
    "var",
    "void",
    "where",
    "while",
    "yield",
];

/// How comments begin: to the end of the line, and, with their end, over lines.
struct Comments {
    line: &'static [&'static str],
    block: &'static [(&'static str, &'static str)],
}

fn comments(language: &str) -> Comments {
    match language {
        "python" | "py" | "sh" | "bash" | "shell" | "zsh" | "ruby" | "rb" | "r" | "perl" | "yaml" | "yml"
        | "toml" | "julia" => Comments { line: &["#"], block: &[] },
        "sql" | "haskell" | "hs" | "lua" | "ada" | "vhdl" => {
            Comments { line: &["--"], block: &[("/*", "*/"), ("{-", "-}")] }
        }
        "html" | "xml" | "svg" => Comments { line: &[], block: &[("<!--", "-->")] },
        "css" => Comments { line: &[], block: &[("/*", "*/")] },
        "tex" | "latex" | "matlab" | "octave" | "erlang" | "prolog" => Comments { line: &["%"], block: &[] },
        "lisp" | "scheme" | "clojure" | "asm" => Comments { line: &[";"], block: &[] },
        _ => Comments { line: &["//"], block: &[("/*", "*/")] },
    }
}

/// The code as HTML. Without the name of a language it stands as it is.
pub(super) fn write(code: &str, language: &str, html: &mut String) {
    let language: String = language.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
    if language.is_empty() || matches!(language.as_str(), "text" | "txt" | "plain" | "output") {
        return escape(code, html);
    }
    let comments = comments(&language.to_ascii_lowercase());
    let mut rest = code;
    while !rest.is_empty() {
        let (length, class) = token(rest, &comments);
        let (token, after) = rest.split_at(length);
        match class {
            None => escape(token, html),
            Some(class) => {
                html.push_str(&format!("<span class=\"{class}\">"));
                escape(token, html);
                html.push_str("</span>");
            }
        }
        rest = after;
    }
}

/// The length of the first token and its class. A token is at least one character.
fn token(rest: &str, comments: &Comments) -> (usize, Option<&'static str>) {
    if comments.line.iter().any(|sign| rest.starts_with(sign)) {
        return (rest.find('\n').unwrap_or(rest.len()), Some("code-comment"));
    }
    for (start, end) in comments.block {
        if let Some(inside) = rest.strip_prefix(start) {
            let length = inside.find(end).map_or(rest.len(), |at| start.len() + at + end.len());
            return (length, Some("code-comment"));
        }
    }
    let first = rest.chars().next().unwrap_or(' ');
    if first == '"' || first == '\'' {
        return string(rest, first);
    }
    let word = |c: char| c.is_alphanumeric() || c == '_';
    if word(first) {
        let length = rest.find(|c| !word(c)).unwrap_or(rest.len());
        let class = match &rest[..length] {
            _ if first.is_ascii_digit() => Some("code-number"),
            name if RESERVED.contains(&name) || RESERVED.contains(&name.to_ascii_lowercase().as_str()) => {
                Some("code-word")
            }
            _ => None,
        };
        return (length, class);
    }
    let next = rest[first.len_utf8()..].find(|c: char| word(c) || !c.is_whitespace()).unwrap_or(0);
    (if first.is_whitespace() && next > 0 { first.len_utf8() + next } else { first.len_utf8() }, None)
}

/// A string ends at its sign on the same line; a sign without a second one, as in `don't`, is itself.
fn string(rest: &str, sign: char) -> (usize, Option<&'static str>) {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '\n' => break,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == sign => return (at + 1, Some("code-string")),
            _ => {}
        }
    }
    (1, None)
}

#[cfg(test)]
mod tests {
    #[test]
    fn comments_strings_numbers_and_reserved_words_are_told_apart() {
        let check = |language: &str, code: &str, wanted: &str| {
            let mut html = String::new();
            super::write(code, language, &mut html);
            let short =
                html.replace("<span class=\"code-", "<").replace("</span>", "</>").replace("\">", ">");
            assert_eq!(short, wanted);
        };
        check("", "if x", "if x");
        check("py", "if x == 1: # yes", "<word>if</> x == <number>1</>: <comment># yes</>");
        check(
            "rust",
            "// a\nlet s = \"<b\";",
            "<comment>// a</>\n<word>let</> s = <string>&quot;&lt;b&quot;</>;",
        );
        check("c", "a /* b\nc", "a <comment>/* b\nc</>");
        check("text", "return 1", "return 1");
        check("js", "don't \"stop", "don&#39;t &quot;stop");
        check("sql", "SELECT é -- ü", "<word>SELECT</> é <comment>-- ü</>");
    }
}
