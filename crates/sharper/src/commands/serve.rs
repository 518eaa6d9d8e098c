//! `study-sharper serve`: the server, until it is told to stop.

use std::time::Duration;

use anyhow::Context;
use sharper_web::{App, Limits, Parts, Setup};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::assemble::House;
use crate::config::production::Posture;
use crate::config::{Configuration, Settings};
use crate::{samples, setup, telemetry};

/// Serves until SIGTERM or Ctrl-C.
pub(crate) fn run(configuration: Configuration) -> anyhow::Result<()> {
    let telemetry = telemetry::start(&configuration)?;
    if configuration.settings.server.is_production() {
        refuse_what_is_unsafe(&configuration)?;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let setup = setup::setup(&configuration);
    let done = runtime.block_on(serve(configuration.settings, setup));
    // An author may be computing still; its job was given back.
    runtime.shutdown_timeout(Duration::from_secs(1));
    if let Err(error) = &done {
        tracing::error!("stopped: {error:#}");
    }
    telemetry.stop();
    done
}

/// In production nothing starts while it would be unsafe; all that is wrong is said at once.
fn refuse_what_is_unsafe(configuration: &Configuration) -> anyhow::Result<()> {
    let (refused, unwise): (Vec<_>, Vec<_>) = Posture::of(configuration)
        .with_database(configuration)
        .findings()
        .into_iter()
        .partition(|finding| finding.refuses);
    for finding in unwise {
        tracing::warn!("{}", finding.text);
    }
    if refused.is_empty() {
        return Ok(());
    }
    let list: String = refused.iter().map(|finding| format!("\n  - {}", finding.text)).collect();
    anyhow::bail!("ENVIRONMENT=production does not start like this:{list}")
}

async fn serve(settings: Settings, setup: Setup) -> anyhow::Result<()> {
    // First, so that a port that is taken stops the start before any job is claimed.
    let address = (settings.server.host.as_str(), settings.server.port);
    let listener = TcpListener::bind(address).await.with_context(|| {
        format!(
            "cannot listen on {}:{}: is another program there? Set PORT to use another",
            address.0, address.1
        )
    })?;
    let house = House::open(&settings).await?;
    let limits = Limits::open(&settings.limits).await?;
    welcome(&settings, listener.local_addr()?);
    let app = App::new(Parts {
        store: house.store.clone(),
        intake: house.intake.clone(),
        agents: house.agents.clone(),
        people: house.people.clone(),
        limits,
        settings: settings.server.clone(),
        setup,
        samples: samples::all(),
        clock: house.clock.clone(),
        stop: house.stop.clone(),
        figures: house.figures.clone(),
    });
    let stop = house.stop.clone();
    let serving =
        sharper_web::serve(listener, sharper_web::router(app), settings.server.deadlines.clone(), stop);
    tokio::select! {
        () = serving_until_told(serving, house.stop.clone()) => {}
        () = twice() => anyhow::bail!("told to stop a second time: stopped at once"),
    }
    house.close().await;
    Ok(())
}

async fn serving_until_told(serving: impl Future<Output = ()>, stop: CancellationToken) {
    let told = async {
        told_to_stop().await;
        tracing::info!("stopping: requests under way may finish, jobs are given back");
        stop.cancel();
    };
    tokio::join!(told, serving);
}

/// Waits for the second signal: whoever sends two does not want to wait.
async fn twice() {
    told_to_stop().await;
    told_to_stop().await;
}

async fn told_to_stop() {
    let mut terminate = signal(SignalKind::terminate()).ok();
    let terminated = async {
        match &mut terminate {
            Some(signal) => signal.recv().await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = terminated => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

/// What a person at the terminal needs to know.
#[allow(clippy::print_stdout, reason = "this is for the terminal, whatever the log is set to")]
fn welcome(settings: &Settings, address: std::net::SocketAddr) {
    let store = match settings.store.database_url {
        None => format!("SQLite in {}", settings.store.data_dir.display()),
        Some(_) => "PostgreSQL".to_owned(),
    };
    println!("Study Sharper {}", env!("CARGO_PKG_VERSION"));
    println!("  Open     http://{address}/ in your browser");
    match settings.llm.model.endpoint() {
        None => println!("  Author   offline: writes everything itself, needs no model and no network"),
        Some(endpoint) => {
            println!("  Author   a model at {}; the offline author when it is away", endpoint.base_url)
        }
    }
    println!("  Store    {store}");
    println!("  Settings config/default.toml lists them all; .env.example shows the usual ones");
}
