//! Rule: every migration exists for both databases, under the same number and name, without a gap.

use std::collections::BTreeSet;

use super::{Breach, Tree};

const FOLDER: &str = "crates/sharper-store/migrations";

/// Breaches among the names of the migration files.
pub(super) fn check(tree: &Tree) -> Vec<Breach> {
    let (sqlite, postgres) = (names(tree, "sqlite"), names(tree, "postgres"));
    let mut breaches = Vec::new();
    for (own, own_name, other, other_name) in
        [(&sqlite, "sqlite", &postgres, "postgres"), (&postgres, "postgres", &sqlite, "sqlite")]
    {
        for name in own {
            let path = format!("{FOLDER}/{own_name}/{name}");
            if !other.contains(name) {
                let what = format!("has no twin: write {FOLDER}/{other_name}/{name}");
                breaches.push(Breach::new("migrations", &path, 1, what));
            }
        }
        breaches.extend(misnumbered(own, &format!("{FOLDER}/{own_name}")));
    }
    breaches
}

fn names<'a>(tree: &'a Tree, database: &str) -> BTreeSet<&'a str> {
    let prefix = format!("{FOLDER}/{database}/");
    tree.iter().filter_map(|(path, _)| path.strip_prefix(&prefix)).collect()
}

/// Files that are not `NNNN_name.sql`, or whose number is not the one after the file before.
fn misnumbered(names: &BTreeSet<&str>, folder: &str) -> Vec<Breach> {
    let wrong = names.iter().enumerate().filter(|(index, name)| number(name) != Some(index + 1));
    let breach = |(index, name): (usize, &&str)| {
        let what = format!("must be {:04}_NAME.sql: numbers run from 0001 without a gap", index + 1);
        Breach::new("migrations", &format!("{folder}/{name}"), 1, what)
    };
    wrong.map(breach).collect()
}

fn number(name: &str) -> Option<usize> {
    let (digits, title) = name.strip_suffix(".sql")?.split_once('_')?;
    let named = !title.is_empty() && digits.len() == 4;
    named.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(files: &[&str], expected: &[&str]) {
        let files: Vec<(String, &str)> = files.iter().map(|file| (format!("{FOLDER}/{file}"), "")).collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
        let breaches = super::check(&Tree::of(&files));
        let found: Vec<&str> = breaches
            .iter()
            .map(|breach| breach.path.trim_start_matches(FOLDER).trim_start_matches('/'))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn pairs_without_a_gap_are_right() {
        check(&[], &[]);
        check(&["sqlite/0001_a.sql", "sqlite/0002_b.sql", "postgres/0001_a.sql", "postgres/0002_b.sql"], &[]);
    }

    #[test]
    fn a_migration_for_one_database_only_is_a_breach() {
        check(&["sqlite/0001_a.sql"], &["sqlite/0001_a.sql"]);
        check(&["postgres/0001_a.sql"], &["postgres/0001_a.sql"]);
    }

    #[test]
    fn another_name_is_another_migration() {
        check(&["sqlite/0001_a.sql", "postgres/0001_b.sql"], &["sqlite/0001_a.sql", "postgres/0001_b.sql"]);
    }

    #[test]
    fn a_gap_is_a_breach() {
        check(
            &["sqlite/0001_a.sql", "sqlite/0003_b.sql", "postgres/0001_a.sql", "postgres/0003_b.sql"],
            &["sqlite/0003_b.sql", "postgres/0003_b.sql"],
        );
    }

    #[test]
    fn a_name_of_another_form_is_a_breach() {
        check(&["sqlite/start.sql", "postgres/start.sql"], &["sqlite/start.sql", "postgres/start.sql"]);
        check(&["sqlite/001_a.sql", "postgres/001_a.sql"], &["sqlite/001_a.sql", "postgres/001_a.sql"]);
    }
}
