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
    for statement in incident.statements().filter(|statement| !statement.id.value.is_empty()) {
        let id = &statement.id;
        let earlier = *first.entry(&id.value).or_insert(statement);
        if earlier.id.span == id.span {
            continue;
        }
        let (message, help) = if earlier.text == statement.text {
            (format!("the statement `{}` is written twice", id.value), "remove one of the two")
        } else {
            let help = "give this one an id of its own; references go to the first";
            (format!("`{}` is already the id of another statement", id.value), help)
        };
        reporter.push(reporter.at(id.span, message).help(help).related(earlier.id.span, "first here"));
    }
}
