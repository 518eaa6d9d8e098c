//! `/api/auth/…`: accounts, sessions and API tokens, for programs. The pages have forms for the same.

use axum::Json as JsonBody;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use sharper_domain::{Problem, ProblemCode, Secret};
use sharper_people::{Caller, NewAccount, Role, SignInForm, SignInId, SignedIn, Via};

use crate::App;
use crate::door::address::ClientAddress;
use crate::door::body::Json;
use crate::door::cookie;
use crate::door::fields::Fields;
use crate::door::problem::{Refusal, not_found};
use crate::routes::who::Me;

/// Longest e-mail address that is looked at, in characters (RFC 5321, 4.5.3.1.3, is 254 bytes).
const EMAIL_CHARS: usize = 254;
/// Longest password, token or name of a device that is looked at, in characters.
pub(super) const WORD_CHARS: usize = 256;
/// Longest name of an API token, in characters.
const NAME_CHARS: usize = 80;
/// Days that an API token can be good for at most, when it is to end at all.
const TOKEN_DAYS: u32 = 3_650;

/// `POST /api/auth/register`: 201, signed in.
pub(crate) async fn register(
    State(app): State<App>,
    address: ClientAddress,
    headers: HeaderMap,
    Json(body): Json,
) -> Result<Response, Refusal> {
    let mut fields = Fields::of(&body);
    let email = fields.required_line("email", EMAIL_CHARS).unwrap_or_default();
    let password = secret(&mut fields, "password");
    let under_13 = fields.flag("under_13").unwrap_or(false);
    let guardian_email = fields.line("guardian_email", EMAIL_CHARS);
    fields.done()?;
    let new = NewAccount {
        email,
        password,
        under_13,
        guardian_email,
        device: device(&headers),
        address: address.key(),
    };
    let signed_in = app.people.register(new).await?;
    Ok((StatusCode::CREATED, session_of(&app, &signed_in)).into_response())
}

/// `POST /api/auth/sign-in`.
pub(crate) async fn sign_in(
    State(app): State<App>,
    address: ClientAddress,
    headers: HeaderMap,
    Json(body): Json,
) -> Result<Response, Refusal> {
    let mut fields = Fields::of(&body);
    let email = fields.required_line("email", EMAIL_CHARS).unwrap_or_default();
    let password = secret(&mut fields, "password");
    fields.done()?;
    let (device, address) = (device(&headers), address.key());
    let form = SignInForm { email: &email, password: password.expose(), device: &device, address: &address };
    let signed_in = app.people.sign_in(form).await?;
    Ok(session_of(&app, &signed_in).into_response())
}

/// `POST /api/auth/sign-out`: the session by which the request is known ends.
pub(crate) async fn sign_out(State(app): State<App>, me: Me) -> Result<Response, Refusal> {
    if let Some(token) = me.session_token() {
        app.people.sign_out(token).await?;
    }
    let cookie = [(header::SET_COOKIE, cookie::take(app.people.settings().is_secure()))];
    Ok((cookie, JsonBody(json!({"status": "success", "message": "You are signed out."}))).into_response())
}

/// `POST /api/auth/reset`: 202, whether the address has an account or not.
pub(crate) async fn ask_reset(
    State(app): State<App>,
    address: ClientAddress,
    Json(body): Json,
) -> Result<Response, Refusal> {
    let mut fields = Fields::of(&body);
    let email = fields.required_line("email", EMAIL_CHARS).unwrap_or_default();
    fields.done()?;
    app.people.ask_reset(&email, &address.key()).await?;
    let message = "If this address has an account, a letter with a link is on its way to it.";
    Ok((StatusCode::ACCEPTED, JsonBody(json!({"status": "success", "message": message}))).into_response())
}

/// `POST /api/auth/reset/confirm`.
pub(crate) async fn reset(State(app): State<App>, Json(body): Json) -> Result<JsonBody<Value>, Refusal> {
    let mut fields = Fields::of(&body);
    let token = secret(&mut fields, "token");
    let password = secret(&mut fields, "password");
    fields.done()?;
    app.people.reset(token.expose(), password.expose()).await?;
    Ok(JsonBody(json!({"status": "success", "message": "The new password counts. Sign in with it."})))
}

/// `POST /api/auth/password`: all other sessions end, and this one gets a new token.
pub(crate) async fn change_password(
    State(app): State<App>,
    me: Me,
    Json(body): Json,
) -> Result<Response, Refusal> {
    in_person(&me)?;
    let mut fields = Fields::of(&body);
    let old = secret(&mut fields, "old_password");
    let new = secret(&mut fields, "new_password");
    fields.done()?;
    let signed_in = app.people.change_password(me.caller(), old.expose(), new.expose()).await?;
    Ok(session_of(&app, &signed_in).into_response())
}

/// `GET /api/auth/me`.
pub(crate) async fn me(me: Me) -> JsonBody<Value> {
    JsonBody(json!({"status": "success", "user": told(me.caller())}))
}

/// `GET /api/auth/sessions`: the last used first.
pub(crate) async fn sessions(State(app): State<App>, me: Me) -> Result<JsonBody<Value>, Refusal> {
    in_person(&me)?;
    let sessions = app.people.sessions(me.user()).await?;
    let sessions: Vec<Value> = sessions
        .iter()
        .map(|session| {
            json!({
                "id": session.id.0,
                "device": session.device,
                "created_at": session.created_at,
                "seen_at": session.seen_at,
                "expires_at": session.expires_at,
                "current": me.caller().via == Via::Session(session.id.clone()),
            })
        })
        .collect();
    Ok(JsonBody(json!({"status": "success", "count": sessions.len(), "sessions": sessions})))
}

/// `DELETE /api/auth/sessions/{id}`.
pub(crate) async fn end_session(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
) -> Result<JsonBody<Value>, Refusal> {
    in_person(&me)?;
    app.people.end_session(me.user(), &SignInId(id)).await?;
    Ok(JsonBody(json!({"status": "success", "message": "That session is ended."})))
}

/// `GET /api/auth/tokens`: the newest first, without their texts.
pub(crate) async fn tokens(State(app): State<App>, me: Me) -> Result<JsonBody<Value>, Refusal> {
    in_person(&me)?;
    let tokens = app.people.tokens(me.user()).await?;
    let tokens: Vec<Value> = tokens.iter().map(told_token).collect();
    Ok(JsonBody(json!({"status": "success", "count": tokens.len(), "tokens": tokens})))
}

/// `POST /api/auth/tokens`: 201 and the token, which is told this once.
pub(crate) async fn make_token(
    State(app): State<App>,
    me: Me,
    Json(body): Json,
) -> Result<Response, Refusal> {
    in_person(&me)?;
    let mut fields = Fields::of(&body);
    let name = fields.required_line("name", NAME_CHARS).unwrap_or_default();
    let days = fields.number("days", 1..=TOKEN_DAYS);
    fields.done()?;
    let (text, token) = app.people.make_token(me.user(), &name, days).await?;
    let mut told = told_token(&token);
    told["token"] = json!(text.expose());
    Ok((StatusCode::CREATED, JsonBody(json!({"status": "success", "token": told}))).into_response())
}

/// `DELETE /api/auth/tokens/{id}`.
pub(crate) async fn revoke_token(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
) -> Result<JsonBody<Value>, Refusal> {
    in_person(&me)?;
    let id = id.parse().map_err(|_| not_found("token"))?;
    app.people.revoke_token(me.user(), id).await?;
    Ok(JsonBody(json!({"status": "success", "message": "That token counts no longer."})))
}

/// A script's token may do what its owner does with their notes, but not give itself more, nor lock them out.
pub(crate) fn in_person(me: &Me) -> Result<(), Problem> {
    match me.caller().via {
        Via::Session(_) | Via::Supabase | Via::Local => Ok(()),
        Via::ApiToken(_) | Via::Ticket | Via::AdminToken => {
            Err(Problem::new(ProblemCode::Forbidden, "Sign in yourself for this: a token is not enough."))
        }
    }
}

/// A new session: the cookie, and who is signed in.
fn session_of(app: &App, signed_in: &SignedIn) -> impl IntoResponse + use<> {
    let settings = app.people.settings();
    let cookie = cookie::give(signed_in.token.expose(), settings.session_days, settings.is_secure());
    let body = json!({
        "status": "success",
        "user": told(&signed_in.caller),
        "expires_at": signed_in.expires_at,
    });
    ([(header::SET_COOKIE, cookie)], JsonBody(body))
}

fn told(caller: &Caller) -> Value {
    json!({
        "id": caller.user,
        "email": caller.name,
        "role": match caller.role {
            Role::Student => "student",
            Role::Admin => "admin",
        },
        "waiting_for_consent": caller.waiting,
    })
}

fn told_token(token: &sharper_people::ApiToken) -> Value {
    json!({
        "id": token.id,
        "name": token.name,
        "hint": token.hint,
        "created_at": token.created_at,
        "used_at": token.used_at,
        "expires_at": token.expires_at,
    })
}

pub(crate) fn secret(fields: &mut Fields<'_>, name: &str) -> Secret {
    let text = fields.required(name).and_then(|_| fields.text(name)).unwrap_or_default();
    if text.chars().count() > WORD_CHARS {
        fields.wrong::<()>(name, format!("must have at most {WORD_CHARS} characters"));
    }
    Secret::exact(text)
}

/// What a browser says it is, cut short: for the list of sessions, where its owner is to know it again.
pub(crate) fn device(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or("unknown");
    agent.chars().take(WORD_CHARS).collect()
}
