//! TLS to PostgreSQL: on when the URL asks for it (`sslmode=require`, `verify-ca` or `verify-full`), and then always
//! with the certificate and the name checked. Encryption to whoever answers protects from nobody who matters.

use std::path::Path;
use std::sync::Arc;

use postgres::Config;
use postgres::config::SslMode;
use rustls::pki_types::{CertificateDer, pem::PemObject};
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::OpenError;

/// The URL with a mode that the driver knows: it has no names for the stricter ones, which all of ours are.
pub(super) fn known_mode(url: &str) -> String {
    url.replace("sslmode=verify-full", "sslmode=require").replace("sslmode=verify-ca", "sslmode=require")
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
