//! T05: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("T05"),
    name: "raw-html",
    severity: Severity::Error,
    docs: include_str!("raw_html.md"),
    needs: &[],
    check: Check::Records(check),
};

fn check(_records: &Records, _reporter: &mut Reporter<'_>) {}
