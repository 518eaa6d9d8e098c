//! A unit of work: a closure over a connection that is kept wholly or not at all, and who waits for its answer.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use sharper_domain::UserId;
use tokio::sync::oneshot;

use crate::StoreError;
use crate::conn::Conn;

/// When a unit of work may be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Durability {
    /// When it is committed. It survives the end of the process; a power cut may take the last ones.
    Relaxed,
    /// When it is on the disk.
    Synced,
}

/// What a unit may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Only look, at one moment's state.
    Read,
    /// Change things.
    Write(Durability),
}

/// For whom a unit works, and so whose rows it may touch. PostgreSQL holds it to that (migration 0004): a statement
/// that forgets to name the user finds nothing of anybody else's. SQLite has no such means; there the statements'
/// own words are all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Scope {
    /// One user's rows.
    Of(UserId),
    /// Everybody's: claiming jobs, housekeeping, sign-in, figures for the operator.
    House,
}

/// What the database is told of the house. No user's id may hold this sign.
const HOUSE: &str = "*";

impl Scope {
    /// What the database is told of it.
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Scope::Of(user) => user.as_str(),
            Scope::House => HOUSE,
        }
    }
}

/// A unit of work as an engine sees it: run once, then told how its transaction ended.
pub(crate) trait Unit: Send {
    /// What it may do.
    fn access(&self) -> Access;
    /// For whom it works.
    fn scope(&self) -> &Scope;
    /// Does the work and keeps its answer. An error, also one made from a panic, means: roll back.
    fn run(&mut self, conn: &mut Conn<'_>) -> Result<(), StoreError>;
    /// Answers whoever waits: with what `run` made if the transaction was committed.
    fn answer(self: Box<Self>, end: Result<(), StoreError>);
}

struct Work<F, T> {
    scope: Scope,
    access: Access,
    work: Option<F>,
    made: Option<T>,
    waiting: oneshot::Sender<Result<T, StoreError>>,
}

/// `work` as a unit, and where its answer will come.
pub(crate) fn unit<F, T>(
    scope: Scope,
    access: Access,
    work: F,
) -> (Box<dyn Unit>, oneshot::Receiver<Result<T, StoreError>>)
where
    F: FnOnce(&mut Conn<'_>) -> Result<T, StoreError> + Send + 'static,
    T: Send + 'static,
{
    let (waiting, answer) = oneshot::channel();
    (Box::new(Work { scope, access, work: Some(work), made: None, waiting }), answer)
}

impl<F, T> Unit for Work<F, T>
where
    F: FnOnce(&mut Conn<'_>) -> Result<T, StoreError> + Send,
    T: Send,
{
    fn access(&self) -> Access {
        self.access
    }

    fn scope(&self) -> &Scope {
        &self.scope
    }

    fn run(&mut self, conn: &mut Conn<'_>) -> Result<(), StoreError> {
        let work = self.work.take().ok_or_else(|| StoreError::internal("a unit of work was run twice"))?;
        // What a panic leaves behind is rolled back, so nobody can see it half done.
        let made = catch_unwind(AssertUnwindSafe(|| work(conn)))
            .unwrap_or_else(|panic| Err(StoreError::internal(panic_text(panic.as_ref()))))?;
        match conn.failed() {
            Some(error) => Err(error),
            None => {
                self.made = Some(made);
                Ok(())
            }
        }
    }

    fn answer(self: Box<Self>, end: Result<(), StoreError>) {
        let Work { made, waiting, .. } = *self;
        let made = end.and_then(|()| made.ok_or_else(|| StoreError::internal("a unit of work made nothing")));
        // Whoever asked may have gone; the work is done all the same.
        let _ = waiting.send(made);
    }
}

fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text =
        panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("a unit of work panicked: {}", text.unwrap_or("without a text"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_user_can_have_the_name_of_the_house() {
        assert!(HOUSE.parse::<UserId>().is_err());
    }
}
