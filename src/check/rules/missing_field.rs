//! S03: a field that must be there is not, or holds nothing.

use super::{Check, Code, Diagnostic, Rule, Severity};
use crate::check::schema::Place;

pub(crate) static RULE: Rule = Rule {
    code: Code("S03"),
    name: "missing-field",
    severity: Severity::Error,
    docs: include_str!("missing_field.md"),
    needs: &[],
    check: Check::Schema,
};

/// The finding for a field that is not there.
pub(in crate::check) fn absent(field: &str, place: &Place<'_>) -> Diagnostic {
    let purpose = place.fields().into_iter().find(|(name, _)| *name == field).map_or("", |(_, text)| text);
    let message = match place.key {
        Some(_) => format!("`{field}` is missing here"),
        None => format!("the field `{field}` is missing"),
    };
    let help = format!("add `{field}:` — {}", lower_first(purpose.trim_end_matches('.')));
    Diagnostic::error(RULE.code, place.head(), message).help(help)
}

/// The finding for a list or map that holds nothing.
pub(in crate::check) fn empty(place: &Place<'_>) -> Diagnostic {
    let name = place.name();
    Diagnostic::error(RULE.code, place.head(), format!("`{name}` is empty"))
        .help(format!("write at least one entry under `{name}`"))
}

fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_lowercase().chain(characters).collect()).unwrap_or_default()
}
