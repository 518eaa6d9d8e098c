//! The second net: on PostgreSQL a unit for one user finds nothing of another's, whatever its statements say.

use std::collections::BTreeSet;

use sharper_store::{Conn, Durability, RowSecurity, StoreError, StoreSettings};

use crate::everything::{OF_NOBODY, fill};
use crate::stage::{Stage, user};

const TABLES: &str = "SELECT table_name::text AS name FROM information_schema.tables \
    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'";
const UNSECURED: &str = "SELECT relname::text AS name FROM pg_class \
    WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND NOT (relrowsecurity AND relforcerowsecurity)";

fn names(conn: &mut Conn<'_>, statement: &'static str) -> Result<BTreeSet<String>, StoreError> {
    conn.query(statement, &[])?.iter().map(|row| row.get("name")).collect()
}

/// How many rows a statement without any word about users finds.
fn found(conn: &mut Conn<'_>, table: &str) -> Result<i64, StoreError> {
    let statement: &'static str = format!("SELECT count(*) AS rows FROM {table}").leak();
    conn.query_one(statement, &[])?.get("rows")
}

#[tokio::test]
async fn a_statement_that_forgets_the_user_finds_nothing_of_another_in_any_table() {
    let stage = Stage::postgres().await;
    let store = &stage.store;
    fill(store, "ada", 1, "word").await;
    let tables = store.house().read(|conn| names(conn, TABLES)).await.unwrap();
    let of_users: Vec<_> = tables.into_iter().filter(|name| !OF_NOBODY.contains(&name.as_str())).collect();
    assert!(of_users.len() > 30);
    for table in of_users {
        let count = |name: String| move |conn: &mut Conn<'_>| found(conn, &name);
        assert_eq!(store.house().read(count(table.clone())).await.unwrap(), 1, "{table} is not filled");
        assert_eq!(
            store.of(&user("ada")).read(count(table.clone())).await.unwrap(),
            1,
            "{table}: not even one's own"
        );
        assert_eq!(store.of(&user("eve")).read(count(table.clone())).await.unwrap(), 0, "{table}: another's");
        let change: &'static str = format!("DELETE FROM {table}").leak();
        let change = move |conn: &mut Conn<'_>| conn.execute(change, &[]);
        assert_eq!(
            store.of(&user("eve")).write(Durability::Relaxed, change).await.unwrap(),
            0,
            "{table}: taken away"
        );
    }
}

#[tokio::test]
async fn no_table_with_a_users_rows_is_without_a_policy() {
    let stage = Stage::postgres().await;
    let unsecured = stage.store.house().read(|conn| names(conn, UNSECURED)).await.unwrap();
    let house = ["secrets", "admin_log"];
    let expected = OF_NOBODY.iter().filter(|name| !house.contains(name));
    assert_eq!(unsecured, expected.map(|name| (*name).to_owned()).collect());
    assert_eq!(stage.store.row_security().await.unwrap(), RowSecurity::Holds);
}

#[tokio::test]
async fn a_user_can_write_nothing_in_anothers_name() {
    let stage = Stage::postgres().await;
    fill(&stage.store, "ada", 1, "word").await;
    for statement in [
        "INSERT INTO folders (id, user_id, name, created_at) VALUES (gen_random_uuid(), 'ada', 'f', 1)",
        "INSERT INTO note_versions (note_id, version, title, content, created_at) SELECT '00000001-0000-7000-8000-000000000002', 9, 't', 'c', 1",
        "INSERT INTO secrets (name, value, created_at) VALUES ('s', '\\x00', 1)",
        "INSERT INTO spending (day, user_id, reserved_tokens, reserved_nano_usd, spent_tokens, spent_nano_usd, calls) VALUES (1, '', 0, 0, 0, 0, 0)",
    ] {
        let write = move |conn: &mut Conn<'_>| conn.execute(statement, &[]);
        let end = stage.store.of(&user("eve")).write(Durability::Relaxed, write).await;
        assert!(matches!(end, Err(StoreError::Internal(_))), "{statement}: {end:?}");
    }
    let give_away = |conn: &mut Conn<'_>| conn.execute("UPDATE folders SET user_id = 'eve'", &[]);
    let end = stage.store.of(&user("ada")).write(Durability::Relaxed, give_away).await;
    assert!(matches!(end, Err(StoreError::Internal(_))), "{end:?}");
}

#[tokio::test]
async fn a_transaction_that_did_not_say_for_whom_it_works_finds_nothing() {
    let stage = Stage::postgres().await;
    fill(&stage.store, "ada", 1, "word").await;
    let unsaid = |conn: &mut Conn<'_>| {
        // As a connection is after a transaction of ours, and as one that never had any.
        conn.query("SELECT set_config('sharper.user', '', true)", &[])?;
        Ok((
            found(conn, "notes")?,
            found(conn, "spending")?,
            found(conn, "jobs")?,
            found(conn, "job_events")?,
        ))
    };
    assert_eq!(stage.store.house().read(unsaid).await.unwrap(), (0, 0, 0, 0));
}

#[tokio::test]
async fn a_store_knows_whether_its_second_net_holds() {
    let stage = Stage::sqlite().await;
    assert_eq!(stage.store.row_security().await.unwrap(), RowSecurity::NotHere);
    // The test server's own role is a superuser, whom no policy binds.
    let stage = Stage::postgres().await;
    let settings = StoreSettings { database_url: Some(stage.url_of_superuser()), ..stage.settings.clone() };
    let store = sharper_store::Store::open(&settings).await.unwrap();
    assert_eq!(store.row_security().await.unwrap(), RowSecurity::Bypassed);
    store.close().await;
    let off = |conn: &mut Conn<'_>| conn.execute("ALTER TABLE notes NO FORCE ROW LEVEL SECURITY", &[]);
    stage.store.house().write(Durability::Relaxed, off).await.unwrap();
    assert_eq!(stage.store.row_security().await.unwrap(), RowSecurity::Bypassed);
}
