//! T01: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("T01"),
    name: "control-bidi-or-invisible-character",
    severity: Severity::Error,
    docs: include_str!("control_bidi_or_invisible_character.md"),
    needs: &[],
    check: Check::File(check),
};

fn check(_id: FileId, _file: &File, _reporter: &mut Reporter<'_>) {}
