//! One request over HTTP/1.1 to the one configured server: connection, time limits, size cap. No redirects, no proxy.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::header::{
    ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap,
    HeaderValue, USER_AGENT,
};
use hyper::{Method, Request, StatusCode, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::pki_types::{CertificateDer, pem::PemObject};
use tokio::time::{Instant, timeout_at};

use crate::breaker::Breaker;
use crate::settings::{Endpoint, Settings};
use crate::{Cause, Error};

/// How long a connection that nobody uses is kept.
const IDLE_CONNECTION: Duration = Duration::from_secs(60);

/// A failed call, and whether the server was reached at all.
#[derive(Debug)]
pub(crate) struct Failed {
    pub(crate) error: Error,
    /// False: the failure is counted for the server already, and tells nothing of the model.
    pub(crate) reached: bool,
}

impl Failed {
    pub(crate) fn reached(error: Error) -> Self {
        Self { error, reached: true }
    }

    fn unreached(error: Error) -> Self {
        Self { error, reached: false }
    }
}

/// The head of a response, and its body to be read.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
}

/// The server.
#[derive(Debug)]
pub(crate) struct Http {
    client: Client<Within<HttpsConnector<HttpConnector>>, Full<Bytes>>,
    base_url: String,
    authorization: Option<HeaderValue>,
    first_byte: Duration,
    idle: Duration,
    response_bytes: usize,
    breaker: Breaker,
}

impl Http {
    /// Prepares the connections. An error says which setting is wrong.
    pub(crate) fn new(endpoint: &Endpoint, settings: &Settings) -> Result<Self, String> {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let https =
            HttpsConnectorBuilder::new().with_tls_config(tls(settings)?).https_or_http().enable_http1();
        let connector = Within { connector: https.wrap_connector(tcp), limit: settings.timeouts.connect };
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_CONNECTION)
            .pool_max_idle_per_host(settings.concurrency)
            .build(connector);
        let authorization = match &endpoint.key {
            Some(key) => {
                let mut value = HeaderValue::try_from(format!("Bearer {}", key.expose()))
                    .map_err(|_| "the API key has characters that no header can carry".to_owned())?;
                value.set_sensitive(true);
                Some(value)
            }
            None => None,
        };
        Ok(Self {
            client,
            base_url: endpoint.base_url.clone(),
            authorization,
            first_byte: settings.timeouts.first_byte,
            idle: settings.timeouts.idle,
            response_bytes: settings.response_bytes,
            breaker: Breaker::new(&settings.retry),
        })
    }

    /// Sends JSON to a path under the base address.
    pub(crate) async fn post(
        &self,
        path: &str,
        json: Vec<u8>,
        deadline: Instant,
    ) -> Result<Response, Failed> {
        let request = self.request(Method::POST, path, "application/json", Full::from(json))?;
        self.send(request, self.first_byte, deadline).await
    }

    /// Sends a form with a file. The answer begins when all of it is worked through: there is only the deadline.
    pub(crate) async fn post_form(
        &self,
        path: &str,
        kind: &str,
        form: Bytes,
        deadline: Instant,
    ) -> Result<Response, Failed> {
        let request = self.request(Method::POST, path, kind, Full::new(form))?;
        self.send(request, deadline.saturating_duration_since(Instant::now()), deadline).await
    }

    /// Asks for a path under the base address.
    pub(crate) async fn get(&self, path: &str, deadline: Instant) -> Result<Response, Failed> {
        let request = self.request(Method::GET, path, "application/json", Full::default())?;
        self.send(request, self.first_byte, deadline).await
    }

    async fn send(
        &self,
        request: Request<Full<Bytes>>,
        first_byte: Duration,
        deadline: Instant,
    ) -> Result<Response, Failed> {
        if !self.breaker.admits(Instant::now()) {
            return Err(Failed::unreached(Error::unavailable("the circuit to the server is open")));
        }
        let first_byte = deadline.min(Instant::now() + first_byte);
        let response = match timeout_at(first_byte, self.client.request(request)).await {
            Err(_) => Err(Failed::reached(Error::timeout("no head of a response came"))),
            Ok(Err(error)) => Err(failed_to_send(&error)),
            Ok(Ok(response)) => Ok(response),
        };
        match &response {
            Err(failed) if !failed.reached => self.breaker.failed(Instant::now()),
            _ => self.breaker.succeeded(),
        }
        self.accept(response?, first_byte, deadline).map_err(Failed::reached)
    }

    fn request(
        &self,
        method: Method,
        path: &str,
        kind: &str,
        body: Full<Bytes>,
    ) -> Result<Request<Full<Bytes>>, Failed> {
        let unusable = |_| Failed::reached(Error::Refused(Cause::new("the base address is not one")));
        let uri: Uri = format!("{}{path}", self.base_url).parse().map_err(unusable)?;
        let mut request = Request::new(body);
        (*request.method_mut(), *request.uri_mut()) = (method, uri);
        let headers = request.headers_mut();
        let kind = HeaderValue::try_from(kind).map_err(|_| {
            Failed::reached(Error::Refused(Cause::new("the kind of the body fits no header")))
        })?;
        headers.insert(CONTENT_TYPE, kind);
        headers.insert(ACCEPT, HeaderValue::from_static("text/event-stream, application/json"));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        headers.insert(
            USER_AGENT,
            HeaderValue::from_static(concat!("study-sharper/", env!("CARGO_PKG_VERSION"))),
        );
        if let Some(key) = &self.authorization {
            headers.insert(AUTHORIZATION, key.clone());
        }
        Ok(request)
    }

    /// Turns away what no later step could read: redirects, compressed bodies, bodies that are too long.
    fn accept(
        &self,
        response: hyper::Response<Incoming>,
        first_byte: Instant,
        deadline: Instant,
    ) -> Result<Response, Error> {
        let (head, incoming) = response.into_parts();
        let cause = |what| Cause::new(what).status(head.status.as_u16());
        if head.status.is_redirection() {
            return Err(Error::Refused(cause("the server redirects, and no redirect is followed")));
        }
        let encoding = head.headers.get(CONTENT_ENCODING);
        if encoding.is_some_and(|encoding| encoding != "identity" && !encoding.is_empty()) {
            return Err(Error::Malformed(cause("the body is compressed, which was not asked for")));
        }
        let length = head.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        if length.is_some_and(|length: u64| length > self.response_bytes as u64) {
            return Err(Error::Malformed(cause("the body is too long")));
        }
        let body =
            Body { incoming, left: self.response_bytes, idle: self.idle, first: Some(first_byte), deadline };
        Ok(Response { status: head.status, headers: head.headers, body })
    }
}

/// A body that is read piece by piece, in time and up to a size.
#[derive(Debug)]
pub(crate) struct Body {
    incoming: Incoming,
    /// Bytes that may still come.
    left: usize,
    idle: Duration,
    /// When the first byte must have come; `None` once it has.
    first: Option<Instant>,
    /// When all must have come.
    deadline: Instant,
}

impl Body {
    /// The next bytes, never none; `None` at the end that the server has marked as such.
    pub(crate) async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        let by = self.first.unwrap_or_else(|| Instant::now() + self.idle).min(self.deadline);
        loop {
            let frame = match timeout_at(by, self.incoming.frame()).await {
                Err(_) if self.first.is_some() => return Err(Error::timeout("no first byte came")),
                Err(_) if by >= self.deadline => {
                    return Err(Error::timeout("the answer took too long in all"));
                }
                Err(_) => return Err(Error::timeout("the stream paused for too long")),
                Ok(None) => return Ok(None),
                Ok(Some(Err(_))) => return Err(Error::unavailable("the connection broke amid the answer")),
                Ok(Some(Ok(frame))) => frame,
            };
            let Some(bytes) = frame.into_data().ok().filter(|bytes| !bytes.is_empty()) else { continue };
            self.first = None;
            self.left =
                self.left.checked_sub(bytes.len()).ok_or_else(|| Error::malformed("the body is too long"))?;
            return Ok(Some(bytes));
        }
    }

    /// All of it.
    pub(crate) async fn whole(mut self) -> Result<Vec<u8>, Error> {
        let mut whole = Vec::new();
        while let Some(bytes) = self.chunk().await? {
            whole.extend_from_slice(&bytes);
        }
        Ok(whole)
    }

    /// As much of it as comes within `limit`, up to `most` bytes: for the body of a refusal, of which a part will do.
    pub(crate) async fn beginning(mut self, most: usize, limit: Duration) -> Vec<u8> {
        let mut beginning = Vec::new();
        self.deadline = self.deadline.min(Instant::now() + limit);
        while beginning.len() < most {
            match self.chunk().await {
                Ok(Some(bytes)) => beginning.extend_from_slice(&bytes),
                Ok(None) | Err(_) => break,
            }
        }
        beginning.truncate(most);
        beginning
    }

    /// From now on the rest must come within `limit`.
    pub(crate) fn hurry(&mut self, limit: Duration) {
        self.deadline = self.deadline.min(Instant::now() + limit);
    }
}

/// TLS by aws-lc-rs, with the public roots that are compiled in or the one authority of the settings.
fn tls(settings: &Settings) -> Result<rustls::ClientConfig, String> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| format!("TLS cannot be set up: {error}"))?;
    let Some(file) = &settings.ca_file else {
        use hyper_rustls::ConfigBuilderExt as _;
        return Ok(builder.with_webpki_roots().with_no_client_auth());
    };
    let unreadable = |error| format!("llm.ca_file {} cannot be read: {error}", file.display());
    let mut roots = rustls::RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(file).map_err(unreadable)? {
        let unfit = |error| format!("llm.ca_file {} holds no authority: {error}", file.display());
        roots.add(certificate.map_err(unreadable)?).map_err(unfit)?;
    }
    if roots.is_empty() {
        return Err(format!("llm.ca_file {} holds no certificate", file.display()));
    }
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

/// What a failed exchange means, by its kind and never by its text.
fn failed_to_send(error: &hyper_util::client::legacy::Error) -> Failed {
    let causes = || std::iter::successors(std::error::Error::source(error), |error| error.source());
    if causes().any(|cause| cause.is::<NotConnected>()) {
        return Failed::unreached(Error::timeout("no connection in time"));
    }
    if error.is_connect() {
        return Failed::unreached(Error::unavailable("no connection to the server"));
    }
    let parse = causes().filter_map(|cause| cause.downcast_ref::<hyper::Error>()).any(hyper::Error::is_parse);
    Failed::reached(match parse {
        true => Error::malformed("what came is not HTTP"),
        false => Error::unavailable("the connection broke before the answer"),
    })
}

/// A connector that gives up after a time: name, connection and TLS together.
#[derive(Debug, Clone)]
struct Within<C> {
    connector: C,
    limit: Duration,
}

/// The time of `Within` was up.
#[derive(Debug, thiserror::Error)]
#[error("no connection in time")]
struct NotConnected;

/// An error of any connector.
type AnyError = Box<dyn std::error::Error + Send + Sync>;

impl<C> tower_service::Service<Uri> for Within<C>
where
    C: tower_service::Service<Uri, Error = AnyError>,
    C::Future: Send + 'static,
{
    type Response = C::Response;
    type Error = AnyError;
    type Future = Pin<Box<dyn Future<Output = Result<C::Response, AnyError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), AnyError>> {
        self.connector.poll_ready(context)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let connected = tokio::time::timeout(self.limit, self.connector.call(uri));
        Box::pin(async move { connected.await.unwrap_or_else(|_| Err(Box::new(NotConnected))) })
    }
}
