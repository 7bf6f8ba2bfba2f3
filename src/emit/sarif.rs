//! Findings as SARIF 2.1.0, for code scanning and for editors that read it.

use std::fmt::Write as _;
use std::io;

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Fix, Label, Severity};
use crate::emit::parts::{self, Region, fingerprints};
use crate::emit::{Rule, Run};
use crate::files::{FileId, Span};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Writes the rules and the findings as one SARIF log.
pub fn write(run: &Run, out: &mut dyn io::Write) -> io::Result<()> {
    let named = run.diagnostics.iter().zip(fingerprints(run.diagnostics, run.files));
    let results: Vec<Value> = named.map(|(diagnostic, name)| result(diagnostic, &name, run)).collect();
    let rules: Vec<Value> = run.rules.iter().map(descriptor).collect();
    let driver = json!({ "name": "registry", "version": env!("CARGO_PKG_VERSION"), "rules": rules });
    // As everywhere here: a column is a character, and the mark at the beginning of a file is none.
    let run = json!({
        "tool": { "driver": driver },
        "columnKind": "unicodeCodePoints",
        "results": results,
    });
    parts::json(&json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] }), out)
}

fn descriptor(rule: &Rule) -> Value {
    let (what, why) = (rule.section("What"), rule.section("Why"));
    let mut descriptor = json!({
        "id": rule.code.0,
        "name": rule.name,
        "shortDescription": { "text": rule.title() },
        // Viewers cut it after 1024 characters; its first paragraph says what is found.
        "fullDescription": { "text": what.split("\n\n").next() },
        "help": { "text": format!("{what}\n\n{why}"), "markdown": rule.docs },
        "defaultConfiguration": { "level": level(rule.severity) },
    });
    if let Some(uri) = &rule.uri {
        descriptor["helpUri"] = json!(uri);
    }
    descriptor
}

fn result(diagnostic: &Diagnostic, fingerprint: &str, run: &Run) -> Value {
    let help = diagnostic.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    let mut result = json!({
        "ruleId": diagnostic.code.0,
        "level": level(diagnostic.severity),
        "message": message(&format!("{}{help}", diagnostic.message)),
        "locations": [location(&diagnostic.primary, run)],
        // The name is our own: GitHub's, `primaryLocationLineHash`, is computed from the file as it is uploaded.
        "partialFingerprints": { "registryFinding/v1": fingerprint },
    });
    if let Some(at) = run.rules.iter().position(|rule| rule.code == diagnostic.code) {
        result["ruleIndex"] = json!(at);
    }
    if !diagnostic.related.is_empty() {
        result["relatedLocations"] = diagnostic.related.iter().map(|label| location(label, run)).collect();
    }
    if let Some(fix) = diagnostic.fix.as_ref().and_then(|fix| change(fix, run)) {
        result["fixes"] = json!([fix]);
    }
    result
}

fn location(label: &Label, run: &Run) -> Value {
    let mut location = json!({ "physicalLocation": {
        "artifactLocation": artifact(label.span.file, run),
        "region": region(label.span, run),
    } });
    if !label.text.is_empty() {
        location["message"] = message(&label.text);
    }
    location
}

/// A fix, all edits of which are in one file; one without an edit would be none.
fn change(fix: &Fix, run: &Run) -> Option<Value> {
    let (first, _) = fix.edits.first()?;
    let replacement = |(span, text): &(Span, String)| json!({ "deletedRegion": region(*span, run), "insertedContent": { "text": text } });
    let replacements: Vec<Value> = fix.edits.iter().map(replacement).collect();
    let artifact = artifact(first.file, run);
    Some(json!({
        "description": message(&fix.title),
        "artifactChanges": [{ "artifactLocation": artifact, "replacements": replacements }],
    }))
}

fn artifact(file: FileId, run: &Run) -> Value {
    json!({ "uri": uri(&run.path(file)), "uriBaseId": "%SRCROOT%" })
}

fn region(span: Span, run: &Run) -> Value {
    let Region { line, column, end_line, end_column } = parts::region(span, run.files);
    json!({ "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column })
}

/// A message in which nothing is a placeholder, `{0}`, or a link, `[text](address)`, of the record's own.
fn message(text: &str) -> Value {
    json!({ "text": text.replace('{', "{{").replace('}', "}}").replace("](", "] (") })
}

/// A relative path as an address: whatever is not plain is written as its bytes.
fn uri(path: &str) -> String {
    path.bytes().fold(String::with_capacity(path.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}
