//! Rule: every environment variable that the configuration reads stands in `.env.example`, and every one that the
//! operator's texts name is read, or is somebody else's.

use std::collections::BTreeSet;

use super::rust::RustFile;
use super::{Breach, Tree};

const CONFIG: &str = "crates/sharper/src/config";
const EXAMPLE: &str = ".env.example";
/// What an operator reads and copies: files, and folders with a `/` at the end.
const TEXTS: [&str; 4] = [EXAMPLE, "README.md", "docs/operations.md", "deploy/"];
/// Names in those texts that look like variables of ours and are others': of the images of PostgreSQL and Redis, of
/// `psql`, of systemd; and what a reader puts a value in the place of.
const OF_OTHERS: [&str; 10] = [
    "AF_INET",
    "AF_INET6",
    "AF_UNIX",
    "APP_DB_PASSWORD",
    "ON_ERROR_STOP",
    "POSTGRES_PASSWORD",
    "POSTGRES_USER",
    "REDISCLI_AUTH",
    "REDIS_PASSWORD",
    "SESSION_ID",
];

/// Variables named in `config.rs` (or below `config/`) that the example leaves out.
pub(super) fn check(tree: &Tree, files: &[RustFile<'_>]) -> Vec<Breach> {
    let listed: BTreeSet<&str> = tree.get(EXAMPLE).unwrap_or_default().lines().filter_map(listed).collect();
    let ours = |file: &&RustFile<'_>| {
        file.path.strip_prefix(CONFIG).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
    };
    let mut breaches = Vec::new();
    let mut read = BTreeSet::new();
    for file in files.iter().filter(ours) {
        let literals = file.production_literals();
        let named: Vec<_> = literals.into_iter().filter(|literal| is_variable(&literal.value)).collect();
        read.extend(named.iter().map(|literal| literal.value.clone()));
        for literal in named.into_iter().filter(|literal| !listed.contains(literal.value.as_str())) {
            let name = literal.value;
            let what = format!("`{name}` is not in {EXAMPLE}: list it there with its meaning");
            breaches.push(Breach::new("environment", file.path, literal.line, what).about(name));
        }
    }
    breaches.extend(unread(tree, &read));
    breaches
}

/// Names of two words and more in the operator's texts that nothing reads. (A name of one word may be any word.)
fn unread(tree: &Tree, read: &BTreeSet<String>) -> Vec<Breach> {
    let is_text = |path: &str| {
        TEXTS.iter().any(|text| path == *text || (text.ends_with('/') && path.starts_with(text)))
    };
    let mut breaches = Vec::new();
    for (path, text) in tree.iter().filter(|(path, _)| is_text(path)) {
        for (number, line) in text.lines().enumerate() {
            let words = line.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
            let names = words.filter(|word| is_variable(word) && word.trim_matches('_').contains('_'));
            for name in names.filter(|name| !read.contains(*name) && !OF_OTHERS.contains(name)) {
                let what =
                    format!("`{name}` is no variable that the configuration reads: name the right one");
                breaches.push(Breach::new("environment", path, number + 1, what).about(name));
            }
        }
    }
    breaches
}

/// The name in `NAME=value` or `# NAME=value`.
fn listed(line: &str) -> Option<&str> {
    let (name, _) = line.trim_start_matches(['#', ' ']).split_once('=')?;
    is_variable(name.trim()).then(|| name.trim())
}

/// Capitals, digits and underscores, three at least, beginning with a letter.
fn is_variable(text: &str) -> bool {
    text.len() > 2
        && text.starts_with(|first: char| first.is_ascii_uppercase())
        && text.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(config: &str, example: &str, expected: &[&str]) {
        let config = format!("//! C.\n{config}\n");
        let tree = Tree::of(&[("crates/sharper/src/config.rs", &config), (EXAMPLE, example)]);
        let (files, _) = RustFile::parse_all(&tree);
        let found: Vec<String> =
            super::check(&tree, &files).into_iter().map(|breach| breach.subject).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_listed_variable_is_right_set_or_not() {
        check(r#"fn f() { var("PORT"); var("REDIS_URL"); }"#, "PORT=8000\n# REDIS_URL=redis://…\n", &[]);
    }

    #[test]
    fn a_variable_left_out_is_a_breach() {
        check(r#"fn f() { var("PORT"); }"#, "", &["PORT"]);
    }

    #[test]
    fn a_name_in_prose_does_not_list_it() {
        check(r#"fn f() { var("PORT"); }"#, "# PORT is the port\n", &["PORT"]);
    }

    #[track_caller]
    fn check_text(path: &str, text: &str, expected: &[&str]) {
        let config = "//! C.\nfn f() { var(\"LOG_LEVEL\"); }\n";
        let example = "LOG_LEVEL=info\n";
        let tree = Tree::of(&[("crates/sharper/src/config.rs", config), (EXAMPLE, example), (path, text)]);
        let (files, _) = RustFile::parse_all(&tree);
        let found: Vec<String> =
            super::check(&tree, &files).into_iter().map(|breach| breach.subject).collect();
        assert_eq!(found, expected, "{path}: {text}");
    }

    #[test]
    fn a_text_for_the_operator_names_what_is_read() {
        check_text("docs/operations.md", "Set `LOG_LEVEL=info`, a POST and AF_UNIX.", &[]);
        check_text("docs/operations.md", "Set `LOG_LEVELS`.", &["LOG_LEVELS"]);
        check_text("deploy/postgres/init.sh", "$APP_DB_PASSWORD ${LOG_FILE:?}", &["LOG_FILE"]);
        check_text("README.md", "MY_KEY=sk", &["MY_KEY"]);
        check_text("docs/api.md", "NOT_OURS", &[]);
    }

    #[test]
    fn variables_in_tests_need_no_listing() {
        check("#[cfg(test)]\nmod tests { const A: &str = \"PORT\"; }", "", &[]);
    }

    #[test]
    fn other_literals_are_not_variables() {
        check(r#"const A: [&str; 4] = ["port", "OK", "Log", "A-B"];"#, "", &[]);
    }
}
