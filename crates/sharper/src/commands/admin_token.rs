//! `study-sharper admin-token`: a fresh token for whoever runs the server. The token alone goes to standard output, so
//! that a script can take it.

use std::fmt::Write;

use anyhow::Context;

use super::say;

/// Prints 256 random bits, and on standard error what to do with them.
pub(crate) fn run() -> anyhow::Result<()> {
    say(token()?);
    #[allow(clippy::print_stderr, reason = "advice is for the terminal")]
    {
        eprintln!(
            "Set it as ADMIN_TOKEN in the environment of the server, or in a .env that only the server can read \
             (chmod 600 .env). It is shown only now: keep it in a password manager. Whoever has it may do everything."
        );
    }
    Ok(())
}

fn token() -> anyhow::Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).context("this machine has no source of randomness")?;
    Ok(bytes.iter().fold(String::new(), |mut token, byte| {
        let _ = write!(token, "{byte:02x}");
        token
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::production::weakness;

    #[test]
    fn what_it_makes_is_strong_and_never_the_same() {
        let tokens: std::collections::BTreeSet<String> = (0..1000).map(|_| token().unwrap()).collect();
        assert_eq!(tokens.len(), 1000);
        assert!(tokens.iter().all(|token| token.len() == 64 && weakness(token).is_none()));
    }
}
