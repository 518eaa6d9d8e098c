//! Messages without secrets: what a record may say of a failure, whatever the failure said.

/// The longest message that is kept, in characters.
const LONGEST: usize = 500;

/// What ends in one of these names a secret, which stands behind it.
const NAMES: [&str; 8] =
    ["key", "token", "secret", "password", "passwd", "authorization", "cookie", "signature"];
/// What begins a secret by itself.
const BEGINNINGS: [&str; 9] = ["sk-", "sk_", "ssk_", "pk_", "ghp_", "xox", "eyJ", "AKIA", "AIza"];
/// A word of letters and digits of at least this length is a key, if it is no UUID.
const KEY_LENGTH: usize = 20;

/// The message without e-mail addresses, keys, tokens and what follows the `?` of a URL; at most 500 characters.
pub(super) fn message(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(LONGEST * 4));
    let mut hide_next = false;
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        let lower = bare.to_lowercase();
        if hide_next && !bare.is_empty() && !matches!(lower.as_str(), "bearer" | "basic" | "is" | "=" | ":") {
            out.push_str("[secret]");
            hide_next = false;
        } else {
            out.push_str(&word_without_secrets(bare));
            hide_next |= matches!(lower.as_str(), "bearer" | "basic") || names_a_secret(&lower);
        }
        out.push_str(&word[bare.len()..]);
        if out.len() > LONGEST * 4 {
            break;
        }
    }
    match out.char_indices().nth(LONGEST) {
        Some((end, _)) => {
            out.truncate(out[..end].char_indices().next_back().map_or(0, |(last, _)| last));
            out.push('…');
            out
        }
        None => out,
    }
}

/// `password:`, `X-Api-Key=`: a name whose value is the next word.
fn names_a_secret(lower: &str) -> bool {
    let name = lower.trim_end_matches([':', '=', '"', '\'']);
    name.len() < lower.len() && NAMES.iter().any(|ending| name.trim_end_matches('"').ends_with(ending))
}

fn word_without_secrets(word: &str) -> String {
    if let Some(at) = word.find("://") {
        return url_without_secrets(word, at + 3);
    }
    if is_address(word) {
        return "[e-mail]".to_owned();
    }
    // Pieces between punctuation that no key holds; a piece behind a name of secrets is one, whatever it looks like.
    let mut out = String::with_capacity(word.len());
    let mut before = String::new();
    for piece in word
        .split_inclusive(['=', ':', ',', ';', '"', '\'', '(', ')', '[', ']', '{', '}', '&', '?', '<', '>'])
    {
        let core = piece.trim_end_matches(|c: char| !is_of_key(c));
        let named = !core.is_empty() && NAMES.iter().any(|ending| before.ends_with(ending));
        if named || is_key(core) {
            out.push_str("[secret]");
            out.push_str(&piece[core.len()..]);
        } else {
            out.push_str(piece);
        }
        if !core.is_empty() {
            before = core.to_ascii_lowercase();
        }
    }
    out
}

/// A URL up to its query, without a user and password.
fn url_without_secrets(word: &str, after_scheme: usize) -> String {
    let (scheme, rest) = word.split_at(after_scheme);
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    let plain = &rest[..end];
    let (authority, path) = plain.split_at(plain.find('/').unwrap_or(plain.len()));
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let path: String = path
        .split_inclusive('/')
        .map(|part| {
            let core = part.trim_end_matches('/');
            if is_key(core) { part.replace(core, "[secret]") } else { part.to_owned() }
        })
        .collect();
    let cut = if end < rest.len() { "?…" } else { "" };
    format!("{scheme}{host}{path}{cut}")
}

fn is_address(word: &str) -> bool {
    word.split_once('@').is_some_and(|(name, host)| {
        name.ends_with(|c: char| c.is_alphanumeric() || "._+-".contains(c))
            && host.starts_with(char::is_alphanumeric)
            && host.contains('.')
    })
}

fn is_of_key(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_./+~".contains(c)
}

fn is_key(word: &str) -> bool {
    if BEGINNINGS.iter().any(|start| word.starts_with(start)) && word.len() >= 8 {
        return true;
    }
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let letters = word.chars().filter(char::is_ascii_alphabetic).count();
    let is_uuid = word.len() == 36
        && word.split('-').map(str::len).eq([8, 4, 4, 4, 12])
        && word.chars().all(|c| c == '-' || c.is_ascii_hexdigit());
    word.len() >= KEY_LENGTH && word.chars().all(is_of_key) && digits >= 3 && letters >= 3 && !is_uuid
}

#[cfg(test)]
mod tests {
    use super::message;

    #[test]
    fn secrets_do_not_get_into_a_message() {
        let check = |text: &str, told: &str| assert_eq!(message(text), told, "{text}");
        check("the model is not available", "the model is not available");
        check("mail to ana.b@school.org, please", "mail to [e-mail] please");
        check("key sk-abcDEF12345 refused", "key [secret] refused");
        check("GET https://u:pw@h.test/a/b?admin_token=abc&x=1 failed", "GET https://h.test/a/b?… failed");
        check("Authorization: Bearer abc.def.ghi", "Authorization: Bearer [secret]");
        check("Incorrect API key provided: hunter2.", "Incorrect API key provided: hunter2.");
        check("token=hunter2 and password: hunter3 too", "token=[secret] and password: [secret] too");
        check("{\"api_key\":\"hunter2\"}", "{\"api_key\":\"[secret]\"}");
        check("got 9f86d081884c7d659a2feaa0c55ad015", "got [secret]");
        check(
            "job 018f3c2a-77de-7000-8000-00000000beef took 30 s",
            "job 018f3c2a-77de-7000-8000-00000000beef took 30 s",
        );
        check("two  spaces\nand a line", "two  spaces\nand a line");
        check("eyJhbGciOi.eyJzdWIi.c2ln is old", "[secret] is old");
    }

    #[test]
    fn a_message_is_cut_at_500_characters() {
        assert_eq!(message(&"é ".repeat(600)).chars().count(), 500);
        assert!(message(&"x".repeat(5_000)).chars().count() <= 500);
        assert_eq!(message(&"x".repeat(500)).chars().count(), 500);
    }
}
