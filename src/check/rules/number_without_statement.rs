//! E06: a figure under `losses` rests on a statement that counts as unknown.

use super::{Check, Code, Derivation, Incident, Registry, Reporter, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: Code("E06"),
    name: "number-without-statement",
    severity: Severity::Error,
    docs: include_str!("number_without_statement.md"),
    needs: &["losses", "verified", "unconfirmed", "sources"],
    check: Check::Derived(check),
};

fn check(incident: &Incident, _: &Registry, derivation: &Derivation, reporter: &mut Reporter<'_>) {
    for (name, loss) in incident.losses.iter() {
        let id = &loss.statement.value;
        // What stands under `verified` without support is the business of E01 to E03.
        let Some(statement) = incident.unconfirmed.iter().find(|statement| statement.id.value == *id) else {
            continue;
        };
        let Some(status) = derivation.status(incident, id).filter(|status| status.strength().is_none())
        else {
            continue;
        };
        let message = format!("`{name}` rests on `{id}`, which counts as unknown");
        let help = "leave the figure out, an absent one is unknown, or cite a source of tier A or B for the statement";
        let diagnostic = reporter
            .at(loss.statement.span, message)
            .related(statement.id.span, format!("derived as {}", status.word()))
            .help(help);
        reporter.push(diagnostic);
    }
}
