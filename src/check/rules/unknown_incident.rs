//! L03: a reference to a record that is not there, that is a draft, or that is the record itself.

use super::{Check, Code, Incident, Registry, Reporter, Rule, Severity, Span};
use crate::check::similar;
use crate::model::body::Reference;

pub(crate) static RULE: Rule = Rule {
    code: Code("L03"),
    name: "unknown-incident",
    severity: Severity::Error,
    docs: include_str!("unknown_incident.md"),
    needs: &["id"],
    check: Check::Linked(check),
};

/// The way out for an id that no record has.
pub(crate) const HELP: &str =
    "name a record by its id; one without a number, by its whole file name without the extension";

/// Whether a file has that name; one that cannot be read is reported elsewhere.
pub(crate) fn has_file(id: &str, reporter: &Reporter<'_>) -> bool {
    let file = |extension| reporter.files().by_path(&format!("incidents/{id}.{extension}"));
    file("md").or_else(|| file("yaml")).is_some()
}

fn check(incident: &Incident, registry: &Registry, reporter: &mut Reporter<'_>) {
    let prefix = registry.records.config.id_prefix();
    let related = incident.related.iter().map(|id| (&*id.value, id.span));
    for (id, span) in related.chain(in_body(incident, prefix)).filter(|(id, _)| !id.is_empty()) {
        judge(incident, id, span, registry, reporter);
    }
}

/// Of the text only what has the registry's prefix: `[CVE-2025-1234]` in brackets is no record of ours.
fn in_body<'a>(incident: &'a Incident, prefix: &str) -> impl Iterator<Item = (&'a str, Span)> {
    incident.body.references.iter().filter_map(move |reference| match &reference.value {
        Reference::Incident(id) if id.split('-').next() == Some(prefix) => {
            Some((id.as_str(), reference.span))
        }
        _ => None,
    })
}

fn judge(incident: &Incident, id: &str, span: Span, registry: &Registry, reporter: &mut Reporter<'_>) {
    let target = registry.incident(id);
    if *id == *incident.handle {
        reporter.report(
            span,
            format!("`{id}` is this record itself"),
            "name another record, or take it away",
        );
    } else if target.is_none() && !has_file(id, reporter) {
        let known = registry.incident_index.keys().map(String::as_str);
        // Numbers differ by a digit from a hundred others; a name that is nearly another is a slip.
        let nearest = similar::nearest(id, known).filter(|_| id.contains("-0000-"));
        let help = nearest.map_or_else(|| HELP.to_owned(), |nearest| similar::meant(id, nearest));
        reporter.report(span, format!("there is no record `{id}`"), help);
    } else if target.is_some_and(|target| incident.is_public() && !target.is_public()) {
        let help = "publish that record first, or leave it out here";
        reporter.report(span, format!("`{id}` is a draft and has no page"), help);
    }
}
