//! V05: the record maps a gate that covers no action of its path.

use super::pin_differs::mapped;
use super::{Check, Code, Derivation, Incident, Registry, Reporter, Rule, Severity};
use crate::model::verdict::Verdict;

pub(crate) static RULE: Rule = Rule {
    code: Code("V05"),
    name: "mapped-gate-not-applicable",
    severity: Severity::Warning,
    docs: include_str!("mapped_gate_not_applicable.md"),
    needs: &["path", "gates", "sources", "verified", "unconfirmed"],
    check: Check::Derived(check),
};

fn check(incident: &Incident, registry: &Registry, derivation: &Derivation, reporter: &mut Reporter<'_>) {
    for (mapping, judgement) in mapped(incident, registry, derivation) {
        // Any other pin differs from the derived verdict, and that is reported.
        let pin = mapping.verdict.as_ref().map_or(Verdict::NotApplicable, |pin| pin.value);
        if judgement.verdict == Verdict::NotApplicable && pin == Verdict::NotApplicable {
            let gate = &mapping.gate.value;
            let help = "remove the entry, or add the step of the path that the gate is about";
            reporter.report(mapping.gate.span, format!("`{gate}` covers no action of the path"), help);
        }
    }
}
