//! S08: an anchor, an alias or a tag, which no record needs.

use super::{Check, Code, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: Code("S08"),
    name: "anchor-alias-or-tag",
    severity: Severity::Error,
    docs: include_str!("anchor_alias_or_tag.md"),
    needs: &[],
    check: Check::Parse,
};
