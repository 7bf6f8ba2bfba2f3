//! L05: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("L05"),
    name: "unused-source",
    severity: Severity::Warning,
    docs: include_str!("unused_source.md"),
    needs: &["sources", "verified", "unconfirmed", "timeline", "responses"],
    check: Check::Incident(check),
};

fn check(_incident: &Incident, _reporter: &mut Reporter<'_>) {}
