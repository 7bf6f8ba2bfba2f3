//! I03: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("I03"),
    name: "id-not-in-ledger",
    severity: Severity::Error,
    docs: include_str!("id_not_in_ledger.md"),
    needs: &[],
    check: Check::Records(check),
};

fn check(_records: &Records, _reporter: &mut Reporter<'_>) {}
