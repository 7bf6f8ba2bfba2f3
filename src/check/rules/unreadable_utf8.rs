//! R04: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("R04"),
    name: "unreadable-utf8",
    severity: Severity::Error,
    docs: include_str!("unreadable_utf8.md"),
    needs: &[],
    check: Check::File(check),
};

fn check(_id: FileId, _file: &File, _reporter: &mut Reporter<'_>) {}
