//! `GET /admin/settings`: the settings in force. A secret shows only whether it is set.

use std::borrow::Cow;

use askama::Template;

use super::Address;
use crate::Frame;

/// The page of the settings in force.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/config.html")]
pub struct ConfigPage {
    /// What is around it.
    pub frame: Frame,
    /// What is chosen.
    pub address: Address,
    /// The sections of the settings, in the order of the file.
    pub groups: Vec<SettingGroup>,
}

/// A section of the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingGroup {
    /// Its name in the file.
    pub name: String,
    /// What it holds.
    pub settings: Vec<Setting>,
}

/// One setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Its name in the file.
    pub name: String,
    /// What is in force.
    pub value: SettingValue,
    /// What the file says about it (English).
    pub about: String,
}

/// What is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingValue {
    /// This.
    Plain(String),
    /// A secret, and whether it is set.
    Secret(bool),
    /// Nothing.
    Unset,
}

impl ConfigPage {
    fn words(&self, value: &SettingValue) -> Cow<'static, str> {
        match value {
            SettingValue::Plain(value) => Cow::Owned(value.clone()),
            SettingValue::Secret(true) => self.frame.t("admin-secret-set"),
            SettingValue::Secret(false) | SettingValue::Unset => self.frame.t("admin-not-set"),
        }
    }

    fn is_plain(&self, value: &SettingValue) -> bool {
        matches!(value, SettingValue::Plain(_))
    }
}
