//! Lines that people read as a name: titles, names of files and folders. What cannot be seen is not in them.

/// Characters that show nothing, though they are letters or marks by their category: a combining joiner, fillers of Hangul,
/// inherent vowels of Khmer.
const BLANKS: [char; 7] = ['\u{34f}', '\u{115f}', '\u{1160}', '\u{17b4}', '\u{17b5}', '\u{3164}', '\u{ffa0}'];
/// They tell the letters beside them how to join: words of Persian and Hindi and many an emoji are spelled with them.
const JOINERS: [char; 2] = ['\u{200c}', '\u{200d}'];

/// The line as it is seen: without control characters (Unicode's category Cc), without those that turn the direction of what
/// follows or show nothing (Cf), without spaces around it. A break of the line or a tab becomes a space. A name cannot
/// pretend to be another with them: `fdp.exe` shown as `exe.pdf`.
pub fn visible_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => {
                if !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            joiner if JOINERS.contains(&joiner) => {
                let joins =
                    |c: Option<char>| c.is_some_and(|c| !c.is_ascii() && !is_unseen(c) && !c.is_whitespace());
                if joins(line.chars().next_back()) && joins(chars.peek().copied()) {
                    line.push(joiner);
                }
            }
            unseen if is_unseen(unseen) => {}
            seen => line.push(seen),
        }
    }
    line.trim().to_owned()
}

/// Whether a character shows nothing. The signs of category Cf that do show (Arabic number signs and their like) are not meant.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || BLANKS.contains(&c)
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{13430}'..='\u{1343f}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// A text of several lines, each as `visible_line` has it, its beginning kept as it is set in: lists and code of Markdown stay
/// what they are. Nothing stands around it.
pub fn visible_lines(text: &str) -> String {
    let line = |line: &str| {
        let words = line.trim_start_matches([' ', '\t']);
        let set_in = line[..line.len() - words.len()].replace('\t', "    ");
        let words = visible_line(words);
        if words.is_empty() { words } else { format!("{set_in}{words}") }
    };
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let all: Vec<String> = text.split('\n').map(line).collect();
    all.join("\n").trim_matches('\n').trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(visible_line(text), expected, "{text:?}");
    }

    #[test]
    fn a_line_holds_nothing_that_turns_its_direction() {
        for c in ('\u{202a}'..='\u{202e}')
            .chain('\u{2066}'..='\u{2069}')
            .chain(['\u{200e}', '\u{200f}', '\u{61c}'])
        {
            check(&format!("fdp{c}.exe"), "fdp.exe");
        }
    }

    #[test]
    fn a_line_holds_nothing_that_cannot_be_seen() {
        for c in [
            '\0',
            '\u{1b}',
            '\u{7f}',
            '\u{9b}',
            '\u{ad}',
            '\u{200b}',
            '\u{2060}',
            '\u{feff}',
            '\u{fffa}',
            '\u{e0041}',
        ] {
            check(&format!("{c}Ce{c}lls{c}"), "Cells");
        }
        check("\u{3164}\u{200b} ", "");
        check(" Cell\r\nbiology\t1 ", "Cell biology 1");
    }

    #[test]
    fn what_a_script_is_spelled_with_stays() {
        for text in
            ["می\u{200c}خواهم", "क्\u{200d}ष", "👩\u{200d}🔬 lab", "❤\u{fe0f}", "\u{600}١", "Ἰωάννης e\u{301}"]
        {
            check(text, text);
        }
        check("ab\u{200d}c\u{200c}", "abc");
        check("م\u{200c} \u{200d}", "م");
    }

    #[test]
    fn lines_stay_lines_and_are_set_in_as_they_were() {
        let check = |text: &str, expected: &str| assert_eq!(visible_lines(text), expected, "{text:?}");
        check("one", "one");
        check("\n\n- a\r\n  - b \n\n\tcode\u{202e}\n", "- a\n  - b\n\n    code");
        check(" \u{200b}\n ", "");
        check("a\u{2028}b", "a\nb");
    }
}
