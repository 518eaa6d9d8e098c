//! `GET /admin` and `GET /admin/agents`.

use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use sharper_pages::admin::{AgentRow, AgentsPage, Figures, Measures, NowPage, Section, Slot, Window};
use sharper_store::executions::{Metrics, RunError};
use sharper_store::limits::LimiterState;
use tokio::time::Instant;

use super::{Chosen, address, nano, since, whole};
use crate::App;
use crate::pages::{PageRefusal, Reader, html};
use crate::routes::who::Me;

/// Parts of the window in a chart.
const SLOTS: u32 = 48;
/// Failed runs that are looked at for their context.
const ERRORS: u32 = 2_000;
/// Users whose rows are counted against the sums.
const COUNTED: u32 = 1_000_000;
/// How long one such count is good for: where much is done it reads many rows.
const GOOD_FOR: Duration = Duration::from_secs(60);

/// `GET /admin`.
pub(crate) async fn now(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    chosen: Chosen,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let address = address(Section::Now, &chosen);
    let (moment, hours) = (app.now(), address.window.hours());
    let metrics = reader.had(app.store.metrics(moment, hours).await)?;
    let series = reader.had(app.store.series(moment, hours, SLOTS).await)?;
    let queue = reader.had(app.store.jobs_waiting().await)?;
    let spent = reader.had(app.store.spent_by_all_today(moment).await)?;
    let alerts = reader.had(app.store.alert_states().await)?;
    let errors = reader.had(app.store.errors(ERRORS, since(&app, address.window)).await)?;
    let figures = Figures {
        requests: metrics.total_requests,
        succeeded: metrics.successful,
        p50_ms: metrics.p50_ms.map(whole),
        p95_ms: metrics.p95_ms.map(whole),
        average_ms: (metrics.total_requests > 0).then(|| whole(metrics.avg_execution_time_ms)),
        tokens: metrics.total_tokens_used,
        nano_usd: nano(metrics.cost_usd),
        nano_usd_today: spent.nano_usd,
        nano_usd_per_day: app.setup.nano_usd_per_day,
        waiting: queue.queued,
        running: queue.running,
    };
    let sums_off_by = reader.sums_off_by().await?;
    let measures = measures(&app, &metrics, &errors, sums_off_by);
    let course = series.points.iter().map(|point| Slot {
        succeeded: point.requests - point.failed.min(point.requests),
        failed: point.failed,
        average_ms: point.avg_ms.map(whole),
    });
    let firing = alerts.iter().filter(|alert| alert.firing).count() as u32;
    let (course, frame) = (course.collect(), reader.frame);
    Ok(html(StatusCode::OK, &NowPage { frame, address, figures, measures, course, firing }))
}

fn measures(app: &App, metrics: &Metrics, errors: &[RunError], sums_off_by: Option<u64>) -> Measures {
    let whole = |error: &&RunError| {
        error.error_message.is_some() && error.request_id.is_some() && error.user_id.is_some()
    };
    Measures {
        recorded: metrics.agent_metrics.values().map(|agent| agent.count).sum(),
        dropped: app.agents.records_dropped(),
        sums_off_by,
        tokens_recorded: metrics.total_tokens_used,
        tokens_billed: (metrics.model_calls > 0).then_some(metrics.ledger_tokens),
        errors: errors.len() as u64,
        errors_with_context: errors.iter().filter(whole).count() as u64,
        refused: app.limits.refused(),
        limits_on: Some(app.limits.state() == LimiterState::Operational),
        overhead: app.agents.recording_overhead(),
    }
}

impl Reader<'_> {
    /// By how many requests of the last hour the sums differ from a count of the rows. Runs are written while this
    /// looks: a difference that is not there before or not there after the count is none.
    async fn sums_off_by(&self) -> Result<Option<u64>, PageRefusal> {
        let mut last = self.app.last_count.lock().await;
        if let Some((at, off)) = *last
            && at.elapsed() < GOOD_FOR
        {
            return Ok(off);
        }
        let (store, now, hours) = (&self.app.store, self.app.now(), Window::Hour.hours());
        let before = self.had(store.metrics(now, hours).await)?.total_requests;
        let users = self.had(store.users(now, hours, COUNTED).await)?;
        let after = self.had(store.metrics(now, hours).await)?.total_requests;
        let counted: u64 = users.iter().map(|user| user.requests).sum();
        let off = if counted < before { before - counted } else { counted.saturating_sub(after) };
        let off = (after > 0).then_some(off);
        *last = Some((Instant::now(), off));
        Ok(off)
    }
}

/// `GET /admin/agents`.
pub(crate) async fn agents(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    chosen: Chosen,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let address = address(Section::Agents, &chosen);
    let (moment, hours) = (app.now(), address.window.hours());
    let metrics = reader.had(app.store.metrics(moment, hours).await)?;
    let mut courses = reader.had(app.store.agent_courses(moment, hours, SLOTS / 2).await)?;
    let rows = metrics.agent_metrics.into_iter().map(|(name, of)| AgentRow {
        course: courses.remove(&name).unwrap_or_default(),
        runs: of.count,
        succeeded: of.count - of.failed.min(of.count),
        p50_ms: of.p50_ms.map(whole),
        p95_ms: of.p95_ms.map(whole),
        average_ms: (of.count > 0).then(|| whole(of.avg_time_ms)),
        tokens: of.total_tokens,
        nano_usd: (of.cost_usd > 0.0).then(|| nano(of.cost_usd)),
        name,
    });
    let (agents, frame) = (rows.collect(), reader.frame);
    Ok(html(StatusCode::OK, &AgentsPage { frame, address, agents }))
}
