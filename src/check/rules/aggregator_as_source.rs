//! E08: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("E08"),
    name: "aggregator-as-source",
    severity: Severity::Error,
    docs: include_str!("aggregator_as_source.md"),
    needs: &["sources"],
    check: Check::Incident(check),
};

fn check(_incident: &Incident, _reporter: &mut Reporter<'_>) {}
