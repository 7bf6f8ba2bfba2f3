//! S10: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("S10"),
    name: "body-sections",
    severity: Severity::Error,
    docs: include_str!("body_sections.md"),
    needs: &[],
    check: Check::Records(check),
};

fn check(_records: &Records, _reporter: &mut Reporter<'_>) {}
