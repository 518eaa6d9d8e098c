//! `[mail]` of the configuration.

use reqwest::Url;
use serde::Deserialize;
use sharper_domain::Secret;

/// How mail leaves.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostSettings {
    /// `smtps://user:password@host` (TLS from the start) or `smtp://user:password@host:587?tls=required` (STARTTLS).
    /// Empty: letters are written to the log.
    pub smtp_url: Secret,
    /// Who letters are from: `Study Sharper <study@example.org>`. Needed with `smtp_url`.
    pub from: String,
}

impl Default for PostSettings {
    fn default() -> Self {
        Self { smtp_url: Secret::new(""), from: String::new() }
    }
}

impl PostSettings {
    /// Whether letters are sent. Else they are written to the log.
    pub fn sends(&self) -> bool {
        !self.smtp_url.is_empty()
    }

    /// Letters hold links that are as good as passwords, so they leave this machine only under TLS.
    pub(crate) fn check(&self) -> Result<(), String> {
        let url = Url::parse(self.smtp_url.expose()).ok();
        let url = url.ok_or("SMTP_URL must look like smtps://user:password@host:465")?;
        let tls = url.query_pairs().any(|(key, value)| key == "tls" && value == "required");
        let here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        match url.scheme() {
            "smtps" => Ok(()),
            "smtp" if tls || here => Ok(()),
            "smtp" => Err("SMTP_URL must ask for TLS: smtps://…, or smtp://…:587?tls=required".to_owned()),
            _ => Err("SMTP_URL must begin with smtps:// or smtp://".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Post;

    #[track_caller]
    fn check(smtp_url: &str, from: &str, wrong: Option<&str>) {
        let settings = PostSettings { smtp_url: Secret::new(smtp_url), from: from.to_owned() };
        match (Post::new(&settings).map(drop), wrong) {
            (Ok(()), None) => {}
            (Err(error), Some(wrong)) => {
                assert!(error.contains(wrong) && !error.contains("hunter2"), "{smtp_url}: {error}");
            }
            (done, _) => panic!("{smtp_url}: {done:?}"),
        }
    }

    #[test]
    fn letters_leave_only_under_tls_and_from_somebody() {
        let from = "Study Sharper <study@example.org>";
        check("", "", None);
        check("smtps://u:hunter2@mail.example.org", from, None);
        check("smtp://u:hunter2@mail.example.org:587?tls=required", from, None);
        check("smtp://127.0.0.1:2525", from, None);
        check("smtp://u:hunter2@mail.example.org:587", from, Some("TLS"));
        check("smtp://u:hunter2@mail.example.org:587?tls=opportunistic", from, Some("TLS"));
        check("http://u:hunter2@mail.example.org", from, Some("smtps://"));
        check("hunter2", from, Some("SMTP_URL"));
        check("smtps://u:hunter2@mail.example.org", "", Some("MAIL_FROM"));
    }
}
