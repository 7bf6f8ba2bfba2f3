//! S07: a date that the calendar does not have, or in another form.

use super::{Check, Code, Diagnostic, Rule, Severity};
use crate::check::schema::Place;
use crate::model::date::{Date, DateRange};

pub(crate) static RULE: Rule = Rule {
    code: Code("S07"),
    name: "invalid-date",
    severity: Severity::Error,
    docs: include_str!("invalid_date.md"),
    needs: &[],
    check: Check::Schema,
};

/// The finding for one date.
pub(in crate::check) fn diagnostic(place: &Place<'_>) -> Diagnostic {
    let text = place.node.text().unwrap_or_default();
    let (what, help) = cause(text);
    let message = format!("`{text}` {what}");
    Diagnostic::error(RULE.code, place.node.span, message).help(help)
}

fn cause(text: &str) -> (&'static str, &'static str) {
    let both =
        text.split_once('/').filter(|(from, to)| Date::parse(from).is_some() && Date::parse(to).is_some());
    if DateRange::parse(text).is_some() {
        (
            "is a range, and this field takes one date",
            "write one date; a less exact one, such as `2025-12`, is fine",
        )
    } else if both.is_some() {
        ("ends before it begins", "write the earlier date first")
    } else if looks_like_a_date(text) {
        ("is not in the calendar", "correct the month or the day, or leave out what the sources do not say")
    } else {
        (
            "is not a date",
            "write `2025`, `2025-12` or `2025-12-31`, as exact as the sources are; a range is two of these with `/`",
        )
    }
}

/// `2026-02-30`, `2026-13`, `0000`: the right characters in the right places.
fn looks_like_a_date(text: &str) -> bool {
    let digit_or_hyphen =
        |(at, byte): (usize, u8)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    matches!(text.len(), 4 | 7 | 10) && text.bytes().enumerate().all(digit_or_hyphen)
}
