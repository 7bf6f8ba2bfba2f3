//! One file, changed or made; nobody ever sees half of a changed one.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};

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

/// Writes a file that somebody named, in one step, whether or not there is one.
pub fn put(path: &Path, bytes: &[u8]) -> Result<()> {
    let doing = || format!("could not write `{}`", path.display());
    // What a symlink leads to is replaced, and not the link.
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    match fs::metadata(&real) {
        Ok(metadata) if metadata.is_file() => replace(&real, bytes),
        // A pipe or a device takes what is written to it, and a folder says that it is one.
        Ok(_) => {
            let mut file = fs::File::options().write(true).open(&real).with_context(doing)?;
            file.write_all(bytes).with_context(doing)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => place(&real, bytes),
        Err(error) => Err(error).with_context(doing),
    }
}

/// Makes a file in one step.
fn place(path: &Path, bytes: &[u8]) -> Result<()> {
    let doing = || format!("could not write `{}`", path.display());
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !parent.is_dir() {
        bail!("could not write `{}`: there is no folder `{}`", path.display(), parent.display());
    }
    let mut draft = tempfile::Builder::new();
    // As open as any new file here: a draft would be its owner's alone.
    #[cfg(unix)]
    draft.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    // What the draft is called is of no use to whoever named the file.
    let mut file =
        draft.tempfile_in(parent).map_err(|error| io::Error::from(error.kind())).with_context(doing)?;
    file.write_all(bytes).with_context(doing)?;
    file.persist(path).map_err(|error| error.error).with_context(doing)?;
    Ok(())
}

/// Adds to the end of a file what fits into `most` bytes of it; `text` is told how many are left.
pub fn append(path: &Path, most: usize, text: impl FnOnce(usize) -> String) -> Result<()> {
    let doing = || format!("could not write `{}`", path.display());
    let mut file = fs::File::options().append(true).create(true).open(path).with_context(doing)?;
    let written = usize::try_from(file.metadata().with_context(doing)?.len()).unwrap_or(usize::MAX);
    file.write_all(text(most.saturating_sub(written)).as_bytes()).with_context(doing)
}
