//! `GET /admin/users` and one user's page. Figures alone: no word of a note is read for them.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use sharper_domain::{Timestamp, UserId};
use sharper_pages::admin::{ActivityRow, Section, Usage, UserPage, UserRow, UsersPage};
use sharper_store::accounts::{Account, Role};
use sharper_store::executions::{Activity, UserSummary};

use super::{Chosen, address, since};
use crate::App;
use crate::pages::{PageRefusal, Reader, html};
use crate::routes::who::Me;

/// Users on the page: for each some more is looked up.
const SHOWN: u32 = 50;
/// Runs of one user that are looked at.
const RUNS: u32 = 1_000;

/// `GET /admin/users`.
pub(crate) async fn users(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    chosen: Chosen,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let address = address(Section::Users, &chosen);
    let wanted = address.search.to_lowercase();
    let active = reader.had(app.store.users(app.now(), address.window.hours(), SHOWN).await)?;
    let mut users = Vec::new();
    for summary in active {
        let account = reader.had(app.store.account(summary.user_id.clone()).await)?;
        let named = account.as_ref().is_some_and(|account| account.email.to_lowercase().contains(&wanted));
        if named || summary.user_id.as_str().to_lowercase().contains(&wanted) {
            users.push(reader.row(summary.user_id.clone(), account, Some(&summary)).await?);
        }
    }
    // Somebody who did nothing in the window is found by their whole address or id.
    if !wanted.is_empty() && users.is_empty() {
        let account = match reader.had(app.store.account_by_email(wanted.clone()).await)? {
            None => match address.search.parse::<UserId>() {
                Ok(user) => reader.had(app.store.account(user).await)?,
                Err(_) => None,
            },
            found => found,
        };
        if let Some(account) = account {
            users.push(reader.row(account.user_id.clone(), Some(account), None).await?);
        }
    }
    let total = reader.had(app.store.count_accounts().await)?.max(users.len() as u64);
    Ok(html(StatusCode::OK, &UsersPage { frame: reader.frame, address, users, total }))
}

/// `GET /admin/users/{id}`.
pub(crate) async fn user(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(id): Path<String>,
    chosen: Chosen,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let address = address(Section::Users, &chosen).at(&id);
    let user: UserId = id.parse().map_err(|_| reader.no_such("user"))?;
    let account = reader.had(app.store.account(user.clone()).await)?;
    let runs = reader.had(app.store.user_activity(user.clone(), RUNS).await)?;
    if account.is_none() && runs.is_empty() {
        return Err(reader.no_such("user"));
    }
    let created_at = account.as_ref().map(|account| account.created_at);
    let seen_at = runs.first().map(|run| run.created_at);
    let begin = since(&app, address.window);
    let within: Vec<Activity> = runs.into_iter().filter(|run| run.created_at >= begin).collect();
    let requested = reader.had(app.store.requests_of_user(user.clone(), begin).await)?;
    let mut row = reader.row(user, account, None).await?;
    (row.requests, row.failed) = requested;
    row.seen_at = seen_at;
    let activity = within.into_iter().map(|run| ActivityRow {
        at: run.created_at,
        request_id: run.request_id.unwrap_or_default(),
        agent: run.agent_name,
        status: run.status.to_owned(),
        took_ms: run.execution_time_ms,
        tokens: run.tokens_used,
    });
    let (activity, frame) = (activity.collect(), reader.frame);
    Ok(html(StatusCode::OK, &UserPage { frame, address, user: row, created_at, activity }))
}

impl Reader<'_> {
    /// A user with what they have used of what they may.
    async fn row(
        &self,
        user: UserId,
        account: Option<Account>,
        active: Option<&UserSummary>,
    ) -> Result<UserRow, PageRefusal> {
        let (store, now) = (&self.app.store, self.app.now());
        let used = self.had(store.usage(user.clone(), now).await)?;
        let spent = self.had(store.spent_today(user.clone(), now).await)?;
        let may = self.app.setup.per_user;
        let usage = Usage {
            generations: used.generations_today.into(),
            tokens: spent.user.tokens,
            bytes: used.storage_bytes,
            ..may
        };
        let seen_at: Option<Timestamp> = active.map(|active| active.last_seen);
        Ok(UserRow {
            id: user.to_string(),
            admin: account.as_ref().is_some_and(|account| account.role == Role::Admin),
            account: account.as_ref().map(|account| account.state.as_str().to_owned()),
            email: account.map(|account| account.email),
            seen_at,
            requests: active.map_or(0, |active| active.requests),
            failed: active.map_or(0, |active| active.failed),
            usage,
        })
    }
}
