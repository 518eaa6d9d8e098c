//! The words of a card in two notations: our Markdown, and the HTML that other programs keep.
//!
//! Both ways agree: what Markdown becomes and comes back from is the same Markdown, up to how it is written.

mod dialect;
mod from_html;
mod plain;
mod to_html;
mod tree;

pub(crate) use from_html::from_html;
pub(crate) use plain::plain;
pub(crate) use to_html::to_html;

/// How a card refers to a file that it shows or plays: this, and the SHA-256 of the bytes.
pub const MEDIA: &str = "media:";

/// What the HTML around a card calls its files.
pub(crate) trait Files {
    /// The name of the file with this SHA-256.
    fn name(&self, hash: &str) -> Option<String>;
    /// The SHA-256 of the file with this name.
    fn hash(&self, name: &str) -> Option<String>;
}

/// No files at all.
pub(crate) struct NoFiles;

impl Files for NoFiles {
    fn name(&self, _: &str) -> Option<String> {
        None
    }

    fn hash(&self, _: &str) -> Option<String> {
        None
    }
}

/// Text as HTML and XML show it, in elements and in attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(sign),
        }
    }
    out
}

/// Whether a file of this name is played, not shown.
pub(crate) fn is_played(name: &str) -> bool {
    const PLAYED: [&str; 20] = [
        "mp3", "wav", "ogg", "oga", "opus", "flac", "m4a", "aac", "3gp", "spx", "mp4", "webm", "ogv", "mpg",
        "mpeg", "mov", "avi", "mkv", "m4v", "flv",
    ];
    name.rsplit_once('.').is_some_and(|(_, end)| PLAYED.contains(&end.to_ascii_lowercase().as_str()))
}

/// Whether a text is written from right to left: its first letter is of such a script.
pub(crate) fn is_right_to_left(text: &str) -> bool {
    let letter = text.chars().find(|letter| letter.is_alphabetic());
    letter.is_some_and(|letter| {
        matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    })
}
