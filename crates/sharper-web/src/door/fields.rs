//! Fields: a JSON object read field by field, with every one that is wrong named at once.

use std::ops::RangeInclusive;
use std::str::FromStr;

use serde_json::{Map, Value};
use sharper_domain::{FieldError, Problem, visible_line, visible_lines};

/// The fields of a body, and what was found wrong with them so far.
pub(crate) struct Fields<'v> {
    object: Option<&'v Map<String, Value>>,
    errors: Vec<FieldError>,
}

impl<'v> Fields<'v> {
    /// The fields of `body`, which must be an object.
    pub(crate) fn of(body: &'v Value) -> Self {
        let object = body.as_object();
        let errors = match object {
            Some(_) => Vec::new(),
            None => vec![FieldError::new("", "must be a JSON object")],
        };
        Self { object, errors }
    }

    /// Says that a field is wrong.
    pub(crate) fn wrong<T>(&mut self, name: &str, detail: impl Into<String>) -> Option<T> {
        self.errors.push(FieldError::new(format!("/{name}"), detail));
        None
    }

    /// Whether the field is there, even as null.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.object.is_some_and(|object| object.contains_key(name))
    }

    /// A field as it stands. Null is the same as absent.
    pub(crate) fn value(&self, name: &str) -> Option<&'v Value> {
        self.object?.get(name).filter(|value| !value.is_null())
    }

    /// A field that must be there.
    pub(crate) fn required(&mut self, name: &str) -> Option<&'v Value> {
        match self.value(name) {
            None if self.object.is_some() => self.wrong(name, "is required"),
            value => value,
        }
    }

    /// A text.
    pub(crate) fn text(&mut self, name: &str) -> Option<&'v str> {
        match self.value(name)? {
            Value::String(text) => Some(text),
            _ => self.wrong(name, "must be a string"),
        }
    }

    /// A text that must be there and say something.
    pub(crate) fn required_text(&mut self, name: &str) -> Option<&'v str> {
        self.required(name)?;
        match self.text(name)? {
            text if text.trim().is_empty() => self.wrong(name, "must not be empty"),
            text => Some(text),
        }
    }

    /// A line of at most `most` characters, as it was sent, without what cannot be seen; `None` where nothing is left.
    pub(crate) fn line(&mut self, name: &str, most: usize) -> Option<String> {
        let text = self.text(name)?;
        match text.chars().count() {
            n if n > most => self.wrong(name, format!("must be at most {most} characters long, not {n}")),
            _ => Some(visible_line(text)).filter(|line| !line.is_empty()),
        }
    }

    /// A line that must be there and say something.
    pub(crate) fn required_line(&mut self, name: &str, most: usize) -> Option<String> {
        match self.required_text(name).map(visible_line)? {
            line if line.is_empty() => self.wrong(name, "must hold something that can be seen"),
            _ => self.line(name, most),
        }
    }

    /// A text of several lines and at most `most` characters, without what cannot be seen; `None` where nothing is left.
    pub(crate) fn lines(&mut self, name: &str, most: usize) -> Option<String> {
        let text = self.text(name)?;
        match text.chars().count() {
            n if n > most => self.wrong(name, format!("must be at most {most} characters long, not {n}")),
            _ => Some(visible_lines(text)).filter(|text| !text.is_empty()),
        }
    }

    /// The same, that must be there and say something.
    pub(crate) fn required_lines(&mut self, name: &str, most: usize) -> Option<String> {
        match self.required_text(name).map(visible_lines)? {
            text if text.is_empty() => self.wrong(name, "must hold something that can be seen"),
            _ => self.lines(name, most),
        }
    }

    /// A whole number within `range`.
    pub(crate) fn number(&mut self, name: &str, range: RangeInclusive<u32>) -> Option<u32> {
        let number = self.value(name)?.as_u64().and_then(|number| u32::try_from(number).ok());
        match number.filter(|number| range.contains(number)) {
            None => {
                self.wrong(name, format!("must be a whole number from {} to {}", range.start(), range.end()))
            }
            number => number,
        }
    }

    /// Yes or no.
    pub(crate) fn flag(&mut self, name: &str) -> Option<bool> {
        match self.value(name)? {
            Value::Bool(flag) => Some(*flag),
            _ => self.wrong(name, "must be true or false"),
        }
    }

    /// A text that is something: a UUID, a word of a list.
    pub(crate) fn parsed<T: FromStr>(&mut self, name: &str, what: &str) -> Option<T> {
        let text = self.text(name)?;
        text.parse().map_err(|_| self.wrong::<()>(name, format!("must be {what}"))).ok()
    }

    /// Everything found wrong, as one problem.
    pub(crate) fn done(self) -> Result<(), Problem> {
        if self.errors.is_empty() { Ok(()) } else { Err(Problem::invalid(self.errors)) }
    }
}

/// A whole number of a query, `usual` where the query does not say.
pub(crate) fn number_of(
    text: Option<&str>,
    name: &str,
    usual: u32,
    range: RangeInclusive<u32>,
) -> Result<u32, Problem> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(usual) };
    text.parse().ok().filter(|number| range.contains(number)).ok_or_else(|| {
        let detail = format!("must be a whole number from {} to {}", range.start(), range.end());
        Problem::invalid(vec![FieldError::new(format!("/{name}"), detail)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let body = json!({"title": "x".repeat(9), "text": "  ", "rating": 6, "id": "no", "name": 3, "unseen": "\u{202e}"});
        let mut fields = Fields::of(&body);
        assert_eq!(fields.line("title", 8), None);
        assert_eq!(fields.required_text("text"), None);
        assert_eq!(fields.number("rating", 1..=5), None);
        assert_eq!(fields.parsed::<uuid::Uuid>("id", "a UUID"), None);
        assert_eq!(fields.required_line("name", 8), None);
        assert_eq!(fields.required_line("unseen", 8), None);
        assert_eq!(fields.required("missing"), None);
        let problem = fields.done().unwrap_err();
        let pointers: Vec<&str> = problem.errors.iter().map(|error| error.pointer.as_str()).collect();
        assert_eq!(pointers, ["/title", "/text", "/rating", "/id", "/name", "/unseen", "/missing"]);
    }

    #[test]
    fn what_is_absent_or_null_is_no_error_where_nothing_is_required() {
        let body = json!({"title": null, "line": "  "});
        let mut fields = Fields::of(&body);
        assert_eq!((fields.line("title", 8), fields.line("line", 8)), (None, None));
        assert_eq!((fields.number("rating", 1..=5), fields.has("title")), (None, true));
        assert_eq!(fields.line("line", 1), None);
        assert_eq!(fields.done().unwrap_err().errors.len(), 1, "white space counts");
        assert_eq!(Fields::of(&json!([])).done().unwrap_err().errors.len(), 1);
    }

    #[test]
    fn a_number_of_a_query_is_within_its_range() {
        assert_eq!(number_of(None, "top_k", 5, 1..=50), Ok(5));
        assert_eq!(number_of(Some("7"), "top_k", 5, 1..=50), Ok(7));
        for wrong in ["0", "51", "-1", "many", "1.5", "99999999999"] {
            assert!(number_of(Some(wrong), "top_k", 5, 1..=50).is_err());
        }
    }
}
