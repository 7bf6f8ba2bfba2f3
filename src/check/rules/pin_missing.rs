//! V10: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("V10"),
    name: "pin-missing",
    severity: Severity::Warning,
    docs: include_str!("pin_missing.md"),
    needs: &["path", "gates", "sources", "verified", "unconfirmed"],
    check: Check::Derived(check),
};

fn check(_incident: &Incident, _registry: &Registry, _derivation: &Derivation, _reporter: &mut Reporter<'_>) {}
