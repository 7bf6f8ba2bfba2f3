//! I04: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("I04"),
    name: "vanished-id",
    severity: Severity::Error,
    docs: include_str!("vanished_id.md"),
    needs: &[],
    check: Check::Records(check),
};

fn check(_records: &Records, _reporter: &mut Reporter<'_>) {}
