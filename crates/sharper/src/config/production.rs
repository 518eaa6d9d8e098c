//! What `ENVIRONMENT=production` asks of the settings: everything that is unsafe is named at once, each with what
//! to change.

use std::path::PathBuf;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

use super::Configuration;

/// Shortest administrator's token, in characters.
const TOKEN_LENGTH: usize = 32;
/// Different characters in it. A random one of 32 hexadecimal digits has 14, and less than 10 once in a million.
const TOKEN_LETTERS: usize = 10;
/// Bits that its characters must hold by their frequencies.
const TOKEN_BITS: f64 = 96.0;

/// Something that is not as it should be.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// Whether the program refuses to start over it.
    pub(crate) refuses: bool,
    /// What is wrong, and what to change.
    pub(crate) text: String,
}

/// What of the settings the public can come to feel.
pub(crate) struct Posture {
    pub(crate) admin_token: Option<String>,
    pub(crate) allowed_origins: Vec<String>,
    pub(crate) sign_in: Option<String>,
    pub(crate) public_url: Option<String>,
    pub(crate) log_level: String,
    pub(crate) mail: bool,
    /// Whether alerts go anywhere but to the log.
    pub(crate) alerts: bool,
    /// The host of the database, where it is another machine and TLS is not asked for.
    pub(crate) database_in_the_open: Option<String>,
    /// Whether the database's role passes by row security; what could not be asked is left to the opening of the store.
    pub(crate) bypasses_row_security: bool,
    /// Files with secrets that every user of the machine can read.
    pub(crate) open_files: Vec<PathBuf>,
}

impl Posture {
    /// The posture of these settings.
    pub(crate) fn of(configuration: &Configuration) -> Self {
        let text = |place: &[&str]| configuration.text(place).map(str::to_owned);
        let readable = configuration.sources.iter().filter(|source| source.is_open());
        Self {
            admin_token: text(&["auth", "admin_token"]),
            allowed_origins: configuration.list(&["server", "allowed_origins"]),
            sign_in: text(&["auth", "sign_in"]),
            public_url: text(&["auth", "public_url"]),
            log_level: configuration.settings.log.level(true).to_owned(),
            mail: text(&["mail", "smtp_url"]).is_some(),
            alerts: text(&["alerts", "webhook"]).or_else(|| text(&["alerts", "email"])).is_some(),
            database_in_the_open: text(&["store", "database_url"])
                .and_then(|url| sharper_store::host_in_the_open(&url)),
            bypasses_row_security: false,
            open_files: readable.map(|source| source.path.clone()).collect(),
        }
    }

    /// The same, with what the database itself says. Blocks; call it outside of an async runtime.
    pub(crate) fn with_database(mut self, configuration: &Configuration) -> Self {
        let seen = sharper_store::examine(&configuration.settings.store);
        self.bypasses_row_security =
            seen.is_ok_and(|seen| seen.is_some_and(|seen| seen.bypasses_row_security));
        self
    }

    /// All that is wrong with it for the public.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        let mut found = Findings(Vec::new());
        match &self.admin_token {
            None => found.refuse(
                "ADMIN_TOKEN is not set: make one with `study-sharper admin-token` and set it in the environment",
            ),
            Some(token) => {
                if let Some(weak) = weakness(token) {
                    found.refuse(format!(
                        "ADMIN_TOKEN {weak}: make one with `study-sharper admin-token` and set that"
                    ));
                }
            }
        }
        if !matches!(self.sign_in.as_deref(), Some("auto" | "required")) {
            found.refuse(
                "auth.sign_in is \"open\", so everybody could act as anybody: set it to \"auto\" or \"required\"",
            );
        }
        self.addresses(&mut found);
        if reaches_trace(&self.log_level) {
            found.refuse(
                "LOG_LEVEL reaches trace (as a name without a level does), which writes what passes over the wire: set it \
                 to info, or name a level",
            );
        }
        if self.bypasses_row_security {
            found.refuse(ROW_SECURITY);
        }
        if let Some(host) = &self.database_in_the_open {
            found.warn(format!(
                "DATABASE_URL goes to {host} without TLS, so whoever is on the way reads everything: add \
                 ?sslmode=verify-full"
            ));
        }
        for file in &self.open_files {
            found.refuse(format!(
                "{0} holds secrets and everybody on this machine can read it: chmod 600 {0}",
                file.display()
            ));
        }
        if !self.mail {
            found.warn(
                "no mail server is set, so letters, such as the link for a forgotten password, only go to the log: set SMTP_URL",
            );
        }
        if !self.alerts {
            found.warn("alerts go to nobody, only to the log: set ALERT_WEBHOOK or ALERT_EMAIL");
        }
        found.0
    }

    fn addresses(&self, found: &mut Findings) {
        match self.public_url.as_deref() {
            None => found.refuse(
                "PUBLIC_URL is not set: set it to the address that people open, such as https://study.example.org",
            ),
            Some(url) if !url.starts_with("https://") => found.refuse(format!(
                "PUBLIC_URL is {url}, and cookies and passwords would go over an open wire: put a proxy with TLS in \
                 front and set its https:// address"
            )),
            Some(url) if !has_host(url) => found.refuse(format!(
                "PUBLIC_URL is {url} and names no host: set it to the address that people open, such as \
                 https://study.example.org"
            )),
            Some(_) => {}
        }
        for origin in &self.allowed_origins {
            if origin.contains('*') {
                found.refuse(format!(
                    "ALLOWED_ORIGINS holds {origin}, so any page could read what a signed-in student sees: list the \
                     origins that may, such as https://app.example.org, or leave it empty"
                ));
            } else if origin.starts_with("http://") {
                found.warn(format!(
                    "ALLOWED_ORIGINS holds {origin}, which anybody on the way can change: use https"
                ));
            }
        }
    }
}

/// What to do about a role that passes by row security.
pub(crate) const ROW_SECURITY: &str = "the role of DATABASE_URL is a superuser or has BYPASSRLS, so the database cannot \
     keep users apart a second time: make an ordinary role that owns the database (CREATE ROLE sharper LOGIN PASSWORD \
     '…'; ALTER DATABASE sharper OWNER TO sharper) and use that";

/// Whether a filter lets level trace through anywhere: `5` is trace, and so is a name without a level.
fn reaches_trace(filter: &str) -> bool {
    EnvFilter::try_new(filter).is_ok_and(|filter| filter.max_level_hint() == Some(LevelFilter::TRACE))
}

/// Whether a URL has a host (RFC 3986, 3.2.2).
fn has_host(url: &str) -> bool {
    let authority = url.split_once("://").and_then(|(_, rest)| rest.split(['/', '?', '#']).next());
    let host = authority.map(|authority| authority.rsplit_once('@').map_or(authority, |(_, host)| host));
    host.is_some_and(|host| !host.is_empty() && !host.starts_with(':') && !host.contains(char::is_whitespace))
}

struct Findings(Vec<Finding>);

impl Findings {
    fn refuse(&mut self, text: impl Into<String>) {
        self.0.push(Finding { refuses: true, text: text.into() });
    }

    fn warn(&mut self, text: impl Into<String>) {
        self.0.push(Finding { refuses: false, text: text.into() });
    }
}

/// Why a token could be guessed, if it could. An estimate from its length and its characters: what
/// `study-sharper admin-token` makes passes, words and patterns do not.
pub(crate) fn weakness(token: &str) -> Option<&'static str> {
    let letters: Vec<char> = token.chars().collect();
    if letters.len() < TOKEN_LENGTH {
        return Some("is shorter than 32 characters");
    }
    let mut counts = std::collections::BTreeMap::new();
    for letter in &letters {
        *counts.entry(letter).or_insert(0_u32) += 1;
    }
    let length = letters.len() as f64;
    let bits: f64 =
        counts.values().map(|&count| -f64::from(count) * (f64::from(count) / length).log2()).sum();
    if counts.len() < TOKEN_LETTERS || bits < TOKEN_BITS {
        return Some("repeats the same few characters");
    }
    let near = |pair: &&[char]| (pair[0] as i64 - pair[1] as i64).abs() <= 1;
    if letters.windows(2).filter(near).count() * 2 > letters.len() {
        return Some("runs through the alphabet");
    }
    let mut triples: Vec<&[char]> = letters.windows(3).collect();
    let all = triples.len();
    triples.sort_unstable();
    triples.dedup();
    if triples.len() * 10 < all * 8 {
        return Some("repeats itself");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "b7c1f09e4d2a83565e90dd17ac4b3f68";

    fn safe() -> Posture {
        Posture {
            admin_token: Some(GOOD.into()),
            allowed_origins: vec!["https://app.example.org".into()],
            sign_in: Some("auto".into()),
            public_url: Some("https://study.example.org".into()),
            log_level: "info".into(),
            mail: true,
            alerts: true,
            database_in_the_open: None,
            bypasses_row_security: false,
            open_files: Vec::new(),
        }
    }

    /// Changes the safe posture and looks for each word among the refusals, and for nothing else.
    #[track_caller]
    fn check(change: impl Fn(&mut Posture), refusals: &[&str]) {
        let mut posture = safe();
        change(&mut posture);
        let found: Vec<String> =
            posture.findings().into_iter().filter(|finding| finding.refuses).map(|one| one.text).collect();
        assert_eq!(found.len(), refusals.len(), "{found:#?}");
        for (text, word) in found.iter().zip(refusals) {
            assert!(text.contains(word), "{word}: {text}");
            assert!(text.contains(':'), "it says what to change: {text}");
        }
    }

    #[test]
    fn each_unsafe_setting_is_refused_by_name() {
        check(|_| {}, &[]);
        check(|p| p.admin_token = None, &["ADMIN_TOKEN is not set"]);
        check(|p| p.admin_token = Some("short".into()), &["ADMIN_TOKEN is shorter"]);
        check(|p| p.allowed_origins = vec!["*".into()], &["ALLOWED_ORIGINS"]);
        check(|p| p.allowed_origins = vec!["https://*.example.org".into()], &["ALLOWED_ORIGINS"]);
        check(|p| p.allowed_origins.clear(), &[]);
        check(|p| p.sign_in = Some("open".into()), &["auth.sign_in"]);
        check(|p| p.sign_in = None, &["auth.sign_in"]);
        check(|p| p.sign_in = Some("required".into()), &[]);
        check(|p| p.public_url = None, &["PUBLIC_URL"]);
        check(|p| p.public_url = Some("http://study.example.org".into()), &["PUBLIC_URL"]);
        check(|p| p.log_level = "trace".into(), &["LOG_LEVEL"]);
        check(|p| p.log_level = "info,sharper_web=TRACE".into(), &["LOG_LEVEL"]);
        for reaching in ["5", "hyper", "sharper_web", "info,hyper", "info,[request]=trace", "TRACE"] {
            check(|p| p.log_level = reaching.into(), &["LOG_LEVEL"]);
        }
        for below in ["debug", "4", "info,hyper=debug", "info,trace_share=warn"] {
            check(|p| p.log_level = below.into(), &[]);
        }
        for nowhere in ["https://", "https:///study", "https://:443", "https://?a", "https:// study"] {
            check(|p| p.public_url = Some(nowhere.into()), &["PUBLIC_URL"]);
        }
        check(|p| p.open_files = vec![".env".into()], &["chmod 600 .env"]);
        check(|p| p.bypasses_row_security = true, &["BYPASSRLS"]);
        check(|p| p.mail = false, &[]);
    }

    #[test]
    fn everything_that_is_wrong_is_named_at_once() {
        let worst = |p: &mut Posture| {
            *p = Posture {
                admin_token: None,
                allowed_origins: vec!["*".into()],
                sign_in: None,
                public_url: None,
                log_level: "trace".into(),
                mail: false,
                alerts: false,
                database_in_the_open: Some("db.example".into()),
                bypasses_row_security: true,
                open_files: vec![".env".into(), "my.toml".into()],
            };
        };
        check(
            worst,
            &[
                "ADMIN_TOKEN",
                "auth.sign_in",
                "PUBLIC_URL",
                "ALLOWED_ORIGINS",
                "LOG_LEVEL",
                "BYPASSRLS",
                ".env",
                "my.toml",
            ],
        );
    }

    #[test]
    fn what_is_only_unwise_is_a_warning() {
        let posture = Posture {
            mail: false,
            alerts: false,
            allowed_origins: vec!["http://app.example".into()],
            ..safe()
        };
        let found = posture.findings();
        assert!(found.len() == 3 && found.iter().all(|finding| !finding.refuses), "{found:?}");
    }

    #[test]
    fn a_token_that_could_be_guessed_is_weak() {
        for weak in [
            "secret",
            "changemechangemechangemechangeme",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "abcdefghijklmnopqrstuvwxyz0123456789",
            "12345678901234567890123456789012",
            "correct-horse-correct-horse-correct-horse",
        ] {
            assert!(weakness(weak).is_some(), "{weak}");
        }
        for strong in [GOOD, "q3Yx0-Vb7_KtLw2ZrN8sHfUeGdCjAiPo", "Z8#kq!mW2$vN7@xR4%tB9^yH3&cF6*pL"] {
            assert_eq!(weakness(strong), None, "{strong}");
        }
    }
}
