//! The moment, as a value: `Timestamp` and the one trait through which the time is asked for.

pub use jiff::Timestamp;

/// Where the time comes from. The binary gives the system's clock; tests give one they can set.
pub trait Clock: Send + Sync + 'static {
    /// The moment it is now (UTC).
    fn now(&self) -> Timestamp;
}

impl<C: Clock + ?Sized> Clock for std::sync::Arc<C> {
    fn now(&self) -> Timestamp {
        (**self).now()
    }
}
