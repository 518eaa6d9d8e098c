//! `Secret`: a key that no log line, no error and no dump of the settings can show.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

/// A key, a password, a token. Shown, debugged and serialised it is `***`.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub struct Secret(String);

/// What stands for a secret wherever one would be shown.
const MASK: &str = "***";

impl Secret {
    /// Takes the key; white space around it, as copied keys have, is dropped.
    pub fn new(key: impl AsRef<str>) -> Self {
        Self(key.as_ref().trim().to_owned())
    }

    /// Takes it as it is, every character: a password.
    pub fn exact(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The key itself, for the one place that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing in it, as with a variable that is set to nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<String> for Secret {
    fn from(key: String) -> Self {
        Self::new(key)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(MASK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_masked_wherever_it_is_shown() {
        let secret = Secret::new(" sk-canary\n");
        let shown = format!("{secret} {secret:?} {}", serde_json::to_string(&secret).unwrap());
        assert!(!shown.contains("canary"), "{shown}");
        assert_eq!(secret.expose(), "sk-canary");
    }
}
