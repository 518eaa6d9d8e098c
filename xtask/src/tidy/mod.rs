//! The law by machine: each rule reads a tree of files and returns its breaches.
//!
//! Rust is read with `syn`, not by lines, so that a limit on a function or a search for a string literal
//! cannot be fooled by layout. Rules are pure: they take the tree in memory, and so do their tests.

mod environment;
mod exceptions;
mod files;
mod imports;
mod mentions;
mod migrations;
mod routes;
mod rust;
mod settings;
mod sql;
mod tree;

use std::fmt;
use std::path::Path;
use std::process::{Command, ExitCode};

use rust::RustFile;
use tree::Tree;

/// One place where the law is broken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Breach {
    /// The file, from the root of the workspace.
    path: String,
    /// The line, from 1.
    line: usize,
    /// The name of the rule, as `tidy-exceptions.txt` uses it.
    rule: &'static str,
    /// What in the file (a function, a crate), where the rule names one; `""` otherwise.
    subject: String,
    /// What is wrong, and what to do.
    what: String,
}

impl Breach {
    fn new(rule: &'static str, path: &str, line: usize, what: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, rule, subject: String::new(), what: what.into() }
    }

    fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = subject.into();
        self
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {} [{}]", self.path, self.line, self.what, self.rule)
    }
}

/// `cargo xtask tidy`: prints every breach; fails when there is one.
///
/// # Errors
/// When the tree cannot be read or `cargo metadata` fails.
pub(crate) fn command(root: &Path) -> Result<ExitCode, String> {
    let tree = Tree::read(root)?;
    let breaches = check(&tree, &metadata(root)?);
    for breach in &breaches {
        println!("{breach}");
    }
    match breaches.len() {
        0 => {
            println!("tidy: {} files, no breach", tree.len());
            Ok(ExitCode::SUCCESS)
        }
        count => {
            println!("tidy: {count} breaches. The law and its reasons: CONTRIBUTING.md");
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Every rule over the whole tree, less the exceptions, sorted by place.
fn check(tree: &Tree, metadata: &serde_json::Value) -> Vec<Breach> {
    let (rust, mut breaches) = RustFile::parse_all(tree);
    breaches.extend(rust.iter().flat_map(files::check));
    breaches.extend(sql::check(&rust));
    breaches.extend(imports::check(metadata));
    breaches.extend(migrations::check(tree));
    breaches.extend(routes::check(tree, &rust));
    breaches.extend(settings::check(tree));
    breaches.extend(environment::check(tree, &rust));
    breaches.extend(mentions::check(tree));
    let mut breaches = exceptions::apply(tree, breaches);
    breaches.sort();
    breaches
}

/// What `cargo metadata` says of our own packages.
fn metadata(root: &Path) -> Result<serde_json::Value, String> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(root)
        .output()
        .map_err(|error| format!("cargo metadata could not be started: {error}"))?;
    if !output.status.success() {
        return Err(format!("cargo metadata failed:\n{}", String::from_utf8_lossy(&output.stderr)));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| format!("cargo metadata is not JSON: {error}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_breach_prints_as_path_line_what() {
        let breach = Breach::new("door-plate", "a/b.rs", 3, "no plate");
        assert_eq!(breach.to_string(), "a/b.rs:3: no plate [door-plate]");
    }

    #[test]
    fn every_rule_is_wired_in() {
        let tree = Tree::of(&[
            ("crates/sharper-web/src/utils.rs", "fn f() { let _ = \"SELECT 1\"; }\n"),
            ("crates/sharper-web/src/router.rs", "//! R.\nfn r() { Router::new().route(\"/a\", get(a)) }\n"),
            ("crates/sharper-web/src/broken.rs", "//! B.\nfn {\n"),
            ("crates/sharper/src/config.rs", "//! C.\nconst A: &str = \"LOG_LEVEL\";\n"),
            ("crates/sharper-store/migrations/sqlite/0001_start.sql", "create table a (b);\n"),
            ("config/default.toml", "port = 8000\n"),
            ("docs/a.md", concat!("see ..", "/shared/x\n")),
            ("xtask/tidy-exceptions.txt", "sql a.rs: gone\n"),
        ]);
        let metadata = json!({"packages": [{
            "name": "sharper-domain", "manifest_path": "/x/crates/sharper-domain/Cargo.toml",
            "dependencies": [{"name": "sharper-web", "path": "/x/crates/sharper-web", "kind": null}],
        }]});
        let mut rules: Vec<&str> = check(&tree, &metadata).iter().map(|breach| breach.rule).collect();
        rules.sort();
        rules.dedup();
        let all = [
            "door-plate",
            "environment",
            "exceptions",
            "imports",
            "mention",
            "migrations",
            "module-name",
            "routes",
            "settings",
            "sql",
            "syntax",
        ];
        assert_eq!(rules, all);
    }

    #[test]
    fn breaches_come_sorted_by_place() {
        let tree = Tree::of(&[("b.rs", "\n"), ("a.rs", "\n")]);
        let paths: Vec<String> = check(&tree, &json!({"packages": []})).into_iter().map(|b| b.path).collect();
        assert_eq!(paths, ["a.rs", "b.rs"]);
    }
}
