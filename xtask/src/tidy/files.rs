//! Rules for each Rust file: door plate, length of file and function, names of modules, no test set aside.

use super::Breach;
use super::rust::RustFile;

/// Most lines of production code in a file; most lines in a file of tests.
const FILE_LINES: (usize, usize) = (400, 800);
/// Most lines of a function; most lines of a test.
const FUNCTION_LINES: (usize, usize) = (60, 120);
/// Names that say nothing about what lives behind them.
const EMPTY_NAMES: [&str; 8] =
    ["utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"];

/// All breaches of one file.
pub(super) fn check(file: &RustFile<'_>) -> Vec<Breach> {
    let mut breaches = Vec::new();
    breaches.extend(door_plate(file));
    breaches.extend(file_length(file));
    breaches.extend(function_lengths(file));
    breaches.extend(module_names(file));
    breaches.extend(ignored_tests(file));
    breaches
}

fn door_plate(file: &RustFile<'_>) -> Option<Breach> {
    let plate = file.text.lines().next().unwrap_or_default().strip_prefix("//!").unwrap_or_default();
    plate.trim().is_empty().then(|| {
        Breach::new("door-plate", file.path, 1, "no door plate: open with `//! ` and say what lives here")
    })
}

fn file_length(file: &RustFile<'_>) -> Option<Breach> {
    let (lines, limit, kind) = if file.is_test() {
        (file.text.lines().count(), FILE_LINES.1, "tests")
    } else {
        (file.production_lines(), FILE_LINES.0, "production code")
    };
    (lines > limit).then(|| {
        let what = format!("{lines} lines of {kind}, at most {limit}: split the file by what it knows");
        Breach::new("file-length", file.path, limit + 1, what)
    })
}

fn function_lengths(file: &RustFile<'_>) -> Vec<Breach> {
    let long = file.functions().into_iter().filter_map(|function| {
        let limit = if function.test { FUNCTION_LINES.1 } else { FUNCTION_LINES.0 };
        (function.lines > limit).then(|| {
            let (name, lines) = (&function.name, function.lines);
            let what = format!("`{name}` has {lines} lines, at most {limit}: name its steps as functions");
            Breach::new("function-length", file.path, function.line, what).about(name)
        })
    });
    long.collect()
}

fn module_names(file: &RustFile<'_>) -> Vec<Breach> {
    let breach = |name: &str, line| {
        let what = format!("a module named `{name}` says nothing: name it after what it knows");
        Breach::new("module-name", file.path, line, what).about(name)
    };
    let inline = file.modules().into_iter().filter(|(name, _)| EMPTY_NAMES.contains(&name.as_str()));
    let parts = file.path.trim_end_matches(".rs").split('/');
    let in_path = parts.filter(|part| EMPTY_NAMES.contains(part)).map(|part| breach(part, 1));
    in_path.chain(inline.map(|(name, line)| breach(&name, line))).collect()
}

fn ignored_tests(file: &RustFile<'_>) -> Vec<Breach> {
    let breach = |line| {
        Breach::new("ignored-test", file.path, line, "a test set aside proves nothing: mend it or delete it")
    };
    file.ignored_tests().into_iter().map(breach).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The breaches of a file, as `rule:line`.
    fn breaches(path: &str, text: &str) -> Vec<String> {
        let found = super::check(&RustFile::of(path, text));
        found.iter().map(|breach| format!("{}:{}", breach.rule, breach.line)).collect()
    }

    fn function_of(lines: usize) -> String {
        format!("//! A.\nfn f() {{\n{}}}\n", "    a();\n".repeat(lines - 2))
    }

    #[test]
    fn a_good_file_has_no_breach() {
        assert_eq!(breaches("a.rs", "//! What lives here.\n\nfn f() {}\n"), [""; 0]);
    }

    #[test]
    fn a_file_without_a_plate_is_a_breach() {
        assert_eq!(breaches("a.rs", "fn f() {}\n"), ["door-plate:1"]);
    }

    #[test]
    fn an_empty_plate_is_a_breach() {
        assert_eq!(breaches("a.rs", "//!  \nfn f() {}\n"), ["door-plate:1"]);
    }

    #[test]
    fn a_plate_on_the_second_line_is_a_breach() {
        assert_eq!(breaches("a.rs", "#![allow(dead_code)]\n//! Late.\n"), ["door-plate:1"]);
    }

    #[test]
    fn four_hundred_lines_are_allowed_and_one_more_is_not() {
        let lines = |count: usize| format!("//! A.\n{}", "const A: u8 = 1;\n".repeat(count - 1));
        assert_eq!(breaches("a.rs", &lines(400)), [""; 0]);
        assert_eq!(breaches("a.rs", &lines(401)), ["file-length:401"]);
    }

    #[test]
    fn tests_below_do_not_count_as_production() {
        let tests = "const A: u8 = 1;\n".repeat(500);
        assert_eq!(breaches("a.rs", &format!("//! A.\n#[cfg(test)]\nmod tests {{\n{tests}}}\n")), [""; 0]);
    }

    #[test]
    fn a_file_of_tests_may_be_twice_as_long() {
        let lines = |count: usize| format!("//! A.\n{}", "const A: u8 = 1;\n".repeat(count - 1));
        assert_eq!(breaches("a/tests/b.rs", &lines(800)), [""; 0]);
        assert_eq!(breaches("a/tests/b.rs", &lines(801)), ["file-length:801"]);
    }

    #[test]
    fn sixty_lines_of_function_are_allowed_and_one_more_is_not() {
        assert_eq!(breaches("a.rs", &function_of(60)), [""; 0]);
        assert_eq!(breaches("a.rs", &function_of(61)), ["function-length:2"]);
    }

    #[test]
    fn a_test_may_be_longer() {
        assert_eq!(breaches("a/tests/b.rs", &function_of(120)), [""; 0]);
        assert_eq!(breaches("a/tests/b.rs", &function_of(121)), ["function-length:2"]);
    }

    #[test]
    fn a_file_or_folder_with_an_empty_name_is_a_breach() {
        assert_eq!(breaches("a/src/utils.rs", "//! A.\n"), ["module-name:1"]);
        assert_eq!(breaches("a/src/common/b.rs", "//! A.\n"), ["module-name:1"]);
        assert_eq!(breaches("a/src/utilisation.rs", "//! A.\n"), [""; 0]);
    }

    #[test]
    fn an_inline_module_with_an_empty_name_is_a_breach() {
        assert_eq!(breaches("a.rs", "//! A.\n\nmod helpers {}\n"), ["module-name:3"]);
    }

    #[test]
    fn an_ignored_test_is_a_breach() {
        assert_eq!(breaches("a.rs", "//! A.\n#[test]\n#[ignore]\nfn f() {}\n"), ["ignored-test:3"]);
        assert_eq!(
            breaches("a.rs", "//! A.\n#[test]\n#[ignore = \"slow\"]\nfn f() {}\n"),
            ["ignored-test:3"]
        );
    }
}
