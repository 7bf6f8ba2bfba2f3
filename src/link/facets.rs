//! Records to what they are gathered by: for each value of each facet its cases, the latest first.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::model::facet::{Facet, Facets, Gathered};
use crate::model::registry::Records;

/// Gathers the listed cases. A value that only a withdrawn or merged case has is there too, without cases,
/// so that its link leads somewhere.
pub(super) fn facets(records: &Records) -> Facets {
    let mut listed: Vec<usize> =
        (0..records.incidents.len()).filter(|at| records.incidents[*at].is_listed()).collect();
    listed.sort_by_cached_key(|at| {
        let incident = &records.incidents[*at];
        Reverse((incident.occurred.value.first_day(), incident.handle.to_string()))
    });
    let values = Facet::ALL.par_iter().map(|facet| gather(records, &listed, *facet)).collect();
    let mut rank = vec![usize::MAX; records.incidents.len()];
    listed.iter().enumerate().for_each(|(place, at)| rank[*at] = place);
    Facets { listed, rank, values }
}

fn gather(records: &Records, listed: &[usize], facet: Facet) -> Vec<Gathered> {
    let mut found: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for at in listed {
        for value in facet.values(&records.incidents[*at]) {
            if let Some(cases) = found.get_mut(&*value) {
                cases.push(*at);
            } else {
                found.insert(value.into_owned(), vec![*at]);
            }
        }
    }
    for incident in records.incidents.iter().filter(|it| it.is_public() && !it.is_listed()) {
        for value in facet.values(incident) {
            found.entry(value.into_owned()).or_default();
        }
    }
    for id in known(records, facet) {
        found.entry(id).or_default();
    }
    let mut gathered: Vec<Gathered> = found.into_iter().map(|(id, cases)| Gathered { id, cases }).collect();
    if matches!(facet, Facet::Severity | Facet::Year) {
        // The worst, and the latest, first.
        gathered.reverse();
    }
    gathered
}

/// The values that have a page even before a case has them.
fn known(records: &Records, facet: Facet) -> Vec<String> {
    match facet.vocabulary() {
        Some(vocabulary) if facet.is_closed() => {
            records.taxonomy.ids(vocabulary).into_iter().map(ToOwned::to_owned).collect()
        }
        None if facet.is_closed() => {
            records.taxonomy.severity.iter().map(|level| level.level.value.to_string()).collect()
        }
        _ => Vec::new(),
    }
}
