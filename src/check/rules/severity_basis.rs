//! E07: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("E07"),
    name: "severity-basis",
    severity: Severity::Error,
    docs: include_str!("severity_basis.md"),
    needs: &["severity", "severity_basis", "losses", "impacts", "kind", "verified", "unconfirmed", "sources"],
    check: Check::Derived(check),
};

fn check(_incident: &Incident, _registry: &Registry, _derivation: &Derivation, _reporter: &mut Reporter<'_>) {}
