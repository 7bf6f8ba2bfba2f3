//! Records to registry: an index of every id, and for each record the way back from those that name it.
//! Reports nothing: references that lead nowhere are the business of the `L` rules.

mod facets;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::body::Reference;
use crate::model::incident::Incident;
use crate::model::registry::{Backlinks, Records, Registry};

/// Resolves every reference. Of two records with one id the first in file order is the one that is found.
pub fn registry(records: Records) -> Registry {
    let incident_index = index(records.incidents.iter().map(|incident| &*incident.handle));
    let gate_index = index(records.gates.iter().map(|gate| &*gate.id.value));
    let (backlinks, facets) =
        rayon::join(|| backlinks(&records.incidents, &incident_index), || facets::facets(&records));
    Registry { records, incident_index, gate_index, backlinks, facets }
}

fn index<'a>(ids: impl Iterator<Item = &'a str>) -> BTreeMap<String, usize> {
    let mut index = BTreeMap::new();
    for (at, id) in ids.enumerate().filter(|(_, id)| !id.is_empty()) {
        index.entry(id.to_owned()).or_insert(at);
    }
    index
}

fn backlinks(incidents: &[Incident], index: &BTreeMap<String, usize>) -> Vec<Backlinks> {
    let mut back = vec![BTreeSet::new(); incidents.len()];
    for (from, incident) in incidents.iter().enumerate() {
        for id in named(incident) {
            if let Some(to) = index.get(id).filter(|to| **to != from) {
                back[*to].insert(from);
            }
        }
    }
    back.into_iter().map(|from| Backlinks { incidents: from.into_iter().collect() }).collect()
}

/// The records that an incident names, in its fields and in its text.
fn named(incident: &Incident) -> impl Iterator<Item = &str> {
    let related = incident.related.iter().map(|id| &*id.value);
    let merged = incident.merged.iter().map(|merge| &*merge.value.into.value);
    let mentioned = incident.body.references.iter().filter_map(|reference| match &reference.value {
        Reference::Incident(id) => Some(id.as_str()),
        _ => None,
    });
    related.chain(merged).chain(mentioned)
}
