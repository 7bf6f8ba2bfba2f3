//! I05: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("I05"),
    name: "duplicate-title",
    severity: Severity::Error,
    docs: include_str!("duplicate_title.md"),
    needs: &[],
    check: Check::Records(check),
};

fn check(_records: &Records, _reporter: &mut Reporter<'_>) {}
