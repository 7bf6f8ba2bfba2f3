//! V07: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("V07"),
    name: "contradictory-path",
    severity: Severity::Error,
    docs: include_str!("contradictory_path.md"),
    needs: &["path"],
    check: Check::Incident(check),
};

fn check(_incident: &Incident, _reporter: &mut Reporter<'_>) {}
