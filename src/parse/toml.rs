//! `registry.toml` to the same spanned tree that YAML gives, so that one check serves both.

use std::ops::Range;

use toml::Spanned as TomlSpanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::files::{FileId, Span, Spanned};
use crate::model::tree::{Entry, Node, NodeKind, Style};

const S01: Code = Code("S01");

/// Reads a TOML text; the flag says whether it had a syntax error.
pub(super) fn tree(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> (Node<'static>, bool) {
    let (table, errors) = DeTable::parse_recoverable(text);
    // What comes first is the cause; the rest may follow from it.
    let first = errors.iter().min_by_key(|error| error.span().unwrap_or_default().start);
    if let Some(error) = first {
        let (at, message, help) = explain(error.message(), text, error.span().unwrap_or_default());
        diagnostics.push(Diagnostic::error(S01, Span::new(file, at), message).help(help));
    }
    (mapping(file, table.get_ref(), table.span()), !errors.is_empty())
}

/// What the parser stumbled over at a place: where the mistake is, what it is, and the way out.
fn explain(said: &str, text: &str, at: Range<usize>) -> (Range<usize>, String, String) {
    let line = line_at(text, at.start.min(text.len()));
    let value = text[line.clone()].find('=').map_or(line.end, |sign| line.start + sign + 1);
    let rest = &text[value..line.end];
    let value = value + (rest.len() - rest.trim_start().len());
    let (place, message, help) = match said {
        "duplicate key" => return twice(text, &line, at),
        _ if said.starts_with("unclosed ") => {
            return (line.clone(), "a bracket is opened here and not closed".into(), close(&text[line]));
        }
        _ if said.starts_with("invalid ") && said.contains("string, expected `") => {
            let help = "close it at the end of the text, with the same straight mark";
            (open_quote(text, &line, value), "a quotation mark is opened here and not closed", help)
        }
        _ if said.starts_with("string values must be quoted") && value == line.end => {
            let sign = text[line.clone()].rfind('=').map_or(line.start, |sign| line.start + sign);
            let help = "write one in double quotes, or remove the line";
            (sign..sign + 1, "no value stands after `=`", help)
        }
        _ if said.starts_with("string values must be quoted") => unquoted(text, value..line.end),
        _ if said.starts_with("missing escaped value") => (
            value..line.end,
            "a backslash between double quotes is followed by a letter that means nothing",
            "use single quotes, where a backslash is a backslash, or write it twice",
        ),
        _ if said.starts_with("key with no value")
            || text.get(at.clone()).is_some_and(|it| it.starts_with(':')) =>
        {
            (line, "no `=` follows the key", "write `key = \"value\"`, or a section `[lint]`")
        }
        _ if said.starts_with("unexpected key or value") => {
            let help = "end the line after it; quotation marks inside a text stand between single ones";
            (after(text, at.start, &line)..line.end, "there is text after the value", help)
        }
        _ => {
            let help = "write `key = \"value\"`, with the text in double quotes, or a section `[lint]`";
            (line, "this line cannot be read as TOML", help)
        }
    };
    (place, message.to_owned(), help.to_owned())
}

/// The line that holds a byte, without the blanks at its end.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[start..].split('\n').next().unwrap_or_default();
    start..start + line.trim_end().len()
}

fn twice(text: &str, line: &Range<usize>, at: Range<usize>) -> (Range<usize>, String, String) {
    let key = text.get(at.clone()).unwrap_or_default();
    if text[line.clone()].trim_start().starts_with('[') {
        let message = format!("the section `[{key}]` is written twice");
        return (at, message, "put its lines below the first, and remove this one".to_owned());
    }
    (at, format!("`{key}` is written twice"), "keep one of the two".to_owned())
}

fn close(line: &str) -> String {
    let name = line.trim().trim_matches(|it| matches!(it, '[' | ']'));
    let is_name = !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_');
    if is_name { format!("write `[{name}]`") } else { "close it on its line".to_owned() }
}

/// From the mark that opens a text to the end of its line; a text of several lines begins somewhere above.
fn open_quote(text: &str, line: &Range<usize>, value: usize) -> Range<usize> {
    if text[value..line.end].starts_with(['"', '\'']) {
        return value..line.end;
    }
    let open = text[..line.end].rfind(['"', '\'']).unwrap_or(line.start);
    open..line_at(text, open).end.max(open)
}

fn unquoted(text: &str, value: Range<usize>) -> (Range<usize>, &'static str, &'static str) {
    let marks = ['“', '”', '„', '«', '»', '‘', '’', '‚'];
    if text[value.clone()].starts_with(marks) {
        return (value, "typographic quotation marks do not quote", "write straight ones, `\"`");
    }
    (
        value,
        "this text stands without quotation marks",
        "write `key = \"value\"`, with the text in double quotes",
    )
}

/// The first thing from a byte on, as far as its line goes.
fn after(text: &str, at: usize, line: &Range<usize>) -> usize {
    let rest = &text[at.min(line.end)..line.end];
    line.end - rest.trim_start().len()
}

fn mapping(file: FileId, table: &DeTable<'_>, span: Range<usize>) -> Node<'static> {
    let mut entries: Vec<Entry<'static>> = table
        .iter()
        .map(|(key, value)| Entry {
            key: Spanned::new(key.get_ref().to_string().into(), Span::new(file, key.span())),
            value: node(file, value),
            flow: false,
        })
        .collect();
    entries.sort_by_key(|entry| entry.key.span);
    Node { span: Span::new(file, span), kind: NodeKind::Mapping(entries) }
}

fn node(file: FileId, value: &TomlSpanned<DeValue<'_>>) -> Node<'static> {
    let span = Span::new(file, value.span());
    let scalar = |text: String, style| Node { span, kind: NodeKind::Scalar(text.into(), style) };
    match value.get_ref() {
        DeValue::String(text) => scalar(text.to_string(), Style::Quoted),
        DeValue::Integer(number) => scalar(number.as_str().to_owned(), Style::Plain),
        DeValue::Float(number) => scalar(number.as_str().to_owned(), Style::Plain),
        DeValue::Boolean(value) => scalar(value.to_string(), Style::Plain),
        DeValue::Datetime(date) => scalar(date.to_string(), Style::Plain),
        DeValue::Array(items) => {
            Node { span, kind: NodeKind::Sequence(items.iter().map(|item| node(file, item)).collect()) }
        }
        DeValue::Table(table) => mapping(file, table, value.span()),
    }
}
