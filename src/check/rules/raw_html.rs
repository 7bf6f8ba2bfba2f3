//! T05: HTML in the text of a record or gate.

use super::{Check, Code, Gate, Incident, Reporter, Rule, Severity};
use crate::model::body::Body;

pub(crate) static RULE: Rule = Rule {
    code: Code("T05"),
    name: "raw-html",
    severity: Severity::Error,
    docs: include_str!("raw_html.md"),
    needs: &[],
    check: Check::Each(&[Check::Incident(incident), Check::Gate(gate)]),
};

fn incident(incident: &Incident, reporter: &mut Reporter<'_>) {
    check(&incident.body, reporter);
}

fn gate(gate: &Gate, reporter: &mut Reporter<'_>) {
    check(&gate.body, reporter);
}

fn check(body: &Body, reporter: &mut Reporter<'_>) {
    for span in &body.html {
        let help = "use Markdown; to show such a text as it is, put it between backticks";
        reporter.report(*span, "HTML is not shown", help);
    }
}
