//! L03: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("L03"),
    name: "unknown-incident",
    severity: Severity::Error,
    docs: include_str!("unknown_incident.md"),
    needs: &[],
    check: Check::Linked(check),
};

fn check(_incident: &Incident, _registry: &Registry, _reporter: &mut Reporter<'_>) {}
