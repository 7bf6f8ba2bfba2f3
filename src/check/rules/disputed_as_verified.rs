//! E02: a statement that a source of like weight contradicts is listed as verified.

use super::asserted_as_verified::cited;
use super::{Check, Code, Derivation, Diagnostic, Incident, Registry, Reporter, Rule, Severity};
use crate::model::statement::{Statement, Status};

pub(crate) static RULE: Rule = Rule {
    code: Code("E02"),
    name: "disputed-as-verified",
    severity: Severity::Error,
    docs: include_str!("disputed_as_verified.md"),
    needs: &["sources", "verified"],
    check: Check::Derived(check),
};

fn check(incident: &Incident, _: &Registry, derivation: &Derivation, reporter: &mut Reporter<'_>) {
    let statuses = incident.verified.iter().zip(&derivation.statuses);
    for (statement, _) in statuses.filter(|(_, status)| **status == Status::Disputed) {
        if let Some(diagnostic) = disputed(statement, incident, reporter) {
            reporter.push(diagnostic);
        }
    }
}

/// Names the strongest source on either side; nothing where a source that is cited does not exist.
fn disputed(statement: &Statement, incident: &Incident, reporter: &Reporter<'_>) -> Option<Diagnostic> {
    let supporting = cited(&statement.sources, incident)?;
    let (id, best) = supporting.iter().min_by_key(|(_, source)| source.kind.value.tier())?;
    let contradicting = cited(&statement.contradicted_by, incident)?;
    let (against, counter) = contradicting.iter().min_by_key(|(_, source)| source.kind.value.tier())?;
    let supported = if supporting.len() == 1 { "supported" } else { "best supported" };
    let label = format!("{supported} by `{}`, tier {:?}", id.value, best.kind.value.tier());
    let tier = counter.kind.value.tier();
    let diagnostic = reporter
        .at(statement.id.span, "a disputed statement is listed as verified")
        .label(label)
        .related(against.span, format!("tier {tier:?}, so the two accounts stand against each other"))
        .help("move it to `unconfirmed`, or drop `contradicted_by` if the sources agree");
    Some(diagnostic)
}
