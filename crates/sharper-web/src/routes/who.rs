//! Who is asking. In development the request names the user; production will not start before it has sign-in.

use serde::Deserialize;
use sharper_domain::{FieldError, Problem, UserId};

use crate::App;

/// `?user_id=…` of the wire's reading routes.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct UserQuery {
    pub(crate) user_id: Option<String>,
    pub(crate) limit: Option<String>,
}

/// Lists are at most this long.
const LIMIT_MAX: u32 = 100;

impl UserQuery {
    /// The user who asks: the one named, else the local one.
    pub(crate) fn user(&self, app: &App) -> Result<UserId, Problem> {
        match self.user_id.as_deref() {
            None | Some("") => allowed(app, app.settings.local_user.clone()),
            Some(name) => named(app, name, "/user_id"),
        }
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

/// The user of this name, if the caller may act for them.
pub(crate) fn named(app: &App, name: &str, pointer: &str) -> Result<UserId, Problem> {
    let user = name.parse().map_err(|error: sharper_domain::ids::BadId| {
        Problem::invalid(vec![FieldError::new(pointer, error.to_string())])
    })?;
    allowed(app, user)
}

/// The one place that decides whether the caller may act for `user`.
pub(crate) fn allowed(app: &App, user: UserId) -> Result<UserId, Problem> {
    debug_assert!(!app.settings.is_production(), "production without sign-in does not start");
    Ok(user)
}
