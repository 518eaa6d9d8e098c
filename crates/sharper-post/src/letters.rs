//! Letters: sent by SMTP with three tries, or written to the log where no SMTP is set.

use std::fmt;
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::PostSettings;

/// How long one try may take.
const TRY: Duration = Duration::from_secs(20);
/// Pauses before the second and the third try.
const PAUSES: [Duration; 2] =
    if cfg!(test) { [Duration::ZERO; 2] } else { [Duration::from_secs(2), Duration::from_secs(10)] };

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
impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mail(…)")
    }
}

/// Whether this is an e-mail address: `name@host` (RFC 5321), at most 254 bytes.
pub fn is_address(text: &str) -> bool {
    text.len() <= 254 && text.parse::<Address>().is_ok()
}

/// What becomes of letters.
pub(crate) enum Letterbox {
    /// They are sent.
    Smtp { from: Mailbox, transport: Box<AsyncSmtpTransport<Tokio1Executor>> },
    /// They are written to the log.
    Log,
}

impl Letterbox {
    /// As the settings say. An error says which is wrong.
    pub(crate) fn new(settings: &PostSettings) -> Result<Self, String> {
        if !settings.sends() {
            return Ok(Letterbox::Log);
        }
        settings.check()?;
        let from = settings.from.parse::<Mailbox>().map_err(|_| {
            "MAIL_FROM must say whom letters are from: Study Sharper <study@example.org>".to_owned()
        })?;
        // The library's error may hold the address with its password.
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(settings.smtp_url.expose())
            .map_err(|_| "SMTP_URL must look like smtps://user:password@host:465".to_owned())?;
        Ok(Letterbox::Smtp { from, transport: Box::new(transport.timeout(Some(TRY)).build()) })
    }

    /// Sends a letter or writes it down. What cannot be sent is told to the log, without what it says.
    pub(crate) async fn deliver(&self, mail: Mail) {
        let Letterbox::Smtp { from, transport } = self else {
            let Mail { to, subject, text } = mail;
            tracing::info!(
                "no SMTP is set, so this letter to {to} is written here. {subject}: {}",
                one_line(&text)
            );
            return;
        };
        let Some(message) = message(from, mail) else {
            tracing::error!("a letter cannot be written: its address is none");
            return;
        };
        let mut pauses = PAUSES.into_iter();
        loop {
            let error = match transport.send(message.clone()).await {
                Ok(_) => return,
                Err(error) => error,
            };
            match pauses.next().filter(|_| !error.is_permanent()) {
                Some(pause) => tokio::time::sleep(pause).await,
                None => {
                    tracing::error!(%error, "a letter could not be sent");
                    return;
                }
            }
        }
    }
}

fn message(from: &Mailbox, mail: Mail) -> Option<Message> {
    let to = Mailbox::new(None, mail.to.parse().ok()?);
    let message = Message::builder().from(from.clone()).to(to).subject(mail.subject).message_id(None);
    message.header(ContentType::TEXT_PLAIN).body(mail.text).ok()
}

/// A letter on one line of the log.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Answers, Letter, Office};

    #[test]
    fn addresses_are_told_from_other_text() {
        let long = format!("{}@example.org", "a".repeat(250));
        for (text, is) in [
            ("ada@example.org", true),
            ("ada+study@mail.example.org", true),
            ("ada@localhost", true),
            ("", false),
            ("ada", false),
            ("ada@", false),
            ("@example.org", false),
            ("ada@exa mple.org", false),
            ("ada@example.org\r\nBcc: eve@example.org", false),
            ("Ada <ada@example.org>", false),
            (&long, false),
        ] {
            assert_eq!(is_address(text), is, "{text:?}");
        }
    }

    #[test]
    fn a_letter_is_not_shown_by_mistake() {
        let mail = Mail { to: "ada@example.org".into(), subject: "S".into(), text: "?token=x".into() };
        assert_eq!(format!("{mail:?}"), "Mail(…)");
    }

    /// What a mail server gets that answers like this, and how often it was asked.
    async fn sent(does: Vec<Answers>) -> (Vec<Letter>, usize) {
        let office = Office::new(does);
        let (post, delivery) = crate::Post::new(&office.settings()).unwrap();
        let to = "ada@example.org".to_owned();
        let text = format!("Set it here:\nhttp://localhost/new-password?token={}\n", "x".repeat(120));
        post.send(Mail { to, subject: "Ein neues Paßwort".into(), text });
        drop(post);
        delivery.await;
        (office.letters(), office.tries())
    }

    #[tokio::test]
    async fn a_letter_arrives_whole() {
        let (letters, tries) = sent(vec![]).await;
        let [letter] = letters.try_into().unwrap();
        assert_eq!((letter.to.as_str(), tries), ("ada@example.org", 1));
        assert!(
            letter.text.contains(&format!("http://localhost/new-password?token={}\n", "x".repeat(120))),
            "{}",
            letter.text
        );
        assert!(letter.head.contains("From: \"Study Sharper\" <study@example.org>"), "{}", letter.head);
        assert!(letter.head.contains("Subject: Ein neues =?utf-8?b?UGHDn3dvcnQ=?="), "{}", letter.head);
    }

    #[tokio::test]
    async fn a_server_that_is_busy_is_asked_three_times_and_one_that_refuses_once() {
        use Answers::{Busy, Never};
        for (does, letters, tries) in [
            (vec![Busy], 1, 2),
            (vec![Busy, Busy], 1, 3),
            (vec![Busy, Busy, Busy, Busy], 0, 3),
            (vec![Never, Never], 0, 1),
        ] {
            let (got, asked) = sent(does.clone()).await;
            assert_eq!((got.len(), asked), (letters, tries), "{does:?}");
        }
    }
}
