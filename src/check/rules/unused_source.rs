//! L05: a source that nothing in the record rests on.

use std::collections::BTreeSet;

use super::{Check, Code, Incident, Reporter, Rule, Severity, unknown_source};
use crate::check::similar;

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
    // What is cited under a misspelt name is reported as that.
    let known: Vec<&str> = incident.sources.keys().map(|key| &*key.value).collect();
    let unknown = unknown_source::cited(incident).map(|id| &*id.value).filter(|id| !known.contains(id));
    let meant: BTreeSet<&str> =
        unknown.filter_map(|id| similar::nearest(id, known.iter().copied())).collect();
    let named = |key: &str| used.contains(key) || meant.contains(key);
    for key in incident.sources.keys().filter(|key| !named(&key.value)) {
        let message = format!("nothing in the record names the source `{}`", key.value);
        reporter.report(
            key.span,
            message,
            "cite it where it says something, or move it to `further_reading`",
        );
    }
}
