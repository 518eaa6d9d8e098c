//! `GET /settings/devices`: where one is signed in.

use std::borrow::Cow;

use askama::Template;
use sharper_domain::Timestamp;

use super::TABS;
use crate::Frame;

/// The page of the devices.
#[derive(Debug, Clone, Template)]
#[template(path = "settings/devices.html")]
pub struct DevicesPage {
    /// What is around it.
    pub frame: Frame,
    /// Where they are signed in, the last used first.
    pub devices: Vec<Device>,
}

/// A place where they are signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// By which it is ended; not the secret of the session.
    pub id: String,
    /// What is known of it: `Firefox, Linux`. Empty when nothing is.
    pub name: String,
    /// When it signed in.
    pub created_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
    /// Whether it is the one that asks.
    pub this: bool,
}

impl DevicesPage {
    fn tab(&self) -> &'static str {
        "settings-devices"
    }

    fn name(&self, device: &Device) -> Cow<'static, str> {
        match device.name.as_str() {
            "" => self.frame.t("settings-device-unknown"),
            name => Cow::Owned(name.to_owned()),
        }
    }

    fn line(&self, device: &Device) -> Cow<'static, str> {
        let seen = self.frame.ago(device.seen_at);
        let since = self.frame.ago(device.created_at);
        let values = [("seen", seen.as_ref().into()), ("since", since.as_ref().into())];
        self.frame.locale.with("settings-device-line", &values)
    }
}
