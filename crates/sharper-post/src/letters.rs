//! A letter, and what is done with it where no SMTP is set.

/// A letter to one person, in plain text.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// Whose address it goes to.
    pub to: String,
    /// What it is about.
    pub subject: String,
    /// What it says.
    pub text: String,
}

/// Says that there is a letter, never to whom or what it says.
impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mail(…)")
    }
}

/// Writes a letter to the log, in the place of sending it.
pub(crate) fn write_down(mail: &Mail) {
    tracing::info!(
        to = mail.to,
        subject = mail.subject,
        "a letter, written here because no SMTP is set: {}",
        mail.text
    );
}
