//! Every rule on the repository's own records: a mistake as a contributor makes it, the finding at its place, and
//! nothing else.

mod rows;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use incident_registry::check::{RULES, rule};
use incident_registry::diagnostic::{Diagnostic, Diagnostics, escape};
use incident_registry::files::{Base, File, Files, Span};
use incident_registry::{pipeline, read};
use rows::{Edit, Found, ROWS, Row};

/// The text of every file of the registry, and the workflows that the row edits.
struct Repository {
    files: Vec<(String, Vec<u8>)>,
    links: Vec<(&'static str, &'static str)>,
    workflows: Vec<String>,
}

impl Repository {
    fn new() -> Repository {
        let files = support::four().into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
        Repository { files, links: Vec::new(), workflows: Vec::new() }
    }

    fn bytes(&mut self, path: &str) -> &mut Vec<u8> {
        let file = self.files.iter_mut().find(|(it, _)| it == path);
        &mut file.unwrap_or_else(|| panic!("there is no file `{path}`")).1
    }

    fn apply(&mut self, edit: &Edit) {
        match *edit {
            Edit::Put(path, from, to) => self.put(path, from, to.as_bytes()),
            Edit::Bytes(path, from, to) => self.put(path, from, to),
            Edit::Everywhere(path, from, to) => {
                let text = String::from_utf8(self.bytes(path).clone()).expect("the file is text");
                assert!(text.contains(from), "{path} holds `{from}`");
                *self.bytes(path) = text.replace(from, to).into_bytes();
            }
            Edit::Grow(path, size) => self.bytes(path).resize(size, b'\n'),
            Edit::Copy(from, to) => {
                let bytes = self.bytes(from).clone();
                self.files.push((to.to_owned(), bytes));
            }
            Edit::Rename(from, to) => {
                self.apply(&Edit::Copy(from, to));
                self.apply(&Edit::Remove(from));
            }
            Edit::Write(path, text) => self.files.push((path.to_owned(), text.into())),
            Edit::Remove(path) => {
                self.bytes(path);
                self.files.retain(|(it, _)| it != path);
            }
            Edit::Link(path, target) => self.links.push((path, target)),
            Edit::Workflow(path) => self.workflows.push(path.to_owned()),
            Edit::Before(..) | Edit::Compared => {}
        }
    }

    /// Writes one text in place of another, which stands in the file once.
    fn put(&mut self, path: &str, from: &str, to: &[u8]) {
        let bytes = self.bytes(path);
        let text = std::str::from_utf8(bytes).expect("the file is text");
        let times = text.matches(from).count();
        assert!(times == 1, "`{from}` stands {times} times in {path}: a row names what is there once");
        let at = text.find(from).expect("it is there");
        bytes.splice(at..at + from.len(), to.iter().copied());
    }

    fn in_memory(&self) -> Files {
        let files = self.files.iter().map(|(path, bytes)| File::from_bytes(path, bytes.clone()));
        Files::new(files.collect())
    }

    /// The files as they are read from a disk, which refuses some of them.
    fn on_disk(&self) -> Files {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (path, bytes) in &self.files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder can be made");
            fs::write(path, bytes).expect("a file can be written");
        }
        for (path, target) in &self.links {
            link(Path::new(target), &folder.path().join(path));
        }
        read::registry(folder.path()).expect("it can be read")
    }
}

#[cfg(unix)]
fn link(target: &Path, path: &Path) {
    std::os::unix::fs::symlink(target, path).expect("a link can be made");
}

/// Only some users may make a link there.
#[cfg(not(unix))]
fn link(_: &Path, _: &Path) {}

/// Makes the mistake of a row, and judges it: as a change where its rule compares.
fn judge(row: &Row) -> (Files, Diagnostics) {
    let (mut before, mut after) = (Repository::new(), Repository::new());
    row.edits.iter().for_each(|edit| after.apply(edit));
    let earlier = row.edits.iter().filter_map(|edit| match *edit {
        Edit::Before(path, now, then) => Some(Edit::Put(path, now, then)),
        _ => None,
    });
    earlier.for_each(|edit| before.apply(&edit));
    let compared = row.edits.iter().any(|edit| matches!(edit, Edit::Compared));
    let on_disk =
        |edit: &Edit| matches!(edit, Edit::Grow(..) | Edit::Link(..) | Edit::Bytes(..) | Edit::Rename(..));
    let files = if row.edits.iter().any(on_disk) { after.on_disk() } else { after.in_memory() };
    let checked = if compared || rule(row.code).expect("a row is a rule's").compares() {
        pipeline::check_change(&files, &Base { files: before.in_memory(), workflows: after.workflows })
    } else {
        pipeline::check(&files)
    };
    (files, checked.diagnostics)
}

/// The line of a place, with marks around what is underlined there.
fn marked(files: &Files, span: Span) -> String {
    let text = files.get(span.file).text.as_str();
    let (start, end) = (span.start as usize, span.end as usize);
    let line = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let under = text[start..end].split('\n').next().unwrap_or_default().trim_end();
    let rest = text[start + under.len()..].split('\n').next().unwrap_or_default();
    escape(format!("{}«{under}»{rest}", &text[line..start]).trim())
}

fn is(found: &Found, diagnostic: &Diagnostic, files: &Files) -> bool {
    let span = diagnostic.primary.span;
    diagnostic.code.0 == found.code
        && files.get(span.file).path == found.path
        && marked(files, span).contains(found.at)
        && said(diagnostic).contains(found.says)
}

/// Everything that a finding says in words, line by line.
fn said(diagnostic: &Diagnostic) -> String {
    let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.related).map(|label| &label.text);
    let words = std::iter::once(&diagnostic.message).chain(&diagnostic.help).chain(labels);
    words.map(String::as_str).collect::<Vec<_>>().join("\n")
}

/// What is wrong with a row, if anything: each of its findings has to be there, and no other.
fn fault(row: &Row) -> Option<String> {
    let (files, found) = judge(row);
    let mut left: Vec<&Diagnostic> = found.iter().collect();
    let mut out = String::new();
    for wanted in row.found {
        match left.iter().position(|diagnostic| is(wanted, diagnostic, &files)) {
            Some(at) => drop(left.remove(at)),
            None => write!(out, "\n  lacks {wanted:?}").expect("memory takes it"),
        }
    }
    for diagnostic in left {
        let (span, code) = (diagnostic.primary.span, diagnostic.code);
        let (path, at) = (&files.get(span.file).path, marked(&files, span));
        write!(out, "\n  found {code} in {path}, {at:?}: {:?}", said(diagnostic)).expect("memory takes it");
    }
    (!out.is_empty()).then(|| format!("{}, {}:{out}", row.code, row.mistake))
}

#[test]
fn every_mistake_gives_its_finding_and_no_other() {
    let faults: Vec<String> = ROWS.iter().filter_map(fault).collect();
    println!("{} mistakes in the repository's own records", ROWS.len());
    assert!(faults.is_empty(), "{} of {} rows\n{}", faults.len(), ROWS.len(), faults.join("\n"));
}

#[test]
fn every_rule_has_a_row() {
    let rows: BTreeSet<&str> = ROWS.iter().filter(|row| !row.found.is_empty()).map(|row| row.code).collect();
    let rules: BTreeSet<&str> = RULES.iter().map(|rule| rule.code.0).collect();
    let without: Vec<_> = rules.difference(&rows).collect();
    assert!(without.is_empty(), "no mistake in a real record for {without:?}");
}

#[test]
fn a_row_expects_its_own_finding_first_and_says_why_there_are_others() {
    for row in ROWS {
        let name = format!("{}, {}", row.code, row.mistake);
        assert!(row.found.first().is_none_or(|found| found.code == row.code), "{name}");
        assert_eq!(row.found.len() > 1, !row.because.is_empty(), "{name}: others come with a reason");
    }
}

#[test]
fn the_records_are_clean_without_them() {
    let files = Repository::new().in_memory();
    let base = Base { files: files.clone(), workflows: Vec::new() };
    assert!(pipeline::check_change(&files, &base).diagnostics.is_empty());
}
