//! One file of the site, made in memory when its turn comes; what writes or serves it knows nothing of what is in it.

use std::fmt;

/// Makes the bytes of a file.
type Make<'a> = Box<dyn Fn() -> anyhow::Result<Vec<u8>> + Send + Sync + 'a>;

/// One file of the site: its path is known before its bytes are made.
pub struct Job<'a> {
    /// Its path below the output folder, with `/`; built from ids and literals only.
    pub path: String,
    make: Make<'a>,
}

impl<'a> Job<'a> {
    /// A file and how it is made.
    pub fn new(
        path: impl Into<String>,
        make: impl Fn() -> anyhow::Result<Vec<u8>> + Send + Sync + 'a,
    ) -> Job<'a> {
        Job { path: path.into(), make: Box::new(make) }
    }

    /// Makes the bytes, anew each time.
    pub fn bytes(&self) -> anyhow::Result<Vec<u8>> {
        (self.make)()
    }
}

impl fmt::Debug for Job<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Job").field(&self.path).finish()
    }
}
