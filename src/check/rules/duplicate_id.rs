//! I02: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("I02"),
    name: "duplicate-id",
    severity: Severity::Error,
    docs: include_str!("duplicate_id.md"),
    needs: &[],
    check: Check::Records(check),
};

fn check(_records: &Records, _reporter: &mut Reporter<'_>) {}
