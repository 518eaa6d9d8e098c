//! What goes wrong: the problem document, and which problems an operation can answer with.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sharper_domain::{FieldError, ProblemCode};
use utoipa::ToSchema;
use utoipa::openapi::content::{Content, ContentBuilder};
use utoipa::openapi::example::ExampleBuilder;
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::schema::AnyOfBuilder;
use utoipa::openapi::{ObjectBuilder, Ref, Type};

use super::operation::Operation;
use crate::door::table::{Access, Limit, Route};

/// What happened and what to do (RFC 9457), with the fields of the wire contract.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is never made: its shape is what is described")]
pub(super) struct Problem {
    /// `urn:study-sharper:problem:` and the code.
    #[schema(pattern = "^urn:study-sharper:problem:[a-z_]+$")]
    r#type: String,
    /// A few words for people, the same for each code.
    title: String,
    /// The status of the answer.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What happened here, and what to do.
    detail: String,
    /// Which of the closed list; programs may compare with it.
    code: ProblemCode,
    /// The title again, where old clients look for it.
    error: String,
    /// Each wrong field.
    #[schema(nullable = false)]
    errors: Option<Vec<FieldError>>,
    /// Of a conflict, the version that the note is at.
    #[schema(nullable = false)]
    version: Option<i32>,
    /// The id of the request, for whoever is asked for help.
    request_id: String,
}

/// The answer to whoever is no administrator, as the wire contract has it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is never made: its shape is what is described")]
pub(super) struct NotAnAdministrator {
    error: String,
    #[schema(minimum = 403, maximum = 403)]
    status: u16,
}

/// The answer to whoever asks too often, exactly as the wire contract has it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is never made: its shape is what is described")]
pub(super) struct TooManyRequests {
    /// Always `Rate limit exceeded`.
    error: String,
    /// The limit, such as `10 per 1 minute`.
    detail: String,
}

/// Every refusal of the operation that `row` routes to: its own, and those of the doors before it.
pub(super) fn of(operation: &Operation, row: &Route) -> Vec<(u16, Response)> {
    use ProblemCode::{
        Forbidden, Internal, InvalidJson, InvalidRequest, PayloadTooLarge, RateLimited, RequestTimeout,
        Unauthorized, Unavailable,
    };
    let is_api = row.path.starts_with("/api/") || row.path == "/metrics";
    let mut codes = operation.problems.clone();
    let mut may = |happens: bool, more: &[ProblemCode]| {
        if happens {
            codes.extend(more);
        }
    };
    may(true, &[Forbidden]);
    may(!row.access.is_open() && (!is_api || row.access != Access::Admin), &[Unauthorized]);
    may(operation.has_an_address_to_read(), &[InvalidRequest]);
    may(operation.reads_json(), &[InvalidJson, InvalidRequest, RequestTimeout, PayloadTooLarge]);
    may(row.limit != Limit::None, &[RateLimited]);
    may(!operation.still, &[Internal, Unavailable]);
    let mut by_status: BTreeMap<u16, Vec<ProblemCode>> = BTreeMap::new();
    for code in codes {
        let same = by_status.entry(code.status()).or_default();
        if !same.contains(&code) {
            same.push(code);
        }
    }
    by_status.into_iter().map(|(status, codes)| (status, response(operation, row, status, &codes))).collect()
}

fn response(operation: &Operation, row: &Route, status: u16, codes: &[ProblemCode]) -> Response {
    let titles: Vec<&str> = codes.iter().map(|code| code.title()).collect();
    let mut response = ResponseBuilder::new().description(titles.join(". "));
    let is_api = row.path.starts_with("/api/") || row.path == "/metrics";
    let mut as_json = Vec::new();
    if let Some((schema, example)) = &operation.also_told_as {
        as_json.push((schema.clone(), example.clone()));
    }
    match status {
        403 if row.access == Access::Admin && is_api => {
            let example = json!({"error": "Unauthorized", "status": 403});
            as_json.push((Ref::from_schema_name("NotAnAdministrator"), example));
        }
        429 if row.limit != Limit::None => {
            let example = json!({"error": "Rate limit exceeded", "detail": "10 per 1 minute"});
            as_json.push((Ref::from_schema_name("TooManyRequests"), example));
        }
        _ => {}
    }
    if let Some((_, example)) = as_json.last().cloned() {
        let one_of = as_json.into_iter().fold(AnyOfBuilder::new(), |all, (schema, _)| all.item(schema));
        let content = ContentBuilder::new().schema(Some(one_of)).example(Some(example)).build();
        response = response.content("application/json", content);
    }
    if matches!(status, 429 | 503) {
        response = response.header("Retry-After", whole("Seconds after which it is worth trying again."));
    }
    if status == 401 {
        let scheme = HeaderBuilder::new().description(Some("`Bearer` (RFC 6750).")).build();
        response = response.header("WWW-Authenticate", scheme);
    }
    response.content("application/problem+json", documents(&operation.told_as, codes)).build()
}

/// The problem documents of these codes.
fn documents(schema: &str, codes: &[ProblemCode]) -> Content {
    let examples = codes
        .iter()
        .map(|code| (code.as_str().to_owned(), ExampleBuilder::new().value(Some(example(*code))).build()));
    let mut content = ContentBuilder::new().schema(Some(Ref::from_schema_name(schema))).build();
    content.examples = examples.map(|(name, example)| (name, example.into())).collect();
    content
}

fn example(code: ProblemCode) -> Value {
    let mut example = json!({
        "type": format!("urn:study-sharper:problem:{}", code.as_str()),
        "title": code.title(),
        "status": code.status(),
        "detail": detail(code),
        "code": code.as_str(),
        "error": code.title(),
        "request_id": "01990b7e-5d0c-7c3a-9e55-0d3c5b8f2a41",
    });
    if code == ProblemCode::InvalidRequest {
        example["errors"] = json!([FieldError::new("/limit", "must be a whole number from 1 to 100")]);
    }
    example
}

/// What could be said of a problem of this kind.
fn detail(code: ProblemCode) -> &'static str {
    match code {
        ProblemCode::InvalidJson => "The body is not valid JSON: expected value at line 1 column 9.",
        ProblemCode::InvalidRequest => "limit must be a whole number from 1 to 100",
        ProblemCode::EmptyNotes => "There are no notes yet. Send a text, or add a note first.",
        ProblemCode::NotText => "This is not text.",
        ProblemCode::FileUnreadable => "The text of this file cannot be read; `fault` says why.",
        ProblemCode::NotFound => "There is no such note, or it is not yours.",
        ProblemCode::Conflict => "The note was changed since: read it again.",
        ProblemCode::Unauthorized => "Sign in first, or send a token that is good.",
        ProblemCode::Forbidden => "user_id must be your own, or be left out.",
        ProblemCode::RequestTimeout => "The body must arrive within 30 seconds.",
        ProblemCode::PayloadTooLarge => "At most 1 MiB at once. Send a chapter at a time.",
        ProblemCode::QueueFull => "20 of your requests are waiting already.",
        ProblemCode::NothingToMake => "The notes hold nothing that passes the checks.",
        other => other.title(),
    }
}

/// A header that holds a whole number.
fn whole(what: &str) -> Header {
    let number = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0));
    HeaderBuilder::new().schema(Some(number)).description(Some(what)).build()
}

/// What the limit of a route still lets through (draft-ietf-httpapi-ratelimit-headers-03).
pub(super) fn tell_what_is_left(response: &mut Response) {
    let headers = [
        ("RateLimit-Limit", "Requests that the limit lets through."),
        ("RateLimit-Remaining", "Those that are left."),
        ("RateLimit-Reset", "Seconds until there are more."),
    ];
    for (name, what) in headers {
        response.headers.insert(name.to_owned(), whole(what).into());
    }
}
