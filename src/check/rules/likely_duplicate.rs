//! I06: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("I06"),
    name: "likely-duplicate",
    severity: Severity::Warning,
    docs: include_str!("likely_duplicate.md"),
    needs: &[],
    check: Check::Records(check),
};

fn check(_records: &Records, _reporter: &mut Reporter<'_>) {}
