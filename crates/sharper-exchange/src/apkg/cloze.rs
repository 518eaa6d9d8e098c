//! Sentences with gaps: `{{c1::Paris::city}}`, several of one number, one in another.

/// What stands where the gap is that is asked for.
pub const GAP: &str = "_____";

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Words(String),
    Gap { numbers: Vec<u32>, pieces: Vec<Piece>, hint: Option<String> },
}

/// The question and the answer that a gap of a sentence makes: `number` from 1. Words are taken as they stand: Markdown
/// stays Markdown, HTML stays HTML. `None` where there is no such gap.
pub fn sides(sentence: &str, number: u32) -> Option<(String, String)> {
    let pieces = parse(sentence);
    let mut question = String::new();
    let mut answers = Vec::new();
    ask(&pieces, number, &mut question, &mut answers);
    let answer = answers.join(", ");
    (!answers.is_empty()).then_some((question, answer))
}

/// The sentence without its gaps.
pub fn whole(sentence: &str) -> String {
    let mut out = String::new();
    say(&parse(sentence), &mut out);
    out
}

/// The numbers of the gaps, each once, in ascending order.
pub fn numbers(sentence: &str) -> Vec<u32> {
    fn gather(pieces: &[Piece], out: &mut Vec<u32>) {
        for piece in pieces {
            if let Piece::Gap { numbers, pieces, .. } = piece {
                out.extend(numbers);
                gather(pieces, out);
            }
        }
    }
    let mut out = Vec::new();
    gather(&parse(sentence), &mut out);
    out.sort_unstable();
    out.dedup();
    out
}

fn ask(pieces: &[Piece], number: u32, question: &mut String, answers: &mut Vec<String>) {
    for piece in pieces {
        match piece {
            Piece::Words(words) => question.push_str(words),
            Piece::Gap { numbers, pieces, hint } if numbers.contains(&number) => {
                question.push_str(GAP);
                if let Some(hint) = hint.as_deref().filter(|hint| !hint.trim().is_empty()) {
                    question.push_str(&format!(" ({hint})"));
                }
                let mut answer = String::new();
                say(pieces, &mut answer);
                answers.push(answer);
            }
            Piece::Gap { pieces, .. } => ask(pieces, number, question, answers),
        }
    }
}

fn say(pieces: &[Piece], out: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Words(words) => out.push_str(words),
            Piece::Gap { pieces, .. } => say(pieces, out),
        }
    }
}

/// An open gap, and where its hint begins.
struct Open {
    numbers: Vec<u32>,
    pieces: Vec<Piece>,
    /// The start of the gap as it is written, for one that never ends.
    written: String,
}

fn parse(sentence: &str) -> Vec<Piece> {
    /// Gaps within each other beyond this are words.
    const DEEPEST: usize = 16;
    let mut open: Vec<Open> = vec![Open { numbers: Vec::new(), pieces: Vec::new(), written: String::new() }];
    let mut rest = sentence;
    while let Some(at) = rest.find(['{', '}']) {
        words(&mut open, &rest[..at]);
        rest = &rest[at..];
        let length = if let Some((numbers, length)) = start(rest).filter(|_| open.len() <= DEEPEST) {
            open.push(Open { numbers, pieces: Vec::new(), written: rest[..length].to_owned() });
            length
        } else if rest.starts_with("}}") && open.len() > 1 {
            close(&mut open);
            2
        } else {
            words(&mut open, &rest[..1]);
            1
        };
        rest = &rest[length..];
    }
    words(&mut open, rest);
    // What was never closed is words, with all that stands in it.
    while open.len() > 1
        && let Some(last) = open.pop()
        && let Some(into) = open.last_mut()
    {
        into.pieces.push(Piece::Words(last.written));
        into.pieces.extend(last.pieces);
    }
    open.pop().map(|all| all.pieces).unwrap_or_default()
}

fn words(open: &mut [Open], text: &str) {
    let Some(into) = open.last_mut() else { return };
    match into.pieces.last_mut() {
        Some(Piece::Words(before)) => before.push_str(text),
        _ => into.pieces.push(Piece::Words(text.to_owned())),
    }
}

fn close(open: &mut Vec<Open>) {
    let Some(mut done) = open.pop() else { return };
    // The hint begins in the last words that are the gap's own.
    let mut hint = None;
    if let Some(Piece::Words(last)) = done.pieces.last_mut()
        && let Some((words, said)) = last.clone().split_once("::")
    {
        hint = Some(said.to_owned());
        *last = words.to_owned();
    }
    if let Some(into) = open.last_mut() {
        into.pieces.push(Piece::Gap { numbers: done.numbers, pieces: done.pieces, hint });
    }
}

/// The numbers of a gap that begins here, and the length of what says so. Newer decks give one gap several: `c1,2`.
fn start(text: &str) -> Option<(Vec<u32>, usize)> {
    let behind = text.strip_prefix("{{c")?;
    let (numbers, _) = behind[..behind.floor_char_boundary(18)].split_once("::")?;
    if !numbers.bytes().all(|byte| byte.is_ascii_digit() || byte == b',') {
        return None;
    }
    let all: Option<Vec<u32>> = numbers.split(',').map(|number| number.parse().ok()).collect();
    Some((all.filter(|all| !all.is_empty())?, "{{c::".len() + numbers.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sentence: &str, number: u32, question: &str, answer: &str) {
        assert_eq!(sides(sentence, number), Some((question.into(), answer.into())), "{sentence}");
    }

    #[test]
    fn a_gap_asks_for_its_words_and_shows_the_others() {
        check("{{c1::Paris::city}} is in {{c2::France}}.", 1, "_____ (city) is in France.", "Paris");
        check("{{c1::Paris::city}} is in {{c2::France}}.", 2, "Paris is in _____.", "France");
        check("{{c1::a}} and {{c1::b}}", 1, "_____ and _____", "a, b");
        check("{{c1::outer {{c2::inner}} end}}", 1, "_____", "outer inner end");
        check("{{c1::outer {{c2::inner::h}} end}}", 2, "outer _____ (h) end", "inner");
        check("{{c1,3::x}} {{c2::y}}", 3, "_____ y", "x");
        check("a }} b {{c1::x}}", 1, "a }} b _____", "x");
    }

    #[test]
    fn what_is_no_gap_stays_words() {
        for sentence in ["{{c1::never closed", "{{cx::y}}", "{{c::y}}", "plain", "{{c1:x}}"] {
            assert_eq!(sides(sentence, 1), None, "{sentence}");
            assert_eq!(whole(sentence), sentence);
        }
        assert_eq!(numbers("{{c2::b}} {{c10::x {{c1::y}}}} {{c2::c}}"), [1, 2, 10]);
    }
}
