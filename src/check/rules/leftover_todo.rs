//! T08: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("T08"),
    name: "leftover-todo",
    severity: Severity::Error,
    docs: include_str!("leftover_todo.md"),
    needs: &[],
    check: Check::File(check),
};

fn check(_id: FileId, _file: &File, _reporter: &mut Reporter<'_>) {}
