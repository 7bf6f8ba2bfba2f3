//! V01: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("V01"),
    name: "pin-differs",
    severity: Severity::Error,
    docs: include_str!("pin_differs.md"),
    needs: &["path", "gates", "sources", "verified", "unconfirmed"],
    check: Check::Derived(check),
};

fn check(_incident: &Incident, _registry: &Registry, _derivation: &Derivation, _reporter: &mut Reporter<'_>) {}
