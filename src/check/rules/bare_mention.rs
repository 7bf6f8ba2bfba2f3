//! T07: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("T07"),
    name: "bare-mention",
    severity: Severity::Error,
    docs: include_str!("bare_mention.md"),
    needs: &[],
    check: Check::Incident(check),
};

fn check(_incident: &Incident, _reporter: &mut Reporter<'_>) {}
