//! The store's settings, with their defaults and meaning.

use std::fmt;
use std::path::PathBuf;

use serde::Deserialize;

use crate::limits::Quotas;

/// Where things are kept and how much is accepted.
#[derive(Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StoreSettings {
    /// `postgres://user:password@host/database`. Unset: SQLite in `data_dir`.
    pub database_url: Option<String>,
    /// A PEM file with the certificate authority of the PostgreSQL server, in place of the public ones.
    pub database_ca_file: Option<PathBuf>,
    /// Whether the schema is brought up to date when the store is opened; otherwise an old one is refused. Default true.
    pub migrate_at_start: bool,
    /// The folder of the SQLite file. Made, readable only by its owner, when it is missing. Default `./data`.
    pub data_dir: PathBuf,
    /// Threads that read from SQLite beside the one that writes: 1–16, default 2.
    pub sqlite_readers: usize,
    /// Connections to PostgreSQL, each opened when it is first needed: 1–100, default 8.
    pub postgres_connections: usize,
    /// Units of work that may wait before `Busy` is answered: default 2048.
    pub queue_length: usize,
    /// Unfinished jobs that one user may have: default 20.
    pub jobs_per_user: u32,
    /// Unfinished jobs in all: default 10,000.
    pub jobs_in_all: u32,
    /// What one user may start in a day and keep: no limits.
    pub quotas: Quotas,
}

impl Default for StoreSettings {
    fn default() -> Self {
        Self {
            database_url: None,
            database_ca_file: None,
            migrate_at_start: true,
            data_dir: PathBuf::from("./data"),
            sqlite_readers: 2,
            postgres_connections: 8,
            queue_length: 2048,
            jobs_per_user: 20,
            jobs_in_all: 10_000,
            quotas: Quotas::default(),
        }
    }
}

/// Says whether there is a URL, never the URL: it holds a password.
impl fmt::Debug for StoreSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreSettings")
            .field("database_url", &self.database_url.as_ref().map(|_| "…"))
            .field("database_ca_file", &self.database_ca_file)
            .field("migrate_at_start", &self.migrate_at_start)
            .field("data_dir", &self.data_dir)
            .field("sqlite_readers", &self.sqlite_readers)
            .field("postgres_connections", &self.postgres_connections)
            .field("queue_length", &self.queue_length)
            .field("jobs_per_user", &self.jobs_per_user)
            .field("jobs_in_all", &self.jobs_in_all)
            .field("quotas", &self.quotas)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_configured_is_sqlite_in_the_data_folder() {
        let settings: StoreSettings = serde_json::from_str("{}").unwrap();
        assert!(settings.database_url.is_none());
        assert_eq!(settings.jobs_per_user, 20);
    }

    #[test]
    fn the_password_is_not_printed() {
        let settings = StoreSettings {
            database_url: Some("postgres://u:hunter2@h/d".into()),
            ..StoreSettings::default()
        };
        assert!(!format!("{settings:?}").contains("hunter2"));
    }
}
