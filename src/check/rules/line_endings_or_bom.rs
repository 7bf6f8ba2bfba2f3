//! S11: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("S11"),
    name: "line-endings-or-bom",
    severity: Severity::Warning,
    docs: include_str!("line_endings_or_bom.md"),
    needs: &[],
    check: Check::File(check),
};

fn check(_id: FileId, _file: &File, _reporter: &mut Reporter<'_>) {}
