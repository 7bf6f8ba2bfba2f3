//! L02: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("L02"),
    name: "unknown-source",
    severity: Severity::Error,
    docs: include_str!("unknown_source.md"),
    needs: &["sources"],
    check: Check::Incident(check),
};

fn check(_incident: &Incident, _reporter: &mut Reporter<'_>) {}
