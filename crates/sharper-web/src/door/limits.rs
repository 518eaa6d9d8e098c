//! Rate limits at the door: what each class of the route table lets through, and what whoever asks is told of it.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sharper_domain::{Problem, ProblemCode};
use sharper_people::Via;
use sharper_store::OpenError;
use sharper_store::limits::{Decision, LimitRule, Limiter, LimiterState, Outcome};

use super::address::ClientAddress;
use super::problem::respond;
use super::table::{Limit, Route};
use crate::App;
use crate::pages;
use crate::routes::who::Me;

/// How many requests are let through. `config/default.toml` says what each setting means.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitSettings {
    /// Requests that start work, of one caller in a minute.
    pub per_minute: NonZeroU32,
    /// The same in an hour.
    pub per_hour: NonZeroU32,
    /// Looks at lists of what was made, of one caller in a minute.
    pub content_per_minute: NonZeroU32,
    /// Forms with files of one caller in a minute.
    pub upload_per_minute: NonZeroU32,
    /// Passwords and links tried from one address in a minute.
    pub sign_in_per_minute: NonZeroU32,
    /// The Redis that all instances count in; `None`: this process counts for itself.
    pub redis_url: Option<String>,
    /// How many instances share that Redis, and the limits when it is away.
    pub instances: NonZeroU32,
}

/// Says whether there is a URL, never the URL: it may hold a password.
impl std::fmt::Debug for LimitSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LimitSettings")
            .field("per_minute", &self.per_minute)
            .field("per_hour", &self.per_hour)
            .field("content_per_minute", &self.content_per_minute)
            .field("upload_per_minute", &self.upload_per_minute)
            .field("sign_in_per_minute", &self.sign_in_per_minute)
            .field("redis_url", &self.redis_url.as_ref().map(|_| "…"))
            .field("instances", &self.instances)
            .finish()
    }
}

/// One agent alone is looked at while one works on an application: that many times more often than work is started.
const AGENTS: NonZeroU32 = NonZeroU32::new(6).expect("six is not zero");
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);

/// The rules of each class, and who counts.
pub struct Limits {
    limiter: Limiter,
    generate: [LimitRule; 2],
    agents: [LimitRule; 2],
    content: [LimitRule; 1],
    upload: [LimitRule; 1],
    sign_in: [LimitRule; 1],
    /// Requests that were turned away since the start.
    refused: AtomicU64,
}

impl Limits {
    /// The limits as they are set. Begins also when the Redis is away. Must be called within a runtime.
    ///
    /// # Errors
    /// When the Redis URL is not one.
    pub async fn open(settings: &LimitSettings) -> Result<Self, OpenError> {
        let limiter = match &settings.redis_url {
            Some(url) => Limiter::redis(url, settings.instances.get()).await?,
            None => Limiter::memory(),
        };
        let a_minute = |most: NonZeroU32| LimitRule::new(most.get(), MINUTE);
        let both = |times: NonZeroU32| {
            let an_hour = LimitRule::new(settings.per_hour.saturating_mul(times).get(), HOUR);
            [a_minute(settings.per_minute.saturating_mul(times)), an_hour]
        };
        Ok(Self {
            limiter,
            generate: both(NonZeroU32::MIN),
            agents: both(AGENTS),
            content: [a_minute(settings.content_per_minute)],
            upload: [a_minute(settings.upload_per_minute)],
            sign_in: [a_minute(settings.sign_in_per_minute)],
            refused: AtomicU64::new(0),
        })
    }

    /// How the counting does.
    pub(crate) fn state(&self) -> LimiterState {
        self.limiter.state()
    }

    /// Requests that were turned away since the start.
    pub(crate) fn refused(&self) -> u64 {
        self.refused.load(Ordering::Relaxed)
    }

    fn rules(&self, class: Limit) -> &[LimitRule] {
        match class {
            Limit::None => &[],
            Limit::Generate => &self.generate,
            Limit::Agents => &self.agents,
            Limit::Content => &self.content,
            Limit::Upload => &self.upload,
            Limit::SignIn => &self.sign_in,
        }
    }
}

/// The limit of one route.
#[derive(Clone)]
pub(crate) struct Gate {
    app: App,
    class: Limit,
    /// Whether a browser may be shown a page instead of the wire's answer.
    is_page: bool,
}

impl Gate {
    pub(crate) fn new(app: &App, route: &Route) -> Self {
        Self { app: app.clone(), class: route.limit, is_page: !route.path.starts_with("/api/") }
    }
}

/// Lets the request in if its caller has any left, and tells how many they have. Comes after the guard, which says who
/// it is.
pub(crate) async fn layer(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let Gate { app, class, is_page } = &gate;
    let limits = &app.limits;
    let key = format!("{}:{}", name(*class), counted(app, *class, &request));
    let decision = limits.limiter.admit(&key, limits.rules(*class)).await;
    if decision.outcome != Outcome::Admitted {
        limits.refused.fetch_add(1, Ordering::Relaxed);
    }
    let mut response = match decision.outcome {
        Outcome::Admitted => next.run(request).await,
        Outcome::OverLimit => over_limit(app, *is_page, request.headers(), &decision),
        Outcome::NoRoom => {
            tracing::warn!(class = name(*class), "so many callers are counted that no other fits");
            let detail = "More people are asking than can be counted. Try again in a little while.";
            let problem = Problem::new(ProblemCode::Unavailable, detail).retry_after(decision.resets_in);
            if *is_page { pages::problem(app, request.headers(), problem) } else { respond(&problem) }
        }
    };
    tell(response.headers_mut(), &decision);
    response
}

/// The class, as keys name it.
fn name(class: Limit) -> &'static str {
    match class {
        Limit::None => "none",
        Limit::Generate => "generate",
        Limit::Agents => "agents",
        Limit::Content => "content",
        Limit::Upload => "upload",
        Limit::SignIn => "sign_in",
    }
}

/// Under whom a request is counted: whoever is signed in; else, and where somebody tries to be, the address.
fn counted(app: &App, class: Limit, request: &Request) -> String {
    let signed_in = |me: &&Me| matches!(me.caller().via, Via::Session(_) | Via::ApiToken(_) | Via::Supabase);
    match request.extensions().get::<Me>().filter(signed_in) {
        Some(me) if class != Limit::SignIn => format!("user:{}", me.user()),
        _ => {
            let hops = app.settings.proxy_hops;
            format!("address:{}", ClientAddress::of(request.headers(), request.extensions(), hops).key())
        }
    }
}

/// The wire's answer, to the letter; for a browser a page that says when it opens again.
fn over_limit(app: &App, is_page: bool, headers: &HeaderMap, decision: &Decision) -> Response {
    let rule = decision.rule;
    if is_page && pages::wants_html(headers) {
        let detail = format!("The limit is {rule}.");
        let problem = Problem::new(ProblemCode::RateLimited, detail).retry_after(decision.resets_in);
        return pages::problem(app, headers, problem);
    }
    let body = format!(r#"{{"error":"Rate limit exceeded","detail":"{rule}"}}"#);
    let says = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (StatusCode::TOO_MANY_REQUESTS, says, body).into_response()
}

/// `RateLimit-Limit`, `-Remaining` and `-Reset` of the rule that has least left, and `Retry-After` after a refusal.
fn tell(headers: &mut HeaderMap, decision: &Decision) {
    // Rounded up: who waits that long is let in.
    let seconds = u64::try_from(decision.resets_in.as_nanos().div_ceil(1_000_000_000)).unwrap_or(u64::MAX);
    let told = [
        ("ratelimit-limit", u64::from(decision.rule.most())),
        ("ratelimit-remaining", u64::from(decision.remaining)),
        ("ratelimit-reset", seconds),
    ];
    for (name, number) in told {
        headers.insert(HeaderName::from_static(name), HeaderValue::from(number));
    }
    if !decision.is_admitted() {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
    }
}
