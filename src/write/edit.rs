//! One file of the registry, changed or made; nobody ever sees half of a changed one.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result};

/// Replaces the content of a file in one step, keeping its permissions.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let doing = || format!("could not write `{}`", path.display());
    let parent = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(parent).with_context(doing)?;
    file.write_all(bytes).with_context(doing)?;
    let permissions = fs::metadata(path).with_context(doing)?.permissions();
    file.as_file().set_permissions(permissions).with_context(doing)?;
    file.persist(path).with_context(doing)?;
    Ok(())
}

/// Makes a new file, and the folders above it; says so if there is one already, and leaves it alone.
pub fn create(path: &Path, bytes: &[u8]) -> Result<bool> {
    let doing = || format!("could not write `{}`", path.display());
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).with_context(doing)?;
    }
    match fs::File::create_new(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error).with_context(doing),
        Ok(mut file) => file.write_all(bytes).with_context(doing).map(|()| true),
    }
}
