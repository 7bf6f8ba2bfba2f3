//! V06: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("V06"),
    name: "harm-missing",
    severity: Severity::Warning,
    docs: include_str!("harm_missing.md"),
    needs: &["path"],
    check: Check::Incident(check),
};

fn check(_incident: &Incident, _reporter: &mut Reporter<'_>) {}
