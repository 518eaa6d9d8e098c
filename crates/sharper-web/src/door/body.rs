//! Bodies: read whole, within a size and a time, and turned into JSON with an error that says where it breaks.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header;
use serde_json::Value;
use sharper_domain::{Problem, ProblemCode};

use super::problem::Refusal;
use crate::App;

/// Largest JSON body: 1 MiB, some 170,000 words.
pub(crate) const JSON_BYTES: usize = 1024 * 1024;

/// A JSON body.
pub(crate) struct Json(pub(crate) Value);

impl FromRequest<App> for Json {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        let bytes = read(request, JSON_BYTES, Duration::from_secs(app.deadlines().body_seconds)).await?;
        parse(&bytes).map(Json)
    }
}

/// The whole body, if it is no larger than `most` bytes and arrives in time.
pub(crate) async fn read(request: Request, most: usize, within: Duration) -> Result<Bytes, Refusal> {
    let told = request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
    if told.is_some_and(|length| length > most as u64) {
        return Err(too_large(most).into());
    }
    match tokio::time::timeout(within, axum::body::to_bytes(request.into_body(), most)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) if is_length_limit(&error) => Err(too_large(most).into()),
        Ok(Err(_)) => {
            Err(Problem::new(ProblemCode::InvalidRequest, "The body broke off before its end. Send it again.").into())
        }
        Err(_) => {
            let detail = format!("The body must arrive within {} seconds.", within.as_secs());
            Err(Problem::new(ProblemCode::RequestTimeout, detail).into())
        }
    }
}

fn is_length_limit(error: &axum::Error) -> bool {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(current) = source {
        if current.is::<http_body_util::LengthLimitError>() {
            return true;
        }
        source = current.source();
    }
    false
}

/// The problem of a body over `most` bytes.
pub(crate) fn too_large(most: usize) -> Problem {
    let size = if most >= 1024 * 1024 {
        format!("{} MiB", most / (1024 * 1024))
    } else {
        format!("{} KiB", most / 1024)
    };
    Problem::new(
        ProblemCode::PayloadTooLarge,
        format!("At most {size} at once. Send a chapter at a time: cards from a shorter text are better too."),
    )
}

fn parse(bytes: &[u8]) -> Result<Value, Refusal> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let detail = format!("The body is not UTF-8 text: byte {} does not belong.", error.valid_up_to());
        Problem::new(ProblemCode::InvalidJson, detail)
    })?;
    serde_json::from_str(text).map_err(|error| {
        // serde_json's own words name a place and what it expected, and nothing of the content.
        Problem::new(ProblemCode::InvalidJson, format!("The body is not valid JSON: {error}.")).into()
    })
}
