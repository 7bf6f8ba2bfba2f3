//! V04: the evidence speaks for a gate that the record does not mention.

use super::pin_differs::judgements;
use super::{Check, Code, Derivation, Incident, Registry, Reporter, Rule, Severity};
use crate::model::verdict::Verdict;

pub(crate) static RULE: Rule = Rule {
    code: Code("V04"),
    name: "gate-unmapped",
    severity: Severity::Warning,
    docs: include_str!("gate_unmapped.md"),
    needs: &["path", "gates", "sources", "verified", "unconfirmed"],
    check: Check::Derived(check),
};

fn check(incident: &Incident, registry: &Registry, derivation: &Derivation, reporter: &mut Reporter<'_>) {
    // A misspelt gate is reported, and may be the one that would seem to be missing.
    if !incident.gates.iter().all(|mapping| registry.gate(&mapping.gate.value).is_some()) {
        return;
    }
    for judgement in judgements(incident, registry, derivation) {
        let (gate, derived) = (&judgement.gate, judgement.verdict.id());
        let Some(step) = judgement.deciding_step().filter(|step| step.verdict >= Verdict::OnlyIfRouted)
        else {
            continue;
        };
        if incident.mapping(gate).is_none() {
            let message =
                format!("the evidence derives {derived} for `{gate}`, and the record does not map it");
            let help = format!("add an entry with `gate: {gate}` and `verdict: {derived}` under `gates`");
            reporter.report(incident.path[step.index].action.span, message, help);
        }
    }
}
