//! S01: text that cannot be read as YAML (or, for `registry.toml`, as TOML).

use super::{Check, Code, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: Code("S01"),
    name: "invalid-yaml",
    severity: Severity::Error,
    docs: include_str!("invalid_yaml.md"),
    needs: &[],
    check: Check::Parse,
};
