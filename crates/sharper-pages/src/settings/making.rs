//! `GET /settings/making`: how things are made for the student: language, difficulty, detail, cards a day, time zone.

use std::borrow::Cow;

use askama::Template;
use sharper_domain::preference::DAILY_CARDS_MAX;
use sharper_domain::{Detail, DifficultyChoice, Preferences, SummaryLength};

use super::TABS;
use crate::Frame;

/// The page of how things are made.
#[derive(Debug, Clone, Template)]
#[template(path = "settings/making.html")]
pub struct MakingPage {
    /// What is around it.
    pub frame: Frame,
    /// What was chosen.
    pub chosen: Preferences,
    /// What was learned from feedback: the level, and from how many opinions.
    pub learned: Option<(DifficultyChoice, u32)>,
    /// Whether it was kept just now.
    pub kept: bool,
    /// The field that cannot be so.
    pub wrong: Option<&'static str>,
}

/// Languages that are offered: tag and own name.
pub const LANGUAGES: [(&str, &str); 14] = [
    ("en", "English"),
    ("es", "Español"),
    ("de", "Deutsch"),
    ("fr", "Français"),
    ("it", "Italiano"),
    ("pt", "Português"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("tr", "Türkçe"),
    ("ru", "Русский"),
    ("zh", "中文"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("ar", "العربية"),
];

/// Time zones that are suggested; any other may be typed.
pub const ZONES: [&str; 24] = [
    "UTC",
    "Pacific/Auckland",
    "Australia/Sydney",
    "Asia/Tokyo",
    "Asia/Seoul",
    "Asia/Shanghai",
    "Asia/Singapore",
    "Asia/Kolkata",
    "Asia/Dubai",
    "Africa/Nairobi",
    "Africa/Cairo",
    "Africa/Lagos",
    "Europe/Istanbul",
    "Europe/Athens",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/Madrid",
    "Europe/London",
    "America/Sao_Paulo",
    "America/New_York",
    "America/Chicago",
    "America/Mexico_City",
    "America/Los_Angeles",
    "Pacific/Honolulu",
];

/// How much is said, and the key of its name.
pub const DETAILS: [(Detail, &str); 3] = [
    (Detail::Brief, "settings-detail-brief"),
    (Detail::Normal, "settings-detail-normal"),
    (Detail::Thorough, "settings-detail-thorough"),
];

const LEVELS: [(DifficultyChoice, &str); 4] = [
    (DifficultyChoice::Adaptive, "settings-difficulty-adaptive"),
    (DifficultyChoice::Easy, "difficulty-easy"),
    (DifficultyChoice::Medium, "difficulty-medium"),
    (DifficultyChoice::Hard, "difficulty-hard"),
];

const LENGTHS: [(SummaryLength, &str); 3] = [
    (SummaryLength::Short, "settings-length-short"),
    (SummaryLength::Medium, "settings-length-medium"),
    (SummaryLength::Long, "settings-length-long"),
];

impl MakingPage {
    fn tab(&self) -> &'static str {
        "settings-making"
    }

    fn languages(&self) -> Vec<(&'static str, &'static str, bool)> {
        let chosen = self.chosen.language.as_ref().map(|tag| tag.as_str());
        LANGUAGES.map(|(tag, name)| (tag, name, chosen == Some(tag))).to_vec()
    }

    fn levels(&self) -> Vec<(&'static str, &'static str, bool)> {
        LEVELS.map(|(level, key)| (level.as_str(), key, self.chosen.difficulty == Some(level))).to_vec()
    }

    fn details(&self) -> Vec<(&'static str, &'static str, bool)> {
        DETAILS.map(|(detail, key)| (detail.as_str(), key, self.chosen.detail == Some(detail))).to_vec()
    }

    fn lengths(&self) -> Vec<(&'static str, &'static str, bool)> {
        LENGTHS
            .map(|(length, key)| (length.as_str(), key, self.chosen.summary_length == Some(length)))
            .to_vec()
    }

    fn number(&self, number: &Option<u32>) -> String {
        number.map(|number| number.to_string()).unwrap_or_default()
    }

    fn zone(&self) -> &str {
        self.chosen.time_zone.as_deref().unwrap_or_default()
    }

    fn is_wrong(&self, field: &str) -> bool {
        self.wrong == Some(field)
    }

    fn learned_line(&self) -> Option<Cow<'static, str>> {
        let (level, count) = self.learned?;
        let (_, key) = LEVELS.into_iter().find(|(other, _)| *other == level)?;
        let level = self.frame.t(key);
        let values = [("level", level.as_ref().into()), ("count", count.into())];
        Some(self.frame.locale.with("settings-learned", &values))
    }
}
