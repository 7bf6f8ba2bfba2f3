//! Counts over cases: how bad, by verdict, over the years. Incidents stand apart from what was not realised.

use std::collections::BTreeMap;

use serde::Serialize;

pub(super) use crate::across::Count;
use crate::model::registry::{Registry, Verdicts};
use crate::model::verdict::Verdict;
use crate::render::Site;

/// The cases of a list, counted.
pub(super) fn count(site: &Site<'_>, cases: &[usize]) -> Count {
    let mut count = Count::default();
    cases.iter().for_each(|at| count.add(site.registry.records.incidents[*at].kind.value));
    count
}

/// One bar of a figure: what it counts, how many, and its length in hundredths of the longest.
#[derive(Serialize)]
pub(super) struct Bar {
    pub(super) class: String,
    pub(super) label: String,
    pub(super) count: usize,
    pub(super) length: usize,
}

fn bars(rows: Vec<(String, String, usize)>) -> Vec<Bar> {
    let longest = rows.iter().map(|(_, _, count)| *count).max().unwrap_or_default().max(1);
    let bar = |(class, label, count)| Bar { class, label, count, length: count * 100 / longest };
    rows.into_iter().map(bar).collect()
}

/// The two figures of a list of cases: how bad they were, and the best that any gate could have done.
#[derive(Serialize)]
pub(super) struct Figures {
    count: Count,
    severity: Vec<Bar>,
    verdicts: Vec<Bar>,
}

/// The figures of a list of cases.
pub(super) fn figures(site: &Site<'_>, cases: &[usize]) -> Figures {
    Figures { count: count(site, cases), severity: severity(site, cases), verdicts: verdicts(site, cases) }
}

fn severity(site: &Site<'_>, cases: &[usize]) -> Vec<Bar> {
    let records = &site.registry.records;
    let of = |level: u8| cases.iter().filter(|at| records.incidents[**at].severity.value == level).count();
    let label = |level: u8| format!("{level} {}", records.taxonomy.severity_label(level));
    bars((1..=5).rev().map(|level| (format!("s{level}"), label(level), of(level))).collect())
}

/// The strongest verdict that counts on each case; a case on which none does was not assessed, or no gate covers it.
fn verdicts(site: &Site<'_>, cases: &[usize]) -> Vec<Bar> {
    let mut counts: BTreeMap<Option<Verdict>, usize> = BTreeMap::new();
    for at in cases {
        *counts.entry(best(site, *at)).or_default() += 1;
    }
    let of = |verdict: Option<Verdict>| counts.get(&verdict).copied().unwrap_or_default();
    let mut rows: Vec<(String, String, usize)> =
        COUNTING.iter().map(|it| (it.id().to_owned(), it.words().to_owned(), of(Some(*it)))).collect();
    rows.push(("none".into(), "No gate counts".into(), of(None)));
    bars(rows)
}

/// The strongest verdict that counts on a case.
fn best(site: &Site<'_>, at: usize) -> Option<Verdict> {
    let judgements = site.verdicts.derivations[at].judgements.iter();
    judgements.filter(|judgement| judgement.relevant).map(|judgement| judgement.verdict).max()
}

/// Gate by verdict: for each gate and each verdict that counts, its cases, the latest first.
pub(super) type ByGate = Vec<Vec<Vec<usize>>>;

/// The verdicts that count, strongest first: the columns of [`ByGate`].
pub(super) const COUNTING: &[Verdict] = Verdict::ALL.split_at(Verdict::ALL.len() - 1).0;

/// The listed cases by gate and verdict.
pub(super) fn by_gate(registry: &Registry, verdicts: &Verdicts) -> ByGate {
    let mut found = vec![vec![Vec::new(); COUNTING.len()]; registry.records.gates.len()];
    for at in &registry.facets().listed {
        let judgements = verdicts.derivations[*at].judgements.iter().enumerate();
        for (gate, judgement) in judgements.filter(|(_, judgement)| judgement.relevant) {
            let column = COUNTING.iter().position(|verdict| *verdict == judgement.verdict);
            column.into_iter().for_each(|column| found[gate][column].push(*at));
        }
    }
    found
}
