//! What the program tells of itself: log lines, traces over OTLP, errors to Sentry. All of it passes the `Net`, so
//! that no secret of the settings leaves by any of them.

mod faults;
mod fields;
mod lines;
mod net;
mod traces;

use std::io::IsTerminal;
use std::sync::Arc;

use anyhow::Context;
use opentelemetry_sdk::trace::SdkTracerProvider;
use serde::Deserialize;
use tracing_subscriber::fmt::format;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

pub(crate) use self::net::Net;
use crate::config::Configuration;

/// Families of names of the semantic conventions, by which fields are recognised that are meant for traces.
const FOR_TRACES: [&str; 3] = ["otel.", "http.", "gen_ai."];

/// Where traces and errors go. `config/default.toml` says what each setting means.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TelemetrySettings {
    pub(crate) otlp_endpoint: String,
    pub(crate) otlp_headers: String,
    pub(crate) service_name: String,
    pub(crate) trace_share: f64,
    pub(crate) sentry_dsn: String,
}

impl std::fmt::Debug for TelemetrySettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { otlp_endpoint, service_name, trace_share, .. } = self;
        write!(f, "TelemetrySettings {{ {otlp_endpoint:?}, {service_name:?}, {trace_share}, … }}")
    }
}

/// What must be flushed at the end.
pub(crate) struct Telemetry {
    traces: Option<SdkTracerProvider>,
    _faults: Option<sentry::ClientInitGuard>,
}

/// Sets the log up for the whole process, and nothing that connects anywhere: for short commands.
pub(crate) fn log_only(configuration: &Configuration) -> anyhow::Result<()> {
    let net = Arc::new(Net::of(configuration));
    // Setting it twice fails only in tests that share a process; the first one stays.
    let _ = tracing_subscriber::registry().with(log(configuration, &net)?).try_init();
    Ok(())
}

/// Sets log, traces and error reports up for the whole process. Must be called outside of the async runtime: the
/// exporters block.
pub(crate) fn start(configuration: &Configuration) -> anyhow::Result<Telemetry> {
    let net = Arc::new(Net::of(configuration));
    let production = configuration.settings.server.is_production();
    let settings = &configuration.settings.telemetry;
    let environment = configuration.settings.server.environment.as_str();
    let traces = match settings.otlp_endpoint.is_empty() {
        true => None,
        false => Some(traces::provider(settings, environment, &net)?),
    };
    let faults = match settings.sentry_dsn.is_empty() {
        true => None,
        false => Some(faults::client(&settings.sentry_dsn, environment, &net)?),
    };
    let keeps_fields = faults.is_some() || configuration.settings.log.is_json(production);
    let _ = tracing_subscriber::registry()
        .with(keeps_fields.then_some(fields::Keep))
        .with(log(configuration, &net)?)
        .with(traces.as_ref().map(traces::layer))
        .with(faults.is_some().then_some(faults::Report))
        .try_init();
    log_panics();
    Ok(Telemetry { traces, _faults: faults })
}

impl Telemetry {
    /// Sends what is still waiting. Must be called outside of the async runtime.
    pub(crate) fn stop(self) {
        if let Some(Err(error)) = self.traces.map(|traces| traces.shutdown()) {
            tracing::warn!(%error, "the last traces could not be sent");
        }
    }
}

/// Log lines on standard error: JSON for machines, text for people.
fn log<S>(
    configuration: &Configuration,
    net: &Arc<Net>,
) -> anyhow::Result<Box<dyn Layer<S> + Send + Sync + 'static>>
where
    S: tracing::Subscriber + for<'a> tracing_subscriber::registry::LookupSpan<'a>,
{
    let (settings, production) = (&configuration.settings.log, configuration.settings.server.is_production());
    let level = settings.level(production);
    let filter = EnvFilter::try_new(level)
        .with_context(|| format!("log.level {level:?} is neither a level nor a filter"))?;
    if settings.is_json(production) {
        return Ok(lines::Json::new(net.clone(), std::io::stderr).with_filter(filter).boxed());
    }
    let colours = std::io::stderr().is_terminal();
    // What only a collector of traces reads is left out for people: the message says it in words.
    let fields = format::debug_fn(|out, field, value| match field.name() {
        "message" => write!(out, "{value:?}"),
        name if FOR_TRACES.iter().any(|family| name.starts_with(family)) => Ok(()),
        name => write!(out, " {name}={value:?}"),
    });
    let text = tracing_subscriber::fmt::layer().with_target(false).compact().with_ansi(colours);
    Ok(text
        .fmt_fields(fields)
        .with_writer(lines::Lines::new(net.clone(), colours))
        .with_filter(filter)
        .boxed())
}

/// A panic is one line of the log like any other, and so passes the net.
fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let thread = std::thread::current();
        let name = thread.name().unwrap_or("unnamed");
        let place = panic.location().map_or_else(String::new, ToString::to_string);
        let message = panic.payload_as_str().unwrap_or("without a message");
        let backtrace = std::backtrace::Backtrace::capture();
        match backtrace.status() {
            std::backtrace::BacktraceStatus::Captured => {
                tracing::error!(%backtrace, "thread '{name}' panicked at {place}: {message}");
            }
            _ => tracing::error!("thread '{name}' panicked at {place}: {message}"),
        }
    }));
}
