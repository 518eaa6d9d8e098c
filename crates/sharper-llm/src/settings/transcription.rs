//! `[llm.transcription]`: which model writes recordings down.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use sharper_domain::Secret;

use super::{Endpoint, Provider, Settings, seconds};
use crate::Cost;

/// The model for recordings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TranscriptionSettings {
    /// Its name; `None` means that this house writes no recordings down.
    pub model: Option<String>,
    /// The server that writes them down, e.g. `http://localhost:9000/v1`; `None` means the one of all other calls.
    pub base_url: Option<String>,
    /// The key for it. With a server of its own and no key, no key is sent: the other one is for the other server only.
    pub api_key: Option<Secret>,
    /// Whether times are asked for (`verbose_json`); a server that does not know them refuses the call.
    pub timestamps: bool,
    /// US dollars for a minute, where the server reports no cost and no tokens.
    pub usd_per_minute: f64,
    /// How long one recording may take, with all tries.
    #[serde(with = "seconds")]
    pub seconds: Duration,
}

impl Default for TranscriptionSettings {
    fn default() -> Self {
        Self {
            model: None,
            base_url: None,
            api_key: None,
            timestamps: true,
            usd_per_minute: 0.0,
            seconds: Duration::from_secs(300),
        }
    }
}

impl Settings {
    /// The server that writes recordings down where it is not the one of `endpoint`, or has a key of its own there.
    pub fn endpoint_for_recordings(&self) -> Option<Endpoint> {
        let TranscriptionSettings { base_url, api_key, .. } = &self.transcription;
        let key = api_key.clone().filter(|key| !key.is_empty());
        let base = base_url.as_deref().map(|url| url.trim().trim_end_matches('/'));
        match base.filter(|url| !url.is_empty()) {
            Some(url) => Some(Endpoint { base_url: url.to_owned(), key, provider: Provider::Other }),
            None => Some(Endpoint { key: Some(key?), ..self.endpoint()? }),
        }
    }
}

impl TranscriptionSettings {
    /// What so many seconds cost; `None` where the settings do not say.
    pub fn cost(&self, seconds: f64) -> Option<Cost> {
        let nano_usd = (seconds / 60.0 * self.usd_per_minute * 1e9).round();
        (self.usd_per_minute > 0.0).then_some(Cost { nano_usd: nano_usd as u64, reported: false })
    }
}
