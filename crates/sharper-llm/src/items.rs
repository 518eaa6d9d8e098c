//! `ItemParser`: finished items out of a JSON array that is still being written.
//!
//! A model's answer grows token by token. The parser looks for the array of a given name, in whatever stands around
//! it (chat, Markdown fences, outer objects), and gives each element the moment its last byte has come. It reads
//! every byte once. What is not closed is never given: a truncated answer ends with one item less, not with half a
//! one. Two slips that models make are mended on the way, line breaks inside strings and commas before a closing
//! bracket; nothing else is guessed.

use serde::de::IgnoredAny;

/// The deepest nesting inside an item.
const DEPTH: usize = 32;
/// The longest item, in bytes.
const ITEM_BYTES: usize = 64 << 10;
/// The most items of one answer.
const ITEMS: usize = 1000;

/// One thing that the parser found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A finished element: valid JSON.
    Item {
        /// The element.
        json: String,
        /// In which array of that name, from 0: an exam has one of questions in each section.
        array: usize,
    },
    /// An element that is finished and is not JSON. It counts as written, and is lost.
    Broken,
}

/// Reads one answer. Give it each piece with `push`; ask at the end how it ended.
#[derive(Debug)]
pub struct ItemParser {
    /// `"name"`, with its quotes.
    key: Vec<u8>,
    place: Place,
    /// The element that has begun.
    item: Vec<u8>,
    /// Open brackets inside the element.
    brackets: Brackets,
    /// Inside a string of the element, and whether its last byte was a backslash.
    string: Option<Escape>,
    arrays: usize,
    items: usize,
    /// Whether a brace has come: after one, an array without a name is not the answer but a part of it.
    brace_seen: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Looking for the key; so many of its bytes have matched.
    Search { matched: usize },
    /// The key has come; a colon, then a bracket must follow.
    Key { colon: bool },
    /// An array without a name has begun, if a brace follows.
    Bare,
    /// In the array, before an element or a comma or its end.
    Between,
    /// In an element that is an object or an array.
    Nested,
    /// In an element that is a string.
    Text,
    /// In an element that is a number or a word.
    Scalar,
    /// Nothing more can be read.
    Lost,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Escape {
    No,
    Yes,
}

/// A stack of open brackets: one bit each, 1 for a brace.
#[derive(Debug, Default)]
struct Brackets {
    kinds: u64,
    depth: usize,
}

impl Brackets {
    fn open(&mut self, brace: bool) -> bool {
        self.kinds = self.kinds << 1 | u64::from(brace);
        self.depth += 1;
        self.depth <= DEPTH
    }

    fn close(&mut self, brace: bool) -> bool {
        let fits = self.depth > 0 && (self.kinds & 1 == 1) == brace;
        self.kinds >>= 1;
        self.depth = self.depth.saturating_sub(1);
        fits
    }
}

impl ItemParser {
    /// Looks for the array of this name, anywhere in the answer, and for as many of it as come. An answer that is a
    /// bare array of objects is read too.
    pub fn new(array: &str) -> Self {
        Self {
            key: format!("\"{array}\"").into_bytes(),
            place: Place::Search { matched: 0 },
            item: Vec::new(),
            brackets: Brackets::default(),
            string: None,
            arrays: 0,
            items: 0,
            brace_seen: false,
        }
    }

    /// Reads the next piece; gives what it finished, in order.
    pub fn push(&mut self, piece: &str) -> Vec<Found> {
        let mut found = Vec::new();
        for &byte in piece.as_bytes() {
            self.read(byte, &mut found);
        }
        found
    }

    /// Whether the answer stood between elements or outside the array when it ended: nothing was cut off.
    pub fn is_whole(&self) -> bool {
        self.arrays > 0 && matches!(self.place, Place::Search { .. } | Place::Key { .. } | Place::Bare)
    }

    /// Elements so far, the broken ones too.
    pub fn count(&self) -> usize {
        self.items
    }

    fn read(&mut self, byte: u8, found: &mut Vec<Found>) {
        match self.place {
            Place::Search { matched } => self.search(matched, byte),
            Place::Key { colon } => self.after_key(colon, byte),
            Place::Bare => match byte {
                b' ' | b'\n' | b'\r' | b'\t' => {}
                b'{' => {
                    self.place = Place::Between;
                    self.between(byte);
                }
                _ => {
                    self.place = Place::Search { matched: 0 };
                    self.search(0, byte);
                }
            },
            Place::Between => self.between(byte),
            Place::Nested => self.nested(byte, found),
            Place::Text => {
                self.in_string(byte);
                if self.string.is_none() {
                    self.give(found);
                }
                self.bound();
            }
            Place::Scalar => match byte {
                b',' | b']' | b' ' | b'\n' | b'\r' | b'\t' => {
                    self.give(found);
                    if self.place == Place::Between {
                        self.between(byte);
                    }
                }
                _ => {
                    self.item.push(byte);
                    self.bound();
                }
            },
            Place::Lost => {}
        }
    }

    fn search(&mut self, matched: usize, byte: u8) {
        let next = match () {
            _ if byte == self.key[matched] => matched + 1,
            // The key's only quotes are its first and last bytes: a match can only begin anew at this very byte.
            _ if byte == self.key[0] => 1,
            _ => 0,
        };
        self.place = match byte {
            _ if next == self.key.len() => Place::Key { colon: false },
            b'[' if !self.brace_seen && self.arrays == 0 => Place::Bare,
            _ => Place::Search { matched: next },
        };
        self.brace_seen |= byte == b'{';
    }

    fn after_key(&mut self, colon: bool, byte: u8) {
        self.place = match (byte, colon) {
            (b' ' | b'\n' | b'\r' | b'\t', _) => Place::Key { colon },
            (b':', false) => Place::Key { colon: true },
            (b'[', true) => Place::Between,
            _ => {
                self.brace_seen |= byte == b'{';
                Place::Search { matched: usize::from(byte == b'"') }
            }
        };
    }

    fn between(&mut self, byte: u8) {
        match byte {
            b' ' | b'\n' | b'\r' | b'\t' | b',' => self.place = Place::Between,
            b']' => {
                self.arrays += 1;
                self.place = Place::Search { matched: 0 };
            }
            b'{' | b'[' => {
                self.place = Place::Nested;
                self.brackets = Brackets::default();
                self.brackets.open(byte == b'{');
                self.item.push(byte);
            }
            b'"' => {
                self.place = Place::Text;
                self.string = Some(Escape::No);
                self.item.push(byte);
            }
            // Nothing that an array could go on with.
            b'}' | b':' => self.lose(),
            _ => {
                self.place = Place::Scalar;
                self.item.push(byte);
            }
        }
    }

    fn nested(&mut self, byte: u8, found: &mut Vec<Found>) {
        if self.string.is_some() {
            self.in_string(byte);
            return self.bound();
        }
        match byte {
            b'"' => self.string = Some(Escape::No),
            b'{' | b'[' if !self.brackets.open(byte == b'{') => return self.lose(),
            b'}' | b']' if !self.brackets.close(byte == b'}') => return self.lose(),
            b'}' | b']' => self.drop_last_comma(),
            _ => {}
        }
        self.item.push(byte);
        if self.brackets.depth == 0 {
            self.give(found);
        }
        self.bound();
    }

    fn in_string(&mut self, byte: u8) {
        self.string = match (self.string, byte) {
            (Some(Escape::Yes), _) => Some(Escape::No),
            (_, b'\\') => Some(Escape::Yes),
            (_, b'"') => None,
            _ => Some(Escape::No),
        };
        match byte {
            b'\n' => self.item.extend_from_slice(b"\\n"),
            b'\t' => self.item.extend_from_slice(b"\\t"),
            b'\r' => self.item.extend_from_slice(b"\\r"),
            _ => self.item.push(byte),
        }
    }

    /// Takes a comma that stands before a closing bracket out again.
    fn drop_last_comma(&mut self) {
        let last = self.item.iter().rposition(|b| !b.is_ascii_whitespace());
        if let Some(last) = last.filter(|&last| self.item[last] == b',') {
            self.item.truncate(last);
        }
    }

    /// The element is finished.
    fn give(&mut self, found: &mut Vec<Found>) {
        self.items += 1;
        let item = String::from_utf8(std::mem::take(&mut self.item)).ok();
        let valid = item.filter(|json| serde_json::from_str::<IgnoredAny>(json).is_ok());
        found.push(valid.map_or(Found::Broken, |json| Found::Item { json, array: self.arrays }));
        self.place = if self.items < ITEMS { Place::Between } else { Place::Lost };
    }

    fn bound(&mut self) {
        if self.item.len() > ITEM_BYTES {
            self.lose();
        }
    }

    fn lose(&mut self) {
        self.place = Place::Lost;
        self.item = Vec::new();
    }
}

/// The first JSON object in an answer that should be one, whatever stands around it: chat or Markdown fences.
/// `None` when there is none, or it is not closed, or it is not JSON.
pub fn object_in(answer: &str) -> Option<&str> {
    /// Braces of the chat that are passed over before the object must come: bounds the work.
    const TRIES: usize = 16;
    for (start, _) in answer.match_indices('{').take(TRIES) {
        let mut values = serde_json::Deserializer::from_str(&answer[start..]).into_iter::<IgnoredAny>();
        match values.next() {
            Some(Ok(_)) => return answer.get(start..start + values.byte_offset()),
            Some(Err(error)) if error.is_syntax() => {}
            // Not closed, or too deep: what stands inside it is not the answer.
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn parse(array: &str, pieces: &[&str]) -> (Vec<Found>, ItemParser) {
        let mut parser = ItemParser::new(array);
        let found = pieces.iter().flat_map(|piece| parser.push(piece)).collect();
        (found, parser)
    }

    /// The items of `cards` in an answer, as JSON.
    fn items(answer: &str) -> Vec<Value> {
        let (found, _) = parse("cards", &[answer]);
        let json = |found: &Found| match found {
            Found::Item { json, .. } => serde_json::from_str(json).unwrap(),
            Found::Broken => json!("broken"),
        };
        found.iter().map(json).collect()
    }

    fn check(answer: &str, expected: Value) {
        assert_eq!(Value::Array(items(answer)), expected, "{answer}");
    }

    #[test]
    fn items_are_the_elements_of_the_named_array() {
        check(r#"{"n":[9],"cards":[{"q":"a"},{"q":"b"}],"total":2}"#, json!([{"q": "a"}, {"q": "b"}]));
        check(r#"{ "x": {"cards" : [ {"q":"a"} ] } }"#, json!([{"q": "a"}]));
        check(r#"{"cards":[]}"#, json!([]));
        check(r#"{"cards":{"q":"a"}}"#, json!([]));
    }

    #[test]
    fn an_item_is_given_with_its_last_byte() {
        let mut parser = ItemParser::new("cards");
        assert!(parser.push(r#"{"cards":[{"q":"a","l":[{"x":"}"}]"#).is_empty());
        assert_eq!(parser.push("}").len(), 1);
    }

    #[test]
    fn a_truncated_item_is_never_given() {
        let whole = r#"{"cards":[{"q":"a"},{"q":"b"}]}"#;
        for cut in 0..whole.len() {
            let (found, parser) = parse("cards", &[&whole[..cut]]);
            assert_eq!(found.len(), usize::from(cut >= 19) + usize::from(cut >= 29), "{}", &whole[..cut]);
            assert_eq!(parser.is_whole(), cut >= 30);
        }
    }

    #[test]
    fn fences_and_chat_around_it_are_no_matter() {
        let answer = "Sure! Here's your \"set\" of cards: {hm}\n```json\n{\"cards\": [\n{\"q\": \"a\"}]}\n```\nEnjoy [it]!";
        check(answer, json!([{"q": "a"}]));
        check(r#"{Of 5" and 6""cards":[{"q":"a"}]"#, json!([{"q": "a"}]));
    }

    #[test]
    fn a_bare_array_of_objects_is_read_but_not_one_of_the_chat() {
        check("```json\n[ {\"q\":\"a\"},\n{\"q\":\"b\"}]\n```", json!([{"q": "a"}, {"q": "b"}]));
        check(r#"As [1] says: {"tags":[{"t":1}],"cards":[{"q":"a"}]}"#, json!([{"q": "a"}]));
    }

    #[test]
    fn brackets_quotes_and_keys_inside_strings_mean_nothing() {
        let cards = json!({"t": "\"cards\":[{}]", "cards": [{"q": "}]\" {[ \\", "a": "\"cards\":[1]"}]});
        check(&cards.to_string(), cards["cards"].clone());
    }

    #[test]
    fn every_array_of_the_name_is_read_and_told_apart() {
        let exam = r#"{"sections":[{"cards":[{"q":1},{"q":2}]},{"cards":[{"q":3}]}]}"#;
        let (found, _) = parse("cards", &[exam]);
        let arrays: Vec<usize> = found
            .iter()
            .map(|found| match found {
                Found::Item { array, .. } => *array,
                Found::Broken => usize::MAX,
            })
            .collect();
        assert_eq!(arrays, [0, 0, 1]);
    }

    #[test]
    fn elements_may_be_of_any_kind() {
        check(r#"{"cards":["a, ]", 1.5 ,true,[1,[2]],null]}"#, json!(["a, ]", 1.5, true, [1, [2]], null]));
    }

    #[test]
    fn line_breaks_in_strings_and_commas_before_brackets_are_mended() {
        check("{\"cards\":[{\"q\":\"a\n\tb\",},{\"l\":[1, ] , },]}", json!([{"q": "a\n\tb"}, {"l": [1]}]));
    }

    #[test]
    fn what_is_closed_but_not_json_is_broken_and_the_next_is_read() {
        check(r#"{"cards":[{q:"a"},{"q":"b"},nope]}"#, json!(["broken", {"q": "b"}, "broken"]));
    }

    #[test]
    fn brackets_that_do_not_match_end_the_reading() {
        check(r#"{"cards":[{"q":"a"},{"q":"b"],{"q":"c"}]}"#, json!([{"q": "a"}]));
        assert!(!parse("cards", &[r#"{"cards":[{"q":"b"]"#]).1.is_whole());
    }

    #[test]
    fn depth_length_and_number_are_bounded() {
        let deep = |n: usize| format!("{{\"cards\":[{}1{}]}}", "[".repeat(n), "]".repeat(n));
        assert_eq!(items(&deep(DEPTH)).len(), 1);
        assert_eq!(items(&deep(DEPTH + 1)).len(), 0);
        assert_eq!(items(&format!("{{\"cards\":[\"{}\"]}}", "x".repeat(ITEM_BYTES))).len(), 0);
        assert_eq!(items(&format!("{{\"cards\":[{}]}}", "1,".repeat(ITEMS + 5))).len(), ITEMS);
    }

    #[test]
    fn an_object_is_found_in_chat_and_fences() {
        assert_eq!(object_in("Verdict:\n```json\n{\"ok\": true}\n```"), Some("{\"ok\": true}"));
        assert_eq!(object_in("{hm} {\"a\":{}} {\"b\":1}"), Some("{\"a\":{}}"));
        for none in ["", "no", "{\"ok\": tr", "{\"ok\": true", "[1]"] {
            assert_eq!(object_in(none), None, "{none}");
        }
    }

    /// JSON values a few levels deep, with strings that hold what the parser must not be misled by.
    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            "[a-z\"\\\\{}\\[\\],: \né光]{0,12}".prop_map(Value::from),
            Just(json!("\"cards\":[{")),
        ];
        leaf.prop_recursive(3, 16, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                proptest::collection::vec(("[a-z]{1,4}", inner), 0..4)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_cut_of_any_answer_gives_the_items_that_a_json_parser_finds(
            before in value(),
            cards in proptest::collection::vec(value(), 0..6),
            pretty: bool,
            cuts in proptest::collection::vec(0usize..400, 0..10),
        ) {
            // A value inside "before" may itself be the key's text, never the key.
            let answer = json!({"before": before, "cards": cards});
            let text = if pretty { serde_json::to_string_pretty(&answer) } else { serde_json::to_string(&answer) };
            let text = text.unwrap();
            let mut cuts: Vec<usize> = cuts.iter().map(|&cut| text.floor_char_boundary(cut)).collect();
            cuts.extend([0, text.len()]);
            cuts.sort_unstable();
            let pieces: Vec<&str> = cuts.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect();
            let (found, parser) = parse("cards", &pieces);
            let found: Vec<Value> = found
                .iter()
                .map(|found| match found {
                    Found::Item { json, .. } => serde_json::from_str(json).unwrap(),
                    Found::Broken => json!("broken"),
                })
                .collect();
            prop_assert_eq!(found, cards);
            prop_assert!(parser.is_whole());
        }

        #[test]
        fn no_text_makes_it_panic_or_give_what_is_not_json(text in "[\"cards:\\[\\]{},\\\\ a1\n]{0,80}") {
            for found in parse("cards", &[&text]).0 {
                if let Found::Item { json, .. } = found {
                    prop_assert!(serde_json::from_str::<Value>(&json).is_ok());
                }
            }
        }
    }
}
