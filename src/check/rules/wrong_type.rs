//! S04: a value of the wrong type, or outside what its field allows.

use serde_json::Value;

use super::{Check, Code, Diagnostic, Rule, Severity};
use crate::check::schema::Place;
use crate::check::similar;
use crate::files::Span;
use crate::model::example;
use crate::model::id::Slug;
use crate::model::tree::{Node, NodeKind, Style};

pub(crate) static RULE: Rule = Rule {
    code: Code("S04"),
    name: "wrong-type",
    severity: Severity::Error,
    docs: include_str!("wrong_type.md"),
    needs: &[],
    check: Check::Schema,
};

/// The finding for a value that is text where a list belongs, and the like.
pub(in crate::check) fn diagnostic(place: &Place<'_>) -> Diagnostic {
    let name = place.name();
    let subject = if place.in_list { format!("an entry of `{name}`") } else { format!("`{name}`") };
    if matches!(place.node.kind, NodeKind::Null) {
        let span = if place.in_list { place.node.span } else { place.head() };
        if let Some((key, value)) = name.split_once(':').filter(|_| !place.in_list) {
            let message = format!("there is no space after the colon in `{name}`");
            return Diagnostic::error(RULE.code, span, message).help(format!("write `{key}: {value}`"));
        }
        let finding = Diagnostic::error(RULE.code, span, format!("{subject} has no value"));
        return match place.next_unknown() {
            Some(next) => finding.related(next.span, "what belongs to it is indented").help(format!(
                "if `{}` on the line below belongs to `{name}`, indent it by two spaces more",
                next.value
            )),
            None => finding.help(
                "write one after the colon; a field that need not be there is left out with its whole line",
            ),
        };
    }
    let wanted = place.wanted();
    let found = match place.node.text() {
        Some(text) if is_quoted(place.node) => format!("the text `{}`", shortened(text)),
        Some(text) if wanted != "text" => format!("`{}`", shortened(text)),
        _ => place.node.describe().to_owned(),
    };
    let help = help(place, &wanted);
    let finding =
        Diagnostic::error(RULE.code, place.node.span, format!("{subject} takes {wanted}, not {found}"));
    match place.node.text().filter(|text| is_quoted(place.node) && wanted == "a number" && is_number(text)) {
        Some(digits) => finding
            .help(help)
            .fix("remove the quotation marks of a number", vec![(place.node.span, digits.to_owned())]),
        None => finding.help(help),
    }
}

/// How to write what belongs there.
fn help(place: &Place<'_>, wanted: &str) -> String {
    let help = match wanted {
        "a map" if place.toml => return section(place),
        "text" if place.toml => "write the text on the same line, between double quotes",
        "a list" => return list(place),
        "a map" => return map(place),
        "a number" => "write a number in digits, without quotes and without a unit",
        "`true` or `false`" => "write `true` or `false`, without quotes",
        "text" if !place.node.entries().is_empty() => {
            "put the whole text in quotes: outside them, a colon followed by a space makes a field"
        }
        "text" => "write the text on the same line, in quotes if it begins with a bracket",
        _ => "see `registry schema` for the form this field takes",
    };
    help.to_owned()
}

fn section(place: &Place<'_>) -> String {
    let name = place.name();
    match example::of(name, false) {
        Some(line) => {
            format!("write a line `[{name}]`, and below it one line for each entry, such as `{line}`")
        }
        None => format!("write a line `[{name}]`, and below it one `key = \"value\"` a line"),
    }
}

fn list(place: &Place<'_>) -> String {
    let help = "write one `- ` line for each item, below the key";
    match (example::of(place.name(), true), place.node.text()) {
        (Some(line), _) => format!("{help}, such as `{line}`"),
        (None, Some(text)) if Slug::new(text).is_some() => format!("write `[{text}]`, or {help}"),
        _ => help.to_owned(),
    }
}

fn map(place: &Place<'_>) -> String {
    let help = match place.node.items() {
        _ if place.in_list => {
            "write its fields after the `- `, one `key: value` a line, each below the first"
        }
        [] => "write its fields below the key, indented, one `key: value` a line",
        _ => "write its fields below the key, indented, one `key: value` a line, without `- `",
    };
    let fields: Vec<&str> = place.fields().into_iter().map(|(name, _)| name).collect();
    match example::of(place.name(), place.in_list) {
        Some(line) => format!("{help}, such as `{line}`"),
        None if fields.is_empty() => help.to_owned(),
        None => format!("{help}; its fields are {}", similar::list(&fields)),
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() <= 15 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The finding for a value between typographic quotation marks, which mean nothing to YAML.
pub(in crate::check) fn typographic(place: &Place<'_>) -> Option<Diagnostic> {
    let NodeKind::Scalar(text, Style::Plain) = &place.node.kind else { return None };
    let inner = unquoted(text)?;
    let message = "typographic quotation marks are part of the text, and do not quote it";
    let finding = Diagnostic::error(RULE.code, place.node.span, message);
    let help = "write straight ones, `\"`, or none";
    let plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.' | '/');
    Some(if !inner.is_empty() && inner.chars().all(plain) {
        let edit = vec![(place.node.span, inner.to_owned())];
        finding.help(format!("write `{inner}`")).fix("remove typographic quotation marks", edit)
    } else {
        finding.help(help)
    })
}

/// Quotation marks as word processors set them.
const MARKS: [char; 8] = ['“', '”', '„', '«', '»', '‘', '’', '‚'];

/// What stands between typographic quotation marks, if a text begins and ends with them.
pub(crate) fn unquoted(text: &str) -> Option<&str> {
    text.strip_prefix(MARKS)?.strip_suffix(MARKS)
}

/// Whether a text holds no such marks.
pub(crate) fn unmarked(text: &str) -> bool {
    !text.contains(MARKS)
}

/// The finding for a number beyond its limit.
pub(in crate::check) fn out_of_range(place: &Place<'_>, limit: &Value, direction: &str) -> Diagnostic {
    let (name, found) = (place.name(), place.node.text().unwrap_or_default());
    Diagnostic::error(
        RULE.code,
        place.node.span,
        format!("`{name}` is {found}, and must be {direction} {limit}"),
    )
    .help("use a number in that range; the meaning of each is in `taxonomy.yaml`, or in `registry schema`")
}

/// The finding for a map that takes exactly one of its fields.
pub(in crate::check) fn one_of(place: &Place<'_>) -> Diagnostic {
    let fields: Vec<String> = place.fields().iter().map(|(name, _)| format!("`{name}`")).collect();
    let message = format!("`{}` takes exactly one of {}", place.name(), fields.join(", "));
    Diagnostic::error(RULE.code, place.head(), message).help("keep the one that the sources carry")
}

/// The finding for text that is not the kind of id that belongs there.
pub(crate) fn not_an_id(text: &str, span: Span, what: &str, slug: bool) -> Diagnostic {
    let suggestion = slugged(text);
    let help = match suggestion.as_str() {
        _ if is_answer(text) => format!("write {what}, or leave the field out if nothing is known of it"),
        _ if slug && is_address(text) => "list it under `sources`, and name it here by its id".to_owned(),
        suggestion if slug && are_ids(text) => {
            format!("write `{suggestion}`, or put a comma between these words if each is an id")
        }
        suggestion if slug && !suggestion.is_empty() => format!("write `{suggestion}`"),
        _ => format!("write {what}"),
    };
    if text.is_empty() {
        return Diagnostic::error(RULE.code, span.at_start(), format!("an empty text is not {what}"))
            .help(help);
    }
    Diagnostic::error(RULE.code, span, format!("`{}` is not {what}", shortened(text))).help(help)
}

/// Whether a text is a web address.
pub(in crate::check) fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// Whether a text is several words that each could be an id.
fn are_ids(text: &str) -> bool {
    let mut words = text.split_whitespace();
    text.contains(char::is_whitespace) && words.all(|word| Slug::new(word).is_some())
}

/// Whether a finding may be about a text where ids belong; where a map does, no id would mend it.
pub(in crate::check) fn may_be_of_id(finding: &Diagnostic) -> bool {
    finding.code == RULE.code && !finding.message.contains(" takes a map, ")
}

/// Whether a text is a word that other formats read as yes, no or nothing.
pub(in crate::check) fn is_answer(text: &str) -> bool {
    let words = ["yes", "no", "true", "false", "on", "off", "none", "n/a", "null"];
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn is_quoted(node: &Node<'_>) -> bool {
    matches!(node.kind, NodeKind::Scalar(_, Style::Quoted))
}

/// A text as an id would be written.
pub(in crate::check) fn slugged(text: &str) -> String {
    let lower = text.to_lowercase();
    let words =
        lower.split(|character: char| !character.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
