//! E05: `occurred` is more exact than anything that the record says of when it happened.

use super::{Check, Code, Incident, Reporter, Rule, Severity, Span};
use crate::model::date::{Date, DateRange, Precision};

pub(crate) static RULE: Rule = Rule {
    code: Code("E05"),
    name: "false-precision",
    severity: Severity::Error,
    docs: include_str!("false_precision.md"),
    needs: &["occurred", "timeline", "verified", "unconfirmed"],
    check: Check::Incident(check),
};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn check(incident: &Incident, reporter: &mut Reporter<'_>) {
    let occurred = incident.occurred.value;
    if !occurred.is_known() || precision(occurred) == Precision::Year {
        return;
    }
    let timeline = incident.timeline.iter().filter_map(|entry| entry.date.as_ref());
    let mut dates: Vec<(DateRange, Span)> = timeline.map(|date| (date.value, date.span)).collect();
    // What lies at another time says nothing of this one.
    let bears = |date: &DateRange| date.is_known() && overlap(*date, occurred);
    let is_exact = |date: &DateRange| precision(*date) >= precision(occurred);
    if dates.iter().any(|(date, _)| bears(date) && is_exact(date)) {
        return;
    }
    for statement in incident.statements() {
        let named = dates_in(statement.text.as_str(), occurred.from.year()).into_iter();
        dates.extend(named.map(|from| (DateRange { from, to: None }, statement.text.span)));
    }
    let bearing = dates.iter().filter(|(date, _)| bears(date));
    let Some((best, span)) = bearing.max_by_key(|(date, span)| (precision(*date), std::cmp::Reverse(*span)))
    else {
        return;
    };
    if is_exact(best) {
        return;
    }
    // Perhaps this day was meant, and a digit slipped.
    let other = dates.iter().find(|(date, _)| is_exact(date) && overlap(*date, *best));
    reporter.push(match other {
        Some((other, there)) => reporter
            .at(incident.occurred.span, format!("nothing else in the record says `{occurred}`"))
            .related(*there, format!("this says `{other}`"))
            .help(format!("write `{other}` if that is when it happened, or `{best}` if no more is known")),
        None => reporter
            .at(
                incident.occurred.span,
                format!("`{occurred}` is more exact than the timeline and the statements are"),
            )
            .related(*span, "no date of the event is more exact than this")
            .help(format!("write `{best}`, or add the more exact date to the timeline, with its source")),
    });
}

/// How exact a date is; a range, as its more exact end.
fn precision(date: DateRange) -> Precision {
    date.to.map_or(date.from.precision(), |to| to.precision().max(date.from.precision()))
}

fn overlap(a: DateRange, b: DateRange) -> bool {
    a.first_day() <= b.last_day() && b.first_day() <= a.last_day()
}

/// The dates that a text names: `2025-12-15`, `15 December 2025`, `December 15`, `December 2025`, `2025`. One without
/// a year is of the year in which it happened.
fn dates_in(text: &str, year: u16) -> Vec<Date> {
    let words: Vec<&str> =
        text.split(|it: char| !(it.is_alphanumeric() || it == '-')).filter(|it| !it.is_empty()).collect();
    (0..words.len()).filter_map(|at| date_at(&words, at, year)).collect()
}

fn date_at(words: &[&str], at: usize, year: u16) -> Option<Date> {
    let Some(month) = month(words[at]) else {
        // Most words are no number, and are left after a look at their first letter.
        let number = words[at].starts_with(|it: char| it.is_ascii_digit());
        return if number { Date::parse(words[at]) } else { None };
    };
    let word = |at: Option<usize>| at.and_then(|at| words.get(at)).copied().unwrap_or_default();
    let (before, after, later) = (word(at.checked_sub(1)), word(Some(at + 1)), word(Some(at + 2)));
    let day = day(before).or_else(|| day(after));
    let year = [after, later]
        .iter()
        .find_map(|it| it.parse().ok().filter(|it| (1990..2100).contains(it)))
        .unwrap_or(year);
    Date::parse(&day.map_or(format!("{year:04}-{month:02}"), |day| format!("{year:04}-{month:02}-{day:02}")))
}

/// The number of a month; "may" in small letters is a verb.
fn month(word: &str) -> Option<usize> {
    let capital = word.starts_with(char::is_uppercase);
    MONTHS.iter().position(|name| capital && name.eq_ignore_ascii_case(word)).map(|at| at + 1)
}

fn day(word: &str) -> Option<u8> {
    let digits = word.trim_end_matches(|it: char| it.is_ascii_lowercase());
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}
