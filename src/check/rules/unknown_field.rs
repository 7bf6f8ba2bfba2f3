//! S02: a field that the format does not know.

use super::{Check, Code, Diagnostic, Rule, Severity};
use crate::check::schema::{Home, Place};
use crate::check::similar;
use crate::model::body::INCIDENT_SECTIONS;
use crate::model::tree::{Entry, NodeKind, Style};

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

/// What people call a field, where the field with the most similar name is another, or says the opposite.
const MEANS: [(&str, &str); 14] = [
    ("no_other_route", "only_route"),
    ("not_only_route", "other_route"),
    ("not_crossed", "avoids"),
    ("not_crosses", "avoids"),
    ("unapproved", "not_approved"),
    ("not_approved_by", "not_approved"),
    ("unverified", "unconfirmed"),
    ("not_verified", "unconfirmed"),
    ("not_confirmed", "unconfirmed"),
    ("unknowns", "unconfirmed"),
    ("confirmed", "verified"),
    ("description", "summary"),
    ("references", "sources"),
    ("date", "occurred"),
];

fn help(key: &str, known: &[&str], place: &Place<'_>) -> String {
    if let Some((_, meant)) = MEANS.iter().find(|(name, field)| *name == key && known.contains(field)) {
        return similar::meant(key, meant);
    }
    if let Some(nearest) = similar::nearest(key, known.iter().copied()) {
        // A field that is there already was hardly meant, unless it is this very word.
        let is_there = place.node.get(nearest).is_some() && key.trim() != nearest;
        let absent = || known.iter().copied().filter(|field| place.node.get(field).is_none());
        let other = is_there.then(|| similar::nearest(key, absent())).flatten();
        return similar::meant(key, other.unwrap_or(nearest));
    }
    if let Some(above) = above(key, place) {
        return format!("if it belongs to `{above}` on the line above, indent it by two spaces more");
    }
    match place.home(key) {
        Some(Home::Margin) => format!("`{key}` is a field of its own: begin its line without spaces"),
        Some(Home::Under("body")) if place.markdown => {
            let section = INCIDENT_SECTIONS.iter().find(|(name, _)| *name == key.replace('_', "-"));
            let heading = section.map_or("its heading".to_owned(), |(_, name)| format!("`## {name}`"));
            format!("write it below the second `---`, under {heading}")
        }
        Some(Home::Under(parent)) => format!("`{key}` belongs below `{parent}`: indent it there"),
        None if key.contains(' ') => {
            "if this is text, put it in quotes: outside them a colon makes a field".to_owned()
        }
        None => format!("remove it, or use one of {}", similar::list(known)),
    }
}

/// The key before this one, if it has no value: this one may have been meant to stand below it.
fn above<'a>(key: &str, place: &'a Place<'_>) -> Option<&'a str> {
    let entries = place.node.entries();
    let at = entries.iter().position(|entry| entry.key.value == key)?;
    let before = entries.get(at.checked_sub(1)?)?;
    let is_empty = match &before.value.kind {
        NodeKind::Null => true,
        NodeKind::Scalar(text, Style::Block) => text.is_empty(),
        _ => false,
    };
    (is_empty && !before.flow).then_some(&*before.key.value)
}

/// The finding for the field `body` in a record whose text stands below the fields, where nobody would see it.
pub(in crate::check) fn body_in_markdown(entry: &Entry<'_>) -> Diagnostic {
    let message = "`body` is a field of YAML records, and no page would show it here";
    let help = "write the text below the second `---`, each section under its heading, such as `## Notes`";
    Diagnostic::error(RULE.code, entry.key.span, message).help(help)
}
