//! The caller: who is asking, with which rights, and how it was shown.

use sharper_domain::UserId;
pub use sharper_store::accounts::Role;
use uuid::Uuid;

/// Which session: the SHA-256 of its token, in hexadecimal. Its owner may see it; nobody can sign in with it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SignInId(pub String);

/// How it was shown who is asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Via {
    /// Not at all: the house stands open.
    Local,
    /// A session, by its cookie.
    Session(SignInId),
    /// A personal API token of this id.
    ApiToken(Uuid),
    /// A token of Supabase.
    Supabase,
    /// A ticket, for one stream.
    Ticket,
    /// The operator's token.
    AdminToken,
}

/// The id that stands for whoever holds the admin token. Nobody else is ever called that.
pub(crate) const OPERATOR: &str = "operator";

/// Who is asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The user; everything they may see bears this id. `operator` for who came with the admin token.
    pub user: UserId,
    /// What they may.
    pub role: Role,
    /// How it was shown.
    pub via: Via,
    /// Their e-mail address, for the page; `None` where none is known.
    pub name: Option<String>,
    /// Whether the account waits for a guardian's consent. Then they may only see that it does, and sign out.
    pub waiting: bool,
    /// Whether the end of their session was put off just now: their browser is told.
    pub prolonged: bool,
}

impl Caller {
    /// A student.
    pub fn student(user: UserId, via: Via) -> Self {
        Self { user, role: Role::Student, via, name: None, waiting: false, prolonged: false }
    }

    /// Whether it is nobody who has anything of their own here: the operator who came with the admin token.
    pub fn is_without_account(&self) -> bool {
        self.user.as_str() == OPERATOR
    }

    /// Who came with the admin token.
    pub fn operator(via: Via) -> Self {
        let user = OPERATOR.parse().expect("the word is an id");
        Self { user, role: Role::Admin, via, name: None, waiting: false, prolonged: false }
    }
}

/// What a request shows as proof.
#[derive(Clone, Copy)]
pub enum Credential<'a> {
    /// The value of the session cookie.
    Session(&'a str),
    /// What stands behind `Authorization: Bearer`: an API token or a Supabase token. The admin token is not looked at
    /// here: it counts on admin routes only (`People::is_admin_token`).
    Bearer(&'a str),
}
