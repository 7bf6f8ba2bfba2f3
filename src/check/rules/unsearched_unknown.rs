//! E09: an open statement that does not say where one looked.

use super::{Check, Code, Incident, Reporter, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: Code("E09"),
    name: "unsearched-unknown",
    severity: Severity::Error,
    docs: include_str!("unsearched_unknown.md"),
    needs: &["unconfirmed"],
    check: Check::Incident(check),
};

fn check(incident: &Incident, reporter: &mut Reporter<'_>) {
    for statement in &incident.unconfirmed {
        if statement.sources.is_empty() && statement.looked_in.is_empty() {
            let id = &statement.id.value;
            let help = "list the sources you searched under `looked_in`, and the day under `looked_on`";
            reporter.report(statement.id.span, format!("`{id}` does not say where one looked"), help);
        }
    }
}
