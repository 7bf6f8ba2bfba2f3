//! The first page: what this is, and every case.

use anyhow::Result;
use serde::Serialize;

use crate::render::Site;
use crate::render::view::{self, Case};

#[derive(Serialize)]
struct Page<'a> {
    cases: Vec<Case<'a>>,
    incidents: usize,
    not_realised: usize,
    gates: Vec<(&'a str, &'a str)>,
}

pub(super) fn page(site: &Site<'_>) -> Result<Vec<u8>> {
    let records = &site.registry.records;
    let pairs =
        records.incidents.iter().zip(&site.verdicts.derivations).filter(|(incident, _)| incident.is_public());
    let mut cases: Vec<Case<'_>> =
        pairs.map(|(incident, it)| view::case(site.registry, incident, it)).collect();
    // The number grows with time, so the newest cases come first.
    cases.reverse();
    let incidents = cases.iter().filter(|case| case.kind == "Incident").count();
    let page = Page {
        incidents,
        not_realised: cases.len() - incidents,
        cases,
        gates: records.gates.iter().map(|gate| (&*gate.id.value, gate.name.as_str())).collect(),
    };
    site.page(0, "index.html", &page)
}
