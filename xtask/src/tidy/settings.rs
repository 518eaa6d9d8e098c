//! Rule: every setting of `config/default.toml` says what it means, in a comment above it or beside it.

use super::{Breach, Tree};

const FILE: &str = "config/default.toml";

/// Settings without a comment.
pub(super) fn check(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let mut explained = false;
    let mut open_brackets = 0_isize;
    for (index, line) in tree.get(FILE).unwrap_or_default().lines().enumerate() {
        let line = line.trim();
        let (code, comment) = split_comment(line);
        let continues = open_brackets > 0;
        if let Some((key, value)) = code.split_once('=').filter(|_| !continues && !code.starts_with('[')) {
            if !explained && comment.is_empty() {
                let key = key.trim();
                let what =
                    format!("setting `{key}` is not explained: say above it what it does, and its unit");
                breaches.push(Breach::new("settings", FILE, index + 1, what).about(key));
            }
            open_brackets += brackets(value);
        } else {
            open_brackets = (open_brackets + brackets(code) * isize::from(continues)).max(0);
        }
        explained = code.is_empty() && is_prose(comment);
    }
    breaches
}

/// The part before a `#` that stands outside quotes, and the part after it.
fn split_comment(line: &str) -> (&str, &str) {
    let mut quote = None;
    for (index, letter) in line.char_indices() {
        match (quote, letter) {
            (None, '#') => return (line[..index].trim_end(), line[index + 1..].trim()),
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            _ => {}
        }
    }
    (line, "")
}

/// Opened minus closed brackets outside quotes.
fn brackets(code: &str) -> isize {
    let mut depth = 0;
    let mut quote = None;
    for letter in code.chars() {
        match (quote, letter) {
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth -= 1,
            _ => {}
        }
    }
    depth
}

/// A comment explains unless it is empty or a setting that was put out of use.
fn is_prose(comment: &str) -> bool {
    let setting = comment.split_once('=').is_some_and(|(key, _)| !key.trim().contains(' '));
    !comment.is_empty() && !setting
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let breaches = super::check(&Tree::of(&[(FILE, text)]));
        let found: Vec<&str> = breaches.iter().map(|breach| breach.subject.as_str()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_comment_above_or_beside_explains() {
        check("# The port to listen on.\nport = 8000\nhost = \"::\" # where\n", &[]);
    }

    #[test]
    fn a_setting_without_a_comment_is_a_breach() {
        check("port = 8000\n", &["port"]);
    }

    #[test]
    fn one_comment_explains_one_setting() {
        check("# The port.\nport = 8000\nhost = \"::\"\n", &["host"]);
    }

    #[test]
    fn a_comment_above_an_empty_line_explains_nothing() {
        check("# Everything about the web.\n\nport = 8000\n", &["port"]);
    }

    #[test]
    fn a_comment_of_the_table_does_not_explain_its_first_setting() {
        check("# The web.\n[web]\nport = 8000\n", &["port"]);
    }

    #[test]
    fn a_setting_put_out_of_use_is_not_an_explanation() {
        check("# port = 9000\nport = 8000\n", &["port"]);
    }

    #[test]
    fn a_hash_inside_quotes_is_not_a_comment() {
        check("colour = \"#fff\"\n", &["colour"]);
    }

    #[test]
    fn the_lines_of_a_list_are_not_settings() {
        check("# Who may ask.\norigins = [\n  \"http://a?x=1\",\n  \"b\",\n]\nport = 1\n", &["port"]);
    }

    #[test]
    fn no_file_is_no_breach() {
        assert_eq!(super::check(&Tree::of(&[])), []);
    }
}
