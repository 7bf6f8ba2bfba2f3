//! E01: a statement is listed as verified without a source, or a record verifies nothing.

use super::{Check, Code, Incident, Reporter, Rule, Severity, Span};

pub(crate) static RULE: Rule = Rule {
    code: Code("E01"),
    name: "unsupported-statement",
    severity: Severity::Error,
    docs: include_str!("unsupported_statement.md"),
    needs: &["sources", "verified", "status"],
    check: Check::Incident(check),
};

fn check(incident: &Incident, reporter: &mut Reporter<'_>) {
    for statement in incident.verified.iter().filter(|statement| statement.sources.is_empty()) {
        let message = format!("`{}` is listed as verified without a source", statement.id.value);
        let help = "name who says so under `sources`, or move it to `unconfirmed` and say where you looked";
        reporter.report(statement.id.span, message, help);
    }
    if incident.verified.is_empty() && incident.is_public() {
        let help = "add at least one statement with its sources under `verified`, or write `status: draft`";
        reporter.report(field(reporter, incident.span, "verified"), "the record verifies nothing", help);
    }
}

/// Where a top-level field of a record stands, or the record's start where it does not.
pub(crate) fn field(reporter: &Reporter<'_>, record: Span, name: &str) -> Span {
    let text = reporter.text(record);
    let is_key = |at: usize| {
        (at == 0 || text[..at].ends_with('\n'))
            && text[at + name.len()..].trim_start_matches(' ').starts_with(':')
    };
    let Some((at, _)) = text.match_indices(name).find(|(at, _)| is_key(*at)) else {
        return record.at_start();
    };
    let start = record.start as usize + at;
    Span::new(record.file, start..start + name.len())
}
