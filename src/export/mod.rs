//! Registry to data: what a page shows, for machines. Sees no diagnostic: by then there is nothing left to complain
//! about.

mod derivation;
mod record;
mod table;
mod verdicts;

use crate::model::output::Job;
use crate::model::registry::{Registry, Verdicts};

pub use derivation::{Derived, FORMAT, derivation};

/// Every file of data, beside the pages: one for each public record, the verdicts as a table, and the decision table.
pub fn jobs<'a>(registry: &'a Registry, verdicts: &'a Verdicts) -> impl Iterator<Item = Job<'a>> {
    let incidents = registry.records.incidents.iter().zip(&verdicts.derivations);
    let records =
        incidents.filter(|(incident, _)| incident.is_public()).map(move |(incident, derivation)| {
            let path = format!("incidents/{}.json", incident.handle);
            Job::new(path, move || record::json(registry, incident, derivation))
        });
    let tables = [
        Job::new("data/decision-table.json", table::json),
        Job::new("data/verdicts.csv", move || verdicts::csv(registry, verdicts)),
    ];
    records.chain(tables)
}
