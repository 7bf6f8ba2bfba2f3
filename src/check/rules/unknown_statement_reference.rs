//! L01: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("L01"),
    name: "unknown-statement-reference",
    severity: Severity::Error,
    docs: include_str!("unknown_statement_reference.md"),
    needs: &["verified", "unconfirmed", "path"],
    check: Check::Incident(check),
};

fn check(_incident: &Incident, _reporter: &mut Reporter<'_>) {}
