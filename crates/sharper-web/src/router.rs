//! The one table of routes: what answers a URL.

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, Method, Uri};
use axum::response::Response;
use sharper_domain::{Problem, ProblemCode};

use crate::App;
use crate::door::body::FORM_BYTES;
use crate::door::table::{Access, Limit, Route, Table, delete, get, post, put};
use crate::door::{cors, cross_site, figures, request_id};
use crate::openapi;
use crate::pages::{self, consent, editor, library, note, people, settings};
use crate::routes::{
    admin, agents_alone, attempts, auth, cards, chat, content, embeddings, exchange, experiments, feedback,
    folders, health, media, metrics, mine, notes, passages, preferences, process, sets, stream, study,
    upload,
};

/// The table.
fn table() -> Table {
    let table = Table::default();
    let table = the_pages(table);
    let table = the_people(table);
    let table = the_settings(table);
    let table = the_administration(table);
    let table = the_work(table);
    let table = who_is_who(table);
    let table = the_library(table);
    let table = the_cards(table);
    let table = the_talk(table);
    let table = the_attempts(table);
    let table = operations(table);
    is_it_there(table)
}

fn the_pages(table: Table) -> Table {
    table
        .route("/", get(pages::home).for_(Access::Open))
        .route("/make", post(pages::make).counted(Limit::Generate))
        .route("/making/{session_id}", get(pages::making))
        .route("/notes/{id}/remake", post(pages::remake).counted(Limit::Generate))
        .route("/making/{session_id}/cancel", post(pages::cancel))
        .route("/sets", get(pages::sets))
        .route("/progress", get(pages::progress))
        .route("/sets/{id}", get(pages::set).post(pages::change_set))
        .route("/sets/{id}/cards", post(pages::add_card))
        .route("/import", post(exchange::import_from_page).counted(Limit::Upload))
        .route("/quizzes/{id}", get(pages::quiz))
        .route("/exams/{id}", get(pages::exam))
        .route("/quizzes/{id}/start", post(pages::attempts::start_quiz))
        .route("/exams/{id}/start", post(pages::attempts::start_exam))
        .route("/quizzes/{id}/print", get(pages::quiz_print))
        .route("/exams/{id}/print", get(pages::exam_print))
        .route("/attempts/{id}", get(pages::attempts::attempt))
        .route("/attempts/{id}/save", post(pages::attempts::save))
        .route("/attempts/{id}/finish", post(pages::attempts::finish))
        .route("/attempts/{id}/appeal", post(pages::attempts::appeal))
        .route("/summaries/{id}", get(pages::summary))
        .route("/analyses/{id}", get(pages::analysis))
        .route("/plans/{id}", get(pages::plan))
        .route("/plans/{id}/tick", post(pages::tick_day))
        .route("/library", get(library::library))
        .route("/library/change", post(library::change))
        .route("/library/bin", get(library::bin))
        .route("/notes/new", get(editor::new_note).post(editor::add_note))
        .route("/notes/preview", post(editor::preview))
        .route("/notes/{id}", get(note::note))
        .route("/notes/{id}/edit", get(editor::edit).post(editor::save_note))
        .route("/notes/{id}/restore", post(note::restore))
        .route("/tutor", get(pages::tutor).post(pages::ask).counted(Limit::Generate))
        .route("/tutor/{session_id}", get(pages::talk))
        .route("/study", get(pages::study_all))
        .route("/study/grade", post(pages::grade))
        .route("/study/undo", post(pages::undo))
        .route("/study/card", post(pages::card))
        .route("/study/{set_id}", get(pages::study))
        .route("/assets/{*path}", get(pages::assets::asset).for_(Access::Anybody))
}

/// The forms of people.
fn the_people(table: Table) -> Table {
    let form = Limit::SignIn;
    table
        .route("/sign-in", get(people::sign_in_page).post(people::sign_in).for_(Access::Open).counted(form))
        .route("/sign-out", post(people::sign_out).for_(Access::Open))
        .route("/signed-out", get(people::signed_out).for_(Access::Open))
        .route(
            "/register",
            get(people::register_page).post(people::register).for_(Access::Open).counted(form),
        )
        .route("/reset", get(people::reset_page).post(people::ask_reset).for_(Access::Open).counted(form))
        .route("/reset/confirm", post(people::reset).for_(Access::Open).counted(form))
        .route("/waiting", get(consent::waiting_page).post(consent::ask_again).for_(Access::SignedIn))
        .route("/consent", get(consent::consent_page).post(consent::consent).for_(Access::Open).counted(form))
        .route(
            "/admin/sign-in",
            get(people::operator_page).post(people::operator_sign_in).for_(Access::Open).counted(form),
        )
}

fn the_settings(table: Table) -> Table {
    table
        .route("/settings", get(settings::account))
        .route("/settings/language", post(settings::language))
        .route("/settings/password", post(settings::password).counted(Limit::SignIn))
        .route("/settings/devices", get(settings::devices))
        .route("/settings/devices/end", post(settings::end_device))
        .route("/settings/tokens", get(settings::tokens).post(settings::make_token))
        .route("/settings/tokens/revoke", post(settings::revoke_token))
        .route("/settings/privacy", get(settings::privacy).for_(Access::SignedIn))
        .route("/settings/export", get(settings::export).for_(Access::SignedIn).counted(Limit::Content))
        .route("/settings/delete", post(settings::delete).for_(Access::SignedIn).counted(Limit::SignIn))
}

/// For whoever runs it.
fn the_administration(table: Table) -> Table {
    table
        .route("/admin", get(pages::admin::now).for_(Access::Admin))
        .route("/admin/agents", get(pages::admin::agents).for_(Access::Admin))
        .route("/admin/errors", get(pages::admin::errors).for_(Access::Admin))
        .route("/admin/errors/{group}", get(pages::admin::error_group).for_(Access::Admin))
        .route("/admin/requests/{id}", get(pages::admin::request).for_(Access::Admin))
        .route("/admin/users", get(pages::admin::users).for_(Access::Admin))
        .route("/admin/users/{id}", get(pages::admin::user).for_(Access::Admin))
        .route("/admin/quality", get(pages::admin::quality).for_(Access::Admin))
        .route("/admin/appeals", post(pages::attempts::decide).for_(Access::Admin))
        .route("/admin/alerts", get(pages::admin::alerts).for_(Access::Admin))
        .route("/admin/settings", get(pages::admin::config).for_(Access::Admin))
        .route("/admin/log", get(pages::admin::log).for_(Access::Admin))
}

/// The main job, and one agent alone.
fn the_work(table: Table) -> Table {
    table
        .route("/api/ai/process-stream", post(process::process_stream).counted(Limit::Generate))
        .route("/api/ai/agent-test", post(process::agent_test).counted(Limit::Agents))
        .route("/api/ai/stream/{session_id}", get(stream::stream).for_(Access::Stream).delete(stream::cancel))
        .route("/api/ai/stream-status", get(stream::status).for_(Access::Anybody))
        .route("/api/ai/test-rag", post(agents_alone::rag).counted(Limit::Agents))
        .route("/api/ai/test-profile", post(agents_alone::profile).counted(Limit::Agents))
        .route("/api/ai/test-progress", post(agents_alone::progress).counted(Limit::Agents))
        .route("/api/ai/test-conversation", post(agents_alone::conversation).counted(Limit::Agents))
        .route("/api/ai/test-flashcards", post(agents_alone::flashcards).counted(Limit::Agents))
        .route("/api/ai/test-quiz", post(agents_alone::quiz).counted(Limit::Agents))
        .route("/api/ai/test-summary", post(agents_alone::summary).counted(Limit::Agents))
        .route("/api/ai/test-chat", post(agents_alone::chat).counted(Limit::Agents))
        .route("/api/ai/test-safety", post(agents_alone::safety).counted(Limit::Agents))
        .route("/api/ai/test-accuracy", post(agents_alone::accuracy).counted(Limit::Agents))
        .route("/api/ai/test-quality", post(agents_alone::quality).counted(Limit::Agents))
        .route("/api/ai/test-full-validation", post(agents_alone::full_validation).counted(Limit::Agents))
}

fn who_is_who(table: Table) -> Table {
    table
        .route("/api/auth/register", post(auth::register).for_(Access::Anybody).counted(Limit::SignIn))
        .route("/api/auth/sign-in", post(auth::sign_in).for_(Access::Anybody).counted(Limit::SignIn))
        .route("/api/auth/sign-out", post(auth::sign_out).for_(Access::SignedIn))
        .route("/api/auth/reset", post(auth::ask_reset).for_(Access::Anybody).counted(Limit::SignIn))
        .route("/api/auth/reset/confirm", post(auth::reset).for_(Access::Anybody).counted(Limit::SignIn))
        .route("/api/auth/password", post(auth::change_password).counted(Limit::SignIn))
        .route("/api/auth/me", get(auth::me).for_(Access::SignedIn))
        .route("/api/auth/sessions", get(auth::sessions).for_(Access::SignedIn))
        .route("/api/auth/sessions/{id}", delete(auth::end_session).for_(Access::SignedIn))
        .route("/api/auth/tokens", get(auth::tokens).post(auth::make_token))
        .route("/api/auth/tokens/{id}", delete(auth::revoke_token))
        .route("/api/me/export", get(mine::export).for_(Access::SignedIn).counted(Limit::Content))
        .route("/api/me", delete(mine::erase).for_(Access::SignedIn).counted(Limit::SignIn))
}

/// What goes in, and what was made of it.
fn the_library(table: Table) -> Table {
    table
        .route("/api/notes", get(notes::list).post(notes::add))
        .route("/api/notes/{id}", get(notes::get).put(notes::change).delete(notes::remove))
        .route("/api/notes/search", get(notes::search))
        .route("/api/notes/{id}/restore", post(notes::restore))
        .route("/api/notes/{id}/duplicate", post(notes::duplicate))
        .route("/api/notes/{id}/versions", get(notes::versions))
        .route("/api/notes/{id}/versions/{n}", get(notes::version))
        .route("/api/notes/{id}/versions/{n}/restore", post(notes::restore_version))
        .route("/api/folders", get(folders::list).post(folders::add))
        .route("/api/folders/{id}", get(folders::get).put(folders::change).delete(folders::remove))
        .route("/api/folders/{id}/restore", post(folders::restore))
        .route("/api/library/tree", get(folders::tree))
        .route("/api/bin", get(folders::bin).delete(folders::empty_bin))
        .route("/api/bin/{id}", delete(folders::remove_for_good))
        .route("/api/embeddings/search", post(embeddings::search))
        .route("/api/embeddings/related/{note_id}", get(embeddings::related))
        .route("/api/upload", post(upload::upload).counted(Limit::Upload))
        .route("/upload", post(upload::from_page).counted(Limit::Upload))
        .route("/api/notes/{id}/items", get(passages::items))
        .route("/api/notes/{id}/stale", get(passages::stale))
        .route("/api/notes/{id}/remake", post(passages::remake).counted(Limit::Generate))
        .route("/api/ai/generated-content/{kind}", get(content::generated).counted(Limit::Content))
        .route("/api/ai/content-stats/{user_id}", get(content::stats))
        .route("/api/ai/feedback", post(feedback::feedback))
        .route("/api/ai/feedback/{id}", delete(feedback::take_back))
}

/// Cards, and studying them.
fn the_cards(table: Table) -> Table {
    table
        .route("/api/flashcards", post(cards::add))
        .route("/api/flashcards/sets", get(sets::list).post(sets::add))
        .route("/api/flashcards/sets/{id}/export", get(exchange::set))
        .route("/api/flashcards/import", post(exchange::import).counted(Limit::Upload))
        .route("/api/flashcards/sets/{id}", get(sets::get).put(sets::change).delete(sets::remove))
        .route("/api/flashcards/due", get(study::due))
        .route("/api/flashcards/search", get(cards::search))
        .route("/api/flashcards/batch", post(cards::batch))
        .route("/api/flashcards/{id}", get(cards::get).put(cards::change).delete(cards::remove))
        .route("/api/flashcards/{id}/cards", get(sets::get))
        .route("/api/flashcards/{id}/review", post(study::review))
        .route("/api/flashcards/{id}/undo", post(study::undo))
        .route("/api/me/progress", get(study::progress))
        .route("/api/me/study", get(study::read_rules).put(study::choose_rules))
        .route("/api/me/study/fit", post(study::fit).counted(Limit::Agents))
        .route("/media/{hash}", get(media::media))
}

/// What was said with the tutor, and how a student wants things made.
fn the_talk(table: Table) -> Table {
    table
        .route("/api/chat/sessions", get(chat::list))
        .route("/api/chat/sessions/{session_id}", get(chat::read).put(chat::rename).delete(chat::remove))
        .route("/api/chat/sessions/{session_id}/end", post(chat::end))
        .route("/api/me/preferences", get(preferences::read).put(preferences::choose))
        .route("/tutor/{session_id}/rename", post(pages::rename_talk))
        .route("/tutor/{session_id}/end", post(pages::end_talk))
        .route("/tutor/{session_id}/delete", post(pages::delete_talk))
        .route("/settings/making", get(pages::preferences::making).post(pages::preferences::choose))
        .route("/settings/study", get(pages::studying::page).post(pages::studying::choose))
        .route("/settings/study/fit", post(pages::studying::fit).counted(Limit::Agents))
}

/// Quizzes and exams as they are taken.
fn the_attempts(table: Table) -> Table {
    table
        .route("/api/quizzes/{id}/attempts", post(attempts::start_quiz))
        .route("/api/exams/{id}/attempts", post(attempts::start_exam))
        .route("/api/quizzes/{id}/export", get(exchange::quiz))
        .route("/api/exams/{id}/export", get(exchange::exam))
        .route("/api/plans/{id}/calendar", get(exchange::plan))
        .route("/api/attempts", get(attempts::list))
        .route("/api/attempts/{id}", get(attempts::get))
        .route("/api/attempts/{id}/answers/{question_id}", put(attempts::save))
        .route("/api/attempts/{id}/check/{question_id}", post(attempts::check))
        .route("/api/attempts/{id}/finish", post(attempts::finish))
        .route("/api/attempts/{id}/result", get(attempts::result_of))
        .route("/api/attempts/{id}/answers/{question_id}/appeal", post(attempts::appeal))
        .route("/api/admin/appeals", get(attempts::appeals).post(attempts::decide).for_(Access::Admin))
}

/// How the house does, for those who run it.
fn operations(table: Table) -> Table {
    table
        .route("/api/admin/metrics", get(admin::metrics).for_(Access::Admin))
        .route("/api/admin/errors", get(admin::errors).for_(Access::Admin))
        .route("/api/admin/errors/groups", get(admin::error_groups).for_(Access::Admin))
        .route("/api/admin/user-activity/{user_id}", get(admin::user_activity).for_(Access::Admin))
        .route("/api/admin/users", get(admin::users).for_(Access::Admin))
        .route("/api/admin/requests/{request_id}", get(admin::request).for_(Access::Admin))
        .route("/api/admin/quality", get(admin::quality).for_(Access::Admin))
        .route("/api/admin/alerts", get(admin::alerts).for_(Access::Admin))
        .route("/api/admin/experiments", get(experiments::experiments).for_(Access::Admin))
        .route("/metrics", get(metrics::metrics).for_(Access::Admin))
}

fn is_it_there(table: Table) -> Table {
    table
        .route("/health", get(health::health).for_(Access::Anybody))
        .route("/livez", get(health::livez).for_(Access::Anybody))
        .route("/readyz", get(health::readyz).for_(Access::Anybody))
        // What it can do, in development.
        .route("/openapi.json", get(openapi::pages::description).for_(Access::Anybody))
        .route("/docs", get(openapi::pages::page).for_(Access::Anybody))
        .route("/docs/{file}", get(openapi::pages::file).for_(Access::Anybody))
}

/// Every route there is, for whoever must not forget one.
pub fn routes() -> Vec<Route> {
    table().routes()
}

/// The table at work, with what all routes share.
pub fn router(app: App) -> Router {
    table()
        .build(&app)
        .fallback(nothing_here)
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(axum::middleware::from_fn_with_state(app.clone(), cross_site::layer))
        .layer(cors::layer(&app.settings))
        .layer(axum::middleware::from_fn_with_state(app.clone(), request_id::layer))
        .layer(axum::middleware::from_fn(figures::layer))
        .with_state(app)
}

async fn nothing_here(State(app): State<App>, headers: HeaderMap) -> Response {
    pages::problem(&app, &headers, Problem::new(ProblemCode::NotFound, "There is nothing at this address."))
}

async fn wrong_method(State(app): State<App>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let detail = format!("{} does not take {method}.", uri.path());
    pages::problem(&app, &headers, Problem::new(ProblemCode::MethodNotAllowed, detail))
}
