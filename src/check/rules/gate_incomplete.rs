//! V08: a gate does not say what else it needs, or what goes around it.

use super::unsupported_statement::field;
use super::{Check, Code, Gate, Reporter, Rule, Severity, Spanned};

pub(crate) static RULE: Rule = Rule {
    code: Code("V08"),
    name: "gate-incomplete",
    severity: Severity::Error,
    docs: include_str!("gate_incomplete.md"),
    needs: &["still_needs", "limits"],
    check: Check::Gate(check),
};

fn check(gate: &Gate, reporter: &mut Reporter<'_>) {
    let says_nothing = |list: &[Spanned<String>]| list.iter().all(|text| text.value.trim().is_empty());
    if says_nothing(&gate.still_needs) {
        let help =
            "say what else must be true for the gate to hold: every gate can be gone around by something";
        reporter.report(
            field(reporter, gate.span, "still_needs"),
            "the gate does not say what it still needs",
            help,
        );
    }
    if says_nothing(&gate.limits) {
        let help = "say what goes around the gate, or what a receipt does not stop";
        reporter.report(field(reporter, gate.span, "limits"), "the gate names no limits", help);
    }
}
