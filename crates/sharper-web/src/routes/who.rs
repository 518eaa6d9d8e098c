//! Who is asking, as handlers see it: `Me`, settled by the guard of the route.

use std::sync::Arc;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use serde::Deserialize;
use sharper_domain::{FieldError, Problem, ProblemCode, Secret, UserId};
use sharper_people::{Caller, Credential, People, Via};

use crate::door::problem::Refusal;

/// Whoever a request is from. A handler that takes it is never called for anybody else.
#[derive(Clone)]
pub(crate) struct Me(Arc<Known>);

struct Known {
    caller: Caller,
    /// What they showed.
    proof: Proof,
}

/// What a caller showed, kept for as long as the request or its stream lasts.
pub(crate) enum Proof {
    /// Nothing that could be looked up again.
    None,
    /// The admin token: the first characters of its SHA-256, for the log of what administrators did.
    AdminToken(String),
    /// A session cookie.
    Session(Secret),
    /// A token.
    Bearer(Secret),
    /// A ticket. It may run out while its stream is open; whose it is must stay good.
    Ticket,
}

impl Me {
    pub(crate) fn new(caller: Caller, proof: Proof) -> Self {
        Self(Arc::new(Known { caller, proof }))
    }

    /// The user.
    pub(crate) fn user(&self) -> &UserId {
        &self.0.caller.user
    }

    /// All that is known of them.
    pub(crate) fn caller(&self) -> &Caller {
        &self.0.caller
    }

    /// The token of the session by which they are known.
    pub(crate) fn session_token(&self) -> Option<&str> {
        match &self.0.proof {
            Proof::Session(token) => Some(token.expose()),
            _ => None,
        }
    }

    /// What the log of administrators' acts calls them.
    pub(crate) fn actor(&self) -> String {
        match &self.0.proof {
            Proof::AdminToken(hint) => format!("token {hint}"),
            _ => self.user().to_string(),
        }
    }

    /// Whether nobody signs in here, so that a request may name its user itself.
    pub(crate) fn is_local(&self) -> bool {
        self.caller().via == Via::Local
    }

    /// Whether what they showed still counts. Where it cannot be told, it does not.
    pub(crate) async fn is_still_good(&self, people: &People) -> bool {
        let again = match &self.0.proof {
            Proof::None | Proof::AdminToken(_) => return true,
            Proof::Ticket => return matches!(people.may_use(self.user()).await, Ok(true)),
            Proof::Session(token) => people.who(Credential::Session(token.expose())).await,
            Proof::Bearer(token) => people.who(Credential::Bearer(token.expose())).await,
        };
        matches!(again, Ok(Some(caller)) if caller.user == *self.user() && !caller.waiting)
    }

    /// The user whom a request names at `pointer`, if it may: where people sign in that is the caller or nobody.
    pub(crate) fn acting_for(&self, name: Option<&str>, pointer: &str) -> Result<UserId, Problem> {
        let Some(name) = name.filter(|name| !name.is_empty()) else { return Ok(self.user().clone()) };
        if self.is_local() {
            return name.parse().map_err(|error: sharper_domain::ids::BadId| {
                Problem::invalid(vec![FieldError::new(pointer, error.to_string())])
            });
        }
        if name == self.user().as_str() {
            return Ok(self.user().clone());
        }
        let detail = "user_id must be your own, or be left out.";
        Err(Problem::new(ProblemCode::Forbidden, detail))
    }
}

impl<S: Sync> FromRequestParts<S> for Me {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let stranger = || Problem::new(ProblemCode::Unauthorized, "Sign in first.").into();
        parts.extensions.get::<Me>().cloned().ok_or_else(stranger)
    }
}

impl<S: Sync> OptionalFromRequestParts<S> for Me {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Refusal> {
        Ok(parts.extensions.get::<Me>().cloned())
    }
}

/// `?user_id=…` of the wire's reading routes.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct UserQuery {
    pub(crate) user_id: Option<String>,
    pub(crate) limit: Option<String>,
}

/// Lists are at most this long.
const LIMIT_MAX: u32 = 100;

impl UserQuery {
    /// The user whom the query names, if the caller may act for them; the caller where it names nobody.
    pub(crate) fn user(&self, me: &Me) -> Result<UserId, Problem> {
        me.acting_for(self.user_id.as_deref(), "/user_id")
    }

    /// How many are asked for, `usual` when the request does not say.
    pub(crate) fn limit(&self, usual: u32) -> Result<u32, Problem> {
        let Some(text) = self.limit.as_deref() else { return Ok(usual) };
        match text.parse::<u32>() {
            Ok(limit @ 1..) => Ok(limit.min(LIMIT_MAX)),
            _ => {
                Err(Problem::invalid(vec![FieldError::new("/limit", "must be a whole number from 1 to 100")]))
            }
        }
    }
}
