//! Bodies: read whole, within a size and a time, and turned into JSON with an error that says where it breaks.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use bytes::BytesMut;
use http_body_util::BodyExt;
use serde_json::Value;
use sharper_domain::{Problem, ProblemCode};

use super::problem::Refusal;
use crate::App;

/// Largest JSON body: 1 MiB, some 170,000 words.
pub(crate) const JSON_BYTES: usize = 1024 * 1024;

/// Largest form: a text as large as the API takes, and what a form has around it.
pub(crate) const FORM_BYTES: usize = JSON_BYTES + 64 * 1024;

/// Bytes that are read of a body that is too large, so that its sender gets to the answer.
const DRAINED: usize = 32 * 1024 * 1024;

/// A JSON body.
pub(crate) struct Json(pub(crate) Value);

impl FromRequest<App> for Json {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        let within = Duration::from_secs(app.settings.deadlines.body_seconds);
        parse(&read(request.into_body(), JSON_BYTES, within).await?).map(Json)
    }
}

/// The whole body, if it is no larger than `most` bytes and arrives in time.
///
/// A larger one is still read to its end, within bounds, and thrown away: a client that is cut off while it sends
/// sees a broken connection instead of the reason.
pub(crate) async fn read(body: Body, most: usize, within: Duration) -> Result<Bytes, Problem> {
    match tokio::time::timeout(within, gather(body, most)).await {
        Ok(Ok(Some(bytes))) => Ok(bytes),
        Ok(Ok(None)) => Err(too_large(most)),
        Ok(Err(_)) => Err(Problem::new(
            ProblemCode::InvalidRequest,
            "The body broke off before its end. Send it again.",
        )),
        Err(_) => {
            let detail = format!("The body must arrive within {} seconds.", within.as_secs());
            Err(Problem::new(ProblemCode::RequestTimeout, detail))
        }
    }
}

/// The body's bytes, or `None` where there are more than `most`.
async fn gather(mut body: Body, most: usize) -> Result<Option<Bytes>, axum::Error> {
    let mut bytes = BytesMut::new();
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame?.into_data() else { continue };
        length += data.len();
        if length <= most {
            bytes.extend_from_slice(&data);
        } else if length > DRAINED {
            return Ok(None);
        }
    }
    Ok((length <= most).then(|| bytes.freeze()))
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
        format!(
            "At most {size} at once. Send a chapter at a time: cards from a shorter text are better too."
        ),
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
