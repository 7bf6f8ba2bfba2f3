//! E02: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("E02"),
    name: "disputed-as-verified",
    severity: Severity::Error,
    docs: include_str!("disputed_as_verified.md"),
    needs: &["sources", "verified"],
    check: Check::Derived(check),
};

fn check(_incident: &Incident, _registry: &Registry, _derivation: &Derivation, _reporter: &mut Reporter<'_>) {}
