//! E12: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("E12"),
    name: "source-not-https",
    severity: Severity::Warning,
    docs: include_str!("source_not_https.md"),
    needs: &["sources"],
    check: Check::Incident(check),
};

fn check(_incident: &Incident, _reporter: &mut Reporter<'_>) {}
