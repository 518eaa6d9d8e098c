//! Random text that nobody can guess, and what is kept of it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sharper_domain::{Problem, ProblemCode};

/// `N` random bytes from the operating system.
pub(crate) fn bytes<const N: usize>() -> Result<[u8; N], Problem> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| {
        tracing::error!(%error, "the operating system gives no random numbers");
        Problem::new(
            ProblemCode::Internal,
            "Something went wrong on our side. It has been written to the log.",
        )
    })?;
    Ok(bytes)
}

/// 256 random bits as 43 characters that may stand in a URL.
pub(crate) fn text() -> Result<String, Problem> {
    Ok(URL_SAFE_NO_PAD.encode(bytes::<32>()?))
}

/// What is kept of such a text: its SHA-256 in hexadecimal. The text has 256 random bits, so no salt is needed.
pub(crate) fn kept(text: &str) -> String {
    sharper_store::fingerprint(text)
}
