//! V04: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("V04"),
    name: "gate-unmapped",
    severity: Severity::Warning,
    docs: include_str!("gate_unmapped.md"),
    needs: &["path", "gates", "sources", "verified", "unconfirmed"],
    check: Check::Derived(check),
};

fn check(_incident: &Incident, _registry: &Registry, _derivation: &Derivation, _reporter: &mut Reporter<'_>) {}
