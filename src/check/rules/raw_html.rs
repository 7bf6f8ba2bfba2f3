//! T05: HTML in the text of a record or gate.

use super::{Check, Code, Records, Reporter, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: Code("T05"),
    name: "raw-html",
    severity: Severity::Error,
    docs: include_str!("raw_html.md"),
    needs: &[],
    check: Check::Records(check),
};

fn check(records: &Records, reporter: &mut Reporter<'_>) {
    let incidents = records.incidents.iter().map(|incident| &incident.body);
    for body in incidents.chain(records.gates.iter().map(|gate| &gate.body)) {
        for span in &body.html {
            let help = "use Markdown; to show such a text as it is, put it between backticks";
            reporter.report(*span, "HTML is not shown", help);
        }
    }
}
