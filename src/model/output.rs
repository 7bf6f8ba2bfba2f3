//! One file of the site, made in memory; what writes it knows nothing of what is in it.

/// One file of the site, made when its turn comes.
pub type Job<'a> = Box<dyn Fn() -> anyhow::Result<OutputFile> + Send + Sync + 'a>;

/// A file to be written below the output folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Its path below the output folder, with `/`; built from ids and literals only.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}
