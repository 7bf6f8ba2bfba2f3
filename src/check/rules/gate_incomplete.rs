//! V08: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("V08"),
    name: "gate-incomplete",
    severity: Severity::Error,
    docs: include_str!("gate_incomplete.md"),
    needs: &["still_needs", "limits"],
    check: Check::Gate(check),
};

fn check(_gate: &Gate, _reporter: &mut Reporter<'_>) {}
