//! Whom the server must reach: Redis, the model, the mail server, the collector of traces.

use std::net::{TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use sharper_llm::Remote;
use sharper_store::limits::{LimitRule, Limiter};

use super::Report;
use crate::clock::SystemClock;
use crate::config::Configuration;

/// How long a connection may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Asks the model's server for its list of models, which costs nothing.
pub(super) fn model(report: &mut Report, configuration: &Configuration) {
    let settings = &configuration.settings.llm.model;
    let Some(endpoint) = settings.endpoint() else {
        return report.ok("model", "none: the offline author writes everything");
    };
    let url = &endpoint.base_url;
    let remote =
        match Remote::new(settings.clone(), Arc::new(SystemClock) as Arc<dyn sharper_domain::Clock>, 1) {
            Ok(remote) => remote,
            Err(wrong) => return report.fail("model", wrong.join("; ")),
        };
    let runtime = match runtime() {
        Ok(runtime) => runtime,
        Err(error) => return report.fail("model", error),
    };
    match runtime.block_on(remote.models_listed()) {
        Ok(names) => report.ok("model", format_args!("{url} answers and has {} models", names.len())),
        Err(error) => report.fail(
            "model",
            format_args!(
                "{url}: {error}. Look at LLM_BASE_URL and the key; until then the offline author writes"
            ),
        ),
    }
}

/// How often Redis is asked again before it counts as away.
const TRIES: u32 = 5;

/// Counts one request of nobody's in Redis, as the limits do.
pub(super) fn redis(report: &mut Report, configuration: &Configuration) {
    let (limits, store) = (&configuration.settings.limits, &configuration.settings.store);
    let Some(url) = &limits.redis_url else {
        if store.database_url.is_some() && limits.instances.get() > 1 {
            report.warn(
                "redis",
                "REDIS_URL is not set, so each instance counts for itself: limits are that much wider",
            );
        }
        return;
    };
    let rule = LimitRule::new(u32::MAX, Duration::from_secs(60));
    let counted = runtime().and_then(|runtime| {
        runtime.block_on(async {
            let limiter = Limiter::redis(url, limits.instances.get()).await?;
            // It waits for a fifth of a second only, which is little on a busy machine.
            let mut decision = limiter.admit("doctor", &[rule]).await;
            for _ in 0..TRIES {
                if !decision.local {
                    break;
                }
                decision = limiter.admit("doctor", &[rule]).await;
            }
            Ok(decision)
        })
    });
    match counted {
        Ok(decision) if !decision.local => report.ok("redis", "counts"),
        Ok(_) => report.fail(
            "redis",
            "does not answer: look at REDIS_URL; meanwhile each instance counts more strictly",
        ),
        Err(error) => report.fail("redis", error),
    }
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?)
}

/// Connects to the mail server, and sends nothing.
pub(super) fn mail(report: &mut Report, configuration: &Configuration) {
    let Some(url) = configuration.text(&["mail", "smtp_url"]) else {
        return report.ok("mail", "none: letters are written to the log");
    };
    let usual = if url.starts_with("smtps:") { 465 } else { 587 };
    connects(report, "mail", url, usual, "look at SMTP_URL and whether this machine may send mail");
}

/// Connects to the collector of traces.
pub(super) fn collector(report: &mut Report, configuration: &Configuration) {
    let url = &configuration.settings.telemetry.otlp_endpoint;
    if !url.is_empty() {
        let usual = if url.starts_with("https:") { 443 } else { 80 };
        connects(
            report,
            "traces",
            url,
            usual,
            "look at OTEL_EXPORTER_OTLP_ENDPOINT; without it traces are lost",
        );
    }
}

fn connects(report: &mut Report, what: &str, url: &str, usual_port: u16, advice: &str) {
    let Some(host) = host_and_port(url, usual_port) else {
        return report.fail(what, format_args!("the address cannot be read: {advice}"));
    };
    let reached = host.to_socket_addrs().and_then(|mut addresses| match addresses.next() {
        Some(address) => TcpStream::connect_timeout(&address, PATIENCE).map(drop),
        None => Err(std::io::Error::other("the name leads nowhere")),
    });
    match reached {
        Ok(()) => report.ok(what, format_args!("{host} answers")),
        Err(error) => report.fail(what, format_args!("{host} cannot be reached ({error}): {advice}")),
    }
}

/// `host:port` of a URL.
fn host_and_port(url: &str, usual_port: u16) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let has_port = host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
    match host {
        "" => None,
        host if has_port => Some(host.to_owned()),
        host => Some(format!("{host}:{usual_port}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, expected: Option<&str>) {
        assert_eq!(host_and_port(url, 25).as_deref(), expected, "{url}");
    }

    #[test]
    fn the_host_is_found_with_its_port_or_the_usual_one() {
        check("smtp://u:p@mail.example:587?tls=required", Some("mail.example:587"));
        check("smtps://mail.example", Some("mail.example:25"));
        check("http://[::1]:4318/v1", Some("[::1]:4318"));
        check("mail.example", None);
        check("smtp://", None);
    }
}
