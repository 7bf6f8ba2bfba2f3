//! Findings as `JUnit` XML: a file is a suite, a finding a test that failed, a clean file one test that passed.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, escape};
use crate::emit::Run;
use crate::emit::parts::region;
use crate::files::FileId;

/// How a finding is told: a failure refuses, a skipped test is shown and refuses nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Failure,
    Skipped,
}

/// Writes every file that was checked.
pub fn write(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let mut found: BTreeMap<FileId, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in run.diagnostics {
        found.entry(diagnostic.primary.span.file).or_default().push(diagnostic);
    }
    let of = |file: &FileId| found.get(file).map_or(&[][..], Vec::as_slice);
    let tests: usize = run.checked.iter().map(|file| of(file).len().max(1)).sum();
    let all: Vec<&Diagnostic> = run.diagnostics.iter().collect();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites name=\"registry lint\" {}>", counts(&all, tests, run))?;
    for file in run.checked {
        suite(*file, of(file), run, out)?;
    }
    writeln!(out, "</testsuites>")
}

fn suite(file: FileId, found: &[&Diagnostic], run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let path = xml(&escape(&run.path(file)));
    let counts = counts(found, found.len().max(1), run);
    writeln!(out, "  <testsuite name=\"{path}\" {counts}>")?;
    if found.is_empty() {
        writeln!(out, "    <testcase name=\"nothing to report\" classname=\"{path}\" file=\"{path}\"/>")?;
    }
    for diagnostic in found {
        test(diagnostic, &path, run, out)?;
    }
    writeln!(out, "  </testsuite>")
}

/// The numbers of a suite, or of all.
fn counts(found: &[&Diagnostic], tests: usize, run: &Run) -> String {
    let outcomes = found.iter().map(|diagnostic| outcome(diagnostic, run));
    let (failures, skipped): (Vec<_>, Vec<_>) = outcomes.partition(|it| *it == Outcome::Failure);
    format!("tests=\"{tests}\" failures=\"{}\" errors=\"0\" skipped=\"{}\"", failures.len(), skipped.len())
}

fn test(diagnostic: &Diagnostic, path: &str, run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let at = region(diagnostic.primary.span, run.files);
    let (line, place) = (at.line, format!("{}:{}", at.line, at.column));
    let (code, message) = (diagnostic.code, xml(&diagnostic.message));
    writeln!(
        out,
        "    <testcase name=\"{place} {code} {message}\" classname=\"{path}\" file=\"{path}\" line=\"{line}\">"
    )?;
    match outcome(diagnostic, run) {
        Outcome::Failure => {
            let told = told(diagnostic, path, &place);
            writeln!(out, "      <failure type=\"{code}\" message=\"{message}\">{told}</failure>")?;
        }
        // Its text stands in the attribute: in the schema that most readers follow, a skipped test has no other.
        Outcome::Skipped => {
            let told = told(diagnostic, path, &place).replace('\n', "&#10;");
            writeln!(out, "      <skipped message=\"{told}\"/>")?;
        }
    }
    writeln!(out, "    </testcase>")
}

/// What is wrong and what to do. No line begins with a text of the record, which a CI service could take for a command.
fn told(diagnostic: &Diagnostic, path: &str, place: &str) -> String {
    let (word, code) = (diagnostic.severity.word(), diagnostic.code);
    let help = diagnostic.help.as_ref().map(|help| format!("\nhelp: {}", xml(help))).unwrap_or_default();
    let message = xml(&diagnostic.message);
    format!("{path}:{place}: {word}[{code}] {message}{help}\ndocs: registry explain {code}")
}

fn outcome(diagnostic: &Diagnostic, run: &Run) -> Outcome {
    if run.refuses(diagnostic) { Outcome::Failure } else { Outcome::Skipped }
}

/// Text as XML holds it, between tags and between quotes; what XML cannot hold is left out.
fn xml(text: &str) -> String {
    let is_held = |it: &char| matches!(it, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(is_held).fold(String::with_capacity(text.len()), |mut out, character| {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            _ => out.push(character),
        }
        out
    })
}
