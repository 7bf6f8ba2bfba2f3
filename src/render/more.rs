//! What to read next: the cases a record names, those that name it, and three that share most with it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::explain;
use crate::model::facet::Facet;
use crate::model::incident::RecordStatus;
use crate::model::verdict::{Condition, Extent, Truth};
use crate::render::Site;
use crate::render::case::{self, Case};
use crate::render::{facet, view};

/// The number of cases that are found by what they share.
const SIMILAR: usize = 3;
/// How far along the list of one value to look on both sides: neighbours in time, so that the work for a case
/// does not grow with the registry.
const REACH: usize = 40;
/// The number of cases that are set beside this one.
const COMPARED: usize = 3;

/// Everything that leads on from a case.
#[derive(Serialize)]
pub(super) struct More<'a> {
    related: Vec<Case<'a>>,
    similar: Vec<Similar<'a>>,
    comparison: Option<Comparison<'a>>,
    previous: Option<Near<'a>>,
    next: Option<Near<'a>>,
}

/// A case and what it shares with this one.
#[derive(Serialize)]
struct Similar<'a> {
    case: Case<'a>,
    shares: Vec<String>,
}

/// The case before or after this one, by number.
#[derive(Serialize)]
struct Near<'a> {
    id: &'a str,
    title: &'a str,
}

/// What leads on from the record at a position.
pub(super) fn more<'a>(site: &Site<'a>, at: usize) -> More<'a> {
    let related = related(site, at);
    let similar = similar(site, at, &related);
    let compared: Vec<usize> = related.iter().copied().take(COMPARED).collect();
    More {
        comparison: (!compared.is_empty()).then(|| comparison(site, at, &compared)),
        related: related.iter().map(|it| case::case(site, *it)).collect(),
        similar,
        previous: (0..at).rev().find_map(|it| near(site, it)),
        next: (at + 1..site.registry.records.incidents.len()).find_map(|it| near(site, it)),
    }
}

fn near<'a>(site: &Site<'a>, at: usize) -> Option<Near<'a>> {
    let incident = &site.registry.records.incidents[at];
    incident.is_public().then(|| Near { id: &incident.handle, title: incident.title.as_str() })
}

/// The cases that this one names, and those that name it.
fn related(site: &Site<'_>, at: usize) -> Vec<usize> {
    let records = &site.registry.records;
    let named = records.incidents[at].related.iter();
    let named = named.filter_map(|id| site.registry.incident_index.get(&*id.value)).copied();
    let mut all: Vec<usize> = named.chain(site.registry.backlinks(at).iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    // A record that is told in this one is said so at the top.
    all.retain(|it| *it != at && records.incidents[*it].is_public() && !is_merged_into(site, *it, at));
    all
}

/// Whether one record is told in another.
pub(super) fn is_merged_into(site: &Site<'_>, from: usize, into: usize) -> bool {
    let incidents = &site.registry.records.incidents;
    let merge = incidents[from].merged.as_ref();
    incidents[from].status.value == RecordStatus::Merged
        && merge.is_some_and(|it| it.value.into.value == incidents[into].handle)
}

/// What sharing a value of a facet is worth; what is shared by few cases counts for more.
fn worth(facet: Facet) -> usize {
    match facet {
        Facet::Action | Facet::Boundary => 3,
        Facet::Factor | Facet::System => 2,
        Facet::Operator | Facet::Impact | Facet::Severity | Facet::Year => 0,
    }
}

/// The cases that share most of action, boundary, factor and system with this one, without those already named.
fn similar<'a>(site: &Site<'a>, at: usize, related: &[usize]) -> Vec<Similar<'a>> {
    let mut scores: BTreeMap<usize, (usize, Vec<String>)> = BTreeMap::new();
    let incident = &site.registry.records.incidents[at];
    for facet in Facet::ALL.into_iter().filter(|facet| worth(*facet) > 0) {
        for value in facet.values(incident) {
            let cases = site.registry.facets().cases(facet, &value);
            let score = worth(facet) * 1000 / (10 + cases.len().min(90));
            for other in around(site, cases, at) {
                let (sum, shares) = scores.entry(other).or_default();
                *sum += score;
                shares.push(facet::name(site, facet, &value));
            }
        }
    }
    let mut found: Vec<(usize, (usize, Vec<String>))> =
        scores.into_iter().filter(|(other, _)| *other != at && !related.contains(other)).collect();
    found.sort_by_key(|(other, (score, _))| (std::cmp::Reverse(*score), *other));
    found.truncate(SIMILAR);
    found.into_iter().map(|(other, (_, shares))| Similar { case: case::case(site, other), shares }).collect()
}

/// The neighbours of a case in a list of cases, the latest first.
fn around<'a>(site: &Site<'_>, cases: &'a [usize], at: usize) -> impl Iterator<Item = usize> + 'a {
    let rank = &site.registry.facets().rank;
    let place = cases.partition_point(|it| rank[*it] < rank[at]);
    let (from, to) = (place.saturating_sub(REACH), (place + REACH).min(cases.len()));
    cases[from..to].iter().copied()
}

/// This case beside others: one row for each thing worth comparing.
#[derive(Serialize)]
struct Comparison<'a> {
    ids: Vec<&'a str>,
    rows: Vec<Compared>,
}

/// One thing, for this case and the others.
#[derive(Serialize)]
struct Compared {
    label: &'static str,
    cells: Vec<String>,
    /// Whether the cases are not alike in it.
    differs: bool,
}

fn comparison<'a>(site: &Site<'a>, at: usize, others: &[usize]) -> Comparison<'a> {
    let all: Vec<usize> = std::iter::once(at).chain(others.iter().copied()).collect();
    let told: Vec<[(&'static str, String); 8]> = all.iter().map(|it| traits(site, *it)).collect();
    let row = |row: usize| {
        let cells: Vec<String> = told.iter().map(|traits| traits[row].1.clone()).collect();
        Compared { label: told[0][row].0, differs: cells.iter().any(|cell| *cell != cells[0]), cells }
    };
    let ids = all.iter().map(|it| &*site.registry.records.incidents[*it].handle).collect();
    Comparison { ids, rows: (0..8).map(row).collect() }
}

fn traits(site: &Site<'_>, at: usize) -> [(&'static str, String); 8] {
    let incident = &site.registry.records.incidents[at];
    let named = |facet: Facet| {
        let values = facet.values(incident);
        let names: Vec<String> = values.iter().map(|id| facet::name(site, facet, id)).collect();
        if names.is_empty() { "not recorded".to_owned() } else { names.join(", ") }
    };
    let shown = explain::shown(incident, &site.verdicts.derivations[at]);
    let first = shown.first();
    let truth = |condition| {
        let step = first.and_then(|judgement| judgement.deciding_step());
        step.and_then(|step| step.finding(condition))
    };
    let said = |condition, yes: &str, no: &str| match truth(condition).map(|finding| finding.truth) {
        Some(Truth::True | Truth::Presumed) => yes.to_owned(),
        Some(Truth::False) => no.to_owned(),
        Some(Truth::Unknown) => "not known".to_owned(),
        None => "not recorded".to_owned(),
    };
    let scope = match truth(Condition::HarmDepends).and_then(|finding| finding.extent) {
        Some(Extent::All) => "all of the harm",
        Some(Extent::Some) => "part of the harm",
        Some(Extent::None) => "none of the harm",
        None => "not known",
    };
    let verdict = first.map_or_else(
        || "no gate covers it".to_owned(),
        |it| format!("{}: {}", view::gate_name(site, &it.gate), it.verdict.words()),
    );
    [
        ("System", named(Facet::System)),
        ("What it did", named(Facet::Action)),
        ("Boundary, crossed or possibly", named(Facet::Boundary)),
        ("Already approved", said(Condition::NotApproved, "no", "yes")),
        ("Other route", said(Condition::OnlyRoute, "no", "yes")),
        ("Depends on the action", scope.to_owned()),
        ("Severity", facet::name(site, Facet::Severity, &incident.severity.value.to_string())),
        ("Verdict", verdict),
    ]
}
