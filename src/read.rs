//! Disk to files: the only reader. Opens regular files below the root, up to the size limit, and nothing else;
//! what it refuses is kept with the reason, so that a rule can say so.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::files::{File, Files, MAX_FILE_BYTES, Unreadable};

/// The files that stand at the root of a registry.
const AT_ROOT: [&str; 3] = ["registry.toml", "taxonomy.yaml", "entities.yaml"];
/// The folders whose content belongs to a registry.
const FOLDERS: [&str; 2] = ["gates", "incidents"];
/// Files of those folders that are not records.
const BESIDE: [&str; 2] = ["README.md", "history.tsv"];

/// Every file of the registry at `root`. Fails only when the system refuses to list a folder or to open a file.
pub fn registry(root: &Path) -> Result<Files> {
    let mut found = Vec::new();
    for name in AT_ROOT {
        let path = root.join(name);
        if let Ok(metadata) = path.symlink_metadata() {
            found.push((name.to_owned(), path, refused(metadata.file_type(), metadata.len())));
        }
    }
    for folder in FOLDERS {
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
        let name = entry.file_name().to_string_lossy();
        let is_record = [".md", ".yaml", ".yml"].iter().any(|ending| name.ends_with(ending));
        let is_folder = entry.file_type().is_dir();
        if name.starts_with('.') || BESIDE.contains(&&*name) || (is_folder && !is_record) {
            continue;
        }
        let refused = misplaced(&entry).or_else(|| {
            // A file that vanishes between listing and asking is reported when it is read.
            let size = entry.metadata().map(|metadata| metadata.len()).unwrap_or_default();
            refused(entry.file_type(), size)
        });
        let path = entry.path().strip_prefix(root).unwrap_or(entry.path());
        listed.push((path.to_string_lossy().replace('\\', "/"), entry.path().to_owned(), refused));
    }
    Ok(listed)
}

/// Records stand directly in their folder and end in `.md` or `.yaml`; anything else would be lost in silence.
fn misplaced(entry: &DirEntry) -> Option<Unreadable> {
    let name = entry.file_name().to_string_lossy();
    let known = name.ends_with(".md") || name.ends_with(".yaml") || name == "ids.lock";
    if !entry.file_type().is_file() {
        return None;
    }
    let is_gate = entry.path().parent().is_some_and(|folder| folder.ends_with("gates"));
    match (entry.depth() > 1, known) {
        (true, _) => Some(Unreadable::Misplaced("stands in a subfolder")),
        (_, false) => Some(Unreadable::Misplaced("has an ending other than `.md` or `.yaml`")),
        // A gate is mostly text.
        _ if is_gate && !name.ends_with(".md") => {
            Some(Unreadable::Misplaced("has an ending other than `.md`"))
        }
        _ => None,
    }
}

fn refused(kind: fs::FileType, size: u64) -> Option<Unreadable> {
    if kind.is_symlink() {
        return Some(Unreadable::NotRegular("a symlink"));
    }
    if kind.is_dir() {
        return Some(Unreadable::NotRegular("a folder"));
    }
    if !kind.is_file() {
        return Some(Unreadable::NotRegular("a pipe, a socket or a device"));
    }
    (size > MAX_FILE_BYTES).then_some(Unreadable::TooLarge(size))
}

fn read(name: String, path: &Path, refused: Option<Unreadable>) -> Result<File> {
    if let Some(why) = refused {
        return Ok(File::unreadable(name, "", why));
    }
    let bytes = bytes(path).with_context(|| format!("could not read `{}`", path.display()))?;
    // It may have grown since it was listed.
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Ok(File::unreadable(name, "", Unreadable::TooLarge(bytes.len() as u64)));
    }
    Ok(File::from_bytes(name, bytes))
}

fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    let file = fs::File::open(path)?;
    // One byte more, so that the end is met without growing.
    let size = file.metadata()?.len().min(MAX_FILE_BYTES) + 1;
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
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
