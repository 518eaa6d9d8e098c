//! PostgreSQL over TLS: only to the server whose certificate is of the authority and for the name.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use sharper_testkit::{Postgres, TempFolder};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::stage::program;

/// An authority, written to a file, with which certificates are made.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    file: PathBuf,
}

impl Authority {
    fn new(folder: &Path, name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut about = CertificateParams::new(Vec::new()).unwrap();
        about.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let file = folder.join(name);
        std::fs::write(&file, about.self_signed(&key).unwrap().pem()).unwrap();
        Self { issuer: Issuer::new(about, key), file }
    }

    fn server(&self, name: &str) -> ServerConfig {
        let key = KeyPair::generate().unwrap();
        let about = CertificateParams::new(vec![name.to_owned()]).unwrap();
        let certificate = about.signed_by(&key, &self.issuer).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config =
            ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        config.with_no_client_auth().with_single_cert(vec![certificate.der().clone()], key).unwrap()
    }
}

/// The TLS side of a server, before the private one, which has none: it answers the `SSLRequest` (PostgreSQL
/// documentation, "SSL Session Encryption") and passes on what comes through. It ends with the test's process.
fn before(database: &str, config: ServerConfig) -> SocketAddr {
    let behind = database.split('@').nth(1).unwrap().split('/').next().unwrap().to_owned();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    std::thread::spawn(move || {
        runtime.block_on(async {
            let mut lines = tokio::task::JoinSet::new();
            while let Ok((mut socket, _)) = listener.accept().await {
                let (acceptor, behind) = (acceptor.clone(), behind.clone());
                lines.spawn(async move {
                    let mut asked = [0; 8];
                    socket.read_exact(&mut asked).await.ok()?;
                    assert_eq!(asked, [0, 0, 0, 8, 4, 210, 22, 47], "it asks for TLS before anything else");
                    socket.write_all(b"S").await.ok()?;
                    let mut encrypted = acceptor.accept(socket).await.ok()?;
                    let mut plain = TcpStream::connect(behind).await.ok()?;
                    tokio::io::copy_bidirectional(&mut encrypted, &mut plain).await.ok()
                });
            }
        });
    });
    address
}

#[test]
fn the_database_is_talked_to_over_tls_only_where_authority_and_name_are_right() {
    let folder = TempFolder::new();
    let (ours, other) =
        (Authority::new(folder.path(), "ours.pem"), Authority::new(folder.path(), "other.pem"));
    let database = Postgres::database();
    let port = before(&database.url, ours.server("localhost")).port();
    let name = database.url.rsplit('/').next().unwrap();
    let check = |host: &str, mode: &str, authority: Option<&Authority>, works: bool| {
        let url = format!("postgres://sharper:canary@{host}:{port}/{name}?sslmode={mode}");
        let mut command = Command::new(program());
        command.env_clear().current_dir(folder.path()).arg("migrate").env("DATABASE_URL", url);
        if let Some(authority) = authority {
            command.env("DATABASE_CA_FILE", &authority.file);
        }
        let done = command.output().unwrap();
        let said =
            format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        assert_eq!(done.status.success(), works, "{host} {mode}: {said}");
        assert!(!said.contains("canary"), "{said}");
    };
    check("localhost", "verify-full", Some(&ours), true);
    check("localhost", "require", Some(&ours), true);
    check("localhost", "verify-full", Some(&other), false);
    check("localhost", "require", Some(&other), false);
    check("localhost", "verify-full", None, false);
    check("127.0.0.1", "verify-full", Some(&ours), false);
}
