//! E04: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("E04"),
    name: "digest-without-origin",
    severity: Severity::Error,
    docs: include_str!("digest_without_origin.md"),
    needs: &["sources"],
    check: Check::Incident(check),
};

fn check(_incident: &Incident, _reporter: &mut Reporter<'_>) {}
