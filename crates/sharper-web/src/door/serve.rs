//! The accept loop: every connection has deadlines, and shutdown ends with nothing left over.
//!
//! A plain `axum::serve` has no deadline for headers, so a handful of slow clients could hold the door open
//! for ever, and one open event stream would block its shutdown.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::connect_info::ConnectInfo;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::{Service, ServiceExt};

/// How long a connection may take over each thing, and how many there may be.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Deadlines {
    /// Seconds to send a whole request head, also counted while a kept-alive connection waits for the next.
    pub header_seconds: u64,
    /// Seconds to send a whole body.
    pub body_seconds: u64,
    /// Seconds in which a client that is being written to must read something.
    pub write_seconds: u64,
    /// Seconds that requests under way are given when the server is told to stop.
    pub drain_seconds: u64,
    /// Connections at once; further ones wait to be accepted.
    pub connections: usize,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self {
            header_seconds: 10,
            body_seconds: 30,
            write_seconds: 60,
            drain_seconds: 8,
            connections: 16_384,
        }
    }
}

/// Largest request head, in bytes.
const HEAD_BYTES: usize = 16 * 1024;
/// Most headers of a request.
const HEADERS: usize = 100;

/// Serves `router` until `stop`, then lets requests under way finish.
pub async fn serve(listener: TcpListener, router: Router, deadlines: Deadlines, stop: CancellationToken) {
    let tracker = TaskTracker::new();
    let room = Arc::new(Semaphore::new(deadlines.connections));
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => break,
            accepted = accept(&listener, &room) => accepted,
        };
        match accepted {
            Ok((stream, permit)) => {
                let connection = connection(stream, router.clone(), deadlines.clone(), stop.clone());
                tracker.spawn(async move {
                    connection.await;
                    drop(permit);
                });
            }
            Err(error) => {
                // Out of file descriptors, most likely: the listener itself is fine, so wait a moment.
                tracing::warn!(%error, "cannot accept a connection");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
    drop(listener);
    tracker.close();
    let drain = Duration::from_secs(deadlines.drain_seconds);
    if tokio::time::timeout(drain, tracker.wait()).await.is_err() {
        tracing::warn!(left = tracker.len(), "stopped with connections still open");
    }
}

async fn accept(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> io::Result<(TcpStream, tokio::sync::OwnedSemaphorePermit)> {
    let permit = room.clone().acquire_owned().await.expect("the semaphore is never closed");
    let (stream, _) = listener.accept().await?;
    Ok((stream, permit))
}

async fn connection(stream: TcpStream, router: Router, deadlines: Deadlines, stop: CancellationToken) {
    let _ = stream.set_nodelay(true);
    let Ok(peer) = stream.peer_addr() else { return };
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(Duration::from_secs(deadlines.write_seconds)));
    let service = hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
        let router = router.clone();
        request.extensions_mut().insert(ConnectInfo(peer));
        async move {
            let mut router = router.into_service::<Incoming>();
            let ready = ServiceExt::<hyper::Request<Incoming>>::ready(&mut router).await?;
            ready.call(request).await
        }
    });
    let serving = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(Duration::from_secs(deadlines.header_seconds))
        .max_buf_size(HEAD_BYTES)
        .max_headers(HEADERS)
        .serve_connection(TokioIo::new(Box::pin(stream)), service);
    let mut serving = std::pin::pin!(serving);
    tokio::select! {
        _ = serving.as_mut() => {}
        () = stop.cancelled() => {
            serving.as_mut().graceful_shutdown();
            let _ = serving.await;
        }
    }
}
