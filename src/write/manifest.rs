//! What stands in a site: path, size and hash of every file, as the text of its marker file and back.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::model::digest::Digest;
use crate::write::MARKER;

/// The first line; another version's manifest is read as an empty one, so that every file is written anew.
const VERSION: &str = "registry site 1: made by `registry build`, replaced as a whole; SHA-256, size, path\n";

/// One file of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its path below the site, with `/`.
    pub(super) path: String,
    /// Its bytes, counted.
    pub(super) size: u64,
    /// Its bytes, hashed.
    pub(super) hash: Digest,
}

/// The files of a site, by path.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest(Vec<Entry>);

impl Manifest {
    /// The manifest of these files.
    pub(super) fn new(mut entries: Vec<Entry>) -> Manifest {
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        Manifest(entries)
    }

    /// The manifest of the site in a folder; empty if there is none that can be read.
    pub(super) fn of(site: &Path) -> Manifest {
        let path = site.join(MARKER);
        // A pipe would wait for a writer.
        if !fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_file()) {
            return Manifest::default();
        }
        fs::read_to_string(&path).map(|text| Manifest::parse(&text)).unwrap_or_default()
    }

    fn parse(text: &str) -> Manifest {
        let lines = text.strip_prefix(VERSION).unwrap_or_default().lines();
        Manifest::new(lines.filter_map(entry).collect())
    }

    /// The text of the marker file.
    pub(super) fn text(&self) -> String {
        let mut text = VERSION.to_owned();
        for Entry { path, size, hash } in &self.0 {
            let _ = writeln!(text, "{hash} {size} {path}");
        }
        text
    }

    /// Whether the site held exactly this file, as far as the manifest knows.
    pub(super) fn holds(&self, entry: &Entry) -> bool {
        self.0.binary_search_by(|it| it.path.cmp(&entry.path)).is_ok_and(|at| self.0[at] == *entry)
    }

    /// Files, and the bytes in them.
    pub(super) fn measure(&self) -> (usize, u64) {
        (self.0.len(), self.0.iter().map(|entry| entry.size).sum())
    }
}

/// A line back to a file. One that does not read is no harm: its file is written anew.
fn entry(line: &str) -> Option<Entry> {
    let mut parts = line.splitn(3, ' ');
    let hash = Digest::parse(parts.next()?)?;
    let size = parts.next()?.parse().ok()?;
    Some(Entry { path: parts.next()?.to_owned(), size, hash })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, bytes: &[u8]) -> Entry {
        Entry { path: path.to_owned(), size: bytes.len() as u64, hash: Digest::of(bytes) }
    }

    #[test]
    fn a_manifest_is_sorted_text_that_reads_back() {
        let manifest = Manifest::new(vec![file("b c/d e.html", b"two"), file("a.html", b"one")]);
        let text = manifest.text();
        let paths: Vec<_> = text.lines().skip(1).filter_map(|line| line.splitn(3, ' ').nth(2)).collect();
        assert_eq!(paths, ["a.html", "b c/d e.html"]);
        assert_eq!(Manifest::parse(&text), manifest);
        assert!(manifest.holds(&file("a.html", b"one")) && !manifest.holds(&file("a.html", b"two")));
    }

    #[test]
    fn what_does_not_read_holds_nothing() {
        for text in ["", "made by registry build; replaced as a whole\n", "registry site 2: x\n"] {
            assert_eq!(Manifest::parse(text), Manifest::default(), "{text:?}");
        }
        let good = Manifest::new(vec![file("a.html", b"one")]);
        let bad = format!("{}no hash at all\n\nzz 3 b.html\n", good.text());
        assert_eq!(Manifest::parse(&bad), good);
    }
}
