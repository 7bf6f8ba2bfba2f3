//! S06: a key that stands twice in one map.

use super::{Check, Code, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: Code("S06"),
    name: "duplicate-key",
    severity: Severity::Error,
    docs: include_str!("duplicate_key.md"),
    needs: &[],
    check: Check::Parse,
};
