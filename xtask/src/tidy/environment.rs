//! Rule: every environment variable that the configuration reads stands in `.env.example`.

use std::collections::BTreeSet;

use super::rust::RustFile;
use super::{Breach, Tree};

const CONFIG: &str = "crates/sharper/src/config";
const EXAMPLE: &str = ".env.example";

/// Variables named in `config.rs` (or below `config/`) that the example leaves out.
pub(super) fn check(tree: &Tree, files: &[RustFile<'_>]) -> Vec<Breach> {
    let listed: BTreeSet<&str> = tree.get(EXAMPLE).unwrap_or_default().lines().filter_map(listed).collect();
    let ours = |file: &&RustFile<'_>| {
        file.path.strip_prefix(CONFIG).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
    };
    let mut breaches = Vec::new();
    for file in files.iter().filter(ours) {
        let named = file.production_literals().into_iter().filter(|literal| is_variable(&literal.value));
        for literal in named.filter(|literal| !listed.contains(literal.value.as_str())) {
            let name = literal.value;
            let what = format!("`{name}` is not in {EXAMPLE}: list it there with its meaning");
            breaches.push(Breach::new("environment", file.path, literal.line, what).about(name));
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

    #[test]
    fn variables_in_tests_need_no_listing() {
        check("#[cfg(test)]\nmod tests { const A: &str = \"PORT\"; }", "", &[]);
    }

    #[test]
    fn other_literals_are_not_variables() {
        check(r#"const A: [&str; 4] = ["port", "OK", "Log", "A-B"];"#, "", &[]);
    }
}
