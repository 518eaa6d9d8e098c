//! A token's form and claims (RFC 7515, 7519, 8725), read strictly; the signature is the library's work.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, crypto};
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};
use sharper_domain::{Timestamp, UserId};

use crate::caller::OPERATOR;

/// The longest token that is looked at, in bytes.
pub(crate) const LONGEST: usize = 8192;
/// How far two clocks may differ, in seconds.
const LEEWAY: i64 = 30;

/// The head of a token. Nothing in it is believed before the signature is verified.
#[derive(Debug, Deserialize)]
pub(crate) struct Head {
    pub(crate) alg: String,
    pub(crate) kid: Option<String>,
    typ: Option<String>,
    /// Extensions that must be understood: none are.
    #[serde(default, deserialize_with = "is_there")]
    crit: bool,
}

/// What a token says.
#[derive(Debug, Deserialize)]
pub(crate) struct Claims {
    exp: i64,
    nbf: Option<i64>,
    iat: Option<i64>,
    iss: String,
    aud: Audience,
    sub: String,
    role: Option<String>,
    email: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

fn is_there<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    IgnoredAny::deserialize(deserializer).map(|_| true)
}

fn part<T: for<'de> Deserialize<'de>>(text: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
}

/// Head, claims and signature, as they stand.
fn parts(token: &str) -> Option<(&str, &str, &str)> {
    let mut parts = token.split('.');
    let three = (parts.next()?, parts.next()?, parts.next()?);
    parts.next().is_none().then_some(three)
}

impl Head {
    /// The head of what may be a token.
    pub(crate) fn read(token: &str) -> Option<Self> {
        if token.len() > LONGEST {
            return None;
        }
        let head: Head = part(parts(token)?.0)?;
        let typ = head.typ.as_deref().is_none_or(|typ| typ.eq_ignore_ascii_case("JWT"));
        (typ && !head.crit).then_some(head)
    }
}

/// The claims of a token that was signed with this key, the way this key signs.
pub(crate) fn verified(token: &str, head: &Head, algorithm: Algorithm, key: &DecodingKey) -> Option<Claims> {
    if head.alg != format!("{algorithm:?}") {
        return None;
    }
    let (first, second, signature) = parts(token)?;
    let message = token.get(..first.len() + 1 + second.len())?;
    let right = crypto::verify(signature, message.as_bytes(), key, algorithm);
    if !right.unwrap_or(false) {
        return None;
    }
    part(second)
}

/// What claims must say.
pub(crate) struct Demands {
    pub(crate) issuer: String,
    pub(crate) audience: String,
}

impl Demands {
    /// The user and their e-mail address, if these claims count now.
    pub(crate) fn met(&self, claims: Claims, now: Timestamp) -> Option<(UserId, Option<String>)> {
        let now = now.as_second();
        let early = |at: Option<i64>| at.is_some_and(|at| at > now.saturating_add(LEEWAY));
        let audience = match &claims.aud {
            Audience::One(one) => *one == self.audience,
            Audience::Many(many) => many.contains(&self.audience),
        };
        // `anon` and `service_role` are keys of the project, not people.
        let person = claims.role.as_deref().is_none_or(|role| role == "authenticated");
        let counts = claims.exp.saturating_add(LEEWAY) > now
            && !early(claims.nbf)
            && !early(claims.iat)
            && claims.iss == self.issuer
            && audience
            && person
            && claims.sub != OPERATOR;
        let user = claims.sub.parse().ok()?;
        counts.then(|| (user, claims.email.filter(|email| !email.is_empty() && email.len() <= 254)))
    }
}
