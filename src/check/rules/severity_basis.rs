//! E07: a severity that rests on nothing, on something not verified, or is lower than the recorded harm implies.

use super::{Check, Code, Derivation, Incident, Registry, Reporter, Rule, Severity, Span};
use crate::model::incident::{Kind, Loss};
use crate::model::statement::Status;
use crate::model::taxonomy::Floor;

pub(crate) static RULE: Rule = Rule {
    code: Code("E07"),
    name: "severity-basis",
    severity: Severity::Error,
    docs: include_str!("severity_basis.md"),
    needs: &[
        "severity",
        "severity_basis",
        "potential_severity",
        "losses",
        "impacts",
        "kind",
        "status",
        "verified",
        "unconfirmed",
        "sources",
    ],
    check: Check::Derived(check),
};

fn check(incident: &Incident, registry: &Registry, derivation: &Derivation, reporter: &mut Reporter<'_>) {
    basis(incident, reporter);
    if incident.kind.value == Kind::Incident {
        potential(incident, reporter);
        floor(incident, registry, derivation, reporter);
    }
}

fn basis(incident: &Incident, reporter: &mut Reporter<'_>) {
    let level = incident.severity.value;
    if level > 1 && incident.severity_basis.is_empty() && incident.is_public() {
        let help = "list the verified statements that show the harm under `severity_basis`";
        reporter.report(incident.severity.span, format!("severity {level} rests on no statement"), help);
    }
    for id in &incident.severity_basis {
        if incident.verified.iter().any(|statement| statement.id.value == id.value) {
            continue;
        }
        // One that stands nowhere is reported as a reference that leads nowhere.
        if let Some(statement) = incident.statement(&id.value) {
            let message = format!("severity rests on `{}`, which is not verified", id.value);
            let help = "name a statement under `verified`, and judge the harm that is known";
            let diagnostic =
                reporter.at(id.span, message).related(statement.id.span, "under `unconfirmed`").help(help);
            reporter.push(diagnostic);
        }
    }
}

fn potential(incident: &Incident, reporter: &mut Reporter<'_>) {
    if let Some(level) = &incident.potential_severity {
        let help = "remove it, or write `kind: near-miss` or `kind: demonstration` if no harm was done";
        reporter.report(level.span, "`potential_severity` is given for an incident", help);
    }
}

fn floor(incident: &Incident, registry: &Registry, derivation: &Derivation, reporter: &mut Reporter<'_>) {
    let taxonomy = &registry.records.taxonomy;
    if taxonomy.misshapen.iter().any(|field| field == "floors") {
        return;
    }
    let known = |loss: &&Loss| {
        derivation.status(incident, &loss.statement.value).and_then(Status::strength).is_some()
    };
    let reached = |floor: &Floor| {
        let (span, fact) = reason(floor, incident, known)?;
        Some((floor.level.value, span, fact))
    };
    let Some((floor, span, fact)) =
        taxonomy.floors.iter().filter_map(reached).max_by_key(|(level, ..)| *level)
    else {
        return;
    };
    let level = incident.severity.value;
    if level < floor {
        let message = format!("severity {level} is lower than the recorded harm implies");
        let help = format!("raise `severity` to {floor}, or correct what is recorded");
        let diagnostic = reporter
            .at(incident.severity.span, message)
            .related(span, format!("{fact}: at least {floor}"))
            .help(help);
        reporter.push(diagnostic);
    }
}

/// The recorded fact by which an incident reaches a floor.
fn reason(floor: &Floor, incident: &Incident, known: impl Fn(&&Loss) -> bool) -> Option<(Span, String)> {
    let losses = &incident.losses;
    let figures = [("usd", losses.usd.as_ref(), floor.usd), ("hours", losses.hours.as_ref(), floor.hours)];
    let reaches = |(name, loss, from): (&str, Option<&Loss>, Option<f64>)| {
        let (loss, from) = (loss.filter(&known)?, from?);
        (loss.amount.value >= from).then(|| (loss.amount.span, format!("from {from} `{name}` on")))
    };
    let impact = incident.impacts.iter().find(|impact| floor.impacts.contains(impact));
    let impact = impact.map(|impact| (impact.span, format!("with `{}`", impact.value)));
    figures.into_iter().find_map(reaches).or(impact)
}
