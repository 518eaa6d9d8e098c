//! Settings: what a student decides about themselves. Six short pages under one heading.

mod account;
mod devices;
mod making;
mod privacy;
mod studying;
mod tokens;

pub use account::{AccountNews, AccountPage};
pub use devices::{Device, DevicesPage};
pub use making::{DETAILS, LANGUAGES, MakingPage, ZONES};
pub use privacy::{Kept, PrivacyPage};
pub use studying::{StudyNews, StudyingPage};
pub use tokens::{Token, TokensPage};

/// The pages of the settings: address and message key, in the order of their tabs.
const TABS: [(&str, &str); 6] = [
    ("/settings", "settings-account"),
    ("/settings/making", "settings-making"),
    ("/settings/study", "settings-study"),
    ("/settings/devices", "settings-devices"),
    ("/settings/tokens", "settings-tokens"),
    ("/settings/privacy", "settings-privacy"),
];
