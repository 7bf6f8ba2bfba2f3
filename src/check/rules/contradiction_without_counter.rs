//! E15: a contradiction without what is said instead, or the other way round.

use super::{Check, Code, Incident, Reporter, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: Code("E15"),
    name: "contradiction-without-counter",
    severity: Severity::Error,
    docs: include_str!("contradiction_without_counter.md"),
    needs: &["verified", "unconfirmed"],
    check: Check::Incident(check),
};

fn check(incident: &Incident, reporter: &mut Reporter<'_>) {
    for statement in incident.statements() {
        let id = &statement.id.value;
        match (statement.contradicted_by.first(), &statement.counter) {
            (Some(by), None) => {
                let message = format!("`{id}` does not say what `{}` says instead", by.source.value);
                let help = "add `counter:` with the other account, as one sentence";
                reporter.report(by.source.span, message, help);
            }
            (None, Some(counter)) => {
                let message = format!("`{id}` does not say whose account the `counter` is");
                let help = "name the source under `contradicted_by`, or remove `counter`";
                reporter.report(counter.span, message, help);
            }
            _ => {}
        }
    }
}
