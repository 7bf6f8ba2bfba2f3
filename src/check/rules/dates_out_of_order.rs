//! E14: dates that cannot all be true, because the earlier event begins after the later one has ended.

use super::{Check, Code, Diagnostic, Incident, Reporter, Rule, Severity, Span, Spanned};
use crate::model::date::{Date, DateRange};
use crate::model::statement::SourceKind;

pub(crate) static RULE: Rule = Rule {
    code: Code("E14"),
    name: "dates-out-of-order",
    severity: Severity::Error,
    docs: include_str!("dates_out_of_order.md"),
    needs: &[
        "occurred",
        "disclosed",
        "filed",
        "updated",
        "sources",
        "timeline",
        "corrections",
        "verified",
        "unconfirmed",
    ],
    check: Check::Incident(check),
};

/// A date of the record under its name; of a range, its beginning and its end.
#[derive(Clone, Copy)]
struct Dated {
    name: &'static str,
    from: Date,
    until: Date,
    span: Span,
}

impl Dated {
    fn day(name: &'static str, date: &Spanned<Date>) -> Dated {
        Dated { name, from: date.value, until: date.value, span: date.span }
    }

    fn range(name: &'static str, date: &Spanned<DateRange>) -> Dated {
        Dated {
            name,
            from: date.value.from,
            until: date.value.to.unwrap_or(date.value.from),
            span: date.span,
        }
    }
}

fn check(incident: &Incident, reporter: &mut Reporter<'_>) {
    let day = |name, date: &Option<Spanned<Date>>| date.as_ref().map(|date| Dated::day(name, date));
    let occurred = Dated::range("`occurred`", &incident.occurred);
    let filed = day("`filed`", &incident.filed);
    let record =
        [Some(occurred), day("`disclosed`", &incident.disclosed), filed, day("`updated`", &incident.updated)];
    in_order(record.into_iter().flatten(), reporter);
    for correction in &incident.corrections {
        let correction = Dated::day("this correction", &correction.date);
        in_order(filed.into_iter().chain([correction]), reporter);
    }
    let dated = incident.timeline.iter().filter_map(|entry| entry.date.as_ref());
    in_order(dated.map(|date| Dated::range("this entry", date)), reporter);
    news(incident, reporter);
    unwritten(incident, reporter);
}

/// Reports sources that were published when the record had been written for the last time.
fn unwritten(incident: &Incident, reporter: &mut Reporter<'_>) {
    let corrections = incident.corrections.iter().map(|correction| &correction.date);
    let looked = incident.statements().filter_map(|statement| statement.looked_on.as_ref());
    let written = incident.filed.iter().chain(&incident.updated).chain(corrections).chain(looked);
    let Some(last) = written.filter(|date| date.value.is_known()).max_by_key(|date| date.value.last_day())
    else {
        return;
    };
    for (id, source) in incident.sources.iter() {
        let after =
            |date: &&Spanned<Date>| date.value.is_known() && date.value.first_day() > last.value.last_day();
        if let Some(published) = source.published.as_ref().filter(after) {
            let message = format!("`{}` was published after this record was written", id.value);
            let help = "correct the date; if the record was changed since, say so under `updated`";
            let found =
                reporter.at(published.span, message).related(last.span, "the last date of the record's own");
            reporter.push(found.help(help));
        }
    }
}

/// Reports each date that lies before one that was written earlier, and counts on from it.
fn in_order(dates: impl Iterator<Item = Dated>, reporter: &mut Reporter<'_>) {
    let mut latest: Option<Dated> = None;
    for next in dates.filter(|date| date.from.is_known()) {
        latest = match latest {
            Some(earlier) if next.until.last_day() < earlier.from.first_day() => {
                reporter.push(before(next, earlier, reporter));
                Some(next)
            }
            Some(earlier) if next.from.first_day() < earlier.from.first_day() => Some(earlier),
            _ => Some(next),
        };
    }
}

fn before(later: Dated, earlier: Dated, reporter: &Reporter<'_>) -> Diagnostic {
    let than = if earlier.name == later.name { "an earlier one" } else { earlier.name };
    reporter
        .at(later.span, format!("{} lies before {than}", later.name))
        .label(format!("{} at the latest", later.until.last_day()))
        .related(earlier.span, format!("{} at the earliest", earlier.from.first_day()))
        .help("correct one of the two; a date may be as inexact as the sources are, such as `2026-02`")
}

fn news(incident: &Incident, reporter: &mut Reporter<'_>) {
    let occurred = &incident.occurred;
    let before = |date: Date| date.is_known() && date.last_day() < occurred.value.first_day();
    for (id, source) in incident.sources.iter().filter(|(_, source)| source.kind.value == SourceKind::News) {
        if let Some(published) = source.published.as_ref().filter(|published| before(published.value)) {
            let message = format!("`{}` reports the event before it occurred", id.value);
            let diagnostic = Diagnostic::new(RULE.code, Severity::Warning, published.span, message)
                .related(occurred.span, format!("{} at the earliest", occurred.value.first_day()))
                .help("correct the date that is wrong, or move what is about something else to `further_reading`");
            reporter.push(diagnostic);
        }
    }
}
