//! E15: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("E15"),
    name: "contradiction-without-counter",
    severity: Severity::Error,
    docs: include_str!("contradiction_without_counter.md"),
    needs: &["verified", "unconfirmed"],
    check: Check::Incident(check),
};

fn check(_incident: &Incident, _reporter: &mut Reporter<'_>) {}
