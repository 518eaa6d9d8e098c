//! The words of a card in two notations: our Markdown, and the HTML that other programs keep.
//!
//! Both ways agree: what Markdown becomes and comes back from is the same Markdown, up to how it is written.

mod dialect;
mod from_html;
mod plain;
mod raw;
mod signs;
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn both(markdown: &str, html: &str) {
        assert_eq!(to_html(markdown, &NoFiles), html);
        assert_eq!(from_html(html, &NoFiles), markdown);
    }

    #[test]
    fn what_cards_use_goes_there_and_back() {
        both("**bold** and *thin*", "<strong>bold</strong> and <em>thin</em>");
        both("a\nb", "a<br>b");
        both("$x<y$ and $$\\frac12$$", "\\(x&lt;y\\) and \\[\\frac12\\]");
        both("`a<b>`", "<code>a&lt;b&gt;</code>");
        both("H<sub>2</sub>O", "H<sub>2</sub>O");
        both("[x], _____ and a_b", "[x], _____ and a_b");
        both("\\*kept\\*", "*kept*");
        both("{{c1::**Paris**::city}}", "{{c1::<strong>Paris</strong>::city}}");
        both("שלום", "<div dir=\"rtl\">שלום</div>");
    }

    #[test]
    fn what_editors_leave_behind_is_tidied() {
        let check = |html: &str, markdown: &str| assert_eq!(from_html(html, &NoFiles), markdown, "{html}");
        check("<div>a</div><div>b</div><div><br></div><div>c</div>", "a\nb\n\nc");
        check("<b>x </b>y<b></b>", "**x** y");
        check("<span style=\"font-weight: bold\">x</span>", "**x**");
        check("a<br><br>b&nbsp;", "a\n\nb");
        check("[latex]a+b[/latex] [$]c[/$]", "$a+b$ $c$");
        check("<code>\\(no\\)</code>", "`\\(no\\)`");
        check("<table><tr><td>a|b</td></tr></table>", "| a\\|b |\n| --- |");
    }

    #[test]
    fn nothing_that_runs_loads_or_styles_survives() {
        for html in [
            "<script>alert(1)</script>",
            "<style>x{}</style>",
            "<iframe src=http://x></iframe>",
            "<svg onload=alert(1)><script>alert(1)</script></svg>",
            "<object data=x></object>",
            "<img src=x onerror=alert(1)>",
            "<template><script>x</script></template>",
        ] {
            assert_eq!(from_html(html, &NoFiles), "", "{html}");
        }
        assert_eq!(from_html("<a href=\"javascript:alert(1)\" onclick=x>w</a>", &NoFiles), "w");
        for markdown in ["[w](javascript:alert(1))", "![w](data:text/html,x)", "[w](media:0)"] {
            assert_eq!(to_html(markdown, &NoFiles), "w");
        }
        let said = to_html("<script>alert(1)</script> <b onclick=x> [latex]\\input{x}[/latex]", &NoFiles);
        assert!(!said.contains("<script") && !said.contains("<b") && !said.contains("[latex]"), "{said}");
        // Deeper than a walk may go, it is words.
        assert_eq!(from_html(&format!("{}x", "<b>".repeat(100_000)), &NoFiles), "x");
    }

    proptest! {
        #[test]
        fn any_words_stay_the_same_words(text in "[ -~]{0,40}") {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assume!(!["[sound:", "[latex]", "[$]", "[$$]", "\\(", "\\["].iter().any(|order| text.contains(order)));
            let html = escape(&text);
            let markdown = from_html(&html, &NoFiles);
            prop_assert_eq!(to_html(&markdown, &NoFiles), html, "{}", markdown);
        }

        #[test]
        fn any_markdown_settles(text in "[a-c*_`$<>#\\-\\[\\]()|!1. \\n\\\\]{0,30}") {
            let once = from_html(&to_html(&text, &NoFiles), &NoFiles);
            let html = to_html(&once, &NoFiles);
            let twice = from_html(&html, &NoFiles);
            prop_assert_eq!(to_html(&twice, &NoFiles), html, "{:?} {:?}", once, twice);
        }
    }
}
