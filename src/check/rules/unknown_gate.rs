//! L04: a reference to a gate that is not there, or a gate that is mapped twice.

use std::collections::BTreeMap;

use super::{Check, Code, Incident, Registry, Reporter, Rule, Severity, Span};
use crate::check::similar;
use crate::model::body::Reference;

pub(crate) static RULE: Rule = Rule {
    code: Code("L04"),
    name: "unknown-gate",
    severity: Severity::Error,
    docs: include_str!("unknown_gate.md"),
    needs: &[],
    check: Check::Linked(check),
};

fn check(incident: &Incident, registry: &Registry, reporter: &mut Reporter<'_>) {
    let mapped = incident.gates.iter().map(|mapping| &mapping.gate);
    let defeated = incident.path.iter().flat_map(|step| step.defeats.keys());
    let fields = mapped.chain(defeated).filter(|id| !id.value.is_empty()).map(|id| (&*id.value, id.span));
    for (id, span) in fields.chain(in_body(incident)) {
        if registry.gate(id).is_none() && !has_file(id, registry, reporter) {
            let known: Vec<&str> = registry.gate_index.keys().map(String::as_str).collect();
            reporter.report(span, format!("there is no gate `{id}`"), similar::suggest(id, &known));
        }
    }
    twice(incident, reporter);
}

fn in_body(incident: &Incident) -> impl Iterator<Item = (&str, Span)> {
    incident.body.references.iter().filter_map(|reference| match &reference.value {
        Reference::Gate(id) => Some((id.as_str(), reference.span)),
        _ => None,
    })
}

/// A gate's file that cannot be read, or lies among the incidents, is reported elsewhere.
fn has_file(id: &str, registry: &Registry, reporter: &Reporter<'_>) -> bool {
    if registry.records.broken.iter().any(|(_, stem)| stem == id) {
        return true;
    }
    let file = |extension| reporter.files().by_path(&format!("gates/{id}.{extension}"));
    file("md").or_else(|| file("yaml")).is_some()
}

fn twice(incident: &Incident, reporter: &mut Reporter<'_>) {
    let mut first = BTreeMap::new();
    for mapping in incident.gates.iter().filter(|mapping| !mapping.gate.value.is_empty()) {
        let (id, span) = (&mapping.gate.value, mapping.gate.span);
        if let Some(place) = first.insert(id, span) {
            let finding = reporter.at(span, format!("the gate `{id}` is judged twice"));
            reporter.push(finding.help("put the two entries together").related(place, "first here"));
        }
    }
}
