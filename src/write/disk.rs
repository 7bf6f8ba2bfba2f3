//! What publishing does to the disk, one method each, so that a test can end the program between any two of them.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Changes to a disk. Looking at it needs no method: it leaves nothing behind.
pub(super) trait Disk: Send + Sync {
    /// Opens the file that is locked, and makes it if need be.
    fn open_lock(&self, path: &Path) -> io::Result<File>;
    /// Makes one folder.
    fn make_folder(&self, path: &Path) -> io::Result<()>;
    /// Makes a file that was not there before: nothing is modified in place.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Gives a file a second name.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Gives a file or folder another name.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Lets two folders change places in one step, or says that the system cannot.
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()>;
    /// Removes one file.
    fn remove_file(&self, path: &Path) -> io::Result<()>;
    /// Removes one empty folder.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
    /// Removes a folder and everything in it, following no symlink.
    fn remove_tree(&self, path: &Path) -> io::Result<()>;
    /// Comes back when everything on the folder's file system would outlive a power cut.
    fn flush(&self, folder: &Path) -> io::Result<()>;
    /// Sees to it that what was renamed in a folder outlives a power cut, where the system lets one ask for that.
    fn settle(&self, folder: &Path);
}

/// The disk of this machine.
pub(super) struct Real;

impl Disk for Real {
    fn open_lock(&self, path: &Path) -> io::Result<File> {
        File::options().write(true).create(true).truncate(false).open(path)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        File::create_new(path)?.write_all(bytes)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        exchange(one, other)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    fn remove_tree(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir_all(path)
    }

    fn flush(&self, folder: &Path) -> io::Result<()> {
        flush(folder)
    }

    fn settle(&self, folder: &Path) {
        // A folder that may be written but not listed cannot be opened; its file system still keeps its own order.
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_one: &Path, _other: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn flush(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}

/// Elsewhere there is no such call, and one for each file would cost more than the site.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn flush(_folder: &Path) -> io::Result<()> {
    Ok(())
}
