//! Findings for machines. Lines and columns count from 1, columns in characters; bytes count from 0, ends exclusive.

use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Diagnostics, Label, Severity};
use crate::files::{Files, Span};

/// The version of this format; rises when a field changes its meaning or goes away.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    errors: usize,
    warnings: usize,
    diagnostics: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    label: &'a str,
    related: Vec<Related<'a>>,
    help: Option<&'a str>,
    fix: Option<Mend<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start_byte: u32,
    end_byte: u32,
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    text: &'a str,
}

#[derive(Serialize)]
struct Mend<'a> {
    title: &'a str,
    /// Whether the edit writes a derived verdict; such edits are made with `--fix=pins` only.
    pins: bool,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    replacement: &'a str,
}

/// Writes the findings as one JSON object.
pub fn write(diagnostics: &Diagnostics, files: &Files, out: &mut dyn Write) -> io::Result<()> {
    let report = Report {
        version: VERSION,
        errors: diagnostics.count(Severity::Error),
        warnings: diagnostics.count(Severity::Warning),
        diagnostics: diagnostics.iter().map(|diagnostic| finding(diagnostic, files)).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &report)?;
    writeln!(out)
}

fn finding<'a>(diagnostic: &'a Diagnostic, files: &'a Files) -> Finding<'a> {
    let related = |label: &'a Label| Related { place: place(label.span, files), text: &label.text };
    Finding {
        code: diagnostic.code.0,
        severity: diagnostic.severity.word(),
        message: &diagnostic.message,
        place: place(diagnostic.primary.span, files),
        label: &diagnostic.primary.text,
        related: diagnostic.related.iter().map(related).collect(),
        help: diagnostic.help.as_deref(),
        fix: diagnostic.fix.as_ref().map(|fix| Mend {
            title: &fix.title,
            pins: fix.pins,
            edits: fix
                .edits
                .iter()
                .map(|(span, text)| Edit { place: place(*span, files), replacement: text })
                .collect(),
        }),
    }
}

fn place(span: Span, files: &Files) -> Place<'_> {
    let file = files.get(span.file);
    let (line, column) = file.line_column(span.start as usize);
    let (end_line, end_column) = file.line_column(span.end as usize);
    Place { path: &file.path, line, column, end_line, end_column, start_byte: span.start, end_byte: span.end }
}
