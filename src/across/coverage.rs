//! A set of gates to the best verdict that each case gets from it, and the order in which gates add most.

use serde::Serialize;

use crate::model::incident::Kind;
use crate::model::registry::{Registry, Verdicts};
use crate::model::verdict::Verdict;

/// What stands beside every figure.
pub const CAVEAT: &str = "Reported cases, not incidence.";

/// How many cases, incidents apart from what was not realised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Incidents.
    pub incidents: usize,
    /// Near misses and demonstrations.
    pub not_realised: usize,
}

impl Count {
    /// Counts one more case.
    pub fn add(&mut self, kind: Kind) {
        match kind {
            Kind::Incident => self.incidents += 1,
            Kind::NearMiss | Kind::Demonstration => self.not_realised += 1,
        }
    }

    /// All of them, for a list that holds both.
    pub fn total(self) -> usize {
        self.incidents + self.not_realised
    }
}

/// A listed case, and the verdicts that count on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its place in the records.
    pub at: usize,
    /// Whether it was realised.
    pub kind: Kind,
    /// Gates by their place in the records, in that order, each with its verdict.
    pub reads: Vec<(usize, Verdict)>,
}

impl Case {
    /// The best verdict that any of the chosen gates gets; nothing where none of them counts.
    pub fn best(&self, chosen: &[bool]) -> Option<Verdict> {
        self.reads.iter().filter(|(gate, _)| chosen[*gate]).map(|(_, verdict)| *verdict).max()
    }
}

/// The listed cases, the latest first.
pub fn cases(registry: &Registry, verdicts: &Verdicts) -> Vec<Case> {
    let case = |at: &usize| {
        let judgements = verdicts.derivations[*at].judgements.iter().enumerate();
        let relevant = judgements.filter(|(_, judgement)| judgement.relevant);
        Case {
            at: *at,
            kind: registry.records.incidents[*at].kind.value,
            reads: relevant.map(|(gate, judgement)| (gate, judgement.verdict)).collect(),
        }
    };
    registry.facets().listed.iter().map(case).collect()
}

/// What the best of a set of gates may be, strongest first; last, that none of them counts.
pub const BESTS: [Option<Verdict>; 6] = [
    Some(Verdict::WouldBlock),
    Some(Verdict::Partly),
    Some(Verdict::OnlyIfRouted),
    Some(Verdict::Unknown),
    Some(Verdict::WouldNotBlock),
    None,
];

/// How many cases have which best verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally([Count; BESTS.len()]);

impl Tally {
    /// The cases with this best verdict; without one, those on which no gate of the set counts.
    pub fn of(&self, best: Option<Verdict>) -> Count {
        BESTS.iter().zip(self.0).find(|(it, _)| **it == best).map(|(_, count)| count).unwrap_or_default()
    }

    fn add(&mut self, best: Option<Verdict>, kind: Kind) {
        let place = BESTS.iter().position(|it| *it == best);
        place.into_iter().for_each(|at| self.0[at].add(kind));
    }
}

/// The cases by the best verdict of the chosen gates.
pub fn tally(cases: &[Case], chosen: &[bool]) -> Tally {
    let mut tally = Tally::default();
    cases.iter().for_each(|case| tally.add(case.best(chosen), case.kind));
    tally
}

/// By how much a count changes; fewer is possible, when a case moves on to a better verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Gain {
    /// Incidents.
    pub incidents: isize,
    /// Near misses and demonstrations.
    pub not_realised: isize,
}

impl Gain {
    fn add(&mut self, kind: Kind, by: isize) {
        match kind {
            Kind::Incident => self.incidents += by,
            Kind::NearMiss | Kind::Demonstration => self.not_realised += by,
        }
    }
}

/// A gate in the greedy order, and what it adds to the gates before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pick {
    /// Its place in the records.
    pub gate: usize,
    /// Cases that would now be blocked, in whole or in part.
    pub stopped: Gain,
    /// Cases that would now be blocked only if routed through a gate. Never added to the others.
    pub routed: Gain,
}

impl Pick {
    /// Whether it adds nothing to either column.
    pub fn is_idle(&self) -> bool {
        self.stopped == Gain::default() && self.routed == Gain::default()
    }

    /// The order of preference: incidents before what was not realised, and what is stopped before what is routed.
    fn worth(&self) -> [isize; 4] {
        let (stopped, routed) = (self.stopped, self.routed);
        [stopped.incidents, routed.incidents, stopped.not_realised, routed.not_realised]
    }
}

/// The chosen gates, each time the one that adds most to those before it; of equal ones the first in the records.
pub fn greedy(cases: &[Case], chosen: &[bool]) -> Vec<Pick> {
    let mut left: Vec<usize> = (0..chosen.len()).filter(|gate| chosen[*gate]).collect();
    let mut reads: Vec<Vec<(usize, Verdict)>> = vec![Vec::new(); chosen.len()];
    for (at, case) in cases.iter().enumerate() {
        case.reads.iter().for_each(|(gate, verdict)| reads[*gate].push((at, *verdict)));
    }
    let mut best: Vec<Option<Verdict>> = vec![None; cases.len()];
    let mut picks = Vec::new();
    while let Some(pick) = next(cases, &best, &reads, &left) {
        left.retain(|gate| *gate != pick.gate);
        for (at, verdict) in &reads[pick.gate] {
            best[*at] = best[*at].max(Some(*verdict));
        }
        picks.push(pick);
    }
    picks
}

fn next(
    cases: &[Case],
    best: &[Option<Verdict>],
    reads: &[Vec<(usize, Verdict)>],
    left: &[usize],
) -> Option<Pick> {
    let picks = left.iter().map(|gate| pick(cases, best, *gate, &reads[*gate]));
    // Of equal ones `max_by_key` gives the last.
    picks.rev().max_by_key(Pick::worth)
}

/// What a gate would add, case by case.
fn pick(cases: &[Case], best: &[Option<Verdict>], gate: usize, reads: &[(usize, Verdict)]) -> Pick {
    let mut pick = Pick { gate, stopped: Gain::default(), routed: Gain::default() };
    let stops = |it: Option<Verdict>| isize::from(it >= Some(Verdict::Partly));
    let routes = |it: Option<Verdict>| isize::from(it == Some(Verdict::OnlyIfRouted));
    for (at, verdict) in reads {
        let (before, after) = (best[*at], best[*at].max(Some(*verdict)));
        pick.stopped.add(cases[*at].kind, stops(after) - stops(before));
        pick.routed.add(cases[*at].kind, routes(after) - routes(before));
    }
    pick
}
