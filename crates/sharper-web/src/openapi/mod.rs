//! The API's description of itself (OpenAPI 3.1), and the pages on which it can be tried.
//!
//! Schemas come from the types that are sent, where there are such types; what is only JSON has a type of its own here.
//! Who may come in and what is counted comes from the table of routes, so that neither can be told wrongly.

mod accounts;
mod alone;
mod attempts;
mod cards;
mod condition;
mod examples;
mod exchange;
mod folders;
mod found;
mod judged;
mod library;
mod made;
mod mine;
mod operation;
mod operator;
pub(crate) mod pages;
mod parameters;
mod passages;
mod refusals;
mod security;
mod shelf;
mod talk;
mod tasks;
mod upload;
mod work;
mod written;

use axum::http::Method;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::info::InfoBuilder;
use utoipa::openapi::path::{HttpMethod, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::ComponentsBuilder;
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{ObjectBuilder, OpenApi, OpenApiBuilder, PathsBuilder, Type};

use crate::door::table::Route;
use operation::{Need, Operation, need};

/// What holds for all of it.
const ABOUT: &str = "JSON in, JSON out. Errors are `application/problem+json` (RFC 9457) with a `code` of a closed list, and \
    a JSON pointer for each wrong field. A method that an address does not have is 405 with `Allow`. JSON bodies have at \
    most 1 MiB and arrive within 30 seconds, whatever their `Content-Type` says; lists have at most 100 entries. A request \
    that changes something and comes from a page of another site is 403.";

/// The shapes of refusals, which any operation can have.
const SHARED: [Need; 3] =
    [need::<refusals::Problem>, need::<refusals::NotAnAdministrator>, need::<refusals::TooManyRequests>];

/// The headings, in their order.
const TAGS: [(&str, &str); 11] = [
    ("The main job", "Ask for study material, and follow it while it is made."),
    ("One agent alone", "Answered at once and recorded like any run; nothing is kept."),
    ("Notes", "What a student puts in."),
    ("Folders", "Where notes lie."),
    ("What was made", "Lists, counts, feedback."),
    ("Conversations", "What was said with the tutor."),
    ("Flashcards", "Sets, cards, reviews."),
    ("Quizzes and exams", "As they are taken."),
    ("Accounts", "Accounts, sessions, API tokens."),
    ("For whoever runs it", "Needs an administrator, or the admin token."),
    ("Is it there?", "For whatever watches over it."),
];

/// The description. `open`: of a server where nobody signs in; `secure`: of one that people reach over https.
pub fn document(open: bool, secure: bool) -> OpenApi {
    let mut described = operations();
    let mut schemas = Vec::new();
    for need in SHARED {
        need(&mut schemas);
    }
    let mut paths = PathsBuilder::new();
    for row in crate::routes() {
        let at = described.iter().position(|one| one.method == row.method && one.path == row.path);
        let Some(operation) = at.map(|at| described.swap_remove(at)) else { continue };
        operation.needs.iter().for_each(|need| need(&mut schemas));
        if let Some(method) = method_of(&row.method) {
            paths = paths.path(row.path, item(operation, &row, method, open));
        }
    }
    let components = security::schemes(shared(ComponentsBuilder::new()), crate::door::cookie::name(secure));
    let info = InfoBuilder::new()
        .title("Study Sharper")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(ABOUT))
        .license(Some(utoipa::openapi::info::LicenseBuilder::new().name("MIT OR Apache-2.0").build()));
    let tags = TAGS.map(|(name, what)| TagBuilder::new().name(name).description(Some(what)).build());
    OpenApiBuilder::new()
        .info(info.build())
        .tags(Some(tags))
        .paths(paths)
        .components(Some(components.schemas_from_iter(schemas).build()))
        .build()
}

/// All that is said by hand.
fn operations() -> Vec<Operation> {
    let parts = [
        work::operations(),
        alone::operations(),
        library::operations(),
        shelf::operations(),
        folders::operations(),
        upload::operations(),
        passages::operations(),
        found::operations(),
        made::operations(),
        cards::operations(),
        exchange::operations(),
        accounts::operations(),
        operator::operations(),
        mine::operations(),
        talk::operations(),
        attempts::operations(),
        condition::operations(),
    ];
    parts.into_iter().flatten().collect()
}

fn item(operation: Operation, row: &Route, method: HttpMethod, open: bool) -> utoipa::openapi::PathItem {
    utoipa::openapi::PathItem::new(method, operation.of_row(row, open))
}

fn method_of(method: &Method) -> Option<HttpMethod> {
    match *method {
        Method::GET => Some(HttpMethod::Get),
        Method::POST => Some(HttpMethod::Post),
        Method::PUT => Some(HttpMethod::Put),
        Method::DELETE => Some(HttpMethod::Delete),
        _ => None,
    }
}

/// What every operation refers to.
fn shared(components: ComponentsBuilder) -> ComponentsBuilder {
    let text = || ObjectBuilder::new().schema_type(Type::String);
    let sent = "A name for the request: 1 to 128 letters, digits and `-_.:@+|`. Another one counts as none.";
    let told = "The name of the request, your own where it was a sound one: for whoever is asked for help.";
    let header = HeaderBuilder::new().schema(Some(text())).description(Some(told)).build();
    let parameter = ParameterBuilder::new()
        .name("X-Request-Id")
        .parameter_in(ParameterIn::Header)
        .description(Some(sent))
        .schema(Some(text()));
    components.header("X-Request-Id", header).parameter("X-Request-Id", parameter.build())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::door::table::{Access, Limit};
    use serde_json::{Value, json};

    fn told(open: bool) -> Value {
        serde_json::to_value(document(open, false)).unwrap()
    }

    fn of<'d>(document: &'d Value, row: &Route) -> &'d Value {
        &document["paths"][row.path][row.method.as_str().to_lowercase()]
    }

    /// The routes that are no pages.
    fn rows() -> Vec<Route> {
        let is_page = |path: &str| {
            !path.starts_with("/api/") && !["/health", "/livez", "/readyz", "/metrics"].contains(&path)
        };
        crate::routes().into_iter().filter(|row| !is_page(row.path)).collect()
    }

    #[test]
    fn every_route_is_described_and_nothing_else_is() {
        let document = told(false);
        for row in rows() {
            assert!(
                of(&document, &row)["summary"].is_string(),
                "{} {} is not described",
                row.method,
                row.path
            );
        }
        let paths = document["paths"].as_object().unwrap();
        let described: usize = paths.values().map(|methods| methods.as_object().unwrap().len()).sum();
        assert_eq!((described, operations().len()), (rows().len(), rows().len()));
    }

    #[test]
    fn who_may_come_in_is_told_as_the_row_says() {
        for open in [false, true] {
            let document = told(open);
            for row in rows() {
                let asked: Vec<Value> = of(&document, &row)["security"].as_array().unwrap().clone();
                let mut expected: Vec<Value> =
                    security::names(row.access).iter().map(|name| json!({*name: []})).collect();
                if open && security::is_optional(&row) {
                    expected.push(json!({}));
                }
                assert_eq!(asked, expected, "{} {}", row.method, row.path);
                let schemes = document["components"]["securitySchemes"].as_object().unwrap();
                assert!(security::names(row.access).iter().all(|name| schemes.contains_key(*name)));
            }
        }
    }

    #[test]
    fn a_limit_that_counts_and_a_door_that_is_closed_are_told() {
        let document = told(false);
        for row in rows() {
            let answers = of(&document, &row)["responses"].as_object().unwrap();
            let place = format!("{} {}", row.method, row.path);
            let late = answers.get("429").map(|answer| &answer["content"]);
            let may_be_late = row.limit != Limit::None
                || late.is_some_and(|kinds| kinds["application/problem+json"].is_object());
            assert_eq!(late.is_some(), may_be_late, "{place}");
            if row.limit != Limit::None {
                let schema = &answers["429"]["content"]["application/json"]["schema"]["anyOf"];
                let exact = json!({"$ref": "#/components/schemas/TooManyRequests"});
                assert!(schema.as_array().unwrap().contains(&exact), "{place}");
            }
            let closed = if row.access == Access::Admin { "403" } else { "401" };
            assert!(row.access.is_open() || answers.contains_key(closed), "{place}");
            assert!(answers.contains_key("403"), "{place}");
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let document = told(true);
        let mut references = Vec::new();
        gather(&document, &mut references);
        assert!(references.len() > 100, "{} references", references.len());
        for reference in references {
            let pointer = reference.strip_prefix('#').expect("all of it is in this document");
            assert!(document.pointer(pointer).is_some(), "{reference}");
        }
        let names = document["paths"]
            .as_object()
            .unwrap()
            .values()
            .flat_map(|item| item.as_object().unwrap().values());
        let mut names: Vec<&str> =
            names.map(|operation| operation["operationId"].as_str().unwrap()).collect();
        for link in
            ["getApiNotesId", "getApiFoldersId", "getApiAiStreamSessionId", "deleteApiAiStreamSessionId"]
        {
            assert!(names.contains(&link), "{link}");
        }
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all, "no operation has the name of another");
    }

    fn gather<'d>(value: &'d Value, found: &mut Vec<&'d str>) {
        match value {
            Value::Object(fields) => {
                found.extend(fields.get("$ref").and_then(Value::as_str));
                fields.values().for_each(|value| gather(value, found));
            }
            Value::Array(list) => list.iter().for_each(|value| gather(value, found)),
            _ => {}
        }
    }
}
