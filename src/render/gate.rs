//! The pages of the gates: what each is, and its cases grouped by verdict.

use anyhow::Result;
use serde::Serialize;

use crate::model::gate::{Fails, Gate};
use crate::model::taxonomy::Vocabulary;
use crate::model::verdict::Verdict;
use crate::render::Site;
use crate::render::markdown::{self, Targets};
use crate::render::view::{self, Case};

#[derive(Serialize)]
struct List<'a> {
    gates: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    name: &'a str,
    boundaries: Vec<&'a str>,
    covers: Vec<&'a str>,
    relevant: usize,
}

#[derive(Serialize)]
struct Page<'a> {
    id: &'a str,
    name: &'a str,
    version: u32,
    boundaries: Vec<&'a str>,
    covers: Vec<&'a str>,
    binds: Vec<&'a str>,
    fails: &'static str,
    still_needs: Vec<&'a str>,
    limits: Vec<&'a str>,
    first_step: &'a str,
    sections: Vec<Section<'a>>,
    groups: Vec<Group<'a>>,
}

#[derive(Serialize)]
struct Section<'a> {
    heading: &'a str,
    html: String,
}

#[derive(Serialize)]
struct Group<'a> {
    verdict: &'static str,
    words: &'static str,
    cases: Vec<Case<'a>>,
}

pub(super) fn list(site: &Site<'_>) -> Result<Vec<u8>> {
    let gates = site.registry.records.gates.iter().enumerate().map(|(at, gate)| Row {
        id: &gate.id.value,
        name: gate.name.as_str(),
        boundaries: names(site, Vocabulary::Boundaries, gate),
        covers: names(site, Vocabulary::Actions, gate),
        relevant: Verdict::ALL.iter().map(|verdict| cases(site, at, *verdict).len()).sum(),
    });
    site.page(1, "gates.html", &List { gates: gates.collect() })
}

pub(super) fn page(site: &Site<'_>, at: usize, gate: &Gate) -> Result<Vec<u8>> {
    let targets = Targets { registry: site.registry, incident: None, root: "../../" };
    let section = |section: &'_ crate::model::body::Section| markdown::html(section, &targets);
    let groups = Verdict::ALL.iter().filter(|verdict| **verdict != Verdict::NotApplicable).map(|verdict| {
        Group { verdict: verdict.id(), words: verdict.words(), cases: cases(site, at, *verdict) }
    });
    let page = Page {
        id: &gate.id.value,
        name: gate.name.as_str(),
        version: gate.version.value,
        boundaries: names(site, Vocabulary::Boundaries, gate),
        covers: names(site, Vocabulary::Actions, gate),
        binds: gate.receipt.binds.iter().map(super::super::files::Spanned::as_str).collect(),
        fails: match gate.fails {
            Fails::Closed => "closed: nothing passes while the gate is out of order",
            Fails::Open => "open: everything passes while the gate is out of order",
        },
        still_needs: gate.still_needs.iter().map(super::super::files::Spanned::as_str).collect(),
        limits: gate.limits.iter().map(super::super::files::Spanned::as_str).collect(),
        first_step: gate.first_step.as_str(),
        sections: gate
            .body
            .sections
            .iter()
            .map(|it| Section { heading: it.heading.as_str(), html: section(it) })
            .collect(),
        groups: groups.filter(|group| !group.cases.is_empty()).collect(),
    };
    site.page(2, "gate.html", &page)
}

fn names<'a>(site: &Site<'a>, vocabulary: Vocabulary, gate: &'a Gate) -> Vec<&'a str> {
    let ids = if vocabulary == Vocabulary::Boundaries { &gate.boundaries } else { &gate.covers };
    ids.iter().map(|id| site.registry.records.taxonomy.name(vocabulary, &id.value)).collect()
}

/// The public cases on which a gate has a verdict that counts.
fn cases<'a>(site: &Site<'a>, gate: usize, verdict: Verdict) -> Vec<Case<'a>> {
    let (registry, verdicts) = (site.registry, site.verdicts);
    let pairs = registry.records.incidents.iter().zip(&verdicts.derivations);
    let counts =
        |judgement: &crate::model::verdict::Judgement| judgement.relevant && judgement.verdict == verdict;
    pairs
        .filter(|(incident, derivation)| incident.is_public() && counts(&derivation.judgements[gate]))
        .map(|(incident, derivation)| view::case(registry, incident, derivation))
        .collect()
}
