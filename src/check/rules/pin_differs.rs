//! V01: the verdict that the author pinned is not the one that the evidence derives.

use super::not_a_proposition::references;
use super::{Check, Code, Derivation, Incident, Registry, Reporter, Rule, Severity, Spanned};
use crate::diagnostic::Fix;
use crate::model::incident::Mapping;
use crate::model::statement::Status;
use crate::model::taxonomy::Vocabulary;
use crate::model::verdict::{Condition, Finding, Judgement, Row, StepJudgement, Truth, Verdict};

pub(crate) static RULE: Rule = Rule {
    code: Code("V01"),
    name: "pin-differs",
    severity: Severity::Error,
    docs: include_str!("pin_differs.md"),
    needs: &["path", "gates", "sources", "verified", "unconfirmed"],
    check: Check::Derived(check),
};

fn check(incident: &Incident, registry: &Registry, derivation: &Derivation, reporter: &mut Reporter<'_>) {
    for (mapping, judgement) in mapped(incident, registry, derivation) {
        if let Some(pin) = mapping.verdict.as_ref().filter(|pin| pin.value != judgement.verdict) {
            differs(pin, judgement, incident, reporter);
        }
    }
}

fn differs(pin: &Spanned<Verdict>, judgement: &Judgement, incident: &Incident, reporter: &mut Reporter<'_>) {
    let (gate, derived) = (&judgement.gate, judgement.verdict.id());
    let message = format!("`{gate}` is pinned {}, and the evidence derives {derived}", pin.value.id());
    let (because, finding) = reason(judgement);
    let help = "correct the path if it is wrong; else `registry lint --fix=pins` writes the derived verdict";
    let mut diagnostic = reporter.at(pin.span, message).label(because).help(help);
    for (id, status) in finding.map(|finding| finding.statements.as_slice()).unwrap_or_default() {
        if let Some(statement) = incident.statement(id) {
            diagnostic = diagnostic.related(statement.id.span, format!("derived as {}", status.word()));
        }
    }
    let edits = vec![(pin.span, derived.to_owned())];
    diagnostic.fix = Some(Fix { title: format!("pin `{derived}`"), edits, pins: true });
    reporter.push(diagnostic);
}

/// Why the verdict is what it is: in words, and the condition that decided if one did.
fn reason(judgement: &Judgement) -> (String, Option<&Finding>) {
    let Some(step) = judgement.deciding_step() else {
        let no_step = "no step of the path is an action that the gate covers";
        return (if judgement.assessed { no_step } else { "there is no path to judge it by" }.into(), None);
    };
    let with = |truth: Truth| step.findings.iter().find(|finding| finding.truth == truth);
    let (how, finding) = match step.row {
        Row::ConditionFalse => ("not met", with(Truth::False)),
        Row::ConditionUnknown => ("not known", with(Truth::Unknown)),
        Row::NotTheOnlyRoute => route(step),
        Row::PartOfTheHarm => ("met in part", step.finding(Condition::HarmDepends)),
        Row::NotCovered | Row::AllHold => ("every condition holds", None),
    };
    let because = finding.map(|it| format!("{how}: {} ({})", it.condition.words(), statements(it)));
    (because.unwrap_or_else(|| how.into()), finding)
}

/// Why a gate is no better than only-if-routed: another route, weak evidence, or the gate itself.
fn route(step: &StepJudgement) -> (&'static str, Option<&Finding>) {
    let only_route = step.finding(Condition::OnlyRoute);
    match only_route.map(|finding| finding.truth) {
        Some(Truth::False) => return ("not met", only_route),
        Some(Truth::Unknown) => return ("not known", only_route),
        _ => {}
    }
    match step.findings.iter().find(|finding| finding.status == Some(Status::Reported)) {
        Some(weak) => ("no more than reported", Some(weak)),
        None => ("the gate fails open", None),
    }
}

fn statements(finding: &Finding) -> String {
    let words: Vec<String> =
        finding.statements.iter().map(|(id, status)| format!("`{id}` is {}", status.word())).collect();
    if words.is_empty() { "nothing is recorded".into() } else { words.join(", ") }
}

/// The gates that the record maps, each with the judgement on it.
pub(crate) fn mapped<'a>(
    incident: &'a Incident,
    registry: &Registry,
    derivation: &'a Derivation,
) -> Vec<(&'a Mapping, &'a Judgement)> {
    let judgements = judgements(incident, registry, derivation);
    let find = |mapping: &'a Mapping| {
        let judgement = judgements.iter().find(|judgement| judgement.gate == mapping.gate.value)?;
        Some((mapping, *judgement))
    };
    incident.gates.iter().filter_map(find).collect()
}

/// The judgements that can be relied on: none while a word or reference of the record leads nowhere, because that
/// is reported and may change every verdict, and none on a gate of which the deciding fields are misshapen.
pub(crate) fn judgements<'a>(
    incident: &Incident,
    registry: &Registry,
    derivation: &'a Derivation,
) -> Vec<&'a Judgement> {
    const DECIDING: [&str; 4] = ["id", "boundaries", "covers", "fails"];
    let sound = |judgement: &&Judgement| {
        let gate = registry.gate(&judgement.gate);
        gate.is_some_and(|gate| !gate.misshapen.iter().any(|field| DECIDING.contains(&field.as_str())))
    };
    if resolves(incident, registry) {
        derivation.judgements.iter().filter(sound).collect()
    } else {
        Vec::new()
    }
}

fn resolves(incident: &Incident, registry: &Registry) -> bool {
    let known = |vocabulary, id: &str| registry.records.taxonomy.term(vocabulary, id).is_some();
    let statements = incident.statements().all(|statement| {
        let mut cited = statement.sources.iter().chain(&statement.contradicted_by);
        cited.all(|citation| incident.sources.get(&citation.source.value).is_some())
    });
    let path = incident.path.iter().all(|step| {
        known(Vocabulary::Actions, &step.action.value)
            && step
                .crosses
                .keys()
                .chain(step.avoids.keys())
                .all(|id| known(Vocabulary::Boundaries, &id.value))
            && step.defeats.keys().all(|id| registry.gate(&id.value).is_some())
            && references(step).all(|id| incident.statement(&id.value).is_some())
    });
    statements && path
}
