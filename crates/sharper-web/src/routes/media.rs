//! `GET /media/{hash}`: images and sounds of a student's own cards. They came with a file: a browser is told to run nothing.

use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::App;
use crate::door::problem::{Refusal, not_found};
use crate::routes::who::Me;

/// What is shown and played in a page; everything else is handed over as a file.
const SHOWN: [&str; 10] = [
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/avif",
    "image/svg+xml",
    "audio/mpeg",
    "audio/ogg",
    "audio/wav",
    "audio/mp4",
];

/// The file with this SHA-256.
pub(crate) async fn media(
    State(app): State<App>,
    me: Me,
    Path(hash): Path<String>,
) -> Result<Response, Refusal> {
    let sound = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !sound {
        return Err(not_found("file").into());
    }
    let file = app.store.media(me.user().clone(), hash.to_ascii_lowercase()).await?;
    let kind = SHOWN.into_iter().find(|kind| *kind == file.kind);
    let disposition = if kind.is_some() { "inline" } else { "attachment" };
    let headers: [(HeaderName, &'static str); 6] = [
        (header::CONTENT_TYPE, kind.unwrap_or("application/octet-stream")),
        (header::CONTENT_DISPOSITION, disposition),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'; style-src 'unsafe-inline'"),
        (header::CACHE_CONTROL, "private, max-age=31536000, immutable"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    let mut response = file.bytes.into_response();
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}
