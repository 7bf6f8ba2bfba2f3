//! L06: two statements of a record with one id.

use std::collections::BTreeMap;

use super::{Check, Code, Incident, Reporter, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: Code("L06"),
    name: "duplicate-statement-id",
    severity: Severity::Error,
    docs: include_str!("duplicate_statement_id.md"),
    needs: &[],
    check: Check::Incident(check),
};

fn check(incident: &Incident, reporter: &mut Reporter<'_>) {
    let mut first = BTreeMap::new();
    for id in incident.statements().map(|statement| &statement.id).filter(|id| !id.value.is_empty()) {
        let place = *first.entry(&id.value).or_insert(id.span);
        if place != id.span {
            let finding =
                reporter.at(id.span, format!("`{}` is already the id of another statement", id.value));
            let help = "give this one an id of its own; references go to the first";
            reporter.push(finding.help(help).related(place, "first here"));
        }
    }
}
