//! Alerts: rules that are looked at every minute, and people who are told when one begins to hold and when it is over.
//!
//! `rules` measures, `turn` decides (pure), this file asks and tells. Where a rule stands is in the database, so that of several
//! instances one tells.

mod rules;
mod turn;

use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use sharper_domain::{Clock, Secret, Timestamp};
use sharper_post::{Mail, Post};
use sharper_store::alerts::AlertState;
use sharper_store::spending::SpendLimits;
use sharper_store::{Store, StoreError};
use tokio_util::sync::CancellationToken;

use self::rules::Reading;
pub use self::rules::Rule;
use self::turn::{Turn, turn};

/// How often rules are looked at.
const EVERY: Duration = Duration::from_secs(60);
/// Looks at a database that does not answer after which people are told.
const PATIENCE: u32 = 2;

/// When people are told, and how. `config/default.toml` says what each setting means.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlertSettings {
    /// Where changes are posted as JSON; empty for nowhere.
    pub webhook: Secret,
    /// Who gets a letter; empty for nobody.
    pub email: String,
    /// Least per cent of requests that end well.
    pub success_percent: f64,
    /// Most seconds that a request takes on average.
    pub request_seconds: f64,
    /// Minutes over which both are taken.
    pub window_minutes: u32,
    /// Requests in that time below which neither is judged.
    pub least_requests: u32,
    /// Failed requests within five minutes that are a burst.
    pub burst: u32,
    /// Per cent of everyone's daily budget.
    pub budget_percent: f64,
    /// Hours after which people are told again of what still holds.
    pub repeat_hours: u32,
}

/// Whoever watches over the rules.
pub struct Watch {
    store: Store,
    clock: Arc<dyn Clock>,
    post: Post,
    settings: AlertSettings,
    limits: SpendLimits,
    /// Looks in a row at which the database did not answer.
    unanswered: u32,
}

impl Watch {
    /// Nobody watches until `keep` does.
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        post: Post,
        settings: AlertSettings,
        limits: SpendLimits,
    ) -> Self {
        Self { store, clock, post, settings, limits, unanswered: 0 }
    }

    /// Looks at every rule each minute, until `stop`.
    pub async fn keep(mut self, stop: CancellationToken) {
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(EVERY) => {}
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = self.look() => {}
            }
        }
    }

    /// Looks at every rule once.
    pub async fn look(&mut self) {
        let now = self.clock.now();
        let mut looked = Ok(());
        for rule in Rule::ALL {
            looked = self.look_at(rule, now).await;
            if looked.is_err() {
                break;
            }
        }
        self.answered(looked, now).await;
    }

    async fn look_at(&self, rule: Rule, now: Timestamp) -> Result<(), StoreError> {
        let before = self.store.alert_state(rule.as_str().to_owned()).await?;
        let just_now = |at: Timestamp| at <= now && now < at + EVERY * 3 / 4;
        if before.as_ref().is_some_and(|state| just_now(state.checked_at)) {
            // Another instance has looked. (A look that lies ahead was one of a clock that was wrong.)
            return Ok(());
        }
        let reading = rule.read(&self.store, &self.settings, &self.limits, now).await?;
        let repeat = Duration::from_secs(u64::from(self.settings.repeat_hours) * 3_600);
        let Turn { next, changed, tell } = turn(before.as_ref(), rule, &reading, now, repeat);
        let firing = next.firing;
        let change = changed.then(|| reading.detail.clone());
        let moved = self.store.move_alert(next.clone(), before.map(|state| state.checked_at), change).await?;
        if moved && tell && !self.tell(rule.as_str(), firing, !changed, &reading, now).await {
            // Owed: it is told at the next look.
            let owed = AlertState { told_at: None, ..next };
            self.store.move_alert(owed, Some(now), None).await?;
        }
        Ok(())
    }

    /// A database that does not answer cannot hold a state: each instance tells by itself.
    async fn answered(&mut self, looked: Result<(), StoreError>, now: Timestamp) {
        let reading = |detail: &str| Reading { value: None, bad: true, detail: detail.to_owned() };
        match looked {
            Ok(()) => {
                if std::mem::take(&mut self.unanswered) >= PATIENCE {
                    self.tell("database", false, false, &reading("The database answers again."), now).await;
                }
            }
            Err(error) => {
                tracing::warn!(%error, "alerts could not be looked at");
                self.unanswered += 1;
                if self.unanswered == PATIENCE {
                    let detail = "The database has not answered for two minutes: nothing can be accepted.";
                    self.tell("database", true, false, &reading(detail), now).await;
                }
            }
        }
    }

    /// Tells people. False where the webhook did not take it; a letter is tried again by the post itself.
    async fn tell(&self, rule: &str, firing: bool, again: bool, reading: &Reading, now: Timestamp) -> bool {
        let word = match (firing, again) {
            (true, false) => "began",
            (true, true) => "goes on",
            (false, _) => "is over",
        };
        tracing::warn!(rule, firing, value = reading.value, "alert {word}: {}", reading.detail);
        let text = format!("Study Sharper: {rule} {word}. {}", reading.detail);
        let AlertSettings { webhook, email, .. } = &self.settings;
        if !email.is_empty() {
            let subject = format!("Study Sharper: {rule} {word}");
            let body =
                format!("{}\n\nAt {now}. What can be done is on the page /admin/alerts.\n", reading.detail);
            self.post.send(Mail { to: email.clone(), subject, text: body });
        }
        if !webhook.is_empty() {
            let body = serde_json::json!({
                "text": text,
                "rule": rule,
                "firing": firing,
                "value": reading.value,
                "detail": reading.detail,
                "at": now,
            });
            if self.post.webhook(webhook.expose(), &body).await.is_err() {
                tracing::warn!(rule, "the webhook for alerts did not take one");
                return false;
            }
        }
        true
    }
}
