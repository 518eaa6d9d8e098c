//! `GET /assets/…`: styles, scripts, fonts, from the binary.

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sharper_pages::assets;

use crate::door::problem::{Refusal, not_found};

pub(crate) async fn asset(Path(path): Path<String>, headers: HeaderMap) -> Result<Response, Refusal> {
    let asset = assets::get(&path).ok_or_else(|| not_found("file"))?;
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let cache = if asset.immutable { "public, max-age=31536000, immutable" } else { "public, max-age=300" };
    let mut response = if text(header::IF_NONE_MATCH).split(',').any(|tag| tag.trim() == asset.etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        match asset.brotli.filter(|_| text(header::ACCEPT_ENCODING).contains("br")) {
            Some(packed) => ([(header::CONTENT_ENCODING, "br")], packed).into_response(),
            None => asset.bytes.into_response(),
        }
    };
    let facts = [
        (header::CONTENT_TYPE, asset.content_type),
        (header::CACHE_CONTROL, cache),
        (header::ETAG, asset.etag),
        (header::VARY, "accept-encoding"),
    ];
    for (name, value) in facts {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}
