//! T06: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("T06"),
    name: "unsafe-link",
    severity: Severity::Error,
    docs: include_str!("unsafe_link.md"),
    needs: &[],
    check: Check::Records(check),
};

fn check(_records: &Records, _reporter: &mut Reporter<'_>) {}
