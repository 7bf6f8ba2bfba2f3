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
    if let Some(at) = errors.iter().map(|error| error.span().unwrap_or(0..0)).min_by_key(|at| at.start) {
        let line_start = text[..at.start.min(text.len())].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = text[line_start..].find('\n').map_or(text.len(), |end| line_start + end);
        let message = "this line cannot be read as TOML";
        let help = "write `key = \"value\"`, with the text in double quotes, or a section `[lint]`";
        diagnostics.push(Diagnostic::error(S01, Span::new(file, line_start..line_end), message).help(help));
    }
    (mapping(file, table.get_ref(), table.span()), !errors.is_empty())
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
