//! L05: a source that nothing in the record rests on.

use std::collections::BTreeSet;

use super::{Check, Code, Incident, Reporter, Rule, Severity, unknown_source};

pub(crate) static RULE: Rule = Rule {
    code: Code("L05"),
    name: "unused-source",
    severity: Severity::Warning,
    docs: include_str!("unused_source.md"),
    needs: &["sources", "verified", "unconfirmed", "timeline", "responses"],
    check: Check::Incident(check),
};

fn check(incident: &Incident, reporter: &mut Reporter<'_>) {
    // A source is no use to itself.
    let origins =
        incident.sources.iter().filter_map(|(key, source)| source.origin.as_ref().filter(|id| *id != key));
    let used: BTreeSet<&str> = unknown_source::cited(incident).chain(origins).map(|id| &*id.value).collect();
    for key in incident.sources.keys().filter(|key| !used.contains(&*key.value)) {
        let message = format!("nothing in the record names the source `{}`", key.value);
        reporter.report(
            key.span,
            message,
            "cite it where it says something, or move it to `further_reading`",
        );
    }
}
