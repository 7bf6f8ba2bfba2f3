//! JSON values in, block-style YAML out, as a person would write a record. Knows nothing of incidents.

use std::fmt::Write as _;

use serde_json::{Map, Value};

/// From this length on a text stands folded below its key.
const FOLD_FROM: usize = 96;

/// A map as a whole YAML document; keys without a value are left out.
pub(crate) fn document(fields: &Map<String, Value>) -> String {
    let mut out = String::new();
    entries(fields, 0, &mut out);
    out
}

fn entries(fields: &Map<String, Value>, indent: usize, out: &mut String) {
    for (at, (key, value)) in fields.iter().filter(|(_, value)| !is_absent(value)).enumerate() {
        // The first key of a list item stands on the line of its hyphen.
        if at > 0 || !out.ends_with("- ") {
            out.push_str(&" ".repeat(indent));
        }
        out.push_str(key);
        out.push(':');
        put(value, indent, out);
    }
}

fn is_absent(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.values().all(is_absent),
        _ => false,
    }
}

fn put(value: &Value, indent: usize, out: &mut String) {
    match value {
        Value::Object(fields) => {
            out.push('\n');
            entries(fields, indent + 2, out);
        }
        Value::Array(items) if items.iter().all(is_id) => {
            let ids: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            let _ = writeln!(out, " [{}]", ids.join(", "));
        }
        Value::Array(items) => {
            out.push('\n');
            items.iter().for_each(|value| item(value, indent + 2, out));
        }
        Value::String(text) => scalar(text, indent + 2, out),
        other => drop(writeln!(out, " {other}")),
    }
}

/// Ids may stand in brackets; prose never does.
fn is_id(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.contains([' ', ',']))
}

fn item(value: &Value, indent: usize, out: &mut String) {
    let _ = write!(out, "{:indent$}-", "");
    match value {
        Value::Object(fields) => {
            out.push(' ');
            entries(fields, indent + 2, out);
        }
        Value::String(text) => scalar(text, indent + 2, out),
        other => drop(writeln!(out, " {other}")),
    }
}

fn scalar(text: &str, indent: usize, out: &mut String) {
    if text.contains('\n') {
        *out += " |\n";
        for line in text.lines() {
            // An empty line carries no indentation.
            let indent = if line.is_empty() { 0 } else { indent };
            let _ = writeln!(out, "{:indent$}{line}", "");
        }
    } else if text.len() > FOLD_FROM {
        *out += " >-\n";
        fold(text, indent, out);
    } else if is_plain(text) {
        let _ = writeln!(out, " {text}");
    } else {
        let _ = writeln!(out, " {}", Value::from(text));
    }
}

fn fold(text: &str, indent: usize, out: &mut String) {
    let mut width = 0;
    for word in text.split(' ') {
        if width > 0 && width + word.len() > FOLD_FROM {
            out.push('\n');
            width = 0;
        }
        let gap = if width == 0 { indent } else { 1 };
        let _ = write!(out, "{:gap$}{word}", "");
        width += word.len() + 1;
    }
    out.push('\n');
}

fn is_plain(text: &str) -> bool {
    let special = |first: char| "-?:,[]{}#&*!|>'\"%@`".contains(first);
    !(text.starts_with(special) || text.contains(": ") || text.contains(" #") || text.ends_with(':'))
}
