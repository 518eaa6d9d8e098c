//! What leaves the house: mail by SMTP, or written to the log where none is set, webhooks, and what is fetched for the
//! house's own use.
//!
//! Nobody waits for a letter: it goes into a bounded queue and is sent in the background, so that the time of an
//! answer tells nobody whether there was anything to send.

mod letters;
mod outbound;
mod settings;
#[cfg(feature = "testing")]
pub mod testing;

pub use letters::{Mail, is_address};
pub use outbound::{Outbound, OutboundError};
pub use settings::PostSettings;

use std::time::Duration;

use tokio::sync::mpsc;

use self::letters::Letterbox;

/// Letters that may wait; one more is dropped, and the log says so.
const QUEUE: usize = 256;
/// How long a webhook may take.
const WEBHOOK: Duration = Duration::from_secs(10);

/// Where letters are handed in. Cheap to clone; all clones are the same post office.
#[derive(Clone)]
pub struct Post {
    queue: mpsc::Sender<Mail>,
    outbound: Outbound,
}

impl Post {
    /// The post office, and its work, which ends when every clone is gone and the last letter is out.
    ///
    /// # Errors
    /// What is wrong with the settings, for the operator.
    pub fn new(settings: &PostSettings) -> Result<(Self, impl Future<Output = ()> + Send + use<>), String> {
        let letterbox = Letterbox::new(settings)?;
        let (queue, mut waiting) = mpsc::channel(QUEUE);
        let delivery = async move {
            while let Some(mail) = waiting.recv().await {
                letterbox.deliver(mail).await;
            }
        };
        Ok((Self { queue, outbound: Outbound::default() }, delivery))
    }

    /// Hands in a letter.
    pub fn send(&self, mail: Mail) {
        if self.queue.try_send(mail).is_err() {
            tracing::error!("a letter was dropped: too many wait to be sent, or the house is closing");
        }
    }

    /// Posts JSON to an address that the operator set. No redirect is followed; ten seconds are given.
    ///
    /// # Errors
    /// Why it was not taken; nothing in it tells the address, which may hold a secret.
    pub async fn webhook(&self, url: &str, body: &serde_json::Value) -> Result<(), OutboundError> {
        self.outbound.post(url, body, WEBHOOK).await
    }
}
