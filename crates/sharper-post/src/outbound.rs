//! Requests to addresses that the operator set: no redirects, no proxy, limits of time and size.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderValue};
use reqwest::{Client, Method, Request, Response, Url, redirect};

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(5);

/// Why a request came to nothing. It never tells the address, which may hold a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutboundError {
    /// The address is none, or this machine has no roots to trust in.
    #[error("the address cannot be asked: it is none, or there are no certificate authorities to trust in")]
    Unusable,
    /// It could not be reached.
    #[error("the server could not be reached")]
    Unreachable,
    /// It took too long.
    #[error("the server took too long")]
    Slow,
    /// It answered with this status.
    #[error("the server answered {0}")]
    Refused(u16),
    /// It answered more than is read.
    #[error("the server answered too much")]
    Large,
}

impl From<reqwest::Error> for OutboundError {
    fn from(error: reqwest::Error) -> Self {
        if error.is_timeout() { OutboundError::Slow } else { OutboundError::Unreachable }
    }
}

/// A client for such requests. Cheap to clone.
#[derive(Clone)]
pub struct Outbound {
    /// Made when it is first needed: it reads all certificate authorities of the machine. `None` where there is no way to tell
    /// whom to trust.
    client: Arc<LazyLock<Option<Client>>>,
}

impl Default for Outbound {
    fn default() -> Self {
        Self { client: Arc::new(LazyLock::new(client)) }
    }
}

fn client() -> Option<Client> {
    let client = Client::builder()
        .redirect(redirect::Policy::none())
        .no_proxy()
        .referer(false)
        .connect_timeout(CONNECT)
        .user_agent(concat!("study-sharper/", env!("CARGO_PKG_VERSION")));
    client.build().ok()
}

impl Outbound {
    /// What an address answers with, at most so many bytes, in at most this time.
    ///
    /// # Errors
    /// Why it came to nothing.
    pub async fn get(&self, url: &str, time: Duration, bytes: usize) -> Result<Vec<u8>, OutboundError> {
        let asking = async {
            let mut response = self.send(Method::GET, url, None).await?;
            let mut body = Vec::new();
            while let Some(chunk) = response.chunk().await? {
                if body.len() + chunk.len() > bytes {
                    return Err(OutboundError::Large);
                }
                body.extend_from_slice(&chunk);
            }
            Ok(body)
        };
        tokio::time::timeout(time, asking).await.unwrap_or(Err(OutboundError::Slow))
    }

    /// Posts JSON to an address. What it answers is not read.
    ///
    /// # Errors
    /// Why it was not taken.
    pub async fn post(
        &self,
        url: &str,
        body: &serde_json::Value,
        time: Duration,
    ) -> Result<(), OutboundError> {
        let asking = self.send(Method::POST, url, Some(body.to_string()));
        tokio::time::timeout(time, asking).await.unwrap_or(Err(OutboundError::Slow)).map(drop)
    }

    async fn send(&self, method: Method, url: &str, body: Option<String>) -> Result<Response, OutboundError> {
        let client = self.client.as_ref().as_ref().ok_or(OutboundError::Unusable)?;
        let url = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        let mut request = Request::new(method, url.ok_or(OutboundError::Unusable)?);
        if let Some(body) = body {
            request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            *request.body_mut() = Some(body.into());
        }
        let response = client.execute(request).await?;
        if response.status().is_success() {
            Ok(response)
        } else {
            Err(OutboundError::Refused(response.status().as_u16()))
        }
    }
}
