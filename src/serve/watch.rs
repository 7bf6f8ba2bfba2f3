//! Waits until something of the registry changes on disk, and for the rest of the burst to arrive.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// The files at the root that matter.
const FILES: [&str; 3] = ["registry.toml", "taxonomy.yaml", "entities.yaml"];
/// The folders that matter with all that is in them.
const FOLDERS: [&str; 4] = ["incidents", "gates", "templates", "static"];
/// An editor saves in several steps; the burst is over when nothing has come for so long.
const QUIET: Duration = Duration::from_millis(20);
/// A burst that does not end is not waited for any longer than so many times.
const MOST_WAITS: usize = 20;

/// What a change means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    /// Something in a folder, or a file at the root.
    Content,
    /// One of the folders itself came or went.
    Folder,
}

/// Watches one registry.
pub(super) struct Watch {
    root: PathBuf,
    watcher: RecommendedWatcher,
    changes: Receiver<Change>,
}

impl Watch {
    /// Watches the root by itself, and each folder that is there with all that is in it. The root tells when
    /// another of them appears; everything else in it (a site, a build) is none of our business.
    pub(super) fn new(root: &Path) -> Result<Watch> {
        let doing = || format!("could not watch `{}`", root.display());
        let root = root.canonicalize().with_context(doing)?;
        let (sender, changes) = channel();
        let mut watcher = notify::recommended_watcher(listener(root.clone(), sender)).with_context(doing)?;
        watcher.watch(&root, RecursiveMode::NonRecursive).with_context(doing)?;
        for folder in FOLDERS.map(|folder| root.join(folder)).iter().filter(|folder| folder.is_dir()) {
            watcher.watch(folder, RecursiveMode::Recursive).with_context(doing)?;
        }
        Ok(Watch { root, watcher, changes })
    }

    /// Returns after the next change.
    pub(super) fn wait(&mut self) -> Result<()> {
        let first = self.changes.recv().context("the watch on the registry's folder ended")?;
        let mut folders = first == Change::Folder;
        for _ in 0..MOST_WAITS {
            thread::sleep(QUIET);
            let further: Vec<Change> = self.changes.try_iter().collect();
            folders |= further.contains(&Change::Folder);
            if further.is_empty() {
                break;
            }
        }
        if folders {
            self.watch_anew();
        }
        Ok(())
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
                // The receiver is gone only when the server is.
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
        (false, _) => (rest.is_empty() && FILES.contains(&first.as_str())).then_some(Change::Content),
    }
}
