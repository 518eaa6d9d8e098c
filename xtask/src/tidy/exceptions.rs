//! The exceptions: breaches that are known and let be, each with its reason. The list only shrinks.

use super::{Breach, Tree};

const FILE: &str = "xtask/tidy-exceptions.txt";
const RULE: &str = "exceptions";

/// One line, `rule path[#subject]: reason`.
struct Exception<'a> {
    line: usize,
    rule: &'a str,
    path: &'a str,
    subject: Option<&'a str>,
}

impl Exception<'_> {
    fn covers(&self, breach: &Breach) -> bool {
        breach.rule == self.rule
            && breach.path == self.path
            && self.subject.is_none_or(|subject| breach.subject == subject)
    }
}

/// Takes out what an exception covers, and adds the exceptions that are misshapen or no longer needed.
pub(super) fn apply(tree: &Tree, breaches: Vec<Breach>) -> Vec<Breach> {
    let (exceptions, mut left) = parse(tree.get(FILE).unwrap_or_default());
    for exception in &exceptions {
        if !breaches.iter().any(|breach| exception.covers(breach)) {
            let what = "no longer needed: take the line out, the list only shrinks";
            left.push(Breach::new(RULE, FILE, exception.line, what));
        }
    }
    let covered = |breach: &Breach| exceptions.iter().any(|exception| exception.covers(breach));
    left.extend(breaches.into_iter().filter(|breach| !covered(breach)));
    left
}

fn parse(text: &str) -> (Vec<Exception<'_>>, Vec<Breach>) {
    let mut exceptions = Vec::new();
    let mut breaches = Vec::new();
    let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line.trim()));
    for (line, text) in lines.filter(|(_, text)| !text.is_empty() && !text.starts_with("//")) {
        match parse_line(line, text) {
            Some(exception) => exceptions.push(exception),
            None => {
                let what = "not an exception: write `rule path[#subject]: reason`";
                breaches.push(Breach::new(RULE, FILE, line, what));
            }
        }
    }
    (exceptions, breaches)
}

fn parse_line(line: usize, text: &str) -> Option<Exception<'_>> {
    // The line is trimmed: what follows `: ` is not empty.
    let (place, _reason) = text.split_once(": ")?;
    let (rule, place) = place.split_once(' ')?;
    let (path, subject) = match place.split_once('#') {
        Some((path, subject)) => (path, Some(subject)),
        None => (place, None),
    };
    Some(Exception { line, rule, path, subject })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Applies a list to one breach (`sql` in `a.rs` about `f`); the rules of what is left.
    #[track_caller]
    fn check(list: &str, expected: &[&str]) {
        let breach = Breach::new("sql", "a.rs", 1, "SQL").about("f");
        let left = super::apply(&Tree::of(&[(FILE, list)]), vec![breach]);
        assert_eq!(left.iter().map(|breach| breach.rule).collect::<Vec<_>>(), expected, "{list}");
    }

    #[test]
    fn an_exception_with_a_reason_covers_its_breach() {
        check("sql a.rs: it is the backup command\n", &[]);
        check("sql a.rs#f: it is the backup command\n", &[]);
    }

    #[test]
    fn without_a_line_the_breach_stands() {
        check("// rule path: reason\n\n", &["sql"]);
    }

    #[test]
    fn another_rule_path_or_subject_covers_nothing_and_is_a_breach_itself() {
        check("routes a.rs: why\n", &["exceptions", "sql"]);
        check("sql b.rs: why\n", &["exceptions", "sql"]);
        check("sql a.rs#g: why\n", &["exceptions", "sql"]);
    }

    #[test]
    fn an_exception_without_a_reason_is_a_breach() {
        check("sql a.rs:\n", &["exceptions", "sql"]);
        check("sql a.rs\n", &["exceptions", "sql"]);
    }
}
