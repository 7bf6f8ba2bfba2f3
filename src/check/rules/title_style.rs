//! T10: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("T10"),
    name: "title-style",
    severity: Severity::Error,
    docs: include_str!("title_style.md"),
    needs: &["title"],
    check: Check::Incident(check),
};

fn check(_incident: &Incident, _reporter: &mut Reporter<'_>) {}
