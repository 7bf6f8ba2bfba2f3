//! A second opinion: sources to statuses to verdicts, written from the design page alone, as slowly and as plainly as
//! the page says it; it shares the records with the program and no rule.

use std::collections::{BTreeMap, BTreeSet};

use incident_registry::model::gate::{Fails, Gate};
use incident_registry::model::incident::Incident;
use incident_registry::model::path::Step;
use incident_registry::model::statement::{
    Citation, Interest, Read, Source, SourceKind, Statement, StatementRefs, Status,
};
use incident_registry::model::verdict::{Extent, Truth, Verdict};

// Sources.

/// A is 1, B is 2, C is 3, D is 4.
fn tier(kind: SourceKind) -> u8 {
    match kind {
        SourceKind::CourtOrRegulator | SourceKind::SecurityAdvisory | SourceKind::OperatorPostmortem => 1,
        SourceKind::OfficialStatement
        | SourceKind::Research
        | SourceKind::FirstHandAccount
        | SourceKind::News => 2,
        SourceKind::Analysis | SourceKind::Derivative | SourceKind::Social => 3,
        SourceKind::Aggregator => 4,
    }
}

const A: u8 = 1;
const B: u8 = 2;
const D: u8 = 4;

/// Who knows: from source to source as each says from whom it has it, until one says nothing or the name is not a
/// source of this record. Sources that name each other in a circle are one origin, the first of them by name.
pub(crate) fn who_knows(incident: &Incident, source: &str) -> String {
    let mut heard = vec![source.to_owned()];
    loop {
        let last = heard[heard.len() - 1].clone();
        let Some(found) = incident.sources.get(&last) else { return last };
        let Some(origin) = &found.origin else { return last };
        let next = origin.value.to_string();
        if let Some(at) = heard.iter().position(|name| *name == next) {
            let circle = heard.split_off(at);
            return circle.into_iter().min().expect("a circle has a member");
        }
        heard.push(next);
    }
}

/// The cited sources that the record has, with their names.
fn cited<'a>(incident: &'a Incident, citations: &'a [Citation]) -> Vec<(String, &'a Source)> {
    let mut found = Vec::new();
    for citation in citations {
        if let Some(source) = incident.sources.get(&citation.source.value) {
            found.push((citation.source.value.to_string(), source));
        }
    }
    found
}

// Statuses.

/// The first row of the table of statuses that fits.
fn status(incident: &Incident, statement: &Statement) -> Status {
    let mut supporting = cited(incident, &statement.sources);
    supporting.retain(|(_, source)| tier(source.kind.value) != D);

    // unknown: no supporting source
    if supporting.is_empty() {
        return Status::Unknown;
    }

    // disputed: contradicted by a source at most one tier below the best supporting one
    let best = supporting.iter().map(|(_, source)| tier(source.kind.value)).min().expect("there is one");
    let contradicting = cited(incident, &statement.contradicted_by);
    if contradicting.iter().any(|(_, source)| tier(source.kind.value) <= best + 1) {
        return Status::Disputed;
    }

    // asserted: no supporting source of tier A or B
    let weighty: Vec<_> = supporting.into_iter().filter(|(_, source)| tier(source.kind.value) <= B).collect();
    if weighty.is_empty() {
        return Status::Asserted;
    }

    // reported: every supporting A–B source was read as a digest
    if weighty.iter().all(|(_, source)| source.read.value == Read::Digest) {
        return Status::Reported;
    }

    // established: a tier-A source, or conceded by one of its A–B sources whose interest is `subject`
    if weighty.iter().any(|(_, source)| tier(source.kind.value) == A) {
        return Status::Established;
    }
    for (name, source) in &weighty {
        let concedes = statement.conceded_by.iter().any(|it| it.value.to_string() == *name);
        if concedes && source.interest == Interest::Subject {
            return Status::Established;
        }
    }

    // corroborated: tier A–B sources of at least two origins
    let origins: BTreeSet<String> = weighty.iter().map(|(name, _)| who_knows(incident, name)).collect();
    if origins.len() >= 2 {
        return Status::Corroborated;
    }

    Status::Reported
}

/// The status of every statement, in the order of the record.
pub(crate) fn statuses(incident: &Incident) -> Vec<Status> {
    incident.statements().map(|statement| status(incident, statement)).collect()
}

/// What a status counts as: unknown, or known with a strength.
pub(crate) fn strength(status: Status) -> Option<u8> {
    match status {
        Status::Unknown | Status::Disputed | Status::Asserted => None,
        Status::Reported => Some(0),
        Status::Corroborated => Some(1),
        Status::Established => Some(2),
    }
}

fn weaker(one: Status, other: Status) -> Status {
    if strength(other) < strength(one) { other } else { one }
}

// Conditions.

/// What is known of one condition, and the status it is known by; no status when it is presumed or not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) truth: Truth,
    pub(crate) status: Option<Status>,
}

/// False where the record knows that it is false, else true where it knows that, else unknown: the table of verdicts
/// asks first whether a condition is false.
fn answer(says_true: Option<Status>, says_false: Option<Status>) -> Answer {
    if says_false.is_some() {
        Answer { truth: Truth::False, status: says_false }
    } else if says_true.is_some() {
        Answer { truth: Truth::True, status: says_true }
    } else {
        Answer { truth: Truth::Unknown, status: None }
    }
}

/// The statements of the record by name, with their statuses.
type Known = BTreeMap<String, Status>;

/// The status of the strongest of these statements that is known; nothing when none is.
fn strongest(known: &Known, statements: &[&StatementRefs]) -> Option<Status> {
    let mut best = None;
    for reference in statements.iter().flat_map(|list| list.iter()) {
        let Some(status) = known.get(&*reference.value).copied() else { continue };
        if strength(status).is_some() && best.is_none_or(|best| strength(best) < strength(status)) {
            best = Some(status);
        }
    }
    best
}

/// The statements that an entry of a step names, or none where it is not written.
fn written<'a>(entries: &[Option<&'a StatementRefs>]) -> Vec<&'a StatementRefs> {
    entries.iter().copied().flatten().collect()
}

/// A step, judged by itself. The conditions are in the order A, B, N, L, P, C.
#[derive(Clone, Debug)]
pub(crate) struct StepOpinion {
    pub(crate) index: usize,
    pub(crate) verdict: Verdict,
    pub(crate) row: u8,
    pub(crate) conditions: [Answer; 6],
    pub(crate) extent: Option<Extent>,
    pub(crate) basis: Option<Status>,
    pub(crate) open: BTreeSet<String>,
}

fn step_opinion(step: &Step, index: usize, gate: &Gate, known: &Known) -> StepOpinion {
    // A: `evidence` known
    let happened = answer(strongest(known, &[&step.evidence]), None);

    // B: one of `boundaries` in `crosses`; every one of them in `avoids`
    let through: Vec<_> = gate.boundaries.iter().map(|it| step.crosses.get(&it.value)).collect();
    let around: Vec<_> = gate.boundaries.iter().map(|it| step.avoids.get(&it.value)).collect();
    let each: Vec<_> = around.iter().map(|entry| strongest(known, &written(&[*entry]))).collect();
    let every_one = each.iter().all(Option::is_some);
    let went_around = if every_one { each.into_iter().flatten().reduce(weaker) } else { None };
    let crossed = answer(strongest(known, &written(&through)), went_around);

    // N: `not_approved`; `approved`
    let not_approved = answer(
        strongest(known, &written(&[step.not_approved.as_ref()])),
        strongest(known, &written(&[step.approved.as_ref()])),
    );

    // L: presumed; `defeats` names it. A defeat that is recorded and not known is not presumed away.
    let defeat = step.defeats.get(&gate.id.value);
    let not_defeated = match defeat {
        None => Answer { truth: Truth::Presumed, status: None },
        Some(_) => answer(None, strongest(known, &written(&[defeat]))),
    };

    // P: `harm` all or some; `harm` none
    let harm = step.harm.as_ref().map(|harm| harm.value.clone()).unwrap_or_default();
    let (all, some) = (harm.all.as_ref(), harm.some.as_ref());
    let none = harm.none.as_ref();
    let depends = answer(strongest(known, &written(&[all, some])), strongest(known, &written(&[none])));
    let only_some = strongest(known, &written(&[some])).is_some();
    let extent = match depends.truth {
        Truth::False => Some(Extent::None),
        Truth::True if only_some => Some(Extent::Some),
        Truth::True => Some(Extent::All),
        Truth::Presumed | Truth::Unknown => None,
    };

    // C: `only_route`; `other_route`
    let only_route = answer(
        strongest(known, &written(&[step.only_route.as_ref()])),
        strongest(known, &written(&[step.other_route.as_ref()])),
    );

    let conditions = [happened, crossed, not_approved, not_defeated, depends, only_route];

    // The table. Its rows test A, B, N, L and P, and from the third on C as well.
    let false_ones: Vec<_> = [crossed, not_approved, not_defeated, depends]
        .into_iter()
        .filter(|it| it.truth == Truth::False)
        .collect();
    let first_five = [happened, crossed, not_approved, not_defeated, depends];
    let weakest = conditions.iter().filter_map(|it| it.status).reduce(weaker);
    let (row, verdict, uses) = if !false_ones.is_empty() {
        (1, Verdict::WouldNotBlock, false_ones)
    } else if first_five.iter().any(|it| it.truth == Truth::Unknown) {
        (2, Verdict::Unknown, first_five.to_vec())
    } else if only_route.truth != Truth::True
        || weakest.and_then(strength) == Some(0)
        || gate.fails == Fails::Open
    {
        (3, Verdict::OnlyIfRouted, conditions.to_vec())
    } else if extent == Some(Extent::Some) {
        (4, Verdict::Partly, conditions.to_vec())
    } else {
        (5, Verdict::WouldBlock, conditions.to_vec())
    };

    // The basis: the weakest status among the known conditions that the row uses, and for unknown what is open.
    let basis = uses.iter().filter_map(|it| it.status).reduce(weaker);
    let entries = [
        (happened, vec![Some(&step.evidence)]),
        (crossed, [through, around].concat()),
        (not_approved, vec![step.not_approved.as_ref(), step.approved.as_ref()]),
        (not_defeated, vec![defeat]),
        (depends, vec![all, some, none]),
    ];
    let mut open = BTreeSet::new();
    for (condition, entries) in entries {
        if condition.truth != Truth::Unknown {
            continue;
        }
        for reference in written(&entries).into_iter().flat_map(|list| list.iter()) {
            let status = known.get(&*reference.value).copied();
            if status.is_some_and(|status| strength(status).is_none()) {
                open.insert(reference.value.to_string());
            }
        }
    }
    StepOpinion { index, verdict, row, conditions, extent, basis, open }
}

// Verdicts.

/// An incident and a gate, judged.
#[derive(Clone, Debug)]
pub(crate) struct Opinion {
    pub(crate) verdict: Verdict,
    pub(crate) row: u8,
    pub(crate) relevant: bool,
    pub(crate) assessed: bool,
    pub(crate) basis: Option<Status>,
    pub(crate) open: BTreeSet<String>,
    /// The place of the deciding step in the path.
    pub(crate) deciding: Option<usize>,
    /// The steps that the gate covers.
    pub(crate) steps: Vec<StepOpinion>,
}

/// would-block > partly > only-if-routed > unknown > would-not-block
pub(crate) fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::WouldBlock => 5,
        Verdict::Partly => 4,
        Verdict::OnlyIfRouted => 3,
        Verdict::Unknown => 2,
        Verdict::WouldNotBlock => 1,
        Verdict::NotApplicable => 0,
    }
}

/// Whether a step is known to have crossed some boundary, and has no word of any boundary of the gate.
fn goes_another_way(step: &Step, gate: &Gate, known: &Known) -> bool {
    let mut elsewhere = false;
    for (boundary, references) in step.crosses.iter().chain(step.avoids.iter()) {
        if gate.boundaries.iter().any(|own| own.value == boundary.value) {
            return false;
        }
        let is_crossing = step.crosses.iter().any(|(_, it)| std::ptr::eq(it, references));
        let is_known = |id: &str| known.get(id).copied().is_some_and(|status| strength(status).is_some());
        elsewhere |= is_crossing && references.iter().any(|reference| is_known(&reference.value));
    }
    elsewhere
}

/// The opinion on one gate, from the statuses of the statements in the order of the record.
pub(crate) fn opinion(incident: &Incident, gate: &Gate, statuses: &[Status]) -> Opinion {
    let mut known = Known::new();
    for (statement, status) in incident.statements().zip(statuses) {
        known.insert(statement.id.value.to_string(), *status);
    }

    let mut steps = Vec::new();
    for (index, step) in incident.path.iter().enumerate() {
        if gate.covers.iter().any(|action| action.value == step.action.value) {
            steps.push(step_opinion(step, index, gate, &known));
        }
    }

    let assessed = !incident.path.is_empty();
    let mapped = incident.gates.iter().any(|mapping| mapping.gate.value == gate.id.value);

    // The best step; of several as good, the first.
    let mut best: Option<&StepOpinion> = None;
    for step in &steps {
        if best.is_none_or(|best| rank(step.verdict) > rank(best.verdict)) {
            best = Some(step);
        }
    }
    let (verdict, row) = match best {
        Some(best) => (best.verdict, best.row),
        None if assessed => (Verdict::NotApplicable, 0),
        None => (Verdict::Unknown, 2),
    };
    let relevant = mapped && (!assessed || verdict != Verdict::NotApplicable)
        || steps.iter().any(|opinion| !goes_another_way(&incident.path[opinion.index], gate, &known));
    let basis = best.and_then(|best| best.basis);
    let best_if_unknown = best.filter(|best| best.verdict == Verdict::Unknown);
    let open = best_if_unknown.map(|best| best.open.clone()).unwrap_or_default();
    let deciding = best.map(|best| best.index);
    Opinion { verdict, row, relevant, assessed, basis, open, deciding, steps }
}
