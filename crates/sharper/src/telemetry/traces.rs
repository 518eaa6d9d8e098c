//! Traces: spans of requests, jobs, agents and calls to models, sent in batches over OTLP/HTTP.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use opentelemetry::trace::TracerProvider;
use opentelemetry::{KeyValue, Value};
use opentelemetry_otlp::{WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{Sampler, SdkTracerProvider, SpanData, SpanExporter};
use tracing::Subscriber;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{FilterFn, LevelFilter};
use tracing_subscriber::registry::LookupSpan;

use super::{Net, TelemetrySettings};

/// How long one batch may take to be sent.
const PATIENCE: Duration = Duration::from_secs(5);

/// The sender of spans to the collector of the settings. It works on a thread of its own.
pub(super) fn provider(
    settings: &TelemetrySettings,
    environment: &'static str,
    net: &Arc<Net>,
) -> anyhow::Result<SdkTracerProvider> {
    let collector = opentelemetry_otlp::SpanExporter::builder()
        .with_http()
        .with_endpoint(format!("{}/v1/traces", settings.otlp_endpoint.trim_end_matches('/')))
        .with_timeout(PATIENCE)
        .with_headers(headers(&settings.otlp_headers))
        .build()
        .with_context(|| format!("traces cannot be sent to {}", settings.otlp_endpoint))?;
    let resource = Resource::builder()
        .with_service_name(settings.service_name.clone())
        .with_attributes([
            KeyValue::new("service.version", env!("CARGO_PKG_VERSION")),
            KeyValue::new("deployment.environment.name", environment),
        ])
        .build();
    let share = Sampler::TraceIdRatioBased(settings.trace_share.clamp(0.0, 1.0));
    Ok(SdkTracerProvider::builder()
        .with_batch_exporter(Clean { collector, net: net.clone() })
        .with_sampler(Sampler::ParentBased(Box::new(share)))
        .with_resource(resource)
        .build())
}

/// `name=value,name=value`, as the variable of the specification has it.
fn headers(text: &str) -> std::collections::HashMap<String, String> {
    let pairs = text.split(',').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect()
}

/// Turns our own spans into spans of a trace. Events stay in the log.
pub(super) fn layer<S>(provider: &SdkTracerProvider) -> impl Layer<S>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    let ours = |about: &tracing::Metadata<'_>| about.is_span() && about.target().starts_with("sharper");
    tracing_opentelemetry::layer()
        .with_tracer(provider.tracer("study-sharper"))
        .with_location(false)
        .with_threads(false)
        .with_tracked_inactivity(false)
        .with_level(false)
        .with_target(false)
        .with_filter(FilterFn::new(ours).with_max_level_hint(LevelFilter::DEBUG))
}

/// The collector behind the net.
#[derive(Debug)]
struct Clean {
    collector: opentelemetry_otlp::SpanExporter,
    net: Arc<Net>,
}

impl SpanExporter for Clean {
    fn export(&self, mut batch: Vec<SpanData>) -> impl Future<Output = OTelSdkResult> + Send {
        for span in &mut batch {
            span.name = self.net.clean(&span.name).into_owned().into();
            for attribute in &mut span.attributes {
                if let Value::String(text) = &attribute.value {
                    attribute.value = Value::String(self.net.clean(text.as_str()).into_owned().into());
                }
            }
        }
        self.collector.export(batch)
    }

    fn shutdown_with_timeout(&self, limit: Duration) -> OTelSdkResult {
        self.collector.shutdown_with_timeout(limit)
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.collector.set_resource(resource);
    }
}
