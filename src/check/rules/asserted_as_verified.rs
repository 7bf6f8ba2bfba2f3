//! E03: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("E03"),
    name: "asserted-as-verified",
    severity: Severity::Error,
    docs: include_str!("asserted_as_verified.md"),
    needs: &["sources", "verified"],
    check: Check::Derived(check),
};

fn check(_incident: &Incident, _registry: &Registry, _derivation: &Derivation, _reporter: &mut Reporter<'_>) {}
