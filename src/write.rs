//! Files to disk: jobs in parallel, each file dropped once written; the site appears whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path};

use anyhow::{Context, Result, bail};
use rayon::prelude::*;

use crate::model::output::Job;

/// Marks a folder as one that `registry build` made and may replace.
pub const MARKER: &str = ".registry-site";

/// What a build wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files.
    pub files: usize,
    /// Bytes in them.
    pub bytes: u64,
}

/// Whether `out` may hold a site: it is not there yet, is empty, or was made by an earlier build.
pub fn may_replace(out: &Path) -> Result<bool> {
    match fs::symlink_metadata(out) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(error).with_context(|| format!("could not look at `{}`", out.display())),
        Ok(metadata) if !metadata.is_dir() => return Ok(false),
        Ok(_) => {}
    }
    if out.join(MARKER).is_file() {
        return Ok(true);
    }
    let mut entries = fs::read_dir(out).with_context(|| format!("could not list `{}`", out.display()))?;
    Ok(entries.next().is_none())
}

/// What of a registry a site may not be written over or into.
const KEPT: [&str; 8] =
    ["registry.toml", "taxonomy.yaml", "entities.yaml", "incidents", "gates", "templates", "static", ".git"];

/// Whether replacing `out` would take the registry at `root`, or a part of it, with it.
pub fn would_harm(out: &Path, root: &Path) -> Result<bool> {
    let root = fs::canonicalize(root).with_context(|| format!("could not find `{}`", root.display()))?;
    // The folder need not exist yet: what of its path does is made absolute, and the rest follows.
    let mut existing = std::env::current_dir().context("could not find the working directory")?.join(out);
    let mut rest = Vec::new();
    while existing.symlink_metadata().is_err() {
        rest.extend(existing.file_name().map(ToOwned::to_owned));
        if !existing.pop() {
            break;
        }
    }
    let mut real = fs::canonicalize(&existing).unwrap_or(existing);
    real.extend(rest.into_iter().rev());
    let Ok(inside) = real.strip_prefix(&root) else { return Ok(root.starts_with(&real)) };
    let first = inside.components().next();
    Ok(first.is_none_or(|first| KEPT.iter().any(|kept| first.as_os_str() == *kept)))
}

/// Writes every job's file to a new folder beside `out`, asks `verify` whether the site hangs together, then puts
/// that folder in its place. Whatever fails before that leaves the old site as it was.
pub fn site(out: &Path, jobs: &[Job<'_>], verify: impl FnOnce() -> Result<()>) -> Result<Written> {
    let parent = out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent)
        .with_context(|| format!("could not make the folder `{}`", parent.display()))?;
    let new = tempfile::Builder::new()
        .prefix(".registry-new-")
        .tempdir_in(parent)
        .with_context(|| format!("could not make a folder in `{}`", parent.display()))?;
    let sizes =
        jobs.par_iter().map(|job| put(new.path(), &job.path, &job.bytes()?)).collect::<Result<Vec<u64>>>()?;
    put(new.path(), MARKER, b"made by registry build; replaced as a whole\n")?;
    verify()?;
    open_to_readers(new.path())?;
    exchange(new, out, parent)?;
    Ok(Written { files: sizes.len(), bytes: sizes.iter().sum() })
}

/// A temporary folder is its owner's alone; a site is for everybody whom the system's mask lets in.
#[cfg(unix)]
fn open_to_readers(folder: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
        .with_context(|| format!("could not open `{}` to readers", folder.display()))
}

#[cfg(not(unix))]
fn open_to_readers(_folder: &Path) -> Result<()> {
    Ok(())
}

/// Moves the old folder aside and the new one in its place; if the second step fails, the old one comes back.
fn exchange(new: tempfile::TempDir, out: &Path, parent: &Path) -> Result<()> {
    let doing = || format!("could not put the site at `{}`", out.display());
    if fs::symlink_metadata(out).is_err() {
        return fs::rename(new.keep(), out).with_context(doing);
    }
    let aside = tempfile::Builder::new().prefix(".registry-old-").tempdir_in(parent).with_context(doing)?;
    let old = aside.path().join("site");
    fs::rename(out, &old).with_context(doing)?;
    if let Err(error) = fs::rename(new.path(), out) {
        fs::rename(&old, out).with_context(|| format!("the old site is now at `{}`", old.display()))?;
        return Err(error).with_context(doing);
    }
    // It has moved away, so there is nothing left to clean up.
    let _ = new.keep();
    Ok(())
}

/// Writes one file below a folder; its path may name nothing outside it.
fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<u64> {
    let relative = Path::new(name);
    if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
        bail!("`{name}` is no path below the site");
    }
    let path = folder.join(relative);
    let doing = || format!("could not write `{name}`");
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).with_context(doing)?;
    }
    fs::write(&path, bytes).with_context(doing)?;
    Ok(bytes.len() as u64)
}

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
