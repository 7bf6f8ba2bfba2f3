//! Follows a registry on disk: waits until something of it changes, and for the rest of the burst to arrive, and reads
//! it while an editor may still be at it. The only user of the system's watcher; changes nothing.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::files::Files;
use crate::read::{self, AT_ROOT};

/// The folders that matter with all that is in them.
const FOLDERS: [&str; 4] = ["incidents", "gates", "templates", "static"];
/// An editor saves in several steps; the burst is over when nothing has come for so long.
const QUIET: Duration = Duration::from_millis(20);
/// A burst that does not end is not waited for any longer than so many times.
const MOST_WAITS: usize = 20;
/// A file may vanish between being listed and being read, while an editor saves: then it is read again.
const TRIES: usize = 3;
/// How long to wait before that.
const PAUSE: Duration = Duration::from_millis(30);

/// Why there is nothing to look at until the next change.
#[derive(Debug)]
pub enum Absent {
    /// The system refuses to list a folder or to open a file.
    Unreadable(anyhow::Error),
    /// There is no `registry.toml` any more in this folder.
    NoRegistry(PathBuf),
}

impl fmt::Display for Absent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Absent::Unreadable(error) => write!(f, "{error:#}"),
            Absent::NoRegistry(root) => write!(f, "there is no `registry.toml` in `{}`", root.display()),
        }
    }
}

/// Every file of the registry, as it is between two saves.
pub fn read(root: &Path) -> Result<Files, Absent> {
    let mut tried = read::registry(root);
    for _ in 1..TRIES {
        if tried.is_ok() {
            break;
        }
        thread::sleep(PAUSE);
        tried = read::registry(root);
    }
    let files = tried.map_err(Absent::Unreadable)?;
    match files.by_path(AT_ROOT[0]) {
        Some(_) => Ok(files),
        None => Err(Absent::NoRegistry(root.to_owned())),
    }
}

/// What a change means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    /// Nobody reads any more what is told of changes.
    Unheard,
    /// Something in a folder, or a file at the root.
    Content,
    /// One of the folders itself came or went.
    Folder,
}

/// Watches one registry.
#[derive(Debug)]
pub struct Watch {
    root: PathBuf,
    watcher: RecommendedWatcher,
    changes: Receiver<Change>,
    sender: Sender<Change>,
}

impl Watch {
    /// Watches the root by itself, and each folder that is there with all that is in it. The root tells when
    /// another of them appears; everything else in it (a site, a build) is none of our business.
    pub fn new(root: &Path) -> Result<Watch> {
        let doing = || format!("could not watch `{}`", root.display());
        let root = root.canonicalize().with_context(doing)?;
        let (sender, changes) = channel();
        let mut watcher =
            notify::recommended_watcher(listener(root.clone(), sender.clone())).with_context(doing)?;
        watcher.watch(&root, RecursiveMode::NonRecursive).with_context(doing)?;
        for folder in FOLDERS.map(|folder| root.join(folder)).iter().filter(|folder| folder.is_dir()) {
            watcher.watch(folder, RecursiveMode::Recursive).with_context(doing)?;
        }
        Ok(Watch { root, watcher, changes, sender })
    }

    /// Ends the watch when the other end of an output is closed, which else shows only in writing to it.
    #[cfg(unix)]
    pub fn end_with(&self, output: impl std::os::fd::AsFd + Send + 'static) -> Result<()> {
        use rustix::event::{PollFd, PollFlags, poll};
        let sender = self.sender.clone();
        let wait = move || {
            // Asked for nothing, the system tells of an error or an end all the same.
            let mut polled = [PollFd::new(&output, PollFlags::empty())];
            while poll(&mut polled, None) == Err(rustix::io::Errno::INTR) {}
            // Some systems cannot tell this of a terminal, and say so at once.
            if polled[0].revents().intersects(PollFlags::ERR | PollFlags::HUP) {
                let _ = sender.send(Change::Unheard);
            }
        };
        thread::Builder::new().name("output".into()).spawn(wait).context("could not start a thread")?;
        Ok(())
    }

    /// Elsewhere a closed output shows in writing to it.
    #[cfg(not(unix))]
    pub fn end_with<T>(&self, _output: T) -> Result<()> {
        Ok(())
    }

    /// Returns after the next change; with `false` if nobody is there any more to be told.
    pub fn wait(&mut self) -> Result<bool> {
        let first = self.changes.recv().context("the watch on the registry's folder ended")?;
        let mut burst = vec![first];
        for _ in 0..MOST_WAITS {
            thread::sleep(QUIET);
            let before = burst.len();
            burst.extend(self.changes.try_iter());
            if burst.len() == before {
                break;
            }
        }
        if burst.contains(&Change::Folder) {
            self.watch_anew();
        }
        Ok(!burst.contains(&Change::Unheard))
    }

    /// A folder that was replaced is another folder under the same name. What changes in it from here on is told;
    /// what changed before is read after this.
    fn watch_anew(&mut self) {
        for folder in FOLDERS.map(|folder| self.root.join(folder)) {
            // It may not have been watched, and may vanish at any time; the root tells if it comes back.
            let _ = self.watcher.unwatch(&folder);
            if folder.is_dir() {
                let _ = self.watcher.watch(&folder, RecursiveMode::Recursive);
            }
        }
    }
}

/// Passes on the events that matter. Too many at once for the system to remember is none: those that it does
/// remember lead to the same reading, and our own reading causes them too.
fn listener(root: PathBuf, sender: Sender<Change>) -> impl Fn(notify::Result<Event>) + Send + 'static {
    move |event| {
        let changes = event.ok().filter(|event| is_change(event.kind));
        for path in changes.into_iter().flat_map(|event| event.paths) {
            if let Some(change) = path.strip_prefix(&root).ok().and_then(meaning) {
                // The receiver is gone only when nobody waits any more.
                let _ = sender.send(change);
            }
        }
    }
}

/// Whether a file may now hold something else; being read changes nothing.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        EventKind::Other => false,
        _ => true,
    }
}

/// What a change at a path below the root means. Hidden files, such as those that editors keep beside a text, are
/// never read.
fn meaning(inside: &Path) -> Option<Change> {
    let mut parts = inside.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
    let first = parts.next()?;
    let rest: Vec<String> = parts.collect();
    if rest.iter().any(|part| part.starts_with('.')) {
        return None;
    }
    match (FOLDERS.contains(&first.as_str()), rest.is_empty()) {
        (true, true) => Some(Change::Folder),
        (true, false) => Some(Change::Content),
        (false, _) => (rest.is_empty() && AT_ROOT.contains(&first.as_str())).then_some(Change::Content),
    }
}
