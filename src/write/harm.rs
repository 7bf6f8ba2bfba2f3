//! Whether a site at some place would take the registry with it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// What of a registry a site may not be written over or into.
const KEPT: [&str; 9] = [
    "registry.toml",
    "taxonomy.yaml",
    "entities.yaml",
    "links.tsv",
    "incidents",
    "gates",
    "templates",
    "static",
    ".git",
];

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
