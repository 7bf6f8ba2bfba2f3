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
    let (what, help) = match meant(text) {
        Some(meant) if text.contains(char::is_whitespace) => {
            ("holds a blank", format!("write `{meant}`, without blanks"))
        }
        Some(meant) => {
            ("is not a date", format!("write `{meant}`, with two digits for the month and the day"))
        }
        None => {
            let (what, help) = cause(text);
            (what, help.to_owned())
        }
    };
    let message = format!("`{text}` {what}");
    Diagnostic::error(RULE.code, place.node.span, message).help(help)
}

/// The date or range that a text is but for its blanks and the noughts of its months and days.
fn meant(text: &str) -> Option<String> {
    let dense: String = text.split_whitespace().collect();
    let dates: Vec<String> = dense.split('/').map(padded).collect::<Option<_>>()?;
    let meant = dates.join("/");
    (meant != text && DateRange::parse(&meant).is_some()).then_some(meant)
}

/// A year, month and day in digits, each month and day with two of them.
fn padded(date: &str) -> Option<String> {
    let (year, rest) = date.split_at_checked(4)?;
    let parts = rest.split('-').skip(1);
    if !matches!(rest.chars().next(), None | Some('-')) {
        return None;
    }
    let is_number = |it: &str| matches!(it.len(), 1 | 2) && it.bytes().all(|byte| byte.is_ascii_digit());
    let parts = parts.map(|it| is_number(it).then(|| format!("-{it:0>2}")));
    let date = format!("{year}{}", parts.collect::<Option<String>>()?);
    Date::parse(&date).map(|_| date)
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
    } else if looks_like_a_date(text) && of_no_case(text) {
        ("lies in a year of which no case speaks", "correct the year; 1950 to 2099 can be written")
    } else if looks_like_a_date(text) {
        ("is not in the calendar", "correct the month or the day, or leave out what the sources do not say")
    } else {
        (
            "is not a date",
            "write `2025`, `2025-12` or `2025-12-31`, as exact as the sources are; a range is two of these with `/`",
        )
    }
}

fn of_no_case(text: &str) -> bool {
    text.get(..4).and_then(|year| year.parse().ok()).is_some_and(|year| !Date::YEARS.contains(&year))
}

/// `2026-02-30`, `2026-13`, `0000`: the right characters in the right places.
fn looks_like_a_date(text: &str) -> bool {
    let digit_or_hyphen =
        |(at, byte): (usize, u8)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    matches!(text.len(), 4 | 7 | 10) && text.bytes().enumerate().all(digit_or_hyphen)
}
