//! V06: a step does not say how much of the harm depends on it.

use super::{Check, Code, Incident, Reporter, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: Code("V06"),
    name: "harm-missing",
    severity: Severity::Warning,
    docs: include_str!("harm_missing.md"),
    needs: &["path"],
    check: Check::Incident(check),
};

fn check(incident: &Incident, reporter: &mut Reporter<'_>) {
    for step in incident.path.iter().filter(|step| step.harm.is_none()) {
        let message = format!("`{}` does not say how much of the harm depends on it", step.step.value);
        let help = "add `harm:` with `all:`, `some:` or `none:` and the statement that shows it";
        reporter.report(step.step.span, message, help);
    }
}
