//! Would this gate have blocked it? Six conditions and a table of six rows, first row that fits.
//! Open world: what is not written, or rests on a statement that counts as unknown, is unknown.

use crate::derive::table::decide;
use crate::model::gate::Gate;
use crate::model::id::{Slug, StatementId};
use crate::model::incident::Incident;
use crate::model::path::Step;
use crate::model::statement::{StatementRefs, Status};
use crate::model::verdict::{Condition, Extent, Finding, Judgement, Row, StepJudgement, Truth, Verdict};

/// Judges one incident and one gate; `statuses` are those of [`Incident::statements`], in that order.
pub fn judgement(incident: &Incident, gate: &Gate, statuses: &[Status]) -> Judgement {
    let facts = Facts { incident, statuses };
    let covered = |action: &Slug| gate.covers.iter().any(|covers| covers.value == *action);
    let steps: Vec<StepJudgement> = (0..)
        .zip(&incident.path)
        .filter(|(_, step)| covered(&step.action.value))
        .map(|(index, step)| judge_step(&facts, gate, step, index))
        .collect();
    let assessed = !incident.path.is_empty();
    // Of equal steps the first one decides.
    let deciding = (0..steps.len()).rev().max_by_key(|at| steps[*at].verdict);
    let mapped = incident.mapping(&gate.id.value).is_some();
    let (verdict, row) = match deciding {
        Some(at) => (steps[at].verdict, steps[at].row),
        None if assessed => (Verdict::NotApplicable, Row::NotCovered),
        None => (Verdict::Unknown, Row::ConditionUnknown),
    };
    let step = deciding.map(|at| &steps[at]);
    Judgement {
        gate: gate.id.value.clone(),
        verdict,
        row,
        relevant: (mapped && (!assessed || !steps.is_empty()))
            || steps.iter().any(|it| !leaves_out(&facts, gate, &incident.path[it.index])),
        assessed,
        deciding,
        basis: step.and_then(basis),
        open: if verdict == Verdict::Unknown { open(&steps) } else { Vec::new() },
        steps,
    }
}

/// Whether a step is known to have gone through a boundary, and says nothing of those of this gate. What the gate would
/// have done is then unknown as ever; but no source and no author has brought it into play.
fn leaves_out(facts: &Facts<'_>, gate: &Gate, step: &Step) -> bool {
    let known = |refs: &StatementRefs| Said::of(facts, [refs]).known.is_some();
    let speaks = |id: &str| step.crosses.get(id).is_some() || step.avoids.get(id).is_some();
    step.crosses.iter().any(|(_, refs)| known(refs)) && !gate.boundaries.iter().any(|it| speaks(&it.value))
}

/// The statuses of one record's statements, by id.
struct Facts<'a> {
    incident: &'a Incident,
    statuses: &'a [Status],
}

impl Facts<'_> {
    /// The statements named, each with its status; one that does not exist counts as unknown.
    fn statements(&self, refs: &StatementRefs) -> Vec<(StatementId, Status)> {
        let status = |id: &StatementId| {
            let at = self.incident.statements().position(|statement| statement.id.value == *id);
            at.and_then(|at| self.statuses.get(at)).copied().unwrap_or(Status::Unknown)
        };
        refs.iter().map(|id| (id.value.clone(), status(&id.value))).collect()
    }
}

/// What some entries of a step say: the statements, and the strongest status among those that are known.
#[derive(Default)]
struct Said {
    statements: Vec<(StatementId, Status)>,
    known: Option<Status>,
}

impl Said {
    fn of<'r>(facts: &Facts<'_>, entries: impl IntoIterator<Item = &'r StatementRefs>) -> Said {
        let statements: Vec<_> = entries.into_iter().flat_map(|refs| facts.statements(refs)).collect();
        let known =
            statements.iter().map(|(_, status)| *status).filter(|status| status.strength().is_some()).max();
        Said { statements, known }
    }

    fn finding(self, condition: Condition, truth: Truth, status: Option<Status>) -> Finding {
        Finding { condition, truth, status, statements: self.statements, extent: None }
    }
}

/// A condition that one entry affirms and another denies; both at once is a contradiction and settles nothing.
fn two_sided(condition: Condition, affirms: Said, denies: Said) -> Finding {
    let (truth, status) = match (affirms.known, denies.known) {
        (Some(status), None) => (Truth::True, Some(status)),
        (None, Some(status)) => (Truth::False, Some(status)),
        _ => (Truth::Unknown, None),
    };
    let mut statements = affirms.statements;
    statements.extend(denies.statements);
    Said { statements, known: status }.finding(condition, truth, status)
}

fn judge_step(facts: &Facts<'_>, gate: &Gate, step: &Step, index: usize) -> StepJudgement {
    let findings = vec![
        happened(facts, step),
        crossed(facts, gate, step),
        two_sided(
            Condition::NotApproved,
            Said::of(facts, &step.not_approved),
            Said::of(facts, &step.approved),
        ),
        not_defeated(facts, gate, step),
        harm_depends(facts, step),
        two_sided(
            Condition::OnlyRoute,
            Said::of(facts, &step.only_route),
            Said::of(facts, &step.other_route),
        ),
    ];
    let (verdict, row) = decide(&findings, gate.fails);
    StepJudgement { step: step.step.value.clone(), index, verdict, row, findings }
}

/// A: the action happened.
fn happened(facts: &Facts<'_>, step: &Step) -> Finding {
    let said = Said::of(facts, [&step.evidence]);
    let known = said.known;
    said.finding(Condition::Happened, if known.is_some() { Truth::True } else { Truth::Unknown }, known)
}

/// B: it crossed the gate's boundary. True by one boundary crossed; false only if every one was avoided, and then
/// as strong as the weakest of them.
fn crossed(facts: &Facts<'_>, gate: &Gate, step: &Step) -> Finding {
    let (mut affirms, mut denies) = (Said::default(), Said::default());
    let mut avoided = Vec::new();
    for boundary in &gate.boundaries {
        let through = Said::of(facts, step.crosses.get(&boundary.value));
        let around = Said::of(facts, step.avoids.get(&boundary.value));
        // Both at once is a contradiction: it affirms nothing and denies nothing.
        let contradiction = through.known.is_some() && around.known.is_some();
        affirms.known = affirms.known.max(through.known.filter(|_| !contradiction));
        avoided.push(around.known.filter(|_| !contradiction));
        affirms.statements.extend(through.statements);
        denies.statements.extend(around.statements);
    }
    if affirms.known.is_none() {
        // An absent status is the least, so one boundary that is not known to be avoided leaves this open.
        denies.known = avoided.into_iter().min().flatten();
    }
    two_sided(Condition::Crossed, affirms, denies)
}

/// L: the gate was not defeated. The one condition that is presumed while nothing is recorded.
fn not_defeated(facts: &Facts<'_>, gate: &Gate, step: &Step) -> Finding {
    let Some(refs) = step.defeats.get(&gate.id.value) else {
        return Said::default().finding(Condition::NotDefeated, Truth::Presumed, None);
    };
    let said = Said::of(facts, [refs]);
    let known = said.known;
    said.finding(Condition::NotDefeated, if known.is_some() { Truth::False } else { Truth::Unknown }, known)
}

/// P: harm depends on the step.
fn harm_depends(facts: &Facts<'_>, step: &Step) -> Finding {
    let harm = step.harm.as_ref().map(|harm| &harm.value);
    let entries = [
        (Extent::All, Truth::True, harm.and_then(|harm| harm.all.as_ref())),
        (Extent::Some, Truth::True, harm.and_then(|harm| harm.some.as_ref())),
        (Extent::None, Truth::False, harm.and_then(|harm| harm.none.as_ref())),
    ];
    let Some((extent, truth, refs)) =
        entries.into_iter().find_map(|(extent, truth, refs)| Some((extent, truth, refs?)))
    else {
        return Said::default().finding(Condition::HarmDepends, Truth::Unknown, None);
    };
    let said = Said::of(facts, [refs]);
    let known = said.known;
    let mut finding =
        said.finding(Condition::HarmDepends, if known.is_some() { truth } else { Truth::Unknown }, known);
    finding.extent = known.is_some().then_some(extent);
    finding
}

/// Whether the row that decided looks at a condition.
fn uses(row: Row, condition: Condition) -> bool {
    row > Row::ConditionUnknown || condition != Condition::OnlyRoute
}

/// The weakest status among the known conditions that the deciding row uses; row 1 uses those that are false.
fn basis(step: &StepJudgement) -> Option<Status> {
    let used = step.findings.iter().filter(|finding| uses(step.row, finding.condition));
    let used = used.filter(|finding| step.row != Row::ConditionFalse || finding.truth == Truth::False);
    used.filter_map(|finding| finding.status).min()
}

/// The statements that keep a verdict unknown, in the order of steps and conditions, each once. A step that is refused
/// for what is known of it stays refused, whatever is open besides.
fn open(steps: &[StepJudgement]) -> Vec<StatementId> {
    let mut open = Vec::new();
    let unknown =
        steps.iter().filter(|step| step.verdict == Verdict::Unknown).flat_map(|step| &step.findings).filter(
            |finding| finding.truth == Truth::Unknown && uses(Row::ConditionUnknown, finding.condition),
        );
    for (id, status) in unknown.flat_map(|finding| &finding.statements) {
        if status.strength().is_none() && !open.contains(id) {
            open.push(id.clone());
        }
    }
    open
}
