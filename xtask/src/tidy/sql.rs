//! Rule: SQL text stands only in `sharper-store`. A heuristic on how string literals begin.

use super::Breach;
use super::rust::RustFile;

/// Breaches in the production code of every crate but the store.
pub(super) fn check(files: &[RustFile<'_>]) -> Vec<Breach> {
    let outside = files.iter().filter(|file| !file.path.starts_with("crates/sharper-store/"));
    let found = outside.flat_map(|file| {
        let sql = file.production_literals().into_iter().filter(|literal| looks_like_sql(&literal.value));
        sql.map(|literal| {
            let what = "SQL outside sharper-store: give the store a function named after what is asked";
            Breach::new("sql", file.path, literal.line, what)
        })
    });
    found.collect()
}

/// Whether a string begins as a statement does. In capitals the first word decides; in small letters, which
/// English uses too, the second must agree.
fn looks_like_sql(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (Some(first), Some(second)) = (words.next(), words.next()) else { return false };
    let statement = ["SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP"];
    if statement.contains(&first) {
        return true;
    }
    let rest = words.map(str::to_lowercase).collect::<Vec<_>>();
    match (first.to_lowercase().as_str(), second.to_lowercase().as_str()) {
        ("insert", "into") => rest.iter().any(|word| word.starts_with("values") || word == "select"),
        ("delete", "from") => rest.get(1).is_some_and(|word| word == "where"),
        ("update", _) => rest.first().is_some_and(|word| word == "set"),
        ("create", "table" | "index" | "unique") => rest.iter().any(|word| word.contains('(')),
        ("select", "*" | "count(*)" | "1") => true,
        ("select", _) => rest.iter().any(|word| word == "from") && rest.iter().any(|word| word == "where"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: bool) {
        assert_eq!(looks_like_sql(text), expected, "{text}");
    }

    #[test]
    fn statements_in_capitals_are_sql() {
        check("SELECT 1", true);
        check("\n    INSERT INTO cards (id) VALUES (?)", true);
        check("UPDATE jobs SET state = 1", true);
        check("DELETE FROM cards", true);
        check("CREATE DATABASE x", true);
    }

    #[test]
    fn statements_in_small_letters_are_sql() {
        check("select * from cards", true);
        check("select id from cards where set_id = $1", true);
        check("insert into cards (id) values (?)", true);
        check("update jobs set state = 1", true);
        check("delete from cards where id = ?", true);
        check("create table cards (id)", true);
    }

    #[test]
    fn english_is_not_sql() {
        check("Select the notes you want from the list", false);
        check("Delete from your library", false);
        check("Update your profile", false);
        check("create flashcards about cells", false);
        check("SELECT", false);
        check("DELETED", false);
        check("", false);
    }

    #[test]
    fn sql_in_the_store_is_at_home() {
        let text = "//! A.\nconst Q: &str = \"SELECT 1\";\n";
        assert_eq!(super::check(&[RustFile::of("crates/sharper-store/src/a.rs", text)]), []);
    }

    #[test]
    fn sql_elsewhere_is_a_breach_at_its_line() {
        let text = "//! A.\nfn f() { query!(\"SELECT 1\") }\n";
        let breaches = super::check(&[RustFile::of("crates/sharper-web/src/a.rs", text)]);
        assert_eq!(breaches.iter().map(|breach| breach.line).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn a_test_may_look_into_the_database() {
        let text = "//! A.\nconst Q: &str = \"SELECT 1\";\n";
        assert_eq!(super::check(&[RustFile::of("crates/sharper/tests/a.rs", text)]), []);
    }
}
