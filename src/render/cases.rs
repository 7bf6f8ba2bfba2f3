//! The list of every case: pages of fifty, and one index of all of them that the filter in the browser loads.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::Serialize;

use crate::files::Spanned;
use crate::model::facet::Facet;
use crate::model::output::Job;
use crate::render::Site;
use crate::render::case::{self, Case};
use crate::render::facet;
use crate::render::figures::{self, COUNTING, Count};
use crate::render::listing::{self, Listing};

/// The address of the index, beside the list.
pub(super) const INDEX: &str = "incidents/cases.json";

#[derive(Serialize)]
struct Page<'a> {
    count: Count,
    listing: Listing<'a>,
    /// Numbers that are taken back or told elsewhere, on the last page.
    apart: Vec<Case<'a>>,
}

/// The pages of the list.
pub(super) fn jobs<'a>(site: &'a Site<'a>) -> impl Iterator<Item = Job<'a>> {
    let listed = &site.registry.facets().listed;
    listing::jobs(site, "incidents/".into(), listed, move |path, listing| {
        let apart = if listing.is_last() { apart(site) } else { Vec::new() };
        site.page(path, "cases.html", &Page { count: figures::count(site, listed), listing, apart })
    })
}

fn apart<'a>(site: &Site<'a>) -> Vec<Case<'a>> {
    let incidents = site.registry.records.incidents.iter().enumerate();
    let apart = incidents.filter(|(_, incident)| incident.is_public() && !incident.is_listed());
    apart.map(|(at, _)| case::case(site, at)).collect()
}

/// Everything the filter needs, with short keys: it grows with the registry and is loaded once.
#[derive(Serialize)]
struct Index<'a> {
    facets: Vec<Choice>,
    cases: Vec<Entry<'a>>,
}

/// Something to choose by, and what can be chosen.
#[derive(Serialize)]
struct Choice {
    key: &'static str,
    title: &'static str,
    /// Id and name of each value; a case names them by position.
    values: Vec<(String, String)>,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    title: &'a str,
    summary: &'a str,
    occurred: String,
    from: String,
    severity: u8,
    /// The case's values of each choice, by position.
    of: Vec<Vec<usize>>,
    /// The verdicts that a list shows: positions of gate and verdict.
    reads: Vec<(usize, usize)>,
    /// What else a reader may search for: names by which others know the case.
    words: Vec<&'a str>,
}

/// The index as JSON.
pub(super) fn index(site: &Site<'_>) -> Result<Vec<u8>> {
    let mut facets: Vec<Choice> = Facet::ALL.into_iter().map(|facet| choice(site, facet)).collect();
    let named = |values: Vec<(&str, &str)>| {
        values.into_iter().map(|(id, name)| (id.to_owned(), name.to_owned())).collect()
    };
    let gates = site.registry.records.gates.iter().map(|gate| (&*gate.id.value, gate.name.as_str()));
    let verdicts = COUNTING.iter().map(|it| (it.id(), it.words()));
    facets.push(Choice { key: "gate", title: "Gate", values: named(gates.collect()) });
    facets.push(Choice { key: "verdict", title: "Verdict", values: named(verdicts.collect()) });
    facets.push(Choice { key: "kind", title: "Kind", values: named(KINDS.to_vec()) });
    facets.push(Choice { key: "status", title: "Status", values: named(STATUSES.to_vec()) });
    let places: Vec<BTreeMap<&str, usize>> = facets.iter().map(Choice::places).collect();
    let listed = site.registry.facets().listed.iter();
    let cases = listed.map(|at| entry(site, *at, &places)).collect();
    serde_json::to_vec(&Index { facets, cases }).context("could not write the index of the cases")
}

/// The kinds of case, as the filter names them.
const KINDS: [(&str, &str); 3] =
    [("Incident", "Incident"), ("Near miss", "Near miss"), ("Demonstration", "Demonstration")];
/// The states of a listed record, as the filter names them.
const STATUSES: [(&str, &str); 2] = [("published", "Published"), ("disputed", "Disputed")];

fn choice(site: &Site<'_>, facet: Facet) -> Choice {
    let with_cases = site.registry.facets().of(facet).iter().filter(|it| !it.cases.is_empty());
    let values = with_cases.map(|it| (it.id.clone(), facet::name(site, facet, &it.id))).collect();
    Choice { key: facet.key(), title: facet.noun(), values }
}

impl Choice {
    fn places(&self) -> BTreeMap<&str, usize> {
        self.values.iter().enumerate().map(|(at, (id, _))| (id.as_str(), at)).collect()
    }
}

fn entry<'a>(site: &Site<'a>, at: usize, places: &[BTreeMap<&str, usize>]) -> Entry<'a> {
    let incident = &site.registry.records.incidents[at];
    let case = case::case(site, at);
    let place = |choice: usize, id: &str| places[choice].get(id).copied();
    let mut of: Vec<Vec<usize>> = Facet::ALL
        .into_iter()
        .enumerate()
        .map(|(choice, facet)| facet.values(incident).iter().filter_map(|id| place(choice, id)).collect())
        .collect();
    let gates = of.len();
    let reads: Vec<(usize, usize)> = case
        .verdicts
        .iter()
        .filter_map(|it| Some((place(gates, it.gate)?, place(gates + 1, it.verdict)?)))
        .collect();
    of.push(reads.iter().map(|(gate, _)| *gate).collect());
    of.push(reads.iter().map(|(_, verdict)| *verdict).collect());
    of.push(place(gates + 2, case.kind).into_iter().collect());
    of.push(place(gates + 3, case.status).into_iter().collect());
    Entry {
        id: case.id,
        title: case.title,
        summary: case.summary,
        occurred: case.occurred,
        from: case.from,
        severity: case.severity,
        of,
        reads,
        words: incident.aliases.iter().flat_map(|(_, ids)| ids.iter()).map(Spanned::as_str).collect(),
    }
}
