//! The last net: whatever is about to be written or sent loses every secret of the settings, everything that looks
//! like a credential, and e-mail addresses.
//!
//! Nothing in the house logs a secret. This is for the day on which somebody does.

use std::borrow::Cow;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::config::{Configuration, values_of};

/// What stands in place of a secret.
const SECRET: &str = "[secret]";
/// What stands in place of an e-mail address.
const ADDRESS: &str = "[e-mail]";

/// Where letters are written down that cannot be sent.
const LETTERS: &str = "sharper_post::letters";

/// Beginnings of credentials, and how many letters of one must follow before it counts as one.
const BEGINNINGS: [(&str, usize); 8] = [
    ("ssk_", 8),
    ("eyJ", 16),
    ("Bearer ", 8),
    ("bearer ", 8),
    ("token=", 1),
    ("ticket=", 1),
    ("password=", 1),
    ("__Host-session=", 1),
];

/// Whether an event is a letter that is written down because no mail server is set. It must stay whole: the log is the
/// only way in which the link in it reaches anybody.
pub(super) fn is_letter(about: &tracing::Metadata<'_>) -> bool {
    about.target() == LETTERS
}

/// Finds what must not be seen. It holds the secrets itself, so it shows nothing of itself.
pub(crate) struct Net {
    /// One pass for all: the values of secrets, then `BEGINNINGS`, then the sign in an address.
    finder: Option<AhoCorasick>,
    secrets: usize,
}

impl std::fmt::Debug for Net {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Net")
    }
}

impl Net {
    /// The net for the secrets of these settings.
    pub(crate) fn of(configuration: &Configuration) -> Self {
        Self::for_table(&configuration.table)
    }

    /// The net for the secrets of this table.
    pub(super) fn for_table(table: &toml::Table) -> Self {
        Self::new(&values_of(table))
    }

    fn new(secrets: &[String]) -> Self {
        let patterns =
            secrets.iter().map(String::as_str).chain(BEGINNINGS.map(|(text, _)| text)).chain(["@"]);
        // Building fails only with more text than a configuration can hold.
        let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns).ok();
        Self { finder, secrets: secrets.len() }
    }

    /// As `clean`, for a log line. A letter keeps its link and its address.
    pub(super) fn clean_line<'t>(&self, text: &'t str, letter: bool) -> Cow<'t, str> {
        self.hide(text, letter)
    }

    /// The text without what must not be seen; the very text where there is nothing of it.
    pub(crate) fn clean<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.hide(text, false)
    }

    fn hide<'t>(&self, text: &'t str, settings_only: bool) -> Cow<'t, str> {
        let Some(finder) = &self.finder else { return Cow::Borrowed(SECRET) };
        let (mut clean, mut copied, mut at) = (String::new(), 0, 0);
        while let Some(found) = finder.find(aho_corasick::Input::new(text).range(at..)) {
            let hidden = match found.pattern().as_usize() {
                number if number < self.secrets => Some((found.start(), found.end(), SECRET)),
                _ if settings_only => None,
                number => match BEGINNINGS.get(number - self.secrets) {
                    Some((_, least)) => credential(text, found.end(), *least)
                        .map(|end| (kept_of(text, found.start(), found.end()), end, SECRET)),
                    None => address(text, copied, found.start()).map(|(start, end)| (start, end, ADDRESS)),
                },
            };
            at = match hidden {
                Some((start, end, mask)) => {
                    clean.push_str(&text[copied..start]);
                    clean.push_str(mask);
                    copied = end;
                    end
                }
                None => found.end(),
            };
        }
        if copied == 0 {
            return Cow::Borrowed(text);
        }
        clean.push_str(&text[copied..]);
        Cow::Owned(clean)
    }
}

/// Where hiding begins: what names a credential without being a part of it may stay.
fn kept_of(text: &str, start: usize, end: usize) -> usize {
    if text[start..end].ends_with(['=', ' ']) { end } else { start }
}

/// Where a credential that goes on at `from` ends, if it is long enough for one.
fn credential(text: &str, from: usize, least: usize) -> Option<usize> {
    let letter = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.~+/=%".contains(byte);
    let length = text.as_bytes()[from..].iter().take_while(|byte| letter(byte)).count();
    (length >= least).then_some(from + length)
}

/// The e-mail address around the sign at `sign`, beginning at `from` at the earliest.
fn address(text: &str, from: usize, sign: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let local = |byte: &u8| byte.is_ascii_alphanumeric() || b".!#$%&'*+-/=?^_`{|}~".contains(byte);
    let domain = |byte: &u8| byte.is_ascii_alphanumeric() || b".-".contains(byte);
    let before = bytes[from..sign].iter().rev().take_while(|byte| local(byte)).count();
    let mut after = bytes[sign + 1..].iter().take_while(|byte| domain(byte)).count();
    while after > 0 && b".-".contains(&bytes[sign + after]) {
        after -= 1;
    }
    // A top-level domain begins with a letter; a version does not.
    let top = text[sign + 1..sign + 1 + after].rsplit_once('.').map(|(_, top)| top);
    let is_name = top.is_some_and(|top| top.starts_with(|first: char| first.is_ascii_alphabetic()));
    (before > 0 && is_name).then_some((sign - before, sign + 1 + after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let net = Net::new(&["hunter2secret".into(), "pässword".into()]);
        assert_eq!(net.clean(text), expected);
    }

    #[test]
    fn a_secret_of_the_settings_is_replaced_wherever_it_stands() {
        check("hunter2secret", "[secret]");
        check("x=hunter2secret,hunter2secret!", "x=[secret],[secret]!");
        check("vor pässword nach", "vor [secret] nach");
        check("hunter2", "hunter2");
    }

    #[test]
    fn what_looks_like_a_credential_is_replaced() {
        check("key ssk_AbCdEf123456 sent", "key [secret] sent");
        check("ssk_ alone", "ssk_ alone");
        check("jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig_-nature end", "jwt [secret] end");
        check("Authorization: Bearer abcdefgh1234", "Authorization: Bearer [secret]");
        check("the bearer of news", "the bearer of news");
        check("/x?admin_token=abc&hours=2", "/x?admin_token=[secret]&hours=2");
        check("?ticket=a%2Bb", "?ticket=[secret]");
        check("cookie __Host-session=abc; x", "cookie __Host-session=[secret]; x");
    }

    #[test]
    fn an_e_mail_address_is_replaced_and_other_signs_are_not() {
        check("to ada.l+x@example.co.uk.", "to [e-mail].");
        check("<a@b.org>, <c@d.org>", "<[e-mail]>, <[e-mail]>");
        check("@ alone, a@b, @b.c, study@1.2.0", "@ alone, a@b, @b.c, study@1.2.0");
        check("postgres://u:hunter2secret@h/d", "postgres://u:[secret]@h/d");
    }

    #[test]
    fn a_letter_that_is_written_down_keeps_its_link_and_loses_the_secrets_of_the_settings() {
        let net = Net::new(&["hunter2secret".into()]);
        let letter = "to ada@example.org: /reset?token=abcdef, hunter2secret";
        assert_eq!(net.clean_line(letter, true), "to ada@example.org: /reset?token=abcdef, [secret]");
        assert_eq!(net.clean_line(letter, false), "to [e-mail]: /reset?token=[secret], [secret]");
    }

    #[test]
    fn a_text_without_any_is_not_even_copied() {
        let net = Net::new(&[]);
        assert!(matches!(net.clean("nothing to see: 1 of 2"), Cow::Borrowed(_)));
    }
}
