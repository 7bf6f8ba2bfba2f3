//! Files to disk: the site appears whole or not at all, and a file of the registry changes in one step.
//!
//! `place` holds the output folder against other builds and clears what a killed one left; `publish` builds beside
//! it and makes the two change places; `manifest` knows which files are as they were.

#[cfg(test)]
mod crash;
mod disk;
mod edit;
mod harm;
mod manifest;
mod place;
mod publish;

use std::io;

use anyhow::{Error, anyhow};

pub use edit::{append, create, put, replace};
pub use harm::would_harm;
pub use place::Place;
pub use publish::{Written, site};

/// Marks a folder as one that `registry build` made and may replace, and says what stands in it.
pub const MARKER: &str = ".registry-site";

/// What could not be done, why, and the way out.
fn refused(doing: impl std::fmt::Display, error: &io::Error) -> Error {
    let way_out = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            "; make room, or choose a folder on another disk with --out"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "; choose a folder that you may write to with --out"
        }
        io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices => {
            "; a mount point, or a folder that came with an image, cannot be replaced: choose one inside it or beside it with --out"
        }
        _ => "",
    };
    anyhow!("{doing}: {error}{way_out}")
}
