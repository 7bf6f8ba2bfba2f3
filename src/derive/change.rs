//! A judgement to what would change it. Exact: steps do not depend on each other, so the smallest sets are found step
//! by step, and combined only where several steps hold a verdict up.

use crate::derive::table::decide;
use crate::model::change::{Change, Changes, Lack, Need, Settled, Settlement};
use crate::model::gate::{Fails, Gate};
use crate::model::id::StatementId;
use crate::model::statement::Status;
use crate::model::verdict::{Condition, Extent, Finding, Judgement, StepJudgement, Truth, Verdict};

/// The most sets that are told of one judgement; with six open conditions or fewer there are never so many.
pub const MOST_SETS: usize = 32;

/// What would change a judgement on this gate. Nothing where there is no step to judge.
pub fn changes(judgement: &Judgement, gate: &Gate) -> Changes {
    let now = judgement.verdict;
    let mut sets = Vec::new();
    for (at, step) in judgement.steps.iter().enumerate() {
        // One step that does better is enough.
        sets.extend(smallest(at, step, gate.fails, |verdict| verdict > now));
    }
    let more = lowering(judgement, gate.fails, &mut sets);
    sets.sort_by(|a, b| (a.settle.len(), &a.settle).cmp(&(b.settle.len(), &b.settle)));
    let lacks = if now == Verdict::OnlyIfRouted { lacks(judgement, gate.fails) } else { Vec::new() };
    Changes { sets, more, lacks }
}

/// The smallest settlements of one step that give it a verdict of a kind.
fn smallest(at: usize, step: &StepJudgement, fails: Fails, wanted: impl Fn(Verdict) -> bool) -> Vec<Change> {
    let mut found: Vec<Change> = Vec::new();
    let mut all = settlements(at, step);
    all.sort_by_key(Vec::len);
    for settle in all {
        let to = settled(step, &settle, fails);
        let is_smallest = || !found.iter().any(|less| less.settle.iter().all(|it| settle.contains(it)));
        if wanted(to) && is_smallest() {
            found.push(Change { to, settle });
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

/// Adds the sets that bring the verdict down: every step that holds it up must do worse, each for a reason of its own.
/// Returns how many there are beyond the bound.
fn lowering(judgement: &Judgement, fails: Fails, sets: &mut Vec<Change>) -> usize {
    let now = judgement.verdict;
    let (holding, rest): (Vec<_>, Vec<_>) =
        judgement.steps.iter().enumerate().partition(|(_, step)| step.verdict == now);
    let ways: Vec<_> = holding.iter().map(|(at, step)| smallest(*at, step, fails, |it| it < now)).collect();
    if ways.is_empty() || ways.iter().any(Vec::is_empty) {
        return 0;
    }
    let other = rest.iter().map(|(_, step)| step.verdict).max();
    let count = ways.iter().fold(1_usize, |count, ways| count.saturating_mul(ways.len()));
    let shown = count.min(MOST_SETS);
    sets.extend((0..shown).map(|number| combination(&ways, number, other)));
    count - shown
}

/// One way of each step, chosen by the digits of a number.
fn combination(ways: &[Vec<Change>], mut number: usize, other: Option<Verdict>) -> Change {
    let mut change = Change { to: other.unwrap_or_default(), settle: Vec::new() };
    for ways in ways {
        let way = &ways[number % ways.len()];
        number /= ways.len();
        change.to = change.to.max(way.to);
        change.settle.extend(&way.settle);
    }
    change
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
