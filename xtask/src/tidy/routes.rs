//! Rule: the routes of the router are those of the API document, and each stands there in full.
//!
//! The router is read as tokens: every `.route("/path", get(a).post(b))` of `crates/sharper-web/src/router.rs`
//! (or of files below `router/`), laid out as one likes. The document lists a route as `### METHOD /path`.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::rust::RustFile;
use super::{Breach, Tree};

const ROUTER: &str = "crates/sharper-web/src/router";
const DOCUMENT: &str = "docs/api.md";
const METHODS: [&str; 7] = ["get", "post", "put", "delete", "patch", "head", "options"];

/// `METHOD /path` and where it stands.
type Routes = BTreeMap<String, (String, usize)>;

/// Breaches in both directions.
pub(super) fn check(tree: &Tree, files: &[RustFile<'_>]) -> Vec<Breach> {
    let mut served = Routes::new();
    let mut breaches = Vec::new();
    let ours = |file: &&RustFile<'_>| {
        file.path.strip_prefix(ROUTER).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
    };
    for file in files.iter().filter(ours) {
        read_router(file.path, file.production_tokens(), &mut served, &mut breaches);
    }
    let written = read_document(tree.get(DOCUMENT).unwrap_or_default());
    for (route, (path, line)) in served.iter().filter(|(route, _)| !written.contains_key(*route)) {
        let what = format!("`{route}` is not in {DOCUMENT}: describe it under `### {route}`");
        breaches.push(Breach::new("routes", path, *line, what).about(route));
    }
    for (route, (path, line)) in written.iter().filter(|(route, _)| !served.contains_key(*route)) {
        let what = format!("`{route}` is not in the router: serve it or take it out of the document");
        breaches.push(Breach::new("routes", path, *line, what).about(route));
    }
    breaches
}

/// Finds `.route(…)`, `.route_service(…)` and `.nest(…)` at any depth.
fn read_router(path: &str, tokens: TokenStream, routes: &mut Routes, breaches: &mut Vec<Breach>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        match called_method(&tokens[..index]).as_deref() {
            Some(name @ ("route" | "route_service")) if group.delimiter() == Delimiter::Parenthesis => {
                read_route(path, name, group, routes, breaches);
            }
            Some("nest" | "nest_service") => {
                let what = "a nested router hides its URLs: write each path whole, in `.route(…)`";
                breaches.push(Breach::new("routes", path, group.span_open().start().line, what));
            }
            _ => {}
        }
        read_router(path, group.stream(), routes, breaches);
    }
}

/// The name in `.name` at the end of `before`.
fn called_method(before: &[TokenTree]) -> Option<String> {
    match before {
        [.., TokenTree::Punct(dot), TokenTree::Ident(name)] if dot.as_char() == '.' => Some(name.to_string()),
        _ => None,
    }
}

fn read_route(
    file: &str,
    name: &str,
    group: &proc_macro2::Group,
    routes: &mut Routes,
    breaches: &mut Vec<Breach>,
) {
    let line = group.span_open().start().line;
    let arguments: Vec<TokenTree> = group.stream().into_iter().collect();
    let Some(path) = arguments.first().and_then(string) else {
        let what = "the path is not a literal: write it out, so that a search for the URL finds this line";
        breaches.push(Breach::new("routes", file, line, what));
        return;
    };
    let methods = match name {
        "route" => methods_of(&arguments),
        _ => vec!["get".to_owned()],
    };
    if methods.is_empty() {
        let what = format!("`{path}` names no method: write get(…), post(…) and so on");
        breaches.push(Breach::new("routes", file, line, what).about(path));
        return;
    }
    for method in methods {
        let route = format!("{} {path}", method.to_uppercase());
        if routes.insert(route.clone(), (file.to_owned(), line)).is_some() {
            let what = format!("`{route}` is routed twice: keep one");
            breaches.push(Breach::new("routes", file, line, what).about(route));
        }
    }
}

fn string(token: &TokenTree) -> Option<String> {
    syn::parse2::<syn::LitStr>(token.clone().into()).ok().map(|literal| literal.value())
}

/// The methods of `get(a).post(b)`: names followed by parentheses, outside any other parentheses.
fn methods_of(arguments: &[TokenTree]) -> Vec<String> {
    let pairs = arguments.windows(2).filter_map(|pair| match pair {
        [TokenTree::Ident(name), TokenTree::Group(_)] => Some(name.to_string()),
        _ => None,
    });
    pairs.filter(|name| METHODS.contains(&name.as_str())).collect()
}

/// Every `### METHOD /path`, with or without backticks; several methods may share a heading (`GET, POST`).
fn read_document(text: &str) -> Routes {
    let mut routes = Routes::new();
    for (index, line) in text.lines().enumerate() {
        let Some(heading) = line.strip_prefix("### ") else { continue };
        let plain = heading.replace(['`', ',', '|'], " ");
        let words: Vec<&str> = plain.split_whitespace().collect();
        let Some(at) = words.iter().position(|word| word.starts_with('/')) else { continue };
        let path = words[at].split('?').next().unwrap_or_default();
        let methods = words[..at].iter().filter(|word| METHODS.contains(&word.to_lowercase().as_str()));
        for method in methods {
            routes.insert(format!("{method} {path}"), (DOCUMENT.to_owned(), index + 1));
        }
    }
    routes
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROUTER_FILE: &str = "crates/sharper-web/src/router.rs";

    fn breaches(router: &str, document: &str) -> Vec<Breach> {
        let text = format!("//! R.\nfn router() -> Router {{ Router::new(){router} }}\n");
        let tree = Tree::of(&[(ROUTER_FILE, &text), (DOCUMENT, document)]);
        let (files, broken) = RustFile::parse_all(&tree);
        assert_eq!(broken, []);
        super::check(&tree, &files)
    }

    /// The subjects of the breaches.
    #[track_caller]
    fn check(router: &str, document: &str, expected: &[&str]) {
        let found: Vec<String> =
            breaches(router, document).into_iter().map(|breach| breach.subject).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn equal_lists_are_right() {
        check(r#".route("/a", get(a).post(b))"#, "### GET /a\ntext\n### POST /a\n", &[]);
    }

    #[test]
    fn a_route_that_is_not_described_is_a_breach() {
        check(r#".route("/a", get(a).post(b))"#, "### GET /a\n", &["POST /a"]);
    }

    #[test]
    fn a_described_route_that_is_not_served_is_a_breach() {
        check(r#".route("/a", get(a))"#, "### GET /a\n### DELETE /a/{id}\n", &["DELETE /a/{id}"]);
    }

    #[test]
    fn layout_and_paths_to_the_functions_do_not_matter() {
        check(
            ".route(\n  \"/a/{id}\",\n  axum::routing::get(notes::read)\n    .put(|x| get(x))\n    .layer(limit(post(1))),\n)",
            "### `GET /a/{id}`\n### PUT /a/{id}\n",
            &[],
        );
    }

    #[test]
    fn routes_in_a_merged_router_are_found() {
        check(r#".merge(Router::new().route("/a", get(a)))"#, "### GET /a\n", &[]);
    }

    #[test]
    fn a_heading_may_name_several_methods_and_a_query() {
        check(r#".route("/a", get(a).post(b))"#, "### GET, POST /a?limit\n", &[]);
    }

    #[test]
    fn a_service_is_a_get() {
        check(r#".route_service("/assets/{*path}", files)"#, "### GET /assets/{*path}\n", &[]);
    }

    #[test]
    fn a_path_that_is_not_a_literal_is_a_breach() {
        assert!(breaches(".route(PATH, get(a))", "")[0].what.contains("not a literal"));
    }

    #[test]
    fn a_nested_router_is_a_breach() {
        assert!(breaches(r#".nest("/api", api())"#, "")[0].what.contains("hides its URLs"));
    }

    #[test]
    fn a_route_without_a_method_is_a_breach() {
        check(r#".route("/a", handler)"#, "", &["/a"]);
    }

    #[test]
    fn a_route_given_twice_is_a_breach() {
        check(r#".route("/a", get(a)).route("/a", get(b))"#, "### GET /a\n", &["GET /a"]);
    }

    #[test]
    fn other_headings_are_prose() {
        check("", "### Errors\n## GET /a\n### See /a\n", &[]);
    }
}
