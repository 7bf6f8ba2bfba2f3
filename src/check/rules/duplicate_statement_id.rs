//! L06: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("L06"),
    name: "duplicate-statement-id",
    severity: Severity::Error,
    docs: include_str!("duplicate_statement_id.md"),
    needs: &["verified", "unconfirmed"],
    check: Check::Incident(check),
};

fn check(_incident: &Incident, _reporter: &mut Reporter<'_>) {}
