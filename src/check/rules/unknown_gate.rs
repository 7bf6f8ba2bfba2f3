//! L04: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("L04"),
    name: "unknown-gate",
    severity: Severity::Error,
    docs: include_str!("unknown_gate.md"),
    needs: &[],
    check: Check::Linked(check),
};

fn check(_incident: &Incident, _registry: &Registry, _reporter: &mut Reporter<'_>) {}
