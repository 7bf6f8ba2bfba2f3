//! L05: a source that nothing in the record rests on.

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
    let keys: Vec<&str> = incident.sources.keys().map(|key| &*key.value).collect();
    // Sorted, because it is searched for every citation.
    let mut places: Vec<(&str, usize)> = keys.iter().enumerate().map(|(at, key)| (*key, at)).collect();
    places.sort_unstable();
    let place = |id: &str| places.binary_search_by_key(&id, |(key, _)| key).map(|found| places[found].1).ok();
    let mut used = vec![false; keys.len()];
    // A source is no use to itself.
    let origins =
        incident.sources.iter().filter_map(|(key, source)| source.origin.as_ref().filter(|id| *id != key));
    origins.filter_map(|id| place(&id.value)).for_each(|at| used[at] = true);
    for id in unknown_source::cited(incident) {
        // What is cited under a misspelt name is reported as that.
        let meant = || place(similar::nearest(&id.value, keys.iter().copied())?);
        if let Some(at) = place(&id.value).or_else(meant) {
            used[at] = true;
        }
    }
    for (key, _) in incident.sources.keys().zip(&used).filter(|(_, used)| !**used) {
        let message = format!("nothing in the record names the source `{}`", key.value);
        reporter.report(
            key.span,
            message,
            "cite it where it says something, or move it to `further_reading`",
        );
    }
}
