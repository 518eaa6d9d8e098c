//! Tickets: twenty minutes for one user on one stream, for pages of another origin, whose `EventSource` sends no header.
//!
//! `<until>.<user>.<mac>`: seconds since 1970, the user's id and the HMAC-SHA256 of both and the stream's id, the last
//! two in base64url. The key is made once and is the same for every instance.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use sharper_domain::{Problem, SessionId, Timestamp, UserId};
use sharper_store::accounts::AccountState;

use crate::People;

/// How long a ticket counts, in seconds: longer than a job can take, so that a client that is cut off can come back.
const LASTS: i64 = 20 * 60;
/// The longest ticket that can be ours.
const LONGEST: usize = 512;

/// What all of a ticket's parts are bound together by. The lengths keep parts from lending each other characters.
fn mac(key: &[u8], until: i64, user: &UserId, session: &SessionId) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in ["stream ticket", &until.to_string(), user.as_str(), session.as_str()] {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    mac
}

fn make(key: &[u8], until: i64, user: &UserId, session: &SessionId) -> String {
    let mac = mac(key, until, user, session).finalize().into_bytes();
    format!("{until}.{}.{}", URL_SAFE_NO_PAD.encode(user.as_str()), URL_SAFE_NO_PAD.encode(mac))
}

fn holder(key: &[u8], ticket: &str, session: &SessionId, now: Timestamp) -> Option<UserId> {
    if ticket.len() > LONGEST {
        return None;
    }
    let mut parts = ticket.split('.');
    let (until, user, tag) = (parts.next()?, parts.next()?, parts.next()?);
    let until = until.parse::<i64>().ok().filter(|number| number.to_string() == until)?;
    let user: UserId = String::from_utf8(URL_SAFE_NO_PAD.decode(user).ok()?).ok()?.parse().ok()?;
    let tag = URL_SAFE_NO_PAD.decode(tag).ok()?;
    mac(key, until, &user, session).verify_slice(&tag).ok()?;
    let left = until - now.as_second();
    (parts.next().is_none() && (1..=LASTS).contains(&left)).then_some(user)
}

impl People {
    /// A ticket of a user for a stream whose job was accepted at this moment, to be put into its address. Whoever asks
    /// again while it counts gets the same.
    pub fn ticket(&self, user: &UserId, session: &SessionId, accepted: Timestamp) -> String {
        let (now, until) = (self.now().as_second(), accepted.as_second() + LASTS);
        let until = if until > now { until } else { now + LASTS };
        make(&self.inner.ticket_key, until, user, session)
    }

    /// Whether the user of a ticket may still use the house: their account is active, or they have none here and come
    /// from Supabase.
    ///
    /// # Errors
    /// It could not be told, because the store is away.
    pub async fn may_use(&self, user: &UserId) -> Result<bool, Problem> {
        let account = self.inner.store.account(user.clone()).await.map_err(|error| error.problem())?;
        Ok(account.map_or(self.inner.supabase.is_some(), |account| account.state == AccountState::Active))
    }

    /// Whose ticket it is. `None` when it is for another stream, too old, or not ours. Whether they still may is told by
    /// `may_use`.
    pub fn ticket_holder(&self, ticket: &str, session: &SessionId) -> Option<UserId> {
        holder(&self.inner.ticket_key, ticket, session, self.now())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [7; 32];

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + second).unwrap()
    }

    fn ids() -> (UserId, SessionId) {
        ("ada".parse().unwrap(), "s-1".parse().unwrap())
    }

    #[test]
    fn a_ticket_counts_for_twenty_minutes_on_its_stream() {
        let (ada, stream) = ids();
        let ticket = make(&KEY, at(LASTS).as_second(), &ada, &stream);
        for (second, counts) in
            [(0, true), (LASTS - 1, true), (LASTS, false), (LASTS + 1, false), (-1, false)]
        {
            let found = holder(&KEY, &ticket, &stream, at(second));
            assert_eq!(found.as_ref(), counts.then_some(&ada), "after {second} s");
        }
        assert_eq!(holder(&KEY, &ticket, &"s-2".parse().unwrap(), at(0)), None);
        assert_eq!(holder(&[8; 32], &ticket, &stream, at(0)), None);
    }

    #[test]
    fn a_ticket_with_any_bit_flipped_is_none() {
        let (ada, stream) = ids();
        let ticket = make(&KEY, at(LASTS).as_second(), &ada, &stream);
        let mut tried = 0;
        for place in 0..ticket.len() {
            for bit in 0..8 {
                let mut bytes = ticket.clone().into_bytes();
                bytes[place] ^= 1 << bit;
                let Ok(flipped) = String::from_utf8(bytes) else { continue };
                assert_eq!(holder(&KEY, &flipped, &stream, at(0)), None, "{flipped}");
                tried += 1;
            }
        }
        assert!(tried > 300, "{tried}");
    }

    #[test]
    fn no_ticket_lasts_longer_or_lends_its_parts() {
        let (ada, stream) = ids();
        let long = make(&KEY, at(LASTS + 1).as_second(), &ada, &stream);
        assert_eq!(holder(&KEY, &long, &stream, at(0)), None);
        let ticket = make(&KEY, at(LASTS).as_second(), &ada, &stream);
        let until = at(LASTS).as_second();
        for bad in [
            "",
            ".",
            "..",
            "a.b.c",
            &format!("{ticket}."),
            &format!("{ticket}.x"),
            &format!("+{ticket}"),
            &format!("0{ticket}"),
            &format!("{ticket}="),
            &format!("{until}.YWRh."),
            &"9".repeat(600),
        ] {
            assert_eq!(holder(&KEY, bad, &stream, at(0)), None, "{bad}");
        }
    }
}
