//! E01: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("E01"),
    name: "unsupported-statement",
    severity: Severity::Error,
    docs: include_str!("unsupported_statement.md"),
    needs: &["sources", "verified", "status"],
    check: Check::Incident(check),
};

fn check(_incident: &Incident, _reporter: &mut Reporter<'_>) {}
