//! The title that a file says it has, where that is one.

/// The title in the document's information (ISO 32000-1, 14.3.3), unless a program wrote it and not a person.
pub(super) fn of(raw: &[u8]) -> Option<String> {
    let title = decode(raw);
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = title.to_lowercase();
    let by_machine = [
        "microsoft word",
        "microsoft powerpoint",
        "untitled",
        "powerpoint presentation",
        "document1",
        "slide 1",
        "about:blank",
        "http://",
        "https://",
        "file:",
        "unbenannt",
        "sans titre",
        "sin título",
    ]
    .iter()
    .any(|start| lower.starts_with(start));
    let name = [
        ".doc", ".docx", ".pdf", ".tex", ".dvi", ".ppt", ".pptx", ".odt", ".indd", ".rtf", ".ps", ".html",
        ".htm", ".qxd", ".txt", ".md", ".xls", ".xlsx",
    ]
    .iter()
    .any(|end| lower.ends_with(end));
    let letters = title.chars().filter(|letter| letter.is_alphabetic()).count();
    let sound = letters >= 2 && title.chars().count() <= 200 && !title.contains(['\u{FFFD}', '\0']);
    (sound && !by_machine && !name).then_some(title)
}

/// A text string: UTF-16 or UTF-8 behind their marks, else one byte a character (ISO 32000-1, 7.9.2.2).
fn decode(raw: &[u8]) -> String {
    match raw {
        [0xFE, 0xFF, rest @ ..] => {
            let units: Vec<u16> =
                rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => match std::str::from_utf8(raw) {
            Ok(text) => text.to_owned(),
            Err(_) => raw.iter().map(|byte| char::from(*byte)).collect(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &[u8], expected: Option<&str>) {
        assert_eq!(of(raw).as_deref(), expected);
    }

    #[test]
    fn a_title_is_kept_and_a_name_of_a_file_is_not() {
        check(b"The Cell Cycle", Some("The Cell Cycle"));
        check(b"\xFE\xFF\0Z\0e\0l\0l\0e", Some("Zelle"));
        check(b"Microsoft Word - essay.doc", None);
        check(b"Untitled", None);
        check(b"lecture3.pptx", None);
        check(b"42", None);
    }
}
