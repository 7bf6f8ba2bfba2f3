//! S01: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("S01"),
    name: "invalid-yaml",
    severity: Severity::Error,
    docs: include_str!("invalid_yaml.md"),
    needs: &[],
    check: Check::Parse,
};
