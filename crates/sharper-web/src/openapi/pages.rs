//! `GET /openapi.json`, `GET /docs`: the description, and Swagger UI over it. In production both are not there: they
//! help whoever builds on the API, and nobody else.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sharper_domain::{Problem, ProblemCode};
use utoipa_swagger_ui::{Config, serve};

use crate::App;
use crate::pages;

/// The page. Nothing in it is inline: our policy for scripts and styles holds here too.
const PAGE: &str = "<!doctype html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width\">
<title>Study Sharper API</title>
<link rel=\"icon\" href=\"/assets/favicon.svg\">
<link rel=\"stylesheet\" href=\"/docs/swagger-ui.css\">
</head>
<body>
<div id=\"swagger-ui\"></div>
<script src=\"/docs/swagger-ui-bundle.js\"></script>
<script src=\"/docs/swagger-ui-standalone-preset.js\"></script>
<script src=\"/docs/swagger-initializer.js\"></script>
</body>
</html>
";

/// The files that the page asks for.
const FILES: [&str; 4] =
    ["swagger-ui.css", "swagger-ui-bundle.js", "swagger-ui-standalone-preset.js", "swagger-initializer.js"];

/// `GET /openapi.json`.
pub(crate) async fn description(State(app): State<App>, headers: HeaderMap) -> Response {
    if app.settings.is_production() {
        return nothing_here(&app, &headers);
    }
    let people = app.people.settings();
    axum::Json(super::document(people.stands_open(false), people.is_secure())).into_response()
}

/// `GET /docs`.
pub(crate) async fn page(State(app): State<App>, headers: HeaderMap) -> Response {
    if app.settings.is_production() {
        return nothing_here(&app, &headers);
    }
    axum::response::Html(PAGE).into_response()
}

/// `GET /docs/{file}`.
pub(crate) async fn file(State(app): State<App>, Path(file): Path<String>, headers: HeaderMap) -> Response {
    if app.settings.is_production() || !FILES.contains(&file.as_str()) {
        return nothing_here(&app, &headers);
    }
    let config = Config::new(["/openapi.json"]).use_base_layout().validator_url("none").doc_expansion("list");
    let Ok(Some(found)) = serve(&file, Arc::new(config)) else { return nothing_here(&app, &headers) };
    let mut response = (StatusCode::OK, found.bytes.into_owned()).into_response();
    let mut says = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    };
    says(header::CONTENT_TYPE, &found.content_type);
    says(header::CACHE_CONTROL, "public, max-age=300");
    if found.gzpipped {
        says(header::CONTENT_ENCODING, "gzip");
    }
    response
}

fn nothing_here(app: &App, headers: &HeaderMap) -> Response {
    pages::problem(app, headers, Problem::new(ProblemCode::NotFound, "There is nothing at this address."))
}
