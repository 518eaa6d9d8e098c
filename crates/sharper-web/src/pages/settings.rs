//! `/settings` and below: language and password, devices, tokens, privacy.

use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use futures_util::stream;
use serde::Deserialize;
use sharper_domain::{Problem, ProblemCode};
use sharper_pages::Locale;
use sharper_pages::people::{FormFault, SignInNews};
use sharper_pages::settings::{
    AccountNews, AccountPage, Device, DevicesPage, PrivacyPage, Token, TokensPage,
};
use sharper_people::{SignInId, Via};

use super::people::{fault_of, status};
use super::typed::Typed;
use super::{PageRefusal, Reader, html};
use crate::App;
use crate::door::cookie;
use crate::routes::auth::in_person;
use crate::routes::who::Me;

/// `?news=`
#[derive(Debug, Default, Deserialize)]
pub(crate) struct News {
    #[serde(default)]
    news: String,
}

impl Reader<'_> {
    /// Nobody but the person themselves, and no script of theirs.
    fn in_person(&self) -> Result<(), PageRefusal> {
        in_person(self.me).map_err(|problem| self.refuse(problem))
    }

    async fn typed(&self, request: Request) -> Result<Typed, PageRefusal> {
        Typed::of(self.app, request).await.map_err(|problem| self.refuse(problem))
    }
}

/// `GET /settings`.
pub(crate) async fn account(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Query(place): Query<News>,
) -> Response {
    let reader = Reader::of(&app, &me, &headers);
    html(StatusCode::OK, &account_page(&reader, &headers, AccountNews::from_word(&place.news), None))
}

fn account_page(
    reader: &Reader<'_>,
    headers: &HeaderMap,
    news: Option<AccountNews>,
    fault: Option<FormFault>,
) -> AccountPage {
    let chosen = cookie::language(headers).and_then(Locale::from_tag);
    let email = reader.me.caller().name.clone().filter(|_| has_password(reader.me));
    AccountPage { frame: reader.frame.clone(), chosen, email, news, fault }
}

/// Whether they signed in with a password of ours: somebody of Supabase has none here, nor has anybody where nobody
/// signs in.
fn has_password(me: &Me) -> bool {
    matches!(me.caller().via, Via::Session(_))
}

/// `POST /settings/language`: kept by the browser, so that it also counts before one signs in.
pub(crate) async fn language(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let typed = reader.typed(request).await?;
    let chosen = Locale::from_tag(typed.line("language"));
    let line = cookie::speak(chosen.map(Locale::tag), app.people.settings().is_secure());
    let place = format!("/settings?news={}", AccountNews::Language.word());
    Ok(([(header::SET_COOKIE, line)], Redirect::to(&place)).into_response())
}

/// `POST /settings/password`.
pub(crate) async fn password(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    reader.in_person()?;
    let typed = reader.typed(request).await?;
    let (old, new) = (typed.secret("password"), typed.secret("new_password"));
    let problem = match app.people.change_password(me.caller(), old.expose(), new.expose()).await {
        Ok(signed_in) => {
            let place = format!("/settings?news={}", AccountNews::Password.word());
            return Ok(app.with_session(&signed_in, &place));
        }
        Err(problem) => problem,
    };
    let fault = match problem.code {
        ProblemCode::Forbidden => Some(FormFault::PasswordWrong),
        _ => fault_of(&problem, new.expose()),
    };
    let Some(fault) = fault else { return Err(reader.refuse(problem)) };
    Ok(html(status(&problem), &account_page(&reader, &headers, None, Some(fault))))
}

/// `GET /settings/devices`.
pub(crate) async fn devices(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    reader.in_person()?;
    let sessions = app.people.sessions(me.user()).await.map_err(|problem| reader.refuse(problem))?;
    let devices = sessions.into_iter().map(|session| Device {
        this: me.caller().via == Via::Session(session.id.clone()),
        id: session.id.0,
        name: device_name(&session.device),
        created_at: session.created_at,
        seen_at: session.seen_at,
    });
    Ok(html(StatusCode::OK, &DevicesPage { devices: devices.collect(), frame: reader.frame }))
}

/// What a browser says it is, in two words: `Firefox, Linux`. What says nothing that is known is left as it is.
fn device_name(agent: &str) -> String {
    // The order matters: most browsers also claim to be those below them.
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("Firefox", "Firefox"),
        ("HeadlessChrome", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let find = |known: &[(&str, &'static str)]| {
        known.iter().find(|(word, _)| agent.contains(word)).map(|(_, name)| *name)
    };
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) if agent == "unknown" => String::new(),
        (None, None) => agent.to_owned(),
    }
}

/// `POST /settings/devices/end`: one of them, or all others.
pub(crate) async fn end_device(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    reader.in_person()?;
    let typed = reader.typed(request).await?;
    let refuse = |problem| reader.refuse(problem);
    let wanted = typed.line("id");
    if wanted == "others" {
        for session in app.people.sessions(me.user()).await.map_err(refuse)? {
            if me.caller().via != Via::Session(session.id.clone()) {
                app.people.end_session(me.user(), &session.id).await.map_err(refuse)?;
            }
        }
    } else {
        app.people.end_session(me.user(), &SignInId(wanted.to_owned())).await.map_err(refuse)?;
    }
    Ok(Redirect::to("/settings/devices").into_response())
}

/// `GET /settings/tokens`.
pub(crate) async fn tokens(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    reader.in_person()?;
    tokens_page(&reader, StatusCode::OK, None, String::new(), None).await
}

async fn tokens_page(
    reader: &Reader<'_>,
    status: StatusCode,
    fresh: Option<String>,
    name: String,
    fault: Option<FormFault>,
) -> Result<Response, PageRefusal> {
    let tokens = reader.app.people.tokens(reader.me.user()).await;
    let tokens = tokens.map_err(|problem| reader.refuse(problem))?.into_iter().map(|token| Token {
        id: token.id.to_string(),
        name: token.name,
        hint: token.hint,
        created_at: token.created_at,
        used_at: token.used_at,
        expires_at: token.expires_at,
    });
    let page = TokensPage { tokens: tokens.collect(), frame: reader.frame.clone(), fresh, name, fault };
    let mut response = html(status, &page);
    // A page with a secret on it is in no cache, and not in the history of the browser.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// `POST /settings/tokens`: the new one stands on the answer, and nowhere else ever.
pub(crate) async fn make_token(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    reader.in_person()?;
    let typed = reader.typed(request).await?;
    let days = typed.line("days").parse::<u32>().ok().filter(|days| *days > 0);
    match app.people.make_token(me.user(), &typed.name("name"), days).await {
        Ok((secret, _)) => {
            let fresh = Some(secret.expose().to_owned());
            tokens_page(&reader, StatusCode::CREATED, fresh, String::new(), None).await
        }
        Err(problem) => {
            let fault = match problem.code {
                ProblemCode::Conflict => Some(FormFault::TokensFull),
                _ => fault_of(&problem, ""),
            };
            let Some(fault) = fault else { return Err(reader.refuse(problem)) };
            tokens_page(&reader, status(&problem), None, typed.line("name").to_owned(), Some(fault)).await
        }
    }
}

/// `POST /settings/tokens/revoke`.
pub(crate) async fn revoke_token(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    reader.in_person()?;
    let typed = reader.typed(request).await?;
    let id = typed.line("id").parse().map_err(|_| reader.no_such("token"))?;
    app.people.revoke_token(me.user(), id).await.map_err(|problem| reader.refuse(problem))?;
    Ok(Redirect::to("/settings/tokens").into_response())
}

/// `GET /settings/privacy`.
pub(crate) async fn privacy(State(app): State<App>, me: Me, headers: HeaderMap) -> Response {
    html(StatusCode::OK, &privacy_page(&Reader::of(&app, &me, &headers), None))
}

fn privacy_page(reader: &Reader<'_>, fault: Option<FormFault>) -> PrivacyPage {
    let frame = reader.frame.clone();
    let (kept, model) = (reader.app.setup.kept, reader.app.agents.model_name());
    let confirm = (!has_password(reader.me)).then(|| confirmation(reader.me));
    PrivacyPage { frame, confirm, kept, model, fault }
}

/// What whoever has no password here types before everything is deleted.
fn confirmation(me: &Me) -> String {
    me.caller().name.clone().unwrap_or_else(|| me.user().to_string())
}

/// `GET /settings/export`: one JSON document, written as it is read.
pub(crate) async fn export(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    reader.in_person()?;
    let export = app.store.export_user(me.user().clone(), app.now());
    let pieces = stream::try_unfold(export, |mut export| async move {
        let piece =
            export.next().await.inspect_err(|error| tracing::error!(%error, "an export broke off"))?;
        Ok::<_, sharper_store::StoreError>(piece.map(|piece| (piece, export)))
    });
    let name =
        format!("attachment; filename=\"study-sharper-{}.json\"", sharper_pages::figure::day(app.now()));
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, Body::from_stream(pieces)).into_response())
}

/// `POST /settings/delete`: everything, at once. Who has a password shows it; who has none here types their name.
pub(crate) async fn delete(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    reader.in_person()?;
    let typed = reader.typed(request).await?;
    let refused = if has_password(&me) {
        let proven = app.people.prove(me.caller(), typed.secret("password").expose()).await;
        proven.err().map(|problem| (problem, FormFault::PasswordWrong))
    } else if typed.line("confirm").eq_ignore_ascii_case(&confirmation(&me)) {
        None
    } else {
        Some((Problem::new(ProblemCode::InvalidRequest, ""), FormFault::NotConfirmed))
    };
    match refused {
        None => {}
        Some((problem, fault))
            if matches!(problem.code, ProblemCode::Forbidden | ProblemCode::InvalidRequest) =>
        {
            return Ok(html(status(&problem), &privacy_page(&reader, Some(fault))));
        }
        Some((problem, _)) => return Err(reader.refuse(problem)),
    }
    reader.had(app.store.erase_user(me.user().clone(), app.now()).await)?;
    app.agents.forget(me.user());
    let news = SignInNews::AccountDeleted.word();
    Ok(app.without_session(&if me.is_local() { "/".to_owned() } else { format!("/sign-in?news={news}") }))
}

#[cfg(test)]
mod tests {
    use super::device_name;

    #[test]
    fn a_device_is_named_so_that_its_owner_knows_it_again() {
        let check = |agent: &str, wanted: &str| assert_eq!(device_name(agent), wanted);
        check("Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0", "Firefox, Linux");
        check(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Safari/604.1",
            "Safari, iPhone",
        );
        check(
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140.0 Safari/537 Edg/140.0",
            "Edge, Windows",
        );
        check("curl/8.5.0", "curl/8.5.0");
        check("unknown", "");
    }
}
