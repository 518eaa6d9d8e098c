//! Errors and panics to Sentry: what the log says at level error, with the ids of request and job, and nothing about
//! people.

use std::sync::Arc;

use anyhow::Context as _;
use sentry::protocol::{Event as Incident, Level as Severity};
use sentry::{ClientInitGuard, ClientOptions};
use serde_json::Value;
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

use super::{Net, fields};

/// Fields that reports can be found by.
const TAGS: [&str; 5] = ["request_id", "job", "method", "route", "agent"];

/// The connection to Sentry. It sends on a thread of its own, and what is left when the guard goes.
pub(super) fn client(
    dsn: &str,
    environment: &'static str,
    net: &Arc<Net>,
) -> anyhow::Result<ClientInitGuard> {
    let net = net.clone();
    let mut options = ClientOptions::default();
    options.dsn = Some(dsn.parse().context("SENTRY_DSN is not the address that Sentry gives for a project")?);
    options.release = Some(concat!("study-sharper@", env!("CARGO_PKG_VERSION")).into());
    options.environment = Some(environment.into());
    options.max_breadcrumbs = 0;
    options.before_send = Some(Arc::new(move |report| clean(&net, report)));
    Ok(sentry::init(options))
}

/// The report without secrets, and without what tells of a machine or a person.
fn clean(net: &Net, mut report: Incident<'static>) -> Option<Incident<'static>> {
    (report.user, report.request, report.server_name) = (None, None, None);
    let text = serde_json::to_string(&report).ok()?;
    // What cannot be read back is not sent.
    serde_json::from_str(&net.clean(&text)).ok()
}

/// Reports each event at level error.
pub(super) struct Report;

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Report {
    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        if *event.metadata().level() != Level::ERROR {
            return;
        }
        let mut fields = fields::of(event, &context);
        let message = fields.remove("message");
        let mut report = Incident {
            level: Severity::Error,
            logger: Some(event.metadata().target().to_owned()),
            message: message.as_ref().and_then(Value::as_str).map(str::to_owned),
            ..Incident::default()
        };
        for (name, value) in fields {
            if TAGS.contains(&name.as_str()) {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                report.tags.insert(name, text);
            } else {
                report.extra.insert(name, value);
            }
        }
        sentry::capture_event(report);
    }
}
