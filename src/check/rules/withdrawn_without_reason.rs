//! I07: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("I07"),
    name: "withdrawn-without-reason",
    severity: Severity::Error,
    docs: include_str!("withdrawn_without_reason.md"),
    needs: &["status", "withdrawn", "merged", "responses"],
    check: Check::Incident(check),
};

fn check(_incident: &Incident, _reporter: &mut Reporter<'_>) {}
