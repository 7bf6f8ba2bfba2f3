//! V05: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("V05"),
    name: "mapped-gate-not-applicable",
    severity: Severity::Warning,
    docs: include_str!("mapped_gate_not_applicable.md"),
    needs: &["path", "gates", "sources", "verified", "unconfirmed"],
    check: Check::Derived(check),
};

fn check(_incident: &Incident, _registry: &Registry, _derivation: &Derivation, _reporter: &mut Reporter<'_>) {}
