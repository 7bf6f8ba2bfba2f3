//! E10: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("E10"),
    name: "confirmed-but-unconfirmed",
    severity: Severity::Error,
    docs: include_str!("confirmed_but_unconfirmed.md"),
    needs: &["sources", "unconfirmed"],
    check: Check::Derived(check),
};

fn check(_incident: &Incident, _registry: &Registry, _derivation: &Derivation, _reporter: &mut Reporter<'_>) {}
