//! Findings as a Code Quality report, which GitLab shows beside the changes of a merge request.

use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};
use crate::emit::Run;
use crate::emit::parts::{fingerprints, json, region};

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'a str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

/// Writes the findings as one JSON array.
pub fn write(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let named = run.diagnostics.iter().zip(fingerprints(run.diagnostics, run.files));
    json(&named.map(|(diagnostic, name)| issue(diagnostic, name, run)).collect::<Vec<_>>(), out)
}

fn issue<'a>(diagnostic: &'a Diagnostic, fingerprint: String, run: &Run) -> Issue<'a> {
    let span = diagnostic.primary.span;
    let help = diagnostic.help.as_ref().map(|help| format!(" (help: {help})")).unwrap_or_default();
    Issue {
        description: format!("{}: {}{help}", diagnostic.code, diagnostic.message),
        check_name: diagnostic.code.0,
        fingerprint,
        severity: severity(diagnostic.severity),
        location: Location {
            path: run.path(span.file),
            lines: Lines { begin: region(span, run.files).line },
        },
    }
}

/// GitLab knows five; what the others say (`blocker`, `critical`, `info`) no rule claims.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
    }
}
