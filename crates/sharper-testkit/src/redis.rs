//! The private Redis of a test run.

/// Where Redis is.
#[derive(Debug)]
pub struct Redis;

impl Redis {
    /// The URL. All tests of a run share the server: begin keys with something of the test's own.
    ///
    /// # Panics
    /// When the servers are not up; the message says how to start them.
    #[track_caller]
    pub fn url() -> String {
        crate::exported("SHARPER_TEST_REDIS_URL")
    }
}
