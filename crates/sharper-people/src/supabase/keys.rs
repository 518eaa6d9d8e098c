//! The keys that the project publishes (RFC 7517): fetched when they are needed, remembered within limits.
//!
//! A key that is known is believed for nine minutes, then the set is fetched again; while that cannot be done, for up
//! to a day. A key that is not known is looked for at once, but unknown ones together cause one fetch in thirty
//! seconds at most, so that made-up tokens cannot make this house knock at the project's door.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::SignedDuration;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;
use sharper_domain::Timestamp;
use sharper_post::Outbound;
use tokio::sync::Mutex as Turn;

/// How long a set is believed without asking again.
const FRESH: SignedDuration = SignedDuration::from_mins(9);
/// How long it is believed when asking fails.
const STALE: SignedDuration = SignedDuration::from_hours(24);
/// The shortest time between two fetches for unknown keys, and after one that failed.
const PAUSE: SignedDuration = SignedDuration::from_secs(30);
/// How long a fetch may take, and how much it may bring.
const TIME: Duration = Duration::from_millis(1500);
const BYTES: usize = 256 << 10;

/// A key, and the one algorithm that it is for.
#[derive(Clone)]
pub(crate) struct Key {
    kid: String,
    pub(crate) algorithm: Algorithm,
    pub(crate) decoding: Arc<DecodingKey>,
}

/// The keys of one project.
pub(crate) struct KeySet {
    url: String,
    outbound: Outbound,
    known: Mutex<Known>,
    /// Held while fetching, so that many who wait for a key wait for one fetch.
    turn: Turn<()>,
}

#[derive(Default)]
struct Known {
    keys: Vec<Key>,
    /// When they were fetched.
    fetched: Option<Timestamp>,
    /// When a fetch failed that none has succeeded since.
    failed: Option<Timestamp>,
    /// When they were last fetched for the sake of an unknown key.
    searched: Option<Timestamp>,
}

/// Whether `then` was less than `span` ago. A clock that was set back makes everything long ago.
fn within(then: Option<Timestamp>, span: SignedDuration, now: Timestamp) -> bool {
    let past = then.map(|then| now.duration_since(then));
    past.is_some_and(|past| !past.is_negative() && past < span)
}

impl KeySet {
    pub(crate) fn new(url: String, outbound: Outbound) -> Self {
        Self { url, outbound, known: Mutex::default(), turn: Turn::default() }
    }

    /// The key of this name, if the project publishes it.
    pub(crate) async fn find(&self, kid: &str, now: Timestamp) -> Option<Key> {
        if !self.look(|known| within(known.fetched, FRESH, now)) {
            self.renew(now).await;
        }
        if !self.look(|known| within(known.fetched, STALE, now)) {
            return None;
        }
        match self.known_key(kid) {
            Some(key) => Some(key),
            None => self.search(kid, now).await,
        }
    }

    /// Lets go of everything that is known.
    pub(crate) fn forget(&self) {
        self.change(|known| *known = Known { searched: known.searched, ..Known::default() });
    }

    fn look<T>(&self, look: impl FnOnce(&Known) -> T) -> T {
        look(&self.known.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn change(&self, change: impl FnOnce(&mut Known)) {
        change(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn known_key(&self, kid: &str) -> Option<Key> {
        self.look(|known| known.keys.iter().find(|key| key.kid == kid).cloned())
    }

    /// Fetches a set that is too old, unless that failed a moment ago. Where there are keys to go on with, nobody waits
    /// for who is fetching already.
    async fn renew(&self, now: Timestamp) {
        let usable = self.look(|known| within(known.fetched, STALE, now));
        let _turn = if usable {
            match self.turn.try_lock() {
                Ok(turn) => turn,
                Err(_) => return,
            }
        } else {
            self.turn.lock().await
        };
        if !self.look(|known| within(known.fetched, FRESH, now) || within(known.failed, PAUSE, now)) {
            self.fetch(now).await;
        }
    }

    /// Looks for a key that is not known.
    async fn search(&self, kid: &str, now: Timestamp) -> Option<Key> {
        let _turn = self.turn.lock().await;
        if let Some(key) = self.known_key(kid) {
            return Some(key);
        }
        if self.look(|known| within(known.searched, PAUSE, now) || within(known.failed, PAUSE, now)) {
            return None;
        }
        self.change(|known| known.searched = Some(now));
        self.fetch(now).await;
        self.known_key(kid)
    }

    async fn fetch(&self, now: Timestamp) {
        let fetched = self.outbound.get(&self.url, TIME, BYTES).await.map_err(|error| error.to_string());
        match fetched.and_then(|body| keys_of(&body)) {
            Ok(keys) => self.change(|known| {
                *known = Known { keys, fetched: Some(now), failed: None, searched: known.searched };
            }),
            Err(error) => {
                tracing::warn!(%error, "the keys of Supabase could not be fetched; the known ones go on");
                self.change(|known| known.failed = Some(now));
            }
        }
    }
}

/// The keys of a set that can be used to verify signatures. What is not understood is passed over, as RFC 7517 says.
fn keys_of(body: &[u8]) -> Result<Vec<Key>, String> {
    #[derive(Deserialize)]
    struct Published {
        keys: Vec<serde_json::Value>,
    }
    let published: Published = serde_json::from_slice(body).map_err(|_| "it is no key set".to_owned())?;
    Ok(published.keys.into_iter().filter_map(key_of).collect())
}

fn key_of(jwk: serde_json::Value) -> Option<Key> {
    let jwk: Jwk = serde_json::from_value(jwk).ok()?;
    let algorithm = match &jwk.algorithm {
        AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => Algorithm::ES256,
        AlgorithmParameters::OctetKeyPair(key) if key.curve == EllipticCurve::Ed25519 => Algorithm::EdDSA,
        AlgorithmParameters::RSA(_) => Algorithm::RS256,
        _ => return None,
    };
    let for_this = jwk.common.key_algorithm.is_none_or(|named| named == KeyAlgorithm::from(algorithm));
    let signs = jwk.common.public_key_use.as_ref().is_none_or(|named| *named == PublicKeyUse::Signature);
    let decoding = Arc::new(DecodingKey::from_jwk(&jwk).ok()?);
    let kid = jwk.common.key_id.filter(|_| for_this && signs)?;
    Some(Key { kid, algorithm, decoding })
}
