//! Accounts, sessions and API tokens.
#![expect(dead_code, reason = "these types are never made: their shapes are what is described")]

use serde_json::{Value, json};
use sharper_domain::{ProblemCode, UserId};
use utoipa::ToSchema;
use utoipa::openapi::header::{Header, HeaderBuilder};

use super::operation::{Operation, delete, get, post};
use super::{examples, parameters};

/// An account to open.
#[derive(ToSchema)]
struct Registration {
    #[schema(min_length = 1, max_length = 254)]
    email: String,
    /// 8 to 200 characters, and none of the commonest.
    #[schema(format = Password, min_length = 8, max_length = 200)]
    password: String,
    /// Whether whoever opens it is younger than 13: then a guardian has to consent.
    under_13: Option<bool>,
    /// Needed under 13.
    #[schema(max_length = 254)]
    guardian_email: Option<String>,
}

/// Who wants in.
#[derive(ToSchema)]
struct SigningIn {
    #[schema(min_length = 1, max_length = 254)]
    email: String,
    #[schema(format = Password, max_length = 256)]
    password: String,
}

/// Who forgot a password.
#[derive(ToSchema)]
struct Forgotten {
    #[schema(min_length = 1, max_length = 254)]
    email: String,
}

/// The link of a letter, and a new password.
#[derive(ToSchema)]
struct NewPassword {
    /// What the link ends with.
    #[schema(max_length = 256)]
    token: String,
    #[schema(format = Password, min_length = 8, max_length = 200)]
    password: String,
}

/// The old password and a new one.
#[derive(ToSchema)]
struct PasswordChange {
    #[schema(format = Password, max_length = 256)]
    old_password: String,
    #[schema(format = Password, min_length = 8, max_length = 200)]
    new_password: String,
}

/// Who is signed in.
#[derive(ToSchema)]
struct SignedIn {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    user: Account,
    /// When the session ends.
    #[schema(format = DateTime)]
    expires_at: String,
}

/// Who is asking.
#[derive(ToSchema)]
struct WhoAmI {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    user: Account,
}

#[derive(ToSchema)]
struct Account {
    id: UserId,
    /// Null where there is no account.
    #[schema(required)]
    email: Option<String>,
    role: AccountRole,
    /// Whether the consent of a guardian is waited for.
    waiting_for_consent: bool,
}

#[derive(ToSchema)]
#[serde(rename_all = "lowercase")]
enum AccountRole {
    Student,
    Admin,
}

/// Sessions.
#[derive(ToSchema)]
struct Sessions {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    count: u64,
    /// The last used first.
    sessions: Vec<Session>,
}

#[derive(ToSchema)]
struct Session {
    id: String,
    /// What the browser said it is.
    device: String,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    seen_at: String,
    #[schema(format = DateTime)]
    expires_at: String,
    /// Whether it is the one by which this request is known.
    current: bool,
}

/// A token to make.
#[derive(ToSchema)]
struct NewToken {
    /// What it is for.
    #[schema(min_length = 1, max_length = 80, pattern = r"\S")]
    name: String,
    /// Days that it is good for; absent: until it is revoked.
    #[schema(minimum = 1, maximum = 3650)]
    days: Option<u32>,
}

/// API tokens, without their texts.
#[derive(ToSchema)]
struct Tokens {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    count: u64,
    /// The newest first.
    tokens: Vec<Token>,
}

#[derive(ToSchema)]
struct Token {
    id: uuid::Uuid,
    name: String,
    /// Its last characters.
    hint: String,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(required, format = DateTime)]
    used_at: Option<String>,
    #[schema(required, format = DateTime)]
    expires_at: Option<String>,
    /// The text of it, told once, when it is made.
    #[schema(nullable = false, pattern = "^ssk_")]
    token: Option<String>,
}

/// A token that was just made.
#[derive(ToSchema)]
struct TokenMade {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    token: Token,
}

/// It is done.
#[derive(ToSchema)]
struct AccountDone {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    /// For people.
    message: String,
}

const TAG: &str = "Accounts";
/// What an API token is not enough for.
const IN_PERSON: &str = "An API token is not enough for this: 403.";

pub(super) fn operations() -> Vec<Operation> {
    let mut all = vec![register(), sign_in(), sign_out(), ask_reset(), reset(), change_password(), me()];
    all.extend([sessions(), end_session(), tokens(), make_token(), revoke_token()]);
    all
}

fn account() -> Value {
    json!({"id": examples::USER, "email": "ana@example.org", "role": "student", "waiting_for_consent": false})
}

fn signed_in() -> Value {
    json!({"status": "success", "user": account(), "expires_at": examples::TIME})
}

fn done(message: &str) -> Value {
    json!({"status": "success", "message": message})
}

fn cookie() -> Header {
    HeaderBuilder::new().description(Some("The session.")).build()
}

fn register() -> Operation {
    let says = json!({"email": "ana@example.org", "password": "a long sentence of mine"});
    let what = "The first account is the administrator's. Under 13 a guardian's address is needed: they get a letter, and \
                the account waits for their consent. 403 where registration is closed.";
    post("/api/auth/register")
        .in_group(TAG)
        .does("Open an account", what)
        .reads::<Registration>(says)
        .gives::<SignedIn>(201, "It is open, and signed in.", signed_in())
        .with_header("Set-Cookie", cookie())
        .refuses(&[ProblemCode::Conflict, ProblemCode::StorageFull])
}

fn sign_in() -> Operation {
    let what = "Whether the address is unknown or the password is wrong is not told. After five tries in a minute: 429.";
    post("/api/auth/sign-in")
        .in_group(TAG)
        .does("Sign in", what)
        .reads::<SigningIn>(json!({"email": "ana@example.org", "password": "a long sentence of mine"}))
        .gives::<SignedIn>(200, "Signed in.", signed_in())
        .with_header("Set-Cookie", cookie())
        .refuses(&[ProblemCode::Unauthorized, ProblemCode::StorageFull])
}

fn sign_out() -> Operation {
    post("/api/auth/sign-out")
        .in_group(TAG)
        .does("Sign out", "The session ends at once, and the cookie is taken back.")
        .gives::<AccountDone>(200, "Signed out.", done("You are signed out."))
        .with_header("Set-Cookie", cookie())
}

fn ask_reset() -> Operation {
    let message = "If this address has an account, a letter with a link is on its way to it.";
    post("/api/auth/reset")
        .in_group(TAG)
        .does("Forget a password", "The link is good once, for 15 minutes.")
        .reads::<Forgotten>(json!({"email": "ana@example.org"}))
        .gives::<AccountDone>(202, "In any case.", done(message))
        .refuses(&[ProblemCode::StorageFull])
}

fn reset() -> Operation {
    post("/api/auth/reset/confirm")
        .in_group(TAG)
        .does("Set a new password", "Every session of the account has ended then.")
        .reads::<NewPassword>(json!({"token": "c3R1ZHkgc2hhcnBlcg", "password": "another sentence of mine"}))
        .gives::<AccountDone>(200, "It counts.", done("The new password counts. Sign in with it."))
        .refuses(&[ProblemCode::NotFound, ProblemCode::StorageFull])
}

fn change_password() -> Operation {
    let says = json!({"old_password": "a long sentence of mine", "new_password": "another sentence of mine"});
    post("/api/auth/password")
        .in_group(TAG)
        .does("Change a password", IN_PERSON)
        .reads::<PasswordChange>(says)
        .gives::<SignedIn>(
            200,
            "It counts. All other sessions have ended, and this is a new one.",
            signed_in(),
        )
        .with_header("Set-Cookie", cookie())
        .refuses(&[ProblemCode::NotAvailable, ProblemCode::StorageFull])
}

fn me() -> Operation {
    get("/api/auth/me").in_group(TAG).does("Who am I?", "").gives::<WhoAmI>(
        200,
        "You.",
        json!({"status": "success", "user": account()}),
    )
}

fn sessions() -> Operation {
    let session = json!({"id": "8c3f0d5a", "device": "Mozilla/5.0", "created_at": examples::TIME,
        "seen_at": examples::TIME, "expires_at": examples::TIME, "current": true});
    get("/api/auth/sessions").in_group(TAG).does("List sessions", IN_PERSON).gives::<Sessions>(
        200,
        "The sessions.",
        json!({"status": "success", "count": 1, "sessions": [session]}),
    )
}

fn end_session() -> Operation {
    delete("/api/auth/sessions/{id}")
        .in_group(TAG)
        .does("End a session", IN_PERSON)
        .takes(parameters::word("id", "The session.", "8c3f0d5a"))
        .gives::<AccountDone>(200, "It has ended.", done("That session is ended."))
        .refuses(&[ProblemCode::NotFound])
}

fn token() -> Value {
    json!({"id": examples::TOKEN, "name": "backup script", "hint": "x7Qa", "created_at": examples::TIME,
        "used_at": null, "expires_at": null})
}

fn tokens() -> Operation {
    get("/api/auth/tokens").in_group(TAG).does("List API tokens", IN_PERSON).gives::<Tokens>(
        200,
        "The tokens.",
        json!({"status": "success", "count": 1, "tokens": [token()]}),
    )
}

fn make_token() -> Operation {
    let mut made = token();
    made["token"] = json!("ssk_example");
    post("/api/auth/tokens")
        .in_group(TAG)
        .does("Make an API token", IN_PERSON)
        .reads::<NewToken>(json!({"name": "backup script", "days": 90}))
        .gives::<TokenMade>(201, "The token, told this once.", json!({"status": "success", "token": made}))
        .refuses(&[ProblemCode::Conflict, ProblemCode::NotAvailable, ProblemCode::StorageFull])
}

fn revoke_token() -> Operation {
    delete("/api/auth/tokens/{id}")
        .in_group(TAG)
        .does("Revoke an API token", IN_PERSON)
        .takes(parameters::id("id", "The token."))
        .gives::<AccountDone>(200, "It counts no longer.", done("That token counts no longer."))
        .refuses(&[ProblemCode::NotFound])
}
