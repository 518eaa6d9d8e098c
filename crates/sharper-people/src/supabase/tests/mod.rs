//! A project of Supabase on this machine: its keys, the server that publishes them, and tokens of every kind.

mod published;
mod refused;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use serde_json::{Value, json};
use sharper_domain::{Secret, Timestamp};

use super::Supabase;
use crate::PeopleSettings;

const SECRET: &str = "a-shared-secret-of-forty-characters-0123";
const NOW: i64 = 1_790_000_000;

/// `seconds` after the beginning.
fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(NOW + seconds).unwrap()
}

/// A key, and how it signs.
struct Signer {
    key: EncodingKey,
    algorithm: Algorithm,
}

impl Signer {
    fn es256() -> Self {
        let der = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap().to_pkcs8v1().unwrap();
        Self { key: EncodingKey::from_ec_der(der.as_ref()), algorithm: Algorithm::ES256 }
    }

    fn eddsa() -> Self {
        let der = Ed25519KeyPair::generate().unwrap().to_pkcs8v1().unwrap();
        Self { key: EncodingKey::from_ed_der(der.as_ref()), algorithm: Algorithm::EdDSA }
    }

    fn rs256() -> Self {
        let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
        let pkcs8: Pkcs8V1Der<'_> = pair.as_der().unwrap();
        // PKCS #8 wraps a key of this size behind 26 bytes; the library takes it bare (PKCS #1).
        Self { key: EncodingKey::from_rsa_der(&pkcs8.as_ref()[26..]), algorithm: Algorithm::RS256 }
    }

    fn hs256(secret: &[u8]) -> Self {
        Self { key: EncodingKey::from_secret(secret), algorithm: Algorithm::HS256 }
    }

    /// Its public half, under this name.
    fn published(&self, kid: &str) -> Value {
        let mut jwk =
            serde_json::to_value(Jwk::from_encoding_key(&self.key, self.algorithm).unwrap()).unwrap();
        jwk["kid"] = json!(kid);
        jwk["use"] = json!("sig");
        jwk
    }

    /// A token of these bytes, signed.
    fn signed(&self, head: &str, claims: &str) -> String {
        let message = format!("{}.{}", b64(head), b64(claims));
        let signature = crypto::sign(message.as_bytes(), &self.key, self.algorithm).unwrap();
        format!("{message}.{signature}")
    }

    /// A good token of this key.
    fn good(&self, kid: &str, issuer: &str) -> String {
        let head = json!({"alg": format!("{:?}", self.algorithm), "kid": kid, "typ": "JWT"});
        self.signed(&head.to_string(), &claims(issuer).to_string())
    }
}

fn b64(text: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

/// What a good token says.
fn claims(issuer: &str) -> Value {
    json!({
        "iss": issuer, "aud": "authenticated", "sub": "6f1d0e6e-7c5b-4a77-9d0a-2f4a3b1c0d9e", "role": "authenticated",
        "email": "ada@example.org", "iat": NOW - 60, "exp": NOW + 3600, "is_anonymous": false,
    })
}

/// What the publisher does when it is asked.
enum Does {
    Publishes(Vec<Value>),
    Answers(&'static str, Vec<u8>),
    Hangs,
}

/// The server of the project.
struct Publisher {
    url: String,
    asked: Arc<AtomicUsize>,
    does: Arc<Mutex<Does>>,
}

impl Publisher {
    fn new(does: Does) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (asked, does) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(does)));
        let (count, now) = (asked.clone(), does.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (count, now) = (count.clone(), now.clone());
                std::thread::spawn(move || answer(stream, &count, &now));
            }
        });
        Self { url, asked, does }
    }

    fn publishes(keys: &[Value]) -> Self {
        Self::new(Does::Publishes(keys.to_vec()))
    }

    fn now(&self, does: Does) {
        *self.does.lock().unwrap() = does;
    }

    /// How often it was asked until now.
    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    fn issuer(&self) -> String {
        format!("{}/auth/v1", self.url)
    }

    /// A house that takes its tokens.
    fn house(&self, secret: &str) -> Supabase {
        let settings = PeopleSettings {
            supabase_url: format!("{}/", self.url),
            supabase_jwt_secret: Secret::new(secret),
            ..PeopleSettings::default()
        };
        Supabase::new(&settings).unwrap()
    }
}

fn answer(mut stream: TcpStream, count: &AtomicUsize, does: &Mutex<Does>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        match stream.read(&mut byte) {
            Ok(1) => head.push(byte[0]),
            _ => return,
        }
    }
    assert!(head.starts_with(b"GET /auth/v1/.well-known/jwks.json HTTP/1.1\r\n"));
    count.fetch_add(1, Ordering::SeqCst);
    let (status, body) = match &*does.lock().unwrap() {
        Does::Publishes(keys) => ("200 OK", json!({"keys": keys}).to_string().into_bytes()),
        Does::Answers(status, body) => (*status, body.clone()),
        Does::Hangs => ("", Vec::new()),
    };
    if status.is_empty() {
        std::thread::sleep(Duration::from_secs(20));
        return;
    }
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    // Whoever asked may have hung up, as it may when it is told too much.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
}
