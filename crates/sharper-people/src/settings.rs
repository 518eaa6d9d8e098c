//! `[auth]` of the configuration.

use serde::Deserialize;
use sharper_domain::Secret;

/// Whether requests need to say who is asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SignInMode {
    /// In production required, in development open.
    #[default]
    Auto,
    /// Always.
    Required,
    /// Never: everybody is the local user. Only in development.
    Open,
}

/// Whether strangers may open an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Registration {
    /// Anybody may.
    #[default]
    Open,
    /// Nobody may, but for the very first account, the administrator's.
    Closed,
}

/// Accounts, tokens and who signs them.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PeopleSettings {
    /// Whether requests need to say who is asking.
    pub sign_in: SignInMode,
    /// Whether strangers may open an account.
    pub registration: Registration,
    /// Where people reach this house, for links in letters: `https://study.example.org`. Empty: no such links.
    pub public_url: String,
    /// Days after which a session ends that was not used.
    pub session_days: u32,
    /// `https://project.supabase.co`; its tokens are taken. Empty: none are.
    pub supabase_url: String,
    /// The shared secret of Supabase's HS256 tokens. Empty: only those with keys from its key set are taken.
    pub supabase_jwt_secret: Secret,
    /// Whom a token must be for (`aud`).
    pub jwt_audience: String,
    /// The operator's token for the admin pages and routes. Empty: there is none.
    pub admin_token: Secret,
    /// Whether someone under 13 may have an account, which waits for a guardian's consent. Otherwise they may have none.
    pub guardian_consent: bool,
}

impl PeopleSettings {
    /// Whether people come over HTTPS, so that the session's cookie can be bound to it.
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// Whether nobody needs to say who they are: everybody is the local user. Never in production.
    pub fn stands_open(&self, production: bool) -> bool {
        match self.sign_in {
            SignInMode::Required => false,
            SignInMode::Auto | SignInMode::Open => !production,
        }
    }
}

impl Default for PeopleSettings {
    fn default() -> Self {
        Self {
            sign_in: SignInMode::Auto,
            registration: Registration::Open,
            public_url: String::new(),
            session_days: 30,
            supabase_url: String::new(),
            supabase_jwt_secret: Secret::new(""),
            jwt_audience: "authenticated".to_owned(),
            admin_token: Secret::new(""),
            guardian_consent: true,
        }
    }
}

impl PeopleSettings {
    /// What is wrong with the settings, for the operator. What only production forbids is not among it.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut fault = |wrong: bool, text: &str| {
            if wrong {
                faults.push(text.to_owned());
            }
        };
        let (supabase, secret) = (self.supabase_url.trim(), &self.supabase_jwt_secret);
        fault(!(1..=3650).contains(&self.session_days), "auth.session_days must be 1 to 3650");
        fault(
            !supabase.is_empty() && !is_private(supabase),
            "SUPABASE_URL must be an https:// address without a path (http:// only on this machine)",
        );
        fault(
            supabase.is_empty() && !secret.is_empty(),
            "SUPABASE_JWT_SECRET needs SUPABASE_URL: a token must say who made it",
        );
        fault(
            !secret.is_empty() && secret.expose().len() < 32,
            "SUPABASE_JWT_SECRET is too short to be one: it has at least 32 characters",
        );
        fault(self.jwt_audience.is_empty(), "auth.jwt_audience must not be empty");
        let public = self.public_url.trim();
        fault(
            !public.is_empty() && !public.starts_with("https://") && !public.starts_with("http://"),
            "PUBLIC_URL must begin with https:// (or http://)",
        );
        faults
    }
}

/// Whether nobody on the way can answer in the place of this address.
fn is_private(url: &str) -> bool {
    let host = |rest: &str| rest.trim_end_matches('/').to_owned();
    match (url.strip_prefix("https://"), url.strip_prefix("http://")) {
        (Some(rest), _) => !host(rest).is_empty() && !host(rest).contains(['/', '@', '?', '#']),
        (None, Some(rest)) => {
            let rest = host(rest);
            let name = rest.rsplit_once(':').map_or(rest.as_str(), |(name, port)| {
                if port.bytes().all(|b| b.is_ascii_digit()) { name } else { "" }
            });
            matches!(name, "localhost" | "127.0.0.1" | "[::1]")
        }
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(change: impl FnOnce(&mut PeopleSettings), wrong: &[&str]) {
        let mut settings = PeopleSettings::default();
        change(&mut settings);
        let faults = settings.faults();
        let named = faults.len() == wrong.len()
            && faults.iter().zip(wrong).all(|(fault, wrong)| fault.contains(wrong));
        assert!(named, "{faults:?}, not {wrong:?}");
    }

    #[test]
    fn the_defaults_are_fine_and_what_is_not_is_named() {
        check(|_| (), &[]);
        check(|s| s.session_days = 0, &["session_days"]);
        check(|s| s.jwt_audience = String::new(), &["jwt_audience"]);
        check(|s| s.public_url = "study.example.org".into(), &["PUBLIC_URL"]);
        check(|s| s.supabase_jwt_secret = Secret::new("x".repeat(40)), &["needs SUPABASE_URL"]);
        check(|s| s.supabase_jwt_secret = Secret::new("short"), &["needs SUPABASE_URL", "too short"]);
    }

    #[test]
    fn keys_are_asked_for_only_where_nobody_can_answer_instead() {
        for fine in [
            "https://p.supabase.co",
            "https://p.supabase.co/",
            "http://127.0.0.1:5432",
            "http://localhost:80/",
            "http://[::1]:80",
        ] {
            check(|s| s.supabase_url = fine.into(), &[]);
        }
        for not in [
            "http://p.supabase.co",
            "p.supabase.co",
            "https://",
            "https://p.supabase.co/auth/v1",
            "https://u:p@h",
            "https://h?x",
            "http://127.0.0.1.evil.example",
            "http://localhost:80@evil.example",
            "ftp://localhost",
            "http://evil.example:80",
        ] {
            check(|s| s.supabase_url = not.into(), &["SUPABASE_URL"]);
        }
    }
}
