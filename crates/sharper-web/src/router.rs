//! The one table of routes: what answers a URL.

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, Method, Uri};
use axum::response::Response;
use axum::routing::{get, post};
use sharper_domain::ProblemCode;

use crate::App;
use crate::door::body::FORM_BYTES;
use crate::door::{cross_site, request_id};
use crate::pages;
use crate::routes::{agents_alone, content, feedback, health, notes, process, review, stream};

/// Every route, with what all of them share.
pub fn router(app: App) -> Router {
    Router::new()
        // The pages.
        .route("/", get(pages::home))
        .route("/make", post(pages::make))
        .route("/making/{session_id}", get(pages::making))
        .route("/making/{session_id}/cancel", post(pages::cancel))
        .route("/sets/{id}", get(pages::set))
        .route("/quizzes/{id}", get(pages::quiz))
        .route("/exams/{id}", get(pages::exam))
        .route("/summaries/{id}", get(pages::summary))
        .route("/analyses/{id}", get(pages::analysis))
        .route("/plans/{id}", get(pages::plan))
        .route("/tutor", get(pages::tutor).post(pages::ask))
        .route("/tutor/{session_id}", get(pages::talk))
        .route("/study/{set_id}", get(pages::study))
        .route("/study/{set_id}/grade", post(pages::grade))
        .route("/assets/{*path}", get(pages::assets::asset))
        // Is it there?
        .route("/health", get(health::health))
        .route("/livez", get(health::livez))
        .route("/readyz", get(health::readyz))
        // The main job.
        .route("/api/ai/process-stream", post(process::process_stream))
        .route("/api/ai/agent-test", post(process::agent_test))
        .route("/api/ai/stream/{session_id}", get(stream::stream).delete(stream::cancel))
        .route("/api/ai/stream-status", get(stream::status))
        // One agent alone.
        .route("/api/ai/test-rag", post(agents_alone::rag))
        .route("/api/ai/test-profile", post(agents_alone::profile))
        .route("/api/ai/test-progress", post(agents_alone::progress))
        .route("/api/ai/test-conversation", post(agents_alone::conversation))
        .route("/api/ai/test-flashcards", post(agents_alone::flashcards))
        .route("/api/ai/test-quiz", post(agents_alone::quiz))
        .route("/api/ai/test-summary", post(agents_alone::summary))
        .route("/api/ai/test-chat", post(agents_alone::chat))
        .route("/api/ai/test-safety", post(agents_alone::safety))
        .route("/api/ai/test-accuracy", post(agents_alone::accuracy))
        .route("/api/ai/test-quality", post(agents_alone::quality))
        .route("/api/ai/test-full-validation", post(agents_alone::full_validation))
        // What goes in.
        .route("/api/notes", get(notes::list).post(notes::add))
        .route("/api/notes/{id}", get(notes::get).put(notes::change).delete(notes::remove))
        .route("/api/folders", get(notes::folders).post(notes::add_folder))
        .route("/api/folders/{id}", get(notes::folder))
        // What was made.
        .route("/api/ai/generated-content/{kind}", get(content::generated))
        .route("/api/ai/content-stats/{user_id}", get(content::stats))
        .route("/api/ai/feedback", post(feedback::feedback))
        .route("/api/flashcards/sets", get(content::sets))
        .route("/api/flashcards/sets/{id}", get(content::set))
        .route("/api/flashcards/{id}/cards", get(content::set))
        .route("/api/flashcards/{id}/review", post(review::review))
        .fallback(nothing_here)
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(axum::middleware::from_fn_with_state(app.clone(), cross_site::layer))
        .layer(axum::middleware::from_fn_with_state(app.clone(), request_id::layer))
        .with_state(app)
}

async fn nothing_here(State(app): State<App>, headers: HeaderMap) -> Response {
    pages::problem(&app, &headers, ProblemCode::NotFound, "There is nothing at this address.".to_owned())
}

async fn wrong_method(State(app): State<App>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let detail = format!("{} does not take {method}.", uri.path());
    pages::problem(&app, &headers, ProblemCode::MethodNotAllowed, detail)
}
