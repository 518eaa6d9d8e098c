//! `GET /health`, `/livez`, `/readyz`: is it there, can it work.

use std::time::Duration;

use axum::Json as JsonBody;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use sharper_store::limits::LimiterState;
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::App;

/// How long one look at the database is good for.
const FRESH: Duration = Duration::from_secs(1);

/// The last look at the database. Whoever finds it stale looks anew, and the others wait for that one look.
#[derive(Default)]
pub(crate) struct LastLook(Mutex<Option<(Instant, bool)>>);

impl LastLook {
    /// Whether the database takes writes and has the schema we know.
    pub(crate) async fn database_works(&self, app: &App) -> bool {
        let mut last = self.0.lock().await;
        if let Some((at, works)) = *last
            && at.elapsed() < FRESH
        {
            return works;
        }
        let works = match app.store.ready().await {
            Ok(()) => true,
            Err(error) => {
                tracing::warn!(%error, "the database is not ready");
                false
            }
        };
        *last = Some((Instant::now(), works));
        works
    }
}

/// The wire's health report. 503 where it cannot work.
pub(crate) async fn health(State(app): State<App>) -> Response {
    let works = app.last_look.database_works(&app).await;
    let counting = match app.limits.state() {
        LimiterState::Operational => "operational",
        LimiterState::Degraded => "degraded",
    };
    let (status, word, database) = match works {
        true if counting == "degraded" => (StatusCode::OK, "degraded", "operational"),
        true => (StatusCode::OK, "healthy", "operational"),
        false => (StatusCode::SERVICE_UNAVAILABLE, "unhealthy", "unavailable"),
    };
    let body = json!({
        "status": word,
        "service": "studysharper_backend",
        "version": env!("CARGO_PKG_VERSION"),
        "environment": app.settings.environment.as_str(),
        "timestamp": app.now(),
        "components": {
            "database": database,
            "monitoring": "operational",
            "rate_limiting": counting,
            "sse_streaming": "operational",
        },
        "endpoints": {
            "process": "/api/ai/process-stream",
            "stream": "/api/ai/stream/{session_id}",
            "agent_test": "/api/ai/agent-test",
            "generated_content": "/api/ai/generated-content/{type}",
            "content_stats": "/api/ai/content-stats/{user_id}",
            "stream_status": "/api/ai/stream-status",
        },
    });
    (status, JsonBody(body)).into_response()
}

/// It answers: the process lives. Touches nothing.
pub(crate) async fn livez() -> &'static str {
    "ok\n"
}

/// Whether to send requests here: the database works, and we are not stopping.
pub(crate) async fn readyz(State(app): State<App>) -> (StatusCode, &'static str) {
    if app.stop.is_cancelled() {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
    } else if app.last_look.database_works(&app).await {
        (StatusCode::OK, "ready\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
    }
}
