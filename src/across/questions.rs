//! Judgements to the open questions behind them: which unknown statement moves how many verdicts, and where nothing
//! is recorded at all.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use crate::derive;
use crate::model::change::{Changes, Lack, Need, Settled, Settlement};
use crate::model::gate::{Fails, Gate};
use crate::model::id::StatementId;
use crate::model::incident::Incident;
use crate::model::registry::{Registry, Verdicts};
use crate::model::statement::{StatementRefs, Status};
use crate::model::verdict::{Condition, Extent, Finding, Judgement, Truth, Verdict};

/// A statement that counts as unknown, and the verdicts that move once it is settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Place of its case in the records.
    pub case: usize,
    /// Its place among the statements of the case.
    pub statement: usize,
    /// The verdicts, in the order of the gates.
    pub moves: Vec<Move>,
}

/// A verdict that moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Place of the gate in the records.
    pub gate: usize,
    /// Whether this question is enough; otherwise others have to be settled with it.
    pub alone: bool,
    /// What the verdict may then be, strongest first; empty where that cannot be told.
    pub to: Vec<Verdict>,
    /// What else it may be, strongest first, once other questions are settled with this one.
    pub with_others: Vec<Verdict>,
}

/// A question without a statement: nothing is recorded, or the record says both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blank {
    /// Place of its case in the records.
    pub case: usize,
    /// What is not recorded.
    pub gap: Gap,
    /// The verdicts that an answer moves, in the order of the gates.
    pub moves: Vec<Move>,
}

/// What a record leaves open without a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// The whole path of the action.
    Path,
    /// A condition of a step.
    Condition {
        /// Place of the step in the path.
        step: usize,
        /// The condition.
        condition: Condition,
        /// For a boundary, the gate whose it is; other conditions are the same for every gate.
        gate: Option<usize>,
        /// Whether statements that are known contradict each other; otherwise there is none.
        both: bool,
    },
}

/// The numbers of verdicts that move: by this alone, and only together with others.
fn moved(moves: &[Move]) -> (usize, usize) {
    let alone = moves.iter().filter(|it| it.alone).count();
    (alone, moves.len() - alone)
}

impl Question {
    /// The numbers of verdicts that move: by this statement alone, and only together with others.
    pub fn moved(&self) -> (usize, usize) {
        moved(&self.moves)
    }
}

impl Blank {
    /// The numbers of verdicts that move: by this answer alone, and only together with others.
    pub fn moved(&self) -> (usize, usize) {
        moved(&self.moves)
    }
}

/// Every open question of the listed cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Questions {
    /// Unknown statements, case by case, the latest case first.
    pub statements: Vec<Question>,
    /// Places in `statements`: those that move most verdicts alone first, then together with others; then by the
    /// severity of the case, the latest first.
    pub ranked: Vec<usize>,
    /// Questions without a statement, case by case, the latest case first.
    pub blanks: Vec<Blank>,
    /// Of each case in the records its part of `statements` and of `blanks`.
    parts: Vec<(Range<usize>, Range<usize>)>,
}

impl Questions {
    /// The statements that keep verdicts of a case open, those that move most first.
    pub fn of_case(&self, case: usize) -> Vec<&Question> {
        let mut found: Vec<&Question> = self.statements[self.parts[case].0.clone()].iter().collect();
        found.sort_by_key(|question| Reverse(question.moved()));
        found
    }

    /// What a case leaves open without a statement.
    pub fn blanks_of_case(&self, case: usize) -> &[Blank] {
        &self.blanks[self.parts[case].1.clone()]
    }
}

/// Every open question. Judgements that look alike but for their statements are worked out once.
pub fn questions(registry: &Registry, verdicts: &Verdicts) -> Questions {
    let mut known = Known::default();
    let mut all =
        Questions { parts: vec![(0..0, 0..0); registry.records.incidents.len()], ..Questions::default() };
    for at in &registry.facets().listed {
        let from = (all.statements.len(), all.blanks.len());
        let found = of_case(registry, verdicts, *at, &mut known);
        let question = |(statement, moves)| Question { case: *at, statement, moves: flat(moves) };
        all.statements.extend(found.statements.into_iter().map(question));
        let blank = |(gap, moves)| Blank { case: *at, gap, moves: flat(moves) };
        all.blanks.extend(found.blanks.into_iter().map(blank));
        all.parts[*at] = (from.0..all.statements.len(), from.1..all.blanks.len());
    }
    all.ranked = (0..all.statements.len()).collect();
    let severity = |case: usize| registry.records.incidents[case].severity.value;
    let rank = |at: &usize| {
        let question = &all.statements[*at];
        (Reverse(question.moved()), Reverse(severity(question.case)))
    };
    // The sort is stable, so the latest cases stay first among equals.
    all.ranked.sort_by_cached_key(rank);
    all
}

/// What would change a judgement, by everything that decides it: most judgements look like many others.
#[derive(Default)]
struct Known(HashMap<Look, Changes>);

/// Whether the gate fails open, and of each condition what is known and at which step the same is asked first.
type Look = (bool, Vec<(Truth, Option<Status>, Option<Extent>, usize)>);

impl Known {
    fn changes(&mut self, judgement: &Judgement, gate: &Gate) -> &Changes {
        let findings = judgement.steps.iter().flat_map(|step| &step.findings);
        let look = findings.map(|it| (it.truth, it.status, it.extent, first_asked(judgement, it))).collect();
        let changes = || derive::changes(judgement, gate);
        self.0.entry((gate.fails == Fails::Open, look)).or_insert_with(changes)
    }
}

/// The first step that asks of a condition what this finding asks: what rests on the same statements is one question.
fn first_asked(judgement: &Judgement, finding: &Finding) -> usize {
    let alike = |it: &Finding| it.condition == finding.condition && it.statements == finding.statements;
    judgement.steps.iter().position(|step| step.findings.iter().any(alike)).unwrap_or_default()
}

/// By gate: whether one answer is enough, the verdicts that it may lead to, and those that take others with it.
type Moves = BTreeMap<usize, Ways>;
type Ways = (bool, [BTreeSet<Reverse<Verdict>>; 2]);

/// The questions of one case, statements by their place.
#[derive(Default)]
struct Found {
    statements: BTreeMap<usize, Moves>,
    blanks: BTreeMap<Gap, Moves>,
}

fn flat(moves: Moves) -> Vec<Move> {
    let of = |(gate, (alone, [to, with])): (usize, Ways)| {
        let others = with.into_iter().filter(|it| !to.contains(it)).map(|it| it.0).collect();
        Move { gate, alone, to: to.into_iter().map(|it| it.0).collect(), with_others: others }
    };
    moves.into_iter().map(of).collect()
}

/// Notes a way in which a gate's verdict moves.
fn note(moves: &mut Moves, gate: usize, alone: bool, to: Option<Verdict>) {
    let (any_alone, verdicts) = moves.entry(gate).or_default();
    *any_alone |= alone;
    verdicts[usize::from(!alone)].extend(to.map(Reverse));
}

fn of_case(registry: &Registry, verdicts: &Verdicts, at: usize, known: &mut Known) -> Found {
    let mut found = Found::default();
    let judgements = verdicts.derivations[at].judgements.iter().enumerate();
    for (place, judgement) in judgements.filter(|(_, judgement)| judgement.relevant) {
        let gate = &registry.records.gates[place];
        let case = Judged { incident: &registry.records.incidents[at], gate, place, judgement };
        if !judgement.assessed {
            note(found.blanks.entry(Gap::Path).or_default(), place, true, None);
        }
        let changes = known.changes(judgement, gate);
        for change in &changes.sets {
            case.way(&change.settle, true, change.to, &mut found);
        }
        for lack in &changes.lacks {
            if let Some(complete) = by_evidence(lack) {
                let route =
                    Settlement { step: lack.step, condition: Condition::OnlyRoute, value: Settled::Holds };
                case.way(&[route], complete, lack.to, &mut found);
            }
        }
    }
    if registry.records.incidents[at].path.is_empty() {
        found.blanks.entry(Gap::Path).or_default();
    }
    found
}

/// Whether knowing of no other route is all that is lacking. Nothing where it is not lacking, or where no evidence
/// would do: another route was open, or the gate fails open.
fn by_evidence(lack: &Lack) -> Option<bool> {
    let out_of_reach = |need: &Need| matches!(need, Need::ClosedRoute { .. } | Need::FailClosed);
    let route = lack.needs.iter().any(|need| matches!(need, Need::NoOtherRoute { .. }));
    (route && !lack.needs.iter().any(out_of_reach)).then_some(lack.needs.len() == 1)
}

/// One judgement of one case.
struct Judged<'a> {
    incident: &'a Incident,
    gate: &'a Gate,
    place: usize,
    judgement: &'a Judgement,
}

impl Judged<'_> {
    /// Notes one way in which the verdict moves with everything that has a part in it; `complete` says that nothing
    /// else than these settlements is needed.
    fn way(&self, settle: &[Settlement], complete: bool, to: Verdict, found: &mut Found) {
        let parts: Vec<(&Settlement, &Finding)> = settle
            .iter()
            .filter_map(|it| Some((it, self.judgement.steps[it.step].finding(it.condition)?)))
            .collect();
        for (settlement, finding) in &parts {
            let mut open = open(finding).peekable();
            if open.peek().is_none() {
                let moves = found.blanks.entry(self.gap(settlement, finding)).or_default();
                note(moves, self.place, complete && parts.len() == 1, Some(to));
            }
            for id in open {
                let Some(at) = self.incident.statements().position(|it| it.id.value == *id) else { continue };
                let enough = complete && parts.iter().all(|(it, finding)| self.settles(id, it, finding));
                note(found.statements.entry(at).or_default(), self.place, enough, Some(to));
            }
        }
    }

    fn gap(&self, settlement: &Settlement, finding: &Finding) -> Gap {
        Gap::Condition {
            step: self.judgement.steps[settlement.step].index,
            condition: settlement.condition,
            gate: (settlement.condition == Condition::Crossed).then_some(self.place),
            both: !finding.statements.is_empty(),
        }
    }

    /// Whether a statement is enough for this. That an action went past a gate takes one that speaks of every boundary
    /// of the gate, but for those that it is known to have avoided.
    fn settles(&self, id: &StatementId, settlement: &Settlement, finding: &Finding) -> bool {
        let past = (settlement.condition, settlement.value) == (Condition::Crossed, Settled::Fails);
        let step = &self.incident.path[self.judgement.steps[settlement.step].index];
        let known = |id: &StatementId| {
            finding.statements.iter().any(|(it, status)| it == id && status.strength().is_some())
        };
        let spoken = |boundary: &str| {
            let crosses =
                step.crosses.get(boundary).is_some_and(|refs| refs.iter().any(|it| it.value == *id));
            let avoids = |refs: &StatementRefs| refs.iter().any(|it| it.value == *id || known(&it.value));
            crosses || step.avoids.get(boundary).is_some_and(avoids)
        };
        open(finding).any(|it| it == id) && (!past || self.gate.boundaries.iter().all(|it| spoken(&it.value)))
    }
}

/// The statements of a finding that count as unknown.
fn open(finding: &Finding) -> impl Iterator<Item = &StatementId> {
    finding.statements.iter().filter(|(_, status)| status.strength().is_none()).map(|(id, _)| id)
}
