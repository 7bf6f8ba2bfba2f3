//! A judgement to what would change it. What is settled is a question: conditions of several steps that rest on the same
//! statements are one, and have one answer. Exact: a verdict rises as soon as one step does, and falls once every step
//! that holds it up does, so that the smallest sets are found step by step.

use std::collections::BTreeSet;

use crate::derive::table::decide;
use crate::model::change::{Change, Changes, Lack, Need, Settled, Settlement};
use crate::model::gate::{Fails, Gate};
use crate::model::id::StatementId;
use crate::model::statement::Status;
use crate::model::verdict::{Condition, Extent, Finding, Judgement, StepJudgement, Truth, Verdict};

/// The most sets that are told of one judgement; with six open questions or fewer there are never so many.
pub const MOST_SETS: usize = 32;
/// The most sets that are kept while they are put together; no case that anybody wrote comes near.
const MOST_KEPT: usize = 128;

/// Answers, each given at the first step that asks, and so at every step that asks the same.
type Answers = BTreeSet<Settlement>;

/// What would change a judgement on this gate. Nothing where there is no step to judge.
pub fn changes(judgement: &Judgement, gate: &Gate) -> Changes {
    let now = judgement.verdict;
    let steps = judgement.steps.as_slice();
    let raising = steps.iter().enumerate().flat_map(|(at, step)| {
        smallest(at, step, gate.fails, |verdict| verdict > now).into_iter().map(|it| asked(steps, &it))
    });
    let mut all: Vec<Answers> = raising.collect();
    let (lowering, complete) = lowering(steps, now, gate.fails);
    all.extend(lowering);
    let mut sets: Vec<Change> = minimal(all).iter().map(|it| change(steps, it, gate.fails)).collect();
    sets.sort_by(|a, b| (a.settle.len(), &a.settle).cmp(&(b.settle.len(), &b.settle)));
    let more = !complete || sets.len() > MOST_SETS;
    sets.truncate(MOST_SETS);
    let lacks = if now == Verdict::OnlyIfRouted { lacks(judgement, gate.fails) } else { Vec::new() };
    Changes { sets, more, lacks }
}

/// Whether two steps ask the same of a condition: both rest on the same statements. Where nothing is recorded, each asks
/// for itself.
fn is_asked_alike(a: &StepJudgement, b: &StepJudgement, condition: Condition) -> bool {
    let open = |step| StepJudgement::finding(step, condition).filter(|it| it.truth == Truth::Unknown);
    let (Some(of_a), Some(of_b)) = (open(a), open(b)) else { return false };
    !of_a.statements.is_empty() && of_a.statements == of_b.statements
}

/// Settlements, each moved to the first step that asks the same.
fn asked(steps: &[StepJudgement], settle: &[Settlement]) -> Answers {
    let first = |it: &Settlement| {
        let alike = |step: &StepJudgement| is_asked_alike(step, &steps[it.step], it.condition);
        Settlement { step: steps.iter().position(alike).unwrap_or(it.step), ..*it }
    };
    settle.iter().map(first).collect()
}

/// The sets of which no other is a part, each once.
fn minimal(mut sets: Vec<Answers>) -> Vec<Answers> {
    sets.sort_by_key(BTreeSet::len);
    let mut kept: Vec<Answers> = Vec::new();
    for set in sets {
        if !kept.iter().any(|less| less.is_subset(&set)) {
            kept.push(set);
        }
    }
    kept
}

/// Answers as a change: at every step that asks, and with the verdict that follows.
fn change(steps: &[StepJudgement], answers: &Answers, fails: Fails) -> Change {
    let at_each = answers.iter().flat_map(|it| {
        let asks = move |(at, step): &(usize, &StepJudgement)| {
            *at == it.step || is_asked_alike(step, &steps[it.step], it.condition)
        };
        steps.iter().enumerate().filter(asks).map(|(step, _)| Settlement { step, ..*it })
    });
    let mut settle: Vec<Settlement> = at_each.collect();
    settle.sort();
    let verdict = |(at, step): (usize, &StepJudgement)| {
        let own: Vec<Settlement> = settle.iter().filter(|it| it.step == at).copied().collect();
        settled(step, &own, fails)
    };
    let to = steps.iter().enumerate().map(verdict).max().unwrap_or_default();
    Change { to, settle }
}

/// The smallest settlements of one step that give it a verdict of a kind.
fn smallest(
    at: usize,
    step: &StepJudgement,
    fails: Fails,
    wanted: impl Fn(Verdict) -> bool,
) -> Vec<Vec<Settlement>> {
    let mut found: Vec<Vec<Settlement>> = Vec::new();
    let mut all = settlements(at, step);
    all.sort_by_key(Vec::len);
    for settle in all {
        let is_smallest = || !found.iter().any(|less| less.iter().all(|it| settle.contains(it)));
        if wanted(settled(step, &settle, fails)) && is_smallest() {
            found.push(settle);
        }
    }
    found
}

/// Every way of settling some of a step's open conditions: at most 4 x 3^4 x 2 of them.
fn settlements(at: usize, step: &StepJudgement) -> Vec<Vec<Settlement>> {
    let open = step.findings.iter().filter(|finding| finding.truth == Truth::Unknown);
    open.fold(vec![Vec::new()], |before, finding| {
        let condition = finding.condition;
        let with = |settle: &Vec<Settlement>, value: Settled| {
            [settle.as_slice(), &[Settlement { step: at, condition, value }]].concat()
        };
        let after = before.iter().flat_map(|settle| {
            let settled = Settled::of(condition).iter().map(move |value| with(settle, *value));
            std::iter::once(settle.clone()).chain(settled)
        });
        after.collect()
    })
}

/// The verdict of a step once these of its conditions are settled.
fn settled(step: &StepJudgement, settle: &[Settlement], fails: Fails) -> Verdict {
    let mut findings = step.findings.clone();
    for finding in &mut findings {
        if let Some(it) = settle.iter().find(|it| it.condition == finding.condition) {
            apply(finding, it.value);
        }
    }
    decide(&findings, fails).0
}

fn apply(finding: &mut Finding, value: Settled) {
    finding.truth = if value == Settled::Fails { Truth::False } else { Truth::True };
    finding.status = Some(Status::Corroborated);
    finding.extent = (finding.condition == Condition::HarmDepends).then_some(match value {
        Settled::Holds => Extent::All,
        Settled::InPart => Extent::Some,
        Settled::Fails => Extent::None,
    });
}

/// The sets that bring the verdict down: of every step that holds it up, one answer at least; and whether these are all.
fn lowering(steps: &[StepJudgement], now: Verdict, fails: Fails) -> (Vec<Answers>, bool) {
    let holding = steps.iter().enumerate().filter(|(_, step)| step.verdict == now);
    let ways = holding.map(|(at, step)| {
        smallest(at, step, fails, |it| it < now).iter().map(|it| asked(steps, it)).collect::<BTreeSet<_>>()
    });
    // Steps that ask the same fall together.
    let ways: BTreeSet<BTreeSet<Answers>> = ways.collect();
    if ways.is_empty() || ways.iter().any(BTreeSet::is_empty) {
        return (Vec::new(), true);
    }
    let (mut sets, mut complete) = (vec![Answers::new()], true);
    for ways in &ways {
        let fallen = |set: &Answers| ways.iter().any(|way| way.is_subset(set));
        let longer = sets.iter().flat_map(|set| {
            if fallen(set) { vec![set.clone()] } else { ways.iter().map(|way| set | way).collect() }
        });
        sets = minimal(longer.collect());
        complete &= sets.len() <= MOST_KEPT;
        sets.truncate(MOST_KEPT);
    }
    (sets, complete)
}

fn lacks(judgement: &Judgement, fails: Fails) -> Vec<Lack> {
    let routed = judgement.steps.iter().enumerate().filter(|(_, step)| step.verdict == Verdict::OnlyIfRouted);
    routed.map(|(at, step)| lack(at, step, fails)).collect()
}

/// What keeps a step at only-if-routed: weak statements, the route, the gate.
fn lack(at: usize, step: &StepJudgement, fails: Fails) -> Lack {
    let mut needs: Vec<Need> = step.findings.iter().filter_map(need).collect();
    if fails == Fails::Open {
        needs.push(Need::FailClosed);
    }
    let part = step.findings.iter().any(|finding| finding.extent == Some(Extent::Some));
    Lack { to: if part { Verdict::Partly } else { Verdict::WouldBlock }, step: at, needs }
}

fn need(finding: &Finding) -> Option<Need> {
    let statements = || -> Vec<StatementId> { finding.statements.iter().map(|(id, _)| id.clone()).collect() };
    match (finding.condition, finding.truth) {
        (Condition::OnlyRoute, Truth::Unknown) => Some(Need::NoOtherRoute { statements: statements() }),
        (Condition::OnlyRoute, Truth::False) => Some(Need::ClosedRoute { statements: statements() }),
        _ if finding.status.and_then(Status::strength) == Some(0) => {
            let weak = finding.statements.iter().filter(|(_, status)| status.strength() == Some(0));
            let statements = weak.map(|(id, _)| id.clone()).collect();
            Some(Need::Corroborate { condition: finding.condition, statements })
        }
        _ => None,
    }
}
