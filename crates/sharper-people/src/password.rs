//! Passwords: which are taken, and what is kept of them (Argon2id, RFC 9106).

use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use sharper_domain::{Problem, ProblemCode, Secret};
use tokio::sync::Semaphore;
use zxcvbn::{Score, zxcvbn};

use crate::random;

/// Memory of one hash, in KiB; with it two passes in one lane: what OWASP asks at least.
const MEMORY: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Hashes that are made at once: each takes a processor and 19 MiB.
const AT_ONCE: usize = 2;
/// Hashes under way and waiting. One more is refused as busy.
const WAITING: usize = 64;

/// The fewest and most characters of a password.
const SHORTEST: usize = 8;
const LONGEST: usize = 200;

/// What is wrong with a new password, if anything. Every character counts as it was typed: nothing is trimmed and
/// nothing normalised.
pub(crate) fn fault(password: &str, email: &str) -> Option<&'static str> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Some("must have at least 8 characters");
    }
    if length > LONGEST {
        return Some("must have at most 200 characters");
    }
    let (lower, email) = (password.to_lowercase(), email.trim().to_lowercase());
    let name = email.split('@').next().unwrap_or_default();
    if !email.is_empty() && lower.contains(&email) || name.chars().count() >= 4 && lower.contains(name) {
        return Some("must not hold your e-mail address: others know it");
    }
    // Its lists hold the commonest passwords, names and words; it also knows rows of keys, dates and l33t.
    let guessed = zxcvbn(password, &[&email, name, "study", "sharper", "studysharper"]).score();
    (guessed <= Score::One)
        .then_some("is one of the first that others would try: take a longer or stranger one")
}

/// How a password compares with what is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compared {
    /// It is another.
    Other,
    /// It is the one.
    Same {
        /// Whether it is kept in less than today's strength, and should be hashed anew.
        outdated: bool,
    },
}

/// Makes hashes, a few at a time, on threads that may block.
pub(crate) struct Hasher {
    places: Arc<Semaphore>,
    waiting: Semaphore,
    /// What is kept of no password, for addresses without an account: comparing with it takes as long as with any.
    nobody: Secret,
}

impl Hasher {
    pub(crate) fn new() -> Result<Self, Problem> {
        let (places, waiting) = (Arc::new(Semaphore::new(AT_ONCE)), Semaphore::new(WAITING));
        Ok(Self { places, waiting, nobody: nobody()? })
    }

    /// What is kept of a password: a PHC string.
    pub(crate) async fn hash(&self, password: &str) -> Result<Secret, Problem> {
        let (password, salt) = (Secret::exact(password), random::bytes::<16>()?);
        self.work(move || {
            let hash: PasswordHash =
                argon2().hash_password_with_salt(password.expose().as_bytes(), &salt).map_err(failed)?;
            Ok(Secret::new(hash.to_string()))
        })
        .await
    }

    /// Compares a password with what is kept; with nothing kept it takes as long, and is another.
    pub(crate) async fn compare(&self, password: &str, kept: Option<&Secret>) -> Result<Compared, Problem> {
        let (password, known) = (Secret::exact(password), kept.is_some());
        let kept = kept.unwrap_or(&self.nobody).clone();
        self.work(move || {
            let kept = PasswordHash::new(kept.expose()).map_err(failed)?;
            let same = argon2().verify_password(password.expose().as_bytes(), &kept).is_ok();
            let outdated = Params::try_from(&kept).map_err(failed)? != params();
            Ok(if same && known { Compared::Same { outdated } } else { Compared::Other })
        })
        .await
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let busy = || {
            Problem::new(ProblemCode::Unavailable, "Very many sign in at the moment. Try again in a moment.")
                .retry_after(Duration::from_secs(1))
        };
        let _waiting = self.waiting.try_acquire().map_err(|_| busy())?;
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| busy())?;
        let done = tokio::task::spawn_blocking(move || {
            // Held until the hash is made, also when nobody waits for it any more.
            let _place = place;
            work()
        });
        done.await.map_err(failed)?
    }
}

fn params() -> Params {
    Params::new(MEMORY, PASSES, LANES, Some(32)).expect("these are parameters that Argon2 takes")
}

fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params())
}

/// A PHC string of today's strength whose hash is random bytes. Hashing some password would do too, but would cost every
/// start the time of one and the server its 19 MiB for as long as it runs.
fn nobody() -> Result<Secret, Problem> {
    let (salt, hash) =
        (STANDARD_NO_PAD.encode(random::bytes::<16>()?), STANDARD_NO_PAD.encode(random::bytes::<32>()?));
    Ok(Secret::new(format!("$argon2id$v=19$m={MEMORY},t={PASSES},p={LANES}${salt}${hash}")))
}

fn failed(error: impl std::fmt::Display) -> Problem {
    tracing::error!(%error, "a password could not be hashed");
    Problem::new(ProblemCode::Internal, "Something went wrong on our side. It has been written to the log.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_of_nobody_is_as_strong_as_what_is_kept_of_anybody() {
        let (one, other) = (nobody().unwrap(), nobody().unwrap());
        assert_ne!(one.expose(), other.expose());
        let kept = PasswordHash::new(one.expose()).unwrap();
        assert_eq!(Params::try_from(&kept).unwrap(), params());
        assert!(argon2().verify_password(b"", &kept).is_err());
    }

    #[track_caller]
    fn check(password: &str, wrong: &str) {
        let fault = fault(password, "grace.hopper@navy.example");
        assert!(fault.is_some_and(|fault| fault.contains(wrong)), "{password}: {fault:?}");
    }

    #[test]
    fn passwords_that_others_would_try_first_are_refused() {
        for common in [
            "password",
            "12345678",
            "123456789",
            "1234567890",
            "qwertyuiop",
            "password1",
            "Password1!",
            "P@ssw0rd",
            "iloveyou",
            "sunshine",
            "princess",
            "football",
            "baseball",
            "superman",
            "trustno1",
            "letmein1",
            "11111111",
            "aaaaaaaa",
            "abcdefgh",
            "abcd1234",
            "qwerty123",
            "1q2w3e4r",
            "1qaz2wsx",
            "zaq12wsx",
            "asdfghjkl",
            "zxcvbnm1",
            "starwars",
            "whatever",
            "computer",
            "corvette",
            "michelle",
            "jennifer",
            "mustang1",
            "dragon12",
            "monkey123",
            "charlie1",
            "master12",
            "shadow12",
            "welcome1",
            "admin123",
            "87654321",
            "00000000",
            "01012000",
            "abc12345",
            "passw0rd",
            "pokemon1",
            "liverpool",
            "chelsea1",
            "samantha",
            "victoria",
            "alexander",
            "studysharper",
        ] {
            check(common, "first that others would try");
        }
    }

    #[test]
    fn passwords_too_short_too_long_or_known_to_others_are_refused() {
        check("Kj4%w9z", "at least 8");
        check(&"Kj4%w9z ".repeat(26), "at most 200");
        check("grace.hopper@navy.example", "e-mail");
        check("xGrace.Hopper-77-lighthouse", "e-mail");
    }

    #[test]
    fn other_passwords_are_taken_whatever_their_alphabet() {
        let long = "lighthouse keepers drink tea ".repeat(6);
        for fine in [
            "lighthouse-mango-47",
            "Zwölf Boxkämpfer jagen",
            "пароль-из-четырёх-слов",
            "月がとても綺麗ですね",
            &long,
        ] {
            assert_eq!(fault(fine, "grace@navy.example"), None, "{fine}");
        }
    }

    #[tokio::test]
    async fn a_password_is_known_by_its_hash_alone() {
        let hasher = Hasher::new().unwrap();
        let kept = hasher.hash(" lighthouse-mango-47 ").await.unwrap();
        assert!(kept.expose().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", kept.expose());
        assert_ne!(kept, hasher.hash(" lighthouse-mango-47 ").await.unwrap());
        for (password, same) in [(" lighthouse-mango-47 ", true), ("lighthouse-mango-47", false), ("", false)]
        {
            let wanted = if same { Compared::Same { outdated: false } } else { Compared::Other };
            assert_eq!(hasher.compare(password, Some(&kept)).await.unwrap(), wanted, "{password:?}");
            assert_eq!(hasher.compare(password, None).await.unwrap(), Compared::Other);
        }
    }

    #[tokio::test]
    async fn a_weaker_hash_is_told_apart_and_still_counts() {
        let hasher = Hasher::new().unwrap();
        let weak =
            Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(512, 1, 1, Some(32)).unwrap());
        let kept: PasswordHash = weak.hash_password_with_salt(b"lighthouse-mango-47", &[7; 16]).unwrap();
        let kept = Secret::new(kept.to_string());
        let compared = hasher.compare("lighthouse-mango-47", Some(&kept)).await.unwrap();
        assert_eq!(compared, Compared::Same { outdated: true });
    }

    #[tokio::test]
    async fn more_than_may_wait_are_refused_as_busy() {
        let hasher = Hasher::new().unwrap();
        let held = hasher.places.clone().acquire_many_owned(AT_ONCE as u32).await.unwrap();
        let all = hasher.waiting.acquire_many(WAITING as u32).await.unwrap();
        let refused = hasher.hash("lighthouse-mango-47").await.unwrap_err();
        assert_eq!(refused.code, ProblemCode::Unavailable);
        drop((held, all));
        hasher.hash("lighthouse-mango-47").await.unwrap();
    }
}
