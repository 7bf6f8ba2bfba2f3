//! V03: a step of the path does not say what shows that it happened.

use super::{Check, Code, Incident, Reporter, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: Code("V03"),
    name: "step-without-evidence",
    severity: Severity::Error,
    docs: include_str!("step_without_evidence.md"),
    needs: &["path"],
    check: Check::Incident(check),
};

fn check(incident: &Incident, reporter: &mut Reporter<'_>) {
    for step in incident.path.iter().filter(|step| step.evidence.is_empty()) {
        let message = format!("`{}` does not say what shows that it happened", step.step.value);
        let help = "list under `evidence` the statements that say the action happened, such as `[f3]`";
        reporter.report(step.step.span, message, help);
    }
}
