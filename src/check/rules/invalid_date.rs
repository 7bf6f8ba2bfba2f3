//! S07: a date that the calendar does not have, or in another form.

use super::{Check, Code, Diagnostic, Rule, Severity};
use crate::check::schema::Place;

pub(crate) static RULE: Rule = Rule {
    code: Code("S07"),
    name: "invalid-date",
    severity: Severity::Error,
    docs: include_str!("invalid_date.md"),
    needs: &[],
    check: Check::Schema,
};

/// The finding for one date.
pub(crate) fn diagnostic(place: &Place<'_>) -> Diagnostic {
    let text = place.node.text().unwrap_or_default();
    let message = match text.split_once('/') {
        Some((from, to)) if from.len() >= 4 && to.len() >= 4 => format!("`{text}` is not a range of dates"),
        _ => format!("`{text}` is not a date"),
    };
    Diagnostic::error(RULE.code, place.node.span, message)
        .help("write `2025`, `2025-12` or `2025-12-31`, as exact as the sources are; a range is two dates with a slash, the earlier first")
}
