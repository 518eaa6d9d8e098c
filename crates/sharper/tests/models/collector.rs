//! A server that takes whatever is posted and keeps it: it stands for a collector of traces and for Sentry.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// What came.
#[derive(Debug, Clone)]
pub(crate) struct Posted {
    /// `POST /v1/traces HTTP/1.1` and the headers.
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Posted {
    pub(crate) fn text(&self) -> String {
        format!("{}{}", self.head, String::from_utf8_lossy(&self.body))
    }
}

/// The running server. It ends with the test's process.
pub(crate) struct Collector {
    pub(crate) address: SocketAddr,
    kept: Arc<(Mutex<Vec<Posted>>, Condvar)>,
}

impl Collector {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let kept: Arc<(Mutex<Vec<Posted>>, Condvar)> = Arc::default();
        let keep = kept.clone();
        std::thread::spawn(move || {
            for socket in listener.incoming().flatten() {
                let keep = keep.clone();
                std::thread::spawn(move || serve(socket, &keep));
            }
        });
        Self { address, kept }
    }

    pub(crate) fn all(&self) -> Vec<Posted> {
        self.kept.0.lock().unwrap().clone()
    }

    /// Waits until something came of which this holds.
    #[track_caller]
    pub(crate) fn wait_for(&self, what: impl Fn(&[Posted]) -> bool) -> Vec<Posted> {
        let deadline = Instant::now() + Duration::from_secs(30);
        let mut kept = self.kept.0.lock().unwrap();
        while !what(&kept) {
            assert!(Instant::now() < deadline, "it did not come; what came: {:?}", *kept);
            kept = self.kept.1.wait_timeout(kept, Duration::from_millis(100)).unwrap().0;
        }
        kept.clone()
    }
}

fn serve(socket: TcpStream, keep: &(Mutex<Vec<Posted>>, Condvar)) {
    let mut reader = BufReader::new(socket.try_clone().unwrap());
    let mut writer = socket;
    loop {
        let (mut head, mut length) = (String::new(), 0);
        loop {
            let mut line = String::new();
            match reader.read_line(&mut line) {
                Ok(0) | Err(_) => return,
                Ok(_) if line == "\r\n" => break,
                Ok(_) => {}
            }
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            head.push_str(&line);
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        keep.0.lock().unwrap().push(Posted { head, body });
        keep.1.notify_all();
        writer.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}").unwrap();
    }
}
