//! E14: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("E14"),
    name: "dates-out-of-order",
    severity: Severity::Error,
    docs: include_str!("dates_out_of_order.md"),
    needs: &["occurred", "disclosed", "filed", "updated", "sources", "timeline"],
    check: Check::Incident(check),
};

fn check(_incident: &Incident, _reporter: &mut Reporter<'_>) {}
