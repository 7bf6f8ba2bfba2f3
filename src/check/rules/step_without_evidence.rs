//! V03: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("V03"),
    name: "step-without-evidence",
    severity: Severity::Error,
    docs: include_str!("step_without_evidence.md"),
    needs: &["path"],
    check: Check::Incident(check),
};

fn check(_incident: &Incident, _reporter: &mut Reporter<'_>) {}
