//! S12: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("S12"),
    name: "key-order",
    severity: Severity::Warning,
    docs: include_str!("key_order.md"),
    needs: &[],
    check: Check::Document(check),
};

fn check(_document: &Document, _reporter: &mut Reporter<'_>) {}
