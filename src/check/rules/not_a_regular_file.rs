//! R02: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("R02"),
    name: "not-a-regular-file",
    severity: Severity::Error,
    docs: include_str!("not_a_regular_file.md"),
    needs: &[],
    check: Check::File(check),
};

fn check(_id: FileId, _file: &File, _reporter: &mut Reporter<'_>) {}
