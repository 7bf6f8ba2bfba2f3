//! R11: a file with the marks of a merge that was not finished.

use super::{Check, Code, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: Code("R11"),
    name: "unfinished-merge",
    severity: Severity::Error,
    docs: include_str!("unfinished_merge.md"),
    needs: &[],
    check: Check::Parse,
};
