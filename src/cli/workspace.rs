//! Where the registry is: the folder with `registry.toml`, here or above.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::cli::{Outcome, usage};

/// The registry's root, or what was wrong with the call.
pub(super) fn root(given: Option<&Path>) -> Result<Result<PathBuf, Outcome>> {
    if let Some(root) = find(given)? {
        return Ok(Ok(root));
    }
    Ok(Err(match given {
        Some(given) => {
            usage(format!("`{}` holds no `registry.toml`; `registry init` makes a registry", given.display()))
        }
        None => usage(
            "there is no `registry.toml` here or in a folder above\n  \
             help: change to the registry's folder, name it with --root, or make one with `registry init`",
        ),
    }))
}

/// The registry that a folder, which need not exist yet, would lie in.
pub(super) fn find_above(folder: &Path) -> Result<Option<PathBuf>> {
    let folder = env::current_dir().context("could not find the working directory")?.join(folder);
    let above =
        folder.ancestors().skip(1).find(|above| above.join("registry.toml").symlink_metadata().is_ok());
    Ok(above.map(Path::to_owned))
}

/// The registry's root, if there is one.
pub(super) fn find(given: Option<&Path>) -> Result<Option<PathBuf>> {
    let is_root = |folder: &Path| folder.join("registry.toml").symlink_metadata().is_ok();
    if let Some(given) = given {
        return Ok(is_root(given).then(|| given.to_owned()));
    }
    let here = env::current_dir().context("could not find the working directory")?;
    Ok(here.ancestors().find(|folder| is_root(folder)).map(Path::to_owned))
}

/// The registry's folder below the top of the git repository that it lies in, with a final slash; empty when it is
/// the top, or lies in none.
pub(super) fn folder_in_repository(root: &Path) -> String {
    let root = root.canonicalize().unwrap_or_default();
    let top = root.ancestors().find(|folder| folder.join(".git").symlink_metadata().is_ok());
    let inside = top.and_then(|top| root.strip_prefix(top).ok()).unwrap_or(Path::new(""));
    let parts = inside.components().map(|part| part.as_os_str().to_string_lossy().into_owned() + "/");
    parts.collect()
}
