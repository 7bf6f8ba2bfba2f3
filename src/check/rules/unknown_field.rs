//! S02: a field that the format does not know.

use super::{Check, Code, Diagnostic, Rule, Severity};
use crate::check::schema::{Home, Place};
use crate::check::similar;
use crate::model::tree::{Entry, NodeKind};

pub(crate) static RULE: Rule = Rule {
    code: Code("S02"),
    name: "unknown-field",
    severity: Severity::Error,
    docs: include_str!("unknown_field.md"),
    needs: &[],
    check: Check::Schema,
};

/// The finding for one entry of a map.
pub(in crate::check) fn diagnostic(entry: &Entry<'_>, place: &Place<'_>) -> Diagnostic {
    let key = &entry.key.value;
    if entry.flow && (key.contains(' ') || matches!(entry.value.kind, NodeKind::Null)) {
        return Diagnostic::error(
            RULE.code,
            entry.key.span,
            format!("`{key}` looks like the rest of a sentence, not like a field"),
        )
        .label("between `{` and `}` a comma ends the text")
        .help("write the map with one `key: value` a line, or put the whole text in quotes");
    }
    let known: Vec<&str> = place.fields().into_iter().map(|(name, _)| name).collect();
    let message = match place.key {
        Some(parent) if place.in_list => format!("an entry of `{}` has no field `{key}`", parent.value),
        Some(parent) => format!("`{}` has no field `{key}`", parent.value),
        None => format!("unknown field `{key}`"),
    };
    Diagnostic::error(RULE.code, entry.key.span, message).help(help(key, &known, place))
}

/// What people call a field, where the field with the most similar name says the opposite.
const MEANS: [(&str, &str); 6] = [
    ("no_other_route", "only_route"),
    ("not_only_route", "other_route"),
    ("not_crossed", "avoids"),
    ("not_crosses", "avoids"),
    ("unapproved", "not_approved"),
    ("not_approved_by", "not_approved"),
];

fn help(key: &str, known: &[&str], place: &Place<'_>) -> String {
    if let Some((_, meant)) = MEANS.iter().find(|(name, field)| *name == key && known.contains(field)) {
        return similar::meant(key, meant);
    }
    if let Some(nearest) = similar::nearest(key, known.iter().copied()) {
        return similar::meant(key, nearest);
    }
    match place.home(key) {
        Some(Home::Margin) => format!("`{key}` is a field of its own: begin its line without spaces"),
        Some(Home::Under(parent)) => format!("`{key}` belongs below `{parent}`: indent it there"),
        None if key.contains(' ') => {
            "if this is text, put it in quotes: outside them a colon makes a field".to_owned()
        }
        None => format!("remove it, or use one of {}", similar::list(known)),
    }
}
