//! TLS to PostgreSQL: on when the URL asks for it (`sslmode=require`, `verify-ca` or `verify-full`), and then always
//! with the certificate and the name checked. Encryption to whoever answers protects from nobody who matters.

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;

use postgres::Config;
use postgres::config::{Host, SslMode};
use rustls::pki_types::{CertificateDer, pem::PemObject};
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::OpenError;

/// The URL with a mode that the driver knows: it has no names for the stricter ones, which all of ours are.
pub(super) fn known_mode(url: &str) -> String {
    let (before, query) = url.split_at(query_of(url));
    let known = query.replace("sslmode=verify-full", "sslmode=require");
    format!("{before}{}", known.replace("sslmode=verify-ca", "sslmode=require"))
}

/// Where the query begins. To the driver a password ends with the first `@`, and may hold a `?`.
fn query_of(url: &str) -> usize {
    let address = url.find('@').unwrap_or(0);
    url[address..].find('?').map_or(url.len(), |at| address + at)
}

/// The host of a database URL that is another machine's, where the URL does not ask for TLS. `None` for one that
/// cannot be read: nothing connects with it.
pub fn host_in_the_open(url: &str) -> Option<String> {
    let config: Config = known_mode(url).parse().ok()?;
    if config.get_ssl_mode() == SslMode::Require {
        return None;
    }
    let elsewhere = |host: &Host| match host {
        Host::Tcp(name) if name == "localhost" => None,
        Host::Tcp(name) if name.parse().is_ok_and(|address: IpAddr| address.is_loopback()) => None,
        Host::Tcp(name) => Some(name.clone()),
        Host::Unix(_) => None,
    };
    let address = config.get_hostaddrs().iter().find(|address| !address.is_loopback());
    address.map(ToString::to_string).or_else(|| config.get_hosts().iter().find_map(elsewhere))
}

/// What connects over TLS; `None` where the URL does not ask for it. The authority is that of the file, else any of
/// the public ones, which are compiled in.
pub(super) fn connector(
    config: &Config,
    ca_file: Option<&Path>,
) -> Result<Option<MakeRustlsConnect>, OpenError> {
    if config.get_ssl_mode() != SslMode::Require {
        return Ok(None);
    }
    let roots = match ca_file {
        Some(file) => authorities(file).map_err(OpenError::Settings)?,
        None => RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() },
    };
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let settings = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| OpenError::Settings(format!("TLS cannot be set up: {error}")))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Some(MakeRustlsConnect::new(settings)))
}

fn authorities(file: &Path) -> Result<RootCertStore, String> {
    let unreadable = |error| format!("DATABASE_CA_FILE {} cannot be read: {error}", file.display());
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(file).map_err(unreadable)? {
        let unfit = |error| format!("DATABASE_CA_FILE {} holds no authority: {error}", file.display());
        roots.add(certificate.map_err(unreadable)?).map_err(unfit)?;
    }
    match roots.is_empty() {
        true => Err(format!("DATABASE_CA_FILE {} holds no certificate", file.display())),
        false => Ok(roots),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, encrypted: bool) {
        let config: Config = known_mode(url).parse().unwrap();
        assert_eq!(connector(&config, None).unwrap().is_some(), encrypted, "{url}");
    }

    #[test]
    fn tls_is_on_when_the_url_asks_for_it() {
        check("postgres://u@h/d", false);
        check("postgres://u@h/d?sslmode=prefer", false);
        check("postgres://u@h/d?sslmode=require", true);
        check("postgres://u@h/d?sslmode=verify-ca", true);
        check("postgres://u@h/d?connect_timeout=2&sslmode=verify-full", true);
        check("postgres://u:p?sslmode=verify-full@h/d", false);
    }

    #[test]
    fn a_password_is_left_as_it_is() {
        let url = "postgres://u:sslmode=verify-ca?sslmode=verify-full@h/d?sslmode=verify-ca";
        let known = "postgres://u:sslmode=verify-ca?sslmode=verify-full@h/d?sslmode=require";
        assert_eq!(known_mode(url), known);
    }

    #[test]
    fn a_database_is_in_the_open_when_it_is_elsewhere_and_without_tls() {
        for (url, host) in [
            ("postgres://u:p@db.example:5432/d", Some("db.example")),
            ("postgres://u:p@db.example/d?sslmode=prefer", Some("db.example")),
            ("postgres://u:p@db.example/d?sslmode=verify-full", None),
            ("postgres://u:p?sslmode=require@db.example/d", Some("db.example")),
            ("postgres:///d?host=db.example", Some("db.example")),
            ("postgres://localhost/d?hostaddr=192.0.2.1", Some("192.0.2.1")),
            ("postgres:///d?host=/run/postgresql", None),
            ("postgres://u:p@127.0.0.1/d", None),
            ("postgres://u@127.db.example/d", Some("127.db.example")),
            ("postgres://u@localhost.example/d", Some("localhost.example")),
            ("postgres://u@localhost:5432/d", None),
            ("postgres://u@%2Frun%2Fpostgresql/d", None),
        ] {
            assert_eq!(host_in_the_open(url).as_deref(), host, "{url}");
        }
    }

    #[test]
    fn an_authority_that_is_none_is_refused_by_name() {
        let config: Config = "postgres://u@h/d?sslmode=require".parse().unwrap();
        for (text, word) in [
            ("", "holds no certificate"),
            ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "holds no authority"),
        ] {
            let file = tempfile::NamedTempFile::new().unwrap();
            std::fs::write(file.path(), text).unwrap();
            let error = connector(&config, Some(file.path())).err().unwrap().to_string();
            assert!(error.contains(word) && error.contains("DATABASE_CA_FILE"), "{error}");
        }
    }
}
