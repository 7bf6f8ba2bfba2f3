//! What cases are gathered by: a page for each facet with its values, and one for each value with its cases.

use anyhow::Result;
use serde::Serialize;

use crate::model::facet::{Facet, Gathered};
use crate::model::output::Job;
use crate::render::Site;
use crate::render::figures::{self, Count, Figures};
use crate::render::listing::{self, Listing};

#[derive(Serialize)]
struct Values<'a> {
    facet: Head,
    values: Vec<Value<'a>>,
}

/// A facet, for headings and links.
#[derive(Serialize)]
struct Head {
    folder: &'static str,
    title: &'static str,
    noun: &'static str,
    question: &'static str,
}

#[derive(Serialize)]
struct Value<'a> {
    id: &'a str,
    name: String,
    description: &'a str,
    count: Count,
}

#[derive(Serialize)]
struct Page<'a> {
    facet: Head,
    value: Value<'a>,
    figures: Figures,
    /// The gates that stand at a boundary or cover an action.
    gates: Vec<(&'a str, &'a str)>,
    listing: Listing<'a>,
}

/// The pages of every facet.
pub(super) fn jobs<'a>(site: &'a Site<'a>) -> impl Iterator<Item = Job<'a>> {
    let lists = Facet::ALL.into_iter().map(move |facet| {
        let path = format!("{}/index.html", facet.folder());
        Job::new(path.clone(), move || values(site, facet, &path))
    });
    let pages = Facet::ALL
        .into_iter()
        .flat_map(move |facet| site.registry.facets().of(facet).iter().map(move |it| (facet, it)))
        .flat_map(move |(facet, it)| {
            let folder = format!("{}/{}/", facet.folder(), it.id);
            listing::jobs(site, folder, &it.cases, move |path, listing| page(site, facet, it, path, listing))
        });
    lists.chain(pages)
}

fn values(site: &Site<'_>, facet: Facet, path: &str) -> Result<Vec<u8>> {
    let values = site.registry.facets().of(facet).iter().map(|it| value(site, facet, it)).collect();
    site.page(path, "facet.html", &Values { facet: head(facet), values })
}

fn page<'a>(
    site: &Site<'a>,
    facet: Facet,
    it: &'a Gathered,
    path: &str,
    listing: Listing<'a>,
) -> Result<Vec<u8>> {
    let page = Page {
        facet: head(facet),
        value: value(site, facet, it),
        figures: figures::figures(site, &it.cases),
        gates: gates(site, facet, &it.id),
        listing,
    };
    site.page(path, "term.html", &page)
}

fn head(facet: Facet) -> Head {
    Head { folder: facet.folder(), title: facet.title(), noun: facet.noun(), question: facet.question() }
}

fn value<'a>(site: &Site<'a>, facet: Facet, it: &'a Gathered) -> Value<'a> {
    Value {
        id: &it.id,
        name: name(site, facet, &it.id),
        description: description(site, facet, &it.id),
        count: figures::count(site, &it.cases),
    }
}

/// A value as readers see it.
pub(super) fn name(site: &Site<'_>, facet: Facet, id: &str) -> String {
    let taxonomy = &site.registry.records.taxonomy;
    match (facet, facet.vocabulary()) {
        (_, Some(vocabulary)) => taxonomy.name(vocabulary, id).to_owned(),
        (Facet::Severity, None) => {
            format!("Severity {id}, {}", taxonomy.severity_label(id.parse().unwrap_or_default()))
        }
        (_, None) => id.to_owned(),
    }
}

fn description<'a>(site: &Site<'a>, facet: Facet, id: &str) -> &'a str {
    let taxonomy = &site.registry.records.taxonomy;
    if facet == Facet::Severity {
        let level = taxonomy.severity.iter().find(|it| it.level.value.to_string() == id);
        return level.map_or("", |level| level.description.as_str());
    }
    let term = facet.vocabulary().and_then(|vocabulary| taxonomy.term(vocabulary, id));
    term.map_or("", |term| term.description.as_str())
}

fn gates<'a>(site: &Site<'a>, facet: Facet, id: &str) -> Vec<(&'a str, &'a str)> {
    let gates = site.registry.records.gates.iter().filter(|gate| match facet {
        Facet::Action => gate.covers.iter().any(|it| *it.value == *id),
        Facet::Boundary => gate.boundaries.iter().any(|it| *it.value == *id),
        _ => false,
    });
    gates.map(|gate| (&*gate.id.value, gate.name.as_str())).collect()
}
