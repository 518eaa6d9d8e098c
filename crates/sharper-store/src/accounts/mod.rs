//! Accounts: who may sign in, with what, and how it stands with them.
//!
//! What belongs together is done in one unit of work by those who know what belongs together (`sharper-people`), so
//! most of this is functions over a `Conn`.

mod resets;

use std::str::FromStr;

use sharper_domain::{Secret, Timestamp, UserId};

pub use self::resets::{add_reset, reset_of, take_reset};
use crate::conn::{Conn, FromValue, Row, Value, params};
use crate::{Durability, Store, StoreError, secrets};

/// What someone may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Use it.
    Student,
    /// Also see how it runs.
    Admin,
}

/// How it stands with an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccountState {
    /// It can be used.
    Active,
    /// It waits for a guardian's consent.
    Waiting,
    /// It is closed, and nobody can sign in.
    Closed,
}

macro_rules! words {
    ($($type:ident { $($name:ident = $word:literal),* })*) => {$(
        impl $type {
            /// The word that is stored.
            pub fn as_str(self) -> &'static str {
                match self { $($type::$name => $word),* }
            }
        }

        impl FromStr for $type {
            type Err = ();
            fn from_str(word: &str) -> Result<Self, ()> {
                match word { $($word => Ok($type::$name),)* _ => Err(()) }
            }
        }

        impl FromValue for $type {
            fn from_value(value: &Value) -> Option<Self> {
                match value { Value::Text(word) => word.parse().ok(), _ => None }
            }
        }

        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Value::Text(value.as_str().to_owned())
            }
        }
    )*};
}

words! {
    Role { Student = "student", Admin = "admin" }
    AccountState { Active = "active", Waiting = "waiting", Closed = "closed" }
}

/// An account.
#[derive(Debug, Clone)]
pub struct Account {
    /// Whose it is.
    pub user_id: UserId,
    /// The e-mail address, as its owner wrote it.
    pub email: String,
    /// A PHC string.
    pub password_hash: Secret,
    /// What its owner may.
    pub role: Role,
    /// How it stands.
    pub state: AccountState,
    /// Whether its owner said that they are under 13.
    pub under_13: bool,
    /// Sign-ins that failed since the last that did not.
    pub failed_sign_ins: u32,
    /// When it was opened.
    pub created_at: Timestamp,
}

/// An account to be.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Whose it is.
    pub user_id: UserId,
    /// The e-mail address, as its owner wrote it.
    pub email: String,
    /// The address as sign-in looks for it.
    pub email_key: String,
    /// A PHC string.
    pub password_hash: Secret,
    /// Whether its owner said that they are under 13: then it waits for a guardian's consent.
    pub under_13: bool,
    /// Whether strangers may open accounts. If not, only the administrator's can be.
    pub open: bool,
}

/// What came of opening an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// There it is, with these rights.
    Opened(Role),
    /// The address has an account.
    Taken,
    /// Strangers may open none.
    Closed,
}

const INSERT: &str = "INSERT INTO accounts (user_id, email, email_key, password_hash, role, state, under_13, \
    failed_sign_ins, created_at, password_changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $8) \
    ON CONFLICT (email_key) DO NOTHING";
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT user_id, email, password_hash, role, state, under_13, failed_sign_ins, created_at FROM accounts ",
            $rest
        )
    };
}
const BY_EMAIL: &str = select!("WHERE email_key = $1");
const BY_USER: &str = select!("WHERE user_id = $1");
const FAILED: &str = "UPDATE accounts SET failed_sign_ins = failed_sign_ins + 1 WHERE email_key = $1 \
    RETURNING failed_sign_ins";
const SIGNED_IN: &str = "UPDATE accounts SET failed_sign_ins = 0, signed_in_at = $3, password_hash = $4 \
    WHERE user_id = $1 AND password_hash = $2 AND state <> 'closed'";
const SET_PASSWORD: &str = "UPDATE accounts SET password_hash = $2, password_changed_at = $3, failed_sign_ins = 0 \
    WHERE user_id = $1 AND state <> 'closed'";
const SET_STATE: &str = "UPDATE accounts SET state = $3 WHERE user_id = $1 AND state = $2";
const CLOSE: &str = "UPDATE accounts SET state = 'closed' WHERE user_id = $1";
const MAKE_ADMIN: &str = "UPDATE accounts SET role = 'admin' WHERE email_key = $1 AND state = 'active'";
const TAKE_BACK: &str = "DELETE FROM accounts WHERE user_id = $1";
const COUNT: &str = "SELECT count(*) AS n FROM accounts";
const UNANSWERED: &str = "SELECT user_id FROM accounts WHERE state = 'waiting' AND created_at < $1 AND NOT EXISTS ( \
    SELECT 1 FROM consents WHERE consents.user_id = accounts.user_id AND (asked_at >= $1 OR withdrawn_at >= $1)) LIMIT $2";

/// The name under which it is remembered that there was a first account: only one ever was, also when it is gone. Nothing
/// tells whose it was.
const FIRST: &str = "first_account";

/// An address as accounts are found by it: case does not matter.
pub fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

fn read(row: &Row) -> Result<Account, StoreError> {
    Ok(Account {
        user_id: row.get("user_id")?,
        email: row.get("email")?,
        password_hash: Secret::new(row.get::<String>("password_hash")?),
        role: row.get("role")?,
        state: row.get("state")?,
        under_13: row.get("under_13")?,
        failed_sign_ins: row.get("failed_sign_ins")?,
        created_at: row.get("created_at")?,
    })
}

/// Opens an account. The first of a grown-up is the administrator's, and can be opened even where strangers may open
/// none.
///
/// # Errors
/// Only the store's own.
pub fn open(conn: &mut Conn<'_>, new: &NewAccount, now: Timestamp) -> Result<Opened, StoreError> {
    let state = if new.under_13 { AccountState::Waiting } else { AccountState::Active };
    let values = params![
        &new.user_id,
        &new.email,
        &new.email_key,
        new.password_hash.expose(),
        Role::Student,
        state,
        new.under_13,
        now
    ];
    if conn.execute(INSERT, values)? == 0 {
        // Where registration is closed, a stranger does not learn who has an account.
        return Ok(if new.open { Opened::Taken } else { Opened::Closed });
    }
    // Only now that there is an account, or an address that is taken would use up the one first account there is.
    if !new.under_13 && secrets::keep_first(conn, FIRST, Vec::new(), now)? {
        conn.execute(MAKE_ADMIN, params![&new.email_key])?;
        return Ok(Opened::Opened(Role::Admin));
    }
    if !new.open {
        conn.execute(TAKE_BACK, params![&new.user_id])?;
        return Ok(Opened::Closed);
    }
    Ok(Opened::Opened(Role::Student))
}

/// The account of an address.
///
/// # Errors
/// Only the store's own.
pub fn by_email(conn: &mut Conn<'_>, email_key: &str) -> Result<Option<Account>, StoreError> {
    conn.query_opt(BY_EMAIL, params![email_key])?.as_ref().map(read).transpose()
}

/// The account of a user.
///
/// # Errors
/// Only the store's own.
pub fn of_user(conn: &mut Conn<'_>, user: &UserId) -> Result<Option<Account>, StoreError> {
    conn.query_opt(BY_USER, params![user])?.as_ref().map(read).transpose()
}

/// Counts a sign-in that failed. Answers how many have since the last that did not; `None` for an unknown address.
///
/// # Errors
/// Only the store's own.
pub fn count_failure(conn: &mut Conn<'_>, email_key: &str) -> Result<Option<u32>, StoreError> {
    conn.query_opt(FAILED, params![email_key])?.map(|row| row.get("failed_sign_ins")).transpose()
}

/// Notes a sign-in that went well, with the password's hash as it is to be kept from now on. Answers false when the
/// password was changed, or the account closed, since `hash` was read.
///
/// # Errors
/// Only the store's own.
pub fn note_sign_in(
    conn: &mut Conn<'_>,
    user: &UserId,
    hash: &Secret,
    kept: &Secret,
    now: Timestamp,
) -> Result<bool, StoreError> {
    Ok(conn.execute(SIGNED_IN, params![user, hash.expose(), now, kept.expose()])? == 1)
}

/// Sets another password. Answers false when there is no such account, or it is closed.
///
/// # Errors
/// Only the store's own.
pub fn set_password(
    conn: &mut Conn<'_>,
    user: &UserId,
    hash: &Secret,
    now: Timestamp,
) -> Result<bool, StoreError> {
    Ok(conn.execute(SET_PASSWORD, params![user, hash.expose(), now])? == 1)
}

/// Moves an account from one state to another. Answers false when it is not in the first.
///
/// # Errors
/// Only the store's own.
pub fn set_state(
    conn: &mut Conn<'_>,
    user: &UserId,
    from: AccountState,
    to: AccountState,
) -> Result<bool, StoreError> {
    Ok(conn.execute(SET_STATE, params![user, from, to])? == 1)
}

/// Closes an account, whatever its state. Its sessions and tokens are others' to end.
///
/// # Errors
/// Only the store's own.
pub fn close(conn: &mut Conn<'_>, user: &UserId) -> Result<(), StoreError> {
    conn.execute(CLOSE, params![user]).map(drop)
}

impl Store {
    /// The account of a user, if they have one.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn account(&self, user: UserId) -> Result<Option<Account>, StoreError> {
        self.of(&user).read(move |conn| of_user(conn, &user)).await
    }

    /// The account of an address, by its key.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn account_by_email(&self, email_key: String) -> Result<Option<Account>, StoreError> {
        self.house().read(move |conn| by_email(conn, &email_key)).await
    }

    /// Counts a sign-in that failed, as `count_failure`. It is not synced: what a power cut takes of a count is little,
    /// and an answer must not take longer for an address that is known.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn count_failed_sign_in(&self, email_key: String) -> Result<Option<u32>, StoreError> {
        self.house().write(Durability::Relaxed, move |conn| count_failure(conn, &email_key)).await
    }

    /// Accounts that wait for a consent which nobody has been asked for, nor taken back, since `before`: at most `most`.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn unanswered_accounts(&self, before: Timestamp, most: u32) -> Result<Vec<UserId>, StoreError> {
        let read = |row: &Row| row.get("user_id");
        self.house()
            .read(move |conn| conn.query(UNANSWERED, params![before, most])?.iter().map(read).collect())
            .await
    }

    /// Makes the owner of an address's account an administrator. Answers false when it has none that is active.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn make_admin(&self, email: &str) -> Result<bool, StoreError> {
        let email_key = email_key(email);
        let make = move |conn: &mut Conn<'_>| Ok(conn.execute(MAKE_ADMIN, params![email_key])? == 1);
        self.house().write(Durability::Synced, make).await
    }

    /// How many accounts there are.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn count_accounts(&self) -> Result<u64, StoreError> {
        self.house().read(|conn| conn.query_one(COUNT, params![])?.get("n")).await
    }
}
