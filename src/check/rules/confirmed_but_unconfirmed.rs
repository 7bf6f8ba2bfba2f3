//! E10: a statement is listed as unconfirmed although its sources corroborate or establish it.

use super::{Check, Code, Derivation, Incident, Registry, Reporter, Rule, Severity};
use crate::model::statement::Status;

pub(crate) static RULE: Rule = Rule {
    code: Code("E10"),
    name: "confirmed-but-unconfirmed",
    severity: Severity::Error,
    docs: include_str!("confirmed_but_unconfirmed.md"),
    needs: &["sources", "verified", "unconfirmed"],
    check: Check::Derived(check),
};

fn check(incident: &Incident, _: &Registry, derivation: &Derivation, reporter: &mut Reporter<'_>) {
    let statuses = derivation.statuses.iter().skip(incident.verified.len());
    for (statement, status) in incident.unconfirmed.iter().zip(statuses) {
        if *status >= Status::Corroborated {
            let id = &statement.id.value;
            let message =
                format!("`{id}` is listed as unconfirmed, and its sources make it {}", status.word());
            let help = "move it to `verified`, or drop the sources that do not say so";
            reporter.report(statement.id.span, message, help);
        }
    }
}
