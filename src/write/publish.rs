//! Jobs to a site: built beside the last one, verified, flushed, and put in its place in one step.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path};

use anyhow::{Context, Result, bail};
use rayon::prelude::*;

use crate::model::digest::Digest;
use crate::model::output::Job;
use crate::write::manifest::{Entry, Manifest};
use crate::write::place::{Place, exists};
use crate::write::{MARKER, refused};

/// What a build wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files.
    pub files: usize,
    /// Bytes in them.
    pub bytes: u64,
    /// Files that were taken over from the last site, since nothing in them changed.
    pub unchanged: usize,
}

/// Writes every job's file beside the last site, asks `verify` whether the new one hangs together, then lets the two
/// change places. Whatever fails before that leaves the last site as it was.
pub fn site(place: &Place, jobs: &[Job<'_>], verify: impl FnOnce() -> Result<()>) -> Result<Written> {
    let written = draft(place, jobs)
        .and_then(|written| verify().map(|()| written))
        .and_then(|written| appear(place).map(|()| written))
        .with_context(|| format!("nothing was published, and `{}` is as it was", place.out.display()))?;
    // A power cut may not undo the exchange after the old site began to go.
    place.disk.settle(&place.parent);
    if exists(&place.old) {
        place.set_aside()?;
    }
    place.clear()?;
    Ok(written)
}

/// The new site, whole, in its own folder, on the disk but not in its place.
fn draft(place: &Place, jobs: &[Job<'_>]) -> Result<Written> {
    let folders = folders(jobs)?;
    let draft = Draft::new(place)?;
    for folder in folders {
        draft.make_folder(folder)?;
    }
    let files = jobs.par_iter().map(|job| draft.put(job)).collect::<Result<Vec<(Entry, bool)>>>()?;
    let unchanged = files.iter().filter(|(_, unchanged)| *unchanged).count();
    let manifest = Manifest::new(files.into_iter().map(|(entry, _)| entry).collect());
    draft.write(MARKER, manifest.text().as_bytes())?;
    let (files, bytes) = manifest.measure();
    Ok(Written { files, bytes, unchanged })
}

/// Every folder that the files need, those above before those below; a file's path may name nothing outside the site.
fn folders<'a>(jobs: &'a [Job<'_>]) -> Result<BTreeSet<&'a Path>> {
    let mut folders = BTreeSet::new();
    for job in jobs {
        let path = Path::new(&job.path);
        if !path.components().all(|part| matches!(part, Component::Normal(_))) {
            bail!("`{}` is no path below the site", job.path);
        }
        folders.extend(path.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty()));
    }
    Ok(folders)
}

/// A site in the making.
struct Draft<'a> {
    place: &'a Place,
    last: Manifest,
    /// What the system gave the folder: owner, group, permissions.
    given: fs::Metadata,
}

impl<'a> Draft<'a> {
    fn new(place: &'a Place) -> Result<Draft<'a>> {
        let doing = || format!("could not make the folder `{}`", place.new.display());
        place.disk.make_folder(&place.new).map_err(|error| refused(doing(), &error))?;
        let given = fs::symlink_metadata(&place.new).with_context(doing)?;
        Ok(Draft { place, last: Manifest::of(&place.out), given })
    }

    fn make_folder(&self, folder: &Path) -> Result<()> {
        let made = self.place.disk.make_folder(&self.place.new.join(folder));
        made.map_err(|error| {
            refused(format_args!("could not make the folder `{}`", folder.display()), &error)
        })
    }

    /// Makes a file of the site, or takes it over; says which.
    fn put(&self, job: &Job<'_>) -> Result<(Entry, bool)> {
        let bytes = job.bytes()?;
        let entry = Entry { path: job.path.clone(), size: bytes.len() as u64, hash: Digest::of(&bytes) };
        if self.last.holds(&entry) && self.take_over(&job.path, &bytes) {
            return Ok((entry, true));
        }
        self.write(&job.path, &bytes)?;
        Ok((entry, false))
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let written = self.place.disk.write(&self.place.new.join(path), bytes);
        written.map_err(|error| refused(format_args!("could not write `{path}`"), &error))
    }

    /// Gives a file of the last site its place in the new one too, unless writing it would give something else.
    ///
    /// The manifest says what was written once. Somebody may have edited the file since, with whatever size and time,
    /// so it is read and compared, under its new name: what was compared is what is published. Where a file cannot be
    /// linked, it is written.
    fn take_over(&self, path: &str, bytes: &[u8]) -> bool {
        let (old, new) = (self.place.out.join(path), self.place.new.join(path));
        let same_kind = |it: fs::Metadata| it.len() == bytes.len() as u64 && as_if_written(&it, &self.given);
        if !fs::symlink_metadata(&old).is_ok_and(same_kind) || self.place.disk.link(&old, &new).is_err() {
            return false;
        }
        let same = fs::read(&new).is_ok_and(|it| it == bytes);
        if !same {
            // If this fails, so does writing the file anew, which says so.
            let _ = self.place.disk.remove_file(&new);
        }
        same
    }
}

/// Whether a file has the owner, group and permissions that it would have if it were written now. Those of a folder
/// made now say which: the system's mask and inherited rules are in them.
#[cfg(unix)]
fn as_if_written(file: &fs::Metadata, folder: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    const READ_AND_WRITE: u32 = 0o666;
    const ANY: u32 = 0o7777;
    file.is_file()
        && (file.uid(), file.gid()) == (folder.uid(), folder.gid())
        && file.mode() & ANY == folder.mode() & READ_AND_WRITE
}

#[cfg(not(unix))]
fn as_if_written(file: &fs::Metadata, _folder: &fs::Metadata) -> bool {
    file.is_file() && !file.permissions().readonly()
}

/// Puts the new site in the place of the last one.
fn appear(place: &Place) -> Result<()> {
    let Place { disk, out, new, .. } = place;
    disk.flush(new).with_context(|| format!("could not bring `{}` safely to the disk", new.display()))?;
    let appeared = if exists(out) {
        match disk.exchange(new, out) {
            Err(error) if cannot(&error) => rename_twice(place),
            done => done,
        }
    } else {
        disk.rename(new, out)
    };
    appeared.map_err(|error| refused(format_args!("could not put the site at `{}`", out.display()), &error))
}

/// Whether the system or the file system does not know the exchange.
fn cannot(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// Without an exchange there is a moment in which no site stands there. A build killed in it leaves the old one beside
/// its place, and the next build brings it back before it does anything else.
fn rename_twice(place: &Place) -> io::Result<()> {
    place.disk.rename(&place.out, &place.old)?;
    place.disk.rename(&place.new, &place.out).inspect_err(|_| {
        // If this fails as well, the next build tries again.
        let _ = place.disk.rename(&place.old, &place.out);
    })
}
