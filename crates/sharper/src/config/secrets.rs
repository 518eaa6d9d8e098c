//! Which settings are secret, by their names; what they hold, for whoever must keep it from being seen; and the
//! settings without it.
//!
//! A setting counts as secret by the last word of its name, so that one that is added later need not be listed.

use toml::{Table, Value};

/// What stands in place of a secret.
pub(crate) const MASK: &str = "[secret]";
/// Last words of names whose text is secret as a whole.
const SECRET_WORDS: [&str; 6] = ["key", "token", "secret", "password", "dsn", "headers"];
/// A shorter text is no secret that could be searched for: it stands in every other word.
const SHORTEST: usize = 6;

/// The settings with every secret replaced.
pub(crate) fn masked(table: &Table) -> Table {
    let one = |(name, value): (&String, &Value)| (name.clone(), masked_value(name, value));
    table.iter().map(one).collect()
}

fn masked_value(name: &str, value: &Value) -> Value {
    match value {
        Value::Table(inner) => Value::Table(masked(inner)),
        Value::Array(each) => Value::Array(each.iter().map(|one| masked_value(name, one)).collect()),
        Value::String(text) if text.is_empty() => value.clone(),
        Value::String(_) if is_secret(name) => Value::String(MASK.to_owned()),
        Value::String(text) => Value::String(match password(text) {
            Some(password) => text.replacen(&format!(":{password}@"), &format!(":{MASK}@"), 1),
            None => text.clone(),
        }),
        _ => value.clone(),
    }
}

/// Every secret of the settings as it may appear in a text: plain, escaped in JSON, escaped in a URL.
pub(crate) fn values_of(table: &Table) -> Vec<String> {
    let mut found = Vec::new();
    gather(table, &mut found);
    let mut forms: Vec<String> = found.iter().flat_map(|secret| forms(secret)).collect();
    forms.retain(|form| form.len() >= SHORTEST);
    forms.sort_unstable();
    forms.dedup();
    forms
}

fn gather(table: &Table, found: &mut Vec<String>) {
    for (name, value) in table {
        let texts = match value {
            Value::Table(inner) => {
                gather(inner, found);
                continue;
            }
            Value::Array(each) => each.iter().filter_map(Value::as_str).collect(),
            other => other.as_str().into_iter().collect::<Vec<_>>(),
        };
        for text in texts {
            if is_secret(name) {
                found.push(text.trim().to_owned());
            }
            found.extend(password(text).map(str::to_owned));
            match name.rsplit('_').next() {
                // The key of a Sentry DSN is the user of its URL.
                Some("dsn") => found.extend(user_part(text).map(str::to_owned)),
                Some("headers") => {
                    found.extend(text.split([',', '=', ' ']).map(|part| part.trim().to_owned()));
                }
                _ => {}
            }
        }
    }
}

pub(crate) fn is_secret(name: &str) -> bool {
    let last = name.rsplit('_').next().unwrap_or(name);
    // Who knows the address of a webhook can post to it.
    SECRET_WORDS.contains(&last) || name.contains("webhook")
}

/// `user:password` of `scheme://user:password@host`.
fn user_part(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    Some(authority.rsplit_once('@')?.0)
}

fn password(url: &str) -> Option<&str> {
    user_part(url)?.split_once(':').map(|(_, password)| password).filter(|password| !password.is_empty())
}

fn forms(secret: &str) -> [String; 4] {
    let json = serde_json::to_string(secret).unwrap_or_default();
    [secret.to_owned(), json.trim_matches('"').to_owned(), escaped(secret), unescaped(secret)]
}

/// As in a URL (RFC 3986, 2.1): everything but letters, digits and `-._~` as %XX.
fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let one = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(one).collect()
}

/// What a password of a URL is outside of it.
fn unescaped(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let coded = bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        match coded.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| bytes[at] == b'%') {
            Some(byte) => {
                plain.push(byte);
                at += 3;
            }
            None => {
                plain.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let text = "[a]\nadmin_token = 'canary-1'\nmax_tokens = 5\njwt_secret = 'can\"ary-2'\nempty_key = ''\n\
                    url = 'postgres://me:can%21ary-3@host/db?x=1'\nplain = 'word'\nport = 1\n\
                    sentry_dsn = 'https://canary4@host/1'\nredis_url = 'redis://:canary-5@host'\n\
                    [a.b]\nwebhook_url = ['https://hooks.example/canary-6']";
        text.parse().unwrap()
    }

    #[test]
    fn no_secret_is_left_in_what_is_shown() {
        let shown = masked(&table()).to_string();
        assert!(!shown.contains("ary"), "{shown}");
        for kept in ["max_tokens = 5", "word", "host/db?x=1", "empty_key = \"\"", "port = 1"] {
            assert!(shown.contains(kept), "{kept}: {shown}");
        }
    }

    #[test]
    fn every_secret_is_known_in_each_of_its_forms() {
        let values = values_of(&table());
        for secret in ["canary-1", "can\"ary-2", "can\\\"ary-2", "can%22ary-2", "can%21ary-3", "can!ary-3"] {
            assert!(values.iter().any(|value| value == secret), "{secret}: {values:?}");
        }
        for secret in ["canary4", "canary-5", "https://hooks.example/canary-6"] {
            assert!(values.iter().any(|value| value == secret), "{secret}: {values:?}");
        }
        assert!(!values.iter().any(|value| value == "word" || value.len() < SHORTEST));
    }
}
