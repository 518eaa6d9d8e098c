//! Parameters that many operations take.

use serde_json::json;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{KnownFormat, SchemaFormat};
use utoipa::openapi::{ObjectBuilder, RefOr, Required, Schema, Type};

/// What a user or a stream may be called: letters and digits of any alphabet, and a few signs. A pattern cannot say all of that
/// in a way that every engine reads, so it says which signs may not stand in a name.
pub(super) const NAME: &str = r##"^[^\x00-\x20!"#$%&'()*,/;<=>?\[\\\]^`{}~\x7F]+$"##;

/// The same, or nothing.
pub(super) const NAME_OR_NONE: &str = r##"^[^\x00-\x20!"#$%&'()*,/;<=>?\[\\\]^`{}~\x7F]*$"##;

fn parameter(
    place: ParameterIn,
    name: &str,
    what: &str,
    schema: impl Into<RefOr<Schema>>,
) -> ParameterBuilder {
    let required = if place == ParameterIn::Path { Required::True } else { Required::False };
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(required)
        .description(Some(what))
        .schema(Some(schema.into()))
}

/// A UUID in the path. What is none names nothing, so it is not found.
pub(super) fn id(name: &str, what: &str) -> Parameter {
    let uuid = ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)));
    parameter(ParameterIn::Path, name, what, uuid).build()
}

/// A word in the path.
pub(super) fn word(name: &str, what: &str, example: &str) -> Parameter {
    let text = ObjectBuilder::new().schema_type(Type::String);
    parameter(ParameterIn::Path, name, what, text).example(Some(json!(example))).build()
}

/// One of some words in the path.
pub(super) fn one_of(name: &str, what: &str, words: &[&str]) -> Parameter {
    let text = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words.iter().copied()));
    parameter(ParameterIn::Path, name, what, text).build()
}

/// A name in the path.
pub(super) fn name_in_path(name: &str, what: &str, example: &str) -> Parameter {
    parameter(ParameterIn::Path, name, what, named()).example(Some(json!(example))).build()
}

fn named() -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .min_length(Some(1))
        .max_length(Some(128))
        .pattern(Some(NAME))
}

/// `user_id`; an empty one is the same as none.
pub(super) fn user_id() -> Parameter {
    let what = "Where nobody signs in it names the user, else it is your own or absent (403 otherwise).";
    let named =
        ObjectBuilder::new().schema_type(Type::String).max_length(Some(128)).pattern(Some(NAME_OR_NONE));
    parameter(ParameterIn::Query, "user_id", what, named).example(Some(json!("ana"))).build()
}

/// A whole number in the query.
pub(super) fn number(name: &str, what: &str, usual: u32, least: u32, most: u32) -> Parameter {
    let number = ObjectBuilder::new()
        .schema_type(Type::Integer)
        .minimum(Some(least))
        .maximum(Some(most))
        .default(Some(json!(usual)));
    parameter(ParameterIn::Query, name, what, number).build()
}

/// A whole number from 1 in the query.
pub(super) fn number_from_1(name: &str, what: &str, usual: Option<u32>) -> Parameter {
    let number = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).maximum(Some(u32::MAX));
    parameter(ParameterIn::Query, name, what, number.default(usual.map(|usual| json!(usual)))).build()
}

/// How long a list is at most.
pub(super) fn limit(usual: u32) -> Parameter {
    number("limit", "How many at most. More than 100 is the same as 100.", usual, 1, u32::MAX)
}

/// A text in the query that must be there.
pub(super) fn text(name: &str, what: &str, most: usize, example: &str) -> Parameter {
    let text = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(most));
    parameter(ParameterIn::Query, name, what, text)
        .required(Required::True)
        .example(Some(json!(example)))
        .build()
}

/// One of some words in the query; the first is the usual one.
pub(super) fn choice(name: &str, what: &str, words: &[&str]) -> Parameter {
    let text = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words.iter().copied()));
    parameter(ParameterIn::Query, name, what, text.default(words.first().map(|word| json!(word)))).build()
}

/// One of some words in the query, that must be there.
pub(super) fn required_choice(name: &str, what: &str, words: &[&str]) -> Parameter {
    let text = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words.iter().copied()));
    parameter(ParameterIn::Query, name, what, text).required(Required::True).build()
}

/// A text in the query that may be left out, or be empty.
pub(super) fn optional(name: &str, what: &str, example: &str) -> Parameter {
    let text = ObjectBuilder::new().schema_type(Type::String);
    parameter(ParameterIn::Query, name, what, text).example(Some(json!(example))).build()
}

/// The same, of at most so many characters.
pub(super) fn optional_text(name: &str, what: &str, most: usize, example: &str) -> Parameter {
    let text = ObjectBuilder::new().schema_type(Type::String).max_length(Some(most));
    parameter(ParameterIn::Query, name, what, text).example(Some(json!(example))).build()
}

/// A number in the path. What is none names nothing, so it is not found.
pub(super) fn number_in_path(name: &str, what: &str) -> Parameter {
    let number = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).maximum(Some(i32::MAX));
    parameter(ParameterIn::Path, name, what, number).example(Some(json!(1))).build()
}

/// A name in the query that must be there.
pub(super) fn required_name(name: &str, what: &str, example: &str) -> Parameter {
    let named = parameter(ParameterIn::Query, name, what, named()).example(Some(json!(example)));
    named.required(Required::True).build()
}

/// A head.
pub(super) fn head(name: &str, what: &str, text: ObjectBuilder) -> Parameter {
    parameter(ParameterIn::Header, name, what, text.schema_type(Type::String)).build()
}

/// A moment in the query.
pub(super) fn moment(name: &str, what: &str) -> Parameter {
    let format = SchemaFormat::KnownFormat(KnownFormat::DateTime);
    let moment = ObjectBuilder::new().schema_type(Type::String).format(Some(format));
    parameter(ParameterIn::Query, name, what, moment).example(Some(json!("2026-11-01T00:00:00Z"))).build()
}
