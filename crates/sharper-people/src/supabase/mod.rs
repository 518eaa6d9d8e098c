//! Tokens of Supabase: by the shared secret, or by the keys that the project publishes.

mod jwt;
mod keys;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use jsonwebtoken::{Algorithm, DecodingKey};
use sharper_domain::Timestamp;
use sharper_post::Outbound;

use self::jwt::{Demands, Head};
use self::keys::KeySet;
use crate::{Caller, PeopleSettings, Role, Via};

pub(crate) use self::jwt::LONGEST;

/// The project whose tokens are taken.
pub(crate) struct Supabase {
    demands: Demands,
    secret: Option<Arc<DecodingKey>>,
    keys: KeySet,
}

impl Supabase {
    /// The project of the settings, if they name one.
    pub(crate) fn new(settings: &PeopleSettings) -> Option<Self> {
        let url = settings.supabase_url.trim().trim_end_matches('/');
        if url.is_empty() {
            return None;
        }
        let issuer = format!("{url}/auth/v1");
        let keys = KeySet::new(format!("{issuer}/.well-known/jwks.json"), Outbound::default());
        let secret = &settings.supabase_jwt_secret;
        let key = || Arc::new(DecodingKey::from_secret(secret.expose().as_bytes()));
        let secret = (!secret.is_empty()).then(key);
        Some(Self { demands: Demands { issuer, audience: settings.jwt_audience.clone() }, secret, keys })
    }

    /// Whose token it is, if it is one that counts.
    pub(crate) async fn holder(&self, token: &str, now: Timestamp) -> Option<Caller> {
        let head = Head::read(token)?;
        // The shared secret is a key for HS256 and for nothing else; the published keys each say what they are for, and
        // none of them is for HS256. So a token's `alg` never chooses how a key is used.
        let claims = if head.alg == "HS256" {
            jwt::verified(token, &head, Algorithm::HS256, self.secret.as_ref()?)?
        } else {
            let key = self.keys.find(head.kid.as_deref()?, now).await?;
            jwt::verified(token, &head, key.algorithm, &key.decoding)?
        };
        let (user, name) = self.demands.met(claims, now)?;
        Some(Caller { user, role: Role::Student, via: Via::Supabase, name, waiting: false, prolonged: false })
    }

    /// Lets go of the keys that are known.
    pub(crate) fn forget_keys(&self) {
        self.keys.forget();
    }
}
