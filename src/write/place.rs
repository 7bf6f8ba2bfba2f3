//! The place of a site: held against other builds, cleared of what a killed one left, and given back clean.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};

use crate::write::disk::{Disk, Real};
use crate::write::{MARKER, refused};

/// How often a parent folder that vanishes under our hands is made again.
const TRIES: usize = 100;

/// The place of one site, held until it is dropped. Beside `site` there may stand, while a build runs or after one was
/// killed, `.site.registry-new` (an unfinished site, or an old one on its way out: never worth keeping),
/// `.site.registry-old` (the last site, whole, while a system without an exchange renames twice) and
/// `.site.registry-lock`. These names are ours: whatever bears them is removed.
pub struct Place {
    pub(super) disk: Arc<dyn Disk>,
    /// The folder that appears.
    pub(super) out: PathBuf,
    /// Where it is made.
    pub(super) new: PathBuf,
    /// Where the last one waits between two renames.
    pub(super) old: PathBuf,
    /// The folder of all three.
    pub(super) parent: PathBuf,
    lock: PathBuf,
    held: Option<File>,
    /// The folders above that were not there before.
    made: Vec<PathBuf>,
}

impl Place {
    /// Takes hold of the place for a site; calls `waiting` before it waits for another build to let go of it.
    ///
    /// A build holds its place before it reads the records: whoever comes later has read what is newer.
    pub fn claim(out: &Path, waiting: impl FnOnce()) -> Result<Place> {
        Place::on(Arc::new(Real), out, waiting)
    }

    pub(super) fn on(disk: Arc<dyn Disk>, out: &Path, waiting: impl FnOnce()) -> Result<Place> {
        let Some(name) = out.file_name() else {
            bail!("`{}` does not end in the name of a folder; name it by its own path", out.display());
        };
        let folder = out.parent().unwrap_or(Path::new(""));
        let parent = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let mut place = Place {
            disk,
            out: folder.join(name),
            new: beside(folder, name, "new"),
            old: beside(folder, name, "old"),
            lock: beside(folder, name, "lock"),
            parent: parent.to_owned(),
            held: None,
            made: Vec::new(),
        };
        place.hold(waiting)?;
        place.recover()?;
        Ok(place)
    }

    /// Whether a site may stand here: nothing does yet, or an empty folder, or what an earlier build made.
    pub fn may_replace(&self) -> Result<bool> {
        let metadata = match fs::symlink_metadata(&self.out) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
            found => found.map_err(|error| self.unlooked(&error))?,
        };
        if metadata.is_symlink() {
            bail!(
                "`{}` is a symlink, and a build replaces the folder itself; name the folder it leads to with --out",
                self.out.display()
            );
        }
        if !metadata.is_dir() {
            bail!("`{}` is not a folder; choose another place with --out, or remove it", self.out.display());
        }
        let mut entries = fs::read_dir(&self.out).map_err(|error| self.unlooked(&error))?;
        let ours = fs::symlink_metadata(self.out.join(MARKER)).is_ok_and(|metadata| metadata.is_file());
        Ok(ours || entries.next().is_none())
    }

    fn unlooked(&self, error: &io::Error) -> anyhow::Error {
        refused(format_args!("could not look into `{}`", self.out.display()), error)
    }

    /// Waits for the lock. The file goes when the lock does, so one that was waited for may be gone by then.
    fn hold(&mut self, waiting: impl FnOnce()) -> Result<()> {
        let mut waiting = Some(waiting);
        let mut tries = 0;
        loop {
            self.make_parents()?;
            let file = match self.disk.open_lock(&self.lock) {
                // A build that failed just now took the folders along that it had made.
                Err(error) if error.kind() == io::ErrorKind::NotFound && tries < TRIES => {
                    tries += 1;
                    continue;
                }
                opened => opened.map_err(|error| self.unwritten(&error))?,
            };
            wait(&file, || waiting.take().into_iter().for_each(|say| say()))
                .with_context(|| format!("could not lock `{}`", self.lock.display()))?;
            if stands(&file, &self.lock) {
                self.held = Some(file);
                return Ok(());
            }
        }
    }

    fn make_parents(&mut self) -> Result<()> {
        let missing = |folder: &&Path| !folder.as_os_str().is_empty() && fs::metadata(folder).is_err();
        let parents: Vec<_> = self.parent.ancestors().take_while(missing).map(Path::to_owned).collect();
        for folder in parents.into_iter().rev() {
            match self.disk.make_folder(&folder) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(self.unwritten(&error)),
                Ok(()) => self.made.push(folder),
            }
        }
        Ok(())
    }

    fn unwritten(&self, error: &io::Error) -> anyhow::Error {
        let doing = format!(
            "could not write in `{}`, where `{}` is to be",
            self.parent.display(),
            self.out.display()
        );
        refused(doing, error)
    }

    /// Brings back a site that was moved aside, and removes what a killed build left.
    fn recover(&self) -> Result<()> {
        if exists(&self.old) && !exists(&self.out) {
            self.disk.rename(&self.old, &self.out).with_context(|| {
                format!("could not bring back the last site from `{}`", self.old.display())
            })?;
        }
        self.clear()?;
        if exists(&self.old) {
            self.set_aside()?;
            self.clear()?;
        }
        Ok(())
    }

    /// Gives an old site the name under which nobody takes it for a whole one, before it is removed piece by piece.
    pub(super) fn set_aside(&self) -> Result<()> {
        self.disk
            .rename(&self.old, &self.new)
            .with_context(|| format!("could not remove `{}`", self.old.display()))
    }

    /// Removes the unfinished or former site.
    pub(super) fn clear(&self) -> Result<()> {
        let removed = match fs::symlink_metadata(&self.new) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
            Ok(metadata) if metadata.is_dir() => self.disk.remove_tree(&self.new),
            Ok(_) => self.disk.remove_file(&self.new),
        };
        removed.with_context(|| {
            format!("could not remove `{}`, which a build left; remove it by hand", self.new.display())
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.held.is_some() {
            // What went wrong before has been said; the next build clears what cannot be cleared now.
            let _ = self.recover();
            // Elsewhere a file that somebody waits for cannot be told from a new one of its name, so it stays.
            if cfg!(unix) {
                let _ = self.disk.remove_file(&self.lock);
            }
        }
        // Only empty folders go: after a build that published, there are none.
        for folder in self.made.iter().rev() {
            let _ = self.disk.remove_folder(folder);
        }
    }
}

/// A hidden name made from the site's, fixed so that the next build finds what this one left.
fn beside(folder: &Path, name: &OsStr, what: &str) -> PathBuf {
    let mut hidden = OsString::from(".");
    hidden.push(name);
    hidden.push(".registry-");
    hidden.push(what);
    folder.join(hidden)
}

/// Whether anything at all stands at a path.
pub(super) fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

fn wait(file: &File, waiting: impl FnOnce()) -> io::Result<()> {
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::Error(error)) => Err(error),
        Err(TryLockError::WouldBlock) => {
            waiting();
            file.lock()
        }
    }
}

/// Whether an open file is still the one that a path names.
#[cfg(unix)]
fn stands(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    file.metadata().map(identity).ok() == fs::symlink_metadata(path).map(identity).ok()
}

#[cfg(not(unix))]
fn stands(_file: &File, _path: &Path) -> bool {
    true
}
