//! `study-sharper doctor`: whether everything that the server needs is there. One line each, and where something is
//! amiss, what to do.

mod files;
mod machine;
mod reach;

use std::fmt::Display;

use sharper_domain::Clock;
use sharper_store::examine;
use sharper_store::vectors::VectorPlace;

use super::say;
use crate::clock::SystemClock;
use crate::config::Configuration;
use crate::config::production::{Posture, ROW_SECURITY};
use crate::telemetry::Net;

/// Seconds by which the clocks of this machine and of the database may differ.
const SKEW: i64 = 5;

/// How something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Ok,
    Warn,
    Fail,
}

/// What was found, a line each, as it is printed.
struct Report {
    net: Net,
    failed: bool,
}

impl Report {
    fn put(&mut self, state: State, what: &str, text: impl Display) {
        self.failed |= state == State::Fail;
        let word = match state {
            State::Ok => "ok  ",
            State::Warn => "warn",
            State::Fail => "fail",
        };
        say(self.net.clean(&format!("{word}  {what:<14} {text}")));
    }

    fn ok(&mut self, what: &str, text: impl Display) {
        self.put(State::Ok, what, text);
    }

    fn warn(&mut self, what: &str, text: impl Display) {
        self.put(State::Warn, what, text);
    }

    fn fail(&mut self, what: &str, text: impl Display) {
        self.put(State::Fail, what, text);
    }
}

/// Looks at everything. An error when something must be changed.
pub(crate) fn run(configuration: &Configuration) -> anyhow::Result<()> {
    let mut report = Report { net: Net::of(configuration), failed: false };
    settings(&mut report, configuration);
    machine::open_files(&mut report, configuration.settings.server.deadlines.connections);
    machine::data_folder(&mut report, &configuration.settings.store);
    database(&mut report, configuration);
    files::files(&mut report, configuration);
    reach::redis(&mut report, configuration);
    reach::model(&mut report, configuration);
    reach::mail(&mut report, configuration);
    reach::collector(&mut report, configuration);
    match report.failed {
        true => Err(anyhow::anyhow!("not everything is as it must be")),
        false => Ok(()),
    }
}

fn settings(report: &mut Report, configuration: &Configuration) {
    let server = &configuration.settings.server;
    let findings = Posture::of(configuration).findings();
    if server.is_production() {
        for finding in &findings {
            let state = if finding.refuses { State::Fail } else { State::Warn };
            report.put(state, "settings", &finding.text);
        }
        if findings.is_empty() {
            report.ok("settings", "safe for production");
        }
        proxy(report, configuration);
    } else if server.listens_on_this_machine_only() {
        report.ok("settings", "development, for this machine only");
    } else {
        report.warn(
            "settings",
            format_args!(
                "development on {}: whoever reaches it needs no sign-in. Set ENVIRONMENT=production",
                server.host
            ),
        );
    }
}

fn proxy(report: &mut Report, configuration: &Configuration) {
    let server = &configuration.settings.server;
    if server.proxy_hops == 0 {
        report.warn(
            "proxy",
            "PROXY_HOPS is 0, so everybody behind a proxy counts as one address: set it to the number of proxies that \
             add to X-Forwarded-For",
        );
    } else {
        report.ok(
            "proxy",
            format_args!(
                "{} in front: each must add the address it saw to X-Forwarded-For, and none may buffer text/event-stream",
                server.proxy_hops
            ),
        );
    }
}

fn database(report: &mut Report, configuration: &Configuration) {
    let settings = &configuration.settings.store;
    let kind = if settings.database_url.is_some() { "PostgreSQL" } else { "SQLite" };
    let seen = match examine(settings) {
        Ok(Some(seen)) => seen,
        Ok(None) => return report.ok("database", "SQLite, not made yet: the first start makes it"),
        Err(error) => return report.fail("database", format_args!("{kind}: {error}")),
    };
    match seen.schema.cmp(&seen.needed) {
        std::cmp::Ordering::Equal => report.ok("database", format_args!("{kind}, schema {}", seen.schema)),
        std::cmp::Ordering::Less if settings.migrate_at_start => report.ok(
            "database",
            format_args!("{kind}, schema {}: the next start brings it to {}", seen.schema, seen.needed),
        ),
        std::cmp::Ordering::Less => report.fail(
            "database",
            format_args!(
                "{kind}, schema {} where {} is needed: run `study-sharper migrate`",
                seen.schema, seen.needed
            ),
        ),
        std::cmp::Ordering::Greater => report.fail(
            "database",
            format_args!("{kind}, schema {} is of a newer program: start that", seen.schema),
        ),
    }
    row_security(report, configuration, seen.bypasses_row_security);
    vectors(report, &seen.vectors);
    let skew = (SystemClock.now().as_second() - seen.clock.as_second()).abs();
    match skew <= SKEW {
        true => report.ok("clock", format_args!("within {SKEW} s of the database's")),
        false => report.warn(
            "clock",
            format_args!("{skew} s away from the database's: let both machines follow a time server (NTP)"),
        ),
    }
}

fn vectors(report: &mut Report, place: &VectorPlace) {
    let memory = "searched in memory";
    match place {
        VectorPlace::Database(version) => report.ok("vectors", format_args!("in pgvector {version}")),
        VectorPlace::Memory => report.ok("vectors", memory),
        VectorPlace::NotUsed => report.ok(
            "vectors",
            format_args!(
                "{memory}: the server has pgvector, and the next start uses it where it may. If this line stays, run \
                 `CREATE EXTENSION vector` in this database as a superuser, then start again"
            ),
        ),
        VectorPlace::NotInstalled => report.ok(
            "vectors",
            format_args!(
                "{memory}: the extension is not installed. For many users with an embedding model, install pgvector on \
                 the database's server (Debian: postgresql-NN-pgvector) and start again"
            ),
        ),
    }
}

fn row_security(report: &mut Report, configuration: &Configuration, bypassed: bool) {
    if configuration.settings.store.database_url.is_none() {
        return;
    }
    if !bypassed {
        return report.ok("row security", "holds for this role");
    }
    let state = if configuration.settings.server.is_production() { State::Fail } else { State::Warn };
    report.put(state, "row security", ROW_SECURITY);
}
