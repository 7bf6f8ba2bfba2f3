//! R06: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("R06"),
    name: "taxonomy-invalid",
    severity: Severity::Error,
    docs: include_str!("taxonomy_invalid.md"),
    needs: &[],
    check: Check::Records(check),
};

fn check(_records: &Records, _reporter: &mut Reporter<'_>) {}
