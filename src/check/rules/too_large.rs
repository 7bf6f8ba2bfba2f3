//! R01: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("R01"),
    name: "too-large",
    severity: Severity::Error,
    docs: include_str!("too_large.md"),
    needs: &[],
    check: Check::File(check),
};

fn check(_id: FileId, _file: &File, _reporter: &mut Reporter<'_>) {}
