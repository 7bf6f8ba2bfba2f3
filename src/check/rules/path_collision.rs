//! R03: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("R03"),
    name: "path-collision",
    severity: Severity::Error,
    docs: include_str!("path_collision.md"),
    needs: &[],
    check: Check::Files(check),
};

fn check(_files: &Files, _reporter: &mut Reporter<'_>) {}
