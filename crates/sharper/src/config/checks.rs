//! What holds in any environment: settings that would keep the program from doing what it promises are refused.
//! What only the public must not meet is in `production`.

use anyhow::bail;

use super::Settings;

/// Refuses settings that make no sense together, and says what would.
pub(super) fn sense(settings: &Settings) -> anyhow::Result<()> {
    models(settings)?;
    let people = settings.auth.faults();
    if !people.is_empty() {
        bail!("{}", people.join("; "));
    }
    let files = settings.files.faults();
    if !files.is_empty() {
        bail!("{}", files.join("; "));
    }
    if settings.jobs.places == 0 {
        bail!("jobs.places must be at least 1, or nothing that is accepted is ever done");
    }
    if settings.jobs.heartbeat_seconds == 0 || settings.server.streams.keepalive_seconds == 0 {
        bail!("jobs.heartbeat_seconds and server.streams.keepalive_seconds must be at least 1");
    }
    if settings.jobs.heartbeat_seconds * 2 > settings.jobs.lease_seconds {
        bail!(
            "jobs.lease_seconds must be at least twice jobs.heartbeat_seconds, or work is lost to a single delay"
        );
    }
    Ok(())
}

fn models(settings: &Settings) -> anyhow::Result<()> {
    if let Err(wrong) = settings.llm.model.check() {
        bail!("{}", wrong.join("; "));
    }
    let usd = [settings.spending.user_usd_per_day, settings.spending.all_usd_per_day];
    if !usd.iter().all(|usd| usd.is_finite() && *usd >= 0.0) {
        bail!("spending.*_usd_per_day must be 0 or more");
    }
    let llm = &settings.llm.model;
    let told = |endpoint: sharper_llm::settings::Endpoint| {
        endpoint.provider == sharper_llm::settings::Provider::Openrouter || !llm.prices.is_empty()
    };
    if usd.iter().any(|usd| *usd > 0.0) && !llm.endpoint().is_none_or(told) {
        bail!(
            "a limit in US dollars needs to know what calls cost: this server does not say, so list the prices of its \
             models under [llm.prices]"
        );
    }
    let counted = usd.iter().any(|usd| *usd > 0.0) && !llm.prices.is_empty();
    let named = settings.experiments.iter().flat_map(|experiment| &experiment.variants);
    let mut named = named.filter_map(|variant| variant.model.as_ref());
    if let Some(unknown) = named.find(|model| counted && !llm.prices.contains_key(model.trim())) {
        bail!(
            "an experiment asks {unknown}, and a limit in US dollars is set: list its price under [llm.prices] too"
        );
    }
    Ok(())
}
