//! Records to registry: an index of every id.
//! Reports nothing: references that lead nowhere are the business of the `L` rules.

use std::collections::BTreeMap;

use crate::model::registry::{Records, Registry};

/// Finds every id. Of two records with one id the first in file order is the one that is found.
pub fn registry(records: Records) -> Registry {
    let incident_index = index(records.incidents.iter().map(|incident| &*incident.handle));
    let gate_index = index(records.gates.iter().map(|gate| &*gate.id.value));
    Registry::new(records, incident_index, gate_index)
}

fn index<'a>(ids: impl Iterator<Item = &'a str>) -> BTreeMap<String, usize> {
    let mut index = BTreeMap::new();
    for (at, id) in ids.enumerate().filter(|(_, id)| !id.is_empty()) {
        index.entry(id.to_owned()).or_insert(at);
    }
    index
}
