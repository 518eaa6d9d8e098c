//! Words: a message as lower-case words without accents, each in its clause. Pure.
//!
//! A hyphen and an apostrophe part words in every language alike ("l'examen", "don't"), so a phrase of the
//! table is read the same way as a message. Han and Hiragana, which have no spaces, are read a character at
//! a time: a phrase is then found wherever its characters follow each other. A run of Katakana is a word.

use std::ops::Range;

/// Of a longer message, this many characters from the start are read …
const HEAD: usize = 400;
/// … and this many from the end: between a wish and its "thank you" lies text that was pasted in.
const TAIL: usize = 300;

/// A message in words.
pub(super) struct Words {
    text: String,
    words: Vec<Word>,
}

/// Where a word lies in the folded text, and in which clause of the message it stands.
struct Word {
    start: usize,
    end: usize,
    clause: u16,
}

impl Words {
    /// Reads the message, of a long one only both ends.
    pub(super) fn read(message: &str) -> Self {
        let mut words =
            Self { text: String::with_capacity(message.len().min(4 * (HEAD + TAIL))), words: vec![] };
        let mut clause = 0;
        let (head, tail) = ends(message);
        for part in [head, tail] {
            words.add(part, &mut clause);
            clause += 1;
        }
        words
    }

    fn add(&mut self, part: &str, clause: &mut u16) {
        let mut last = Script::Gap;
        let mut rest = part.chars().peekable();
        while let Some(c) = rest.next() {
            let Some(c) = fold(c) else { continue };
            let script = match Script::of(c) {
                // "tl;dr", "3.5": the sign stands inside.
                Script::Break
                    if c.is_ascii_punctuation() && rest.peek().is_some_and(|c| c.is_alphanumeric()) =>
                {
                    Script::Gap
                }
                script => script,
            };
            match script {
                Script::Gap => {}
                Script::Break => *clause = clause.saturating_add(1),
                Script::Letter | Script::Katakana if script == last => {
                    self.text.push(c);
                    if let Some(word) = self.words.last_mut() {
                        word.end = self.text.len();
                    }
                }
                _ => {
                    let start = self.text.len();
                    self.text.push(c);
                    self.words.push(Word { start, end: self.text.len(), clause: *clause });
                }
            }
            last = script;
        }
    }

    /// How many words.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The word at `at`, or nothing past the end.
    pub(super) fn get(&self, at: usize) -> Option<&str> {
        self.words.get(at).map(|word| &self.text[word.start..word.end])
    }

    /// The words of a clause.
    pub(super) fn of_clause(&self, clause: u16) -> Range<usize> {
        let start = self.words.partition_point(|word| word.clause < clause);
        start..self.words.partition_point(|word| word.clause <= clause)
    }

    /// The clause of the word at `at`. Clauses are numbered upwards, with gaps.
    pub(super) fn clause(&self, at: usize) -> u16 {
        self.words.get(at).map_or(u16::MAX, |word| word.clause)
    }
}

/// A long message's start and end, without the middle; a short one is all start.
fn ends(message: &str) -> (&str, &str) {
    let place = |count: usize| message.char_indices().nth(count).map(|(at, _)| at);
    if message.len() <= HEAD + TAIL || place(HEAD + TAIL).is_none() {
        return (message, "");
    }
    let head = place(HEAD).unwrap_or(message.len());
    let tail = message.char_indices().rev().nth(TAIL - 1).map_or(head, |(at, _)| at);
    // A word that the cut goes through would be read as two: leave its halves out.
    let letter = |c: char| Script::of(c) == Script::Letter;
    (message[..head].trim_end_matches(letter), message[tail..].trim_start_matches(letter))
}

/// What a character does to the word before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    /// Goes on with the word.
    Letter,
    /// Goes on with a word of Katakana.
    Katakana,
    /// Is a word of its own.
    Alone,
    /// Ends the word.
    Gap,
    /// Ends the word and the clause.
    Break,
}

impl Script {
    fn of(c: char) -> Self {
        match c {
            'a'..='z' | '0'..='9' => Script::Letter,
            ' ' | '\'' | '-' => Script::Gap,
            '.' | ',' | ';' | ':' | '!' | '?' | '\n' | '(' | ')' | '—' | '–' | '…' | '¿' | '¡' | '。'
            | '、' | '،' | '؛' | '؟' | '।' => Script::Break,
            '\u{3041}'..='\u{309F}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' => Script::Alone,
            '\u{30A1}'..='\u{30FA}' | 'ー' => Script::Katakana,
            // The sign that takes a vowel away stands inside a word of Hindi.
            '\u{94D}' => Script::Letter,
            _ if c.is_alphanumeric() => Script::Letter,
            _ => Script::Gap,
        }
    }
}

/// One letter for all the ways to write it: lower case, no accent, plain width; `None` for a mark that only
/// colours the letter before it.
fn fold(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c.to_ascii_lowercase());
    }
    let c = match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    // From Hindi to Han no letter has a case; to ask for it would take most of the time.
    let cased = !('\u{900}'..='\u{9FFF}').contains(&c);
    let c = if cased { c.to_lowercase().next().unwrap_or(c) } else { c };
    Some(match c {
        // Combining accents, zero-width joiners, Arabic vowels and stretching, the Hindi dot.
        '\u{300}'..='\u{36F}' | '\u{200B}'..='\u{200D}' | '\u{64B}'..='\u{652}' | '\u{640}' | '\u{93C}' => {
            return None;
        }
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ß' => 's',
        'ё' => 'е',
        'й' => 'и',
        'أ' | 'إ' | 'آ' => 'ا',
        'ة' => 'ه',
        'ى' => 'ي',
        '\u{958}' => 'क',
        '\u{959}' => 'ख',
        '\u{95A}' => 'ग',
        '\u{95B}' => 'ज',
        '\u{95C}' => 'ड',
        '\u{95D}' => 'ढ',
        '\u{95E}' => 'फ',
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(message: &str, expected: &str) {
        let words = Words::read(message);
        let read: Vec<&str> = (0..words.len()).filter_map(|at| words.get(at)).collect();
        assert_eq!(read.join(" "), expected);
    }

    #[test]
    fn case_accents_and_width_do_not_matter() {
        check("RÉSUMÉ re\u{301}sume\u{301} ＦＩＮＡＬ Prüfung", "resume resume final prufung");
        check("Ещё экзамен", "еще экзамен");
        check("اِخْتَبِرني امتحانًا", "اختبرني امتحانا");
    }

    #[test]
    fn apostrophes_and_hyphens_part_words() {
        check("Don't flash-cards l’examen", "don t flash cards l examen");
    }

    #[test]
    fn a_word_of_hindi_stays_whole() {
        check("मेरे फ्लैशकार्ड क्विज़", "मेरे फ्लैशकार्ड क्विज");
    }

    #[test]
    fn han_and_hiragana_are_read_by_the_character_and_katakana_by_the_run() {
        check("做抽认卡", "做 抽 认 卡");
        check("小テストを作って", "小 テスト を 作 っ て");
    }

    #[test]
    fn marks_that_end_a_sentence_or_part_it_start_a_clause() {
        let words = Words::read("one two, three");
        assert_eq!(words.clause(0), words.clause(1));
        assert!(words.clause(1) < words.clause(2));
    }

    #[test]
    fn of_a_long_message_only_both_ends_are_read() {
        let long = format!("start {} end", "middle-quiz ".repeat(500));
        let words = Words::read(&long);
        assert_eq!((words.get(0), words.get(words.len() - 1)), (Some("start"), Some("end")));
        assert!(words.len() < 130, "{}", words.len());
    }

    #[test]
    fn a_message_of_nothing_has_no_words() {
        check("", "");
        check(" ?! 🎓 ", "");
    }
}
