//! `study-sharper openapi`: the description of the API (OpenAPI 3.1), on standard output.

use super::say;
use crate::config::Configuration;

/// Prints what `GET /openapi.json` of a server with these settings says.
pub(crate) fn run(configuration: &Configuration) -> anyhow::Result<()> {
    let settings = &configuration.settings;
    let open = settings.auth.stands_open(settings.server.is_production());
    let document = sharper_web::openapi::document(open, settings.auth.is_secure());
    say(serde_json::to_string_pretty(&document)?);
    Ok(())
}
