//! Files that want to do harm: small ones that unpack to gigabytes, lie about themselves, nest, loop or break off. All are
//! made here, byte by byte; no tool makes them.

mod archive;
mod deflate;
pub mod harmless;
mod pdf;
mod text;

/// A file that wants to do harm.
pub struct Bomb {
    /// What it does.
    pub name: &'static str,
    /// What its sender calls it.
    pub file: &'static str,
    /// Whether it is worth the while of every test run.
    pub quick: bool,
    make: Box<dyn Fn() -> Vec<u8> + Send + Sync>,
}

impl Bomb {
    fn new(
        name: &'static str,
        file: &'static str,
        make: impl Fn() -> Vec<u8> + Send + Sync + 'static,
    ) -> Self {
        Self { name, file, quick: false, make: Box::new(make) }
    }

    fn quick(mut self) -> Self {
        self.quick = true;
        self
    }

    /// Its bytes, at most 25 MiB of them.
    pub fn bytes(&self) -> Vec<u8> {
        (self.make)()
    }
}

/// All of them.
pub fn all() -> Vec<Bomb> {
    [pdf::bombs(), archive::bombs(), text::bombs()].into_iter().flatten().collect()
}
