//! A fresh database on the private PostgreSQL, for each test that wants one.
//!
//! Making and dropping a database takes two statements, so the kit speaks the few messages of the protocol
//! itself (PostgreSQL documentation, "Message Formats") and does without a driver. The private server trusts
//! the loopback; no other server is meant.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// Who owns a test's database: as in production no superuser, for whom row security would not hold.
const ORDINARY: &str = "sharper_ordinary";
/// Makes that role where there is none. Tests that begin at the same moment wait for each other here.
const ORDINARY_ROLE: &str = "DO $$ BEGIN PERFORM pg_advisory_xact_lock(5368617270); \
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sharper_ordinary') THEN \
    CREATE ROLE sharper_ordinary LOGIN; END IF; END $$";

/// The private server.
#[derive(Debug)]
pub struct Postgres;

/// A database of one test; dropped, whoever is still connected, when the value goes.
#[derive(Debug)]
pub struct TestDatabase {
    /// Where to connect.
    pub url: String,
    name: String,
}

impl Postgres {
    /// Makes an empty database of an ordinary role.
    ///
    /// # Panics
    /// When the servers are not up; the message says how to start them.
    #[track_caller]
    pub fn database() -> TestDatabase {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let server = Address::exported();
        for statement in [ORDINARY_ROLE.to_owned(), format!("CREATE DATABASE {name} OWNER {ORDINARY}")] {
            if let Err(error) = server.execute("postgres", &statement) {
                panic!("making the database {name}: {error}");
            }
        }
        let ordinary = Address { user: ORDINARY.to_owned(), ..server };
        TestDatabase { url: ordinary.url(&name), name }
    }
}

impl TestDatabase {
    /// The same database for the server's own role, which is a superuser: row security does not hold for it.
    #[track_caller]
    pub fn url_of_superuser(&self) -> String {
        Address::exported().url(&self.name)
    }

    /// Runs statements in the database, for a test that prepares or spoils it.
    ///
    /// # Panics
    /// When the server refuses one.
    #[track_caller]
    pub fn execute(&self, statements: &str) {
        if let Err(error) = Address::exported().execute(&self.name, statements) {
            panic!("{statements}: {error}");
        }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let statement = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        if let Err(error) = Address::exported().execute("postgres", &statement) {
            eprintln!("dropping the database {}: {error}", self.name);
        }
    }
}

/// `postgres://USER@HOST:PORT/…`, taken apart.
struct Address {
    user: String,
    host_and_port: String,
}

impl Address {
    #[track_caller]
    fn exported() -> Self {
        let url = crate::exported("SHARPER_TEST_POSTGRES_URL");
        match Self::parse(&url) {
            Some(address) => address,
            None => panic!("SHARPER_TEST_POSTGRES_URL is not postgres://USER@HOST:PORT/DATABASE: {url}"),
        }
    }

    fn parse(url: &str) -> Option<Self> {
        let (user, rest) = url.strip_prefix("postgres://")?.split_once('@')?;
        let (host_and_port, _) = rest.split_once('/')?;
        Some(Self { user: user.to_owned(), host_and_port: host_and_port.to_owned() })
    }

    fn url(&self, database: &str) -> String {
        format!("postgres://{}@{}/{database}", self.user, self.host_and_port)
    }

    fn execute(&self, database: &str, statements: &str) -> io::Result<()> {
        let mut socket = TcpStream::connect(&self.host_and_port)?;
        socket.set_read_timeout(Some(Duration::from_secs(60)))?;
        let parameters = format!("user\0{}\0database\0{database}\0\0", self.user);
        let version_3_0 = 196_608_u32.to_be_bytes();
        socket.write_all(&framed(None, &[&version_3_0, parameters.as_bytes()].concat()))?;
        read_until_ready(&mut socket)?;
        socket.write_all(&framed(Some(b'Q'), format!("{statements}\0").as_bytes()))?;
        read_until_ready(&mut socket)?;
        socket.write_all(&framed(Some(b'X'), b""))
    }
}

/// A message: its kind (but for the first one), its length with the length itself, its body.
fn framed(kind: Option<u8>, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 4).expect("a statement of a test is shorter than 4 GiB");
    kind.into_iter().chain(length.to_be_bytes()).chain(body.iter().copied()).collect()
}

/// Reads messages until the server awaits a statement (`Z`); an error on the way (`E`) is returned.
fn read_until_ready(socket: &mut TcpStream) -> io::Result<()> {
    let mut refused = None;
    loop {
        let mut head = [0; 5];
        if let Err(error) = socket.read_exact(&mut head) {
            // The server closes without a `Z` when it does not even let us in.
            return Err(refused.unwrap_or(error));
        }
        let length = u32::from_be_bytes([head[1], head[2], head[3], head[4]]);
        let mut body = vec![0; (length as usize).saturating_sub(4)];
        socket.read_exact(&mut body)?;
        match head[0] {
            b'Z' => return refused.map_or(Ok(()), Err),
            b'E' => refused = Some(io::Error::other(String::from_utf8_lossy(&body).replace('\0', " "))),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_taken_apart_and_put_together() {
        let address = Address::parse("postgres://sharper@127.0.0.1:5555/postgres").unwrap();
        assert_eq!(address.url("test_1"), "postgres://sharper@127.0.0.1:5555/test_1");
        assert!(Address::parse("postgres:///x").is_none());
    }

    #[test]
    fn a_database_is_empty_at_first_and_gone_at_last() {
        let database = Postgres::database();
        database.execute("CREATE TABLE a (b int); INSERT INTO a VALUES (1)");
        let name = database.name.clone();
        drop(database);
        let error = Address::exported().execute(&name, "SELECT 1").unwrap_err();
        assert!(error.to_string().contains("does not exist"), "{error}");
    }

    #[test]
    fn two_databases_know_nothing_of_each_other() {
        let (one, two) = (Postgres::database(), Postgres::database());
        one.execute("CREATE TABLE a (b int)");
        two.execute("CREATE TABLE a (b int)");
        assert_ne!(one.url, two.url);
    }

    #[test]
    fn a_refused_statement_says_why() {
        let database = Postgres::database();
        let error = Address::exported().execute(&database.name, "SELECT nothing").unwrap_err();
        assert!(error.to_string().contains("column \"nothing\" does not exist"), "{error}");
    }

    #[test]
    fn the_server_has_vectors() {
        Postgres::database().execute("CREATE EXTENSION vector; CREATE TABLE a (b vector(3))");
    }
}
