//! V09: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("V09"),
    name: "not-a-proposition",
    severity: Severity::Error,
    docs: include_str!("not_a_proposition.md"),
    needs: &["path", "verified", "unconfirmed"],
    check: Check::Incident(check),
};

fn check(_incident: &Incident, _reporter: &mut Reporter<'_>) {}
