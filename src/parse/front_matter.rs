//! Finds the YAML between the two `---` lines of a Markdown record, and the body after it.

use std::ops::Range;

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::files::{FileId, Span};
use crate::model::body::{GATE_SECTIONS, INCIDENT_SECTIONS};
use crate::model::gate::GateFields;
use crate::model::incident::IncidentFields;

const S01: Code = Code("S01");

/// Where the front matter and the body of a record stand.
pub(super) struct Parts {
    pub(super) front: Range<usize>,
    pub(super) body: Range<usize>,
}

/// Splits a Markdown record; without two `---` lines, a diagnostic and nothing.
pub(super) fn split(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> Option<Parts> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let first = line_at(text, start);
    if text[first.clone()].trim_end() != "---" {
        diagnostics.push(not_opened(file, text, first));
        return None;
    }
    let front = next_line(text, &first);
    let mut line = line_at(text, front);
    loop {
        let content = text[line.clone()].trim_end();
        if is_section(content) {
            break;
        }
        if content == "---" || content == "..." {
            let body = next_line(text, &line);
            if let Some(field) = field_at(text, body) {
                diagnostics.push(ended_early(
                    content,
                    Span::new(file, line.start..line.start + content.len()),
                    field,
                ));
                return None;
            }
            return Some(Parts { front: front..line.start, body: body..text.len() });
        }
        let next = next_line(text, &line);
        if next >= text.len() {
            break;
        }
        line = line_at(text, next);
    }
    let heading = text[front..].find("\n## ").map(|at| front + at + 1);
    let place = heading.map_or(first.clone(), |at| line_at(text, at));
    let message = "the front matter is opened with `---` and not closed";
    let help = "write a second line `---` after the last field, before the text";
    let mut diagnostic =
        Diagnostic::error(S01, Span::new(file, first), message).label("opened here").help(help);
    if let Some(odd) = odd_fence(text, front..place.start.max(front)) {
        diagnostic = diagnostic.related(Span::new(file, odd), "this line closes it only as `---`");
    } else if heading.is_some() {
        diagnostic = diagnostic.related(Span::new(file, place), "the text seems to begin here");
    }
    diagnostics.push(diagnostic);
    None
}

/// The field that the text below the front matter begins with, which then was to be among the fields.
fn field_at(text: &str, body: usize) -> Option<&str> {
    let is_comment = |line: &&str| line.is_empty() || line.starts_with("# ");
    let first = text[body..].lines().map(str::trim).find(|line| !is_comment(line))?;
    let (key, value) = first.strip_prefix("- ").unwrap_or(first).split_once(':')?;
    let is_key = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    (is_key && (value.is_empty() || value.starts_with(' ')) && is_field(key)).then_some(key)
}

/// Whether a record or a gate has such a field, at the margin or below another.
fn is_field(key: &str) -> bool {
    let schemas = [schemars::schema_for!(IncidentFields), schemars::schema_for!(GateFields)];
    schemas.iter().any(|schema| has_property(schema.as_value(), key))
}

fn has_property(schema: &Value, key: &str) -> bool {
    match schema {
        Value::Object(map) => {
            map.get("properties").is_some_and(|fields| fields.get(key).is_some())
                || map.values().any(|inner| has_property(inner, key))
        }
        Value::Array(items) => items.iter().any(|inner| has_property(inner, key)),
        _ => false,
    }
}

fn ended_early(mark: &str, span: Span, field: &str) -> Diagnostic {
    let message = format!("this line `{mark}` ended the fields, and more of them follow");
    let help = "delete this line: the second `---` stands after the last field, before the text";
    Diagnostic::error(S01, span, message).label(format!("`{field}` below it was read as text")).help(help)
}

/// What is wrong with the beginning of a file that does not begin with `---`.
fn not_opened(file: FileId, text: &str, first: Range<usize>) -> Diagnostic {
    let line = text[first.clone()].trim_end();
    let (message, help) = if text.trim().is_empty() {
        ("the file is empty".to_owned(), NO_FENCE)
    } else if line.trim() == "---" {
        ("there is a blank before the `---` of the first line".to_owned(), "remove it")
    } else if is_odd_fence(line) {
        (format!("the first line is `{}`, and not `---`", line.trim()), "write three hyphens")
    } else if is_below(text) {
        let help = "remove what stands above it: `---` is the first line of the file";
        ("a line stands above the `---` with which a record begins".to_owned(), help)
    } else {
        ("a record begins with a line `---`".to_owned(), NO_FENCE)
    };
    Diagnostic::error(S01, Span::new(file, first), message).help(help)
}

const NO_FENCE: &str =
    "write the fields between two lines `---`, then the text; `registry new` writes a record to start from";

/// Whether the two lines `---` are there, with something other than fields above the first.
fn is_below(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_end).take_while(|line| !is_section(line));
    let above: Vec<&str> = lines.by_ref().take_while(|line| *line != "---").collect();
    let is_field = |line: &&str| line.starts_with(|it: char| it.is_ascii_alphabetic()) && line.contains(':');
    !above.iter().any(is_field) && lines.any(|line| line == "---")
}

/// A line that was meant as `---`: hyphens or dashes and nothing else.
fn is_odd_fence(line: &str) -> bool {
    let line = line.trim();
    line.chars().count() > 1 && line.chars().all(|it| matches!(it, '-' | '–' | '—')) || line == "—"
}

/// The first line in a range that was meant to close the front matter.
fn odd_fence(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let mut start = range.start;
    for line in text[range].split_inclusive('\n') {
        if is_odd_fence(line) {
            return Some(start..start + line.trim_end().len());
        }
        start += line.len();
    }
    None
}

/// Whether a line is the heading of a section, which nobody writes as a comment among the fields: a `---` below it is
/// a line in the text.
fn is_section(line: &str) -> bool {
    let sections = INCIDENT_SECTIONS.iter().chain(&GATE_SECTIONS);
    line.strip_prefix("## ").is_some_and(|name| sections.into_iter().any(|(_, it)| *it == name.trim()))
}

/// The line that begins at a byte, without its line break.
fn line_at(text: &str, start: usize) -> Range<usize> {
    // Lines are short, where this is quicker than a search made for long texts.
    start..text.bytes().skip(start).position(|byte| byte == b'\n').map_or(text.len(), |end| start + end)
}

fn next_line(text: &str, line: &Range<usize>) -> usize {
    (line.end + 1).min(text.len())
}
