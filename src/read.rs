//! Disk to files: the only reader. Opens regular files below the root, up to the size limit, and nothing else;
//! what it refuses is kept with the reason, so that a rule can say so.

mod git;

use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rayon::prelude::*;
use walkdir::WalkDir;

use crate::files::{File, Files, Unreadable, max_bytes};

pub use git::base;

/// The files that stand at the root of a registry.
pub const AT_ROOT: [&str; 4] = ["registry.toml", "taxonomy.yaml", "entities.yaml", "links.tsv"];
/// The folders whose content belongs to a registry.
const FOLDERS: [&str; 2] = [GATES, "incidents"];
/// The one of them whose content judges records.
const GATES: &str = "gates";
/// Files of those folders that are not records.
const BESIDE: [&str; 2] = ["README.md", "history.tsv"];

/// Every file of the registry at `root`. Fails only when the system refuses to list a folder or to open a file.
pub fn registry(root: &Path) -> Result<Files> {
    files(root, &FOLDERS)
}

/// What the records of the registry at `root` are judged by: its files but for the records.
pub fn policy(root: &Path) -> Result<Files> {
    files(root, &[GATES])
}

/// A file that somebody names, wherever it stands and under that name; or, in words, why it is none.
pub fn named(path: &Path) -> Result<Result<File, String>> {
    let shown = path.display();
    let found = match fs::metadata(path) {
        Ok(metadata) => kind(metadata.file_type()),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(Err(format!("there is no file `{shown}` here")));
        }
        Err(error) => return Err(error).with_context(|| format!("could not look at `{shown}`")),
    };
    if found != Kind::File {
        return Ok(Err(format!("`{shown}` is {}, and not a file", found.word())));
    }
    read(path.to_string_lossy().into_owned(), path, None).map(Ok)
}

fn files(root: &Path, folders: &[&str]) -> Result<Files> {
    let mut found = Vec::new();
    for name in AT_ROOT {
        let path = root.join(name);
        if let Ok(metadata) = path.symlink_metadata() {
            found.push((name.to_owned(), path, kind(metadata.file_type()).refused()));
        }
    }
    for folder in folders {
        let path = root.join(folder);
        if path.is_dir() {
            found.extend(list(root, &path)?);
        }
    }
    let files = found.into_par_iter().map(|(name, path, refused)| read(name, &path, refused));
    Ok(Files::new(files.collect::<Result<Vec<File>>>()?))
}

/// A file's name in the registry, where it is on disk, and why it will not be read, if so.
type Listed = (String, PathBuf, Option<Unreadable>);

fn list(root: &Path, folder: &Path) -> Result<Vec<Listed>> {
    let mut listed = Vec::new();
    for entry in WalkDir::new(folder).min_depth(1).sort_by_file_name().follow_links(false) {
        let entry = entry.with_context(|| format!("could not list `{}`", folder.display()))?;
        let path = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let path = path.to_string_lossy().replace('\\', "/");
        let kind = kind(entry.file_type());
        if !belongs(&path, kind) {
            continue;
        }
        let refused = refused(&path, kind);
        listed.push((path, entry.into_path(), refused));
    }
    Ok(listed)
}

/// Whether something in a registry's folders is meant for it.
fn belongs(path: &str, kind: Kind) -> bool {
    let name = name(path);
    let is_record = [".md", ".yaml", ".yml"].iter().any(|ending| name.ends_with(ending));
    !name.starts_with('.') && !BESIDE.contains(&name) && (kind != Kind::Folder || is_record)
}

/// Why it is not read, whatever its size.
fn refused(path: &str, kind: Kind) -> Option<Unreadable> {
    match kind {
        Kind::File => misplaced(path).map(Unreadable::Misplaced),
        _ => kind.refused(),
    }
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Records stand directly in their folder and end in `.md` or `.yaml`; anything else would be lost in silence.
fn misplaced(path: &str) -> Option<&'static str> {
    let name = name(path);
    let known = name.ends_with(".md") || name.ends_with(".yaml") || name == "ids.lock";
    match (path.split('/').count() > 2, known) {
        (true, _) => Some("stands in a subfolder"),
        (_, false) => Some("has an ending other than `.md` or `.yaml`"),
        // A gate is mostly text.
        _ if path.starts_with("gates/") && !name.ends_with(".md") => Some("has an ending other than `.md`"),
        _ => None,
    }
}

/// What stands under a name, on disk or in a revision.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
    Symlink,
    /// Another repository.
    Repository,
    Other,
}

impl Kind {
    /// The kind in words.
    fn word(self) -> &'static str {
        match self {
            Kind::File => "a file",
            Kind::Folder => "a folder",
            Kind::Symlink => "a symlink",
            Kind::Repository => "another repository",
            Kind::Other => "a pipe, a socket or a device",
        }
    }

    fn refused(self) -> Option<Unreadable> {
        (self != Kind::File).then(|| Unreadable::NotRegular(self.word()))
    }
}

fn kind(kind: fs::FileType) -> Kind {
    match kind {
        _ if kind.is_symlink() => Kind::Symlink,
        _ if kind.is_dir() => Kind::Folder,
        _ if kind.is_file() => Kind::File,
        _ => Kind::Other,
    }
}

fn too_large(path: &str, size: u64) -> Option<Unreadable> {
    (size > max_bytes(path)).then_some(Unreadable::TooLarge(size))
}

fn read(name: String, path: &Path, refused: Option<Unreadable>) -> Result<File> {
    if let Some(why) = refused {
        return Ok(File::unreadable(name, "", why));
    }
    let bytes = bytes(path, &name).with_context(|| format!("could not read `{}`", path.display()))?;
    Ok(match bytes {
        Ok(bytes) => File::from_bytes(name, bytes),
        Err(why) => File::unreadable(name, "", why),
    })
}

/// The bytes of a file, unless there are too many of them; told by its size, before it is read.
fn bytes(path: &Path, name: &str) -> std::io::Result<Result<Vec<u8>, Unreadable>> {
    let file = fs::File::open(path)?;
    let size = file.metadata()?.len();
    if let Some(why) = too_large(name, size) {
        return Ok(Err(why));
    }
    // One byte more, so that the end is met without growing.
    let mut bytes = Vec::with_capacity(usize::try_from(size + 1).unwrap_or_default());
    file.take(max_bytes(name) + 1).read_to_end(&mut bytes)?;
    // It may have grown since.
    Ok(too_large(name, bytes.len() as u64).map_or(Ok(bytes), Err))
}

/// The workflows of the repository whose folder is `top`, by their path in it.
fn workflows(top: &Path, folder: &str) -> Result<Files> {
    let mut files = Vec::new();
    for entry in WalkDir::new(top.join(folder)).min_depth(1).sort_by_file_name().follow_links(false) {
        // There may be none.
        let Ok(entry) = entry else { continue };
        let refused = kind(entry.file_type()).refused();
        if !entry.file_type().is_dir() {
            let name = entry.path().strip_prefix(top).unwrap_or(entry.path()).to_string_lossy();
            files.push(read(name.replace('\\', "/"), entry.path(), refused)?);
        }
    }
    Ok(Files::new(files))
}

/// A path's name in the registry, if it lies in it. Its last part is kept as it is: the registry lists a symlink
/// under its own name.
pub fn inside(root: &Path, path: &Path) -> Result<Option<String>> {
    let root = fs::canonicalize(root).with_context(|| format!("could not find `{}`", root.display()))?;
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let real = match (fs::canonicalize(parent), path.file_name()) {
        (Ok(parent), Some(name)) => parent.join(name),
        _ => fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()),
    };
    Ok(real.strip_prefix(&root).ok().map(|inside| inside.to_string_lossy().replace('\\', "/")))
}

/// The registry's own templates, which take the place of the embedded ones of the same name.
pub fn templates(root: &Path) -> Result<Vec<(String, String)>> {
    overrides(&root.join("templates"), |path| {
        fs::read_to_string(path).with_context(|| format!("could not read the template `{}`", path.display()))
    })
}

/// The registry's own static files.
pub fn statics(root: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    overrides(&root.join("static"), |path| {
        fs::read(path).with_context(|| format!("could not read `{}`", path.display()))
    })
}

fn overrides<T>(folder: &Path, read: impl Fn(&Path) -> Result<T>) -> Result<Vec<(String, T)>> {
    let mut found = Vec::new();
    if !folder.is_dir() {
        return Ok(found);
    }
    for entry in WalkDir::new(folder).sort_by_file_name().follow_links(false) {
        let entry = entry.with_context(|| format!("could not list `{}`", folder.display()))?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if entry.file_type().is_file() && !hidden {
            let name = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            found.push((name.to_string_lossy().replace('\\', "/"), read(entry.path())?));
        }
    }
    Ok(found)
}
