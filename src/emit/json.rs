//! Findings for machines. Lines and columns count from 1, columns in characters; bytes count from 0, ends exclusive.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostic::{Diagnostic, Diagnostics, Label, Severity};
use crate::emit::parts;
use crate::files::{Files, Span};

/// The version of this format; rises when a field changes its meaning or goes away.
const VERSION: u32 = 1;

/// The findings of `registry lint --format json`. Later versions of the tool may add fields.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Findings")]
struct Report<'a> {
    /// The version of this format; it rises when a field changes its meaning or goes away.
    #[schemars(extend("const" = VERSION))]
    version: u32,
    /// How many findings are errors.
    errors: usize,
    /// How many findings are warnings.
    warnings: usize,
    /// The findings, sorted by file and place.
    diagnostics: Vec<Finding<'a>>,
}

/// One finding.
#[derive(Serialize, JsonSchema)]
struct Finding<'a> {
    /// The rule: the letter of its family and two digits.
    #[schemars(regex(pattern = "^[A-Z][0-9]{2}$"))]
    code: &'a str,
    /// How bad it is, after the registry's levels.
    #[schemars(extend("enum" = ["error", "warning"]))]
    severity: &'a str,
    /// What is wrong.
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    /// What about the place; may be empty.
    label: &'a str,
    /// Other places that matter.
    related: Vec<Related<'a>>,
    /// What to do.
    help: Option<&'a str>,
    /// The same as an edit of the text, where that cannot change meaning.
    fix: Option<Mend<'a>>,
}

/// A place in a file.
#[derive(Serialize, JsonSchema)]
struct Place<'a> {
    /// The file's path below the registry's folder, with `/`.
    path: &'a str,
    /// The line, from 1.
    #[schemars(range(min = 1))]
    line: usize,
    /// The column of the first character, from 1, in characters.
    #[schemars(range(min = 1))]
    column: usize,
    /// The line of the end, from 1.
    #[schemars(range(min = 1))]
    end_line: usize,
    /// The column after the last character, from 1, in characters.
    #[schemars(range(min = 1))]
    end_column: usize,
    /// The first byte, from 0.
    start_byte: u32,
    /// The byte after the last, from 0.
    end_byte: u32,
}

/// Another place that matters.
#[derive(Serialize, JsonSchema)]
struct Related<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    /// What about it.
    text: &'a str,
}

/// An edit that mends a finding.
#[derive(Serialize, JsonSchema)]
struct Mend<'a> {
    /// What it does, in the imperative.
    title: &'a str,
    /// Whether it writes a derived verdict; such edits are made with `--fix=pins` only.
    pins: bool,
    /// The replacements, which do not overlap.
    edits: Vec<Edit<'a>>,
}

/// A piece of text to be replaced.
#[derive(Serialize, JsonSchema)]
struct Edit<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    /// What to write there.
    replacement: &'a str,
}

/// The JSON Schema of the findings as they are written.
pub fn schema() -> serde_json::Value {
    parts::schema::<Report>()
}

/// Writes the findings as one JSON object.
pub fn write(diagnostics: &Diagnostics, files: &Files, out: &mut dyn Write) -> io::Result<()> {
    let report = Report {
        version: VERSION,
        errors: diagnostics.count(Severity::Error),
        warnings: diagnostics.count(Severity::Warning),
        diagnostics: diagnostics.iter().map(|diagnostic| finding(diagnostic, files)).collect(),
    };
    parts::json(&report, out)
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
    let parts::Region { line, column, end_line, end_column } = parts::region(span, files);
    let path = &files.get(span.file).path;
    Place { path, line, column, end_line, end_column, start_byte: span.start, end_byte: span.end }
}
