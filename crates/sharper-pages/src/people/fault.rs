//! Why a form about a person could not be taken, in the words of the page, and the field that it is about.

use std::borrow::Cow;

use crate::Frame;

/// Why a form could not be taken. What was typed comes back with it, but never a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormFault {
    /// No account has this address and password. Which of the two is wrong is not said.
    SignIn,
    /// The administrator's token is another one.
    AdminToken,
    /// This is not an e-mail address.
    Address,
    /// This address cannot be used to register.
    AddressTaken,
    /// The password is too short; so many characters are the fewest.
    PasswordShort(u32),
    /// The password is longer than is taken; so many characters are the most.
    PasswordLong(u32),
    /// The password is among those that are tried first, or is the address itself.
    PasswordCommon,
    /// The password in use is another one.
    PasswordWrong,
    /// An account of a child needs a guardian's address.
    GuardianMissing,
    /// The guardian's address is the child's own.
    GuardianSame,
    /// Nobody new is taken here.
    Closed,
    /// A link is too old, was used already, or never was one.
    Link,
    /// Nobody under 13 is taken here.
    NoChildren,
    /// Too many attempts; it opens again in so many seconds.
    TooMany(u64),
    /// The name of a token is missing or too long.
    TokenName,
    /// As many tokens as one person may have.
    TokensFull,
    /// What was to be typed to confirm is another word.
    NotConfirmed,
}

impl FormFault {
    /// The name of the field that it is about; `None` for the form as a whole.
    pub fn field(self) -> Option<&'static str> {
        match self {
            Self::Address | Self::AddressTaken => Some("email"),
            Self::PasswordShort(_) | Self::PasswordLong(_) | Self::PasswordCommon => Some("new_password"),
            Self::PasswordWrong => Some("password"),
            Self::GuardianMissing | Self::GuardianSame => Some("guardian_email"),
            Self::TokenName => Some("name"),
            Self::NotConfirmed => Some("confirm"),
            Self::AdminToken => Some("token"),
            Self::SignIn
            | Self::NoChildren
            | Self::Closed
            | Self::Link
            | Self::TooMany(_)
            | Self::TokensFull => None,
        }
    }

    /// What happened, and what to do.
    pub(crate) fn words(self, frame: &Frame) -> Cow<'static, str> {
        let locale = frame.locale;
        match self {
            Self::SignIn => locale.t("people-fault-sign-in"),
            Self::AdminToken => locale.t("people-fault-admin-token"),
            Self::Address => locale.t("people-fault-address"),
            Self::AddressTaken => locale.t("people-fault-address-taken"),
            Self::PasswordShort(least) => locale.n("people-fault-password-short", least),
            Self::PasswordLong(most) => locale.n("people-fault-password-long", most),
            Self::PasswordCommon => locale.t("people-fault-password-common"),
            Self::PasswordWrong => locale.t("people-fault-password-wrong"),
            Self::GuardianMissing => locale.t("people-fault-guardian-missing"),
            Self::GuardianSame => locale.t("people-fault-guardian-same"),
            Self::Closed => locale.t("people-fault-closed"),
            Self::Link => locale.t("people-fault-link"),
            Self::NoChildren => locale.t("people-fault-no-children"),
            Self::TooMany(seconds) => locale.n("people-fault-too-many", seconds.div_ceil(60).max(1)),
            Self::TokenName => locale.t("people-fault-token-name"),
            Self::TokensFull => locale.t("people-fault-tokens-full"),
            Self::NotConfirmed => locale.t("people-fault-not-confirmed"),
        }
    }
}

/// Whether the fault, where there is one, is about this field.
pub(crate) fn about(fault: Option<FormFault>, field: &str) -> bool {
    fault.and_then(FormFault::field) == Some(field)
}
