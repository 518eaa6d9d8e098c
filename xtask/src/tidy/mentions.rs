//! Rule: nothing committed mentions the machine or the folder it was written in, nor work left to do.

use super::{Breach, Tree};

/// Beginnings of paths that mean something on one machine only.
const FOREIGN_PATHS: [&str; 4] =
    [concat!("..", "/shared"), concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/tm", "p/wt")];
/// Marks of work left for later.
const LEFT_OVER: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];

/// Breaches in every text file, vendored files excepted.
pub(super) fn check(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (path, text) in tree.iter().filter(|(path, _)| !path.split('/').any(|part| part == "vendor")) {
        for (index, line) in text.lines().enumerate() {
            if let Some(found) = FOREIGN_PATHS.iter().find(|prefix| mentions(line, prefix)) {
                let what =
                    format!("mentions `{found}`: the project stands alone, name things by its own paths");
                breaches.push(Breach::new("mention", path, index + 1, what));
            }
            if let Some(found) = LEFT_OVER.iter().find(|mark| path.ends_with(".rs") && has_word(line, mark)) {
                let what = format!("`{found}`: do it now, or open an issue");
                breaches.push(Breach::new("mention", path, index + 1, what));
            }
        }
    }
    breaches
}

/// Whether a path that begins so stands in the line, not only the middle of a longer path or URL.
fn mentions(line: &str, prefix: &str) -> bool {
    line.match_indices(prefix).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before
            .is_some_and(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '}' | '.' | '~'))
    })
}

fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let letter =
            |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
        !letter(before) && !letter(after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, line: &str, breach: bool) {
        assert_eq!(!super::check(&Tree::of(&[(path, line)])).is_empty(), breach, "{line}");
    }

    #[test]
    fn a_path_of_the_machine_is_a_breach() {
        for prefix in FOREIGN_PATHS {
            check("docs/a.md", &format!("see `{prefix}x`"), true);
            check("a.sh", &format!("cd {prefix}/x"), true);
        }
    }

    #[test]
    fn the_same_letters_inside_a_longer_path_are_not() {
        check("docs/a.md", concat!("https://example.org/wo", "rk/"), false);
        check("docs/a.md", concat!("$HOME/ho", "mework/"), false);
    }

    #[test]
    fn work_left_over_is_a_breach_in_code() {
        for mark in LEFT_OVER {
            check("a.rs", &format!("// {mark}: later"), true);
            check("a.md", mark, false);
        }
        check("a.rs", concat!("const MAS", "TODON: u8 = 1;"), false);
    }

    #[test]
    fn vendored_files_are_other_peoples_words() {
        check("a/vendor/b.js", concat!("/ro", "ot/"), false);
    }
}
