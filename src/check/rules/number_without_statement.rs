//! E06: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("E06"),
    name: "number-without-statement",
    severity: Severity::Error,
    docs: include_str!("number_without_statement.md"),
    needs: &["losses", "verified", "unconfirmed", "sources"],
    check: Check::Derived(check),
};

fn check(_incident: &Incident, _registry: &Registry, _derivation: &Derivation, _reporter: &mut Reporter<'_>) {}
