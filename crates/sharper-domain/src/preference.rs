//! Preferences: what a student chose about how things are made for them, and where nothing was chosen what is learned.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{DifficultyChoice, QuestionKind, SummaryLength, SummaryStyle};

/// Most cards a day that can be chosen.
pub const DAILY_CARDS_MAX: u32 = 1_000;

/// How much is said on each thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Detail {
    /// Only what matters most.
    Brief,
    /// As usual.
    Normal,
    /// Everything that the notes give.
    Thorough,
}

impl Detail {
    /// All of them, from little to much.
    pub const ALL: [Detail; 3] = [Detail::Brief, Detail::Normal, Detail::Thorough];

    /// The word of the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Detail::Brief => "brief",
            Detail::Normal => "normal",
            Detail::Thorough => "thorough",
        }
    }
}

impl FromStr for Detail {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        Detail::ALL.into_iter().find(|detail| detail.as_str() == word).ok_or(())
    }
}

/// The tag of a language that material may be in, such as `en` or `pt-BR`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, pattern = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$")]
pub struct LanguageTag(String);

impl LanguageTag {
    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its language without script or region.
    pub fn language(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }
}

impl FromStr for LanguageTag {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (language, rest) = text.split_once('-').map_or((text, None), |(first, rest)| (first, Some(rest)));
        let is_language =
            (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase());
        let is_part =
            |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        if is_language && rest.is_none_or(is_part) {
            Ok(Self(text.to_owned()))
        } else {
            Err("must be the tag of a language, such as en or pt-BR")
        }
    }
}

impl TryFrom<String> for LanguageTag {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<LanguageTag> for String {
    fn from(tag: LanguageTag) -> Self {
        tag.0
    }
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a student chose. What is `None` was left to what is learned, and to the usual.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Preferences {
    /// How hard.
    pub difficulty: Option<DifficultyChoice>,
    /// How many items a request makes that does not say.
    #[schema(minimum = 1, maximum = 200)]
    pub count: Option<u32>,
    /// Which questions a quiz asks.
    pub question_types: Option<Vec<QuestionKind>>,
    /// How long a summary is.
    pub summary_length: Option<SummaryLength>,
    /// Which shape a summary has.
    pub summary_style: Option<SummaryStyle>,
    /// The language to write in where the notes are in several.
    pub language: Option<LanguageTag>,
    /// How much is said on each thing.
    pub detail: Option<Detail>,
    /// Cards that they mean to study a day: no request makes more that does not say how many.
    #[schema(minimum = 1, maximum = 1000)]
    pub daily_cards: Option<u32>,
    /// Their time zone, by its IANA name; days begin and end in it. Without one, UTC.
    pub time_zone: Option<String>,
}

impl Preferences {
    /// The time zone, UTC where none was chosen or this machine does not know it.
    pub fn zone(&self) -> jiff::tz::TimeZone {
        let named = self.time_zone.as_deref().and_then(|name| jiff::tz::TimeZone::get(name).ok());
        named.unwrap_or(jiff::tz::TimeZone::UTC)
    }
}

/// Whether this machine knows a time zone by this name.
pub fn is_time_zone(name: &str) -> bool {
    name.len() <= 64 && jiff::tz::TimeZone::get(name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_a_tag() {
        for tag in ["en", "pt-BR", "zh-Hant", "gsw"] {
            assert_eq!(tag.parse::<LanguageTag>().unwrap().as_str(), tag);
        }
        for text in ["", "e", "EN", "english", "en-", "en_GB", "en-GB-x", "<b>"] {
            assert!(text.parse::<LanguageTag>().is_err(), "{text}");
        }
    }

    #[test]
    fn what_was_kept_without_a_field_is_read_as_if_it_was_not_chosen() {
        let read: Preferences = serde_json::from_str(r#"{"detail":"brief","gone":1}"#).unwrap();
        assert_eq!(read, Preferences { detail: Some(Detail::Brief), ..Preferences::default() });
    }

    #[test]
    fn a_day_begins_where_the_student_is_and_in_utc_where_that_is_not_known() {
        let zone = |name: &str| Preferences { time_zone: Some(name.into()), ..Preferences::default() }.zone();
        assert!(is_time_zone("Europe/Berlin") && !is_time_zone("Mars/Olympus"));
        assert_eq!(zone("Asia/Tokyo").iana_name(), Some("Asia/Tokyo"));
        assert_eq!(zone("Mars/Olympus"), jiff::tz::TimeZone::UTC);
    }
}
