//! The shape of an error message: what it has in common with others of its kind.

/// The message with what changes from case to case (numbers, ids, what stands in quotation marks) put out of sight, at most
/// 200 characters.
pub(super) fn shape(message: &str) -> String {
    let mut shape = String::with_capacity(message.len().min(200));
    for word in message.split_whitespace() {
        if !shape.is_empty() {
            shape.push(' ');
        }
        shape.push_str(&shape_of_word(word));
        if shape.len() > 200 {
            break;
        }
    }
    shape.chars().take(200).collect()
}

fn shape_of_word(word: &str) -> String {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let is_id = bare.len() >= 8
        && bare.chars().any(|c| c.is_ascii_digit())
        && bare.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    if is_id {
        return word.replace(bare, "…");
    }
    if word.starts_with(['"', '“', '«']) && word.ends_with(['"', '”', '»', '.', ',']) {
        return "“…”".to_owned();
    }
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            c if c.is_numeric() => {
                if !out.ends_with('#') {
                    out.push('#');
                }
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn messages_that_differ_in_a_case_have_one_shape() {
        let check = |one: &str, other: &str| assert_eq!(shape(one), shape(other));
        check("took 31 seconds", "took 7 seconds");
        check(
            "job 018f3c2a-77de-7000-8000-00000000beef ended",
            "job 018f0000-0000-7000-8000-000000000001 ended",
        );
        check("no column \"a\" here", "no column \"bcd\" here");
        check("wait  12.5 s", "wait 7.25 s");
        assert_ne!(shape("the model is busy"), shape("the model is away"));
        assert!(shape(&"word ".repeat(500)).chars().count() <= 200);
    }
}
