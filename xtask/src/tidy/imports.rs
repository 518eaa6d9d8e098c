//! Rule: who may import whom among our crates, and which rooms stay free of I/O. Read from `cargo metadata`.

use serde_json::Value;

use super::Breach;

/// Our rooms and the rooms each may import. `sharper`, the binary, may import all.
const MAY_IMPORT: [(&str, &[&str]); 16] = [
    ("domain", &[]),
    ("study", &["domain"]),
    ("memory", &["domain"]),
    ("exchange", &["domain"]),
    ("llm", &["domain"]),
    ("store", &["domain"]),
    ("reader", &["domain", "exchange"]),
    ("files", &["domain", "exchange"]),
    ("agents", &["domain", "study", "memory", "exchange", "llm", "store", "files"]),
    ("post", &["domain"]),
    ("people", &["domain", "store", "post"]),
    ("jobs", &["domain", "agents", "store", "post"]),
    ("pages", &["domain"]),
    ("web", &["domain", "agents", "store", "people", "pages"]),
    ("testkit", &[]),
    ("xtask", &[]),
];

/// Other people's crates that a room must not import in production: they bring what the room never does.
const NEVER: [(&str, &[&str]); 12] = [
    ("domain", &["tokio", "axum", "hyper", "reqwest", "sqlx", "rusqlite", "rand", "tracing"]),
    ("study", &["tokio", "axum", "hyper", "reqwest", "sqlx", "rusqlite", "rand", "tracing"]),
    ("memory", &["tokio", "axum", "hyper", "reqwest", "sqlx", "rusqlite", "rand", "tracing"]),
    ("llm", &["axum", "sqlx", "rusqlite"]),
    ("store", &["axum", "reqwest"]),
    ("reader", &["tokio", "axum", "hyper", "reqwest", "sqlx", "tracing"]),
    ("files", &["axum", "hyper", "reqwest", "sqlx", "rusqlite"]),
    ("agents", &["axum", "hyper", "reqwest", "sqlx", "rusqlite"]),
    ("jobs", &["axum", "hyper", "reqwest", "sqlx", "rusqlite"]),
    ("post", &["axum", "sqlx", "rusqlite"]),
    ("people", &["axum", "hyper", "lettre", "sqlx", "rusqlite"]),
    ("web", &["reqwest", "sqlx", "rusqlite"]),
];

/// Breaches in the dependencies that the manifests declare.
pub(super) fn check(metadata: &Value) -> Vec<Breach> {
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    packages.iter().flat_map(|package| check_package(package, metadata)).collect()
}

fn check_package(package: &Value, metadata: &Value) -> Vec<Breach> {
    let manifest = package["manifest_path"].as_str().unwrap_or_default();
    let root = metadata["workspace_root"].as_str().unwrap_or_default();
    let path = manifest.strip_prefix(root).unwrap_or(manifest).trim_start_matches('/');
    let room = room_of(manifest.trim_end_matches("/Cargo.toml"));
    if room != "sharper" && !MAY_IMPORT.iter().any(|(name, _)| *name == room) {
        let what = format!("room `{room}` is not in the import table: add it to xtask/src/tidy/imports.rs");
        return vec![Breach::new("imports", path, 1, what).about(room)];
    }
    let dependencies = package["dependencies"].as_array().map(Vec::as_slice).unwrap_or_default();
    let breach = |dependency| check_dependency(room, dependency).map(|what| (dependency, what));
    let breaches = dependencies.iter().filter_map(breach).map(|(dependency, what)| {
        Breach::new("imports", path, 1, what).about(dependency["name"].as_str().unwrap_or_default())
    });
    breaches.collect()
}

/// What is wrong with one line of a manifest, if anything.
fn check_dependency(room: &str, dependency: &Value) -> Option<String> {
    let name = dependency["name"].as_str().unwrap_or_default();
    let for_tests = dependency["kind"] == "dev";
    let Some(folder) = dependency["path"].as_str() else {
        let never = NEVER.iter().find(|(of, _)| *of == room).map_or(&[][..], |(_, never)| never);
        return (!for_tests && never.contains(&name))
            .then(|| format!("`{room}` must not import `{name}`: that work belongs to another room"));
    };
    let imported = room_of(folder);
    if imported == "testkit" {
        return (!for_tests).then(|| "the test kit is only for [dev-dependencies]".to_owned());
    }
    if imported == room {
        // A crate that tests itself with a feature on.
        return (!for_tests).then(|| format!("`{room}` cannot import itself"));
    }
    let table = |room: &str| MAY_IMPORT.iter().find(|(of, _)| *of == room).map(|(_, may)| may);
    let through =
        |may: &&[&str]| may.iter().any(|next| table(next).is_some_and(|may| may.contains(&imported)));
    // A test may build what the rooms below take: with a scripted model, for those who ask one.
    let allowed = table(room).is_none_or(|may| may.contains(&imported) || (for_tests && through(may)));
    (!allowed).then(|| format!("`{room}` must not import `{imported}`: calls go down, see ARCHITECTURE.md"))
}

/// `…/crates/sharper-web` is the room `web`; `…/crates/sharper` is `sharper`.
fn room_of(folder: &str) -> &str {
    let name = folder.rsplit('/').next().unwrap_or_default();
    name.strip_prefix("sharper-").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The breaches when the folder `from` imports `to`: a folder of ours, or a foreign crate.
    fn breaches(from: &str, to: &str, kind: Option<&str>) -> Vec<Breach> {
        let ours = to.starts_with("sharper") || to == "xtask";
        let path = ours.then(|| format!("/x/crates/{to}"));
        super::check(&json!({"workspace_root": "/x", "packages": [{
            "name": from, "manifest_path": format!("/x/crates/{from}/Cargo.toml"),
            "dependencies": [{"name": to, "path": path, "kind": kind}],
        }]}))
    }

    #[track_caller]
    fn check(from: &str, to: &str, kind: Option<&str>, allowed: bool) {
        assert_eq!(breaches(from, to, kind).is_empty(), allowed, "{from} -> {to} {kind:?}");
    }

    #[test]
    fn calls_go_down() {
        check("sharper-web", "sharper-agents", None, true);
        check("sharper-web", "sharper-pages", None, true);
        check("sharper-jobs", "sharper-store", None, true);
        check("sharper", "sharper-jobs", None, true);
    }

    #[test]
    fn calls_never_go_up_or_aside() {
        check("sharper-domain", "sharper-study", None, false);
        check("sharper-store", "sharper-agents", None, false);
        check("sharper-web", "sharper-llm", None, false);
        check("sharper-web", "sharper-jobs", None, false);
        check("sharper-jobs", "sharper-web", None, false);
        check("xtask", "sharper-domain", None, false);
    }

    #[test]
    fn a_test_may_not_import_upward_either() {
        check("sharper-study", "sharper-web", Some("dev"), false);
        check("sharper-jobs", "sharper-llm", Some("dev"), true);
        check("sharper-jobs", "sharper-llm", None, false);
    }

    #[test]
    fn the_test_kit_is_for_tests_only() {
        check("sharper-web", "sharper-testkit", Some("dev"), true);
        check("sharper-web", "sharper-testkit", None, false);
        check("sharper", "sharper-testkit", None, false);
    }

    #[test]
    fn pure_rooms_import_no_io() {
        check("sharper-domain", "serde", None, true);
        check("sharper-domain", "tokio", None, false);
        check("sharper-study", "rand", None, false);
        check("sharper-study", "rand", Some("dev"), true);
        check("sharper-agents", "reqwest", None, false);
    }

    #[test]
    fn a_room_that_the_table_does_not_know_is_a_breach() {
        check("sharper-attic", "serde", None, false);
    }

    #[test]
    fn a_breach_names_the_manifest() {
        let breach = breaches("sharper-domain", "tokio", None).remove(0);
        assert_eq!(
            (breach.path.as_str(), breach.subject.as_str()),
            ("crates/sharper-domain/Cargo.toml", "tokio")
        );
    }
}
