//! E08: another registry or an encyclopaedia stands among the sources.

use super::{Check, Code, Incident, Reporter, Rule, Severity};
use crate::model::statement::SourceKind;

pub(crate) static RULE: Rule = Rule {
    code: Code("E08"),
    name: "aggregator-as-source",
    severity: Severity::Error,
    docs: include_str!("aggregator_as_source.md"),
    needs: &["sources"],
    check: Check::Incident(check),
};

fn check(incident: &Incident, reporter: &mut Reporter<'_>) {
    for (id, source) in incident.sources.iter() {
        if source.kind.value == SourceKind::Aggregator {
            let message = format!("`{}` is an aggregator, which can support nothing", id.value);
            let help = "cite what it cites; move it to `further_reading`, or its id of the case to `aliases`";
            reporter.report(source.kind.span, message, help);
        }
    }
}
