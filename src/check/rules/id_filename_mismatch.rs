//! I01: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("I01"),
    name: "id-filename-mismatch",
    severity: Severity::Error,
    docs: include_str!("id_filename_mismatch.md"),
    needs: &["id"],
    check: Check::Incident(check),
};

fn check(_incident: &Incident, _reporter: &mut Reporter<'_>) {}
